// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "command.h"

namespace fihris::cli {

/// An option as pages and completions need it.
struct OptionRow {
  std::string name;    ///< "limit"
  std::string letter;  ///< "n", or empty
  std::string value;   ///< "N", empty for a switch
  std::string description;
  std::vector<std::string> choices;  ///< what may stand for the value, where that is a short list
};

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
    using Words = std::vector<std::string>;
    const std::pair<const char*, Words> known[] = {
        {"HOW", {"all", "any", "auto"}},
        {"BY", {"relevance", "date", "oldest"}},
        {"KIND", {"text", "man", "bash", "zsh", "fish"}},
        {"STEP", {"day", "week", "month", "year"}},
        {"FACET", {"faction", "region", "source", "kind", "published", "event"}}};
    for (const auto& [value, words] : known) {
      if (row.value == value) row.choices = words;
    }
    if (row.name == "format") {
      // those that the description names, which is written by hand in the order of the choices
      for (const auto* word : {"text", "json", "tsv", "csv", "trec", "geojson", "timex"}) {
        const std::string text = " " + row.description + " ";
        for (std::size_t at = text.find(word); at != std::string::npos;
             at = text.find(word, at + 1)) {
          const auto is_letter = [&](char c) { return c >= 'a' && c <= 'z'; };
          if (is_letter(text[at - 1]) || is_letter(text[at + std::string(word).size()])) continue;
          row.choices.emplace_back(word);
          break;
        }
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace fihris::cli
