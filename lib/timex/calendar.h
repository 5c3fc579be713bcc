// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>

#include "fihris/date.h"

namespace fihris::timex {

/// First and last year of the Umm al-Qura table that ICU carries.
constexpr int kFirstHijriYear = 1300;
constexpr int kLastHijriYear = 1600;

/// A day of the Islamic calendar of Umm al-Qura.
struct HijriDate {
  int year = 0;
  int month = 0;  ///< 1 Muharram to 12 Dhu al-Hijja
  int day = 0;    ///< 1 to 29 or 30
};

/// The days of a Hijri month; empty outside 1300 to 1600.
std::optional<DateRange> hijri_month(int year, int month);
/// The days of a Hijri year.
std::optional<DateRange> hijri_year(int year);
/// The Gregorian day; empty if that month has no such day.
std::optional<Date> from_hijri(const HijriDate& date);
/// The Hijri day of a Gregorian one; empty outside the table.
std::optional<HijriDate> to_hijri(const Date& date);

Date add_days(const Date& date, int days);
/// The same day of another month, or the last one of a shorter month; empty outside years 1 to
/// 9999.
std::optional<Date> add_months(const Date& date, int months);
std::optional<DateRange> month_range(int year, int month);
std::optional<DateRange> year_range(int year);
/// Monday to Sunday of the ISO week that holds `date`.
DateRange iso_week(const Date& date);
/// "2015-W31".
std::string iso_week_name(const Date& date);
/// "2015-07", "2015".
std::string month_name(int year, int month);
std::string year_name(int year);

}  // namespace fihris::timex
