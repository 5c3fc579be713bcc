// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fihris/export.h"

namespace fihris {

/// A day of the proleptic Gregorian calendar, years 1 to 9999. Plain data: nothing is checked until
/// it is parsed or converted.
struct Date {
  std::int16_t year = 0;   ///< 1 to 9999
  std::uint8_t month = 0;  ///< 1 to 12
  std::uint8_t day = 0;    ///< 1 to 31

  friend bool operator==(const Date& a, const Date& b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
  }
  friend bool operator!=(const Date& a, const Date& b) { return !(a == b); }
  friend bool operator<(const Date& a, const Date& b) {
    if (a.year != b.year) return a.year < b.year;
    if (a.month != b.month) return a.month < b.month;
    return a.day < b.day;
  }
  friend bool operator<=(const Date& a, const Date& b) { return !(b < a); }
  friend bool operator>(const Date& a, const Date& b) { return b < a; }
  friend bool operator>=(const Date& a, const Date& b) { return !(a < b); }
};

/// Days from `first` to `last`, both included.
struct DateRange {
  Date first;  ///< earliest day
  Date last;   ///< latest day; never before `first` in what the library gives

  friend bool operator==(const DateRange& a, const DateRange& b) {
    return a.first == b.first && a.last == b.last;
  }
  friend bool operator!=(const DateRange& a, const DateRange& b) { return !(a == b); }
};

/// True if the calendar has that day.
FIHRIS_API bool is_valid(const Date& date) noexcept;
/// Days since 1970-01-01; negative before. Undefined for a date that is not valid.
FIHRIS_API std::int32_t to_days(const Date& date) noexcept;
/// The day that lies `days` after 1970-01-01.
FIHRIS_API Date from_days(std::int32_t days) noexcept;
/// The last day of a month.
FIHRIS_API Date end_of_month(int year, int month) noexcept;
/// 0 = Sunday … 6 = Saturday.
FIHRIS_API int weekday(const Date& date) noexcept;

/// Reads exactly "YYYY-MM-DD" (ASCII digits); empty for any other text or a day that does not
/// exist.
FIHRIS_API std::optional<Date> parse_iso_date(std::string_view text) noexcept;
/// Reads "YYYY", "YYYY-MM", "YYYY-MM-DD" or two of these joined by "/" as the days they cover.
FIHRIS_API std::optional<DateRange> parse_iso_range(std::string_view text) noexcept;
/// "2015-07-29".
FIHRIS_API std::string to_iso(const Date& date);
/// The shortest ISO 8601 name of exactly these days: "2015-07-29", "2015-07", "2015", or
/// "2015-07-01/2015-07-15".
FIHRIS_API std::string to_iso(const DateRange& range);

}  // namespace fihris
