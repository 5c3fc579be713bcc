// SPDX-License-Identifier: GPL-2.0-or-later
// Dates as people type them in queries: «أيار-2015», "last-7d", "2015-04..2015-06".
#include <algorithm>
#include <charconv>
#include <string>

#include "fihris/analysis.h"
#include "timex/calendar.h"
#include "timex/reader.h"

namespace fihris::timex {
namespace {

constexpr Date kFirstDay{1, 1, 1};
constexpr Date kLastDay{9999, 12, 31};

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || done.ptr != text.data() + text.size() || done.ec != std::errc()) {
    return std::nullopt;
  }
  return value;
}

/// The days from today back, or forward: both with today.
std::optional<DateRange> stretch(int count, char unit, bool forward, const Date& today) {
  const auto days = [&](int number) {
    const auto edge = add_days(today, forward ? number - 1 : 1 - number);
    return forward ? DateRange{today, edge} : DateRange{edge, today};
  };
  if (count < 1 || count > 36500) return std::nullopt;
  if (unit == 'd') return days(count);
  if (unit == 'w') return days(7 * count);
  const int months = unit == 'm' ? count : 12 * count;
  const auto other = add_months(today, forward ? months : -months);
  if (!other) return std::nullopt;
  return forward ? DateRange{today, add_days(*other, -1)} : DateRange{add_days(*other, 1), today};
}

/// "2015-W30", "2015-Q1", "Q1-2015", "2015-H2": parts of a year as the reader writes them.
std::optional<DateRange> part_of_year(std::string_view text) {
  std::string turned;
  if (text.size() == 7 && text[2] == '-') {
    turned = std::string(text.substr(3)) + "-" + std::string(text.substr(0, 2));
    text = turned;
  }
  if (text.size() < 7 || text[4] != '-') return std::nullopt;
  const auto year = whole_number(text.substr(0, 4));
  const auto number = whole_number(text.substr(6));
  if (!year || !number || *number < 1) return std::nullopt;
  switch (text[5]) {
    case 'w': {
      // The week of 4 January is the first.
      const auto january = month_range(*year, 1);
      if (!january || *year > 9998) return std::nullopt;
      const auto week =
          iso_week(add_days(iso_week(add_days(january->first, 3)).first, 7 * (*number - 1)));
      const bool exists = add_days(week.first, 3).year == *year;  // its Thursday
      return *number <= 53 && exists ? std::optional(week) : std::nullopt;
    }
    case 'q':
    case 'h': {
      const int parts = text[5] == 'q' ? 4 : 2;
      if (*number > parts) return std::nullopt;
      const auto low = month_range(*year, 12 / parts * (*number - 1) + 1);
      const auto high = month_range(*year, 12 / parts * *number);
      if (!low || !high) return std::nullopt;
      return DateRange{low->first, high->last};
    }
    default:
      return std::nullopt;
  }
}

/// "1436-10", "1436-10-25": a year from 1300 to 1499 is a Hijri one here too.
std::optional<DateRange> hijri_iso(std::string_view text) {
  if ((text.size() != 7 && text.size() != 10) || text[4] != '-') return std::nullopt;
  const auto year = whole_number(text.substr(0, 4));
  const auto month = whole_number(text.substr(5, 2));
  if (!year || !month || *year < kFirstHijriYear || *year >= 1500) return std::nullopt;
  const auto whole = hijri_month(*year, *month);
  if (!whole || text.size() == 7) return whole;
  const auto day = text[7] == '-' ? whole_number(text.substr(8)) : std::nullopt;
  if (!day || *day < 1) return std::nullopt;
  const auto date = add_days(whole->first, *day - 1);
  if (whole->last < date) return std::nullopt;
  return DateRange{date, date};
}

/// "this-month", "last-week", "next-year", "last-7d", "last-3-months", "next-7d".
std::optional<DateRange> english_words(std::string_view text, const Date& today) {
  std::string word(text);
  std::ranges::replace(word, ' ', '-');
  std::ranges::replace(word, '_', '-');
  const auto day = [&](int shift) {
    const auto date = add_days(today, shift);
    return DateRange{date, date};
  };
  if (word == "today" || word == "now") return day(0);
  if (word == "yesterday") return day(-1);
  if (word == "tomorrow") return day(1);
  int shift = 0;
  std::string_view rest = word;
  if (rest.starts_with("this-")) {
    rest.remove_prefix(5);
  } else if (rest.starts_with("last-") || rest.starts_with("past-")) {
    rest.remove_prefix(5);
    shift = -1;
  } else if (rest.starts_with("next-")) {
    rest.remove_prefix(5);
    shift = 1;
  } else {
    return std::nullopt;
  }
  if (rest == "week") return iso_week(add_days(today, 7 * shift));
  if (rest == "month") {
    const auto month = add_months({today.year, today.month, 1}, shift);
    return month ? month_range(month->year, month->month) : std::nullopt;
  }
  if (rest == "year") return year_range(today.year + shift);
  if (shift == 0) return std::nullopt;
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const auto count = whole_number(rest.substr(0, digits));
  auto unit = rest.substr(digits);
  if (unit.starts_with('-')) unit.remove_prefix(1);
  if (!count) return std::nullopt;
  for (const std::string_view name : {"day", "week", "month", "year"}) {
    const bool plural = unit.size() == name.size() + 1 && unit.ends_with('s');
    if (unit != name.substr(0, 1) && unit != name && !(plural && unit.starts_with(name))) continue;
    return stretch(*count, name[0], shift > 0, today);
  }
  return std::nullopt;
}

/// «آخر أسبوع», «آخر 30 يوما»: up to and with today.
std::optional<DateRange> last_days(std::string_view text, const Date& today,
                                   analysis::WordTable& words, TokenReader& reader) {
  constexpr std::string_view kLast = "اخر ";
  if (!text.starts_with(kLast)) return std::nullopt;
  constexpr std::string_view kFor = "لمدة ";
  const auto whole = std::string(kFor) + std::string(text.substr(kLast.size()));
  const auto tokens = analysis::tokenize(whole, words);
  const auto found = reader.read(whole, tokens, words, today);
  if (found.size() != 1 || found[0].type != TimexType::duration || found[0].begin != kFor.size() ||
      found[0].end != tokens.back().end) {
    return std::nullopt;
  }
  // "P7D": one count, one unit.
  const std::string_view value = found[0].value;
  const auto count = whole_number(value.substr(1, value.size() - 2));
  constexpr std::string_view kUnits = "DWMY";
  const auto unit = kUnits.find(value.back());
  if (!count || unit == kUnits.npos) return std::nullopt;
  return stretch(*count, "dwmy"[unit], false, today);
}

/// As the reader finds it in running text; all of `text` has to be the one expression.
std::optional<DateRange> as_text(const std::string& text, const std::optional<Date>& today,
                                 analysis::WordTable& words, TokenReader& reader) {
  // A word that needs something before it in running text has it here.
  for (const std::string_view lead : {"", "يوم ", "في ", "عام "}) {
    const std::string whole = std::string(lead) + text;
    const auto tokens = analysis::tokenize(whole, words);
    const auto found = reader.read(whole, tokens, words, today);
    if (found.empty() || tokens.empty()) continue;
    const auto& first = found.front();
    // «من 3 إلى 5 آب», «خلال اليومين الماضيين».
    const auto before = trimmed(std::string_view(whole).substr(0, first.begin));
    const bool led = before == "من" || before == "بين" || before == "خلال" || before == "منذ";
    if (!first.range || (first.begin > lead.size() && !led)) continue;
    if (first.end >= tokens.back().end) return first.range;
    if (first.interval && found.size() == 2 && found.back().end >= tokens.back().end) {
      return first.interval;
    }
  }
  return std::nullopt;
}

std::optional<DateRange> one_date(std::string_view text, const std::optional<Date>& today,
                                  analysis::WordTable& words, TokenReader& reader) {
  if (text.empty()) return std::nullopt;
  const auto year = whole_number(text);
  if (year && text.size() == 4 && *year >= kFirstHijriYear && *year < 1500) {
    return hijri_year(*year);
  }
  if (auto hijri = hijri_iso(text)) return hijri;
  if (auto iso = parse_iso_range(text)) return iso;
  if (auto part = part_of_year(text)) return part;
  if (today) {
    if (auto days = english_words(text, *today)) return days;
  }
  // «أيار-2015», «هذا_الشهر»: signs stand for blanks between a name and a number.
  std::string spaced(text);
  const bool has_name = spaced.find_first_not_of("0123456789-./") != std::string::npos;
  if (has_name) {
    for (char& c : spaced) {
      if (c == '-' || c == '_' || c == '+') c = ' ';
    }
  }
  if (today) {
    if (auto days = last_days(spaced, *today, words, reader)) return days;
  }
  if (auto days = as_text(spaced, today, words, reader)) return days;
  // The year may stand first: «2015-أيار».
  const auto blank = spaced.find(' ');
  if (!has_name || blank == std::string::npos) return std::nullopt;
  const auto head = whole_number(std::string_view(spaced).substr(0, blank));
  if (!head || *head < 1000) return std::nullopt;
  return as_text(spaced.substr(blank + 1) + " " + spaced.substr(0, blank), today, words, reader);
}

}  // namespace

std::optional<DateRange> parse_query_days(std::string_view text, const std::optional<Date>& today,
                                          analysis::WordTable& words, TokenReader& reader) {
  const auto folded = Analyzer::fold(text);
  auto rest = trimmed(folded);
  for (const std::string_view quotes : {"\"\"", "''"}) {
    if (rest.size() >= 2 && rest.front() == quotes[0] && rest.back() == quotes[1]) {
      rest = trimmed(rest.substr(1, rest.size() - 2));
    }
  }
  if (rest.starts_with("«") && rest.ends_with("»") && rest.size() >= 4) {
    rest = trimmed(rest.substr(2, rest.size() - 4));
  }
  const auto read = [&](std::string_view part) {
    return one_date(trimmed(part), today, words, reader);
  };
  struct Sign {
    std::string_view text;
    bool upward;
    bool included;
  };
  constexpr Sign kSigns[] = {{">=", true, true}, {"<=", false, true}, {"≥", true, true},
                             {"≤", false, true}, {">", true, false},  {"<", false, false}};
  for (const auto& sign : kSigns) {
    if (!rest.starts_with(sign.text)) continue;
    const auto days = read(rest.substr(sign.text.size()));
    if (!days) return std::nullopt;
    if (sign.upward) {
      return DateRange{sign.included ? days->first : add_days(days->last, 1), kLastDay};
    }
    const auto last = sign.included ? days->last : add_days(days->first, -1);
    if (!is_valid(last)) return std::nullopt;
    return DateRange{kFirstDay, last};
  }
  const auto dots = rest.find("..");
  if (dots == std::string_view::npos) return read(rest);
  const auto low = trimmed(rest.substr(0, dots));
  const auto high = trimmed(rest.substr(dots + 2));
  if (low.empty() && high.empty()) return std::nullopt;
  DateRange range{kFirstDay, kLastDay};
  if (!low.empty()) {
    const auto days = read(low);
    if (!days) return std::nullopt;
    range.first = days->first;
  }
  if (!high.empty()) {
    const auto days = read(high);
    if (!days) return std::nullopt;
    range.last = days->last;
  }
  if (range.last < range.first) return std::nullopt;
  return range;
}

}  // namespace fihris::timex
