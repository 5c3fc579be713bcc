// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"

#include <algorithm>

namespace fihris::utf8 {

void append(std::string& to, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  const auto put = [&](char32_t byte) { to.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

bool is_valid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = decode(text, at);
    if (!c.valid) return false;
    at += c.length;
  }
  return true;
}

std::string sanitize(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto c = decode(text, at);
    if (c.valid) {
      clean.append(text.substr(at, c.length));
    } else {
      append(clean, kReplacement);
    }
    at += c.length;
  }
  return clean;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode(text, at).length;
  return count;
}

std::size_t utf16_length(std::string_view text, std::size_t end) {
  end = std::min(end, text.size());
  std::size_t units = 0;
  for (std::size_t at = 0; at < end;) {
    const auto c = decode(text, at);
    units += c.code > 0xFFFF ? 2 : 1;
    at += c.length;
  }
  return units;
}

std::size_t floor_boundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  std::size_t start = at;
  while (start > 0 && at - start < 3 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) {
    --start;
  }
  return start + decode(text, start).length > at ? start : at;
}

}  // namespace fihris::utf8
