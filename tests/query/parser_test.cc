// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <algorithm>

#include "base/file.h"
#include "base/tsv.h"
#include "fihris/error.h"
#include "fihris/query.h"
#include "query/days.h"
#include "query/query_impl.h"
#include "show.h"

namespace fihris {
namespace {

const Authority& authority() {
  static const auto kAuthority = Authority::builtin();
  return kAuthority;
}

std::string tree(const Query& query) { return query::show(query.impl().root); }

TEST_CASE("a word is at most two letters off, and its tree is read back alike") {
  const auto query = Query::parse("|6|الظواهري~6", authority());
  CHECK(std::ranges::any_of(query.warnings(), [](const QueryWarning& warning) {
    return warning.message.find("two letters") != std::string::npos;
  }));
  CHECK(Query::from_json(query.json(), authority()).json() == query.json());
}

TEST_CASE("a query has the tree that its row says, and as many warnings") {
  const auto text = read_file(FIHRIS_SOURCE_DIR "/tests/cases/queries.tsv");
  const TsvTable table(text, "queries.tsv");
  QueryOptions options;
  options.saved = {{"front", "هدنة أو مصالحة"}};
  CHECK(table.rows().size() > 60);
  for (const auto& row : table.rows()) {
    const auto query = Query::parse(table.cell(row, "query"), authority(), options);
    CAPTURE(table.where(row));
    CHECK(tree(query) == table.cell(row, "tree"));
    CHECK(std::to_string(query.warnings().size()) == table.cell(row, "warnings"));
  }
}

TEST_CASE("warnings say where the fault stands, in bytes of the query") {
  const auto query = Query::parse("حلب \"هدنة", authority());
  REQUIRE(query.warnings().size() == 1);
  CHECK(query.warnings()[0].begin == 7);
  CHECK(query.warnings()[0].end == 8);
}

TEST_CASE("a day that the calendar does not have is named") {
  for (const auto* text : {"date:2015-02-30", "date:2015-02-01..2015-02-30", "حدث:>٢٠١٥-٠٢-٣٠"}) {
    const auto query = Query::parse(text, authority());
    REQUIRE(query.warnings().size() == 1);
    CHECK(query.warnings()[0].message == "2015-02-30 is no day of the calendar; searched as words");
  }
}

TEST_CASE("a name that nobody bears is told by what it was to be, and where it stands") {
  struct Row {
    const char* query;
    std::size_t begin, end;
    const char* message;
  };
  const Row rows[] = {
      {"حلب faction:لااحد", 15, 25, "no faction of this name; searched as words"},
      {"-منطقة:zzz", 12, 15, "no region of this name; searched as words"},
      {"about:zzz", 6, 9, "no faction or region of this name; searched as words"},
      {"faction:isis,zzz", 13, 16, "no faction of this name; searched as words"},
      {"near:zzz/5km", 5, 12, "no place of this name; searched as words"},
  };
  QueryOptions strict;
  strict.strict = true;
  for (const auto& row : rows) {
    CAPTURE(row.query);
    const auto warnings = Query::parse(row.query, authority()).warnings();
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].message == row.message);
    CHECK(warnings[0].begin == row.begin);
    CHECK(warnings[0].end == row.end);
    CHECK_THROWS_AS(Query::parse(row.query, authority(), strict), Error);
  }
}

TEST_CASE("a strict query is refused with a caret under its first fault") {
  QueryOptions strict;
  strict.strict = true;
  CHECK(tree(Query::parse("حلب هدنة", authority(), strict)) == "(and حلب هدنة)");
  try {
    Query::parse("حلب )هدنة", authority(), strict);
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::bad_query);
    CHECK(e.hint() == "حلب )هدنة\n    ^");
  }
  try {
    Query::parse("هدنة region:لامكان حلب", authority(), strict);
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK(std::string(e.what()).ends_with("no region of this name: لامكان"));
    CHECK(e.hint() == "هدنة region:لامكان حلب\n            ^~~~~~");
  }
}

TEST_CASE("a plain query has no operators") {
  QueryOptions plain;
  plain.plain = true;
  const auto query = Query::parse("من هو -جيش OR «حلب إدلب» title:x?", authority(), plain);
  CHECK(tree(query) == "(and من هو جيش OR حلب إدلب title x)");
  CHECK(query.warnings().empty());
}

TEST_CASE("saved queries that name each other end in a warning") {
  QueryOptions options;
  options.saved = {{"a", "حلب @b"}, {"b", "إدلب @a"}};
  const auto query = Query::parse("@a", authority(), options);
  CHECK(!query.warnings().empty());
  CHECK(!query.empty());
}

TEST_CASE("dates of a query are intervals with both ends") {
  struct Row {
    const char* text;
    const char* first;
    const char* last;
  };
  const Row rows[] = {
      {"2015", "2015-01-01", "2015-12-31"},
      {"2015-02", "2015-02-01", "2015-02-28"},
      {"٢٠١٥-٠٥-٢٨", "2015-05-28", "2015-05-28"},
      {"2015-04..2015-06", "2015-04-01", "2015-06-30"},
      {">=2015-05..2015", "", ""},
      {"أيار-2015", "2015-05-01", "2015-05-31"},
      {"مايو 2015", "2015-05-01", "2015-05-31"},
      {"may-2015", "2015-05-01", "2015-05-31"},
      {"ماي-2015", "2015-05-01", "2015-05-31"},
      {"كانون الأول 2014", "2014-12-01", "2014-12-31"},
      {"28-أيار-2015", "2015-05-28", "2015-05-28"},
      {"today", "2015-06-01", "2015-06-01"},
      {"أمس", "2015-05-31", "2015-05-31"},
      {"last-7d", "2015-05-26", "2015-06-01"},
      {"this-month", "2015-06-01", "2015-06-30"},
      {"2015-02-30", "", ""},
      {"..", "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto days = query::read_days(row.text, Date{2015, 6, 1});
    REQUIRE(days.has_value() == (*row.first != '\0'));
    if (!days) continue;
    CHECK(to_iso(from_days(days->first)) == row.first);
    CHECK(to_iso(from_days(days->last)) == row.last);
  }
  const auto after = query::read_days(">2015-05", std::nullopt);
  REQUIRE(after.has_value());
  CHECK(after->first == to_days({2015, 6, 1}));
  CHECK(after->last == INT32_MAX);
  const auto before = query::read_days("..2015-05", std::nullopt);
  REQUIRE(before.has_value());
  CHECK(before->first == INT32_MIN);
  CHECK(before->last == to_days({2015, 5, 31}));
}

}  // namespace
}  // namespace fihris
