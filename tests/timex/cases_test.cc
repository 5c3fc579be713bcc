// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fihris/timex.h"

namespace {

using fihris::DateReader;

/// Rows of a table of tests/cases, comments left out.
std::vector<std::vector<std::string>> rows(const std::string& name) {
  std::ifstream file(std::string(FIHRIS_SOURCE_DIR) + "/tests/cases/" + name);
  REQUIRE(file);
  std::vector<std::vector<std::string>> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    all.push_back(row);
  }
  return all;
}

TEST_CASE("the date reader reads every row of dates.tsv") {
  DateReader reader;
  const auto cases = rows("dates.tsv");
  REQUIRE(cases.size() > 250);
  for (const auto& row : cases) {
    REQUIRE(row.size() == 4);
    CAPTURE(row[1]);
    std::string found;
    for (const auto& mention : reader.read(row[1], fihris::parse_iso_date(row[0]))) {
      if (!found.empty()) found += " | ";
      found += row[1].substr(mention.begin, mention.end - mention.begin);
      found += "=" + std::string(fihris::timex_type_name(mention.type)) + ":" + mention.value;
    }
    CHECK((found.empty() ? "-" : found) == row[2]);
  }
}

TEST_CASE("the date reader understands every row of date_queries.tsv") {
  DateReader reader;
  const auto cases = rows("date_queries.tsv");
  REQUIRE(cases.size() > 50);
  for (const auto& row : cases) {
    REQUIRE(row.size() == 4);
    CAPTURE(row[1]);
    const auto days = reader.parse(row[1], fihris::parse_iso_date(row[0]));
    CHECK(days.has_value() == (row[2] != "-"));
    if (!days) continue;
    CHECK(to_iso(days->first) == row[2]);
    CHECK(to_iso(days->last) == row[3]);
  }
}

TEST_CASE("without a day of publication relative words have no days") {
  DateReader reader;
  for (const auto& mention : reader.read("قتل أمس وفي الشهر الماضي ويوم الجمعة", std::nullopt)) {
    CHECK_FALSE(mention.range.has_value());
  }
  const auto full = reader.read("في 29 تموز 2015", std::nullopt);
  REQUIRE(full.size() == 1);
  CHECK(full[0].value == "2015-07-29");
}

TEST_CASE("the first end of an interval carries the days between") {
  DateReader reader;
  const auto found = reader.read("من 3 إلى 5 آب", fihris::Date{2015, 8, 10});
  REQUIRE(found.size() == 2);
  REQUIRE(found[0].interval.has_value());
  CHECK(to_iso(*found[0].interval) == "2015-08-03/2015-08-05");
  CHECK_FALSE(found[1].interval.has_value());
}

TEST_CASE("a date line that is older than the paper is the day that the text counts from") {
  DateReader reader;
  const auto found = reader.read("بغداد 23 شوال 1436 هـ الموافق 8 أغسطس 2015 م واس قتل اليوم جندي",
                                 fihris::Date{2015, 8, 10});
  REQUIRE(found.size() == 3);
  CHECK(found[2].value == "2015-08-08");
}

TEST_CASE("the facet leaves out what is vague") {
  DateReader reader;
  const fihris::Date day{2015, 8, 10};
  for (const char* text : {"الأسبوع الماضي", "عيد الفطر", "الثمانينيات", "حاليا", "قبل 6 أشهر",
                           "اليومين الماضيين", "صيف 2013"}) {
    CAPTURE(text);
    const auto found = reader.read(text, day);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].named);
  }
  for (const char* text : {"أمس", "الشهر الماضي", "عام 2014", "قبل يومين", "مساء الجمعة"}) {
    CAPTURE(text);
    const auto found = reader.read(text, day);
    REQUIRE(found.size() == 1);
    CHECK(found[0].named);
  }
}

}  // namespace
