// SPDX-License-Identifier: GPL-2.0-or-later
#include "timex/lexicon.h"

#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>

#include "fihris/analysis.h"

namespace fihris::timex {
namespace {

using enum Kind;
using enum Source;

constexpr int kHour = number_of(Unit::hour);
constexpr int kDay = number_of(Unit::day);
constexpr int kWeek = number_of(Unit::week);
constexpr int kMonth = number_of(Unit::month);
constexpr int kYear = number_of(Unit::year);

constexpr Entry kWords[] = {
    {"أمس", day_word, -1, 0, cldr_ar},
    {"بارحة", day_word, -1, kOnlyDefinite, wehr},
    {"بارح", day_word, -1, kOnlyDefinite, press},
    {"مبارح", day_word, -1, 0, press},
    {"إمبارح", day_word, -1, 0, press},
    {"غدا", day_word, 1, 0, cldr_ar},
    {"غد", day_word, 1, kWeak, cldr_ar},
    {"يوم", day_word, 0, kOnlyDefinite, cldr_ar},
    {"today", day_word, 0, kLatin, cldr_en},
    {"yesterday", day_word, -1, kLatin, cldr_en},
    {"tomorrow", day_word, 1, kLatin, cldr_en},
    // Units: singular, dual in both cases and in construct, plural.
    {"ثانية", unit, 0, kIndefinite, cldr_ar},
    {"ثانيتين", unit, 0, kDual, ryding},
    {"ثوان", unit, 0, kPlural, cldr_ar},
    {"ثواني", unit, 0, kPlural, cldr_ar},
    {"دقيقة", unit, 1, 0, cldr_ar},
    {"دقيقتين", unit, 1, kDual, ryding},
    {"دقيقتان", unit, 1, kDual, ryding},
    {"دقائق", unit, 1, kPlural, cldr_ar},
    {"ساعة", unit, kHour, 0, cldr_ar},
    {"ساعتين", unit, kHour, kDual, ryding},
    {"ساعتان", unit, kHour, kDual, ryding},
    {"ساعات", unit, kHour, kPlural, cldr_ar},
    {"يوم", unit, kDay, 0, cldr_ar},
    {"يوما", unit, kDay, kIndefinite, cldr_ar},
    {"يومين", unit, kDay, kDual, ryding},
    {"يومان", unit, kDay, kDual, ryding},
    {"يومي", unit, kDay, kDual | kConstruct | kWeak, ryding},
    {"أيام", unit, kDay, kPlural, cldr_ar},
    {"أياما", unit, kDay, kPlural, ryding},
    {"نهار", unit, kDay, kWeak, wehr},
    {"أسبوع", unit, kWeek, 0, cldr_ar},
    {"أسبوعا", unit, kWeek, kIndefinite, cldr_ar},
    {"أسبوعين", unit, kWeek, kDual, ryding},
    {"أسبوعان", unit, kWeek, kDual, ryding},
    {"أسابيع", unit, kWeek, kPlural, cldr_ar},
    {"شهر", unit, kMonth, 0, cldr_ar},
    {"شهرا", unit, kMonth, kIndefinite, cldr_ar},
    {"شهرين", unit, kMonth, kDual, ryding},
    {"شهران", unit, kMonth, kDual, ryding},
    {"شهري", unit, kMonth, kDual | kConstruct | kWeak, ryding},
    {"أشهر", unit, kMonth, kPlural | kWeak, cldr_ar},
    {"شهور", unit, kMonth, kPlural, wehr},
    {"عام", unit, kYear, kWeak, cldr_ar},
    {"عاما", unit, kYear, kIndefinite, wehr},
    {"عامين", unit, kYear, kDual, ryding},
    {"عامان", unit, kYear, kDual, ryding},
    {"عامي", unit, kYear, kDual | kConstruct, ryding},
    {"أعوام", unit, kYear, kPlural, wehr},
    {"سنة", unit, kYear, kWeak, cldr_ar},
    {"سنتين", unit, kYear, kDual, ryding},
    {"سنتان", unit, kYear, kDual, ryding},
    {"سنتي", unit, kYear, kDual | kConstruct, ryding},
    {"سنوات", unit, kYear, kPlural, cldr_ar},
    {"سنين", unit, kYear, kPlural, wehr},
    {"عقد", unit, number_of(Unit::decade), kWeak, wehr},
    {"عقدين", unit, number_of(Unit::decade), kDual, ryding},
    {"عقود", unit, number_of(Unit::decade), kPlural | kWeak, wehr},
    {"قرن", unit, number_of(Unit::century), 0, wehr},
    {"قرنين", unit, number_of(Unit::century), kDual, ryding},
    {"قرون", unit, number_of(Unit::century), kPlural, wehr},
    // Which one: adjectives in all genders and numbers.
    {"ماضي", past, 0, 0, wehr},
    {"ماضية", past, 0, 0, wehr},
    {"ماضيين", past, 0, kDual, ryding},
    {"ماضيتين", past, 0, kDual, ryding},
    {"ماضيان", past, 0, kDual, ryding},
    {"فائت", past, 0, 0, wehr},
    {"فائتة", past, 0, 0, wehr},
    {"فارط", past, 0, kOnlyDefinite, press},  // Tunisia
    {"فارطة", past, 0, kOnlyDefinite, press},
    {"فارطين", past, 0, kOnlyDefinite | kDual, press},
    {"فائتين", past, 0, kDual, ryding},
    {"منصرم", past, 0, 0, wehr},
    {"منصرمة", past, 0, 0, wehr},
    {"منصرمين", past, 0, kDual, ryding},
    {"منقضي", past, 0, 0, wehr},
    {"منقضية", past, 0, 0, wehr},
    {"أخير", recent, 0, kOnlyDefinite, wehr},
    {"أخيرة", recent, 0, kOnlyDefinite, wehr},
    {"أخيرين", recent, 0, kOnlyDefinite | kDual, ryding},
    {"أخيرتين", recent, 0, kOnlyDefinite | kDual, ryding},
    {"سابق", previous, 0, 0, wehr},
    {"سابقة", previous, 0, 0, wehr},
    {"سابقين", previous, 0, kDual, ryding},
    {"سابقتين", previous, 0, kDual, ryding},
    {"مقبل", next, 0, 0, wehr},
    {"مقبلة", next, 0, 0, wehr},
    {"مقبلين", next, 0, kDual, ryding},
    {"مقبلتين", next, 0, kDual, ryding},
    {"قادم", next, 0, 0, wehr},
    {"قادمة", next, 0, 0, wehr},
    {"قادمين", next, 0, kDual, ryding},
    {"آتي", next, 0, kOnlyDefinite, wehr},
    {"آتية", next, 0, kOnlyDefinite, wehr},
    {"جاي", next, 0, 0, press},
    {"تالي", following, 0, kOnlyDefinite, wehr},
    {"تالية", following, 0, kOnlyDefinite, wehr},
    {"موالي", following, 0, kOnlyDefinite, press},  // Maghreb
    {"موالية", following, 0, kOnlyDefinite, press},
    {"لاحق", following, 1, 0, wehr},
    {"لاحقة", following, 1, 0, wehr},
    {"حالي", current, 0, 0, wehr},
    {"حالية", current, 0, 0, wehr},
    {"حاليين", current, 0, kDual, ryding},
    {"جاري", current, 0, 0, wehr},
    {"جارية", current, 0, 0, wehr},
    {"راهن", current, 0, 0, wehr},
    {"راهنة", current, 0, 0, wehr},
    {"حاضر", current, 0, kOnlyDefinite, wehr},
    {"نفسه", same, 0, 0, wehr},
    {"نفسها", same, 0, 0, wehr},
    {"ذاته", same, 0, 0, wehr},
    {"ذاتها", same, 0, 0, wehr},
    {"عينه", same, 0, 0, wehr},
    {"هذا", demonstrative, 0, kIndefinite, ryding},
    {"هذه", demonstrative, 0, kIndefinite, ryding},
    {"ذلك", demonstrative, 1, kIndefinite, ryding},
    {"تلك", demonstrative, 1, kIndefinite, ryding},
    // Parts of a period; value 1 the beginning, 2 the middle, 3 the end.
    {"مطلع", edge, 1, 0, wehr},
    {"بداية", edge, 1, 0, wehr},
    {"أوائل", edge, 1, 0, wehr},
    {"مستهل", edge, 1, 0, wehr},
    {"بدايات", edge, 1, 0, wehr},
    {"مطالع", edge, 1, 0, wehr},
    {"منتصف", edge, 2, 0, wehr},
    {"أواسط", edge, 2, 0, wehr},
    {"وسط", edge, 2, kWeak, wehr},
    {"نهاية", edge, 3, 0, wehr},
    {"أواخر", edge, 3, 0, wehr},
    {"آخر", edge, 3, kWeak, wehr},
    {"آخرة", edge, 3, kWeak | kOnlyDefinite, wehr},
    {"ختام", edge, 3, kWeak, wehr},
    {"غرة", edge, 1, kWeak, wehr},
    // Parts of the day: value is the index of kDayParts in time_of_day.cc.
    {"صباح", day_part, 0, 0, wehr},
    {"صباحا", day_part, 0, 0, wehr},
    {"صبيحة", day_part, 0, 0, wehr},
    {"ضحى", day_part, 0, 0, wehr},
    {"فجر", day_part, 1, kWeak, wehr},
    {"فجرا", day_part, 1, 0, wehr},
    {"سحر", day_part, 1, kWeak | kIndefinite, wehr},
    {"ظهر", day_part, 2, kWeak, wehr},
    {"ظهرا", day_part, 2, 0, wehr},
    {"ظهيرة", day_part, 2, 0, wehr},
    {"عصر", day_part, 3, kWeak, wehr},
    {"عصرا", day_part, 3, 0, wehr},
    {"مساء", day_part, 4, 0, wehr},
    {"مساءا", day_part, 4, 0, press},
    {"عشية", day_part, 4, kWeak, wehr},
    {"مغرب", day_part, 4, kWeak | kIndefinite, wehr},
    {"ليل", day_part, 5, 0, wehr},
    {"ليلا", day_part, 5, 0, wehr},
    {"ليلة", day_part, 5, 0, wehr},
    {"صيف", season, 1, 0, wehr},
    {"خريف", season, 2, 0, wehr},
    {"شتاء", season, 3, 0, wehr},
    {"فصل", ruled_out, 0, 0, wehr},
    {"نصف", fraction, 2, 0, wehr},
    {"ثلث", fraction, 3, 0, wehr},
    {"ربع", fraction, 4, 0, wehr},
    // Sets.
    {"يوميا", adverb, kDay, kIndefinite, wehr},
    {"يومية", adverb, kDay, 0, wehr},
    {"أسبوعيا", adverb, kWeek, kIndefinite, wehr},
    {"أسبوعي", adverb, kWeek, 0, wehr},
    {"أسبوعية", adverb, kWeek, 0, wehr},
    {"شهريا", adverb, kMonth, kIndefinite, wehr},
    {"شهرية", adverb, kMonth, 0, wehr},
    {"سنويا", adverb, kYear, kIndefinite, wehr},
    {"سنوي", adverb, kYear, 0, wehr},
    {"سنوية", adverb, kYear, 0, wehr},
    // Vague.
    {"حاليا", vague, 0, 0, wehr},
    {"آن", vague, 0, kOnlyDefinite, wehr},
    {"سابقا", vague, -1, 0, wehr},
    {"مؤخرا", vague, -1, 0, wehr},
    {"آنذاك", vague, -1, 0, wehr},
    {"حينذاك", vague, -1, 0, wehr},
    {"وقتذاك", vague, -1, 0, wehr},
    {"لاحقا", vague, 1, 0, wehr},
    {"قريبا", vague, 1, kWeak, wehr},
    {"مستقبلا", vague, 1, 0, wehr},
    {"مستقبل", vague, 1, kWeak | kOnlyDefinite, wehr},
    {"فترة", period, 0, 0, wehr},
    {"آونة", period, 0, 0, wehr},
    {"لحظة", period, 0, 0, wehr},
    {"وقت", late, 0, 0, wehr},
    {"زمن", late, 0, kWeak, wehr},
    {"قليل", few, 1, kIndefinite, wehr},
    {"قليلة", few, 0, 0, wehr},
    {"معدودة", few, 0, 0, wehr},
    {"طويلة", few, 0, 0, wehr},
    {"طويل", few, 0, 0, wehr},
    {"عديدة", few, 0, 0, wehr},
    {"كثيرة", few, 0, 0, wehr},
    {"بعيد", few, 0, 0, wehr},
    {"بعيدة", few, 0, kIndefinite, wehr},
    {"قصيرة", few, 0, 0, wehr},
    {"قصير", few, 0, 0, wehr},
    {"قلائل", few, 0, 0, wehr},
    {"معدودات", few, 0, 0, wehr},
    {"متتالية", few, 0, kIndefinite, wehr},
    {"متواصلة", few, 0, kIndefinite, wehr},
    {"متعاقبة", few, 0, kIndefinite, wehr},
    {"عدة", some, 0, 0, wehr},
    {"بضعة", some, 0, 0, wehr},
    {"بضع", some, 0, 0, wehr},
    {"عشرات", some, 0, 0, wehr},
    {"مئات", some, 0, 0, wehr},
    {"كامل", whole, 0, 0, wehr},
    {"كاملة", whole, 0, 0, wehr},
    {"كاملا", whole, 0, 0, wehr},
    {"كاملين", whole, 0, 0, wehr},
    {"مدة", for_time, 0, 0, wehr},
    {"أمد", for_time, 0, kIndefinite, wehr},
    {"طوال", for_time, 1, 0, wehr},
    {"طيلة", for_time, 1, 0, wehr},
    {"مدى", for_time, 0, 0, wehr},
    {"مدار", for_time, 0, 0, wehr},
    {"امتداد", for_time, 0, kIndefinite, wehr},
    // Calendars.
    {"ه", era, 1, kIndefinite | kNoClitic, wehr},
    {"هجري", era, 1, 0, wehr},
    {"هجرية", era, 1, 0, wehr},
    {"للهجرة", era, 1, kNoClitic, wehr},
    {"م", era, 0, kIndefinite | kNoClitic, wehr},
    {"ميلادي", era, 0, 0, wehr},
    {"ميلادية", era, 0, 0, wehr},
    {"للميلاد", era, 0, kNoClitic, wehr},
    {"موافق", matching, 0, 0, wehr},
    {"مصادف", matching, 0, 0, wehr},
    {"تاريخ", dated, 0, 0, wehr},
    // Feasts: the second word says which (feasts.cc).
    {"عيد", feast, 0, 0, wehr},
    {"عاشوراء", feast_name, 0, 0, wehr},
    {"نوروز", feast_name, 1, 0, wehr},
    {"النيروز", feast_name, 1, kNoClitic, wehr},
    {"رأس", new_year, 0, 0, wehr},
    {"عطلة", week_end, 0, 0, wehr},
    {"إجازة", week_end, 0, 0, wehr},
    // Particles.
    {"من", from, 0, kIndefinite | kNoClitic, ryding},
    {"ومن", from, 0, kIndefinite | kNoClitic, ryding},
    {"في", in, 0, kIndefinite, ryding},
    {"منذ", since, 0, kIndefinite, ryding},
    {"مذ", since, 0, kIndefinite | kNoClitic, ryding},
    {"حتى", until, 0, kIndefinite, ryding},
    {"لغاية", until, 0, kIndefinite, ryding},
    {"إلى", to, 0, kIndefinite, ryding},
    {"قبل", before, 0, kIndefinite, ryding},
    {"قبيل", before, 1, kIndefinite, ryding},
    {"بعد", after, 0, kIndefinite, ryding},
    {"خلال", during, 0, kIndefinite, ryding},
    {"أثناء", during, 0, kIndefinite, ryding},
    {"غضون", during, 0, kIndefinite, wehr},
    {"بين", between, 0, kIndefinite, ryding},
    {"مابين", between, 0, kIndefinite, ryding},
    {"كل", every, 0, kIndefinite, ryding},
    {"أو", or_word, 0, kIndefinite | kNoClitic, ryding},
    {"و", and_word, 0, kIndefinite | kNoClitic, ryding},
    {"ال", article, 0, kIndefinite, ryding},
    // Common words that a clitic would turn into one of the above.
    {"بعض", ruled_out, 0, kNoClitic, wehr},
    {"باب", ruled_out, 0, kNoClitic, wehr},
    {"لواحد", ruled_out, 0, kNoClitic, wehr},
    {"بأول", ruled_out, 0, kNoClitic, wehr},
    {"وسطى", ruled_out, 0, kNoClitic, wehr},
    {"فصيف", ruled_out, 0, kNoClitic, wehr},
    {"لاحد", ruled_out, 0, kNoClitic, wehr},
    {"باحد", ruled_out, 0, kNoClitic, wehr},
    {"لغد", ruled_out, 0, kNoClitic, wehr},
};

struct Known {
  Kind kind;
  std::int32_t value;
  std::uint16_t flags;
};

using Table = std::unordered_map<std::string, Known>;

const Table& table() {
  static const Table known = [] {
    Table made;
    for (const auto entries :
         {month_entries(), numeral_entries(), word_entries(), context_entries()}) {
      for (const auto& entry : entries) {
        // What needs the article stands under the form with it: «الثانية» the second, «ثانية» 1/60
        // of a minute.
        const bool definite = (entry.flags & kOnlyDefinite) != 0;
        const auto flags = static_cast<std::uint16_t>(entry.flags | (definite ? kDefinite : 0));
        made.try_emplace((definite ? "ال" : "") + Analyzer::fold(entry.word),
                         Known{entry.kind, entry.value, flags});
      }
    }
    return made;
  }();
  return known;
}

constexpr std::string_view kArticle = "ال";
constexpr std::string_view kLl = "لل";

/// Looks `word` up without any clitic but the article.
std::optional<Lex> look_up(const std::string& word) {
  const auto& known = table();
  const auto found = [&](const std::string& key) -> const Known* {
    const auto at = known.find(key);
    return at == known.end() ? nullptr : &at->second;
  };
  const auto* entry = found(word);
  bool definite = false;
  if (entry == nullptr && word.starts_with(kArticle)) {
    entry = found(word.substr(kArticle.size()));
    definite = true;
    if (entry != nullptr && (entry->flags & kIndefinite) != 0) entry = nullptr;
    // The article is part of names that the table has with it.
    if (entry != nullptr && (entry->kind == Kind::name_head || entry->kind == Kind::past_cue)) {
      entry = nullptr;
    }
  }
  if (entry == nullptr) return std::nullopt;
  Lex lex{entry->value, entry->flags, entry->kind, 0};
  if (definite) lex.flags |= kDefinite;
  return lex;
}

Lex classify_number(std::string_view digits) {
  int value = 0;
  const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool fits = digits.size() <= 4 && done.ptr == digits.data() + digits.size();
  Lex lex{fits ? value : -1, 0, Kind::number, 0};
  if (digits.size() <= 2) lex.flags |= kLeadingZeroOrShort;
  return lex;
}

/// A verb with the س of the future: «سيزور». The stem tells it from words that begin with س.
bool is_future_verb(const analysis::Word& word) {
  for (const std::string_view prefix : {"سي", "ست", "سن", "سا"}) {
    const bool with_and = word.folded.starts_with("و") && word.folded.substr(2).starts_with(prefix);
    if (!word.folded.starts_with(prefix) && !with_and) continue;
    if (word.light.find("سأ") == word.light.npos && prefix == "سا") continue;
    return !word.stem.starts_with("س") && !word.stem.starts_with("و") && word.folded.size() >= 8;
  }
  return false;
}

}  // namespace

std::span<const Entry> word_entries() { return kWords; }

Lex classify(const analysis::Word& word) {
  if (word.kind == TokenKind::number) return classify_number(word.folded);
  if (word.kind == TokenKind::other) return {};
  const auto folded = word.folded;
  if (const auto lex = look_up(std::string(folded))) return *lex;
  for (const std::string_view conjunction : {"", "و", "ف"}) {
    if (!folded.starts_with(conjunction)) continue;
    const auto after = folded.substr(conjunction.size());
    const auto clitics = static_cast<std::uint8_t>(conjunction.empty() ? 0 : 1);
    const auto mark = static_cast<std::uint16_t>(conjunction == "و" ? kAnd : 0);
    for (const std::string_view preposition : {"", kLl.data(), "ب", "ل", "ك"}) {
      if (!after.starts_with(preposition)) continue;
      const auto inner = after.substr(preposition.size());
      const bool joined = preposition == kLl;  // «للشهر»: the article is written into the ل
      auto lex = look_up(joined ? std::string(kArticle) + std::string(inner) : std::string(inner));
      if (!lex || (lex->flags & kNoClitic) != 0 || lex->kind == Kind::ruled_out) continue;
      lex->clitics = static_cast<std::uint8_t>(clitics + (preposition.empty() || joined ? 0 : 1));
      lex->flags |= mark;
      if (!preposition.empty()) lex->flags |= kLam;
      return *lex;
    }
  }
  if (is_future_verb(word)) return {0, 0, Kind::future_cue, 0};
  return {};
}

void LexCache::attach(const analysis::WordTable& words) {
  if (&words == table_ && words.generation() == generation_) return;
  known_.clear();
  table_ = &words;
  generation_ = words.generation();
}

}  // namespace fihris::timex
