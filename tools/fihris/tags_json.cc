// SPDX-License-Identifier: GPL-2.0-or-later
#include "tags_json.h"

#include "base/json_writer.h"

namespace fihris::cli {
namespace {

void write_mentions(JsonWriter& json, const std::vector<Mention>& mentions, bool explain) {
  json.key("mentions").begin_array();
  for (const auto& mention : mentions) {
    json.begin_object();
    json.field("field", mention.field == TextField::title ? "title" : "text");
    json.field("begin", mention.begin).field("end", mention.end).field("text", mention.surface);
    if (explain) json.field("rule", mention.rule).field("confidence", mention.confidence);
    json.end_object();
  }
  json.end_array();
}

void write_entity(JsonWriter& json, const EntityTag& tag, const Authority& authority,
                  bool explain) {
  const auto& entity = tag.entity;
  json.begin_object();
  json.field("id", entity.id)
      .field("ar", entity.ar)
      .field("en", entity.en)
      .field("kind", entity.kind);
  if (!entity.country.empty()) json.field("country", entity.country);
  if (entity.facet == Facet::region) {
    json.key("names").begin_array();
    for (const auto& name : entity.names) json.value(name.text);
    json.end_array();
    json.key("path").begin_array();
    const auto above = authority.ancestors(Facet::region, entity.id);
    for (auto id = above.rbegin(); id != above.rend(); ++id) json.value(*id);
    json.end_array();
    if (entity.lat && entity.lon) json.field("lat", *entity.lat).field("lon", *entity.lon);
  } else if (!entity.parent.empty()) {
    json.field("parent", entity.parent);
  }
  if (explain) json.field("confidence", tag.confidence);
  write_mentions(json, tag.mentions, explain);
  json.end_object();
}

}  // namespace

std::string tags_json(std::string_view id, const ArticleTags& tags, const Authority& authority,
                      bool explain) {
  JsonWriter json;
  json.begin_object().field("id", id);
  json.key("factions").begin_array();
  for (const auto& tag : tags.factions) write_entity(json, tag, authority, explain);
  json.end_array().key("regions").begin_array();
  for (const auto& tag : tags.regions) write_entity(json, tag, authority, explain);
  json.end_array().key("dates").begin_array();
  for (const auto& tag : tags.dates) {
    json.begin_object().field("value", tag.value);
    json.field("first", to_iso(tag.range.first)).field("last", to_iso(tag.range.last));
    write_mentions(json, tag.mentions, explain);
    json.end_object();
  }
  json.end_array().key("candidates").begin_array();
  for (const auto& tag : tags.candidates) {
    json.begin_object().field("name", tag.name);
    write_mentions(json, tag.mentions, explain);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace fihris::cli
