// SPDX-License-Identifier: GPL-2.0-or-later
// Years: «عام 2014», «1433هـ», a bare number where only a year can stand.
#include <algorithm>
#include <cstdlib>

#include "timex/grammar.h"

namespace fihris::timex {

namespace {

bool is_hijri_number(int year) { return year >= 1340 && year <= 1460; }

}  // namespace

/// The Hijri years from one to another as one expression.
std::optional<Expr> Grammar::hijri_years(int first, int last, std::size_t next) const {
  const auto low = timex::hijri_year(first);
  const auto high = timex::hijri_year(last);
  if (!low || !high || last < first) return std::nullopt;
  Expr expr;
  expr.next = next;
  expr.unit = Unit::year;
  expr.rule = "hijri-year";
  expr.range = DateRange{low->first, high->last};
  expr.value = year_name(low->first.year) + "/" + year_name(high->last.year);
  return expr;
}

/// «1433هـ», «1433 هجرية», «1436/1437هـ».
std::optional<Expr> Grammar::hijri_year_expr(std::size_t at) const {
  const auto number = year_number(at);
  if (!number || !number->digits) return std::nullopt;
  const auto is_era = [&](std::size_t i) {
    return kind(i) == Kind::era && lex(i).value == 1 && soft(i);
  };
  const int year = static_cast<int>(number->value);
  const auto next = number->next;
  if (is_era(next)) return hijri_years(year, year, next + 1);
  if ((gap(next) != Gap::slash && gap(next) != Gap::dash) || kind(next) != Kind::number) {
    return std::nullopt;
  }
  // The two may stand in either order, right to left.
  const int second = lex(next).value;
  if (!is_hijri_number(year) || !is_hijri_number(second) || std::abs(second - year) != 1) {
    return std::nullopt;
  }
  return hijri_years(std::min(year, second), std::max(year, second),
                     next + (is_era(next + 1) ? 2 : 1));
}

/// One year, or two: «2014», «2014/2015», «1936-1939», «2015 م».
std::optional<Expr> Grammar::plain_year(int year, std::size_t next) const {
  Expr expr;
  expr.unit = Unit::year;
  expr.rule = "year";
  expr.range = year_range(year);
  if (!expr.range) return std::nullopt;
  expr.value = year_name(year);
  expr.next = next;
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
}

/// «عام 2014», «(2014)», «منذ 2011»: a word before the number, or a place where only years stand.
std::optional<Expr> Grammar::year_expr(std::size_t at) {
  const auto finish = [&](int year, std::size_t next, const char* rule, double confidence) {
    auto expr = plain_year(year, next);
    if (expr) {
      expr->rule = rule;
      expr->confidence = confidence;
    }
    return expr;
  };
  if (kind(at) == Kind::unit && lex(at).value == number_of(Unit::year) &&
      (!lex(at).has(kDual) || lex(at).has(kConstruct) || lex(at).has(kDefinite))) {
    const auto before = gap(at + 1);
    if (before != Gap::blank && before != Gap::none && before != Gap::open) return std::nullopt;
    const auto year = year_number(at + 1);
    if (!year) return std::nullopt;
    if (near(at) && kind(at - 1) == Kind::number) return std::nullopt;  // «24 عاما 2015»
    // «أعوام 2011 و2012», «السنوات 2010-2015».
    if (lex(at).has(kPlural) && (!year->digits || year->value < kFirstPlainYear ||
                                 year->value > kLastPlainYear || before == Gap::open)) {
      return std::nullopt;
    }
    if (auto hijri = hijri_year_expr(at + 1)) return hijri;
    if (year->digits) {
      const auto era = soft(year->next) ? lex(year->next) : Lex{};
      const int value = static_cast<int>(year->value);
      if (era.kind == Kind::era && era.value == 1) return std::nullopt;  // before the tables
      if (is_hijri_number(value) && era.kind != Kind::era) {
        return hijri_years(value, value, year->next);
      }
    }
    auto done = finish(static_cast<int>(year->value), year->next, "year", 1);
    if (done && before == Gap::open && done->next == at + 2) done->end = closing(at + 1);
    return done;
  }
  const auto year = year_number(at);
  if (!year || !year->digits || folded(at).size() != 4) return std::nullopt;
  const int value = static_cast<int>(year->value);
  std::size_t open = tokens_[at].begin;
  while (open > 0 && text_[open - 1] == ' ') --open;
  const bool in_brackets = closing(at) != 0 && open > 0 && text_[open - 1] == '(';
  const int first_year = in_brackets ? kFirstBracketYear : kFirstPlainYear;
  if (value < first_year || value > kLastPlainYear) return std::nullopt;
  constexpr const char* kRule = "bare-year";
  const auto& after = lex(year->next);
  if (after.kind == Kind::era && after.value == 0 && near(year->next)) {
    return finish(value, year->next, kRule, 1);
  }
  // An amount, the number of a resolution, a part of a longer figure.
  if (near(year->next)) {
    if (after.kind == Kind::counted || after.kind == Kind::cardinal ||
        (after.kind == Kind::unit && !after.has(kDefinite) && !after.has(kAnd))) {
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
  const bool led =
      adjacent &&
      (before.kind == Kind::in || before.kind == Kind::since || before.kind == Kind::until ||
       before.kind == Kind::during || before.kind == Kind::edge || before.kind == Kind::before ||
       before.kind == Kind::after || before.kind == Kind::season || before.kind == Kind::past ||
       before.kind == Kind::current || before.kind == Kind::next);
  // A round number is an amount more often: «في 2000 موقع».
  const bool alone = !near(year->next) || year->next >= tokens_.size() ||
                     after.kind != Kind::none || tokens_[year->next].word->stop ||
                     folded(year->next).starts_with("و") || folded(year->next).starts_with("ال");
  const bool round = value % 100 == 0;
  if (led && (!round || alone)) {
    return finish(value, year->next, kRule, 0.9);
  }
  if (round) return std::nullopt;
  // «(2013)», «مونديال 2014», «بين 2011 و2013», a list of years.
  const auto year_at = [&](std::size_t i) {
    return kind(i) == Kind::number && folded(i).size() == 4 && lex(i).value >= kFirstPlainYear &&
           lex(i).value <= kLastPlainYear;
  };
  const bool linked = at > 1 && near(at) && year_at(at - 2) &&
                      (before.kind == Kind::and_word || before.kind == Kind::or_word ||
                       before.kind == Kind::to || before.kind == Kind::until);
  const bool in_list = (gap(at) == Gap::comma && at > 0 && year_at(at - 1)) || linked;
  const bool after_noun = adjacent && before.kind != Kind::number && at > 0 &&
                          tokens_[at - 1].word->kind == TokenKind::arabic && value >= 1914 &&
                          value <= 2035;
  const bool ends_well = !near(year->next) || year->next >= tokens_.size() ||
                         folded(year->next).starts_with("ال") || after.kind != Kind::none ||
                         tokens_[year->next].word->stop || folded(year->next).starts_with("و") ||
                         folded(year->next).starts_with("ل") || folded(year->next).starts_with("ب");
  const bool span = gap(year->next) == Gap::dash && kind(year->next) == Kind::number &&
                    folded(year->next).size() == 4 && lex(year->next).value > value &&
                    lex(year->next).value < value + 60 && !(at > 0 && kind(at - 1) == Kind::number);
  // «الانتفاضة الأولى 1987».
  const bool numbered = before.kind == Kind::ordinal && before.has(kDefinite);
  if (in_brackets || in_list || span || (after_noun && (ends_well || numbered))) {
    return finish(value, year->next, kRule, 0.7);
  }
  return std::nullopt;
}

}  // namespace fihris::timex
