// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/days.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/tsv.h"
#include "fihris/analysis.h"

namespace fihris::query {
namespace {

/// Month names in folded spelling; the same month has several.
struct Month {
  int number;
  std::string_view name;
};
constexpr std::array kMonths{
    Month{1, "january"},      Month{1, "jan"},          Month{1, "يناير"},
    Month{1, "جانفي"},        Month{1, "كانون الثاني"}, Month{2, "february"},
    Month{2, "feb"},          Month{2, "فبراير"},       Month{2, "فيفري"},
    Month{2, "شباط"},         Month{3, "march"},        Month{3, "mar"},
    Month{3, "مارس"},         Month{3, "اذار"},         Month{4, "april"},
    Month{4, "apr"},          Month{4, "ابريل"},        Month{4, "افريل"},
    Month{4, "نيسان"},        Month{5, "may"},          Month{5, "مايو"},
    Month{5, "ماي"},          Month{5, "ايار"},         Month{6, "june"},
    Month{6, "jun"},          Month{6, "يونيو"},        Month{6, "جوان"},
    Month{6, "حزيران"},       Month{7, "july"},         Month{7, "jul"},
    Month{7, "يوليو"},        Month{7, "يوليوز"},       Month{7, "جويليه"},
    Month{7, "تموز"},         Month{8, "august"},       Month{8, "aug"},
    Month{8, "اغسطس"},        Month{8, "غشت"},          Month{8, "اوت"},
    Month{8, "اب"},           Month{9, "september"},    Month{9, "sep"},
    Month{9, "سبتمبر"},       Month{9, "شتنبر"},        Month{9, "ايلول"},
    Month{10, "october"},     Month{10, "oct"},         Month{10, "اكتوبر"},
    Month{10, "تشرين الاول"}, Month{11, "november"},    Month{11, "nov"},
    Month{11, "نوفمبر"},      Month{11, "نونبر"},       Month{11, "تشرين الثاني"},
    Month{12, "december"},    Month{12, "dec"},         Month{12, "ديسمبر"},
    Month{12, "دجنبر"},       Month{12, "كانون الاول"},
};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || done.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

DayRange days_of(const DateRange& range) { return {to_days(range.first), to_days(range.last)}; }

/// "ايار-2015", "2015-ايار", "28-ايار-2015": a month by name with its year and perhaps a day.
std::optional<DayRange> named_month(std::string_view folded) {
  std::string name;
  std::array<int, 2> numbers{};
  std::size_t count = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find_first_of("- ", at), folded.size());
    const auto part = folded.substr(at, end - at);
    at = end + 1;
    if (part.empty()) continue;
    if (const auto value = number(part)) {
      if (count == numbers.size()) return std::nullopt;
      numbers[count++] = *value;
    } else {
      if (!name.empty()) name += ' ';
      name += part;
    }
  }
  const auto month = std::ranges::find(kMonths, name, &Month::name);
  if (month == kMonths.end() || count == 0) return std::nullopt;
  const int year = count == 1 ? numbers[0] : std::max(numbers[0], numbers[1]);
  const int day = count == 1 ? 0 : std::min(numbers[0], numbers[1]);
  if (year < 1000 || year > 9999 || day > 31) return std::nullopt;
  const auto stored_year = static_cast<std::int16_t>(year);
  const auto stored_month = static_cast<std::uint8_t>(month->number);
  if (count == 1) {
    return days_of({{stored_year, stored_month, 1}, end_of_month(year, month->number)});
  }
  const Date date{stored_year, stored_month, static_cast<std::uint8_t>(day)};
  if (!is_valid(date)) return std::nullopt;
  return days_of({date, date});
}

std::optional<DayRange> relative(std::string_view folded, const Date& today) {
  const auto now = to_days(today);
  if (folded == "today" || folded == "اليوم") return DayRange{now, now};
  if (folded == "yesterday" || folded == "امس") return DayRange{now - 1, now - 1};
  if (folded == "this-month" || folded == "هذا الشهر") {
    return days_of({{today.year, today.month, 1}, end_of_month(today.year, today.month)});
  }
  if (folded == "this-year" || folded == "هذا العام") {
    return days_of({{today.year, 1, 1}, {today.year, 12, 31}});
  }
  if (folded.starts_with("last-") && folded.ends_with('d')) {
    const auto days = number(folded.substr(5, folded.size() - 6));
    if (days && *days > 0 && *days < 100000) return DayRange{now - *days + 1, now};
  }
  return std::nullopt;
}

/// One date without range signs.
std::optional<DayRange> one_date(std::string_view folded, const std::optional<Date>& today) {
  if (const auto iso = parse_iso_range(folded)) return days_of(*iso);
  if (today) {
    if (const auto days = relative(folded, *today)) return days;
  }
  return named_month(folded);
}

}  // namespace

std::optional<DayRange> read_days(std::string_view text, const std::optional<Date>& today) {
  const auto folded = Analyzer::fold(text);
  std::string_view rest = trim(folded);
  const auto after = [&](std::string_view sign) {
    return one_date(trim(rest.substr(sign.size())), today);
  };
  DayRange range;
  for (const std::string_view sign : {">=", "<=", ">", "<"}) {
    if (!rest.starts_with(sign)) continue;
    const auto days = after(sign);
    if (!days) return std::nullopt;
    if (sign == ">=") range.first = days->first;
    if (sign == ">") range.first = days->last + 1;
    if (sign == "<=") range.last = days->last;
    if (sign == "<") range.last = days->first - 1;
    return range;
  }
  const auto dots = rest.find("..");
  if (dots == rest.npos) return one_date(rest, today);
  const auto low = trim(rest.substr(0, dots));
  const auto high = trim(rest.substr(dots + 2));
  if (low.empty() && high.empty()) return std::nullopt;
  if (!low.empty()) {
    const auto days = one_date(low, today);
    if (!days) return std::nullopt;
    range.first = days->first;
  }
  if (!high.empty()) {
    const auto days = one_date(high, today);
    if (!days) return std::nullopt;
    range.last = days->last;
  }
  return range;
}

}  // namespace fihris::query
