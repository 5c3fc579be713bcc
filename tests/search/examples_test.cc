// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "sample.h"

namespace fihris {
namespace {

std::set<std::string> numbers(std::string_view cell) {
  std::set<std::string> all;
  for (const auto part : split(cell, ' ')) all.insert("sample-" + std::string(part));
  all.erase("sample-");
  return all;
}

TEST_CASE("every example of the query language matches the articles that it should") {
  Searcher searcher({test::sample_index()});
  const auto text = read_file(FIHRIS_SOURCE_DIR "/tests/cases/queries-examples.tsv");
  const TsvTable table(text, "queries-examples.tsv");
  REQUIRE(table.rows().size() == 25);
  SearchOptions options;
  options.limit = 1000;
  options.snippets = false;
  QueryOptions how;
  how.match = QueryOptions::Match::all;
  for (const auto& row : table.rows()) {
    CAPTURE(table.where(row));
    const auto query = Query::parse(table.cell(row, "query"), searcher.authority(), how);
    const auto results = searcher.search(query, options);
    std::set<std::string> found;
    for (const auto& hit : results.hits) found.insert(hit.id);
    CHECK(found.size() == results.total);
    const auto must = table.cell(row, "must");
    if (must == "*") CHECK(!found.empty());
    for (const auto& id : must == "*" ? std::set<std::string>() : numbers(must)) {
      CAPTURE(id);
      CHECK(found.contains(id));
    }
    for (const auto& id : numbers(table.cell(row, "not"))) {
      CAPTURE(id);
      CHECK(!found.contains(id));
    }
  }
}

}  // namespace
}  // namespace fihris
