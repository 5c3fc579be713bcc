// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/detect.h"

#include <algorithm>
#include <array>

#include "base/tsv.h"
#include "reader/elements.h"
#include "reader/record.h"

namespace fihris {
namespace {

constexpr std::array<const char*, 10> kNames{"automatic", "jsonl", "json", "csv",       "tsv",
                                             "text",      "html",  "feed", "mediawiki", "trec"};

}  // namespace

const char* input_format_name(InputFormat format) noexcept {
  return kNames[static_cast<std::size_t>(format)];
}

std::optional<InputFormat> parse_input_format(std::string_view name) noexcept {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<InputFormat>(found - kNames.begin());
}

}  // namespace fihris

namespace fihris::reader {
namespace {

struct Ending {
  std::string_view ending;
  InputFormat format;
};
constexpr std::array kEndings{
    Ending{".jsonl", InputFormat::jsonl}, Ending{".ndjson", InputFormat::jsonl},
    Ending{".json", InputFormat::json},   Ending{".csv", InputFormat::csv},
    Ending{".tsv", InputFormat::tsv},     Ending{".tab", InputFormat::tsv},
    Ending{".txt", InputFormat::text},    Ending{".text", InputFormat::text},
    Ending{".html", InputFormat::html},   Ending{".htm", InputFormat::html},
    Ending{".xhtml", InputFormat::html},  Ending{".rss", InputFormat::feed},
    Ending{".atom", InputFormat::feed},   Ending{".rdf", InputFormat::feed},
    Ending{".sgml", InputFormat::trec},   Ending{".sgm", InputFormat::trec},
    Ending{".trec", InputFormat::trec},   Ending{".xml", InputFormat::feed},
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return out;
}

InputFormat by_name(std::string_view given) {
  auto name = lower(given);
  for (const std::string_view packed : {".gz", ".bz2", ".xz", ".zst", ".zip"}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  for (const auto& [ending, format] : kEndings) {
    if (name.ends_with(ending)) return format;
  }
  return InputFormat::automatic;
}

/// What a text that begins with "<" is; `automatic` if it has no tag that is known.
InputFormat by_markup(std::string_view head) {
  const auto text = lower(head.substr(0, 1 << 14));
  struct Mark {
    std::string_view tag;
    InputFormat format;
  };
  static constexpr std::array kMarks{Mark{"<mediawiki", InputFormat::mediawiki},
                                     Mark{"<rss", InputFormat::feed},
                                     Mark{"<feed", InputFormat::feed},
                                     Mark{"<rdf:rdf", InputFormat::feed},
                                     Mark{"<!doctype html", InputFormat::html},
                                     Mark{"<html", InputFormat::html},
                                     Mark{"<head", InputFormat::html},
                                     Mark{"<body", InputFormat::html},
                                     Mark{"<docno", InputFormat::trec},
                                     Mark{"<doc ", InputFormat::trec},
                                     Mark{"<doc>", InputFormat::trec}};
  auto first = text.npos;
  auto format = InputFormat::automatic;
  for (const auto& mark : kMarks) {
    const auto at = text.find(mark.tag);
    if (at < first) {
      first = at;
      format = mark.format;
    }
  }
  return format;
}

}  // namespace

bool is_json_stream(std::string_view head) {
  const auto text = trim(head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head);
  if (text.empty()) return false;
  if (text[0] == '[') {
    const auto rest = trim(text.substr(1));
    return rest.empty() || rest[0] == '{' || rest[0] == ']';
  }
  if (text[0] != '{') return false;
  // An object that is open at the end of its first line, and goes on as an object does.
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else if (c == '\n') {
        return false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return false;
    } else if (c == '\n') {
      const auto rest = trim(text.substr(i));
      const char before = trim(text.substr(0, i)).back();
      if (rest.empty()) return false;
      return before == ',' || before == '{' || before == '[' || before == ':' || rest[0] == '}' ||
             rest[0] == ',';
    }
  }
  return false;
}

InputFormat detect_format(std::string_view head, std::string_view name) {
  const auto named = by_name(name);
  const auto text = trim(head);
  if (text.starts_with('{') || text.starts_with('[')) {
    if (named == InputFormat::text || named == InputFormat::csv || named == InputFormat::tsv) {
      return named;
    }
    return named == InputFormat::json || is_json_stream(head) ? InputFormat::json
                                                              : InputFormat::jsonl;
  }
  if (text.starts_with('<')) {
    const auto markup = by_markup(text);
    if (markup != InputFormat::automatic && named != InputFormat::text &&
        named != InputFormat::csv && named != InputFormat::tsv) {
      return markup;
    }
  }
  if (named != InputFormat::automatic) return named;
  // A header of a table: names of two columns at least, one of them known.
  const auto line = lower(text.substr(0, std::min<std::size_t>(text.find('\n'), 2000)));
  for (const char mark : {'\t', ',', ';', '|'}) {
    const auto cells = split(line, mark);
    if (cells.size() < 2) continue;
    const bool known = std::any_of(cells.begin(), cells.end(), [](std::string_view cell) {
      cell = trim(cell);
      if (cell.size() > 2 && cell.starts_with('"')) cell = cell.substr(1, cell.size() - 2);
      return names_content(cell);
    });
    if (known) {
      return mark == '\t' ? InputFormat::tsv : InputFormat::csv;
    }
  }
  return InputFormat::text;
}

std::string declared_charset(std::string_view head) {
  const auto text = lower(head.substr(0, 4096));
  std::string_view rest = text;
  if (rest.starts_with("<?xml")) {
    auto name = attribute(rest.substr(0, rest.find("?>")), "encoding");
    if (!name.empty()) return name;
  }
  if (!trim(rest).starts_with('<')) return {};
  for (auto at = rest.find("<meta"); at != rest.npos; at = rest.find("<meta", at + 5)) {
    const auto tag = rest.substr(at, rest.find('>', at) - at);
    const auto mark = tag.find("charset");
    if (mark == tag.npos) continue;
    auto value = trim(tag.substr(mark + 7));
    if (!value.starts_with('=')) continue;
    value = trim(value.substr(1));
    while (!value.empty() && (value[0] == '"' || value[0] == '\'')) value.remove_prefix(1);
    return std::string(value.substr(0, value.find_first_of("\"' ;/>")));
  }
  return {};
}

}  // namespace fihris::reader
