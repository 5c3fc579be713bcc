// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "command.h"
#include "fihris/reader.h"

namespace fihris::cli {

/// An option as pages and completions need it.
struct OptionRow {
  std::string name;    ///< "limit"
  std::string letter;  ///< "n", or empty
  std::string value;   ///< "N", empty for a switch
  std::string description;
  std::vector<std::string> choices;  ///< what may stand for the value, where that is a short list
};

/// What may stand for the value of an option: "a|b" says so itself; formats are those that the
/// description begins with.
inline std::vector<std::string> choices_of(const OptionRow& row) {
  std::vector<std::string> choices;
  if (row.value.find('|') != std::string::npos) {
    std::istringstream words(row.value);
    for (std::string word; std::getline(words, word, '|');) choices.push_back(word);
    return choices;
  }
  if (row.value == "HOW") return {"all", "any", "auto"};
  if (row.value == "BY") return {"relevance", "date", "oldest", "both"};
  if (row.value == "STEP") return {"day", "week", "month", "year"};
  if (row.value == "FACET" || row.value == "NAMES")
    return {"faction", "region", "source", "kind", "published", "event"};
  if (row.value != "FORMAT") return {};
  if (row.description.find("of the input") != std::string::npos) {
    for (auto format = InputFormat::jsonl; format <= InputFormat::trec;
         format = static_cast<InputFormat>(static_cast<int>(format) + 1)) {
      choices.emplace_back(input_format_name(format));
    }
    return choices;
  }
  // Words of the description that are formats of output: it names them in their order.
  std::string words = " " + row.description + " ";
  for (const auto* word : {"text", "json", "tsv", "csv", "trec", "geojson", "timex"}) {
    for (std::size_t at = words.find(word); at != std::string::npos;
         at = words.find(word, at + 1)) {
      const auto is_letter = [&](char c) { return c >= 'a' && c <= 'z'; };
      if (is_letter(words[at - 1]) || is_letter(words[at + std::string(word).size()])) continue;
      choices.emplace_back(word);
      break;
    }
  }
  return choices;
}

/// The options of a command in the order of its help, --help last.
inline std::vector<OptionRow> option_table(const Command& command) {
  po::options_description declared;
  command.options(declared);
  declared.add_options()("help,h", "show this help");
  std::vector<OptionRow> rows;
  for (const auto& option : declared.options()) {
    OptionRow row;
    row.name = option->long_name();
    const auto shown = option->canonical_display_name(po::command_line_style::allow_dash_for_short);
    if (shown.size() == 2 && shown[0] == '-') row.letter = shown.substr(1);
    if (option->semantic()->max_tokens() > 0) row.value = option->semantic()->name();
    row.description = option->description();
    row.choices = choices_of(row);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace fihris::cli
