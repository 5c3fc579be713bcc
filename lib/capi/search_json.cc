// SPDX-License-Identifier: GPL-2.0-or-later
// Shapes of what an index answers: hits, facets, tables, figures, faults.
#include <algorithm>

#include "base/json_writer.h"
#include "fihris/json.h"

namespace fihris {
namespace {

bool is_date(FacetField field) {
  return field == FacetField::published || field == FacetField::event;
}
bool is_named(FacetField field) {
  return field == FacetField::faction || field == FacetField::region;
}

void write_snippet(JsonWriter& json, std::string_view key, const Snippet& snippet) {
  json.key(key).begin_object().field("text", snippet.text);
  json.field("dir", snippet.right_to_left ? "rtl" : "ltr").field("html", snippet.html());
  json.key("matches").begin_array();
  for (const auto& span : snippet.matches) {
    json.begin_object().field("begin", span.begin).field("end", span.end);
    json.field("utf16_begin", span.utf16_begin).field("utf16_end", span.utf16_end).end_object();
  }
  json.end_array().end_object();
}

void write_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& list) {
  json.key(key).begin_array();
  for (const auto& each : list) json.value(each);
  json.end_array();
}

void write_head(JsonWriter& json, const SearchResults& results) {
  json.field("type", "results").field("format", kJsonFormat).field("total", results.total);
  json.field("milliseconds", results.milliseconds);
  json.field("any_instead_of_all", results.any_instead_of_all);
  json.field("did_you_mean", results.did_you_mean).field("next_cursor", results.next_cursor);
  json.field("cursor_outdated", results.cursor_outdated);
  json.key("warnings").begin_array();
  for (const auto& warning : results.warnings) json.raw(warning_json(warning));
  json.end_array();
  write_strings(json, "failed_shards", results.failed_shards);
}

void write_place(JsonWriter& json, const PlaceCount& place) {
  json.field("id", place.id).field("ar", place.ar).field("en", place.en);
  json.field("kind", place.kind);
}

}  // namespace

const char* facet_name(FacetField field) noexcept {
  switch (field) {
    case FacetField::faction:
      return "faction";
    case FacetField::region:
      return "region";
    case FacetField::source:
      return "source";
    case FacetField::kind:
      return "kind";
    case FacetField::published:
      return "published";
    case FacetField::event:
      break;
  }
  return "event";
}

std::string bucket_name(const FacetRequest& request, std::string_view first_day) {
  if (is_date(request.field)) {
    if (request.step == DateStep::month) first_day = first_day.substr(0, 7);
    if (request.step == DateStep::year) first_day = first_day.substr(0, 4);
  }
  return std::string(first_day);
}

std::vector<std::string> cross_names(const std::vector<FacetRequest>& by) {
  std::vector<std::string> names;
  for (const auto& request : by) {
    const std::string name = facet_name(request.field);
    auto free = name;
    for (int n = 2; std::find(names.begin(), names.end(), free) != names.end(); ++n) {
      free = name + "_" + std::to_string(n);
    }
    names.push_back(std::move(free));
  }
  return names;
}

std::string stats_json(const IndexStats& stats) {
  JsonWriter json;
  json.begin_object().field("format", kJsonFormat).field("documents", stats.documents);
  json.field("segments", stats.segments).field("terms", stats.terms).field("bytes", stats.bytes);
  json.field("text_bytes", stats.text_bytes).field("removed", stats.removed);
  json.field("revision", stats.revision).field("index_format", stats.format);
  json.field("analyzer", stats.analyzer).field("authority", stats.authority);
  json.field("first_date", stats.first_date).field("last_date", stats.last_date);
  return json.end_object().take();
}

std::string index_fault_json(const IndexFault& fault) {
  JsonWriter json;
  json.begin_object().field("file", fault.file).field("message", fault.message);
  return json.field("remedy", fault.remedy).end_object().take();
}

std::string warning_json(const QueryWarning& warning) {
  JsonWriter json;
  json.begin_object().field("begin", warning.begin).field("end", warning.end);
  return json.field("message", warning.message).end_object().take();
}

std::string hit_json(const Hit& hit) {
  JsonWriter json;
  json.begin_object().field("type", "hit").field("rank", hit.rank).field("id", hit.id);
  json.field("score", hit.score);
  json.field("source", hit.source).field("url", hit.url).field("title", hit.title);
  if (hit.date) json.field("date", to_iso(*hit.date));
  const auto tags = [&](std::string_view key, const auto& list) {
    json.key(key).begin_array();
    for (const auto& [id, ar] : list) {
      json.begin_object().field("id", id).field("ar", ar).end_object();
    }
    json.end_array();
  };
  tags("factions", hit.factions);
  tags("regions", hit.regions);
  json.field("copies", hit.copies);
  write_strings(json, "why", hit.why);
  write_snippet(json, "title_snippet", hit.title_snippet);
  write_snippet(json, "snippet", hit.snippet);
  return json.end_object().take();
}

std::string facet_json(const FacetCounts& counts) {
  JsonWriter json;
  json.begin_object().field("type", "facet").field("facet", facet_name(counts.request.field));
  json.field("distinct", counts.distinct).field("without", counts.without);
  json.key("values").begin_array();
  for (const auto& value : counts.values) {
    json.begin_object().field("id", bucket_name(counts.request, value.id));
    if (!value.ar.empty()) json.field("ar", value.ar);
    if (!value.en.empty()) json.field("en", value.en);
    json.field("count", value.count).end_object();
  }
  return json.end_array().end_object().take();
}

std::string results_head_json(const SearchResults& results) {
  JsonWriter json;
  json.begin_object();
  write_head(json, results);
  return json.end_object().take();
}

std::string results_json(const SearchResults& results) {
  JsonWriter json;
  json.begin_object();
  write_head(json, results);
  json.key("hits").begin_array();
  for (const auto& hit : results.hits) json.raw(hit_json(hit));
  json.end_array().key("facets").begin_array();
  for (const auto& counts : results.facets) json.raw(facet_json(counts));
  return json.end_array().end_object().take();
}

std::string cross_row_json(const CrossTable::Row& row, const std::vector<FacetRequest>& by) {
  const auto names = cross_names(by);
  JsonWriter json;
  json.begin_object();
  for (std::size_t i = 0; i < row.keys.size() && i < by.size(); ++i) {
    json.field(names[i], bucket_name(by[i], row.keys[i].id));
    if (is_named(by[i].field)) json.field(names[i] + "_ar", row.keys[i].ar);
  }
  return json.field("count", row.count).end_object().take();
}

std::string cooccurrence_json(const CoOccurrence& pair) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [key, value] : {std::pair{"a", &pair.a}, {"b", &pair.b}}) {
    json.key(key).begin_object().field("id", value->id).field("ar", value->ar);
    json.field("en", value->en).field("count", value->count).end_object();
  }
  json.field("count", pair.count).field("expected", pair.expected);
  return json.field("g2", pair.log_likelihood).field("pmi", pair.pmi).end_object().take();
}

std::string place_json(const PlaceCount& place) {
  JsonWriter json;
  json.begin_object();
  write_place(json, place);
  json.field("lat", place.lat).field("lon", place.lon);
  return json.field("count", place.count).end_object().take();
}

std::string places_geojson(const std::vector<PlaceCount>& places) {
  JsonWriter json;
  json.begin_object().field("type", "FeatureCollection").key("features").begin_array();
  for (const auto& place : places) {
    json.begin_object().field("type", "Feature");
    json.key("geometry").begin_object().field("type", "Point");
    json.key("coordinates").begin_array().value(place.lon).value(place.lat).end_array();
    json.end_object().key("properties").begin_object();
    write_place(json, place);
    json.field("count", place.count).end_object().end_object();
  }
  return json.end_array().end_object().take();
}

}  // namespace fihris
