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

/// "this-month", "last-week", "next-year", "last-7d", "last-3-months".
std::optional<DateRange> english_words(std::string_view text, const Date& today) {
  std::string word(text);
  std::ranges::replace(word, ' ', '-');
  std::ranges::replace(word, '_', '-');
  const auto until_today = [&](Date first) { return DateRange{first, today}; };
  const auto day = [&](int shift) {
    const auto date = add_days(today, shift);
    return DateRange{date, date};
  };
  if (word == "today" || word == "now") return day(0);
  if (word == "yesterday") return day(-1);
  if (word == "tomorrow") return day(1);
  int shift = 0;
  std::string_view rest = word;
  bool last = false;
  if (rest.starts_with("this-")) {
    rest.remove_prefix(5);
  } else if (rest.starts_with("last-") || rest.starts_with("past-")) {
    rest.remove_prefix(5);
    shift = -1;
    last = true;
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
  if (!last) return std::nullopt;
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const auto count = whole_number(rest.substr(0, digits));
  auto unit = rest.substr(digits);
  if (unit.starts_with('-')) unit.remove_prefix(1);
  if (!count || *count < 1 || *count > 36500) return std::nullopt;
  if (unit == "d" || unit == "day" || unit == "days")
    return until_today(add_days(today, 1 - *count));
  if (unit == "w" || unit == "week" || unit == "weeks") {
    return until_today(add_days(today, 1 - 7 * *count));
  }
  const bool months = unit == "m" || unit == "month" || unit == "months";
  const bool years = unit == "y" || unit == "year" || unit == "years";
  if (!months && !years) return std::nullopt;
  const auto before = add_months(today, -(months ? *count : 12 * *count));
  if (!before) return std::nullopt;
  return until_today(add_days(*before, 1));
}

std::optional<DateRange> one_date(std::string_view text, const std::optional<Date>& today,
                                  analysis::WordTable& words, TokenReader& reader) {
  if (text.empty()) return std::nullopt;
  const auto year = whole_number(text);
  if (year && text.size() == 4 && *year >= kFirstHijriYear && *year < 1500) {
    return hijri_year(*year);
  }
  if (auto iso = parse_iso_range(text)) return iso;
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
    // The year may stand first: «2015-أيار».
    const auto blank = spaced.find(' ');
    const auto head = whole_number(std::string_view(spaced).substr(0, blank));
    if (blank != std::string::npos && head && *head >= 1000) {
      spaced = spaced.substr(blank + 1) + " " + spaced.substr(0, blank);
    }
  }
  // A word that needs something before it in running text has it here.
  for (const std::string_view lead : {"", "يوم ", "في ", "عام "}) {
    const std::string whole = std::string(lead) + spaced;
    const auto tokens = analysis::tokenize(whole, words);
    const auto found = reader.read(whole, tokens, words, today);
    if (found.empty() || tokens.empty()) continue;
    const auto& first = found.front();
    if (!first.range || first.begin > lead.size()) continue;
    if (first.end >= tokens.back().end) return first.range;
    if (first.interval && found.size() == 2 && found.back().end >= tokens.back().end) {
      return first.interval;
    }
  }
  return std::nullopt;
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
