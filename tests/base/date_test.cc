// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/date.h"

#include <doctest/doctest.h>

using fihris::Date;

TEST_CASE("every day from 1900 to 2100 reads back as itself") {
  for (auto day = fihris::to_days({1900, 1, 1}); day <= fihris::to_days({2100, 12, 31}); ++day) {
    const Date date = fihris::from_days(day);
    const auto read = fihris::parse_iso_date(fihris::to_iso(date));
    REQUIRE(read.has_value());
    CHECK(fihris::to_days(*read) == day);
  }
}

TEST_CASE("a day that the calendar lacks is no date") {
  for (const char* text : {"2015-02-29", "2015-13-01", "2015-00-10", "2015-04-31", "0000-01-01",
                           "2015-4-1", "2015/04/01", "15-04-01", "2015-04-01 ", ""}) {
    CAPTURE(text);
    CHECK_FALSE(fihris::parse_iso_date(text).has_value());
  }
  CHECK(fihris::parse_iso_date("2000-02-29").has_value());
  CHECK(fihris::parse_iso_date("9999-12-31").has_value());
}

TEST_CASE("a range is named by the shortest ISO form of its days") {
  for (const char* text : {"2015", "2015-02", "2016-02", "2015-07-29", "2015-07-01/2015-07-15",
                           "2015-12-31/2016-01-01", "2015-01-01/2015-11-30"}) {
    CAPTURE(text);
    const auto range = fihris::parse_iso_range(text);
    REQUIRE(range.has_value());
    CHECK(fihris::to_iso(*range) == text);
  }
  CHECK_FALSE(fihris::parse_iso_range("2015-07-15/2015-07-01").has_value());
}

TEST_CASE("weekdays count from Sunday") {
  CHECK(fihris::weekday({2015, 7, 29}) == 3);  // a Wednesday
  CHECK(fihris::weekday({1970, 1, 1}) == 4);   // a Thursday
}
