// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF.
namespace fihris::utf8 {

inline constexpr char32_t kReplacement = 0xFFFD;

/// A decoded character: `length` bytes were read (at least 1). A malformed sequence gives `valid ==
/// false`, `code == kReplacement` and the length of its longest well-formed start (Unicode,
/// "maximal subpart").
struct Decoded {
  char32_t code = kReplacement;
  std::uint8_t length = 1;
  bool valid = false;
};

/// Decodes the character that begins at byte `at`; `at` must lie in `text`.
inline Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const std::size_t left = text.size() - at;
  const auto trail = [&](std::size_t i, unsigned char low, unsigned char high) {
    return i < left && byte(at + i) >= low && byte(at + i) <= high;
  };
  if (lead < 0xE0) {
    if (!trail(1, 0x80, 0xBF)) return {};
    return {static_cast<char32_t>((lead & 0x1Fu) << 6 | (byte(at + 1) & 0x3Fu)), 2, true};
  }
  if (lead < 0xF0) {
    if (!trail(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF)) return {};
    if (!trail(2, 0x80, 0xBF)) return {kReplacement, 2, false};
    return {static_cast<char32_t>((lead & 0x0Fu) << 12 | (byte(at + 1) & 0x3Fu) << 6 |
                                  (byte(at + 2) & 0x3Fu)),
            3, true};
  }
  if (!trail(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF)) return {};
  if (!trail(2, 0x80, 0xBF)) return {kReplacement, 2, false};
  if (!trail(3, 0x80, 0xBF)) return {kReplacement, 3, false};
  return {static_cast<char32_t>((lead & 0x07u) << 18 | (byte(at + 1) & 0x3Fu) << 12 |
                                (byte(at + 2) & 0x3Fu) << 6 | (byte(at + 3) & 0x3Fu)),
          4, true};
}

/// Appends the UTF-8 form of `code`; a value that is no character is written as U+FFFD.
void append(std::string& to, char32_t code);
bool is_valid(std::string_view text);
/// `text` with every malformed sequence replaced by U+FFFD.
std::string sanitize(std::string_view text);
/// Code points in `text`; a malformed sequence counts as one.
std::size_t length(std::string_view text);
/// UTF-16 code units of `text` up to byte `end`.
std::size_t utf16_length(std::string_view text, std::size_t end = std::string_view::npos);
/// The largest character boundary that is not after `at`.
std::size_t floor_boundary(std::string_view text, std::size_t at);

}  // namespace fihris::utf8
