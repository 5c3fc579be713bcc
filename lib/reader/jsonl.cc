// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/jsonl.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/tsv.h"
#include "base/utf8.h"

namespace fihris::reader {
namespace {

namespace dom = simdjson::dom;

constexpr std::array<std::string_view, 7> kFields{"id",    "source", "url", "date",
                                                  "title", "author", "text"};

const char* type_name(dom::element_type type) {
  switch (type) {
    case dom::element_type::ARRAY:
      return "an array";
    case dom::element_type::OBJECT:
      return "an object";
    case dom::element_type::STRING:
      return "a string";
    case dom::element_type::BOOL:
      return "true or false";
    case dom::element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

/// Control characters that no text needs become blanks; U+0000 parts words.
std::string cleaned(std::string_view text) {
  std::string clean(text);
  for (auto& c : clean) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) c = ' ';
  }
  return clean;
}

}  // namespace

struct JsonRecord::Impl {
  ReaderOptions options;
  dom::parser parser;
  std::map<std::string, std::string, std::less<>> paths;  // field to dotted path

  static std::optional<dom::element> find(dom::object record, std::string_view path) {
    dom::element found;
    for (const auto part : split(path, '.')) {
      if (record.at_key(part).get(found) != simdjson::SUCCESS) return std::nullopt;
      if (part.data() + part.size() == path.data() + path.size()) return found;
      if (found.get(record) != simdjson::SUCCESS) return std::nullopt;
    }
    return std::nullopt;
  }
};

JsonRecord::JsonRecord(const ReaderOptions& options) : impl_(std::make_unique<Impl>()) {
  impl_->options = options;
  impl_->parser.max_depth();
  for (const auto field : kFields) impl_->paths.emplace(field, field);
  for (const auto& [field, path] : options.map) impl_->paths[field] = path;
}
JsonRecord::~JsonRecord() = default;

JsonRecord::Result JsonRecord::parse(std::string_view json) {
  Result result;
  const auto skip = [&](const std::string& why) {
    result.article.reset();
    result.faults.assign(1, why);
    return result;
  };
  if (!utf8::is_valid(json)) return skip("not valid UTF-8");
  dom::element root;
  if (impl_->parser.capacity() < json.size() ||
      impl_->parser.max_depth() != impl_->options.max_depth) {
    if (impl_->parser.allocate(std::max<std::size_t>(json.size(), 1 << 16),
                               impl_->options.max_depth) != simdjson::SUCCESS) {
      return skip("out of memory");
    }
  }
  if (const auto error = impl_->parser.parse(json.data(), json.size()).get(root)) {
    return skip(std::string("not JSON: ") + simdjson::error_message(error));
  }
  dom::object record;
  if (root.get(record) != simdjson::SUCCESS) {
    return skip(std::string("expected an object, found ") + type_name(root.type()));
  }
  Article article;
  std::vector<std::string_view> used;
  for (const auto& [field, path] : impl_->paths) {
    if (path.empty()) continue;
    used.push_back(path);
    const auto found = Impl::find(record, path);
    if (!found || found->is_null()) continue;
    std::string_view text;
    std::string number;
    if (found->get(text) != simdjson::SUCCESS) {
      if (field == "id" && (found->is_int64() || found->is_uint64())) {
        number = simdjson::minify(*found);
        text = number;
      } else if (field == "text") {
        return skip(std::string("text: expected a string, found ") + type_name(found->type()));
      } else {
        result.faults.push_back(field + ": expected a string, found " + type_name(found->type()));
        continue;
      }
    }
    if (field == "id")
      article.id = cleaned(text);
    else if (field == "source")
      article.source = cleaned(text);
    else if (field == "url")
      article.url = cleaned(text);
    else if (field == "title")
      article.title = cleaned(text);
    else if (field == "author")
      article.author = cleaned(text);
    else if (field == "text")
      article.text = cleaned(text);
    else if (field == "date" && !trim(text).empty()) {
      article.date = parse_iso_date(trim(text).substr(0, 10));
      if (!article.date) {
        result.faults.push_back("date: \"" + std::string(text.substr(0, 40)) +
                                "\" is no day YYYY-MM-DD");
      }
    }
  }
  for (const auto [name, value] : record) {
    if (std::find(used.begin(), used.end(), name) != used.end()) continue;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
      article.fields.push_back({std::string(name), cleaned(text), false});
    } else if (!value.is_null()) {
      article.fields.push_back({std::string(name), simdjson::minify(value), true});
    }
  }
  if (article.title.empty() && article.text.empty()) return skip("neither title nor text");
  if (article.id.empty()) article.id = article_id(article);
  result.article = std::move(article);
  return result;
}

}  // namespace fihris::reader
