// SPDX-License-Identifier: GPL-2.0-or-later
// How long and how often: «خمس سنوات ونصف», «الأيام الثلاثة الماضية», «يوميا»; and what is vague.
#include <array>
#include <cmath>
#include <cstdlib>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

/// Designators of ISO 8601, with TIMEX3's for decades and centuries.
constexpr std::array<std::string_view, 9> kDesignators{"S", "M", "H",  "D", "W",
                                                       "M", "Y", "DE", "CE"};

bool is_clock(Unit unit) { return unit < Unit::day; }

std::string plain_number(double count) {
  if (count == std::floor(count)) return std::to_string(static_cast<long>(count));
  auto text = std::to_string(count);
  while (text.back() == '0') text.pop_back();
  return text;
}

/// "PXD", "PTXH".
std::string vague_duration(Unit unit) {
  return (is_clock(unit) ? "PTX" : "PX") +
         std::string(kDesignators[static_cast<std::size_t>(unit)]);
}

}  // namespace

std::string duration_value(double count, Unit unit) {
  return (is_clock(unit) ? "PT" : "P") + plain_number(count) +
         std::string(kDesignators[static_cast<std::size_t>(unit)]);
}

/// «90 يوما», «خمس سنوات ونصف السنة», «يومين», «عدة أيام», «نصف ساعة», «لمدة أسبوع كامل».
std::optional<Expr> Grammar::duration(std::size_t at) {
  Expr expr;
  expr.type = TimexType::duration;
  expr.rule = "duration";
  expr.named = false;
  const auto done = [&](double count, Unit unit, std::size_t next) -> Maybe {
    expr.unit = unit;
    // «ونصف», «ونصف السنة».
    if (kind(next) == Kind::fraction && lex(next).has(kAnd) && near(next)) {
      count += 1.0 / lex(next).value;
      if (lex(next).value == 3) count = std::round(count * 10) / 10;
      ++next;
      if (kind(next) == Kind::unit && lex(next).value == number_of(unit) &&
          lex(next).has(kDefinite) && near(next)) {
        ++next;
      }
    }
    if (kind(next) == Kind::whole && near(next)) ++next;
    expr.value = duration_value(count, unit);
    expr.next = next;
    return expr;
  };
  const auto unit_of = [&](std::size_t i) { return static_cast<Unit>(lex(i).value); };

  if (kind(at) == Kind::for_time) {
    const auto i = at + 1;
    if (!near(i)) return std::nullopt;
    if (lex(at).value == 1 && kind(i) == Kind::unit && !lex(i).has(kDefinite) &&
        (lex(i).flags & (kPlural | kDual)) == 0 && unit_of(i) >= Unit::day && !near(i + 1)) {
      return done(1, unit_of(i), i + 1);
    }
    if (lex(at).value == 1 && kind(i) == Kind::unit && lex(i).has(kDefinite) &&
        (lex(i).flags & (kPlural | kDual)) == 0 && unit_of(i) >= Unit::day) {
      if (near(i + 1) && (lex(i + 1).kind == Kind::past || lex(i + 1).kind == Kind::current ||
                          lex(i + 1).kind == Kind::next)) {
        return std::nullopt;
      }
      return done(1, unit_of(i), i + 1);
    }
    if (lex(at).value == 1 && kind(i) == Kind::day_word && lex(i).value == 0 && !near(i + 1)) {
      return done(1, Unit::day, i + 1);
    }
    return std::nullopt;
  }
  if (kind(at) == Kind::some) {
    auto i = at + 1;
    if (kind(i) == Kind::unit && near(i) && lex(i).has(kPlural)) {
      expr.value = vague_duration(unit_of(i));
      expr.unit = unit_of(i);
      expr.next = i + 1;
      return expr;
    }
    return std::nullopt;
  }
  if (kind(at) == Kind::fraction) {
    const auto i = at + 1;
    if (lex(at).has(kDefinite) || kind(i) != Kind::unit || !near(i) ||
        (lex(i).flags & (kPlural | kDual)) != 0) {
      return std::nullopt;
    }
    if (lex(i).has(kDefinite) && unit_of(i) != Unit::hour) return std::nullopt;
    expr.unit = unit_of(i);
    expr.value = duration_value(lex(at).value == 3 ? 0.33 : 1.0 / lex(at).value, unit_of(i));
    expr.next = i + 1;
    return expr;
  }
  if (kind(at) == Kind::unit) {
    const auto& word = lex(at);
    const auto unit = unit_of(at);
    if (word.has(kDual) && !word.has(kConstruct) && !word.has(kDefinite)) {
      auto next = at + 1;
      if (near(next) && (folded(next) == "اثنين" || folded(next) == "اثنتين")) ++next;
      return done(2, unit, next);
    }
    if (word.has(kDefinite) || word.has(kConstruct)) return std::nullopt;
    const auto previous = at > 0 && near(at) ? kind(at - 1) : Kind::none;
    if (word.has(kPlural)) {
      const auto next = at + 1;
      if (kind(next) == Kind::few && near(next) && lex(next).value == 0) {
        expr.unit = unit;
        expr.value = vague_duration(unit);
        expr.next = next + 1;
        return expr;
      }
      if (word.has(kWeak) && near(next) && folded(next).starts_with("ال")) return std::nullopt;
      if (previous == Kind::since || previous == Kind::during || previous == Kind::for_time ||
          previous == Kind::after) {
        expr.unit = unit;
        expr.value = vague_duration(unit);
        expr.next = next;
        return expr;
      }
      return std::nullopt;
    }
    const auto next = at + 1;
    if (near(next) && kind(next) == Kind::cardinal && lex(next).value == 1 &&
        !lex(next).has(kDefinite) && !lex(next).has(kAnd) && lex(next).clitics == 0) {
      return done(1, unit, next + 1);
    }
    if (near(next) &&
        (kind(next) == Kind::whole ||
         (kind(next) == Kind::fraction && lex(next).has(kAnd) && !lex(next).has(kDefinite)))) {
      return done(1, unit, next);
    }
    const bool measured =
        previous == Kind::since || previous == Kind::during ||
        (previous == Kind::for_time && lex(at - 1).value == 0) ||
        (previous == Kind::after && (kind(next) == Kind::from || folded(next) == "علي")) ||
        (previous == Kind::before && kind(next) == Kind::from);
    if (measured &&
        !(near(next) &&
          (kind(next) == Kind::number || kind(next) == Kind::month || kind(next) == Kind::weekday ||
           kind(next) == Kind::day_word || kind(next) == Kind::hijri_month ||
           kind(next) == Kind::month_pair || kind(next) == Kind::dhu ||
           (kind(next) == Kind::none && folded(next).starts_with("ال"))))) {
      return done(1, unit, next);
    }
    return std::nullopt;
  }
  // A number before the unit.
  const auto count = cardinal(at);
  if (!count) return std::nullopt;
  auto i = count->next;
  if (kind(at) == Kind::cardinal && (lex(at).has(kWeak) || lex(at).has(kDefinite)) && i == at + 1) {
    return std::nullopt;
  }
  if (kind(i) == Kind::few || folded(i) == "الي" || folded(i) == "الى") return std::nullopt;
  if (kind(i) != Kind::unit || !near(i) || lex(i).clitics > 0 ||
      (lex(i).has(kConstruct) && lex(i).has(kDual))) {
    return std::nullopt;
  }
  if (count->value <= 0 && !count->digits) return std::nullopt;
  if (count->digits && lex(i).value == number_of(Unit::year) && count->value >= 1900 &&
      count->value <= 2100) {
    return std::nullopt;
  }
  // «24 ساعة الماضية»: a window.
  const auto unit = unit_of(i);
  auto whole = done(count->value, unit, i + 1);
  if (near(i + 1) && lex(i + 1).has(kDefinite) &&
      (kind(i + 1) == Kind::past || kind(i + 1) == Kind::next || kind(i + 1) == Kind::recent)) {
    whole->next = i + 2;
    return whole;
  }
  // «سنتين و3 أشهر», «3 سنوات و6 أشهر».
  auto j = whole->next;
  if (unit > Unit::day && near(j) &&
      (kind(j) == Kind::and_word || (kind(j) == Kind::cardinal && lex(j).has(kAnd)))) {
    if (kind(j) == Kind::and_word) ++j;
    const auto more = cardinal(j);
    if (more && kind(more->next) == Kind::unit && near(more->next) && unit_of(more->next) < unit &&
        unit_of(more->next) >= Unit::day) {
      whole->value += duration_value(more->value, unit_of(more->next)).substr(1);
      whole->next = more->next + 1;
    }
  }
  return whole;
}

/// «اليومين الماضيين», «الأيام القليلة المقبلة», «الساعات الـ24 الماضية», «الأشهر الستة الأولى من
/// العام».
std::optional<Expr> Grammar::plural_window(std::size_t at) {
  const auto& word = lex(at);
  if (word.kind != Kind::unit || !word.has(kDefinite) || (!word.has(kPlural) && !word.has(kDual))) {
    return std::nullopt;
  }
  const auto unit = static_cast<Unit>(word.value);
  if (unit < Unit::hour) return std::nullopt;  // the last minutes are those of a match
  auto i = at + 1;
  std::optional<double> count;
  if (word.has(kDual)) count = 2;
  if (!near(i)) return std::nullopt;
  if (kind(i) == Kind::few) {
    ++i;
  } else if (const auto number = cardinal(i)) {
    count = number->value;
    i = number->next;
  } else if (kind(i) == Kind::ordinal && lex(i).value != 1) {
    return std::nullopt;
  }
  if (!near(i)) return std::nullopt;
  Expr expr;
  expr.unit = unit;
  expr.rule = "window";
  expr.named = false;
  // «الأشهر التسعة الأولى من 2015».
  if (kind(i) == Kind::ordinal && lex(i).value == 1 && count && unit == Unit::month &&
      kind(i + 1) == Kind::from) {
    auto whole = period_expr(i + 2);
    const int months = static_cast<int>(*count);
    if (!whole || !whole->range || whole->unit != Unit::year || months < 1 || months > 11 ||
        whole->range->first.day != 1 || whole->range->first.month != 1) {
      return std::nullopt;
    }
    const int year = whole->range->first.year;
    whole->range->last = end_of_month(year, months);
    whole->value = months == 6 ? year_name(year) + "-H1"
                   : months == 3
                       ? year_name(year) + "-Q1"
                       : timex::month_name(year, 1) + "/" + timex::month_name(year, months);
    whole->named = true;
    whole->unit = Unit::month;
    whole->rule = "first-months";
    return whole;
  }
  // «الأيام الماضية القليلة», «السنوات الماضية».
  auto which = lex(i);
  auto next = i + 1;
  if (which.kind == Kind::before && kind(i + 1) == Kind::past) return std::nullopt;
  const bool before =
      which.kind == Kind::past || which.kind == Kind::recent || which.kind == Kind::previous;
  const bool later =
      which.kind == Kind::next || (which.kind == Kind::following && which.value == 0);
  if ((!before && !later) || !which.has(kDefinite)) return std::nullopt;
  if (kind(next) == Kind::few && near(next)) ++next;
  if (!count && near(next)) {
    if (const auto number = cardinal(next);
        number && kind(next) == Kind::cardinal && lex(next).has(kDefinite)) {
      count = number->value;
      next = number->next;
    }
  }
  expr.next = next;
  if (!count) {
    expr.value = before ? "PAST_REF" : "FUTURE_REF";
    return expr;
  }
  expr.type = TimexType::duration;
  expr.value = duration_value(*count, unit);
  const int n = static_cast<int>(*count);
  if (anchor_ && n >= 1 && n < 1000 && (unit == Unit::day || unit == Unit::week)) {
    const int days = unit == Unit::day ? n : 7 * n;
    expr.range = before ? DateRange{add_days(*anchor_, -days), add_days(*anchor_, -1)}
                        : DateRange{add_days(*anchor_, 1), add_days(*anchor_, days)};
  }
  return expr;
}

/// «يوميا», «السنوية», «كل أسبوع», «في اليوم».
std::optional<Expr> Grammar::set_expr(std::size_t at) {
  Expr expr;
  expr.type = TimexType::set;
  expr.rule = "set";
  expr.named = false;
  if (kind(at) == Kind::adverb) {
    // «الذكرى السنوية» is one day, no repetition.
    const auto previous = at > 0 && near(at) ? folded(at - 1) : std::string_view();
    for (const std::string_view name :
         {"ذكري", "الذكري", "بالذكري", "للذكري", "ذكراه", "ذكراها", "والذكري"}) {
      if (previous == name) return std::nullopt;
    }
    if (lex(at).clitics > 0 && !lex(at).has(kAnd)) return std::nullopt;
    expr.unit = static_cast<Unit>(lex(at).value);
    expr.value = duration_value(1, expr.unit);
    const bool parts = at > 0 && near(at) && kind(at - 1) == Kind::fraction;
    if (parts && expr.unit == Unit::year) {
      expr.value = duration_value(12.0 / lex(at - 1).value, Unit::month);
    }
    expr.next = at + 1;
    return expr;
  }
  if (kind(at) == Kind::every) {
    auto i = at + 1;
    if (!near(i) || lex(at).has(kDefinite)) return std::nullopt;
    if (kind(i) == Kind::unit && !lex(i).has(kDefinite) && !lex(i).has(kPlural) &&
        lex(i).clitics == 0) {
      if (folded(i + 1) == "من" || kind(i + 1) == Kind::number) return std::nullopt;
      expr.unit = static_cast<Unit>(lex(i).value);
      expr.value = duration_value(lex(i).has(kDual) ? 2 : 1, expr.unit);
      expr.next = i + 1;
      return expr;
    }
    const auto count = cardinal(i);
    if (count && kind(count->next) == Kind::unit && near(count->next)) {
      expr.unit = static_cast<Unit>(lex(count->next).value);
      expr.value = duration_value(count->value, expr.unit);
      expr.next = count->next + 1;
      return expr;
    }
    constexpr std::array<std::string_view, 7> kBareDays{"احد",  "اثنين", "ثلاثاء", "اربعاء",
                                                        "خميس", "جمعه",  "سبت"};
    if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::day)) ++i;
    for (std::size_t day = 0; day < kBareDays.size(); ++day) {
      if (folded(i) != kBareDays[day] || day == 0) continue;
      expr.value = "XXXX-WXX-" + std::to_string(day);
      expr.next = i + 1;
      return expr;
    }
    return std::nullopt;
  }
  // «برميل في اليوم», «مرتين في الأسبوع»: a figure stands before it.
  if (kind(at) == Kind::in && near(at + 1) && at > 0) {
    const auto& word = lex(at + 1);
    const bool day = word.kind == Kind::day_word && word.value == 0 && !lex(at).has(kAnd);
    const bool unit = word.kind == Kind::unit && word.has(kDefinite) &&
                      (word.flags & (kPlural | kDual)) == 0 && word.value < number_of(Unit::decade);
    if (!day && !unit) return std::nullopt;
    auto next = at + 2;
    if (folded(next) == "الواحد" || folded(next) == "الواحده") {
      ++next;
    } else if (near(next) && (kind(next) == Kind::weekday ||
                              (lex(next).has(kDefinite) && kind(next) != Kind::none) ||
                              (folded(next).starts_with("ال") && kind(next) == Kind::none &&
                               folded(next) != "الي"))) {
      return std::nullopt;
    }
    bool figure = next == at + 3;
    for (std::size_t back = 1; back <= 4 && back <= at && !figure; ++back) {
      if (starts_sentence(at - back + 1)) break;
      const auto before = kind(at - back);
      figure = before == Kind::number || before == Kind::counted || before == Kind::cardinal ||
               folded(at - back) == "مرتين" || folded(at - back) == "مره";
    }
    if (!figure) {
      // «في اليوم» without a figure: some day of a story, not today.
      if (day && near(at + 2)) return std::nullopt;
      return std::nullopt;
    }
    expr.unit = day ? Unit::day : static_cast<Unit>(word.value);
    expr.value = duration_value(1, expr.unit);
    expr.next = next;
    return expr;
  }
  return std::nullopt;
}

/// «حاليا», «سابقا», «الآونة الأخيرة», «الوقت الراهن».
std::optional<Expr> Grammar::vague_expr(std::size_t at) {
  Expr expr;
  expr.named = false;
  expr.rule = "vague";
  constexpr std::array<const char*, 3> kRefs{"PAST_REF", "PRESENT_REF", "FUTURE_REF"};
  const auto& word = lex(at);
  const auto previous = at > 0 && near(at) ? kind(at - 1) : Kind::none;
  if (word.kind == Kind::vague) {
    if (word.has(kWeak)) {
      if (word.has(kDefinite) && previous != Kind::in) return std::nullopt;  // تيار المستقبل
      if (!word.has(kDefinite) && near(at + 1) &&
          (kind(at + 1) == Kind::from || folded(at + 1) == "جدا")) {
        if (kind(at + 1) == Kind::from) return std::nullopt;  // «قريبا من المدينة»
      }
    }
    expr.value = kRefs[static_cast<std::size_t>(word.value + 1)];
    expr.next = at + 1;
    if (near(expr.next) && folded(expr.next) == "جدا") ++expr.next;
    if (word.has(kDefinite) && word.value == 1 && near(expr.next) &&
        (folded(expr.next) == "القريب" || folded(expr.next) == "المنظور")) {
      ++expr.next;
    }
    return expr;
  }
  if (!word.has(kDefinite) || !near(at + 1)) return std::nullopt;
  const auto& which = lex(at + 1);
  if (!which.has(kDefinite)) return std::nullopt;
  expr.next = at + 2;
  switch (which.kind) {
    case Kind::past:
    case Kind::recent:
      if (word.kind == Kind::late) return std::nullopt;
      expr.value = "PAST_REF";
      return expr;
    case Kind::current:
      expr.value = "PRESENT_REF";
      return expr;
    case Kind::next:
      if (word.kind == Kind::late) return std::nullopt;
      expr.value = "FUTURE_REF";
      return expr;
    default:
      return std::nullopt;
  }
}

}  // namespace fihris::timex
