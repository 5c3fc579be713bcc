// SPDX-License-Identifier: GPL-2.0-or-later
#include "article_json.h"

#include "base/json_writer.h"

namespace fihris::cli {

std::string article_json(const Article& article) {
  JsonWriter json;
  json.begin_object()
      .field("id", article.id)
      .field("source", article.source)
      .field("url", article.url);
  if (article.date) json.field("date", to_iso(*article.date));
  json.field("title", article.title).field("author", article.author).field("text", article.text);
  for (const auto& field : article.fields) {
    json.key(field.name);
    if (field.json) {
      json.raw(field.value);
    } else {
      json.value(field.value);
    }
  }
  return json.end_object().take();
}

}  // namespace fihris::cli
