// SPDX-License-Identifier: GPL-2.0-or-later
// Shapes of what a text holds: articles, words, dates, tags, entities, and faults of reading.
#include "base/json_writer.h"
#include "fihris/json.h"

namespace fihris {
namespace {

void write_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& list) {
  json.key(key).begin_array();
  for (const auto& each : list) json.value(each);
  json.end_array();
}

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

/// Ids from the root down to the parent.
std::vector<std::string> path_of(const Entity& entity, const Authority& authority) {
  auto above = authority.ancestors(entity.facet, entity.id);
  return {above.rbegin(), above.rend()};
}

void write_tag(JsonWriter& json, const EntityTag& tag, const Authority& authority, bool explain) {
  const auto& entity = tag.entity;
  json.begin_object().field("id", entity.id).field("ar", entity.ar).field("en", entity.en);
  json.field("kind", entity.kind);
  if (!entity.country.empty()) json.field("country", entity.country);
  if (entity.facet == Facet::region) {
    json.key("names").begin_array();
    for (const auto& name : entity.names) json.value(name.text);
    json.end_array();
    write_strings(json, "path", path_of(entity, authority));
    if (entity.lat && entity.lon) json.field("lat", *entity.lat).field("lon", *entity.lon);
  } else if (!entity.parent.empty()) {
    json.field("parent", entity.parent);
  }
  if (explain) json.field("confidence", tag.confidence);
  write_mentions(json, tag.mentions, explain);
  json.end_object();
}

/// "context,in=SY+IQ", as authority files write them.
std::string marks_of(const EntityName& name) {
  std::string text;
  const auto add = [&](bool on, std::string_view mark) {
    if (!on) return;
    if (!text.empty()) text += ',';
    text += mark;
  };
  add(name.context, "context");
  add(name.ambiguous, "ambiguous");
  add(name.pejorative, "pejorative");
  add(name.short_form, "short");
  add(name.exact, "exact");
  add(name.query_only, "query");
  std::string in;
  for (const auto& country : name.in) in += (in.empty() ? "" : "+") + country;
  add(!in.empty(), "in=" + in);
  add(!name.from.empty(), "from=" + name.from);
  add(!name.until.empty(), "until=" + name.until);
  return text;
}

}  // namespace

const char* token_kind_name(TokenKind kind) noexcept {
  switch (kind) {
    case TokenKind::arabic:
      return "arabic";
    case TokenKind::latin:
      return "latin";
    case TokenKind::number:
      return "number";
    case TokenKind::other:
      break;
  }
  return "other";
}

std::string article_json(const Article& article) {
  JsonWriter json;
  json.begin_object().field("id", article.id).field("source", article.source);
  json.field("url", article.url);
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

std::string tags_json(std::string_view id, const ArticleTags& tags, const Authority& authority,
                      bool explain) {
  JsonWriter json;
  json.begin_object().field("id", id);
  json.key("factions").begin_array();
  for (const auto& tag : tags.factions) write_tag(json, tag, authority, explain);
  json.end_array().key("regions").begin_array();
  for (const auto& tag : tags.regions) write_tag(json, tag, authority, explain);
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
  return json.end_array().end_object().take();
}

std::string date_json(const DateMention& mention, std::string_view text) {
  JsonWriter json;
  json.begin_object().field("begin", mention.begin).field("end", mention.end);
  json.field("text", text.substr(mention.begin, mention.end - mention.begin));
  json.field("type", timex_type_name(mention.type)).field("value", mention.value);
  if (mention.range) {
    json.field("first", to_iso(mention.range->first)).field("last", to_iso(mention.range->last));
  }
  if (mention.interval) json.field("interval", to_iso(*mention.interval));
  json.field("facet", mention.named).field("rule", mention.rule);
  return json.field("confidence", mention.confidence).end_object().take();
}

std::string reading_json(const Reading& reading) {
  JsonWriter json;
  json.begin_object().field("proclitics", reading.proclitics).field("core", reading.core);
  json.field("suffixes", reading.suffixes).field("class", reading.word_class);
  json.field("stem", reading.stem).field("weight", reading.weight);
  return json.field("reason", reading.reason).end_object().take();
}

std::string token_json(const Token& token, std::string_view text,
                       const std::vector<Reading>& readings) {
  JsonWriter json;
  json.begin_object().field("begin", token.begin).field("end", token.end);
  json.field("text", text.substr(token.begin, token.end - token.begin));
  json.field("kind", token_kind_name(token.kind))
      .field("folded", token.folded)
      .field("stem", token.stem);
  json.field("stop", token.stop);
  if (!readings.empty()) {
    json.key("readings").begin_array();
    for (const auto& reading : readings) json.raw(reading_json(reading));
    json.end_array();
  }
  return json.end_object().take();
}

std::string entity_json(const Entity& entity, const Authority& authority) {
  JsonWriter json;
  json.begin_object().field("facet", entity.facet == Facet::faction ? "faction" : "region");
  json.field("id", entity.id).field("kind", entity.kind).field("country", entity.country);
  json.field("ar", entity.ar).field("en", entity.en);
  json.key("names").begin_array();
  for (const auto& name : entity.names) {
    json.begin_object().field("text", name.text).field("marks", marks_of(name)).end_object();
  }
  json.end_array();
  write_strings(json, "path", path_of(entity, authority));
  if (!entity.member_of.empty()) write_strings(json, "member_of", entity.member_of);
  if (entity.lat && entity.lon) json.field("lat", *entity.lat).field("lon", *entity.lon);
  if (entity.population > 0) json.field("population", entity.population);
  const std::pair<const char*, const std::string*> rest[] = {{"from", &entity.from},
                                                             {"until", &entity.until},
                                                             {"successor", &entity.successor},
                                                             {"wikidata", &entity.wikidata},
                                                             {"geonames", &entity.geonames}};
  for (const auto& [key, value] : rest) {
    if (!value->empty()) json.field(key, *value);
  }
  return json.end_object().take();
}

std::string authority_fault_json(const AuthorityFault& fault) {
  JsonWriter json;
  json.begin_object().field("file", fault.file).field("line", fault.line);
  return json.field("message", fault.message).end_object().take();
}

std::string read_fault_json(const ReadFault& fault) {
  JsonWriter json;
  json.begin_object().field("file", fault.origin.file).field("line", fault.origin.line);
  json.field("message", fault.message).field("skipped", fault.skipped);
  json.field("failed", fault.failed).field("remedy", fault.remedy);
  return json.field("raw", fault.raw).end_object().take();
}

std::string read_mark_json(const ReadMark& mark) {
  JsonWriter json;
  json.begin_object().field("file", mark.file).field("size", mark.size);
  json.field("modified", mark.modified).field("records", mark.records);
  return json.field("complete", mark.complete).end_object().take();
}

}  // namespace fihris
