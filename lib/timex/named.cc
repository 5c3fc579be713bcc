// SPDX-License-Identifier: GPL-2.0-or-later
// Times with names of their own: decades, centuries, seasons, feasts.
#include <array>
#include <cstdlib>
#include <string_view>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

/// Feasts of the press, told by the word after عيد (or after رأس, ذكرى); folded spelling.
/// Sources: days of the Islamic calendar after Umm al-Qura's official calendar; the others are
/// fixed by the Gregorian calendar of the states named.
struct Feast {
  std::string_view word;
  bool hijri;
  int month;
  int day;
};
constexpr std::array kFeasts{
    Feast{"الفطر", true, 10, 1},      // 1 Shawwal
    Feast{"الاضحي", true, 12, 10},    // 10 Dhu al-Hijja
    Feast{"الميلاد", false, 12, 25},  // 25 December
    Feast{"العمال", false, 5, 1},     // 1 May
    Feast{"الحب", false, 2, 14},      // 14 February
    Feast{"النوروز", false, 3, 21},   // 21 March, Iraq and Iran
    Feast{"نوروز", false, 3, 21},     // the same
    Feast{"النيروز", false, 3, 21},   // the same
    Feast{"المولد", true, 3, 12},     // 12 Rabi al-Awwal
};

}  // namespace

/// «الثمانينيات», «تسعينات القرن الماضي»; nothing for «في الأربعينيات من العمر».
std::optional<Expr> Grammar::decade_expr(std::size_t at) {
  auto next = at + 1;
  if (kind(next) == Kind::from && near(next) && kind(next + 1) == Kind::age) return std::nullopt;
  if (kind(next) == Kind::age || (at > 0 && kind(at - 1) == Kind::age)) return std::nullopt;
  const int decade = lex(at).value;
  int century = 1900;
  auto i = next;
  if (kind(i) == Kind::from && near(i)) ++i;
  bool said = false;
  if (const auto named = century_expr(i); named && near(i) && named->range) {
    century = named->range->first.year / 100 * 100;
    next = named->next;
    said = true;
  }
  if (!said && (!lex(at).has(kDefinite) || folded(next) == "الهجريه")) return std::nullopt;
  if (!said && near(next) && folded(next).starts_with("من")) {
    const auto owner = folded(next + 1);
    if (owner.starts_with("عمر") || owner.starts_with("العمر")) return std::nullopt;
  }
  const auto first = year_range(century + decade);
  const auto last = year_range(century + decade + 9);
  if (!first || !last) return std::nullopt;
  Expr expr;
  expr.next = next;
  expr.unit = Unit::decade;
  expr.rule = "decade";
  expr.named = false;
  expr.range = DateRange{first->first, last->last};
  expr.value = year_name(century + decade).substr(0, 3);
  return expr;
}

/// «القرن الماضي», «القرن العشرين», «القرن التاسع عشر».
std::optional<Expr> Grammar::century_expr(std::size_t at) {
  if (kind(at) != Kind::unit || lex(at).value != number_of(Unit::century) ||
      !lex(at).has(kDefinite) || !near(at + 1)) {
    return std::nullopt;
  }
  std::size_t next = at + 1;
  if (const auto shift = shift_of(at + 1, next)) {
    if (!anchor_ && *shift == -1) return std::nullopt;
    return unit_with(Unit::century, *shift, next, "century");
  }
  int number = 0;
  next = at + 1;
  if (kind(next) == Kind::number) {
    number = lex(next).value;
    ++next;
  } else if (const auto day = day_number(next)) {
    number = static_cast<int>(day->value);
    next = day->next;
  }
  if (number < 1 || number > 30) return std::nullopt;
  // «القرن الأول الهجري», «قبل الميلاد» belong to other reckonings.
  if (near(next) && (kind(next) == Kind::before || folded(next) == "الهجري")) return std::nullopt;
  if (near(next) && kind(next) == Kind::era) ++next;
  const int first = (number - 1) * 100;
  const auto low = year_range(first == 0 ? 1 : first);
  const auto high = year_range(first + 99);
  Expr expr;
  expr.next = next;
  expr.unit = Unit::century;
  expr.rule = "century";
  expr.named = false;
  expr.range = DateRange{low->first, high->last};
  expr.value = year_name(first).substr(0, 2);
  return expr;
}

/// «صيف 2013», «الصيف الماضي», «هذا الشتاء». A season is vague: no facet value.
std::optional<Expr> Grammar::season_expr(std::size_t at) {
  const bool spring = kind(at) == Kind::rabi;
  if (!spring && kind(at) != Kind::season) return std::nullopt;
  constexpr std::array<std::string_view, 4> kCodes{"SP", "SU", "FA", "WI"};
  const auto season = static_cast<std::size_t>(spring ? 0 : lex(at).value);
  const int first_month = 3 + 3 * static_cast<int>(season);
  int year = 0;
  std::size_t next = at + 1;
  if (const auto written = year_after(next);
      written && gap(next) != Gap::dash && gap(next) != Gap::comma) {
    year = static_cast<int>(written->value);
    next = written->next;
  } else if (anchor_) {
    std::size_t after = next;
    auto i = next;
    if (kind(i) == Kind::from && near(i)) ++i;
    if (kind(i) == Kind::demonstrative && lex(i).value == 0 && kind(i + 1) == Kind::unit &&
        lex(i + 1).value == number_of(Unit::year) && near(i)) {
      year = anchor_->year;
      next = i + 2;
    } else if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::year) &&
               lex(i).has(kDefinite)) {
      const auto shift = shift_of(i + 1, after);
      if (!shift) return std::nullopt;
      year = anchor_->year + *shift;
      next = after;
    } else if (const auto shift = shift_of(next, after); shift && lex(at).has(kDefinite)) {
      const bool begun = anchor_->month >= first_month;
      const bool over = anchor_->month > first_month + 2;
      year = anchor_->year;
      if (*shift < 0 && !over) --year;
      if (*shift > 0 && begun) ++year;
      next = after;
    } else if (at > 0 && kind(at - 1) == Kind::demonstrative && lex(at - 1).value == 0) {
      year = anchor_->year;
    } else {
      return std::nullopt;
    }
  } else {
    return std::nullopt;
  }
  const auto first = month_range(year, first_month);
  const auto last =
      month_range(first_month == 12 ? year + 1 : year, first_month == 12 ? 2 : first_month + 2);
  if (!first || !last) return std::nullopt;
  Expr expr;
  expr.next = next;
  expr.unit = Unit::month;
  expr.rule = "season";
  expr.named = false;
  expr.range = DateRange{first->first, last->last};
  expr.value = year_name(year) + "-" + std::string(kCodes[season]);
  return expr;
}

/// «عيد الفطر», «أول أيام عيد الأضحى», «رأس السنة», «عاشوراء», «عطلة نهاية الأسبوع».
std::optional<Expr> Grammar::feast_expr(std::size_t at) {
  auto i = at;
  int number = 1;
  // «أول أيام عيد الفطر», «ثاني أيام العيد».
  if (kind(i) == Kind::ordinal) {
    number = lex(i).value;
    ++i;
    if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::day) && near(i)) ++i;
    if (i == at + 1 || number > 4) return std::nullopt;
  }
  std::optional<Feast> feast;
  std::size_t next = i + 1;
  Kind modifier = Kind::none;
  if (kind(i) == Kind::week_end) {
    if (kind(i + 1) != Kind::edge || !near(i + 1)) return std::nullopt;
    auto week = edge_expr(i + 1);
    if (!week || week->unit != Unit::week) return std::nullopt;
    week->value += "-WE";
    week->rule = "weekend";
    return week;
  }
  if (kind(i) == Kind::feast) {
    if (!near(i + 1)) return std::nullopt;
    for (const auto& known : kFeasts) {
      if (folded(i + 1) == known.word) feast = known;
    }
    if (!feast) return std::nullopt;
    next = i + 2;
    if (near(next) && (folded(next) == "المبارك" || folded(next) == "السعيد" ||
                       folded(next) == "المجيد" || folded(next) == "العالمي")) {
      ++next;
    }
  } else if (kind(i) == Kind::feast_name) {
    feast = lex(i).value == 0 ? Feast{"عاشوراء", true, 1, 10} : Feast{"نوروز", false, 3, 21};
  } else if (kind(i) == Kind::new_year) {
    if (folded(i + 1) != "السنه" || !near(i + 1)) return std::nullopt;
    next = i + 2;
    feast = Feast{"رأس السنة", false, 1, 1};
    if (near(next) && folded(next) == "الهجريه") {
      feast = Feast{"رأس السنة الهجرية", true, 1, 1};
      ++next;
    } else if (near(next) && folded(next) == "الميلاديه") {
      ++next;
    }
  }
  if (!feast || !anchor_) return std::nullopt;
  const auto which = kind(next);
  if (soft(next) && lex(next).has(kDefinite) &&
      (which == Kind::past || which == Kind::next || which == Kind::current)) {
    modifier = which;
    ++next;
  }
  std::optional<int> year;
  if (const auto written = year_after(next); written && near(next)) {
    year = static_cast<int>(written->value);
    next = written->next;
  }
  if (year && feast->hijri && *year >= 1900) {
    for (int h = kFirstHijriYear; h <= kLastHijriYear; ++h) {
      const auto day = from_hijri({h, feast->month, feast->day});
      if (day && day->year == *year) {
        year = h;
        break;
      }
    }
  }
  if (!year) {
    year = guess_year(feast->month, feast->day, feast->hijri, Tense::unknown, {}, modifier);
  }
  auto expr = make_day(*year, feast->month, feast->day, feast->hijri, next, "feast");
  if (!expr || !expr->range) return std::nullopt;
  if (number > 1) {
    const auto day = add_days(expr->range->first, number - 1);
    expr->range = DateRange{day, day};
    expr->value = to_iso(day);
  }
  expr->named = false;
  expr->unit = Unit::week;  // no day that a story goes on from
  expr->confidence = 0.7;
  return expr;
}

}  // namespace fihris::timex
