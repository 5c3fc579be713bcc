// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/json.h"

#include <doctest/doctest.h>

#include "base/json_reader.h"
#include "fihris/error.h"

namespace fihris {
namespace {

/// The code that a call fails with; 0 if it does not.
template <class Call>
int code_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return static_cast<int>(error.code());
  }
  return 0;
}

constexpr int kInvalid = static_cast<int>(ErrorCode::invalid_argument);
constexpr int kBadFormat = static_cast<int>(ErrorCode::bad_format);

}  // namespace

TEST_CASE("an article that is read and written again is the same") {
  const std::string json =
      R"({"id":"1","source":"s","url":"","date":"2015-07-29","title":"عنوان","author":"","text":"نص \"بين\" سطرين\nو","pages":[1,2.50,{"a b":"c d"}],"big":123456789012345678901,"note":"x"})";
  CHECK(article_json(parse_article(json)) == json);
}

TEST_CASE("fields that are no strings keep their text without its blanks") {
  const auto article = parse_article("{\"a\": [ 1,\n 2 ], \"b\": {\"c d\" : \"e \\\" f\"} }");
  REQUIRE(article.fields.size() == 2);
  CHECK(article.fields[0].value == "[1,2]");
  CHECK(article.fields[0].json);
  CHECK(article.fields[1].value == "{\"c d\":\"e \\\" f\"}");
}

TEST_CASE("an article that is none is refused") {
  CHECK(code_of([] { parse_article("{\"text\":3}"); }) == kInvalid);
  CHECK(code_of([] { parse_article("[1]"); }) == kInvalid);
  CHECK(code_of([] { parse_article("{\"date\":\"next week perhaps\"}"); }) == kInvalid);
  CHECK(code_of([] { parse_article("{\"text\":"); }) == kBadFormat);
}

TEST_CASE("a facet is named with its step") {
  CHECK(parse_facet("faction").field == FacetField::faction);
  const auto event = parse_facet("event:year");
  CHECK(event.field == FacetField::event);
  CHECK(event.step == DateStep::year);
  const auto week = parse_facet("week");
  CHECK(week.field == FacetField::published);
  CHECK(week.step == DateStep::week);
  for (const auto* wrong : {"", "factions", "published:hour", "region:", "faction:month2"}) {
    CAPTURE(wrong);
    CHECK(code_of([&] { parse_facet(wrong); }) == kInvalid);
  }
}

TEST_CASE("a search request has all options") {
  const auto request = parse_search_request(
      R"({"match":"any","plain":true,"strict":true,"today":"2015-04-01","saved":{"a":"b c"},
          "offset":20,"limit":5,"sort":"both","half_life":90,"snippets":false,"snippet_bytes":100,"collapse":true,
          "deadline":250,"partial":true,"cursor":"x","suggest":false,"tree":true,"of":"region","top":3,"min":2,
          "facets":["faction",{"facet":"event","step":"day","top":0,"min":2,"below":"sy","named":"ح","direct":true}],
          "filters":{"faction":["nusra-front","isis"],"published":"2015-05"},"by":["faction","month"]})");
  CHECK(request.query.match == QueryOptions::Match::any);
  CHECK(request.query.plain);
  CHECK(request.query.strict);
  REQUIRE(request.query.today);
  CHECK(to_iso(*request.query.today) == "2015-04-01");
  REQUIRE(request.query.saved.size() == 1);
  CHECK(request.query.saved[0].second == "b c");
  CHECK(request.search.offset == 20);
  CHECK(request.search.limit == 5);
  CHECK(request.search.sort == SortBy::both);
  CHECK(request.search.half_life == 90);
  CHECK_FALSE(request.search.snippets);
  CHECK(request.search.snippet_bytes == 100);
  CHECK(request.search.collapse_copies);
  CHECK(request.search.deadline.count() == 250);
  CHECK(request.search.partial);
  CHECK(request.search.cursor == "x");
  CHECK_FALSE(request.search.suggest);
  CHECK(request.tree);
  CHECK(request.of == FacetField::region);
  CHECK(request.top == 3);
  CHECK(request.min == 2);
  REQUIRE(request.search.facets.size() == 2);
  CHECK(request.search.facets[0].top == 10);
  const auto& facet = request.search.facets[1];
  CHECK(facet.field == FacetField::event);
  CHECK(facet.step == DateStep::day);
  CHECK(facet.top == 0);
  CHECK(facet.min == 2);
  CHECK(facet.below == "sy");
  CHECK(facet.name_filter == "ح");
  CHECK(facet.direct);
  REQUIRE(request.search.filters.size() == 2);
  CHECK(request.search.filters[0].values == std::vector<std::string>{"nusra-front", "isis"});
  CHECK(request.search.filters[1].field == FacetField::published);
  REQUIRE(request.by.size() == 2);
  CHECK(request.by[0].top == 0);
}

TEST_CASE("an empty request is the defaults, null is absent") {
  for (const auto* text : {"", "{}", "{\"limit\":null,\"facets\":null}"}) {
    const auto request = parse_search_request(text);
    CHECK(request.search.limit == 10);
    CHECK(request.search.facets.empty());
    CHECK_FALSE(request.query.today);
  }
}

TEST_CASE("a request that is not understood is refused, with what is known") {
  for (const auto* wrong : {R"({"limt":1})", R"({"limit":-1})", R"({"limit":1.5})",
                            R"({"limit":"1"})", R"({"sort":"best"})", R"({"half_life":-1})",
                            R"({"facets":"faction"})", R"({"facets":[{"fact":"x"}]})",
                            R"({"filters":{"who":"x"}})", R"({"filters":{"faction":[1]}})",
                            R"({"today":"heute"})", R"({"deadline":86400001})", "[]", "3"}) {
    CAPTURE(wrong);
    CHECK(code_of([&] { parse_search_request(wrong); }) == kInvalid);
  }
  CHECK(code_of([] { parse_search_request("{"); }) == kBadFormat);
  try {
    parse_index_options(R"({"thread":2})");
    FAIL("refused");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("\"thread\"") != std::string::npos);
    CHECK(error.hint().find("threads") != std::string::npos);
  }
}

TEST_CASE("index and reader options are read") {
  const auto index =
      parse_index_options(R"({"create":false,"threads":3,"memory_mb":64,"group_copies":false})");
  CHECK_FALSE(index.create);
  CHECK(index.threads == 3);
  CHECK(index.memory_mb == 64);
  CHECK_FALSE(index.group_copies);
  const auto reader = parse_reader_options(
      R"({"format":"csv","encoding":"windows-1256","map":{"date":"day","title":null},
          "done":[{"file":"a","size":3,"modified":1448150400123456789,"records":2,"complete":true}]})");
  CHECK(reader.format == InputFormat::csv);
  CHECK(reader.encoding == "windows-1256");
  REQUIRE(reader.map.size() == 2);
  CHECK(reader.map[1].second.empty());
  REQUIRE(reader.done.size() == 1);
  CHECK(reader.done[0].modified == 1448150400123456789);
}

TEST_CASE("marks that are written are read again") {
  const ReadMark mark{"f", 5, -1448150400123456789, 7, true};
  const auto again = parse_reader_options("{\"done\":[" + read_mark_json(mark) + "]}").done;
  REQUIRE(again.size() == 1);
  CHECK(again[0].file == "f");
  CHECK(again[0].modified == mark.modified);
  CHECK(again[0].records == 7);
}

TEST_CASE("a facet twice in a cross table has two names") {
  const std::vector<FacetRequest> by{parse_facet("published:year"), parse_facet("faction"),
                                     parse_facet("published:month")};
  CHECK(cross_names(by) == std::vector<std::string>{"published", "faction", "published_2"});
  CrossTable::Row row;
  row.keys = {{"2015-01-01", "", "", 3}, {"isis", "داعش", "IS", 3}, {"2015-07-01", "", "", 3}};
  row.count = 2;
  CHECK(
      cross_row_json(row, by) ==
      R"({"published":"2015","faction":"isis","faction_ar":"داعش","published_2":"2015-07","count":2})");
}

TEST_CASE("results are one JSON value that holds all the parts") {
  SearchResults results;
  results.total = 7;
  Hit hit;
  hit.rank = 1;
  hit.id = "a\"b";
  hit.snippet.text = "قتال";
  hit.snippet.matches = {{0, 8, 0, 4}};
  results.hits.push_back(hit);
  FacetCounts counts;
  counts.request = parse_facet("month");
  counts.values = {{"2015-07-01", "", "", 4}};
  results.facets.push_back(counts);
  results.warnings.push_back({1, 2, "w"});
  const auto json = parse_json(results_json(results));
  CHECK(json.find("format")->number == kJsonFormat);
  CHECK(json.find("total")->number == 7);
  CHECK(json.find("hits")->items.at(0).find("id")->string == "a\"b");
  CHECK(json.find("hits")->items.at(0).find("snippet")->find("html")->string ==
        "<mark>قتال</mark>");
  CHECK(json.find("facets")->items.at(0).find("values")->items.at(0).find("id")->string ==
        "2015-07");
  CHECK(json.find("warnings")->items.at(0).find("message")->string == "w");
  const auto head = parse_json(results_head_json(results));
  CHECK(head.find("hits") == nullptr);
  CHECK(head.find("total")->number == 7);
}

TEST_CASE("places are GeoJSON with the longitude first") {
  const auto json =
      parse_json(places_geojson({{"sy/idlib", "إدلب", "Idlib", "city", 35.9, 36.6, 2}}));
  CHECK(json.find("type")->string == "FeatureCollection");
  const auto& feature = json.find("features")->items.at(0);
  const auto& point = feature.find("geometry")->find("coordinates")->items;
  CHECK(point.at(0).number == doctest::Approx(36.6));
  CHECK(point.at(1).number == doctest::Approx(35.9));
  CHECK(feature.find("properties")->find("count")->number == 2);
}

}  // namespace fihris
