// SPDX-License-Identifier: GPL-2.0-or-later
#include <iostream>

#include "commands.h"
#include "fihris/analysis.h"
#include "fihris/json.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {

void analyze_options(po::options_description& options) {
  auto add = options.add_options();
  add("stems", po::bool_switch(), "read words, one a line, and print WORD<TAB>STEM");
  add("explain", po::bool_switch(), "all readings of every word with their weights, best first");
  add_format_option(options, "text (default), tsv or json: one object a word");
}

namespace {

void print_stems(Analyzer& analyzer) {
  std::string word;
  while (std::getline(std::cin, word)) {
    if (!word.empty() && word.back() == '\r') word.pop_back();
    std::cout << word << '\t' << analyzer.stem(word) << '\n';
  }
}

}  // namespace

Exit run_analyze(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "tsv", "json"});
  Analyzer analyzer;
  if (get<bool>(given, "stems")) {
    print_stems(analyzer);
    return Exit::done;
  }
  std::string text;
  for (const auto& word : arguments(given)) text += (text.empty() ? "" : " ") + word;
  if (text.empty()) text = read_standard_input();
  const bool explain = get<bool>(given, "explain");
  const auto tokens = analyzer.analyze(text);
  Table table({"begin", "end", "word", "kind", "folded", "stem", "stop"},
              format == "tsv" ? TableFormat::tsv : TableFormat::text);
  for (const auto& token : tokens) {
    const auto surface = std::string_view(text).substr(token.begin, token.end - token.begin);
    const auto readings = explain ? analyzer.explain(surface) : std::vector<Reading>{};
    if (format == "json") {
      std::cout << token_json(token, text, readings) << '\n';
      continue;
    }
    table.row({std::to_string(token.begin), std::to_string(token.end), std::string(surface),
               token_kind_name(token.kind), token.folded, token.stem, token.stop ? "stop" : ""});
    for (const auto& reading : readings) {
      table.row({"", "",
                 "  " + reading.proclitics + " | " + reading.core + " | " + reading.suffixes,
                 reading.word_class, std::to_string(reading.weight), reading.stem, reading.reason});
    }
  }
  if (format != "json") table.print(std::cout);
  return tokens.empty() ? Exit::nothing : Exit::done;
}

}  // namespace fihris::cli
