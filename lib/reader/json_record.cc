// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/json_record.h"

#include <simdjson.h>

#include <algorithm>
#include <vector>

#include "base/tsv.h"
#include "base/utf8.h"

namespace fihris::reader {
namespace {

namespace dom = simdjson::dom;

/// simdjson wants some 14 bytes of memory for a byte of text; the scanner two.
constexpr std::size_t kLongestForSimdjson = 1 << 20;
constexpr std::size_t kRawLimit = 1 << 16;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

ValueKind kind_of(dom::element_type type) {
  switch (type) {
    case dom::element_type::ARRAY:
      return ValueKind::array;
    case dom::element_type::OBJECT:
      return ValueKind::object;
    case dom::element_type::STRING:
      return ValueKind::string;
    case dom::element_type::BOOL:
      return ValueKind::boolean;
    case dom::element_type::NULL_VALUE:
      return ValueKind::null;
    default:
      return ValueKind::number;
  }
}

std::string_view without_blanks(std::string_view text) {
  for (;;) {
    text = trim(text);
    if (text.starts_with(kMark)) {  // files that were joined
      text.remove_prefix(kMark.size());
    } else if (text.starts_with("\u200B") || text.starts_with("\u00A0") ||
               text.starts_with("\u2028") || text.starts_with("\u2029")) {
      text.remove_prefix(text[0] == '\xC2' ? 2 : 3);
    } else if (!text.empty() && (text[0] == '\0' || text[0] == '\x1E' || text[0] == '\v' ||
                                 text[0] == '\f')) {  // RFC 7464 begins records with U+001E
      text.remove_prefix(1);
    } else {
      return text;
    }
  }
}

}  // namespace

std::string kept_raw(std::string_view text) { return std::string(text.substr(0, kRawLimit)); }

struct JsonRecords::Impl {
  explicit Impl(RecordBuilder& given) : builder(&given) {}

  RecordBuilder* builder;
  dom::parser parser;
  std::deque<std::string> made;  // JSON texts of values that are no strings

  /// True if simdjson read the text as one object.
  bool fast(std::string_view text) {
    if (text.size() > kLongestForSimdjson) return false;
    if (parser.capacity() < text.size() || parser.max_depth() != builder->options().max_depth) {
      const auto room = std::max<std::size_t>(text.size() + text.size() / 2, 1 << 16);
      if (parser.allocate(room, builder->options().max_depth) != simdjson::SUCCESS) return false;
    }
    dom::element root;
    dom::object record;
    if (parser.parse(text.data(), text.size(), false).get(root) != simdjson::SUCCESS ||
        root.get(record) != simdjson::SUCCESS) {
      return false;
    }
    builder->begin(RecordBuilder::Utf8::valid);
    made.clear();
    for (const auto [name, value] : record) {
      std::string_view string;
      if (value.get(string) == simdjson::SUCCESS) {
        builder->add(name, string);
      } else {
        made.push_back(simdjson::minify(value));
        builder->add(name, kind_of(value.type()), made.back());
      }
    }
    return true;
  }

  std::deque<Outcome> slow(std::string_view text, std::uint64_t line) {
    std::deque<Outcome> found;
    std::string mended;
    const std::string_view given = text;
    const auto refuse = [&](std::string why, bool with_all = true) {
      if (with_all) found.clear();
      found.push_back({std::nullopt, line, {std::move(why)}, {}, kept_raw(given)});
    };
    const bool valid = simdjson::validate_utf8(text.data(), text.size());
    if (!valid) text = mended = utf8::sanitize(text);
    const auto column = [&](std::size_t at) {
      return " (column " + std::to_string(utf8::length(text.substr(0, at)) + 1) + ")";
    };
    for (std::size_t at = 0; at < text.size();) {
      auto [value, fault] = parse_json_value(text, at, builder->options().max_depth);
      if (!value) {
        // Records that stand before another one are whole; before anything else they are not.
        refuse("not JSON: " + fault.reason + column(fault.at), text[at] != '{');
        return found;
      }
      if (value->kind != ValueKind::object) {
        if (found.empty() && without_blanks(text.substr(value->end)).empty()) {
          refuse(std::string("expected an object, found ") + kind_name(value->kind));
        } else {
          refuse("not JSON: something stands after the end of the record" + column(at));
        }
        return found;
      }
      builder->begin();
      if (!valid) builder->note("not valid UTF-8: each bad sequence became U+FFFD");
      for (auto& note : value->notes) builder->note(std::move(note));
      for (const auto& [name, item] : value->members) builder->add(name, item.kind, item.text);
      found.push_back(builder->finish());
      found.back().line = line;
      if (!found.back().faults.empty()) found.back().raw = kept_raw(given);
      const auto rest = without_blanks(text.substr(value->end));
      at = rest.empty() ? text.size() : static_cast<std::size_t>(rest.data() - text.data());
    }
    return found;
  }
};

JsonRecords::JsonRecords(RecordBuilder& builder) : impl_(std::make_unique<Impl>(builder)) {}
JsonRecords::~JsonRecords() = default;

std::deque<Outcome> JsonRecords::parse(std::string_view text, std::uint64_t line) {
  text = trim(text);
  if (text.empty()) return {};
  if (text.find_first_not_of('\0') == text.npos) {
    return {{std::nullopt,
             line,
             {std::to_string(text.size()) + " zero bytes: the text was never written"},
             {},
             {}}};
  }
  text = without_blanks(text);
  if (text.empty()) return {};
  std::deque<Outcome> found;
  if (impl_->fast(text)) {
    found.push_back(impl_->builder->finish());
    found.back().line = line;
    if (!found.back().faults.empty()) found.back().raw = kept_raw(text);
    return found;
  }
  // Lines that end with CR alone.
  while (!text.empty()) {
    auto end = text.find('\r');
    while (end != text.npos && !without_blanks(text.substr(end)).starts_with('{')) {
      end = text.find('\r', end + 1);
    }
    for (auto& outcome : impl_->slow(text.substr(0, end), line)) {
      found.push_back(std::move(outcome));
    }
    text = end == text.npos ? std::string_view() : without_blanks(text.substr(end));
  }
  return found;
}

}  // namespace fihris::reader
