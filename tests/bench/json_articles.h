// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <simdjson.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "fihris/document.h"

namespace fihris::bench {

/// Calls `each` for every article of a JSON Lines file.
template <class Each>
void read_articles(const std::string& path, Each&& each) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path + ": cannot be read");
  simdjson::ondemand::parser parser;
  for (std::string text; std::getline(in, text);) {
    if (text.empty()) continue;
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    auto line = parser.iterate(text);
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
