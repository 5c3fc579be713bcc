// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/timex.h"

#include <array>
#include <charconv>
#include <utility>

#include "analysis/words.h"

namespace fihris {
namespace {

using analysis::TextToken;

constexpr std::array<std::pair<std::string_view, int>, 26> kMonths{
    {{"شباط", 2},    {"اذار", 3},    {"نيسان", 4}, {"ايار", 5},   {"حزيران", 6}, {"تموز", 7},
     {"اب", 8},      {"ايلول", 9},   {"يناير", 1}, {"فبراير", 2}, {"مارس", 3},   {"ابريل", 4},
     {"مايو", 5},    {"يونيو", 6},   {"يوليو", 7}, {"اغسطس", 8},  {"سبتمبر", 9}, {"اكتوبر", 10},
     {"نوفمبر", 11}, {"ديسمبر", 12}, {"جانفي", 1}, {"فيفري", 2},  {"افريل", 4},  {"جوان", 6},
     {"جويليه", 7},  {"غشت", 8}}};

constexpr std::array<std::pair<std::string_view, int>, 5> kDayWords{
    {{"امس", -1}, {"وامس", -1}, {"اليوم", 0}, {"غدا", 1}, {"البارحه", -1}}};

std::optional<int> number(const TextToken& token) {
  if (token.word->kind != TokenKind::number) return std::nullopt;
  const auto text = token.word->folded;
  int value = 0;
  const auto end = text.data() + text.size();
  if (text.size() > 4 || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
  return value;
}

int month(std::string_view folded) {
  for (const auto& [name, value] : kMonths) {
    if (folded == name) return value;
  }
  return 0;
}

}  // namespace

struct DateReader::Impl {
  analysis::WordTable words;
};

DateReader::DateReader() : impl_(std::make_unique<Impl>()) {}
DateReader::~DateReader() = default;
DateReader::DateReader(DateReader&&) noexcept = default;
DateReader& DateReader::operator=(DateReader&&) noexcept = default;

std::vector<DateMention> DateReader::read(std::string_view text,
                                          const std::optional<Date>& published) {
  impl_->words.trim();
  std::vector<DateMention> found;
  const auto tokens = analysis::tokenize(text, impl_->words);
  const auto add = [&](std::size_t first, std::size_t last, const Date& day, const char* rule) {
    if (!is_valid(day)) return;
    DateMention mention;
    mention.begin = tokens[first].begin;
    mention.end = tokens[last].end;
    mention.value = to_iso(day);
    mention.range = DateRange{day, day};
    mention.rule = rule;
    found.push_back(std::move(mention));
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto folded = tokens[i].word->folded;
    if (published) {
      for (const auto& [word, days] : kDayWords) {
        if (folded == word) add(i, i, from_days(to_days(*published) + days), "day-word");
      }
    }
    const auto day = number(tokens[i]);
    if (!day || *day < 1 || *day > 31 || i + 1 >= tokens.size()) continue;
    const int named = month(tokens[i + 1].word->folded);
    if (named == 0) continue;
    std::optional<int> year;
    if (i + 2 < tokens.size()) year = number(tokens[i + 2]);
    const bool written = year && *year >= 1900 && *year <= 2100;
    if (!written && !published) continue;
    add(i, written ? i + 2 : i + 1,
        {static_cast<std::int16_t>(written ? *year : published->year),
         static_cast<std::uint8_t>(named), static_cast<std::uint8_t>(*day)},
        "day-month");
    i += written ? 2 : 1;
  }
  return found;
}

std::optional<DateRange> DateReader::parse(std::string_view text,
                                           const std::optional<Date>& today) {
  if (const auto range = parse_iso_range(text)) return range;
  const auto found = read(text, today);
  return found.size() == 1 ? found.front().range : std::nullopt;
}

const char* timex_type_name(TimexType type) noexcept {
  switch (type) {
    case TimexType::date:
      return "DATE";
    case TimexType::time:
      return "TIME";
    case TimexType::duration:
      return "DURATION";
    case TimexType::set:
      return "SET";
  }
  return "";
}

}  // namespace fihris
