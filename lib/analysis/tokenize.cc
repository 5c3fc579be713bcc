// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <limits>

#include "analysis/normalize.h"
#include "analysis/words.h"
#include "base/utf8.h"

namespace fihris::analysis {

std::vector<TextToken> tokenize(std::string_view text, WordTable& words) {
  text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
  std::vector<TextToken> tokens;
  tokens.reserve(text.size() / 10);
  const auto position = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
  for (std::size_t at = 0; at < text.size();) {
    auto c = utf8::decode(text, at);
    const auto kind = c.valid ? char_class(c.code) : CharClass::other;
    if (kind != CharClass::letter && kind != CharClass::digit) {
      at += c.length;
      continue;
    }
    const std::size_t begin = at;
    std::size_t end =
        at;  // a mark or a joiner belongs to the word only if more of the word or nothing follows
    while (at < text.size()) {
      c = utf8::decode(text, at);
      const auto next = c.valid ? char_class(c.code) : CharClass::other;
      if (next != kind && next != CharClass::mark && next != CharClass::ignorable) break;
      at += c.length;
      if (next != CharClass::ignorable) end = at;
    }
    tokens.push_back({position(begin), position(end), &words.get(text.substr(begin, end - begin))});
  }
  return tokens;
}

TextUnits find_units(std::string_view text, const std::vector<TextToken>& tokens) {
  TextUnits units;
  units.sentence.reserve(tokens.size());
  units.paragraph.reserve(tokens.size());
  std::uint32_t sentence = 0;
  std::uint32_t paragraph = 0;
  std::size_t last = 0;
  for (const auto& token : tokens) {
    const auto between = text.substr(last, token.begin - last);
    if (last > 0 && !between.empty()) {
      const bool line = between.find('\n') != between.npos;
      bool stop = line;
      for (const std::string_view mark : {".", "!", "?", "؟", "…"}) {
        const auto at = between.find(mark);
        if (at == between.npos) continue;
        const auto after = at + mark.size();
        stop = stop || after == between.size() ? stop || mark != "." : true;
      }
      sentence += stop ? 1 : 0;
      paragraph += line ? 1 : 0;
    }
    units.sentence.push_back(sentence);
    units.paragraph.push_back(paragraph);
    last = token.end;
  }
  return units;
}

}  // namespace fihris::analysis
