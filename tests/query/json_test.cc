// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include "base/file.h"
#include "base/json_reader.h"
#include "base/tsv.h"
#include "fihris/error.h"
#include "fihris/query.h"
#include "query/query_impl.h"
#include "show.h"

namespace fihris {
namespace {

const Authority& authority() {
  static const auto kAuthority = Authority::builtin();
  return kAuthority;
}

TEST_CASE("a tree written as JSON is read back as the same tree") {
  const auto text = read_file(FIHRIS_SOURCE_DIR "/tests/cases/queries.tsv");
  const TsvTable table(text, "queries.tsv");
  for (const auto& row : table.rows()) {
    CAPTURE(table.where(row));
    const auto query = Query::parse(table.cell(row, "query"), authority());
    const auto again = Query::from_json(query.json(), authority());
    CHECK(query::show(again.impl().root) == query::show(query.impl().root));
    CHECK(again.json() == query.json());
  }
}

TEST_CASE("a tree that cannot be is refused, with the place") {
  const char* const rows[] = {
      "",
      "[]",
      "{}",
      R"({"type":"word"})",
      R"({"type":"verb","text":"x"})",
      R"({"type":"near","children":[]})",
      R"({"type":"field","field":"colour","values":["red"]})",
      R"({"type":"field","field":"source"})",
      R"({"type":"word","text":"x","fuzzy":9})",
      R"({"type":"word","text":"x","field":"date"})",
      R"({"type":"not","children":[]})",
  };
  for (const auto* row : rows) {
    CAPTURE(row);
    try {
      Query::from_json(row, authority());
      FAIL("accepted");
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::bad_query);
    }
  }
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += R"({"type":"not","children":[)";
  CHECK_THROWS_AS(Query::from_json(deep, authority()), Error);
}

TEST_CASE("the JSON reader takes what RFC 8259 allows and nothing else") {
  const char* const good[] = {"null",       " true ",     "[1,-0.5e+3,\"\\u0627\\ud83d\\ude00\"]",
                              "{\"a\":{}}", "\"\\n\\/\"", "[]"};
  const char* const bad[] = {"",      "nul",    "[1,]",    "{\"a\":1,}", "01",      "1.",
                             "+1",    "\"\t\"", "\"\\x\"", "[1 2]",      "{a:1}",   "\"\\ud800\"",
                             "1e999", "\"abc",  "[",       "true false", "\"\xff\""};
  for (const auto* text : good) {
    CAPTURE(text);
    CHECK_NOTHROW(parse_json(text));
  }
  for (const auto* text : bad) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_json(text), Error);
  }
  CHECK(parse_json("[1,\"\\u0627\\ud83d\\ude00\"]").items[1].string == "ا😀");
  CHECK(parse_json("{\"a\":1,\"a\":2}").find("a")->number == 2);
}

}  // namespace
}  // namespace fihris
