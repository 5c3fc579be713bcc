// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <limits>

#include "analysis/normalize.h"
#include "analysis/words.h"
#include "base/utf8.h"

namespace fihris::analysis {
namespace {

struct Seen {
  CharClass kind;
  std::uint8_t length;
};

/// Classes of the characters of one and two bytes: Latin, Arabic and what lies between.
class ShortClasses {
 public:
  ShortClasses() {
    for (char32_t c = 0; c < kinds_.size(); ++c) kinds_[c] = char_class(c);
  }
  CharClass operator[](std::size_t code) const { return kinds_[code]; }

 private:
  std::array<CharClass, 0x800> kinds_;
};

Seen look_at(std::string_view text, std::size_t at, const ShortClasses& short_classes) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {short_classes[lead], 1};
  if (lead >= 0xC2 && lead < 0xE0 && at + 1 < text.size()) {
    const auto trail = static_cast<unsigned char>(text[at + 1]);
    if ((trail & 0xC0) == 0x80) {
      return {short_classes[static_cast<std::size_t>((lead & 0x1F) << 6 | (trail & 0x3F))], 2};
    }
  }
  const auto c = utf8::decode(text, at);
  return {c.valid ? char_class(c.code) : CharClass::other, c.length};
}

}  // namespace

std::vector<TextToken> tokenize(std::string_view text, WordTable& words) {
  static const ShortClasses short_classes;
  text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
  std::vector<TextToken> tokens;
  tokens.reserve(text.size() / 10);
  const auto position = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
  // A look-up is mostly waiting for memory: let a few words be on their way at once.
  std::array<std::uint64_t, 16> hashes{};
  std::size_t resolved = 0;
  const auto resolve_to = [&](std::size_t end) {
    for (; resolved < end; ++resolved) {
      auto& token = tokens[resolved];
      token.word = &words.get(text.substr(token.begin, token.end - token.begin),
                              hashes[resolved % hashes.size()]);
    }
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto first = look_at(text, at, short_classes);
    const std::size_t begin = at;
    at += first.length;
    if (first.kind != CharClass::arabic && first.kind != CharClass::letter &&
        first.kind != CharClass::digit) {
      continue;
    }
    std::size_t end = at;  // a joiner belongs to the word only if more of the word follows
    while (at < text.size()) {
      const auto next = look_at(text, at, short_classes);
      if (next.kind != first.kind && next.kind != CharClass::mark &&
          next.kind != CharClass::ignorable) {
        break;
      }
      at += next.length;
      if (next.kind != CharClass::ignorable) end = at;
    }
    if (tokens.size() - resolved == hashes.size()) resolve_to(resolved + 1);
    const auto hash = WordTable::hash_of(text.substr(begin, end - begin));
    hashes[tokens.size() % hashes.size()] = hash;
    words.expect(hash);
    tokens.push_back({position(begin), position(end), nullptr});
  }
  resolve_to(tokens.size());
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
    if (last > 0 && !between.empty() && between != " ") {
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
