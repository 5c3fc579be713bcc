// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer target: any bytes fall into words with valid offsets, twice the same, and all readings
// of the first word can be shown.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fihris/analysis.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fihris::Analyzer analyzer;
  const auto tokens = analyzer.analyze(text);
  const auto again = analyzer.analyze(text);
  if (tokens.size() != again.size()) std::abort();
  std::size_t last = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.begin < last || token.end <= token.begin || token.end > size) std::abort();
    if (token.stem.empty() || token.stem != again[i].stem) std::abort();
    last = token.end;
    // a word by itself has the key that it has in a text
    if (analyzer.stem(text.substr(token.begin, token.end - token.begin)) != token.stem)
      std::abort();
  }
  const auto readings = analyzer.explain(text);
  if (!tokens.empty() && (readings.empty() || readings.front().stem != tokens.front().stem)) {
    std::abort();
  }
  fihris::Analyzer::fold(text);
  return 0;
}
