// SPDX-License-Identifier: GPL-2.0-or-later
// Days in digits, lists of days, and the year that a day or month without one belongs to.
#include <array>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

constexpr int kSoon = 45;  ///< days ahead that a date without year or tense may lie
constexpr int kVerySoon =
    10;  ///< the same beside a verb of the past, which may be of another clause
constexpr int kJustOver = 10;  ///< days ago that a day is hardly meant to come again
constexpr int kLongAgo = 180;  ///< and how old its last occurrence must be for that

int two_digit_year(int value, const std::optional<Date>& anchor) {
  const int limit = (anchor ? anchor->year : 2030) % 100 + 10;
  return value <= limit ? 2000 + value : 1900 + value;
}

std::optional<DateRange> occurrence(int year, int month, int day, bool hijri) {
  const auto whole = hijri ? hijri_month(year, month) : month_range(year, month);
  if (!whole || day == 0) return whole;
  const auto date = add_days(whole->first, day - 1);
  if (whole->last < date) return std::nullopt;
  return DateRange{date, date};
}

}  // namespace

int Grammar::guess_year(int month, int day, bool hijri, Tense tense, std::optional<int> day_of_week,
                        Kind modifier) const {
  if (!anchor_) return 0;
  int base = anchor_->year;
  if (hijri) {
    const auto now = to_hijri(*anchor_);
    if (!now) return 0;
    base = now->year;
  }
  if (modifier == Kind::current) return base;
  if (modifier == Kind::same && focus_ && !hijri) return focus_->year;
  int before = 0;
  int later = 0;
  const auto today = to_days(*anchor_);
  for (int year = base - 4; year <= base + 4; ++year) {
    const auto days = occurrence(year, month, day, hijri);
    if (!days) continue;
    const bool over =
        modifier == Kind::past ? to_days(days->last) < today : to_days(days->first) <= today;
    if (over) {
      before = year;
    } else if (later == 0 && to_days(days->first) > today) {
      later = year;
    }
  }
  if (before == 0) return later;
  if (later == 0) return before;
  if (modifier == Kind::past) return before;
  if (modifier == Kind::next) return later;
  const auto old = occurrence(before, month, day, hijri);
  const auto coming = occurrence(later, month, day, hijri);
  if (day_of_week && day != 0) {
    const bool old_fits = weekday(old->first) == *day_of_week;
    const bool coming_fits = weekday(coming->first) == *day_of_week;
    if (old_fits != coming_fits) return old_fits ? before : later;
  }
  // The month or day that has just begun is not far in the future.
  if (tense == Tense::future) {
    // Nor is a day of last week meant for next year: «من 11 حتى 15 سبتمبر».
    return today <= to_days(old->last) + (day == 0 ? 0 : kJustOver) ? before : later;
  }
  const int soon = tense == Tense::past ? (day == 0 ? 0 : kVerySoon) : kSoon;
  if (to_days(coming->first) - today <= soon && today - to_days(old->last) > kLongAgo) {
    return later;
  }
  return before;
}

std::optional<Expr> Grammar::make_day(int year, int month, int day, bool hijri, std::size_t next,
                                      const char* rule) const {
  Expr expr;
  expr.next = next;
  expr.rule = rule;
  if (year == 0) {
    if (hijri) return std::nullopt;
    if (!occurrence(2000, month, day, false)) return std::nullopt;
    const auto text = month_name(0, month);
    expr.value = "XXXX" + text.substr(4) + (day < 10 ? "-0" : "-") + std::to_string(day);
    expr.confidence = 0.5;
    return expr;
  }
  expr.range = occurrence(year, month, day, hijri);
  if (!expr.range) return std::nullopt;
  expr.value = to_iso(expr.range->first);
  return expr;
}

/// «29/7/2015», «٢٠١٥-٠٧-٢٩», «12-10-1436هـ», «29/7», «7/2015».
std::optional<Expr> Grammar::numeric_date(std::size_t at) {
  if (kind(at) != Kind::number || lex(at).value < 0) return std::nullopt;
  const auto sign = gap(at + 1);
  if (sign != Gap::slash && sign != Gap::dash && sign != Gap::dot) return std::nullopt;
  if (kind(at + 1) != Kind::number || lex(at + 1).value < 0) return std::nullopt;
  if (at > 0 && kind(at - 1) == Kind::number && gap(at) == sign) return std::nullopt;
  const auto digits = [&](std::size_t i) { return folded(i).size(); };
  const int a = lex(at).value;
  const int b = lex(at + 1).value;
  if (kind(at + 2) == Kind::number && lex(at + 2).value >= 0 &&
      (gap(at + 2) == sign || gap(at + 2) == Gap::comma ||
       (sign == Gap::slash && gap(at + 2) == Gap::other))) {
    if (kind(at + 3) == Kind::number && gap(at + 3) == sign) return std::nullopt;
    const int c = lex(at + 2).value;
    int year = 0;
    int month = b;
    int day = 0;
    if (digits(at) == 4 && digits(at + 1) <= 2 && digits(at + 2) <= 2) {
      year = a;
      day = c;
    } else if (digits(at + 2) == 4 && digits(at) <= 2 && digits(at + 1) <= 2) {
      year = c;
      day = a;
      // «08/12, 2015» is the order of the United States.
      if (gap(at + 2) == Gap::comma && sign == Gap::slash && a <= 12) std::swap(day, month);
    } else if (sign != Gap::dot && digits(at) <= 2 && digits(at + 1) <= 2 && digits(at + 2) == 2) {
      year = c;
      day = a;
    } else {
      return std::nullopt;
    }
    std::size_t next = at + 3;
    bool hijri = year >= 1340 && year <= 1500;
    if (kind(next) == Kind::era && near(next)) {
      hijri = lex(next).value == 1;
      ++next;
    }
    if (year < 100) year = hijri ? 1400 + year : two_digit_year(year, anchor_);
    if (month > 12 && day <= 12 && !hijri) std::swap(month, day);  // the order of the United States
    auto expr = make_day(year, month, day, hijri, next, hijri ? "hijri-numeric" : "numeric");
    if (!expr && !hijri) return std::nullopt;
    return expr;
  }
  // Two numbers: a day of this year, or a month.
  const auto before = at > 0 && near(at) ? kind(at - 1) : Kind::none;
  if (digits(at + 1) == 4 && digits(at) <= 2 && sign == Gap::slash && a >= 1 && a <= 12 &&
      b >= kFirstPlainYear && b <= kLastPlainYear && is_plain_number(at + 1)) {
    Expr expr;
    expr.next = at + 2;
    expr.unit = Unit::month;
    expr.rule = "numeric-month";
    expr.range = month_range(b, a);
    expr.value = timex::month_name(b, a);
    return expr;
  }
  if (digits(at) == 4 && digits(at + 1) <= 2 && a >= kFirstPlainYear && a <= kLastPlainYear &&
      b >= 1 && b <= 12 && !(sign == Gap::dash && tokens_[at + 1].begin != tokens_[at].end + 1)) {
    Expr expr;
    expr.next = at + 2;
    expr.unit = Unit::month;
    expr.rule = "numeric-month";
    expr.range = month_range(a, b);
    expr.value = timex::month_name(a, b);
    return expr;
  }
  if (!lex(at).has(kLeadingZeroOrShort) || !lex(at + 1).has(kLeadingZeroOrShort)) {
    return std::nullopt;
  }
  const bool strong = before == Kind::weekday || before == Kind::dated ||
                      before == Kind::matching ||
                      (before == Kind::unit && lex(at - 1).value == number_of(Unit::day));
  // With a dash it may be a score: «في 22-4», but not «في 2-1».
  const bool likely = (sign == Gap::slash || (sign == Gap::dash && a > 12 && b <= 12)) &&
                      (before == Kind::in || before == Kind::until || before == Kind::since ||
                       before == Kind::day_part);
  if (!strong && !likely) return std::nullopt;
  int day = a;
  int month = b;
  if (month > 12 && day <= 12) std::swap(day, month);
  if (day < 1 || day > 31 || month < 1 || month > 12) return std::nullopt;
  if (near(at + 2) && kind(at + 2) == Kind::counted) return std::nullopt;
  std::optional<int> day_of_week;
  if (before == Kind::weekday) day_of_week = lex(at - 1).value;
  const bool hijri = kind(at + 2) == Kind::era && lex(at + 2).value == 1 && near(at + 2);
  const int year = guess_year(month, day, hijri, tense(at, at + 2), day_of_week, Kind::none);
  auto expr = make_day(year, month, day, hijri, at + (hijri ? 3 : 2), "numeric-day");
  if (expr) expr->confidence = 0.7;
  return expr;
}

std::optional<Expr> Grammar::absolute_day(std::size_t at) {
  if (auto numeric = numeric_date(at)) return numeric;
  return day_of_month(at);
}

/// «7 و8 تموز», «السابع والثامن من تموز», «10-12 آب», «من 13 وحتى 15 تشرين الثاني».
std::optional<Expr> Grammar::day_list(std::size_t at,
                                      std::vector<std::pair<std::size_t, Expr>>& more) {
  constexpr std::size_t kMost = 6;
  std::array<std::pair<std::size_t, Count>, kMost> days;
  std::size_t count = 0;
  auto i = at;
  while (count < kMost) {
    const auto day = day_number(i);
    if (!day || (day->digits && kind(i) == Kind::number && !is_plain_number(i)))
      return std::nullopt;
    if (kind(i) == Kind::cardinal) return std::nullopt;
    days[count++] = {i, *day};
    i = day->next;
    const auto& word = lex(i);
    if (gap(i) == Gap::dash && kind(i) == Kind::number) continue;
    if (gap(i) == Gap::comma && kind(i) == Kind::number) continue;
    if (!near(i)) break;
    if (word.kind == Kind::and_word || word.kind == Kind::or_word || word.kind == Kind::to) {
      ++i;
    } else if (word.kind == Kind::until) {
      ++i;
      if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::day)) ++i;
    } else if (word.kind == Kind::ordinal && word.has(kAnd)) {
      continue;
    } else {
      break;
    }
  }
  if (count < 2) return std::nullopt;
  const auto last = days[count - 1];
  auto full = day_of_month(last.first);
  if (!full || full->value.empty() || !full->range) return std::nullopt;
  const auto top = full->range->first;
  for (std::size_t n = 0; n + 1 < count; ++n) {
    // The others lie in the month of the last, «30 و1 آب» aside.
    const auto day = add_days(top, static_cast<int>(days[n].second.value - last.second.value));
    if (days[n].second.value > last.second.value) return std::nullopt;
    Expr expr = *full;
    expr.next = days[n].second.next;
    expr.end = 0;
    expr.range = DateRange{day, day};
    expr.value = to_iso(day);
    expr.rule = "day-list";
    more.emplace_back(days[n].first, expr);
  }
  more.emplace_back(last.first, *full);
  return full;
}

}  // namespace fihris::timex
