// SPDX-License-Identifier: GPL-2.0-or-later
// How long: «خمس سنوات ونصف», «سنتين و3 أشهر», «الأيام الثلاثة الماضية».
#include <array>
#include <cmath>
#include <initializer_list>

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

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const auto known : words) {
    if (word == known) return true;
  }
  return false;
}

/// «استمر», «تستغرق»: how long stands behind it without a preposition.
bool is_lasting(std::string_view word) {
  return one_of(word, {"استمر",  "استمرت", "يستمر", "تستمر", "استغرق", "استغرقت", "يستغرق",
                       "تستغرق", "دام",    "دامت",  "يدوم",  "تدوم",   "امتد",    "امتدت",
                       "قضي",    "قضت",    "قضوا",  "امضي",  "امضت",   "امضوا",   "مكث"});
}

/// A length part by part, the larger ones first: "P2Y3M", "PT1H54M", "P2DT12H".
class Length {
 public:
  void add(double count, Unit unit) {
    auto& part = is_clock(unit) ? clock_ : days_;
    part += plain_number(count) + std::string(kDesignators[static_cast<std::size_t>(unit)]);
  }
  std::string value() const { return "P" + days_ + (clock_.empty() ? "" : "T" + clock_); }

 private:
  std::string days_;
  std::string clock_;
};

}  // namespace

std::string duration_value(double count, Unit unit) {
  return (is_clock(unit) ? "PT" : "P") + plain_number(count) +
         std::string(kDesignators[static_cast<std::size_t>(unit)]);
}

/// A word that says which one before it: «أيام العيد», «عام 2014», «شهر رمضان», «يوم الجمعة».
bool Grammar::is_named_by(std::size_t next) const {
  if (!near(next)) return false;
  switch (kind(next)) {
    case Kind::number:
    case Kind::month:
    case Kind::month_pair:
    case Kind::hijri_month:
    case Kind::dhu:
    case Kind::weekday:
    case Kind::day_word:
    case Kind::feast:
    case Kind::feast_name:
      return !lex(next).has(kAnd) && lex(next).clitics == 0;
    case Kind::none:
    case Kind::unit:
    case Kind::day_part:
      return folded(next).starts_with("ال");
    default:
      return false;
  }
}

/// Nothing behind it that it could govern: the end of a clause, a particle, a verb.
bool Grammar::stands_alone(std::size_t next) const {
  return !near(next) || next >= tokens_.size() || tokens_[next].word->stop ||
         (kind(next) != Kind::none && !is_named_by(next));
}

/// Something before `at` that a length follows: «خلال», «أكثر من», «نحو», «بعد مرور», «استمر».
bool Grammar::is_measured(std::size_t at) const {
  if (at == 0 || !near(at) || lex(at).clitics > 0) return false;
  const auto& previous = lex(at - 1);
  const auto word = folded(at - 1);
  switch (previous.kind) {
    case Kind::since:
    case Kind::during:
    case Kind::for_time:
      return true;
    case Kind::almost:
      return previous.value == 0;
    case Kind::from:
      return at > 1 && near(at - 1) &&
             (kind(at - 2) == Kind::almost ||
              one_of(folded(at - 2), {"ازيد", "اطول", "اقصر", "اكثر", "لاكثر", "لاقل"}));
    default:
      return one_of(word, {"مضي", "مرور", "انقضاء", "مسافه"}) || is_lasting(word);
  }
}

/// What may stand behind a count and its unit: «ونصف السنة», «و3 أشهر», «وأسبوعين», «كامل».
std::optional<Expr> Grammar::finish_duration(double count, Unit unit, std::size_t next) const {
  if (near(next) && folded(next) == "ضوييه") return std::nullopt;  // a distance
  Expr expr;
  expr.type = TimexType::duration;
  expr.rule = "duration";
  expr.named = false;
  expr.unit = unit;
  const auto smaller = [&](std::size_t i, Unit than) {
    return kind(i) == Kind::unit && near(i) && static_cast<Unit>(lex(i).value) < than &&
           !lex(i).has(kDefinite) && !lex(i).has(kConstruct);
  };
  Length length;
  if (kind(next) == Kind::fraction && lex(next).has(kAnd) && near(next)) {
    count += 1.0 / lex(next).value;
    if (lex(next).value == 3) count = std::round(count * 10) / 10;
    ++next;
    if (kind(next) == Kind::unit && lex(next).value == number_of(unit) &&
        lex(next).has(kDefinite) && near(next)) {
      ++next;
    }
    length.add(count, unit);
  } else {
    length.add(count, unit);
    for (auto last = unit; near(next);) {
      const bool detached = kind(next) == Kind::and_word;
      if (!detached && !lex(next).has(kAnd)) break;
      const auto i = detached ? next + 1 : next;
      if (kind(i) == Kind::unit && near(i)) {
        // «عام وشهرين», «سنة وشهر».
        if (!smaller(i, last) || lex(i).has(kPlural)) break;
        if (!lex(i).has(kDual) && !stands_alone(i + 1)) break;
        last = static_cast<Unit>(lex(i).value);
        length.add(lex(i).has(kDual) ? 2 : 1, last);
        next = i + 1;
        continue;
      }
      const auto more = cardinal(i);
      if (!more || !smaller(more->next, last) || lex(more->next).clitics > 0) break;
      last = static_cast<Unit>(lex(more->next).value);
      length.add(more->value, last);
      next = more->next + 1;
    }
  }
  if (kind(next) == Kind::whole && near(next)) ++next;
  expr.value = length.value();
  expr.next = next;
  return expr;
}

/// A unit without a number: «شهرين», «لمدة أسبوع», «عام ونصف», «خلال أيام», «لسنوات».
std::optional<Expr> Grammar::unit_duration(std::size_t at) const {
  const auto& word = lex(at);
  const auto unit = static_cast<Unit>(word.value);
  const auto next = at + 1;
  const auto previous = at > 0 && near(at) ? kind(at - 1) : Kind::none;
  const auto before = at > 0 && near(at) ? folded(at - 1) : std::string_view();
  const bool measured = is_measured(at);
  if (word.has(kConstruct)) return std::nullopt;
  // «عامّا»: general.
  if (unit == Unit::year && tokens_[at].word->written.find("ّ") != std::string_view::npos) {
    return std::nullopt;
  }
  if (word.has(kDual)) {
    // «المدراء العامين», «مدراء عامين»: general managers.
    if (unit == Unit::year && one_of(before, {"مدراء", "مديرين", "مديرون", "امناء", "مدعين",
                                              "مدعون", "مشرفين", "مشرفون", "مفتشين"})) {
      return std::nullopt;
    }
    if (word.has(kDefinite) && !measured) return std::nullopt;
    const bool two = near(next) && one_of(folded(next), {"اثنين", "اثنتين"});
    return finish_duration(2, unit, two ? next + 1 : next);
  }
  if (word.has(kPlural)) {
    if (word.has(kDefinite)) return std::nullopt;
    // «لسنوات», «بعدها بأشهر».
    const auto letters = folded(at);
    const bool bound =
        word.has(kLam) && stands_alone(next) &&
        (letters.starts_with("ل") || letters.starts_with("ب") || letters.starts_with("ول"));
    const bool few = ((kind(next) == Kind::few && lex(next).value == 0) ||
                      (kind(next) == Kind::some && folded(next) == "عده")) &&
                     near(next) && !one_of(folded(next + 1), {"الامد", "الاجل", "المدي"});
    if (!few && is_named_by(next)) return std::nullopt;
    if (!few && !bound && !measured && previous != Kind::after) return std::nullopt;
    if (bound && !few && unit == Unit::decade) return std::nullopt;  // «لعقود»: for contracts
    Expr expr;
    expr.type = TimexType::duration;
    expr.rule = "duration";
    expr.named = false;
    expr.unit = unit;
    expr.value = vague_duration(unit);
    expr.next = few ? next + 1 : next;
    return expr;
  }
  if (word.has(kDefinite)) {
    // «قرابة الشهر».
    const bool about = previous == Kind::almost && lex(at - 1).value == 0 && unit >= Unit::hour;
    if (!about || !stands_alone(next) || kind(next) == Kind::ordinal ||
        kind(next) == Kind::cardinal) {
      return std::nullopt;
    }
    return finish_duration(1, unit, next);
  }
  if (near(next) && kind(next) == Kind::cardinal && lex(next).value == 1 &&
      !lex(next).has(kDefinite) && !lex(next).has(kAnd) && lex(next).clitics == 0) {
    return finish_duration(1, unit, next + 1);
  }
  if (near(next) &&
      (kind(next) == Kind::whole ||
       (kind(next) == Kind::fraction && lex(next).has(kAnd) && !lex(next).has(kDefinite)))) {
    return finish_duration(1, unit, next);
  }
  if (near(next) && folded(next) == "ضوييه") return std::nullopt;
  // «عاما بعد عام».
  if (previous == Kind::after && at > 1 && kind(at - 2) == Kind::unit) return std::nullopt;
  const bool from_event =
      (previous == Kind::after || previous == Kind::before) && near(next) &&
      (kind(next) == Kind::from || (previous == Kind::after && folded(next) == "علي"));
  const bool after = previous == Kind::after && stands_alone(next) && lex(at).clitics == 0;
  if ((measured || from_event || after) && !is_named_by(next)) {
    return finish_duration(1, unit, next);
  }
  // «بعدها بأسبوع», «قبل الموعد بشهر».
  if (word.has(kLam) && folded(at).starts_with("ب") && stands_alone(next)) {
    for (std::size_t back = 1; back <= 4 && back <= at; ++back) {
      if (starts_sentence(at - back + 1)) break;
      const auto i = at - back;
      if (kind(i) == Kind::before || kind(i) == Kind::after ||
          one_of(folded(i), {"قبلها", "قبله", "بعدها", "بعده", "وبعدها", "وقبلها"})) {
        return finish_duration(1, unit, next);
      }
    }
  }
  // «عام وثلاثة أشهر».
  if (word.clitics == 0 && near(next) && (lex(next).has(kAnd) || kind(next) == Kind::and_word)) {
    auto parts = finish_duration(1, unit, next);
    if (parts && parts->next > next + 1) return parts;
  }
  return std::nullopt;
}

/// «90 يوما», «خمس سنوات ونصف السنة», «يومين», «عدة أيام», «نصف ساعة», «لمدة أسبوع كامل».
std::optional<Expr> Grammar::duration(std::size_t at) {
  const auto unit_of = [&](std::size_t i) { return static_cast<Unit>(lex(i).value); };
  const auto i = at + 1;
  switch (kind(at)) {
    case Kind::for_time: {
      // «طوال الأسبوع», «على مدار العام», «طيلة أسبوع».
      if (!near(i)) return std::nullopt;
      const bool all = lex(at).value == 1;
      if (all && kind(i) == Kind::day_word && lex(i).value == 0 && !near(i + 1)) {
        return finish_duration(1, Unit::day, i + 1);
      }
      if (kind(i) != Kind::unit || (lex(i).flags & (kPlural | kDual)) != 0 ||
          unit_of(i) < Unit::day) {
        return std::nullopt;
      }
      if (!lex(i).has(kDefinite)) {
        if (!all || near(i + 1)) return std::nullopt;
      } else if (near(i + 1) && (kind(i + 1) == Kind::past || kind(i + 1) == Kind::current ||
                                 kind(i + 1) == Kind::next || kind(i + 1) == Kind::number)) {
        return std::nullopt;
      }
      return finish_duration(1, unit_of(i), i + 1);
    }
    case Kind::some: {
      if (kind(i) != Kind::unit || !near(i) || !lex(i).has(kPlural)) return std::nullopt;
      Expr expr;
      expr.type = TimexType::duration;
      expr.rule = "duration";
      expr.named = false;
      expr.value = vague_duration(unit_of(i));
      expr.unit = unit_of(i);
      expr.next = i + 1;
      return expr;
    }
    case Kind::fraction: {
      if (lex(at).has(kDefinite) || kind(i) != Kind::unit || !near(i) ||
          (lex(i).flags & (kPlural | kDual)) != 0) {
        return std::nullopt;
      }
      if (lex(i).has(kDefinite) && unit_of(i) != Unit::hour) return std::nullopt;
      return finish_duration(lex(at).value == 3 ? 0.33 : 1.0 / lex(at).value, unit_of(i), i + 1);
    }
    case Kind::unit:
      return unit_duration(at);
    default:
      return counted_duration(at);
  }
}

/// A number before the unit: «24 ساعة», «الثلاثة أيام الماضية».
std::optional<Expr> Grammar::counted_duration(std::size_t at) const {
  const auto count = cardinal(at);
  if (!count) return std::nullopt;
  const auto i = count->next;
  if (kind(i) != Kind::unit || !near(i) || lex(i).clitics > 0 ||
      (lex(i).has(kConstruct) && lex(i).has(kDual))) {
    return std::nullopt;
  }
  if (kind(at) == Kind::cardinal && i == at + 1) {
    if (lex(at).has(kWeak)) return std::nullopt;
    if (lex(at).has(kDefinite) && !(count->value >= 3 && lex(i).has(kPlural)) &&
        count->value <= 10) {
      return std::nullopt;
    }
  }
  // «39 في المائة عام 2012»: the year stands for itself.
  if (kind(at) == Kind::cardinal && count->value == 100 && at > 0 && kind(at - 1) == Kind::in) {
    return std::nullopt;
  }
  if (near(i + 1) && kind(i + 1) == Kind::number && !lex(i).has(kPlural) &&
      lex(i).value == number_of(Unit::year) && lex(i + 1).value >= 1000) {
    return std::nullopt;
  }
  if (count->value <= 0 && !count->digits) return std::nullopt;
  if (count->digits && lex(i).value == number_of(Unit::year) && count->value >= 1900 &&
      count->value <= 2100) {
    return std::nullopt;
  }
  auto whole = finish_duration(count->value, static_cast<Unit>(lex(i).value), i + 1);
  // «24 ساعة الماضية»: a window.
  const auto& which = lex(i + 1);
  if (whole && near(i + 1) && which.has(kDefinite) &&
      (which.kind == Kind::past || which.kind == Kind::next || which.kind == Kind::recent)) {
    whole->next = i + 2;
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
  Expr expr;
  expr.unit = unit;
  expr.rule = "window";
  expr.named = false;
  // «خلال الأيام الثلاثة».
  const bool said = i > at + 1 && count && at > 0 && near(at) &&
                    (kind(at - 1) == Kind::during || kind(at - 1) == Kind::for_time ||
                     kind(at - 1) == Kind::since);
  const auto counted = [&]() -> Maybe {
    if (!said) return std::nullopt;
    return finish_duration(*count, unit, i);
  };
  if (!near(i)) return counted();
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
  // «الساعات الأخيرة من مساء أمس» is a part of another time.
  if (which.kind == Kind::recent && !count && kind(next) == Kind::from && near(next)) {
    return std::nullopt;
  }
  const bool before =
      which.kind == Kind::past || which.kind == Kind::recent || which.kind == Kind::previous;
  const bool later =
      which.kind == Kind::next || (which.kind == Kind::following && which.value == 0);
  if ((!before && !later) || !which.has(kDefinite)) return counted();
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

}  // namespace fihris::timex
