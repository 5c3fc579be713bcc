// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <string_view>

namespace fihris::cli {

/// Calls `each(code, bytes)` for the characters of `text`; a malformed sequence is given as U+FFFD.
template <class Each>
void for_each_character(std::string_view text, Each&& each) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const auto begin = at;
    UChar32 code;
    U8_NEXT(bytes, at, size, code);
    if (code < 0) {
      each(char32_t{0xFFFD}, std::string_view("\xEF\xBF\xBD"));
    } else {
      each(static_cast<char32_t>(code),
           text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
    }
  }
}

/// Columns that a character takes on a terminal (Unicode East Asian Width; marks and controls take
/// none).
inline std::size_t columns(char32_t character) {
  const auto code = static_cast<UChar32>(character);
  const auto mask = U_GET_GC_MASK(code);
  if ((mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK)) != 0) return 0;
  const auto width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace fihris::cli
