// SPDX-License-Identifier: GPL-2.0-or-later
// Parts of a period: «نهاية تموز», «مطلع الأسبوع المقبل», «النصف الأول من 2015».
#include "timex/grammar.h"

namespace fihris::timex {

/// What can stand behind «نهاية»: a month, a year, a unit with or without «الماضي».
std::optional<Expr> Grammar::period_expr(std::size_t at) {
  if (auto month = month_expr(at)) return month;
  if (auto hijri = hijri_year_expr(at)) return hijri;
  if (auto year = year_expr(at)) return year;
  if (auto century = century_expr(at)) return century;
  if (auto unit = unit_expr(at)) return unit;
  if (kind(at) == Kind::demonstrative) return this_expr(at);
  if (kind(at) == Kind::decade) return decade_expr(at);
  if (kind(at) == Kind::season || kind(at) == Kind::rabi) return season_expr(at);
  if (kind(at) == Kind::fraction) return fraction_expr(at);
  if (kind(at) == Kind::day_word && lex(at).value == 0) return day_word(at);
  if (kind(at) == Kind::unit && lex(at).has(kDefinite) &&
      (lex(at).flags & (kPlural | kDual)) == 0 && lex(at).value > number_of(Unit::day) &&
      lex(at).value != number_of(Unit::decade)) {
    // «نهاية العام الدراسي» is another year.
    const auto next = folded(at + 1);
    if (near(at + 1) && next.starts_with("ال") &&
        (kind(at + 1) == Kind::none || kind(at + 1) == Kind::era) && next != "التي" &&
        next != "الذي" && next != "الي" && next != "الى") {
      return std::nullopt;
    }
    return unit_with(static_cast<Unit>(lex(at).value), 0, at + 1, "bare-unit");
  }
  return std::nullopt;
}

/// «نهاية تموز», «مطلع الأسبوع المقبل», «منتصف ليل السبت».
std::optional<Expr> Grammar::edge_expr(std::size_t at) {
  if (lex(at).has(kDefinite) || !near(at + 1)) return std::nullopt;
  auto i = at + 1;
  if (kind(i) == Kind::day_part && lex(at).value == 2) {
    if (lex(i).value == 5) {
      auto night = day_part_expr(i);
      if (night) night->rule = "midnight";
      // After the midnight of two days it is the second.
      if (night && kind(night->next - 1) == Kind::weekday && night->next >= i + 3 && night->range) {
        const auto second = lex(night->next - 1).value;
        if (weekday(night->range->first) != second) {
          const auto day = add_days(night->range->first, 1);
          night->range = DateRange{day, day};
          night->value = to_iso(day) + "TNI";
        }
      }
      return night;
    }
    return std::nullopt;
  }
  // «منتصف نهار اليوم».
  if (lex(at).value == 2 && folded(i) == "نهار") {
    const auto day = day_expr(i);
    constexpr int kNoon = 2;
    return day ? with_day_part(*day, kNoon, "day-part") : std::nullopt;
  }
  const bool first_day = folded(at) == "غره" || folded(at).ends_with("غره");
  if (first_day) {
    const auto month = named_month(i);
    if (!month) return std::nullopt;
    const int year = month->year ? *month->year
                                 : guess_year(month->month, 1, month->hijri, tense(at, month->next),
                                              {}, month->modifier);
    return make_day(year, month->month, 1, month->hijri, month->next, "first-day");
  }
  // «آخر» is an adverb of order before most words: only months and unit names follow it here.
  if (kind(i) == Kind::demonstrative && lex(i).value == 1) return std::nullopt;
  if (lex(i).clitics > 0) return std::nullopt;
  if (lex(at).has(kWeak) && kind(i) == Kind::unit && !lex(i).has(kDefinite) &&
      lex(i).value != number_of(Unit::month)) {
    return std::nullopt;
  }
  auto inner = period_expr(i);
  if (!inner || inner->value.empty()) return std::nullopt;
  if (inner->type != TimexType::date) return inner;
  if (inner->unit == Unit::year) inner->named = false;
  if (inner->value.find('/') != std::string::npos && inner->range) {
    // An edge of a Hijri month or year lies in one Gregorian month or year.
    const auto& edge = lex(at).value == 1 ? inner->range->first : inner->range->last;
    if (inner->unit == Unit::month) inner->value = timex::month_name(edge.year, edge.month);
    if (inner->unit == Unit::year) inner->value = year_name(edge.year);
  }
  return inner;
}

/// «النصف الأول من 2015», «الربع الثاني من العام الحالي».
std::optional<Expr> Grammar::fraction_expr(std::size_t at) {
  const int parts = lex(at).value;
  if (!lex(at).has(kDefinite) || !near(at + 1)) return std::nullopt;
  int part = 0;
  auto i = at + 1;
  if (kind(i) == Kind::ordinal && lex(i).has(kDefinite)) {
    part = lex(i).value;
  } else if (kind(i) == Kind::recent) {
    part = parts;
  } else {
    return std::nullopt;
  }
  if (part < 1 || part > parts) return std::nullopt;
  ++i;
  if (kind(i) == Kind::from && near(i)) ++i;
  if (!soft(i)) return std::nullopt;
  auto whole = period_expr(i);
  if (!whole || !whole->range || whole->type != TimexType::date) return std::nullopt;
  const auto first = whole->range->first;
  if (whole->unit == Unit::year && first.month == 1 && first.day == 1) {
    const int months = 12 / parts;
    const auto low = month_range(first.year, (part - 1) * months + 1);
    const auto high = month_range(first.year, part * months);
    if (parts == 2) whole->value = year_name(first.year) + "-H" + std::to_string(part);
    if (parts == 4) whole->value = year_name(first.year) + "-Q" + std::to_string(part);
    whole->range = DateRange{low->first, high->last};
    whole->unit = Unit::month;
    whole->named = true;
  } else if (whole->unit == Unit::month) {
    const int length = to_days(whole->range->last) - to_days(first) + 1;
    const auto low = add_days(first, length * (part - 1) / parts);
    const auto high = add_days(first, length * part / parts - 1);
    whole->range = DateRange{low, high};
    whole->named = false;
  } else {
    return std::nullopt;
  }
  whole->rule = "fraction";
  return whole;
}

}  // namespace fihris::timex
