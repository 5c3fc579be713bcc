// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/tag_field.h"

#include <string_view>

#include "base/utf8.h"

namespace fihris::index {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

char32_t hex_code(std::string_view digits) {
  char32_t code = 0;
  for (const char c : digits) {
    const char lower = static_cast<char>(c | 0x20);
    code =
        code << 4 | static_cast<char32_t>(lower <= '9' ? (c - '0') & 15 : (lower - 'a' + 10) & 15);
  }
  return code;
}

/// The strings of a JSON array that a parser has accepted before; whatever else it holds is passed
/// over.
std::vector<std::string> json_strings(std::string_view json) {
  std::vector<std::string> strings;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '"') continue;
    std::string text;
    for (++i; i < json.size() && json[i] != '"'; ++i) {
      if (json[i] != '\\' || i + 1 == json.size()) {
        text += json[i];
        continue;
      }
      const char escaped = json[++i];
      if (escaped != 'u' || json.size() - i < 5) {
        text +=
            escaped == 'n' || escaped == 't' || escaped == 'r' || escaped == 'b' ? ' ' : escaped;
        continue;
      }
      auto code = hex_code(json.substr(i + 1, 4));
      i += 4;
      if (code >= 0xD800 && code < 0xDC00 && json.substr(i + 1, 2) == "\\u" &&
          json.size() - i > 6) {
        code = 0x10000 + ((code - 0xD800) << 10) + (hex_code(json.substr(i + 3, 4)) - 0xDC00);
        i += 6;
      }
      utf8::append(text, code);
    }
    strings.push_back(std::move(text));
  }
  return strings;
}

}  // namespace

std::vector<std::string> split_tags(const Article::Field& field) {
  std::vector<std::string> tags;
  const auto keep = [&](std::string_view tag) {
    if (const auto trimmed = trim(tag); !trimmed.empty()) tags.emplace_back(trimmed);
  };
  if (field.json) {
    for (const auto& text : json_strings(field.value)) keep(text);
    return tags;
  }
  std::string_view rest = field.value;
  while (!rest.empty()) {
    std::size_t end = rest.size();
    std::size_t size = 0;
    for (const std::string_view mark : {",", ";", "،", "؛", "\n", "|"}) {
      const auto at = rest.find(mark);
      if (at >= end) continue;
      end = at;
      size = mark.size();
    }
    keep(rest.substr(0, end));
    rest.remove_prefix(end + size);
  }
  return tags;
}

}  // namespace fihris::index
