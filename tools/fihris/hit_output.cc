// SPDX-License-Identifier: GPL-2.0-or-later
#include "hit_output.h"

#include <iostream>

#include "base/json_writer.h"
#include "output.h"

namespace fihris::cli {
namespace {

void print_marked(const Snippet& snippet) {
  const bool colour = use_colour();
  std::size_t at = 0;
  std::string line;
  for (const auto& span : snippet.matches) {
    line += printable(snippet.text.substr(at, span.begin - at));
    if (span.begin > at && snippet.text[span.begin - 1] == ' ') line += ' ';
    const auto word = printable(snippet.text.substr(span.begin, span.end - span.begin));
    line += colour ? "\033[1m" + word + "\033[0m" : "[" + word + "]";
    at = span.end;
    if (at < snippet.text.size() && snippet.text[at] == ' ') line += ' ', ++at;
  }
  line += printable(snippet.text.substr(at));
  std::cout << "   " << isolated(line) << '\n';
}

void write_snippet(JsonWriter& json, const char* key, const Snippet& snippet) {
  json.key(key).begin_object().field("text", snippet.text);
  json.field("dir", snippet.right_to_left ? "rtl" : "ltr").field("html", snippet.html());
  json.key("matches").begin_array();
  for (const auto& span : snippet.matches) {
    json.begin_object().field("begin", span.begin).field("end", span.end);
    json.field("utf16_begin", span.utf16_begin).field("utf16_end", span.utf16_end).end_object();
  }
  json.end_array().end_object();
}

}  // namespace

void print_hit(const Hit& hit) {
  std::cout << hit.rank << ". " << isolated(printable(hit.title.empty() ? hit.id : hit.title))
            << '\n';
  std::cout << "   " << printable(hit.id);
  if (hit.date) std::cout << "  " << to_iso(*hit.date);
  if (!hit.source.empty()) std::cout << "  " << isolated(printable(hit.source));
  if (hit.copies > 1) std::cout << "  " << hit.copies << " versions";
  std::cout << '\n';
  if (!hit.snippet.text.empty()) print_marked(hit.snippet);
}

std::string hit_json(const Hit& hit) {
  JsonWriter json;
  json.begin_object()
      .field("type", "hit")
      .field("rank", hit.rank)
      .field("id", hit.id)
      .field("score", hit.score);
  json.field("source", hit.source).field("url", hit.url).field("title", hit.title);
  if (hit.date) json.field("date", to_iso(*hit.date));
  const auto tags = [&](const char* key, const auto& list) {
    json.key(key).begin_array();
    for (const auto& [id, ar] : list)
      json.begin_object().field("id", id).field("ar", ar).end_object();
    json.end_array();
  };
  tags("factions", hit.factions);
  tags("regions", hit.regions);
  json.field("copies", hit.copies);
  json.key("why").begin_array();
  for (const auto& word : hit.why) json.value(word);
  json.end_array();
  write_snippet(json, "title_snippet", hit.title_snippet);
  write_snippet(json, "snippet", hit.snippet);
  return json.end_object().take();
}

}  // namespace fihris::cli
