// SPDX-License-Identifier: GPL-2.0-or-later
#include "hit_output.h"

#include <iostream>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "output.h"

namespace fihris::cli {
namespace {

// Noncharacters stand for the marks while the text is made printable.
constexpr std::string_view kBegin = "\uFDD0", kEnd = "\uFDD1";

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// On one line, runs of blanks as one.
std::string squeezed(std::string_view text) {
  std::string line;
  auto clean = printable(text);
  replace_all(clean, "\u00A0", " ");
  for (const char c : clean) {
    if (c != ' ' || (!line.empty() && line.back() != ' ')) line += c;
  }
  return line;
}

/// The passages with their matches in bold, or in square brackets where there is no colour.
std::string marked(const Snippet& snippet) {
  std::string text;
  std::size_t at = 0;
  for (const auto& span : snippet.matches) {
    text.append(snippet.text, at, span.begin - at).append(kBegin);
    text.append(snippet.text, span.begin, span.end - span.begin).append(kEnd);
    at = span.end;
  }
  auto line = squeezed(text.append(snippet.text, at));
  replace_all(line, kBegin, use_colour() ? "\033[1m" : "[");
  replace_all(line, kEnd, use_colour() ? "\033[0m" : "]");
  return line;
}

}  // namespace

void print_hit(const Hit& hit) {
  std::cout << hit.rank << ". " << isolated(squeezed(hit.title.empty() ? hit.id : hit.title))
            << '\n';
  std::cout << "   " << printable(hit.id);
  if (hit.date) std::cout << "  " << to_iso(*hit.date);
  if (!hit.source.empty()) std::cout << "  " << isolated(printable(hit.source));
  if (hit.copies > 1) std::cout << "  " << hit.copies << " versions";
  std::cout << '\n';
  if (!hit.snippet.text.empty()) std::cout << "   " << isolated(marked(hit.snippet)) << '\n';
}

std::string hit_geojson(const Hit& hit, const Authority& authority) {
  JsonWriter json;
  json.begin_object().field("type", "Feature").key("geometry");
  std::vector<Entity> places;
  for (const auto& [id, name] : hit.regions) {
    auto entity = authority.find(Facet::region, id);
    if (entity && entity->lat && entity->lon) places.push_back(std::move(*entity));
  }
  if (places.empty()) {
    json.null();
  } else {
    json.begin_object().field("type", "MultiPoint").key("coordinates").begin_array();
    for (const auto& place : places)
      json.begin_array().value(*place.lon).value(*place.lat).end_array();
    json.end_array().end_object();
  }
  json.key("properties").begin_object().field("rank", hit.rank).field("id", hit.id);
  json.field("title", hit.title).field("source", hit.source).field("url", hit.url);
  json.field("date", hit.date ? to_iso(*hit.date) : "").field("score", hit.score);
  json.key("places").begin_array();
  for (const auto& place : places) json.value(place.id);
  return json.end_array().end_object().end_object().take();
}

}  // namespace fihris::cli
