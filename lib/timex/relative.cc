// SPDX-License-Identifier: GPL-2.0-or-later
// What is counted from the day of publication: «الشهر المقبل», «هذا الأسبوع», «قبل يومين».
#include <algorithm>
#include <cstdlib>
#include <initializer_list>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

constexpr int kSureDays = 7;  ///< «قبل ثلاثة أيام» names a day, «قبل 40 يوما» hardly
constexpr int kMostUnits = 4000;
constexpr int kSchoolBegins = 9;  ///< September

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const auto known : words) {
    if (word == known) return true;
  }
  return false;
}

}  // namespace

/// الماضي −1, المقبل +1, الجاري 0, قبل الماضي −2, بعد المقبل +2; `next` moves past it.
std::optional<int> Grammar::shift_of(std::size_t at, std::size_t& next) const {
  if (!soft(at)) return std::nullopt;
  const auto& word = lex(at);
  const auto& then = lex(at + 1);
  if (word.kind == Kind::before && then.kind == Kind::past && near(at + 1)) {
    next = at + 2;
    return -2;
  }
  if (word.kind == Kind::after && then.kind == Kind::next && near(at + 1)) {
    next = at + 2;
    return 2;
  }
  if (!word.has(kDefinite) || word.clitics > 0) return std::nullopt;
  next = at + 1;
  switch (word.kind) {
    case Kind::past:
    case Kind::recent:
      return -1;
    case Kind::next:
      return 1;
    case Kind::current:
      return 0;
    default:
      return std::nullopt;
  }
}

std::optional<Expr> Grammar::unit_with(Unit unit, int shift, std::size_t next,
                                       const char* rule) const {
  Expr expr;
  expr.next = next;
  expr.unit = unit;
  expr.rule = rule;
  if (!anchor_ || std::abs(shift) > kMostUnits) {
    expr.value = shift < 0 ? "PAST_REF" : shift > 0 ? "FUTURE_REF" : "PRESENT_REF";
    expr.named = false;
    return expr;
  }
  const Date& now = *anchor_;
  switch (unit) {
    case Unit::day: {
      const auto day = add_days(now, shift);
      if (!is_valid(day)) return std::nullopt;
      expr.range = DateRange{day, day};
      expr.value = to_iso(day);
      break;
    }
    case Unit::week: {
      const auto day = add_days(now, 7 * shift);
      if (!is_valid(day)) return std::nullopt;
      expr.range = iso_week(day);
      expr.value = iso_week_name(day);
      expr.named = false;
      break;
    }
    case Unit::month: {
      const auto month = add_months({now.year, now.month, 1}, shift);
      if (!month) return std::nullopt;
      expr.range = month_range(month->year, month->month);
      expr.value = timex::month_name(month->year, month->month);
      break;
    }
    case Unit::year:
      expr.range = year_range(now.year + shift);
      if (!expr.range) return std::nullopt;
      expr.value = year_name(now.year + shift);
      break;
    case Unit::decade: {
      const int first = (now.year / 10 + shift) * 10;
      const auto low = year_range(first);
      const auto high = year_range(first + 9);
      if (!low || !high) return std::nullopt;
      expr.range = DateRange{low->first, high->last};
      expr.value = year_name(first).substr(0, 3);
      expr.named = false;
      break;
    }
    case Unit::century: {
      const int first = (now.year / 100 + shift) * 100;
      const auto low = year_range(first == 0 ? 1 : first);
      const auto high = year_range(first + 99);
      if (!low || !high) return std::nullopt;
      expr.range = DateRange{low->first, high->last};
      expr.value = year_name(first).substr(0, 2);
      expr.named = false;
      break;
    }
    default:
      return std::nullopt;
  }
  return expr;
}

/// The year in digits that stands at `at`, 1900 to 2100; 0 if there is none.
int Grammar::written_year(std::size_t at) const {
  if (!near(at) || !is_plain_number(at) || folded(at).size() != 4) return 0;
  const int year = lex(at).value;
  return year >= 1900 && year <= 2100 ? year : 0;
}

/// «الأسبوع الماضي», «العام المقبل», «الأسبوع الأول من يوليو».
std::optional<Expr> Grammar::unit_expr(std::size_t at) {
  if (kind(at) != Kind::unit || !lex(at).has(kDefinite) ||
      (lex(at).flags & (kPlural | kDual)) != 0) {
    return std::nullopt;
  }
  const auto unit = static_cast<Unit>(lex(at).value);
  if (unit < Unit::day) return std::nullopt;
  std::size_t next = at + 1;
  if (const auto shift = shift_of(at + 1, next)) {
    // «الأسبوع الأخير من رمضان».
    if (kind(next - 1) == Kind::recent && kind(next) == Kind::from && near(next)) {
      auto whole = unit == Unit::week ? month_expr(next + 1) : std::nullopt;
      if (!whole || !whole->range) return std::nullopt;
      whole->range->first = add_days(whole->range->last, -6);
      whole->named = false;
      whole->rule = "week-of-month";
      return whole;
    }
    auto expr = unit_with(unit, *shift, next, "relative");
    if (!expr) return std::nullopt;
    // «السنة الأخيرة» is the year up to now.
    if (kind(next - 1) == Kind::recent) expr->named = false;
    // «الأسبوع المقبل يوم الجمعة».
    if (unit == Unit::week && anchor_ && expr->range) {
      auto i = next;
      if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::day) && near(i)) ++i;
      if (kind(i) == Kind::weekday && near(i) && lex(i).clitics == 0) {
        const auto day = add_days(expr->range->first, (lex(i).value + 6) % 7);
        expr->range = DateRange{day, day};
        expr->value = to_iso(day);
        expr->unit = Unit::day;
        expr->next = i + 1;
        expr->named = true;
      }
    }
    if (const int written = written_year(expr->next); unit == Unit::year && written != 0) {
      expr->range = year_range(written);
      expr->value = year_name(written);
      ++expr->next;
    } else if (unit == Unit::year && near(expr->next)) {
      // «العام الحالي 1436هـ».
      if (auto hijri = hijri_year_expr(expr->next)) return hijri;
    }
    return expr;
  }
  if (!near(at + 1)) return std::nullopt;
  if (unit == Unit::year) {
    if (auto named = named_year(at)) return named;
  }
  const auto& word = lex(at + 1);
  if (word.kind == Kind::same && word.clitics == 0 && focus_ && unit >= Unit::month) {
    Expr expr;
    expr.next = at + 2;
    expr.unit = unit;
    expr.rule = "context";
    expr.confidence = 0.6;
    if (unit == Unit::year) {
      expr.range = year_range(focus_->year);
      expr.value = year_name(focus_->year);
    } else if (unit == Unit::month) {
      expr.range = month_range(focus_->year, focus_->month);
      expr.value = timex::month_name(focus_->year, focus_->month);
    } else {
      return std::nullopt;
    }
    expr.named = false;
    return expr;
  }
  if ((word.kind == Kind::previous || word.kind == Kind::following) && word.has(kDefinite)) {
    auto expr = unit_with(unit, word.kind == Kind::previous ? -1 : 1, at + 2, "context");
    const int written = written_year(at + 2);
    if (expr && unit == Unit::year && written != 0) {
      expr->range = year_range(written);
      expr->value = year_name(written);
      expr->next = at + 3;
      return expr;
    }
    if (expr) {
      expr->named = false;
      expr->confidence = 0.4;
    }
    return expr;
  }
  // «العقد الأول من القرن الحالي».
  if (unit == Unit::decade && word.kind == Kind::ordinal && kind(at + 2) == Kind::from) {
    auto century = century_expr(at + 3);
    if (!century || !century->range || word.value > 10) return std::nullopt;
    const int first = century->range->first.year / 100 * 100 + 10 * (word.value - 1);
    const auto low = year_range(first);
    const auto high = year_range(first + 9);
    if (!low || !high) return std::nullopt;
    century->range = DateRange{low->first, high->last};
    century->value = year_name(first).substr(0, 3);
    century->unit = Unit::decade;
    century->rule = "decade";
    return century;
  }
  if (unit == Unit::week && word.kind == Kind::ordinal && kind(at + 2) == Kind::from) {
    auto month = month_expr(at + 3);
    if (month && month->range && word.value <= 5) {
      const auto first = add_days(month->range->first, 7 * (word.value - 1));
      const auto last = add_days(first, 6);
      if (first <= month->range->last) {
        month->range = DateRange{first, last <= month->range->last ? last : month->range->last};
        month->named = false;
        month->rule = "week-of-month";
        return month;
      }
    }
  }
  return std::nullopt;
}

/// Years that are not those of the calendar: «العام الدراسي المقبل», «السنة المالية الحالية»,
/// «العام الهجري الماضي». School goes from September to August here.
std::optional<Expr> Grammar::named_year(std::size_t at) {
  const auto which = folded(at + 1);
  const bool school = one_of(which, {"الدراسي", "الدراسيه", "الجامعي", "الجامعيه", "الاكاديمي"});
  const bool money = one_of(which, {"المالي", "الماليه"});
  const bool hijri = one_of(which, {"الهجري", "الهجريه"});
  if (!school && !money && !hijri) return std::nullopt;
  auto i = at + 2;
  // Two Hijri years of a school year: it begins in the one where the first of them ends.
  const auto of_hijri = [&](std::size_t from) -> Maybe {
    auto years = near(from) ? hijri_year_expr(from) : std::nullopt;
    const bool pair = years && kind(from + 1) == Kind::number;
    if (!pair || !school) return years;
    const auto last = timex::hijri_year(std::min(lex(from).value, lex(from + 1).value));
    return last ? school_year(last->last.year, years->next) : std::nullopt;
  };
  if (auto years = of_hijri(i)) return years;
  auto next = i;
  auto shift = shift_of(i, next);
  if (!shift && near(i) && folded(i) == "الجديد") {
    shift = 1;
    next = i + 1;
  }
  if (!shift) {
    auto year = near(i) ? year_number(i) : std::nullopt;
    if (!year || !year->digits || folded(i).size() != 4) return std::nullopt;
    return plain_year(static_cast<int>(year->value), i + 1);
  }
  if (!anchor_) return std::nullopt;
  if (auto years = of_hijri(next)) return years;
  if (money) {
    auto expr = unit_with(Unit::year, *shift, next, "named-year");
    if (expr) expr->named = false;
    return expr;
  }
  if (hijri) {
    const auto now = to_hijri(*anchor_);
    return now ? hijri_years(now->year + *shift, now->year + *shift, next) : std::nullopt;
  }
  return school_year(anchor_->year + *shift - (anchor_->month < kSchoolBegins ? 1 : 0), next);
}

std::optional<Expr> Grammar::school_year(int first, std::size_t next) const {
  const auto low = month_range(first, kSchoolBegins);
  const auto high = month_range(first + 1, kSchoolBegins - 1);
  if (!low || !high) return std::nullopt;
  Expr expr;
  expr.next = next;
  expr.unit = Unit::year;
  expr.rule = "named-year";
  expr.named = false;
  expr.range = DateRange{low->first, high->last};
  expr.value = year_name(first) + "/" + year_name(first + 1);
  return expr;
}

/// «هذا الأسبوع», «هذه السنة», «هذا المساء», «هذه الأيام».
std::optional<Expr> Grammar::this_expr(std::size_t at) {
  if (!near(at + 1) || lex(at + 1).clitics > 0) return std::nullopt;
  const bool far = lex(at).value == 1;
  const auto& word = lex(at + 1);
  if (word.kind == Kind::day_word && word.value == 0) {
    if (far) {
      Expr expr;
      expr.next = at + 2;
      return expr;
    }
    return day_expr(at + 1);
  }
  if (far) return std::nullopt;
  if (word.kind == Kind::unit && word.has(kDefinite)) {
    const auto unit = static_cast<Unit>(word.value);
    if (word.has(kPlural)) {
      if (unit != Unit::day) return std::nullopt;
      Expr expr;
      expr.next = at + 2;
      expr.value = "PRESENT_REF";
      expr.named = false;
      expr.rule = "vague";
      return expr;
    }
    // «هذا العقد» is a contract more often than a decade.
    if (word.has(kDual) || unit < Unit::day || unit == Unit::decade) return std::nullopt;
    auto expr = unit_with(unit, 0, at + 2, "this");
    if (const int written = written_year(at + 2); expr && unit == Unit::year && written != 0) {
      expr->range = year_range(written);
      expr->value = year_name(written);
      ++expr->next;
    }
    return expr;
  }
  if (word.kind == Kind::unit && word.value == number_of(Unit::day)) return day_expr(at + 1);
  if (word.kind == Kind::period) {
    Expr expr;
    expr.next = at + 2;
    expr.value = "PRESENT_REF";
    expr.named = false;
    expr.rule = "vague";
    return expr;
  }
  if (word.kind == Kind::day_part && word.has(kDefinite) && !word.has(kWeak) && anchor_) {
    auto day = unit_with(Unit::day, 0, at + 2, "this-part");
    return day ? with_day_part(*day, word.value, "this-part") : std::nullopt;
  }
  if (word.kind == Kind::season || word.kind == Kind::rabi) return season_expr(at + 1);
  return std::nullopt;
}

/// «قبل ثلاثة أيام», «قبل عام», «قبل أيام», «منذ قليل».
std::optional<Expr> Grammar::ago(std::size_t at) {
  auto i = at + 1;
  if (!near(i) || lex(i).clitics > 0) return std::nullopt;
  Expr expr;
  expr.rule = "ago";
  const auto past_ref = [&](std::size_t next) -> Maybe {
    expr.value = "PAST_REF";
    expr.named = false;
    expr.next = next;
    return expr;
  };
  // «قليل», «فترة طويلة», «زمن بعيد».
  if (kind(i) == Kind::few && lex(i).value == 1) return past_ref(i + 1);
  const bool stretch = kind(i) == Kind::for_time && one_of(folded(i), {"مده", "امد"});
  if (kind(i) == Kind::late || kind(i) == Kind::period || stretch) {
    if (lex(i).has(kDefinite) || kind(i + 1) == Kind::from) return std::nullopt;
    if (kind(i + 1) == Kind::few && near(i + 1)) return past_ref(i + 2);
    if (near(i + 1) &&
        one_of(folded(i + 1), {"وجيزه", "وجيز", "ليست", "ليس", "سابقه", "سابق", "مبكر", "مبكره"})) {
      return past_ref(i + 2);
    }
    // «منذ لحظة وصوله», «قبل وقت الصلاة»: which one is said.
    if (kind(i) == Kind::period && folded(i) == "لحظه") return std::nullopt;
    if (!stands_alone(i + 1) && !folded(i + 1).starts_with("ل")) return std::nullopt;
    return past_ref(i + 1);
  }
  if (kind(at) == Kind::since || lex(at).value == 1) return std::nullopt;  // «منذ شهر»: how long
  bool about = false;
  while (kind(i) == Kind::almost && near(i)) {
    about = true;
    ++i;
    if (kind(i) == Kind::from) ++i;
  }
  const auto span = duration(i);
  std::size_t next = 0;
  double count = 1;
  Unit unit = Unit::day;
  if (kind(i) == Kind::unit && !lex(i).has(kDefinite) && (lex(i).flags & (kDual | kPlural)) == 0) {
    unit = static_cast<Unit>(lex(i).value);
    next = i + 1;
    const auto after = kind(next);
    if (near(next) &&
        (after == Kind::number || after == Kind::weekday || after == Kind::month ||
         after == Kind::hijri_month || after == Kind::month_pair || after == Kind::day_word ||
         after == Kind::dhu || after == Kind::rabi || after == Kind::cardinal)) {
      if (folded(next) != "واحد" && folded(next) != "واحده") return std::nullopt;
      ++next;
    }
    if (near(next) && folded(next).starts_with("ال") && kind(next) == Kind::none) {
      return std::nullopt;  // «قبل يوم القيامة»
    }
    if (span && span->next > next) next = span->next;
  } else if (kind(i) == Kind::unit && lex(i).has(kPlural) && !lex(i).has(kDefinite)) {
    next = i + 1;
    if (kind(next) == Kind::few && near(next)) ++next;
    if (near(next) && kind(next) == Kind::from) return std::nullopt;
    return past_ref(next);
  } else if (kind(i) == Kind::some) {
    if (!span) return std::nullopt;
    if (near(span->next) && kind(span->next) == Kind::from) return std::nullopt;
    return past_ref(span->next);
  } else if (span && span->type == TimexType::duration) {
    next = span->next;
    unit = span->unit;
    if (kind(i) == Kind::unit) {
      count = 2;
    } else if (const auto number = cardinal(i)) {
      count = number->value;
    } else {
      return std::nullopt;
    }
  } else {
    return std::nullopt;
  }
  // «قبل يومين من الهجوم» counts from the attack, «قبل دقائق على النهاية» from the end.
  if (near(next) && folded(next) == "علي") return std::nullopt;
  if (near(next) && kind(next) == Kind::from) {
    if (kind(next + 1) != Kind::vague && folded(next + 1) != "اليوم") return std::nullopt;
    next += 2;
  }
  if (span && span->value.size() > 8) return std::nullopt;
  const int whole = static_cast<int>(count);
  Maybe found;
  if (unit < Unit::day) {
    found = unit_with(Unit::day, 0, next, "ago-hours");
    if (found) found->named = false;
  } else {
    found = unit_with(unit, -whole, next, "ago");
    if (found && unit != Unit::day) found->named = false;
    if (found && unit == Unit::day && (about || whole > kSureDays)) found->named = false;
  }
  if (found) found->confidence = about ? 0.5 : 0.8;
  return found;
}

/// «بعد غد», «بعد ظهر اليوم», «بعد يومين» of what is to come.
std::optional<Expr> Grammar::after_expr(std::size_t at) {
  const auto i = at + 1;
  if (!near(i) || lex(i).clitics > 0) return std::nullopt;
  if (kind(i) == Kind::day_word && lex(i).value == 1) return day_expr(at);
  if (kind(i) == Kind::day_part && (lex(i).value == 2 || lex(i).value == 3)) {
    return day_part_expr(at);
  }
  if (kind(i) == Kind::edge) return edge_expr(i);
  const auto span = duration(i);
  if (!anchor_ || !span || span->type != TimexType::duration) return std::nullopt;
  const bool from_now =
      near(span->next) && kind(span->next) == Kind::from && kind(span->next + 1) == Kind::vague;
  if (!from_now && tense(at, i + 2) != Tense::future) return std::nullopt;
  const auto event = folded(span->next) == "فقط" ? span->next + 1 : span->next;
  if (near(event) && (kind(event) == Kind::from || folded(event) == "علي")) {
    if (kind(event + 1) != Kind::vague) return std::nullopt;
  }
  int count = 1;
  if (lex(i).has(kDual)) {
    count = 2;
  } else if (const auto number = cardinal(i)) {
    count = static_cast<int>(number->value);
  } else if (kind(i) != Kind::unit || lex(i).has(kPlural)) {
    return std::nullopt;
  }
  if (span->unit < Unit::day) return std::nullopt;
  auto found = unit_with(span->unit, count, span->next + (from_now ? 2 : 0), "from-now");
  if (found) {
    found->named = span->unit == Unit::day && count <= kSureDays;
    found->confidence = 0.6;
  }
  return found;
}

}  // namespace fihris::timex
