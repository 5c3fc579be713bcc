// SPDX-License-Identifier: GPL-2.0-or-later
// How often: «يوميا», «التقرير الشهري», «كل أسبوع», «مرتين في الشهر».
#include <array>
#include <initializer_list>
#include <string>
#include <utility>

#include "timex/grammar.h"

namespace fihris::timex {

namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const auto known : words) {
    if (word == known) return true;
  }
  return false;
}

/// Nouns that «شهري» stands behind as an adjective; alone with the article it is a family's name.
constexpr std::array<std::string_view, 20> kMonthlyNouns{
    "تقرير", "راتب", "رواتب", "معدل",  "متوسط",   "دخل",   "قسط",  "ايجار", "اجتماع", "لقاء",
    "اجر",   "مسح",  "تصنيف", "انفاق", "استهلاك", "انتاج", "نشاط", "ملتقي", "مؤشر",   "اساس"};

}  // namespace

std::optional<Expr> Grammar::repeated(std::string value, Unit unit, std::size_t next) const {
  Expr expr;
  expr.type = TimexType::set;
  expr.rule = "set";
  expr.named = false;
  expr.unit = unit;
  expr.value = std::move(value);
  expr.next = next;
  return expr;
}

/// «يوميا», «السنوية», «العمل اليومي», «كل أسبوع», «مرتين في الشهر».
std::optional<Expr> Grammar::set_expr(std::size_t at) const {
  switch (kind(at)) {
    case Kind::adverb:
      return set_adverb(at);
    case Kind::every:
      return every_expr(at);
    case Kind::in:
      return near(at + 1) ? per_unit(at, at + 1) : std::nullopt;
    case Kind::day_word:
    case Kind::unit:
      if (lex(at).has(kConstruct) && lex(at).has(kDual)) return set_adjective(at);
      // «ثلاث ساعات باليوم».
      if (lex(at).has(kLam) && folded(at).starts_with("بال")) {
        return per_unit(at, at);
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<Expr> Grammar::set_adverb(std::size_t at) const {
  // «الذكرى السنوية» is one day, no repetition.
  const auto previous = at > 0 && near(at) ? folded(at - 1) : std::string_view();
  if (one_of(previous, {"ذكري", "الذكري", "بالذكري", "للذكري", "ذكراه", "ذكراها", "والذكري"})) {
    return std::nullopt;
  }
  // «أول يومية عربية»: a daily paper.
  if (folded(at) == "يوميه" && one_of(previous, {"اول", "اقدم", "اكبر"})) return std::nullopt;
  if (lex(at).clitics > 0 && !lex(at).has(kAnd)) return std::nullopt;
  const auto unit = static_cast<Unit>(lex(at).value);
  const bool parts = at > 0 && near(at) && kind(at - 1) == Kind::fraction;
  if (parts && unit == Unit::year) {
    return repeated(duration_value(12.0 / lex(at - 1).value, Unit::month), unit, at + 1);
  }
  return repeated(duration_value(1, unit), unit, at + 1);
}

/// «بشكل يومي», «الراتب الشهري»: the same letters as the dual of «يومي الخميس والجمعة».
std::optional<Expr> Grammar::set_adjective(std::size_t at) const {
  if (at == 0 || !near(at) || lex(at).clitics > 0 || kind(at - 1) != Kind::none) {
    return std::nullopt;
  }
  const auto unit = static_cast<Unit>(lex(at).value);
  if (unit != Unit::day && unit != Unit::month) return std::nullopt;
  const auto noun = folded(at - 1);
  const bool definite = lex(at).has(kDefinite);
  if (tokens_[at - 1].word->stop) return std::nullopt;
  if (definite && unit == Unit::month) {
    bool known = false;
    for (const auto stem : kMonthlyNouns) known = known || noun.find(stem) != noun.npos;
    if (!known) return std::nullopt;
  }
  if (!definite &&
      (is_named_by(at + 1) || noun.starts_with("ال") ||
       (near(at + 1) && (kind(at + 1) == Kind::ordinal || kind(at + 1) == Kind::cardinal)))) {
    return std::nullopt;
  }
  return repeated(duration_value(1, unit), unit, at + 1);
}

std::optional<Expr> Grammar::every_expr(std::size_t at) const {
  auto i = at + 1;
  if (!near(i) || lex(at).has(kDefinite)) return std::nullopt;
  // «كل جمعة», «كل يوم اثنين».
  const bool day = kind(i) == Kind::unit && lex(i).value == number_of(Unit::day) &&
                   (lex(i).flags & (kDefinite | kPlural | kDual)) == 0;
  const auto name = day && near(i + 1) ? i + 1 : i;
  // «كل أحد» is everyone, «كل اثنين» every two.
  if (const int number = bare_weekday(folded(name)); number > 1 || (number >= 0 && name > i)) {
    return repeated("XXXX-WXX-" + std::to_string(number == 0 ? 7 : number), Unit::day, name + 1);
  }
  if (kind(i) == Kind::unit && !lex(i).has(kDefinite) && !lex(i).has(kPlural) &&
      lex(i).clitics == 0) {
    // «كل يوم من», «كل سنة ضوئية»; «كل عام وأنتم بخير» is a greeting.
    if (near(i + 1) &&
        (folded(i + 1) == "من" || kind(i + 1) == Kind::number ||
         one_of(folded(i + 1), {"وانتم", "وانت", "وانتن", "والجميع", "وهم", "ونحن", "ضوييه"}))) {
      return std::nullopt;
    }
    const auto unit = static_cast<Unit>(lex(i).value);
    return repeated(duration_value(lex(i).has(kDual) ? 2 : 1, unit), unit, i + 1);
  }
  if (kind(i) == Kind::day_part && !lex(i).has(kDefinite) && !lex(i).has(kWeak) &&
      lex(i).clitics == 0) {
    return repeated("XXXX-XX-XXT" + std::string(day_part_code(lex(i).value)), Unit::day, i + 1);
  }
  const auto count = cardinal(i);
  if (count && kind(count->next) == Kind::unit && near(count->next)) {
    const auto unit = static_cast<Unit>(lex(count->next).value);
    return repeated(duration_value(count->value, unit), unit, count->next + 1);
  }
  return std::nullopt;
}

/// «برميل في اليوم», «مرتين في الأسبوع», «ساعتين باليوم»: a figure stands before it.
std::optional<Expr> Grammar::per_unit(std::size_t at, std::size_t i) const {
  if (at == 0) return std::nullopt;
  const auto& word = lex(i);
  const bool day = word.kind == Kind::day_word && word.value == 0 && !lex(at).has(kAnd);
  const bool unit = word.kind == Kind::unit && word.has(kDefinite) &&
                    (word.flags & (kPlural | kDual)) == 0 && word.value < number_of(Unit::decade);
  if (!day && !unit) return std::nullopt;
  const auto span = day ? Unit::day : static_cast<Unit>(word.value);
  auto next = i + 1;
  if (span != Unit::hour && one_of(folded(next), {"الواحد", "الواحده"})) {
    return repeated(duration_value(1, span), span, next + 1);
  }
  if (near(next) &&
      (kind(next) == Kind::weekday || kind(next) == Kind::number || kind(next) == Kind::cardinal ||
       (lex(next).has(kDefinite) && kind(next) != Kind::none) ||
       (folded(next).starts_with("ال") && kind(next) == Kind::none && folded(next) != "الي"))) {
    return std::nullopt;
  }
  for (std::size_t back = 1; back <= 4 && back <= at; ++back) {
    if (starts_sentence(at - back + 1)) break;
    const auto before = kind(at - back);
    if (before == Kind::number || before == Kind::counted || before == Kind::cardinal ||
        one_of(folded(at - back), {"مرتين", "مرتان", "مره"})) {
      return repeated(duration_value(1, span), span, next);
    }
  }
  return std::nullopt;
}

}  // namespace fihris::timex
