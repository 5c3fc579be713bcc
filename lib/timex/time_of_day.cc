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

std::string_view day_part_code(int part) { return kDayParts[static_cast<std::size_t>(part)]; }

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
                     previous == Kind::edge || previous == Kind::for_time ||
                     previous == Kind::since || previous == Kind::until;
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
  const bool tanwin = tokens_[i].word->written.find("ً") != std::string_view::npos;
  const bool adverb = folded(i).ends_with("ا") || (folded(i).ends_with("اء") && tanwin);
  // Without its tanwin «فجرا», «ظهرا» may be the verb of two.
  const bool verb = (part == kDawn || part == kNoon) && !tanwin;
  if (adverb && !verb && kind(at) != Kind::after && focus_ && word.clitics == 0) {
    auto day = make_day(focus_->year, focus_->month, focus_->day, false, next, "day-part");
    if (!day) return std::nullopt;
    day->named = false;
    day->confidence = 0.4;
    return with_day_part(*day, part, "day-part");
  }
  return std::nullopt;
}

/// An hour without «الساعة»: «في الخامسة عصرا», «الثامنة والنصف من مساء اليوم». A part of the day
/// has to follow.
bool Grammar::is_bare_hour(std::size_t at) const {
  if (folded(at) == "الواحده") return at > 0 && near(at) && kind(at - 1) == Kind::in;
  return kind(at) == Kind::ordinal && lex(at).has(kDefinite) && lex(at).value <= 11 &&
         folded(at).ends_with("ه");
}

/// Whether «الثانية» at `at` counts the noun before it and is no hour: «مباراتها الثانية مساء
/// الجمعة». `part` is the part of the day behind it; an adverb («ظهرا») speaks for the hour.
bool Grammar::is_counting(std::size_t at, std::size_t part) const {
  if (at == 0 || !near(at) || lex(at).clitics > 0) return false;
  if (kind(at - 1) != Kind::none || tokens_[at - 1].word->stop) return false;
  const auto noun = folded(at - 1);
  if (noun == "تمام" || noun == "حدود") return false;
  const bool adverb =
      folded(part).ends_with("ا") ||
      (part < tokens_.size() && tokens_[part].word->written.find("ً") != std::string_view::npos);
  return !adverb || noun.ends_with("ه") || noun.ends_with("تها") || noun.ends_with("تهم") ||
         noun.ends_with("تنا");
}

/// The minutes behind an hour: «والنصف», «إلا ربعا», «و10 دقائق». The hour may fall by one.
std::size_t Grammar::minutes_after(std::size_t i, int& hour, int& minute) const {
  if (!near(i)) return i;
  if (kind(i) == Kind::fraction && lex(i).has(kAnd)) {
    minute = 60 / lex(i).value;
    return i + 1;
  }
  const auto part = folded(i + 1);
  if (folded(i) == "الا" && (kind(i + 1) == Kind::fraction || part == "ربعا" || part == "ثلثا")) {
    minute = part.find("ثلث") != part.npos ? 40 : 45;
    hour = (hour + 23) % 24;
    return i + 2;
  }
  if (kind(i) == Kind::and_word || lex(i).has(kAnd)) {
    const auto count = cardinal(kind(i) == Kind::and_word ? i + 1 : i);
    if (count && count->value < 60 && kind(count->next) == Kind::unit &&
        lex(count->next).value == number_of(Unit::minute)) {
      minute = static_cast<int>(count->value);
      return count->next + 1;
    }
  }
  return i;
}

/// «الساعة السابعة والنصف من صباح اليوم», «10:30 مساء», «الساعة 15:00 بتوقيت غرينتش», «الخامسة
/// عصرا».
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
  bool digits = false;
  if (kind(i) == Kind::number && lex(i).has(kLeadingZeroOrShort) && lex(i).value <= 24) {
    hour = lex(i).value;
    digits = true;
    ++i;
    const auto sign = gap(i);
    const bool close = kind(i) == Kind::number && tokens_[i].begin == tokens_[i - 1].end + 1;
    if (kind(i) == Kind::number && folded(i).size() == 2 && lex(i).value < 60 &&
        ((sign == Gap::colon && (close || named)) ||
         (close && named && (sign == Gap::dot || sign == Gap::comma)))) {
      minute = lex(i).value;
      ++i;
    } else if (!named && kind(i) != Kind::day_part) {
      return std::nullopt;
    }
  } else if ((named && (kind(i) == Kind::ordinal || folded(i) == "الواحده")) ||
             (!named && is_bare_hour(i))) {
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
  i = minutes_after(i, hour, minute);
  if (kind(i) == Kind::unit && near(i)) return std::nullopt;  // «الساعة 24 ساعة»
  // The part of the day, then the day.
  int part = -1;
  auto j = i;
  if (kind(j) == Kind::from && near(j)) ++j;
  if (kind(j) == Kind::after && kind(j + 1) == Kind::day_part && near(j)) {
    part = kAfternoon;
    i = j = j + 2;
  } else if (kind(j) == Kind::after && near(j) && kind(j + 1) == Kind::edge &&
             lex(j + 1).value == 2 && kind(j + 2) == Kind::day_part) {
    part = kDawn;  // «الثانية بعد منتصف الليل»
    i = j = j + 3;
  } else if (kind(j) == Kind::day_part && (named ? soft(j) : near(j)) && lex(j).clitics == 0) {
    part = lex(j).value;
    i = j = j + 1;
  } else if (near(i) && (named || minute != 0) && (folded(i) == "م" || folded(i) == "ص")) {
    part = folded(i) == "ص" ? kMorning : kEvening;
    j = ++i;
  } else if (!named && (!digits || tokens_[i - 1].end == tokens_[at].end)) {
    return std::nullopt;
  }
  if (!named && !digits && is_counting(at, i - 1)) return std::nullopt;
  if (kind(j) == Kind::from && near(j)) ++j;
  Maybe day;
  if (near(j) && (lex(j).clitics == 0 || kind(j) == Kind::day_word)) {
    day = kind(j) == Kind::demonstrative ? this_expr(j) : day_expr(j);
    if (!day && part >= 0) day = absolute_day(j);
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
