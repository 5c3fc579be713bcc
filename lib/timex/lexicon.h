// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/words.h"

namespace fihris::timex {

/// What a word can do in a temporal expression.
enum class Kind : std::uint8_t {
  none,
  month,       ///< Gregorian month; value 1 to 12
  month_pair,  ///< كانون، تشرين، جمادى: a month only with an ordinal; value = the first of the two
  dhu,         ///< ذو of ذو الحجة
  rabi,        ///< ربيع: season, or with an ordinal the Hijri months 3 and 4
  hijri_month,  ///< value 1 to 12
  weekday,      ///< value 0 = Sunday to 6
  day_word,     ///< value: days from today (أمس −1, غدا +1)
  unit,         ///< value: Unit
  cardinal,     ///< number word; value
  ordinal,      ///< value
  number,       ///< digits; value, or −1 if it is too large to be a part of a date
  past,         ///< الماضي
  next,         ///< المقبل
  current,      ///< الجاري
  recent,       ///< الأخير
  previous,     ///< السابق
  following,    ///< التالي
  same,         ///< نفسه
  demonstrative,
  edge,      ///< مطلع، منتصف، نهاية
  day_part,  ///< value: index into the parts of a day
  season,    ///< value 0 spring to 3 winter
  fraction,  ///< نصف ربع ثلث; value = how many parts the whole has
  decade,    ///< value: 30 for الثلاثينيات
  adverb,    ///< يوميا, سنوي: a set; value Unit
  vague,     ///< حاليا (0), سابقا (−1), لاحقا (+1)
  period,    ///< فترة، آونة: vague with a modifier
  some,      ///< عدة، بضعة
  few,       ///< قليلة، طويلة
  whole,     ///< كامل
  for_time,  ///< مدة، طوال
  era,       ///< هـ (1), م (0)
  matching,  ///< الموافق
  dated,     ///< بتاريخ
  feast,     ///< عيد
  feast_name,
  new_year,  ///< رأس
  week_end,  ///< عطلة
  from,
  in,
  since,
  until,
  to,
  before,
  after,
  during,
  between,
  every,
  or_word,
  and_word,
  article,          ///< the detached article of «الـ8»
  almost,           ///< نحو، حوالي
  only_half_after,  ///< ونصف
  late,             ///< وقت
  past_cue,
  future_cue,
  plan_verb,
  attack_cue,  ///< هجمات، أحداث before «11 سبتمبر»
  name_head,   ///< قوى، شارع: what a date after it names
  counted,     ///< people, money and measures: a number before it is an amount
  not_year,    ///< قرار، رقم: a number after it is no year
  newspaper,   ///< عين، المصري before «اليوم»
  age,         ///< عمر، عقد: «الأربعينيات من العمر»
  ruled_out,   ///< common words that only look like the above with a clitic
};

enum class Unit : std::uint8_t { second, minute, hour, day, week, month, year, decade, century };

constexpr int number_of(Unit unit) { return static_cast<int>(unit); }

/// Marks of a word.
enum Flag : std::uint16_t {
  kDefinite = 1,       ///< with the article
  kDual = 2,           ///< يومين
  kPlural = 4,         ///< أيام
  kIndefinite = 8,     ///< may not have the article (a flag of the table)
  kOnlyDefinite = 16,  ///< must have it (a flag of the table)
  kConstruct = 32,     ///< dual that governs: يومي، عامي
  kNoClitic = 64,      ///< read only without و، ب، ل (a flag of the table)
  kLatin = 128,
  kWeak = 256,                 ///< also a common word of another meaning: needs more around it
  kAnd = 512,                  ///< found behind a proclitic و
  kLam = 1024,                 ///< found behind a proclitic ل or ب
  kLeadingZeroOrShort = 2048,  ///< digits: at most two of them
};

/// A word as the grammar sees it.
struct Lex {
  std::int32_t value = 0;
  std::uint16_t flags = 0;
  Kind kind = Kind::none;
  std::uint8_t clitics = 0;  ///< letters before the expression proper: 1 in «وأمس»

  bool has(Flag flag) const { return (flags & flag) != 0; }
};

/// Where an entry of the tables comes from.
enum class Source : std::uint8_t {
  cldr_ar,       ///< Unicode CLDR 42, ar: months, weekdays, fields
  cldr_levant,   ///< the same, ar-IQ, ar-JO, ar-LB, ar-PS, ar-SY
  cldr_maghreb,  ///< the same, ar-DZ, ar-TN, ar-MA, ar-MR
  cldr_islamic,  ///< the same, ar, Islamic calendar
  cldr_en,       ///< the same, en
  wehr,          ///< Wehr, A Dictionary of Modern Written Arabic, 4th ed.
  ryding,        ///< Ryding, A Reference Grammar of Modern Standard Arabic: chapters 15 and 16
  press,         ///< a usual spelling or name of the newspapers; checked against the calendar
};

/// A row of the tables. Words in dictionary spelling; they are folded when the tables are built.
struct Entry {
  std::string_view word;
  Kind kind;
  std::int32_t value;
  std::uint16_t flags;
  Source source;
};

/// The tables, each in a file of its own.
std::span<const Entry> month_entries();    // months.cc
std::span<const Entry> numeral_entries();  // numerals.cc
std::span<const Entry> word_entries();     // lexicon.cc
std::span<const Entry> context_entries();  // context_words.cc

/// Reads one word: entry, clitics, digits.
Lex classify(const analysis::Word& word);

/// Remembers what each word of one WordTable is.
class LexCache {
 public:
  /// Forgets all if `words` is another table or has been trimmed.
  void attach(const analysis::WordTable& words);
  const Lex& get(const analysis::Word& word) {
    if (word.id >= known_.size()) known_.resize(word.id + word.id / 2 + 256);
    auto& slot = known_[word.id];
    if (!slot.seen) slot = {classify(word), true};
    return slot.lex;
  }

 private:
  struct Slot {
    Lex lex;
    bool seen = false;
  };
  std::vector<Slot> known_;
  const analysis::WordTable* table_ = nullptr;
  std::uint32_t generation_ = 0;
};

}  // namespace fihris::timex
