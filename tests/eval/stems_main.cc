// SPDX-License-Identifier: GPL-2.0-or-later
// Words on standard input, one a line; "word TAB stem" on standard output. With --explain all
// readings.
#include <iostream>
#include <string>

#include "fihris/analysis.h"

int main(int argc, char** argv) {
  const bool explain = argc > 1 && std::string(argv[1]) == "--explain";
  std::ios::sync_with_stdio(false);
  fihris::Analyzer analyzer;
  for (std::string line; std::getline(std::cin, line);) {
    if (!explain) {
      std::cout << line << '\t' << analyzer.stem(line) << '\n';
      continue;
    }
    for (const auto& reading : analyzer.explain(line)) {
      std::cout << line << '\t' << reading.stem << '\t' << reading.weight << '\t'
                << reading.proclitics << '|' << reading.core << '|' << reading.suffixes << '\t'
                << reading.word_class << '\t' << reading.reason << '\n';
    }
  }
}
