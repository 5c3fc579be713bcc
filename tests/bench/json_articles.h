// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>

#include "base/file.h"
#include "fihris/document.h"

namespace fihris::bench {

/// Calls `each` for every article of a JSON Lines file.
template <class Each>
void read_articles(const std::string& path, Each&& each) {
  const std::string bytes = read_file(path);
  const simdjson::padded_string padded(bytes);
  simdjson::ondemand::parser parser;
  auto lines = parser.iterate_many(padded, 16u << 20).value();
  for (auto line : lines) {
    Article article;
    for (auto field : line.get_object()) {
      const std::string_view key = field.unescaped_key();
      std::string_view value;
      if (field.value().get_string().get(value) != simdjson::SUCCESS) continue;
      if (key == "id") {
        article.id = value;
      } else if (key == "source") {
        article.source = value;
      } else if (key == "url") {
        article.url = value;
      } else if (key == "date") {
        article.date = parse_iso_date(value);
      } else if (key == "title") {
        article.title = value;
      } else if (key == "author") {
        article.author = value;
      } else if (key == "text") {
        article.text = value;
      }
    }
    each(std::move(article));
  }
}

}  // namespace fihris::bench
