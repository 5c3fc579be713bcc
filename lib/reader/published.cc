// SPDX-License-Identifier: GPL-2.0-or-later
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/tsv.h"
#include "base/utf8.h"
#include "fihris/reader.h"
#include "fihris/timex.h"

namespace fihris {
namespace {

/// `text` with digits of all scripts as ASCII, without direction controls, on one line, trimmed.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    at += c.length;
    const auto code = static_cast<UChar32>(c.code);
    const int digit = u_charDigitValue(code);
    if (digit >= 0) {
      out += static_cast<char>('0' + digit);
    } else if (c.code < 0x20 || c.code == 0xA0 || u_isUWhiteSpace(code) != 0) {
      out += ' ';
    } else if (u_charType(code) != U_FORMAT_CHAR) {
      utf8::append(out, c.code);
    }
  }
  return std::string(trim(out));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return !text.empty();
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.size() > 6 || !all_digits(text)) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<Date> day_of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return std::nullopt;
  const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                  static_cast<std::uint8_t>(day)};
  return is_valid(date) ? std::optional(date) : std::nullopt;
}

/// What a reading makes of a text: a day, a fault («30 شباط»), or it is not for this reading.
struct Reading {
  bool mine = false;
  std::optional<Date> day;
};

/// A time of day after a date: "T10:00:00Z", " 10:00", ", 10:00 PM", " - 10:00"; blank too.
bool is_time(std::string_view rest) {
  const auto start = rest.find_first_not_of(" ,Tt|-–");
  if (start == rest.npos) return true;
  rest = rest.substr(start);
  return is_digit(rest[0]) && rest.find(':') <= 2;
}

std::optional<Date> one_day(const std::optional<DateRange>& range) {
  return range && range->first == range->last ? std::optional(range->first) : std::nullopt;
}

/// A day in numbers. No paper appeared in the years 1300 to 1499 of our era, but all that may be
/// indexed did in those of the Hijra: 13/10/1436.
std::optional<Date> day_in_numbers(int year, int month, int day) {
  if (year < 1300 || year >= 1500) return day_of(year, month, day);
  if (month < 1 || month > 12 || day < 1 || day > 30) return std::nullopt;
  return one_day(DateReader().parse(
      std::to_string(day) + "/" + std::to_string(month) + "/" + std::to_string(year) + "هـ",
      std::nullopt));
}

/// "2015-07-29", "2015/7/29", "2015.7.29", "2015-07-29T10:00:00Z"; "29/07/2015", "29-7-2015".
Reading parted_by_marks(std::string_view text) {
  std::array<int, 3> parts{};
  std::array<std::size_t, 3> digits{};
  std::size_t at = 0;
  char mark = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    const auto value = number(text.substr(begin, at - begin));
    if (!value) return {};
    parts[i] = *value;
    digits[i] = at - begin;
    if (i == 2) break;
    if (at >= text.size() || (text[at] != '-' && text[at] != '/' && text[at] != '.')) return {};
    if (i == 1 && text[at] != mark) return {};
    mark = text[at++];
  }
  if (!is_time(text.substr(at))) return {};
  if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2) {
    return {true, day_in_numbers(parts[0], parts[1], parts[2])};
  }
  // Arabic papers write day, month, year; month, day, year would be a guess.
  if (digits[2] == 4 && digits[0] <= 2 && digits[1] <= 2) {
    return {true, day_in_numbers(parts[2], parts[1], parts[0])};
  }
  return {true, std::nullopt};
}

/// "20150729", "20150729T100000Z", "20150729100000", "2015-W30-2", "2015-202", 1437472800,
/// 1437472800.25, 1437472800000, 1437472800000000.
Reading other_numbers(std::string_view text) {
  const bool compact = text.size() > 8 && all_digits(text.substr(0, 8)) &&
                       (text[8] == 'T' || text[8] == ' ') &&
                       is_digit(text[text.size() > 9 ? 9 : 8]);
  if (compact) text = text.substr(0, 8);
  if (const auto dot = text.find('.');
      (dot == 9 || dot == 10) && all_digits(text.substr(dot + 1))) {
    text = text.substr(0, dot);  // parts of a second
  }
  if (all_digits(text)) {
    const auto length = text.size();
    if (length == 8 || length == 14) {
      return {true, day_of(*number(text.substr(0, 4)), *number(text.substr(4, 2)),
                           *number(text.substr(6, 2)))};
    }
    if (length != 9 && length != 10 && length != 13 && length != 16) return {true, std::nullopt};
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + length, seconds);
    if (length == 13) seconds /= 1000;
    if (length == 16) seconds /= 1000000;
    return {true, from_days(static_cast<std::int32_t>(seconds / 86400))};
  }
  if (text.size() >= 8 && all_digits(text.substr(0, 4)) && text[4] == '-') {
    const int year = *number(text.substr(0, 4));
    const auto first = day_of(year, 1, 1);
    if (text.size() == 8 && all_digits(text.substr(5))) {
      const int day = *number(text.substr(5));
      if (!first || day < 1) return {true, std::nullopt};
      const auto date = from_days(to_days(*first) + day - 1);
      return {true, date.year == year ? std::optional(date) : std::nullopt};
    }
    if (text.size() == 10 && text[5] == 'W' && all_digits(text.substr(6, 2)) && text[8] == '-' &&
        is_digit(text[9])) {
      const int week = *number(text.substr(6, 2));
      const int day = text[9] - '0';
      const auto fourth = day_of(year, 1, 4);  // week 1 is the one with 4 January
      if (!fourth || week < 1 || week > 53 || day < 1 || day > 7) return {true, std::nullopt};
      const auto monday = to_days(*fourth) - (weekday(*fourth) + 6) % 7;
      const auto date = from_days(monday + (week - 1) * 7 + day - 1);
      // The Thursday says whether the year has that week.
      const auto thursday = from_days(monday + (week - 1) * 7 + 3);
      return {true, thursday.year == year ? std::optional(date) : std::nullopt};
    }
  }
  return {};
}

int latin_month(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths{
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  static constexpr std::array<std::string_view, 12> kLong{
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  static constexpr std::array<std::string_view, 12> kFrench{
      "janvier", "février", "mars",      "avril",   "mai",      "juin",
      "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
  std::string lower;
  for (const char c : word) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  for (std::size_t i = 0; i < 12; ++i) {
    if (lower == kMonths[i] || lower == kLong[i] || lower == kFrench[i] ||
        (i == 8 && lower == "sept")) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

/// RFC 822 and 850 and what people make of them: "Tue, 21 Jul 2015 10:00:00 +0300", "July 29,
/// 2015", "29-Jul-2015", "2015-Jul-29"; French, as papers of the Maghreb write beside Arabic.
Reading latin_months(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = text.find_first_not_of(" ,-/.", at);
    if (begin == text.npos) break;
    const auto end = std::min(text.find_first_of(" ,-/.", begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    at = end;
  }
  for (std::size_t i = 0; i < words.size() && i < 3; ++i) {
    const int month = latin_month(words[i]);
    if (month == 0) continue;
    const auto get = [&](std::size_t at) {
      auto word = at < words.size() ? words[at] : std::string_view();
      for (const std::string_view suffix : {"st", "nd", "rd", "th", "er"}) {
        if (word.size() > 2 && word.ends_with(suffix)) word.remove_suffix(2);
      }
      return number(word);
    };
    auto day = i > 0 ? get(i - 1) : std::nullopt;
    auto year = get(i + 1);
    if (day && year && words[i - 1].size() == 4 && all_digits(words[i - 1])) std::swap(day, year);
    if (!day) {  // July 29, 2015; Thu Jul 29 10:00:00 2015
      day = year;
      year = get(i + 2);
      for (auto j = i + 3; !year && j < words.size() && j < i + 5; ++j) {
        if (words[j].size() == 4) year = get(j);
      }
    }
    if (!day || !year) return {true, std::nullopt};
    if (*year < 100) *year += *year < 70 ? 2000 : 1900;  // RFC 2822, 4.3, with the turn of POSIX
    return {true, day_of(*year, month, *day)};
  }
  return {};
}

/// «كانون الثاني 3, 2015» as «3 كانون الثاني 2015»: the order of English, that blogs keep when they
/// write Arabic. Any other text as it is.
std::string day_before_month(const std::string& text) {
  const auto digit = std::find_if(text.begin(), text.end(), is_digit);
  const auto at = static_cast<std::size_t>(digit - text.begin());
  const auto month = trim(std::string_view(text).substr(0, at));
  const auto digits = [&](std::size_t from) {
    auto end = from;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - from;
  };
  const auto day = digits(at);
  auto year = at + day;
  while (year < text.size() && (text[year] == ' ' || text[year] == ',')) ++year;
  if (std::string_view(text).substr(year, 2) == "،") year += 2;
  while (year < text.size() && text[year] == ' ') ++year;
  if (month.empty() || day < 1 || day > 2 || digits(year) != 4 ||
      !is_time(std::string_view(text).substr(year + 4))) {
    return text;
  }
  return text.substr(at, day) + " " + std::string(month) + " " + text.substr(year, 4);
}

/// Names of months and Hijri days. Nothing is counted from a day («أمس»), as none is known.
std::optional<Date> in_words(const std::string& given) {
  // Without a letter it was for the readings above, and is none of them: -0044-03-15.
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  if (std::none_of(given.begin(), given.end(), letter)) return std::nullopt;
  const auto text = day_before_month(given);
  DateReader dates;
  if (const auto day = one_day(dates.parse(text, std::nullopt))) return day;
  std::optional<Date> found;
  for (const auto& mention : dates.read(text, std::nullopt)) {
    const auto day = one_day(mention.range);
    if (!day || mention.type == TimexType::duration) continue;
    // «13 شوال 1436 - 29 تموز 2015»: two names of one day agree; two days are no date. Calendars
    // that differ by the sight of the moon may disagree by a day: the later mention is Gregorian.
    if (found && std::abs(to_days(*found) - to_days(*day)) > 1) return std::nullopt;
    found = day;
  }
  return found;
}

}  // namespace

std::optional<Date> parse_publication_date(std::string_view given) {
  if (given.size() > 200) return std::nullopt;
  const auto text = plain(given);
  if (text.empty()) return std::nullopt;
  for (const auto read : {parted_by_marks, other_numbers, latin_months}) {
    if (const auto reading = read(text); reading.mine) return reading.day;
  }
  return in_words(text);
}

}  // namespace fihris
