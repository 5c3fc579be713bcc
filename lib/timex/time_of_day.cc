// SPDX-License-Identifier: GPL-2.0-or-later
// Parts of the day and clock times: «مساء الجمعة», «ليل السبت - الأحد», «الساعة السابعة صباحا».
#include <array>

#include "timex/grammar.h"

namespace fihris::timex {
namespace {

enum : int { kMorning, kDawn, kNoon, kAfternoon, kEvening, kNight };

/// TIMEX3 codes in the order of the enumeration above.
constexpr std::array<std::string_view, 6> kDayParts{"MO", "MO", "MI", "AF", "EV", "NI"};

}  // namespace

std::optional<Expr> Grammar::with_day_part(Expr day, int part, const char* rule) const {
  if (day.value.size() != 10 && !day.value.starts_with("XXXX")) return std::nullopt;
  day.type = TimexType::time;
  day.value += "T" + std::string(kDayParts[static_cast<std::size_t>(part)]);
  day.rule = rule;
  return day;
}

std::optional<Expr> Grammar::day_part_expr(std::size_t at) {
  auto i = at;
  int part = kNoon;
  if (kind(at) == Kind::after) {
    ++i;  // «بعد ظهر»
    if (kind(i) != Kind::day_part) return std::nullopt;
    part = kAfternoon;
  } else {
    part = lex(i).value;
  }
  const auto& word = lex(i);
  const auto next = i + 1;
  const auto previous = i > 0 && near(i) ? kind(i - 1) : Kind::none;

  if (word.has(kDefinite)) {
    // «الليلة الماضية», «الليلة», «الليل».
    if (part == kNight && folded(i).ends_with("ليله")) {
      std::size_t after = next;
      const auto shift = shift_of(next, after);
      if (!anchor_) return std::nullopt;
      if (!shift && (previous == Kind::in || previous == Kind::demonstrative)) return std::nullopt;
      if (!shift && near(next) && kind(next) == Kind::ordinal) return std::nullopt;
      if (!shift && near(next) && lex(next).has(kDefinite) && kind(next) != Kind::none) {
        return std::nullopt;
      }
      auto day = unit_with(Unit::day, shift.value_or(0), after, "night");
      if (!day) return std::nullopt;
      // «الليلة ما قبل الماضية» and «الليلة قبل الماضية» are shifts of two.
      return with_day_part(*day, part, "night");
    }
    std::size_t after = next;
    if (const auto shift = shift_of(next, after); shift && anchor_) {
      auto day = unit_with(Unit::day, *shift, after, "day-part");
      return day ? with_day_part(*day, part, "day-part") : std::nullopt;
    }
    const bool led = previous == Kind::during || previous == Kind::in || kind(at) == Kind::after ||
                     previous == Kind::edge;
    if (part == kAfternoon && kind(at) != Kind::after) return std::nullopt;
    if (!led || !focus_ ||
        (near(next) && folded(next).starts_with("ال") && kind(next) == Kind::none &&
         folded(next) != "الي")) {
      return std::nullopt;
    }
    auto day = make_day(focus_->year, focus_->month, focus_->day, false, next, "day-part");
    if (!day) return std::nullopt;
    day->named = false;
    day->confidence = 0.5;
    return with_day_part(*day, part, "day-part");
  }

  if (near(next) || gap(next) == Gap::open) {
    Maybe day;
    if (kind(next) == Kind::demonstrative && lex(next).value == 0) {
      day = this_expr(next);
    } else if (lex(next).clitics == 0 || kind(next) == Kind::day_word) {
      day = day_expr(next);
      if (!day && part != kNoon && part != kAfternoon) day = absolute_day(next);
      if (!day) day = absolute_day(next);
    }
    if (day && day->type == TimexType::date && !day->value.empty() &&
        (day->value.size() == 10 || day->value.starts_with("XXXX-WXX"))) {
      if (gap(next) == Gap::open && day->end == 0) day->end = closing(day->next - 1);
      // «ليل السبت - الأحد», «ليل السبت الأحد», «ليل السبت/الأحد».
      const auto last = day->next - 1;
      const auto second = day->next;
      const auto sign = gap(second);
      if (kind(last) == Kind::weekday && kind(second) == Kind::weekday &&
          lex(second).value == (lex(last).value + 1) % 7 && lex(second).clitics == 0 &&
          (sign == Gap::dash || sign == Gap::blank || sign == Gap::slash)) {
        day->next = second + 1;
        // The night that has brought the day of the paper.
        if (anchor_ && weekday(*anchor_) == lex(second).value) {
          const auto evening = add_days(*anchor_, -1);
          day->range = DateRange{evening, evening};
          day->value = to_iso(evening);
        }
      }
      // «نهار الخميس» is the day; the parts proper make a time.
      return with_day_part(*day, part, "day-part");
    }
  }
  // «ليلا», «صباحا» without a day: that of the story.
  const bool adverb = folded(i).ends_with("ا") && !folded(i).ends_with("اء");
  // Without its tanwin «فجرا», «ظهرا» may be the verb of two.
  const bool verb = (part == kDawn || part == kNoon) &&
                    tokens_[i].word->written.find("ً") == std::string_view::npos;
  if (adverb && !verb && kind(at) != Kind::after && focus_ && word.clitics == 0) {
    auto day = make_day(focus_->year, focus_->month, focus_->day, false, next, "day-part");
    if (!day) return std::nullopt;
    day->named = false;
    day->confidence = 0.4;
    return with_day_part(*day, part, "day-part");
  }
  return std::nullopt;
}

/// «الساعة السابعة والنصف من صباح اليوم», «10:30 مساء», «الساعة 15:00 بتوقيت غرينتش».
std::optional<Expr> Grammar::clock_expr(std::size_t at) {
  auto i = at;
  const bool named = kind(i) == Kind::unit && lex(i).value == number_of(Unit::hour) &&
                     (lex(i).flags & (kDual | kPlural)) == 0;
  if (named) {
    if (!lex(i).has(kDefinite) && lex(i).clitics == 0) return std::nullopt;
    ++i;
    if (!near(i) && gap(i) != Gap::open) return std::nullopt;
  }
  if (kind(i) == Kind::article && kind(i + 1) == Kind::number && gap(i + 1) == Gap::none) ++i;
  int hour = -1;
  int minute = 0;
  if (kind(i) == Kind::number && lex(i).has(kLeadingZeroOrShort) && lex(i).value <= 24) {
    hour = lex(i).value;
    ++i;
    const auto sign = gap(i);
    if (kind(i) == Kind::number && folded(i).size() == 2 && lex(i).value < 60 &&
        tokens_[i].begin == tokens_[i - 1].end + 1 &&
        (sign == Gap::colon || (named && (sign == Gap::dot || sign == Gap::comma)))) {
      minute = lex(i).value;
      ++i;
    } else if (!named && kind(i) != Kind::day_part) {
      return std::nullopt;
    }
  } else if (named && (kind(i) == Kind::ordinal || folded(i) == "الواحده")) {
    if (!lex(i).has(kDefinite)) return std::nullopt;
    hour = lex(i).value;
    ++i;
    if (kind(i) == Kind::cardinal && lex(i).value == 10 && near(i)) {
      hour += 10;
      ++i;
    }
  } else {
    return std::nullopt;
  }
  if (hour > 24) return std::nullopt;
  // «والنصف», «إلا ربعا», «و10 دقائق».
  if (kind(i) == Kind::fraction && lex(i).has(kAnd) && near(i)) {
    minute = 60 / lex(i).value;
    ++i;
  } else if (folded(i) == "الا" && near(i) &&
             (kind(i + 1) == Kind::fraction || folded(i + 1) == "ربعا" ||
              folded(i + 1) == "ثلثا")) {
    minute = folded(i + 1).find("ثلث") != std::string_view::npos ? 40 : 45;
    hour = (hour + 23) % 24;
    i += 2;
  } else if ((kind(i) == Kind::and_word || lex(i).has(kAnd)) && near(i)) {
    const auto count = cardinal(kind(i) == Kind::and_word ? i + 1 : i);
    if (count && count->value < 60 && kind(count->next) == Kind::unit &&
        lex(count->next).value == number_of(Unit::minute)) {
      minute = static_cast<int>(count->value);
      i = count->next + 1;
    }
  }
  if (kind(i) == Kind::unit && near(i)) return std::nullopt;  // «الساعة 24 ساعة»
  // The part of the day, then the day.
  Maybe day;
  int part = -1;
  auto j = i;
  if (kind(j) == Kind::from && near(j)) ++j;
  if (kind(j) == Kind::after && kind(j + 1) == Kind::day_part) {
    part = kAfternoon;
    i = j + 2;
    j = i;
  } else if (kind(j) == Kind::day_part && near(j) && lex(j).clitics == 0) {
    part = lex(j).value;
    i = j + 1;
    j = i;
  } else if (!named && tokens_[i - 1].end == tokens_[at].end) {
    return std::nullopt;
  }
  if (kind(j) == Kind::from && near(j)) ++j;
  if (near(j) && (lex(j).clitics == 0 || kind(j) == Kind::day_word)) {
    day = kind(j) == Kind::demonstrative ? this_expr(j) : day_expr(j);
  }
  if (!named && part < 0) {
    // «10:30» alone may be a score.
    const auto zone = folded(i);
    if (zone != "بتوقيت" && zone != "ت" && zone != "gmt" && zone != "توقيت") return std::nullopt;
  }
  if (part >= kNoon && part <= kEvening && hour < 12 && !(part == kNoon && hour >= 10)) hour += 12;
  if (part == kNight && hour >= 6 && hour < 12) hour += 12;
  if ((part == kMorning || part == kDawn || part == kNight) && hour == 12) hour = 0;
  Expr expr;
  if (day && day->type == TimexType::date && day->value.size() == 10) {
    expr = *day;
  } else {
    if (!focus_) return std::nullopt;
    const auto made = make_day(focus_->year, focus_->month, focus_->day, false, i, "clock");
    if (!made) return std::nullopt;
    expr = *made;
    expr.named = false;
    expr.confidence = 0.5;
  }
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  expr.type = TimexType::time;
  expr.value += "T" + two(hour) + ":" + two(minute);
  expr.rule = "clock";
  expr.unit = Unit::hour;
  return expr;
}

}  // namespace fihris::timex
