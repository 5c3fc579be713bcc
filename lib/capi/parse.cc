// SPDX-License-Identifier: GPL-2.0-or-later
// Requests from JSON: articles and options.
#include "capi/members.h"
#include "fihris/error.h"
#include "fihris/json.h"

namespace fihris {

using capi::Members;

namespace {

/// The value that stands beside `name`. \throws what `members.wrong` throws
template <class Value, std::size_t kSize>
Value choose(const Members& members, std::string_view member, std::string_view name,
             const std::pair<const char*, Value> (&choices)[kSize]) {
  std::string listed;
  for (const auto& [known, value] : choices) {
    if (name == known) return value;
    listed += (listed.empty() ? "" : ", ") + std::string(known);
  }
  members.wrong(member, "one of " + listed);
}

constexpr std::pair<const char*, DateStep> kSteps[] = {{"day", DateStep::day},
                                                       {"week", DateStep::week},
                                                       {"month", DateStep::month},
                                                       {"year", DateStep::year}};
constexpr std::pair<const char*, FacetField> kFields[] = {
    {"faction", FacetField::faction},     {"region", FacetField::region},
    {"source", FacetField::source},       {"kind", FacetField::kind},
    {"published", FacetField::published}, {"date", FacetField::published},
    {"event", FacetField::event}};

FacetRequest read_facet(const JsonValue& value, std::size_t top) {
  if (value.kind == JsonValue::Kind::string) {
    auto request = parse_facet(value.string);
    request.top = top;
    return request;
  }
  Members members(value, "facet");
  auto request = parse_facet(members.text("facet", "faction"));
  if (const auto step = members.text("step"); !step.empty()) {
    request.step = choose(members, "step", step, kSteps);
  }
  request.top = members.count("top", top);
  request.min = members.count("min", request.min);
  request.below = members.text("below");
  request.name_filter = members.text("named");
  request.direct = members.truth("direct", false);
  members.finish();
  return request;
}

/// \param top  values of each facet that does not say how many
std::vector<FacetRequest> read_facets(Members& members, std::string_view name, std::size_t top) {
  const auto* value = members.take(name);
  if (value == nullptr) return {};
  if (value->kind != JsonValue::Kind::array) members.wrong(name, "an array of facets");
  std::vector<FacetRequest> all;
  for (const auto& item : value->items) all.push_back(read_facet(item, top));
  return all;
}

/// {"faction": ["nusra-front"], "published": "2015-05"}.
std::vector<FacetFilter> read_filters(Members& members) {
  const auto* value = members.take("filters");
  if (value == nullptr) return {};
  Members inside(*value, "filters");
  std::vector<FacetFilter> filters;
  for (const auto& member : value->members) {
    filters.push_back({parse_facet(member.name).field, inside.texts(member.name)});
  }
  return filters;
}

}  // namespace

FacetRequest parse_facet(std::string_view name) {
  FacetRequest request;
  const auto colon = name.find(':');
  const auto field = name.substr(0, colon);
  for (const auto& [step, value] : kSteps) {
    if (name != step) continue;
    request.field = FacetField::published;
    request.step = value;
    return request;
  }
  const std::pair<const char*, FacetField>* known = nullptr;
  for (const auto& each : kFields) {
    if (field == each.first) known = &each;
  }
  if (known == nullptr) {
    throw Error(ErrorCode::invalid_argument,
                "\"" + std::string(name) +
                    "\": wanted faction, region, source, kind, published, event, or day, week, "
                    "month, year");
  }
  request.field = known->second;
  if (colon == std::string_view::npos) return request;
  for (const auto& [step, value] : kSteps) {
    if (name.substr(colon + 1) != step) continue;
    request.step = value;
    return request;
  }
  throw Error(ErrorCode::invalid_argument,
              "\"" + std::string(name) + "\": wanted day, week, month or year after the colon");
}

Article parse_article(std::string_view json) {
  Members members(json, "article");
  Article article;
  article.id = members.text("id");
  article.source = members.text("source");
  article.url = members.text("url");
  article.title = members.text("title");
  article.author = members.text("author");
  article.text = members.text("text");
  if (const auto date = members.text("date"); !date.empty()) {
    article.date = parse_publication_date(date);
    if (!article.date) members.wrong("date", "a day such as 2015-07-29, not \"" + date + "\"");
  }
  for (const auto& [name, value] : members.object().members) {
    constexpr std::string_view kOwn[] = {"id", "source", "url", "date", "title", "author", "text"};
    bool own = false;
    for (const auto known : kOwn) own = own || name == known;
    if (own) continue;
    if (value.kind == JsonValue::Kind::string) {
      article.fields.push_back({name, value.string, false});
    } else {
      article.fields.push_back(
          {name, capi::without_blanks(json.substr(value.at, value.end - value.at)), true});
    }
  }
  return article;
}

IndexOptions parse_index_options(std::string_view json) {
  Members members(json, "index options");
  IndexOptions options;
  options.create = members.truth("create", options.create);
  options.threads = static_cast<unsigned>(members.count("threads", options.threads, 1024));
  options.memory_mb = members.count("memory_mb", options.memory_mb, 1u << 20);
  options.group_copies = members.truth("group_copies", options.group_copies);
  members.finish();
  return options;
}

ReaderOptions parse_reader_options(std::string_view json) {
  Members members(json, "reader options");
  constexpr std::pair<const char*, InputFormat> kFormats[] = {{"auto", InputFormat::automatic},
                                                              {"jsonl", InputFormat::jsonl},
                                                              {"json", InputFormat::json},
                                                              {"csv", InputFormat::csv},
                                                              {"tsv", InputFormat::tsv},
                                                              {"text", InputFormat::text},
                                                              {"html", InputFormat::html},
                                                              {"feed", InputFormat::feed},
                                                              {"mediawiki", InputFormat::mediawiki},
                                                              {"trec", InputFormat::trec}};
  ReaderOptions options;
  options.format = choose(members, "format", members.text("format", "auto"), kFormats);
  options.encoding = members.text("encoding");
  if (const auto* map = members.take("map")) {
    Members fields(*map, "map");
    for (const auto& member : map->members) {
      options.map.emplace_back(member.name, fields.text(member.name));
    }
  }
  options.max_record_bytes = members.count("max_record_bytes", options.max_record_bytes);
  options.max_depth = members.count("max_depth", options.max_depth);
  options.max_members = members.count("max_members", options.max_members);
  options.max_member_bytes = members.count("max_member_bytes", options.max_member_bytes);
  options.max_ratio = members.number("max_ratio", options.max_ratio);
  options.selector = members.text("selector");
  options.clean = members.truth("clean", options.clean);
  options.set_tails_apart = members.truth("set_tails_apart", options.set_tails_apart);
  if (const auto* done = members.take("done")) {
    if (done->kind != JsonValue::Kind::array) members.wrong("done", "an array of marks");
    for (const auto& item : done->items) {
      Members mark(item, "mark");
      ReadMark read;
      read.file = mark.text("file");
      read.size = mark.count("size", 0);
      // Nanoseconds since 1970 are more than a double holds: the digits are read as they stand.
      const auto* modified = mark.take("modified");
      if (modified != nullptr) {
        const auto digits = json.substr(modified->at, modified->end - modified->at);
        try {
          read.modified = std::stoll(std::string(digits));
        } catch (const std::exception&) {
          mark.wrong("modified", "a whole number");
        }
      }
      read.records = mark.count("records", 0);
      read.complete = mark.truth("complete", false);
      mark.finish();
      options.done.push_back(std::move(read));
    }
  }
  members.finish();
  return options;
}

SearchRequest parse_search_request(std::string_view json) {
  Members members(json, "search options");
  SearchRequest request;
  using Match = QueryOptions::Match;
  constexpr std::pair<const char*, Match> kMatches[] = {
      {"auto", Match::automatic}, {"all", Match::all}, {"any", Match::any}};
  request.query.match = choose(members, "match", members.text("match", "auto"), kMatches);
  request.query.plain = members.truth("plain", false);
  request.query.strict = members.truth("strict", false);
  if (const auto today = members.text("today"); !today.empty()) {
    request.query.today = parse_iso_date(today);
    if (!request.query.today) members.wrong("today", "a day YYYY-MM-DD");
  }
  if (const auto* saved = members.take("saved")) {
    Members queries(*saved, "saved");
    for (const auto& member : saved->members) {
      request.query.saved.emplace_back(member.name, queries.text(member.name));
    }
  }
  request.tree = members.truth("tree", false);

  auto& search = request.search;
  search.offset = members.count("offset", search.offset);
  search.limit = members.count("limit", search.limit);
  constexpr std::pair<const char*, SortBy> kOrders[] = {{"relevance", SortBy::relevance},
                                                        {"date", SortBy::date_descending},
                                                        {"oldest", SortBy::date_ascending},
                                                        {"both", SortBy::both}};
  search.sort = choose(members, "sort", members.text("sort", "relevance"), kOrders);
  search.half_life = members.count("half_life", search.half_life);
  search.facets = read_facets(members, "facets", FacetRequest{}.top);
  search.filters = read_filters(members);
  search.snippets = members.truth("snippets", search.snippets);
  search.snippet_bytes = members.count("snippet_bytes", search.snippet_bytes, 1u << 20);
  search.collapse_copies = members.truth("collapse", false);
  constexpr std::uint64_t kDay = 86400000;
  search.deadline = std::chrono::milliseconds(
      members.count("deadline", static_cast<std::uint64_t>(search.deadline.count()), kDay));
  search.partial = members.truth("partial", false);
  search.cursor = members.text("cursor");
  search.suggest = members.truth("suggest", search.suggest);

  request.by = read_facets(members, "by", 0);
  request.of = parse_facet(members.text("of", "faction")).field;
  request.top = members.count("top", request.top);
  request.min = members.count("min", request.min);
  members.finish();
  return request;
}

}  // namespace fihris
