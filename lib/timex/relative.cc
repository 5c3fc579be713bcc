// SPDX-License-Identifier: GPL-2.0-or-later
// What is counted from the day of publication: «أمس», «الخميس الماضي», «الشهر المقبل», «قبل يومين».
#include <array>
#include <cstdlib>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

constexpr int kUnit(Unit unit) { return static_cast<int>(unit); }
constexpr int kSureDays = 7;  ///< «قبل ثلاثة أيام» names a day, «قبل 40 يوما» hardly
constexpr int kMostUnits = 4000;

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

/// «أمس», «أول من أمس», «أمس الأول», «اليوم», «غدا»; nothing for «عين اليوم», «أمس الحاجة».
std::optional<Expr> Grammar::day_word(std::size_t at) {
  int shift = 0;
  auto next = at + 1;
  const char* rule = "day-word";
  if (kind(at) == Kind::ordinal) {
    if (lex(at).value != 1 || lex(at).has(kDefinite)) return std::nullopt;
    auto i = at + 1;
    if (kind(i) == Kind::from && near(i)) ++i;
    if (kind(i) != Kind::day_word || lex(i).value != -1 || !near(i)) return std::nullopt;
    shift = -2;
    next = i + 1;
  } else if (kind(at) == Kind::after) {
    if (kind(at + 1) != Kind::day_word || lex(at + 1).value != 1 || !near(at + 1)) {
      return std::nullopt;
    }
    shift = 2;
    next = at + 2;
  } else {
    if (kind(at) != Kind::day_word) return std::nullopt;
    shift = lex(at).value;
    const auto previous = at > 0 && near(at) ? lex(at - 1) : Lex{};
    if (shift == -1 && near(next)) {
      if (one_of(folded(next), {"الحاجه", "حاجه"})) return std::nullopt;
      if (kind(next) == Kind::ordinal && lex(next).value == 1 && lex(next).has(kDefinite)) {
        shift = -2;
        ++next;
      }
    }
    if (shift == 1) {
      if (lex(at).has(kWeak) && previous.kind != Kind::unit && previous.kind != Kind::day_part &&
          previous.kind != Kind::until && previous.kind != Kind::in &&
          kind(next) != Kind::weekday) {
        return std::nullopt;
      }
      if (lex(at).has(kDefinite) && previous.kind != Kind::unit &&
          previous.kind != Kind::day_part && previous.kind != Kind::until) {
        return std::nullopt;
      }
    }
    if (shift == 0) {
      if (lex(at).has(kLam)) return std::nullopt;  // «لليوم الثالث»
      // The newspaper, «في اليوم» (a day), «اليوم الأول», «اليوم الوطني».
      if (previous.kind == Kind::newspaper) return std::nullopt;
      if (at > 0 && (text_.substr(tokens_[at].end).starts_with("»") ||
                     text_.substr(tokens_[at].end).starts_with("”") ||
                     text_.substr(tokens_[at].end).starts_with("\"")) &&
          !near(at)) {
        return std::nullopt;
      }
      if (previous.kind == Kind::every || folded(at - (at > 0 ? 1 : 0)) == "نفس") {
        return std::nullopt;
      }
      if (previous.kind == Kind::demonstrative && previous.value == 1) return std::nullopt;
      if (near(next)) {
        const auto after = kind(next);
        if (after == Kind::ordinal) {
          // «اليوم الرابع من شوال».
          auto day = day_of_month(at);
          if (day) return day;
        }
        if (after == Kind::ordinal || folded(next) == "الواحد" ||
            one_of(folded(next), {"الوطني", "العالمي", "الدولي", "الدراسي", "الاخر", "الموعود",
                                  "الذي", "المفتوح", "الختامي", "الافتتاحي", "المحدد", "الخليجي",
                                  "العربي", "الاسود", "الاخير", "الكامل"})) {
          return std::nullopt;
        }
        if ((after == Kind::following || after == Kind::same || after == Kind::previous ||
             after == Kind::past || after == Kind::next) &&
            lex(next).clitics == 0) {
          if (!focus_) return std::nullopt;
          const int step = after == Kind::following || after == Kind::next ? 1
                           : after == Kind::same                           ? 0
                                                                           : -1;
          if (after == Kind::same && folded(next) != "نفسه" && folded(next) != "ذاته" &&
              folded(next) != "عينه") {
            return std::nullopt;
          }
          Expr expr;
          expr.next = next + 1;
          const auto day = add_days(*focus_, step);
          expr.range = DateRange{day, day};
          expr.value = to_iso(day);
          expr.named = false;
          expr.rule = "day-of-context";
          expr.confidence = 0.5;
          return expr;
        }
      }
    }
  }
  auto expr = unit_with(Unit::day, shift, next, rule);
  return expr;
}

/// A full date straight behind a weekday or a day word belongs to it: «اليوم السبت 02 أفريل 2016».
std::optional<Expr> Grammar::with_date_tail(Expr expr) {
  auto i = expr.next;
  const auto sign = gap(i);
  if (sign != Gap::blank && sign != Gap::none && sign != Gap::comma && sign != Gap::open &&
      sign != Gap::dash) {
    return expr;
  }
  if (kind(i) == Kind::number || kind(i) == Kind::ordinal || kind(i) == Kind::article) {
    if (lex(i).clitics > 0 || lex(i).has(kAnd)) return expr;
    const auto tail = absolute_day(i);
    if (tail && !tail->value.empty() && tail->range) {
      Expr whole = *tail;
      if (sign == Gap::open && whole.end == 0) whole.end = closing(whole.next - 1);
      return whole;
    }
    // «الجمعة 22»: the day alone, if it is that weekday.
    if (!tail && kind(i) == Kind::number && near(i) && is_plain_number(i) && anchor_ &&
        expr.range && kind(i - 1) == Kind::weekday &&
        (i + 1 >= tokens_.size() || !near(i + 1))) {
      const int day = lex(i).value;
      for (const int month : {0, -1, 1}) {
        const auto start = add_months({anchor_->year, anchor_->month, 1}, month);
        if (!start || day < 1 || day > end_of_month(start->year, start->month).day) continue;
        const auto date = add_days(*start, day - 1);
        if (weekday(date) != weekday(expr.range->first)) continue;
        expr.range = DateRange{date, date};
        expr.value = to_iso(date);
        expr.next = i + 1;
        break;
      }
    }
  }
  return expr;
}

/// «الجمعة», «الخميس الماضي», «الأحد المقبل», «الثلاثاء الموافق 5/8/2008».
std::optional<Expr> Grammar::week_day(std::size_t at) {
  if (kind(at) != Kind::weekday) return std::nullopt;
  const int wanted = lex(at).value;
  Expr expr;
  expr.next = at + 1;
  expr.rule = "weekday";
  const auto previous = at > 0 && near(at) ? folded(at - 1) : std::string_view();
  if (one_of(previous, {"صلاه", "خطبه", "خطيب", "امام", "خطب", "صلوات", "مسجد", "سوق", "مدينه",
                        "قداس", "كلا", "لصلاه", "بصلاه", "وصلاه", "منبر", "ابو", "بن", "شقيقه"}) ||
      one_of(folded(at + 1), {"العظيمه", "السوداء", "الحزينه"})) {
    return expr;  // no date; read over
  }
  if (!anchor_) {
    expr.value = "XXXX-WXX-" + std::to_string(wanted == 0 ? 7 : wanted);
    expr.confidence = 0.5;
    return with_date_tail(expr);
  }
  const int today = weekday(*anchor_);
  const int back = (today - wanted + 7) % 7;   // days since the last one, today included
  const int ahead = (wanted - today + 7) % 7;  // days to the next one, today included
  auto modifier = Kind::none;
  auto i = at + 1;
  std::size_t after = i;
  std::optional<int> shift = shift_of(i, after);
  if (!shift && near(i) && (lex(i).has(kAnd) || kind(i) == Kind::or_word)) {
    // «الجمعة والسبت الماضيين»: the adjective speaks of both.
    const auto second = kind(i) == Kind::or_word ? i + 1 : i;
    std::size_t end = second + 1;
    if (kind(second) == Kind::weekday && lex(second + 1).has(kDual)) {
      shift = shift_of(second + 1, end);
    }
  } else if (shift) {
    expr.next = after;
  }
  int days = 0;
  if (shift) {
    if (*shift < 0) {
      days = -(back == 0 ? 7 : back) - 7 * (-*shift - 1);
    } else if (*shift > 0) {
      days = (ahead == 0 ? 7 : ahead) + 7 * (*shift - 1);
    } else {
      days = to_days(iso_week(*anchor_).first) + (wanted + 6) % 7 - to_days(*anchor_);
    }
    modifier = *shift < 0 ? Kind::past : Kind::next;
  } else {
    // «الأسبوع المقبل يوم الجمعة» is read by unit_expr; here tense decides.
    const auto when = tense(at, expr.next);
    days = when == Tense::future ? (ahead == 0 ? 7 : ahead) : -back;
    expr.confidence = when == Tense::unknown ? 0.8 : 0.9;
  }
  // «الجمعة الأولى من يوليو».
  if (!shift && kind(i) == Kind::ordinal && lex(i).has(kDefinite) && near(i) &&
      kind(i + 1) == Kind::from) {
    const auto month = month_expr(i + 2);
    if (month && month->range) {
      const auto first = month->range->first;
      const int step = (wanted - weekday(first) + 7) % 7 + 7 * (lex(i).value - 1);
      const auto day = add_days(first, step);
      if (day <= month->range->last) {
        expr = *month;
        expr.unit = Unit::day;
        expr.range = DateRange{day, day};
        expr.value = to_iso(day);
        expr.rule = "weekday-of-month";
        return expr;
      }
    }
  }
  const auto day = add_days(*anchor_, days);
  expr.range = DateRange{day, day};
  expr.value = to_iso(day);
  if (kind(expr.next) == Kind::matching) {
    auto date_at = expr.next + 1;
    while (kind(date_at) == Kind::dated || (lex(date_at).clitics > 0 && folded(date_at) == "ل")) {
      ++date_at;
    }
    if (const auto date = absolute_day(date_at); date && date->range && !date->value.empty()) {
      expr.range = date->range;
      expr.value = date->value;
      expr.confidence = 1;
    }
    return expr;
  }
  if (modifier != Kind::none) {
    auto tail = with_date_tail(expr);
    return tail;
  }
  return with_date_tail(expr);
}

/// A day, with يوم before it, a weekday behind a day word, a date behind either.
std::optional<Expr> Grammar::day_expr(std::size_t at) {
  auto i = at;
  if (kind(i) == Kind::unit && lex(i).value == kUnit(Unit::day)) {
    const bool singular = !lex(i).has(kPlural) && (!lex(i).has(kDual) || lex(i).has(kConstruct));
    if (!singular || !near(i + 1) || folded(i) == "يوما") return std::nullopt;
    ++i;
    if (lex(i).clitics > 0 || lex(i).has(kAnd)) return std::nullopt;
  }
  const bool led = i > at;
  switch (kind(i)) {
    case Kind::weekday:
      return week_day(i);
    case Kind::number:
    case Kind::article:
    case Kind::ordinal: {
      if (auto word = day_word(i)) {
        i = at;
        break;
      }
      if (!led) return std::nullopt;
      if (auto day = absolute_day(i)) return day;
      // «يوم 27»: of this month, or the last.
      if (kind(i) == Kind::number && lex(i).has(kLeadingZeroOrShort) && is_plain_number(i) &&
          anchor_ && lex(i).value >= 1 && lex(i).value <= 31 && kind(i + 1) != Kind::unit &&
          kind(i + 1) != Kind::counted && !lex(at).has(kDefinite)) {
        for (const int back : {0, -1, -2}) {
          const auto month = add_months({anchor_->year, anchor_->month, 1}, back);
          if (!month) break;
          const auto day = add_days(*month, lex(i).value - 1);
          if (day.month != month->month) continue;
          if (*anchor_ < day && tense(at, i + 1) != Tense::future) continue;
          auto expr = make_day(day.year, day.month, day.day, false, i + 1, "day-number");
          if (expr) expr->confidence = 0.6;
          return expr;
        }
      }
      return std::nullopt;
    }
    case Kind::day_word:
    case Kind::after:
      break;
    default:
      return std::nullopt;
  }
  if (led) ++at;
  if (kind(i) == Kind::ordinal) at = i;
  auto expr = day_word(led ? i : at);
  if (!expr) return std::nullopt;
  // The weekday behind it wins if it contradicts.
  const auto next = expr->next;
  const auto sign = gap(next);
  if (kind(next) == Kind::weekday && lex(next).clitics == 0 && expr->range &&
      (sign == Gap::blank || sign == Gap::open || sign == Gap::comma || sign == Gap::dash)) {
    // After a comma a new part of the sentence may begin: only if the two agree.
    const int wanted = lex(next).value;
    int found = (wanted - weekday(expr->range->first) + 7) % 7;
    if (found > 3) found -= 7;
    const bool bound = sign == Gap::blank || sign == Gap::open;
    if (bound || found == 0) {
      const auto day = add_days(expr->range->first, found);
      expr->range = DateRange{day, day};
      expr->value = to_iso(day);
      expr->next = next + 1;
      if (sign == Gap::open) expr->end = closing(next);
      if (found != 0) expr->rule = "day-word-weekday";
    }
  }
  return with_date_tail(*expr);
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
    auto expr = unit_with(unit, *shift, next, "relative");
    if (!expr) return std::nullopt;
    // «السنة الأخيرة» is the year up to now.
    if (kind(next - 1) == Kind::recent) expr->named = false;
    // «الأسبوع المقبل يوم الجمعة».
    if (unit == Unit::week && anchor_ && expr->range) {
      auto i = next;
      if (kind(i) == Kind::unit && lex(i).value == kUnit(Unit::day) && near(i)) ++i;
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
    }
    return expr;
  }
  if (!near(at + 1)) return std::nullopt;
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
  if (unit == Unit::week && word.kind == Kind::ordinal && kind(at + 2) == Kind::from) {
    auto month = month_expr(at + 3);
    if (month && month->range && word.value <= 5) {
      const auto first = add_days(month->range->first, 7 * (word.value - 1));
      const auto last = add_days(first, 6);
      if (first <= month->range->last) {
        month->range =
            DateRange{first, last <= month->range->last ? last : month->range->last};
        month->named = false;
        month->rule = "week-of-month";
        return month;
      }
    }
  }
  return std::nullopt;
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
  if (word.kind == Kind::unit && word.value == kUnit(Unit::day)) return day_expr(at + 1);
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
      (lex(at).flags & (kPlural | kDual)) == 0 && lex(at).value > kUnit(Unit::day) &&
      lex(at).value != kUnit(Unit::decade)) {
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
      if (night && kind(night->next - 1) == Kind::weekday && night->next >= i + 3 &&
          night->range) {
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
      lex(i).value != kUnit(Unit::month)) {
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
  if (kind(i) == Kind::late || kind(i) == Kind::period) {
    if (lex(i).has(kDefinite) || kind(i + 1) == Kind::from) return std::nullopt;
    if (kind(i + 1) == Kind::few && near(i + 1)) return past_ref(i + 2);
    if (near(i + 1) && one_of(folded(i + 1), {"وجيزه", "وجيز", "ليست", "ليس", "سابقه", "سابق"})) {
      return past_ref(i + 2);
    }
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
  if (kind(i) == Kind::unit && !lex(i).has(kDefinite) &&
      (lex(i).flags & (kDual | kPlural)) == 0) {
    unit = static_cast<Unit>(lex(i).value);
    next = i + 1;
    const auto after = kind(next);
    if (near(next) && (after == Kind::number || after == Kind::weekday || after == Kind::month ||
                       after == Kind::hijri_month || after == Kind::month_pair ||
                       after == Kind::day_word || after == Kind::dhu || after == Kind::rabi ||
                       after == Kind::cardinal)) {
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
  if (tense(at, i + 2) != Tense::future || !anchor_) return std::nullopt;
  const auto span = duration(i);
  if (!span || span->type != TimexType::duration) return std::nullopt;
  if (near(span->next) && (kind(span->next) == Kind::from || folded(span->next) == "علي")) {
    if (kind(span->next + 1) != Kind::vague) return std::nullopt;
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
  auto found = unit_with(span->unit, count, span->next, "from-now");
  if (found) {
    found->named = span->unit == Unit::day && count <= kSureDays;
    found->confidence = 0.6;
  }
  return found;
}

}  // namespace fihris::timex
