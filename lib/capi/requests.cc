// SPDX-License-Identifier: GPL-2.0-or-later
// A request in JSON, its answer in JSON.
#include "base/json_writer.h"
#include "fihris/error.h"
#include "fihris/json.h"

namespace fihris {
namespace {

/// No hits, only counts.
SearchOptions counts_only(SearchOptions options) {
  options.limit = 0;
  options.snippets = false;
  options.suggest = false;
  return options;
}

void write_warnings(JsonWriter& json, const Query& query) {
  json.key("warnings").begin_array();
  for (const auto& warning : query.warnings()) json.raw(warning_json(warning));
  json.end_array();
}

}  // namespace

Query parse_query(std::string_view text, const Authority& authority, const SearchRequest& request) {
  return request.tree ? Query::from_json(text, authority, request.query)
                      : Query::parse(text, authority, request.query);
}

std::string search_json(Searcher& searcher, std::string_view query, std::string_view request) {
  const auto asked = parse_search_request(request);
  return results_json(
      searcher.search(parse_query(query, searcher.authority(), asked), asked.search));
}

std::string facets_json(Searcher& searcher, std::string_view query, std::string_view request) {
  auto asked = parse_search_request(request);
  if (asked.search.facets.empty()) {
    asked.search.facets = {parse_facet("faction"), parse_facet("region"), parse_facet("month")};
  }
  return results_json(searcher.search(parse_query(query, searcher.authority(), asked),
                                      counts_only(std::move(asked.search))));
}

std::string cross_json(Searcher& searcher, std::string_view query, std::string_view request) {
  auto asked = parse_search_request(request);
  if (asked.by.empty()) {
    asked.by = {parse_facet("faction"), parse_facet("region")};
    for (auto& each : asked.by) each.top = 0;
  }
  const auto parsed = parse_query(query, searcher.authority(), asked);
  const auto table = searcher.cross(parsed, asked.by, counts_only(std::move(asked.search)));
  JsonWriter json;
  json.begin_object().field("type", "cross").field("format", kJsonFormat);
  json.key("by").begin_array();
  for (const auto& name : cross_names(asked.by)) json.value(name);
  json.end_array().key("rows").begin_array();
  for (const auto& row : table.rows) json.raw(cross_row_json(row, asked.by));
  json.end_array();
  write_warnings(json, parsed);
  return json.end_object().take();
}

std::string cooccur_json(Searcher& searcher, std::string_view query, std::string_view request) {
  constexpr std::size_t kTop = 50;
  constexpr std::size_t kMin = 2;
  auto asked = parse_search_request(request);
  const auto parsed = parse_query(query, searcher.authority(), asked);
  const auto pairs =
      searcher.cooccur(parsed, asked.of, asked.top > 0 ? asked.top : kTop,
                       asked.min > 0 ? asked.min : kMin, counts_only(std::move(asked.search)));
  JsonWriter json;
  json.begin_object().field("type", "cooccur").field("format", kJsonFormat);
  json.field("of", facet_name(asked.of)).key("pairs").begin_array();
  for (const auto& pair : pairs) json.raw(cooccurrence_json(pair));
  json.end_array();
  write_warnings(json, parsed);
  return json.end_object().take();
}

std::string places_json(Searcher& searcher, std::string_view query, std::string_view request) {
  auto asked = parse_search_request(request);
  const auto parsed = parse_query(query, searcher.authority(), asked);
  const auto places = searcher.places(parsed, counts_only(std::move(asked.search)));
  JsonWriter json;
  json.begin_object().field("type", "places").field("format", kJsonFormat);
  json.key("places").begin_array();
  std::size_t shown = 0;
  for (const auto& place : places) {
    if (place.count < asked.min) continue;
    if (asked.top > 0 && shown == asked.top) break;
    ++shown;
    json.raw(place_json(place));
  }
  json.end_array();
  write_warnings(json, parsed);
  return json.end_object().take();
}

std::string similar_json(Searcher& searcher, std::string_view id, std::string_view request) {
  return results_json(searcher.more_like(id, parse_search_request(request).search));
}

std::string watch_json(Searcher& searcher, std::string_view query, std::string_view state,
                       std::string_view request) {
  const auto asked = parse_search_request(request);
  const auto parsed = parse_query(query, searcher.authority(), asked);
  const auto found = searcher.watch(parsed, state, asked.search);
  JsonWriter json;
  json.begin_object().field("type", "watch").field("format", kJsonFormat);
  json.field("total", found.total).key("hits").begin_array();
  for (const auto& hit : found.hits) json.raw(hit_json(hit));
  json.end_array().field("state", found.state);
  write_warnings(json, parsed);
  return json.end_object().take();
}

std::string explain_json(Searcher& searcher, std::string_view query, std::string_view request) {
  const auto asked = parse_search_request(request);
  const auto parsed = parse_query(query, searcher.authority(), asked);
  JsonWriter json;
  json.begin_object().field("type", "explain").field("format", kJsonFormat);
  json.field("text", searcher.explain(parsed)).key("tree").raw(parsed.json());
  write_warnings(json, parsed);
  return json.end_object().take();
}

}  // namespace fihris
