// SPDX-License-Identifier: GPL-2.0-or-later
#include "timex/grammar.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace fihris::timex {
namespace {

constexpr Lex kNothing;
constexpr std::size_t kLookBack = 12;  ///< tokens that may say the tense, before and after
constexpr std::size_t kLookAhead = 4;
constexpr std::size_t kDateline = 8;  ///< tokens of the head of a text that may hold its date
constexpr int kDatelineDays = 7;      ///< a date line is at most that much older than the paper
constexpr std::string_view kTatweel = "ـ";

/// Signs between words, one each; what else stands there is Gap::other.
struct Sign {
  std::string_view bytes;
  Gap gap;
};
constexpr std::array kSigns{
    Sign{"/", Gap::slash}, Sign{"\\", Gap::slash}, Sign{"-", Gap::dash}, Sign{"–", Gap::dash},
    Sign{"—", Gap::dash},  Sign{"_", Gap::dash},   Sign{".", Gap::dot},  Sign{",", Gap::comma},
    Sign{"،", Gap::comma}, Sign{"(", Gap::open},   Sign{"[", Gap::open}, Sign{")", Gap::close},
    Sign{"]", Gap::close}, Sign{":", Gap::colon},
};

/// Length of a blank at `at`, tatweel and direction marks among them; 0 if there is none.
std::size_t blank_at(std::string_view text, std::size_t at) {
  if (text[at] == ' ' || text[at] == '\t') return 1;
  const auto rest = text.substr(at, 3);
  if (rest.starts_with(kTatweel) || rest.starts_with("\u00A0")) return 2;
  if (rest.starts_with("\u200F") || rest.starts_with("\u200E") || rest.starts_with("\u200B")) {
    return 3;
  }
  return 0;
}

bool starts_expression(Kind kind) {
  switch (kind) {
    case Kind::month:
    case Kind::month_pair:
    case Kind::dhu:
    case Kind::rabi:
    case Kind::hijri_month:
    case Kind::weekday:
    case Kind::day_word:
    case Kind::unit:
    case Kind::cardinal:
    case Kind::ordinal:
    case Kind::number:
    case Kind::demonstrative:
    case Kind::edge:
    case Kind::day_part:
    case Kind::season:
    case Kind::fraction:
    case Kind::decade:
    case Kind::adverb:
    case Kind::vague:
    case Kind::period:
    case Kind::some:
    case Kind::for_time:
    case Kind::feast:
    case Kind::feast_name:
    case Kind::new_year:
    case Kind::week_end:
    case Kind::before:
    case Kind::since:
    case Kind::after:
    case Kind::every:
    case Kind::article:
    case Kind::late:
    case Kind::in:
      return true;
    default:
      return false;
  }
}

}  // namespace

Grammar::Grammar(std::string_view text, const std::vector<analysis::TextToken>& tokens,
                 LexCache& cache, const std::optional<Date>& published)
    : text_(text), tokens_(tokens), anchor_(published) {
  if (anchor_ && !is_valid(*anchor_)) anchor_.reset();
  lexes_.reserve(tokens.size());
  for (const auto& token : tokens) lexes_.push_back(cache.get(*token.word));
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    // «بعيد» is "far" before anything but the name of a feast.
    if (kind(i) == Kind::few && folded(i) == "بعيد" &&
        (folded(i + 1) == "الفطر" || folded(i + 1) == "الاضحي" || folded(i + 1) == "الميلاد" ||
         folded(i + 1) == "العمال" || folded(i + 1) == "النوروز")) {
      lexes_[i] = Lex{0, kLam, Kind::feast, 1};
    }
  }
}

const Lex& Grammar::lex(std::size_t at) const { return at < lexes_.size() ? lexes_[at] : kNothing; }

std::string_view Grammar::folded(std::size_t at) const {
  return at < tokens_.size() ? tokens_[at].word->folded : std::string_view();
}

Gap Grammar::gap(std::size_t at) const {
  if (at == 0 || at >= tokens_.size()) return Gap::other;
  const std::size_t first = tokens_[at - 1].end;
  const std::size_t last = tokens_[at].begin;
  Gap seen = Gap::none;
  for (std::size_t i = first; i < last && i < first + 12;) {
    if (const auto length = blank_at(text_, i)) {
      if (seen == Gap::none && text_.substr(i, kTatweel.size()) != kTatweel) seen = Gap::blank;
      i += length;
      continue;
    }
    if (seen != Gap::none && seen != Gap::blank) return Gap::other;
    const auto rest = text_.substr(i, last - i);
    const auto* const sign = std::ranges::find_if(
        kSigns, [&](const Sign& known) { return rest.starts_with(known.bytes); });
    if (sign == kSigns.end()) return Gap::other;
    seen = sign->gap;
    i += sign->bytes.size();
  }
  return last < first + 12 ? seen : Gap::other;
}

bool Grammar::near(std::size_t at) const {
  const auto before = gap(at);
  return before == Gap::blank || before == Gap::none;
}

bool Grammar::soft(std::size_t at) const { return near(at) || gap(at) == Gap::close; }

std::size_t Grammar::begin_of(std::size_t at) const {
  std::size_t begin = tokens_[at].begin;
  const auto step = [&] {
    begin += (static_cast<unsigned char>(text_[begin]) & 0x80) == 0 ? 1 : 2;
  };
  for (int letters = lex(at).clitics; letters > 0 && begin + 2 < tokens_[at].end; --letters) {
    step();
    // Harakat and tatweel belong to the letter before them.
    while (begin + 2 < tokens_[at].end && text_.substr(begin, 2) >= "\u064B" &&
           text_.substr(begin, 2) <= "\u0652") {
      step();
    }
    while (begin + 2 < tokens_[at].end && text_.substr(begin, 2) == kTatweel) step();
  }
  return begin;
}

std::size_t Grammar::closing(std::size_t at) const {
  std::size_t i = tokens_[at].end;
  for (int blanks = 0; i < text_.size() && blanks < 3; ++blanks) {
    if (text_[i] == ')' || text_[i] == ']') return i + 1;
    const auto length = blank_at(text_, i);
    if (length == 0) return 0;
    i += length;
  }
  return 0;
}

bool Grammar::starts_sentence(std::size_t at) const {
  if (at == 0) return true;
  if (near(at)) return false;
  const auto between = text_.substr(tokens_[at - 1].end, tokens_[at].begin - tokens_[at - 1].end);
  for (const std::string_view mark : {"\n", ".", "!", "؟", "?", ":", "؛"}) {
    if (between.find(mark) != between.npos) return true;
  }
  return false;
}

/// What the words around say of the time of an expression from `at` to `next`. Some words speak for
/// the future of a day and not of a month: «اعتبارا من», «يبدأ».
Tense Grammar::tense(std::size_t at, std::size_t next, bool day) const {
  for (std::size_t step = 1; step <= kLookBack && step <= at; ++step) {
    const auto i = at - step;
    if (starts_sentence(i + 1)) break;
    const auto& word = lex(i);
    if (word.kind == Kind::past_cue) return Tense::past;
    if (word.kind == Kind::future_cue && (word.value == 0 || (day && step <= 3))) {
      return Tense::future;
    }
    // «التدخل», «للتدخل» are nouns.
    if (day && word.kind == Kind::plan_verb && !word.has(kDefinite) && !word.has(kLam) &&
        (step <= 3 || starts_sentence(i))) {
      return Tense::future;
    }
    if (day && word.kind == Kind::until && step == 1) return Tense::future;
  }
  for (std::size_t i = next; i < next + kLookAhead && i < tokens_.size(); ++i) {
    if (starts_sentence(i)) break;
    const auto& word = lex(i);
    if (word.kind == Kind::past_cue) return Tense::past;
    if (word.kind == Kind::future_cue && word.value == 0) return Tense::future;
    if (folded(i) == "ان" || folded(i) == "انه" || folded(i) == "بان") break;
  }
  return Tense::unknown;
}

/// «أمس الجمعة» in a paper of Thursday: its writer counts from another day. Empty unless all pairs
/// of a day word and a weekday agree on one shift.
std::optional<Date> Grammar::anchor_from_weekdays() const {
  std::optional<int> shift;
  for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
    if (kind(i) != Kind::day_word || kind(i + 1) != Kind::weekday) continue;
    const auto before = gap(i + 1);
    if (before != Gap::blank && before != Gap::open) continue;
    int offset = lex(i).value;
    const auto last = i > 0 ? folded(i - 1) : std::string_view();
    if (offset == -1 && (last == "اول" || (last == "من" && i > 1 && folded(i - 2) == "اول"))) {
      offset = -2;
    }
    if (offset == 1 && last == "بعد") offset = 2;
    const int expected = weekday(add_days(*anchor_, offset));
    int found = (lex(i + 1).value - expected + 7) % 7;
    if (found > 3) found -= 7;
    if (shift && *shift != found) return std::nullopt;
    shift = found;
  }
  if (!shift || *shift == 0) return std::nullopt;
  return add_days(*anchor_, *shift);
}

/// «الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس»: the day at the head of an agency text.
std::optional<Date> Grammar::anchor_from_dateline() {
  for (std::size_t i = 0; i < kDateline && i < tokens_.size(); ++i) {
    if (kind(i) != Kind::number || lex(i).value > 31) continue;
    const auto expr = absolute_day(i);
    if (!expr || !expr->range || expr->confidence < 1) continue;
    const int age = anchor_ ? to_days(*anchor_) - to_days(expr->range->first) : 0;
    if (age < 0 || age > kDatelineDays) return std::nullopt;
    // The day of the head alone does not make a date line: an agency or a city stands beside it.
    if (i > 3 && kind(expr->next) != Kind::matching) return std::nullopt;
    if (kind(expr->next) == Kind::matching || (i > 0 && i <= 3)) return expr->range->first;
  }
  return std::nullopt;
}

std::optional<Expr> Grammar::at(std::size_t first) {
  const auto longer = [](Maybe a, Maybe b) {
    if (!a) return b;
    if (!b || b->next <= a->next) return a;
    return b;
  };
  switch (kind(first)) {
    case Kind::number:
    case Kind::article: {
      if (auto day = absolute_day(first)) return day;
      if (auto hijri = hijri_year_expr(first)) return hijri;
      if (auto clock = clock_expr(first)) return clock;
      if (auto span = duration(first)) return span;
      return year_expr(first);
    }
    case Kind::ordinal:
      if (auto word = day_expr(first)) return word;
      if (auto day = nth_weekday(first)) return day;
      if (auto clock = clock_expr(first)) return clock;
      if (auto feast = feast_expr(first)) return feast;
      if (auto day = absolute_day(first)) return day;
      return duration(first);
    case Kind::cardinal:
      if (auto day = absolute_day(first)) return day;
      if (is_bare_hour(first)) {
        if (auto clock = clock_expr(first)) return clock;
      }
      return duration(first);
    case Kind::month:
      if (kind(first + 1) == Kind::from) {
        if (auto day = day_of_month(first)) return day;  // «الفاتح من نوفمبر»
      }
      return month_expr(first);
    case Kind::month_pair:
    case Kind::dhu:
    case Kind::hijri_month:
      return month_expr(first);
    case Kind::rabi:
      return longer(month_expr(first), season_expr(first));
    case Kind::weekday:
    case Kind::day_word:
      if (auto day = day_expr(first)) return day;
      return set_expr(first);
    case Kind::unit: {
      if (lex(first).value == static_cast<int>(Unit::hour)) {
        if (auto clock = clock_expr(first)) return clock;
      }
      if (auto day = day_expr(first)) return day;
      if (auto window = plural_window(first)) return window;
      if (auto month = month_expr(first)) return month;
      if (auto year = year_expr(first)) return year;
      if (auto century = century_expr(first)) return century;
      if (auto unit = unit_expr(first)) return unit;
      if (auto span = duration(first)) return span;
      return set_expr(first);
    }
    case Kind::demonstrative:
      return this_expr(first);
    case Kind::edge:
      if (auto day = nth_weekday(first)) return day;
      return edge_expr(first);
    case Kind::fraction:
      return longer(fraction_expr(first), duration(first));
    case Kind::day_part:
      return day_part_expr(first);
    case Kind::season:
      return season_expr(first);
    case Kind::decade:
      return decade_expr(first);
    case Kind::adverb:
    case Kind::every:
      return set_expr(first);
    case Kind::in:
      return set_expr(first);
    case Kind::vague:
    case Kind::period:
    case Kind::late:
      return vague_expr(first);
    case Kind::some:
    case Kind::for_time:
      return duration(first);
    case Kind::feast:
    case Kind::feast_name:
    case Kind::new_year:
    case Kind::week_end:
      return feast_expr(first);
    case Kind::before:
    case Kind::since:
      return ago(first);
    case Kind::after:
      return after_expr(first);
    default:
      return std::nullopt;
  }
}

void Grammar::keep(std::size_t first, const Expr& expr, std::vector<DateMention>& found) {
  if (expr.range && (!is_valid(expr.range->first) || !is_valid(expr.range->last))) return;
  DateMention mention;
  mention.begin = begin_of(first);
  mention.end = expr.end != 0 ? expr.end : tokens_[expr.next - 1].end;
  // «هـ»: the tatweel is a part of the sign.
  while (text_.substr(mention.end, kTatweel.size()) == kTatweel) mention.end += kTatweel.size();
  mention.type = expr.type;
  mention.value = expr.value;
  mention.range = expr.range;
  mention.named = expr.named;
  mention.rule = expr.rule;
  mention.confidence = expr.confidence;
  if (expr.range && expr.type != TimexType::duration && expr.type != TimexType::set &&
      expr.unit <= Unit::day) {
    focus_ = expr.range->first;
  }
  found.push_back(std::move(mention));
}

/// «من 3 إلى 5 آب», «بين السبت والاثنين»: the first end also carries the days from one to the
/// other.
void Grammar::join_intervals(std::vector<DateMention>& found) const {
  const auto words_before = [&](std::size_t end) {
    const auto start = end > 24 ? end - 24 : 0;
    auto before = text_.substr(start, end - start);
    while (!before.empty() && (before.back() == ' ' || before.back() == '(')) {
      before.remove_suffix(1);
    }
    return before;
  };
  for (std::size_t i = 0; i + 1 < found.size(); ++i) {
    auto& low = found[i];
    auto& high = found[i + 1];
    if (!low.range || !high.range || !low.named || !high.named) continue;
    if (high.begin <= low.end || high.begin - low.end > 24 || low.range == high.range) continue;
    auto between = text_.substr(low.end, high.begin - low.end);
    while (!between.empty() && between.front() == ' ') between.remove_prefix(1);
    while (!between.empty() && between.back() == ' ') between.remove_suffix(1);
    const auto before = words_before(low.begin);
    const bool from = before.ends_with("من") || before.ends_with("منذ");
    const bool to = between == "إلى" || between == "الى" || between == "الي" || between == "حتى" ||
                    between == "وحتى" || between == "ولغاية" || between == "لغاية" ||
                    between == "وإلى";
    const bool pair = before.ends_with("بين") && between == "و";
    if (!(from && to) && !pair) continue;
    const std::string_view weekday_rule = "weekday";
    if (high.range->last < low.range->first) {
      // «من الأحد إلى الثلاثاء», said on Monday.
      if (low.rule != weekday_rule || high.rule != weekday_rule || high.value.size() != 10) {
        continue;
      }
      const auto day = add_days(high.range->first, 7);
      high.range = DateRange{day, day};
      high.value = to_iso(day);
    }
    low.interval = DateRange{low.range->first, high.range->last};
  }
}

std::vector<DateMention> Grammar::run() {
  std::vector<DateMention> found;
  if (const auto day = anchor_from_dateline()) {
    anchor_ = day;
  } else if (anchor_) {
    if (const auto shifted = anchor_from_weekdays()) anchor_ = shifted;
  }
  focus_ = anchor_;
  std::vector<std::pair<std::size_t, Expr>> more;
  for (std::size_t i = 0; i < tokens_.size();) {
    if (!starts_expression(kind(i))) {
      ++i;
      continue;
    }
    more.clear();
    // «يومي 26 و27 أغسطس».
    const bool days = kind(i) == Kind::unit && lex(i).value == static_cast<int>(Unit::day) &&
                      near(i + 1) && !lex(i).has(kPlural);
    if (const auto list = day_list(days ? i + 1 : i, more)) {
      more.front().first = i;
      for (const auto& [first, expr] : more) keep(first, expr, found);
      i = list->next;
      continue;
    }
    const auto expr = at(i);
    if (!expr || expr->next <= i) {
      ++i;
      continue;
    }
    if (!expr->value.empty()) keep(i, *expr, found);  // an empty value: read over, a name
    i = expr->next;
  }
  join_intervals(found);
  return found;
}

}  // namespace fihris::timex
