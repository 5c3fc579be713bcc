// SPDX-License-Identifier: GPL-2.0-or-later
// A day with the name of its month: «29 تموز 2015», «25 شوال 1436 هـ», «الرابع عشر من الشهر
// الماضي».
#include <algorithm>
#include <array>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

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

}  // namespace

/// «29 تموز», «الرابع عشر من الشهر الماضي», «15 الجاري», «اليوم الأول من رمضان».
std::optional<Expr> Grammar::day_of_month(std::size_t at) {
  const auto first = at;
  std::optional<Count> day;
  const bool the_day =
      (kind(at) == Kind::unit && lex(at).value == number_of(Unit::day) && lex(at).has(kDefinite)) ||
      (kind(at) == Kind::day_word && lex(at).value == 0);
  if (the_day && kind(at + 1) == Kind::ordinal && near(at + 1)) {
    day = day_number(at + 1);
  } else {
    day = day_number(at);
    // «الأسبوع الأول من يوليو»: the ordinal counts something else.
    if (day && kind(at) == Kind::ordinal && at > 0 && near(at) &&
        folded(at - 1).starts_with("ال") && folded(at - 1) != "الى" && folded(at - 1) != "الي" &&
        kind(at - 1) != Kind::weekday && kind(at - 1) != Kind::day_word &&
        kind(at - 1) != Kind::unit && kind(at - 1) != Kind::matching && !lex(at).has(kAnd)) {
      return std::nullopt;
    }
    if (day && kind(at) == Kind::ordinal && kind(day->next) == Kind::unit &&
        lex(day->next).value == number_of(Unit::day) && near(day->next) &&
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
    if (!day->digits && kind(first) == Kind::cardinal && !lex(first).has(kDefinite) &&
        number < 11) {
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
    // «29 تشرين الثاني من كل عام».
    const auto yearly = kind(after) == Kind::from ? after + 1 : after;
    if (!year && !hijri && kind(yearly) == Kind::every && near(yearly) &&
        kind(yearly + 1) == Kind::unit && lex(yearly + 1).value == number_of(Unit::year)) {
      auto expr = make_day(0, month->month, number, false, yearly + 2, "yearly");
      if (!expr) return std::nullopt;
      expr->type = TimexType::set;
      expr->named = false;
      return expr;
    }
    if (!year) {
      if (before_head) {
        Expr name;
        name.next = month->next;
        name.rule = "name";
        return name;
      }
      if (month->modifier == Kind::none && !hijri) {
        const auto* const known =
            std::find_if(kCalledByDay.begin(), kCalledByDay.end(), [&](const CalledByDay& event) {
              return event.month == month->month && event.day == number;
            });
        const bool attacks = known != kCalledByDay.end() && number == 11 && anchor_ &&
                             ((anchor_->month != 9 && tense(first, after) != Tense::future) || cue);
        if (known != kCalledByDay.end() && ((cue && (!anchor_ || known->year <= anchor_->year)) ||
                                            (attacks && anchor_->year > 2001))) {
          return make_day(known->year, month->month, number, false, month->next, "event-day");
        }
        // 8 and 14 March are the two blocs of Lebanon unless something says that a day is meant.
        if (month->month == 3 && (number == 8 || number == 14) &&
            folded(month->next - 1) == "اذار" && month->next == next + 1) {
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
    auto expr =
        make_day(*year, month->month, number, hijri, after, hijri ? "hijri-day" : "day-month");
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
      lex(i + 1).value == number_of(Unit::month) && lex(i + 1).has(kDefinite)) {
    shift = 0;
    i += 2;
  } else if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::month) &&
             lex(i).has(kDefinite) && near(i)) {
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

}  // namespace fihris::timex
