// SPDX-License-Identifier: GPL-2.0-or-later
// Days, months and years that are named: «29 تموز 2015», «29/7/2015», «25 شوال 1436 هـ», «عام 2014».
#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

constexpr int kUnit(Unit unit) { return static_cast<int>(unit); }
constexpr int kFirstPlainYear = 1900;  ///< a bare number below is hardly a year of the news
constexpr int kLastPlainYear = 2060;
constexpr int kSoon = 45;      ///< days ahead that a date without year or tense may lie
constexpr int kVerySoon = 10;  ///< the same beside a verb of the past, which may be of another clause
constexpr int kLongAgo = 180;  ///< and how old its last occurrence must be for that

/// Events that are called by day and month alone, with the year that is meant.
struct CalledByDay {
  int month;
  int day;
  int year;
};
constexpr std::array kCalledByDay{
    CalledByDay{9, 11, 2001},   // the attacks in the United States
    CalledByDay{1, 25, 2011},   // Egypt
    CalledByDay{6, 30, 2013},   // Egypt
    CalledByDay{2, 17, 2011},   // Libya
    CalledByDay{7, 23, 1952},   // Egypt
    CalledByDay{7, 14, 1958},   // Iraq
    CalledByDay{9, 21, 2014},   // Yemen
    CalledByDay{9, 26, 1962},   // Yemen
    CalledByDay{10, 14, 1963},  // South Yemen
    CalledByDay{10, 7, 2023},   // Israel and Gaza
};

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
    const bool over = modifier == Kind::past ? to_days(days->last) < today
                                             : to_days(days->first) <= today;
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
    return today <= to_days(old->last) ? before : later;
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

std::optional<MonthName> Grammar::named_month(std::size_t at) const {
  MonthName found;
  if (kind(at) == Kind::unit && lex(at).value == kUnit(Unit::month) &&
      !lex(at).has(kPlural) && (!lex(at).has(kDual) || lex(at).has(kConstruct)) && near(at + 1)) {
    found.marked = true;
    ++at;
  }
  struct Bare {
    int month;
    bool hijri;
    bool weak;
    std::size_t next;
  };
  const auto bare = [&](std::size_t i) -> std::optional<Bare> {
    const auto& word = lex(i);
    switch (word.kind) {
      case Kind::month:
        return Bare{word.value, false, word.has(kWeak), i + 1};
      case Kind::hijri_month:
        return Bare{word.value, true, word.has(kWeak), i + 1};
      case Kind::dhu:
        if (kind(i + 1) != Kind::hijri_month || !near(i + 1)) return std::nullopt;
        return Bare{lex(i + 1).value, true, false, i + 2};
      case Kind::rabi:
      case Kind::month_pair: {
        const auto& which = lex(i + 1);
        const bool last = which.kind == Kind::edge && which.value == 3 && which.has(kDefinite);
        const bool counted = (which.kind == Kind::ordinal || which.kind == Kind::number) &&
                             (which.value == 1 || which.value == 2);
        if (!near(i + 1) || (!last && !counted)) return std::nullopt;
        const bool second = last || which.value == 2;
        if (word.kind == Kind::rabi) {
          if (!which.has(kDefinite)) return std::nullopt;
          return Bare{second ? 4 : 3, true, false, i + 2};
        }
        if (word.value > 100) return Bare{word.value - 100 + (second ? 1 : 0), true, false, i + 2};
        if (last) return std::nullopt;
        return Bare{second ? word.value % 12 + 1 : word.value, false, false, i + 2};
      }
      default:
        return std::nullopt;
    }
  };
  const auto name = bare(at);
  if (!name) return std::nullopt;
  found.month = name->month;
  found.hijri = name->hijri;
  found.weak = name->weak;
  found.next = name->next;
  // «أب» is a father, «إب» a city, «آب» the month.
  const bool august = folded(at) == "اب";
  if (august && (tokens_[at].word->light == "أب" || tokens_[at].word->light == "إب")) {
    return std::nullopt;
  }
  // A second name of the same month: «آب/أغسطس», «أيلول (سبتمبر)», «يوليو تموز».
  const auto sign = gap(found.next);
  if (sign == Gap::slash || sign == Gap::dash || sign == Gap::open || sign == Gap::blank ||
      sign == Gap::none) {
    const auto gloss = lex(found.next).clitics == 0 ? bare(found.next) : std::nullopt;
    if (gloss && gloss->month == found.month && gloss->hijri == found.hijri) {
      found.next = gloss->next;
      found.marked = true;
      if (sign == Gap::open) found.end = closing(found.next - 1);
    }
  }
  if (found.hijri && (folded(found.next) == "المبارك" || folded(found.next) == "الكريم" ||
                      folded(found.next) == "الفضيل" || folded(found.next) == "المعظم" ||
                      folded(found.next) == "الحرام" || folded(found.next) == "الخير")) {
    ++found.next;
    found.marked = true;
  }
  // Year, or which one.
  const bool free = gap(found.next) != Gap::close || found.end != 0;
  if (!free) return found;
  if (const auto year = year_after(found.next)) {
    const bool bracket = gap(year->next - 1) == Gap::open && year->digits;
    const int value = static_cast<int>(year->value);
    const auto& last = lex(year->next);
    // «في يوليو 2000 مقاتل»: an amount, no year.
    const bool amount = last.kind == Kind::counted && near(year->next);
    if (!amount) {
      found.year = value;
      found.next = year->next;
      found.end = bracket ? closing(year->next - 1) : 0;
      if (kind(found.next) == Kind::era && near(found.next)) {
        ++found.next;
        found.end = 0;
      }
      return found;
    }
  }
  auto i = found.next;
  if (kind(i) == Kind::from && soft(i)) ++i;
  if (kind(i) == Kind::demonstrative && lex(i).value == 0 && near(i)) ++i;
  if (kind(i) == Kind::unit && lex(i).value == kUnit(Unit::year) && soft(found.next) && anchor_ &&
      (lex(i).has(kDefinite) || lex(i).clitics > 0)) {
    std::size_t next = i + 1;
    if (const auto shift = shift_of(i + 1, next)) {
      found.year = anchor_->year + *shift;
      found.next = next;
      found.end = 0;
      return found;
    }
    if (i > 0 && kind(i - 1) == Kind::demonstrative) {
      found.year = anchor_->year;
      found.next = i + 1;
      found.end = 0;
      return found;
    }
  }
  const auto which = kind(found.next);
  if (soft(found.next) && lex(found.next).has(kDefinite) &&
      (which == Kind::past || which == Kind::next || which == Kind::current)) {
    found.modifier = which;
    ++found.next;
    found.end = 0;
    if (const auto year = year_after(found.next)) {
      if (year->digits && near(found.next)) {
        found.year = static_cast<int>(year->value);
        found.next = year->next;
      }
    }
  } else if (which == Kind::same && soft(found.next)) {
    found.modifier = Kind::same;
    ++found.next;
    found.end = 0;
  }
  return found;
}

/// «يناير ومارس 2014», «من 5 تموز إلى 3 آب 2015»: the year that a later month of the same list has.
std::optional<int> Grammar::inherited_year(std::size_t at, const MonthName& month) const {
  const auto& word = lex(at);
  const bool linked = word.kind == Kind::or_word || word.kind == Kind::and_word ||
                      word.kind == Kind::to || word.kind == Kind::until || word.has(kAnd) ||
                      gap(at) == Gap::dash;
  if (!linked || (!near(at) && gap(at) != Gap::dash)) return std::nullopt;
  if (!word.has(kAnd) && gap(at) != Gap::dash) ++at;
  if (const auto day = day_number(at)) {
    at = day->next;
    if (kind(at) == Kind::from) ++at;
  }
  const auto later = named_month(at);
  if (!later || later->hijri != month.hijri || !later->year) return std::nullopt;
  return month.month > later->month ? *later->year - 1 : *later->year;
}

/// «29 تموز», «الرابع عشر من الشهر الماضي», «15 الجاري», «اليوم الأول من رمضان».
std::optional<Expr> Grammar::day_of_month(std::size_t at) {
  const auto first = at;
  std::optional<Count> day;
  const bool the_day = (kind(at) == Kind::unit && lex(at).value == kUnit(Unit::day) &&
                        lex(at).has(kDefinite)) ||
                       (kind(at) == Kind::day_word && lex(at).value == 0);
  if (the_day && kind(at + 1) == Kind::ordinal && near(at + 1)) {
    day = day_number(at + 1);
  } else {
    day = day_number(at);
    // «الأسبوع الأول من يوليو»: the ordinal counts something else.
    if (day && kind(at) == Kind::ordinal && at > 0 && near(at) && folded(at - 1).starts_with("ال") &&
        folded(at - 1) != "الى" && folded(at - 1) != "الي" && kind(at - 1) != Kind::weekday &&
        kind(at - 1) != Kind::day_word && kind(at - 1) != Kind::unit &&
        kind(at - 1) != Kind::matching && !lex(at).has(kAnd)) {
      return std::nullopt;
    }
    if (day && kind(at) == Kind::ordinal && kind(day->next) == Kind::unit &&
        lex(day->next).value == kUnit(Unit::day) && near(day->next) &&
        !lex(day->next).has(kDefinite)) {
      ++day->next;  // «أول أيام رمضان», «ثاني يوم من»
    }
  }
  if (!day || (day->digits && !is_plain_number(day->next - 1) && gap(day->next) != Gap::dot)) {
    return std::nullopt;
  }
  auto next = day->next;
  const auto sign = gap(next);
  const bool loose = day->digits && (sign == Gap::slash || sign == Gap::dash || sign == Gap::dot);
  if (!soft(next) && !loose) return std::nullopt;
  const bool from_word = kind(next) == Kind::from && near(next);
  if (from_word) ++next;
  const int number = static_cast<int>(day->value);

  if (const auto month = named_month(next)) {
    if (lex(next).has(kAnd) || (lex(next).clitics > 0 && kind(next) != Kind::unit)) {
      return std::nullopt;
    }
    if (month->hijri && month->month == 2 && loose && !month->year) {
      return std::nullopt;  // «2 / صفر»: two to nil
    }
    if (!day->digits && kind(first) == Kind::cardinal && !lex(first).has(kDefinite) && number < 11) {
      return std::nullopt;  // «ثلاثة آب»: fathers, or three of something
    }
    auto year = month->year;
    bool hijri = month->hijri;
    auto after = month->next;
    std::size_t end = month->end;
    std::optional<int> day_of_week;
    for (std::size_t back = 1; back <= 2 && back <= first; ++back) {
      if (kind(first - back) == Kind::weekday) day_of_week = lex(first - back).value;
    }
    const bool before_head = first > 0 && kind(first - 1) == Kind::name_head && near(first);
    const bool cue = first > 0 && (kind(first - 1) == Kind::attack_cue ||
                                   (first > 1 && kind(first - 2) == Kind::attack_cue));
    if (!year) {
      if (before_head) {
        Expr name;
        name.next = month->next;
        name.rule = "name";
        return name;
      }
      if (month->modifier == Kind::none && !hijri) {
        const auto* const known = std::find_if(
            kCalledByDay.begin(), kCalledByDay.end(), [&](const CalledByDay& event) {
              return event.month == month->month && event.day == number;
            });
        const bool attacks = known != kCalledByDay.end() && number == 11 && anchor_ &&
                             ((anchor_->month != 9 && tense(first, after) != Tense::future) || cue);
        if (known != kCalledByDay.end() && ((cue && (!anchor_ || known->year <= anchor_->year)) ||
                                            (attacks && anchor_->year > 2001))) {
          return make_day(known->year, month->month, number, false, month->next, "event-day");
        }
        // 8 and 14 March are the two blocs of Lebanon unless something says that a day is meant.
        if (month->month == 3 && (number == 8 || number == 14) && folded(month->next - 1) == "اذار" &&
            month->next == next + 1) {
          const auto before = first > 0 ? kind(first - 1) : Kind::none;
          if (before != Kind::unit && before != Kind::weekday && before != Kind::since &&
              before != Kind::until && before != Kind::in && before != Kind::dated) {
            Expr name;
            name.next = month->next;
            name.rule = "name";
            return name;
          }
        }
      }
      year = inherited_year(after, *month);
    }
    if (hijri && year && *year >= kFirstPlainYear) {
      // «10 رمضان 2015»: the one that began in that year.
      for (int h = kFirstHijriYear; h <= kLastHijriYear; ++h) {
        const auto days = hijri_month(h, month->month);
        if (days && days->first.year == *year) {
          year = h;
          break;
        }
      }
    }
    const bool guessed = !year;
    if (!year) {
      year = guess_year(month->month, number, hijri, tense(first, after), day_of_week,
                        month->modifier);
    }
    auto expr = make_day(*year, month->month, number, hijri, after,
                         hijri ? "hijri-day" : "day-month");
    if (!expr) return std::nullopt;
    expr->end = end;
    if (guessed && expr->confidence > 0.9) expr->confidence = 0.9;
    if (!guessed) expr->confidence = 1;
    return expr;
  }

  // Which month: «الشهر الماضي», «هذا الشهر», «الجاري».
  if (!anchor_ || sign == Gap::slash || sign == Gap::dash || sign == Gap::dot) return std::nullopt;
  auto i = next;
  std::optional<int> shift;
  if (kind(i) == Kind::demonstrative && kind(i + 1) == Kind::unit &&
      lex(i + 1).value == kUnit(Unit::month) && lex(i + 1).has(kDefinite)) {
    shift = 0;
    i += 2;
  } else if (kind(i) == Kind::unit && lex(i).value == kUnit(Unit::month) && lex(i).has(kDefinite) &&
             near(i)) {
    std::size_t past_modifier = i + 1;
    shift = shift_of(i + 1, past_modifier);
    if (!shift && kind(i + 1) == Kind::same && focus_) {
      shift = (focus_->year - anchor_->year) * 12 + focus_->month - anchor_->month;
      past_modifier = i + 2;
    }
    if (!shift) return std::nullopt;
    i = past_modifier;
  } else if (kind(i) == Kind::current && lex(i).has(kDefinite) && near(i) &&
             (day->digits || from_word)) {
    shift = 0;
    ++i;
  } else {
    return std::nullopt;
  }
  const Date month_start{anchor_->year, anchor_->month, 1};
  const auto target = add_months(month_start, *shift);
  if (!target) return std::nullopt;
  return make_day(target->year, target->month, number, false, i, "day-of-which-month");
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
  const bool strong = before == Kind::weekday || before == Kind::dated || before == Kind::matching ||
                      (before == Kind::unit && lex(at - 1).value == kUnit(Unit::day));
  const bool likely = sign == Gap::slash && (before == Kind::in || before == Kind::until ||
                                             before == Kind::since || before == Kind::day_part);
  if (!strong && !likely) return std::nullopt;
  int day = a;
  int month = b;
  if (month > 12 && day <= 12) std::swap(day, month);
  if (day < 1 || day > 31 || month < 1 || month > 12) return std::nullopt;
  if (near(at + 2) && kind(at + 2) == Kind::counted) return std::nullopt;
  std::optional<int> day_of_week;
  if (before == Kind::weekday) day_of_week = lex(at - 1).value;
  const bool hijri = kind(at + 2) == Kind::era && lex(at + 2).value == 1 && near(at + 2);
  const int year =
      guess_year(month, day, hijri, tense(at, at + 2), day_of_week, Kind::none);
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
    if (!day || (day->digits && kind(i) == Kind::number && !is_plain_number(i))) return std::nullopt;
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
      if (kind(i) == Kind::unit && lex(i).value == kUnit(Unit::day)) ++i;
    } else if (word.kind == Kind::ordinal && word.has(kAnd)) {
      continue;
    } else {
      break;
    }
  }
  if (count < 2) return std::nullopt;
  const auto last = days[count - 1];
  const auto full = day_of_month(last.first);
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

/// «تموز 2015», «مارس الماضي», «شهر رمضان»; a name alone where something speaks for it.
std::optional<Expr> Grammar::month_expr(std::size_t at) {
  const auto month = named_month(at);
  if (!month) return std::nullopt;
  const auto previous = at > 0 && near(at) ? kind(at - 1) : Kind::none;
  const bool sure = month->year || month->marked || month->modifier != Kind::none;
  if (!sure) {
    if (previous == Kind::name_head && !month->hijri) return std::nullopt;
    const bool led = previous == Kind::in || previous == Kind::since || previous == Kind::until ||
                     previous == Kind::during || previous == Kind::edge ||
                     previous == Kind::between || previous == Kind::before ||
                     previous == Kind::after || previous == Kind::to || previous == Kind::or_word ||
                     previous == Kind::season || lex(at).has(kLam);
    if (month->hijri) {
      if (month->weak || (!led && previous != Kind::from)) return std::nullopt;
    } else if (lex(at).has(kLatin)) {
      return std::nullopt;
    } else if (month->weak) {
      if (folded(at) == "اب" && tokens_[at].word->light != "آب") return std::nullopt;
      const bool in_list = lex(at).has(kAnd) && at > 0 &&
                           (kind(at - 1) == Kind::month || kind(at - 1) == Kind::number);
      if (!in_list && (!led || lex(at).has(kLam) || lex(at).has(kAnd))) return std::nullopt;
      if (folded(at) == "مارس" && kind(at + 1) == Kind::none && near(at + 1) &&
          folded(at + 1).starts_with("ال") && !in_list && previous != Kind::in &&
          previous != Kind::edge) {
        return std::nullopt;  // the verb before its object
      }
    }
  }
  // A day after the month: «يناير 21, 2018».
  if (!month->year && !month->hijri && month->modifier == Kind::none && lex(at).has(kLatin)) {
    const auto day = day_number(month->next);
    const auto year = day ? year_after(day->next) : std::nullopt;
    if (year) {
      return make_day(static_cast<int>(year->value), month->month, static_cast<int>(day->value),
                      false, year->next, "month-day");
    }
  }
  Expr expr;
  expr.next = month->next;
  expr.end = month->end;
  expr.unit = Unit::month;
  expr.rule = month->hijri ? "hijri-month" : "month";
  auto year = month->year ? month->year : inherited_year(month->next, *month);
  auto modifier = month->modifier;
  if (!year && modifier == Kind::none) {
    // «سبتمبر أو أكتوبر المقبلين».
    const auto& link = lex(month->next);
    const auto second_at = month->next + (link.kind == Kind::or_word ? 1 : 0);
    if (link.kind == Kind::or_word || link.has(kAnd)) {
      if (const auto second = named_month(second_at)) {
        if (second->modifier != Kind::none && lex(second->next - 1).has(kDual)) {
          modifier = second->modifier;
        }
      }
    }
  }
  expr.confidence = year ? 1 : 0.9;
  if (month->hijri) {
    if (year && *year >= kFirstPlainYear) {
      const int wanted = *year;
      year.reset();
      for (int h = kFirstHijriYear; h <= kLastHijriYear && !year; ++h) {
        const auto days = timex::hijri_month(h, month->month);
        if (days && days->first.year == wanted) year = h;
      }
    }
    if (!year) year = guess_year(month->month, 0, true, tense(at, month->next, false), {}, modifier);
    expr.range = timex::hijri_month(*year, month->month);
    if (!expr.range) return std::nullopt;
    expr.value = timex::month_name(expr.range->first.year, expr.range->first.month) + "/" +
                 timex::month_name(expr.range->last.year, expr.range->last.month);
    return expr;
  }
  if (!year) year = guess_year(month->month, 0, false, tense(at, month->next, false), {}, modifier);
  if (*year == 0) {
    expr.value = "XXXX" + timex::month_name(0, month->month).substr(4);
    expr.confidence = 0.5;
    return expr;
  }
  expr.range = month_range(*year, month->month);
  if (!expr.range) return std::nullopt;
  expr.value = timex::month_name(*year, month->month);
  return expr;
}

/// «1433هـ», «عام 1433 هجرية».
std::optional<Expr> Grammar::hijri_year_expr(std::size_t at) {
  const auto number = year_number(at);
  if (!number || !number->digits) return std::nullopt;
  auto next = number->next;
  std::size_t end = 0;
  if (kind(next) != Kind::era || lex(next).value != 1 || !(soft(next))) return std::nullopt;
  const auto days = timex::hijri_year(static_cast<int>(number->value));
  if (!days) return std::nullopt;
  Expr expr;
  expr.next = next + 1;
  expr.end = end;
  expr.unit = Unit::year;
  expr.rule = "hijri-year";
  expr.range = days;
  expr.value = year_name(days->first.year) + "/" + year_name(days->last.year);
  return expr;
}

/// «عام 2014», «(2014)», «منذ 2011»: a word before the number, or a place where only years stand.
std::optional<Expr> Grammar::year_expr(std::size_t at) {
  Expr expr;
  expr.unit = Unit::year;
  const auto finish = [&](int year, std::size_t next) -> Maybe {
    expr.range = year_range(year);
    if (!expr.range) return std::nullopt;
    expr.value = year_name(year);
    expr.next = next;
    // «2014/2015», «1936-1939».
    const auto sign = gap(next);
    if ((sign == Gap::slash || sign == Gap::dash) && kind(next) == Kind::number) {
      const int second = lex(next).value;
      const bool short_form = folded(next).size() == 2 && second == (year + 1) % 100;
      if ((second > year && second - year < 100 && folded(next).size() == 4) || short_form) {
        const int last = short_form ? year + 1 : second;
        expr.range->last = year_range(last)->last;
        expr.value += "/" + year_name(last);
        expr.next = next + 1;
      }
    }
    if (kind(expr.next) == Kind::era && lex(expr.next).value == 0 && near(expr.next)) ++expr.next;
    return expr;
  };
  if (kind(at) == Kind::unit && lex(at).value == kUnit(Unit::year) &&
      (!lex(at).has(kDual) || lex(at).has(kConstruct)) && !lex(at).has(kPlural)) {
    const auto before = gap(at + 1);
    if (before != Gap::blank && before != Gap::none && before != Gap::open) return std::nullopt;
    const auto year = year_number(at + 1);
    if (!year) return std::nullopt;
    if (at > 0 && kind(at - 1) == Kind::number) return std::nullopt;  // «24 عاما 2015»
    expr.rule = "year";
    if (year->digits) {
      const auto era = soft(year->next) ? lex(year->next) : Lex{};
      const bool hijri_era = era.kind == Kind::era && era.value == 1;
      const int value = static_cast<int>(year->value);
      if (hijri_era || (value >= 1340 && value <= 1460 && !(era.kind == Kind::era))) {
        const auto days = timex::hijri_year(value);
        if (!days) return std::nullopt;
        expr.rule = "hijri-year";
        expr.range = days;
        expr.value = year_name(days->first.year) + "/" + year_name(days->last.year);
        expr.next = year->next + (hijri_era ? 1 : 0);
        return expr;
      }
    }
    auto done = finish(static_cast<int>(year->value), year->next);
    if (done && before == Gap::open && done->next == at + 2) done->end = closing(at + 1);
    return done;
  }
  const auto year = year_number(at);
  if (!year || !year->digits || folded(at).size() != 4) return std::nullopt;
  const int value = static_cast<int>(year->value);
  if (value < kFirstPlainYear || value > kLastPlainYear) return std::nullopt;
  expr.rule = "bare-year";
  const auto& after = lex(year->next);
  if (after.kind == Kind::era && after.value == 0 && near(year->next)) {
    return finish(value, year->next);
  }
  // An amount, the number of a resolution, a part of a longer figure.
  if (near(year->next)) {
    if (after.kind == Kind::counted || after.kind == Kind::cardinal ||
        (after.kind == Kind::unit && !after.has(kDefinite))) {
      return std::nullopt;
    }
    const auto word = folded(year->next);
    const bool accusative = word.size() > 6 && word.ends_with("ا") && after.kind == Kind::none &&
                            tokens_[year->next].word->stop == false;
    if (accusative) return std::nullopt;
  }
  const auto before = at > 0 ? lex(at - 1) : Lex{};
  const bool adjacent = at > 0 && near(at);
  if (adjacent && (before.kind == Kind::not_year || before.kind == Kind::almost ||
                   before.kind == Kind::counted)) {
    return std::nullopt;
  }
  for (std::size_t back = 2; back <= 3 && back <= at; ++back) {
    if (kind(at - back) == Kind::not_year && near(at)) return std::nullopt;
  }
  const bool led = adjacent && (before.kind == Kind::in || before.kind == Kind::since ||
                                before.kind == Kind::until || before.kind == Kind::during ||
                                before.kind == Kind::edge || before.kind == Kind::before ||
                                before.kind == Kind::after || before.kind == Kind::season ||
                                before.kind == Kind::past || before.kind == Kind::current ||
                                before.kind == Kind::next);
  const bool round = value % 100 == 0 && value != 2000;
  if (led && !round) {
    expr.confidence = 0.9;
    return finish(value, year->next);
  }
  if (value % 100 == 0 && !led) return std::nullopt;
  if (led) return finish(value, year->next);
  // «(2013)», «مونديال 2014», «بين 2011 و2013», a list of years.
  const bool in_brackets =
      closing(at) != 0 && tokens_[at].begin > 0 && text_[tokens_[at].begin - 1] == '(';
  const bool in_list = gap(at) == Gap::comma && at > 0 && kind(at - 1) == Kind::number &&
                       folded(at - 1).size() == 4 && lex(at - 1).value >= kFirstPlainYear &&
                       lex(at - 1).value <= kLastPlainYear;
  const bool after_noun = adjacent && before.kind != Kind::number && at > 0 &&
                          tokens_[at - 1].word->kind == TokenKind::arabic &&
                          value >= 1914 && value <= 2035;
  const bool ends_well = !near(year->next) || year->next >= tokens_.size() ||
                         folded(year->next).starts_with("ال") || after.kind != Kind::none ||
                         tokens_[year->next].word->stop ||
                         folded(year->next).starts_with("و") ||
                         folded(year->next).starts_with("ل") ||
                         folded(year->next).starts_with("ب");
  const bool span = gap(year->next) == Gap::dash && kind(year->next) == Kind::number &&
                    folded(year->next).size() == 4 && lex(year->next).value > value &&
                    lex(year->next).value < value + 60 && !(at > 0 && kind(at - 1) == Kind::number);
  if (in_brackets || in_list || span || (after_noun && ends_well)) {
    expr.confidence = 0.7;
    return finish(value, year->next);
  }
  return std::nullopt;
}

}  // namespace fihris::timex
