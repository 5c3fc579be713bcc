// SPDX-License-Identifier: GPL-2.0-or-later
// Months by name: «آب/أغسطس 2015», «رمضان الماضي», «سبتمبر أو أكتوبر المقبلين».
#include "timex/grammar.h"

namespace fihris::timex {

std::optional<MonthName> Grammar::named_month(std::size_t at) const {
  MonthName found;
  if (kind(at) == Kind::unit && lex(at).value == number_of(Unit::month) && !lex(at).has(kPlural) &&
      (!lex(at).has(kDual) || lex(at).has(kConstruct)) && near(at + 1)) {
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
  if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::year) && soft(found.next) &&
      anchor_ && (lex(i).has(kDefinite) || lex(i).clitics > 0)) {
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

/// «تموز 2015», «مارس الماضي», «شهر رمضان»; a name alone where something speaks for it.
std::optional<Expr> Grammar::month_expr(std::size_t at) {
  const auto month = named_month(at);
  if (!month) return std::nullopt;
  // A day after the month: "May 12, 2015".
  if (!month->year && !month->hijri && month->modifier == Kind::none && lex(at).has(kLatin)) {
    const auto day = day_number(month->next);
    const auto year = day ? year_after(day->next) : std::nullopt;
    if (year) {
      return make_day(static_cast<int>(year->value), month->month, static_cast<int>(day->value),
                      false, year->next, "month-day");
    }
  }
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
      const auto word = previous == Kind::none && at > 0 && near(at) ? folded(at - 1) : "";
      const bool begins = word == "حلول" || word == "بحلول" || word == "دخول" || word == "قدوم";
      if (month->weak ||
          (!led && !begins && previous != Kind::from && previous != Kind::future_cue)) {
        return std::nullopt;
      }
    } else if (lex(at).has(kLatin)) {
      return std::nullopt;
    } else if (month->weak) {
      // «التمور», «الفاتح»: the Libyan names are everyday words.
      if (folded(at).starts_with("ال")) return std::nullopt;
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
    if (!year)
      year = guess_year(month->month, 0, true, tense(at, month->next, false), {}, modifier);
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

}  // namespace fihris::timex
