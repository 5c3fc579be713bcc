// SPDX-License-Identifier: GPL-2.0-or-later
// Days that are counted from the day of publication: «أمس», «الخميس الماضي», «بعد غد الأحد».
#include <array>
#include <initializer_list>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const auto known : words) {
    if (word == known) return true;
  }
  return false;
}

}  // namespace

int bare_weekday(std::string_view folded) {
  constexpr std::array<std::string_view, 7> kNames{"احد",  "اثنين", "ثلاثاء", "اربعاء",
                                                   "خميس", "جمعه",  "سبت"};
  for (int day = 0; day < 7; ++day) {
    if (folded == kNames[static_cast<std::size_t>(day)]) return day;
  }
  return -1;
}

/// Alone between quotes: «اليوم» the newspaper.
bool Grammar::is_quoted(std::size_t at) const {
  const auto before = text_.substr(0, tokens_[at].begin);
  const auto after = text_.substr(tokens_[at].end);
  const auto opens = [&](std::string_view sign) { return before.ends_with(sign); };
  const auto closes = [&](std::string_view sign) { return after.starts_with(sign); };
  // The two signs are often mixed up.
  return (opens("«") || opens("»") || opens("“") || opens("”") || opens("\"")) &&
         (closes("»") || closes("«") || closes("”") || closes("“") || closes("\""));
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
      // «صحيفة الغد», «عالم الغد», «بغد أفضل»; but «يوم غد», «مباراة الغد».
      const bool led = previous.kind == Kind::unit || previous.kind == Kind::day_part ||
                       previous.kind == Kind::until ||
                       (at > 0 && near(at) &&
                        one_of(folded(at - 1), {"مباراه", "لقاء", "مواجهه", "جلسه", "اجتماع",
                                                "لمباراه", "للقاء", "بمباراه"}));
      const bool followed = previous.kind == Kind::in || kind(next) == Kind::weekday;
      if (lex(at).has(kWeak) && !led && !followed) return std::nullopt;
      if (lex(at).has(kDefinite) && !led) return std::nullopt;
    }
    if (shift == 0) {
      if (lex(at).has(kLam)) return std::nullopt;  // «لليوم الثالث»
      // The newspaper, «في اليوم» (a day), «اليوم الأول», «اليوم الوطني».
      if (previous.kind == Kind::newspaper) return std::nullopt;
      if (is_quoted(at)) return std::nullopt;
      if (previous.kind == Kind::every || folded(at - (at > 0 ? 1 : 0)) == "نفس") {
        return std::nullopt;
      }
      if (previous.kind == Kind::demonstrative && previous.value == 1) return std::nullopt;
      if (near(next)) {
        const auto after = kind(next);
        // «اليوم الرابع من شوال»; but «تقام اليوم ثالث المباريات».
        const bool numbered = after == Kind::ordinal && lex(next).has(kDefinite);
        if (numbered) {
          if (auto day = day_of_month(at)) return day;
        }
        if (numbered || folded(next) == "الواحد" ||
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
        expr.range && kind(i - 1) == Kind::weekday && (i + 1 >= tokens_.size() || !near(i + 1))) {
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
  // «أيام الأحد»: every one of them.
  const bool every = at > 0 && near(at) && kind(at - 1) == Kind::unit &&
                     lex(at - 1).value == number_of(Unit::day) && lex(at - 1).has(kPlural);
  std::size_t ignored = 0;
  if (every && !shift_of(at + 1, ignored)) {
    expr.type = TimexType::set;
    expr.value = "XXXX-WXX-" + std::to_string(wanted == 0 ? 7 : wanted);
    expr.named = false;
    return expr;
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

/// «أول جمعة من رمضان», «أول يوم جمعة من يوليو», «آخر خميس من الشهر الماضي».
std::optional<Expr> Grammar::nth_weekday(std::size_t at) {
  const bool last = kind(at) == Kind::edge && lex(at).value == 3;
  if ((!last && kind(at) != Kind::ordinal) || lex(at).has(kDefinite) || lex(at).value > 5) {
    return std::nullopt;
  }
  auto i = at + 1;
  if (folded(i) == "يوم" && near(i)) ++i;
  const int wanted = bare_weekday(folded(i));
  if (wanted < 0 || !near(i) || !near(i + 1) ||
      (kind(i + 1) != Kind::from && kind(i + 1) != Kind::in)) {
    return std::nullopt;
  }
  auto month = month_expr(i + 2);
  if (!month) month = unit_expr(i + 2);
  if (!month || !month->range || month->unit != Unit::month) return std::nullopt;
  const auto& [low, high] = *month->range;
  const auto day = last ? add_days(high, -((weekday(high) - wanted + 7) % 7))
                        : add_days(low, (wanted - weekday(low) + 7) % 7 + 7 * (lex(at).value - 1));
  if (high < day) return std::nullopt;
  month->unit = Unit::day;
  month->range = DateRange{day, day};
  month->value = to_iso(day);
  month->rule = "weekday-of-month";
  return month;
}

/// A day, with يوم before it, a weekday behind a day word, a date behind either.
std::optional<Expr> Grammar::day_expr(std::size_t at) {
  auto i = at;
  if (kind(i) == Kind::unit && lex(i).value == number_of(Unit::day)) {
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

}  // namespace fihris::timex
