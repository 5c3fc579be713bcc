// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/date.h"

#include <chrono>

namespace fihris {
namespace {

namespace chr = std::chrono;

chr::year_month_day to_chrono(const Date& date) {
  return chr::year{date.year} / chr::month{date.month} / chr::day{date.day};
}

/// Exactly `count` ASCII digits at `at`; -1 if there are none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int number = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

bool is_valid(const Date& date) noexcept {
  return date.year >= 1 && date.year <= 9999 && to_chrono(date).ok();
}

std::int32_t to_days(const Date& date) noexcept {
  return static_cast<std::int32_t>(chr::sys_days{to_chrono(date)}.time_since_epoch().count());
}

Date from_days(std::int32_t days) noexcept {
  const chr::year_month_day day{chr::sys_days{chr::days{days}}};
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

Date end_of_month(int year, int month) noexcept {
  const auto last = chr::year{year} / chr::month{static_cast<unsigned>(month)} / chr::last;
  return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(static_cast<unsigned>(last.day()))};
}

int weekday(const Date& date) noexcept {
  return static_cast<int>(chr::weekday{chr::sys_days{to_chrono(date)}}.c_encoding());
}

std::optional<Date> parse_iso_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                  static_cast<std::uint8_t>(day)};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

std::optional<DateRange> parse_iso_range(std::string_view text) noexcept {
  if (const auto slash = text.find('/'); slash != text.npos) {
    const auto first = parse_iso_range(text.substr(0, slash));
    const auto rest = text.substr(slash + 1);
    if (rest.find('/') != rest.npos) return std::nullopt;
    const auto last = parse_iso_range(rest);
    if (!first || !last || last->last < first->first) return std::nullopt;
    return DateRange{first->first, last->last};
  }
  if (const auto day = parse_iso_date(text)) return DateRange{*day, *day};
  const int year = digits(text, 0, 4);
  if (year < 1) return std::nullopt;
  const auto short_year = static_cast<std::int16_t>(year);
  if (text.size() == 4) return DateRange{{short_year, 1, 1}, {short_year, 12, 31}};
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const int month = digits(text, 5, 2);
  if (month < 1 || month > 12) return std::nullopt;
  return DateRange{{short_year, static_cast<std::uint8_t>(month), 1}, end_of_month(year, month)};
}

std::string to_iso(const Date& date) {
  std::string text = "0000-00-00";
  const auto put = [&](std::size_t end, int number) {
    for (; number > 0; number /= 10) text[--end] = static_cast<char>('0' + number % 10);
  };
  put(4, date.year % 10000);
  put(7, date.month % 100);
  put(10, date.day % 100);
  return text;
}

std::string to_iso(const DateRange& range) {
  const auto& [first, last] = range;
  if (first == last) return to_iso(first);
  if (first.day == 1 && first.year == last.year && last == end_of_month(last.year, last.month)) {
    if (first.month == last.month) return to_iso(first).substr(0, 7);
    if (first.month == 1 && last.month == 12) return to_iso(first).substr(0, 4);
  }
  return to_iso(first) + "/" + to_iso(last);
}

}  // namespace fihris
