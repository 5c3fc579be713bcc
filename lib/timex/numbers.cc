// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers of texts: digits of both scripts, words, ordinals, years.
#include "timex/grammar.h"

namespace fihris::timex {
namespace {

constexpr int kDaysOfMonth = 31;

}  // namespace

/// Digits that are not the part of a longer figure: a decimal, a price, a score.
bool Grammar::is_plain_number(std::size_t at) const {
  if (kind(at) != Kind::number || lex(at).value < 0) return false;
  const auto& token = tokens_[at];
  const auto before = token.begin > 0 ? text_[token.begin - 1] : ' ';
  const auto after = token.end < text_.size() ? text_[token.end] : ' ';
  const bool digit_before = at > 0 && kind(at - 1) == Kind::number;
  const bool digit_after = kind(at + 1) == Kind::number;
  if ((before == '.' || before == ',' || before == ':') && digit_before &&
      tokens_[at - 1].end + 1 == token.begin) {
    return false;
  }
  if ((after == '.' || after == ',' || after == ':') && digit_after &&
      tokens_[at + 1].begin == token.end + 1) {
    return false;
  }
  constexpr std::string_view kSigns = "%$#+*=";
  if (kSigns.find(after) != kSigns.npos || kSigns.find(before) != kSigns.npos) return false;
  const auto rest = text_.substr(token.end, 3);
  return !rest.starts_with(" %") && !rest.starts_with("٪") && !rest.starts_with("٫");
}

std::optional<Count> Grammar::cardinal(std::size_t at) const {
  if (kind(at) == Kind::article && kind(at + 1) == Kind::number && gap(at + 1) == Gap::none) ++at;
  if (kind(at) == Kind::number) {
    if (lex(at).value < 0) return std::nullopt;
    const auto& token = tokens_[at];
    if (at > 0 && kind(at - 1) == Kind::number && token.begin == tokens_[at - 1].end + 1 &&
        text_[token.begin - 1] != '-') {
      return std::nullopt;  // the second part of a figure
    }
    Count count{static_cast<double>(lex(at).value), at + 1, true};
    if (kind(at + 1) == Kind::number && tokens_[at + 1].begin == token.end + 1) {
      const char sign = text_[token.end];
      const auto digits = tokens_[at + 1].word->folded;
      if (sign == ',' && digits.size() == 3) {
        return Count{count.value * 1000 + lex(at + 1).value, at + 2, true};
      }
      if ((sign == '.' || sign == ',') && digits.size() == 1) {
        return Count{count.value + lex(at + 1).value / 10.0, at + 2, true};
      }
      if (sign != '-') return std::nullopt;
    }
    return count;
  }
  if (kind(at) != Kind::cardinal || lex(at).value == 1001) return std::nullopt;
  // أربع وعشرين; خمسة عشر; ألف وتسعمائة وواحد: parts fall in size, joined by و.
  int total = lex(at).value;
  int last = total;
  ++at;
  for (int parts = 0; parts < 6; ++parts) {
    const auto& next = lex(at);
    if (next.kind != Kind::cardinal || !near(at)) break;
    if (!next.has(kAnd) && next.value == 10 && last < 10) {
      total += 10;  // خمسة عشر
    } else if (!next.has(kAnd) && next.value == 1000 && total < 1000) {
      total *= 1000;
    } else if (next.has(kAnd) && ((last >= 20 && next.value < last) ||
                                  (last < 10 && next.value >= 20 && next.value < 100))) {
      total += next.value;
    } else {
      break;
    }
    last = next.value;
    ++at;
  }
  return Count{static_cast<double>(total), at, false};
}

/// 1 to 31: digits, «الرابع عشر», «الحادي والعشرين», «الـ8».
std::optional<Count> Grammar::day_number(std::size_t at) const {
  if (kind(at) == Kind::article && kind(at + 1) == Kind::number && gap(at + 1) == Gap::none) ++at;
  if (kind(at) == Kind::number) {
    const int value = lex(at).value;
    if (value < 1 || value > kDaysOfMonth || !lex(at).has(kLeadingZeroOrShort)) {
      return std::nullopt;
    }
    return Count{static_cast<double>(value), at + 1, true};
  }
  if (kind(at) == Kind::ordinal) {
    int value = lex(at).value;
    ++at;
    const auto& next = lex(at);
    if (next.kind == Kind::cardinal && near(at)) {
      if (!next.has(kAnd) && next.value == 10 && !next.has(kDefinite)) {
        value += 10;
        ++at;
      } else if (next.has(kAnd) && (next.value == 20 || next.value == 30) && value < 10) {
        value += next.value;
        ++at;
      }
    }
    if (value > kDaysOfMonth) return std::nullopt;
    return Count{static_cast<double>(value), at, false};
  }
  // «الفاتح من نوفمبر»: the first.
  if (folded(at) == "الفاتح" && kind(at + 1) == Kind::from) return Count{1, at + 1, false};
  if (kind(at) == Kind::cardinal) {
    const auto count = cardinal(at);
    // «خمسة آب», but «الست من شوال» are six days of fasting.
    const bool feminine = count && count->value <= 10 && !folded(at).ends_with("ه");
    if (count && !feminine && count->value >= 2 && count->value <= kDaysOfMonth) return count;
  }
  return std::nullopt;
}

/// A year in digits, perhaps in brackets, or in words; without any word before it.
std::optional<Count> Grammar::year_number(std::size_t at) const {
  if (kind(at) == Kind::number) {
    if (!is_plain_number(at) || lex(at).value < 100) return std::nullopt;
    return Count{static_cast<double>(lex(at).value), at + 1, true};
  }
  if (kind(at) == Kind::cardinal && lex(at).value >= 1000 && lex(at).value <= 2000) {
    const auto count = cardinal(at);
    if (count && count->value >= 1000 && count->value <= 2100) return count;
  }
  return std::nullopt;
}

/// The year after a month: «2015», «(2015)», «عام 2015», «من العام 2015», «, 2015».
std::optional<Count> Grammar::year_after(std::size_t at) const {
  const auto here = at;
  if ((kind(at) == Kind::from || kind(at) == Kind::in) && soft(at)) ++at;
  if (kind(at) == Kind::unit && lex(at).value == static_cast<int>(Unit::year) &&
      (lex(at).flags & (kDual | kPlural)) == 0 && soft(at)) {
    const auto year = year_number(at + 1);
    const auto before = gap(at + 1);
    if (year && (before == Gap::blank || before == Gap::none || before == Gap::open)) return year;
    return std::nullopt;
  }
  if (at != here) return std::nullopt;
  const auto before = gap(at);
  const auto year = year_number(at);
  if (!year || !year->digits || year->value < 1000 || year->value > 2200) return std::nullopt;
  switch (before) {
    case Gap::none:
    case Gap::blank:
    case Gap::open:
    case Gap::close:
    case Gap::slash:
    case Gap::dash:
    case Gap::comma:
      return year;
    default:
      return std::nullopt;
  }
}

}  // namespace fihris::timex
