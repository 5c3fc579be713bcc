// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/wikitext.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/tsv.h"
#include "reader/clean.h"

namespace fihris::reader {
namespace {

/// Name spaces whose links show no text: files and categories, in English and Arabic.
constexpr std::array<std::string_view, 8> kHidden{"file",  "image", "category", "media",
                                                  "ملف",     // file
                                                  "صورة",    // image
                                                  "تصنيف",   // category
                                                  "وسائط"};  // media

bool is_hidden(std::string_view target) {
  const auto colon = target.find(':');
  if (colon == target.npos) return false;
  std::string space;
  for (const char c : trim(target.substr(0, colon))) {
    space += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  }
  if (std::find(kHidden.begin(), kHidden.end(), space) != kHidden.end()) return true;
  // [[en:Syria]]: the same page in another language
  return (space.size() == 2 || space.size() == 3) &&
         std::all_of(space.begin(), space.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Without all that stands between `open` and `close`, however deep; what is not closed stays.
std::string without_nested(std::string_view text, std::string_view open, std::string_view close) {
  struct Level {
    std::size_t out;  ///< length of the output when it was opened
  };
  std::string out;
  std::vector<Level> levels;
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i, open.size()) == open) {
      levels.push_back({out.size()});
      out += open;
      i += open.size();
    } else if (!levels.empty() && text.substr(i, close.size()) == close) {
      out.resize(levels.back().out);
      levels.pop_back();
      i += close.size();
    } else {
      out += text[i++];
    }
  }
  return out;
}

/// [[target|label]] is its label; files and categories go.
std::string without_links(std::string_view text) {
  std::string out;
  std::vector<std::size_t> opened;  // where in `out` the text of each open link begins
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i, 2) == "[[") {
      opened.push_back(out.size());
      i += 2;
    } else if (text.substr(i, 2) == "]]" && !opened.empty()) {
      const auto begin = opened.back();
      opened.pop_back();
      const auto link = std::string_view(out).substr(begin);
      std::string shown;
      if (!is_hidden(link)) {
        const auto bar = link.rfind('|');
        shown = bar == link.npos ? link : link.substr(bar + 1);
        if (shown.starts_with(':')) shown.erase(0, 1);
      }
      out.resize(begin);
      out += shown;
      i += 2;
    } else if (text[i] == '[' &&
               (text.substr(i + 1, 4) == "http" || text.substr(i + 1, 2) == "//")) {
      const auto end = text.find_first_of("]\n", i);
      const auto blank = text.find_first_of(" ]\n", i);
      if (end == text.npos || text[end] != ']') {
        out += text[i++];
        continue;
      }
      if (blank < end) out += text.substr(blank + 1, end - blank - 1);
      i = end + 1;
    } else {
      out += text[i++];
    }
  }
  return out;
}

/// Headings, lists, rules and quotes.
std::string without_line_marks(std::string_view text) {
  std::string out;
  for (auto line : split(text, '\n')) {
    line = trim(line);
    if (line.starts_with('=') && line.ends_with('=')) {
      while (line.starts_with('=')) line.remove_prefix(1);
      while (line.ends_with('=')) line.remove_suffix(1);
    }
    while (!line.empty() && std::string_view("*#:;").find(line[0]) != std::string_view::npos) {
      line.remove_prefix(1);
    }
    line = trim(line);
    if (line.starts_with("----") || line.starts_with("__")) continue;
    for (std::size_t i = 0; i < line.size();) {
      std::size_t quotes = 0;
      while (i + quotes < line.size() && line[i + quotes] == '\'') ++quotes;
      if (quotes < 2) {
        out += line[i++];
      } else {
        i += quotes;
      }
    }
    out += '\n';
  }
  return out;
}

std::string without_references_tags(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (auto at = text.find("<ref"); at != text.npos; at = text.find("<ref", at)) {
    const auto close = text.find('>', at);
    if (close == text.npos) break;
    std::size_t end = close + 1;
    if (text[close - 1] != '/') {
      const auto found = text.find("</ref", close);
      if (found == text.npos) break;
      end = std::min(text.find('>', found), text.size() - 1) + 1;
    }
    out.append(text.substr(done, at - done));
    done = at = end;
  }
  return out.append(text.substr(done));
}

}  // namespace

std::string without_wikitext(std::string_view text) {
  auto out = without_references_tags(text);
  out = without_nested(out, "{{", "}}");
  out = without_nested(out, "{|", "|}");
  out = without_links(out);
  out = without_markup(without_line_marks(out));
  // Paragraphs are parted by one empty line at most.
  std::string shown;
  std::size_t ends = 0;
  for (const char c : out) {
    ends = c == '\n' ? ends + 1 : 0;
    if (ends <= 2) shown += c;
  }
  return std::string(trim(shown));
}

}  // namespace fihris::reader
