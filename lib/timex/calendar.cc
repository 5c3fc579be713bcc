// SPDX-License-Identifier: GPL-2.0-or-later
#include "timex/calendar.h"

#include <unicode/calendar.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <vector>

namespace fihris::timex {
namespace {

constexpr double kMillisecondsOfDay = 86400000.0;

/// The first day of each month from Muharram 1300 on, and of the month after the last, as days
/// since 1970. Made once from ICU, whose calendar objects are too slow to ask for each date.
std::vector<std::int32_t> make_month_starts() {
  std::vector<std::int32_t> starts;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::getGMT()->clone(), icu::Locale("ar@calendar=islamic-umalqura"), status));
  if (U_FAILURE(status) != 0) return starts;
  for (int year = kFirstHijriYear; year <= kLastHijriYear; ++year) {
    for (int month = 0; month < 12; ++month) {
      calendar->clear();
      calendar->set(UCAL_EXTENDED_YEAR, year);
      calendar->set(UCAL_MONTH, month);
      calendar->set(UCAL_DATE, 1);
      const double time = calendar->getTime(status);
      if (U_FAILURE(status) != 0) return {};
      starts.push_back(static_cast<std::int32_t>(std::floor(time / kMillisecondsOfDay)));
    }
  }
  const int last_length = calendar->getActualMaximum(UCAL_DATE, status);
  starts.push_back(starts.back() + last_length);
  return starts;
}

const std::vector<std::int32_t>& month_starts() {
  static const auto starts = make_month_starts();
  return starts;
}

std::string padded(int number, std::size_t width) {
  auto text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

Date make_date(int year, int month, int day) {
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day)};
}

}  // namespace

std::optional<DateRange> hijri_month(int year, int month) {
  const auto& starts = month_starts();
  if (starts.empty() || year < kFirstHijriYear || year > kLastHijriYear || month < 1 ||
      month > 12) {
    return std::nullopt;
  }
  const auto at = static_cast<std::size_t>((year - kFirstHijriYear) * 12 + month - 1);
  return DateRange{from_days(starts[at]), from_days(starts[at + 1] - 1)};
}

std::optional<DateRange> hijri_year(int year) {
  const auto first = hijri_month(year, 1);
  const auto last = hijri_month(year, 12);
  if (!first || !last) return std::nullopt;
  return DateRange{first->first, last->last};
}

std::optional<Date> from_hijri(const HijriDate& date) {
  const auto month = hijri_month(date.year, date.month);
  if (!month || date.day < 1) return std::nullopt;
  const auto day = add_days(month->first, date.day - 1);
  if (month->last < day) return std::nullopt;
  return day;
}

std::optional<HijriDate> to_hijri(const Date& date) {
  const auto& starts = month_starts();
  if (starts.empty() || !is_valid(date)) return std::nullopt;
  const auto days = to_days(date);
  if (days < starts.front() || days >= starts.back()) return std::nullopt;
  const auto next = std::ranges::upper_bound(starts, days);
  const auto at = static_cast<int>(next - starts.begin()) - 1;
  return HijriDate{kFirstHijriYear + at / 12, at % 12 + 1, days - *(next - 1) + 1};
}

Date add_days(const Date& date, int days) { return from_days(to_days(date) + days); }

std::optional<Date> add_months(const Date& date, int months) {
  const int all = date.year * 12 + date.month - 1 + months;
  if (all < 12 || all >= 10000 * 12) return std::nullopt;
  const int year = all / 12;
  const int month = all % 12 + 1;
  const auto last = end_of_month(year, month);
  return make_date(year, month, std::min<int>(date.day, last.day));
}

std::optional<DateRange> month_range(int year, int month) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  return DateRange{make_date(year, month, 1), end_of_month(year, month)};
}

std::optional<DateRange> year_range(int year) {
  if (year < 1 || year > 9999) return std::nullopt;
  return DateRange{make_date(year, 1, 1), make_date(year, 12, 31)};
}

DateRange iso_week(const Date& date) {
  const auto monday = to_days(date) - (weekday(date) + 6) % 7;
  return {from_days(monday), from_days(monday + 6)};
}

std::string iso_week_name(const Date& date) {
  // The week belongs to the year of its Thursday.
  const auto thursday = from_days(to_days(iso_week(date).first) + 3);
  const auto new_year = to_days(make_date(thursday.year, 1, 1));
  const int week = (to_days(thursday) - new_year) / 7 + 1;
  return padded(thursday.year, 4) + "-W" + padded(week, 2);
}

std::string month_name(int year, int month) { return padded(year, 4) + "-" + padded(month, 2); }

std::string year_name(int year) { return padded(year, 4); }

}  // namespace fihris::timex
