// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analysis/lexicon.h"

/// The affixes of Arabic as a weighted grammar. Costs are in tenths of what one conjunction costs:
/// they are estimates of how rare a reading is, made by hand.
namespace fihris::analysis::tables {

constexpr std::uint8_t letter(char32_t c) { return static_cast<std::uint8_t>(c - 0x620); }

/// Up to six letters, folded; also as numbers, a byte a letter: the first in the lowest byte, and
/// the last in the lowest.
struct Affix {
  static constexpr std::size_t kMax = 6;
  std::array<std::uint8_t, kMax> letters{};
  std::uint8_t size = 0;
  std::uint64_t forwards = 0;
  std::uint64_t backwards = 0;

  constexpr Affix() = default;
  constexpr explicit Affix(std::u32string_view text) {
    for (const char32_t c : text) append(letter(c));
  }
  constexpr Affix operator+(const Affix& other) const {
    Affix sum = *this;
    for (std::size_t i = 0; i < other.size; ++i) sum.append(other.letters[i]);
    return sum;
  }
  /// The bytes of such a number that belong to the letters.
  constexpr std::uint64_t mask() const { return (std::uint64_t{1} << (8 * size)) - 1; }

 private:
  constexpr void append(std::uint8_t code) {
    forwards |= std::uint64_t{code} << (8 * size);
    backwards = backwards << 8 | code;
    letters[size++] = code;
  }
};

struct Proclitics {
  Affix text;
  std::string_view name;  ///< "و+ال"
  std::uint32_t groups;   ///< what may follow
  bool article;
  bool preposition;
  bool future;  ///< س: only an imperfect may follow
  std::int16_t cost;
  std::uint8_t shared = 0;  ///< letters at the end that belong to the core too
};

inline constexpr std::uint32_t kAnyGroup = 0x7FFFFu;
inline constexpr std::uint32_t kAfterArticle =
    lexicon::kNominal & ~(lexicon::kPron | lexicon::kAcc | lexicon::kTehPron);
inline constexpr std::uint32_t kAfterPreposition = lexicon::kNominal & ~lexicon::kAcc;

inline constexpr std::uint32_t kPerfectOnly = lexicon::kAnyPerfect & ~lexicon::kImperative;

inline constexpr std::array kProclitics{
    Proclitics{Affix(), "", kAnyGroup, false, false, false, 0},
    Proclitics{Affix(U"ال"), "ال", kAfterArticle, true, false, false, 0},
    Proclitics{Affix(U"ب"), "ب", kAfterPreposition, false, true, false, 14},
    Proclitics{Affix(U"بال"), "ب+ال", kAfterArticle, true, true, false, 4},
    Proclitics{Affix(U"ل"), "ل", kAfterPreposition | lexicon::kAnyImperfect, false, true, false,
               14},
    Proclitics{Affix(U"لل"), "ل+ال", kAfterArticle, true, true, false, 4},
    Proclitics{Affix(U"لل"), "ل+ال", kAfterArticle, true, true, false, 5, 1},
    Proclitics{Affix(U"ك"), "ك", kAfterPreposition, false, true, false, 35},
    Proclitics{Affix(U"كال"), "ك+ال", kAfterArticle, true, true, false, 12},
    Proclitics{Affix(U"س"), "س", lexicon::kAnyImperfect, false, false, true, 8},
    Proclitics{Affix(U"لا"), "لا", lexicon::kAnyImperfect, false, false, true, 30},
    Proclitics{Affix(U"ما"), "ما", kPerfectOnly, false, false, false, 40},
    Proclitics{Affix(U"و"), "و", kAnyGroup, false, false, false, 10},
    Proclitics{Affix(U"وال"), "و+ال", kAfterArticle, true, false, false, 2},
    Proclitics{Affix(U"وب"), "و+ب", kAfterPreposition, false, true, false, 20},
    Proclitics{Affix(U"وبال"), "و+ب+ال", kAfterArticle, true, true, false, 6},
    Proclitics{Affix(U"ول"), "و+ل", kAfterPreposition | lexicon::kAnyImperfect, false, true, false,
               22},
    Proclitics{Affix(U"ولل"), "و+ل+ال", kAfterArticle, true, true, false, 6},
    Proclitics{Affix(U"ولل"), "و+ل+ال", kAfterArticle, true, true, false, 7, 1},
    Proclitics{Affix(U"وك"), "و+ك", kAfterPreposition, false, true, false, 45},
    Proclitics{Affix(U"وكال"), "و+ك+ال", kAfterArticle, true, true, false, 18},
    Proclitics{Affix(U"وس"), "و+س", lexicon::kAnyImperfect, false, false, true, 12},
    Proclitics{Affix(U"ف"), "ف", kAnyGroup, false, false, false, 25},
    Proclitics{Affix(U"فال"), "ف+ال", kAfterArticle, true, false, false, 8},
    Proclitics{Affix(U"فب"), "ف+ب", kAfterPreposition, false, true, false, 40},
    Proclitics{Affix(U"فبال"), "ف+ب+ال", kAfterArticle, true, true, false, 20},
    Proclitics{Affix(U"فل"), "ف+ل", kAfterPreposition | lexicon::kAnyImperfect, false, true, false,
               40},
    Proclitics{Affix(U"فلل"), "ف+ل+ال", kAfterArticle, true, true, false, 20},
    Proclitics{Affix(U"فلل"), "ف+ل+ال", kAfterArticle, true, true, false, 21, 1},
    Proclitics{Affix(U"فك"), "ف+ك", kAfterPreposition, false, true, false, 60},
    Proclitics{Affix(U"فس"), "ف+س", lexicon::kAnyImperfect, false, false, true, 20},
};

struct Ending {
  Affix text;
  std::uint32_t groups = 0;
  bool pronoun = false;
  std::int16_t cost = 0;
};

struct PronounRow {
  Affix text;
  std::int16_t noun_cost;  ///< negative: not after a noun
  std::int16_t verb_cost;
};
inline constexpr std::array kPronouns{
    PronounRow{Affix(U"ه"), 12, 10},  PronounRow{Affix(U"ها"), 10, 10},
    PronounRow{Affix(U"هم"), 12, 12}, PronounRow{Affix(U"هما"), 22, 25},
    PronounRow{Affix(U"هن"), 26, 30}, PronounRow{Affix(U"ك"), 35, 40},
    PronounRow{Affix(U"كم"), 28, 30}, PronounRow{Affix(U"كما"), 60, 60},
    PronounRow{Affix(U"نا"), 16, 26}, PronounRow{Affix(U"ي"), 35, -1},
    PronounRow{Affix(U"ني"), -1, 22},
};

inline constexpr std::array kPlainEndings{
    Ending{Affix(), lexicon::kBare, false, 0},
    Ending{Affix(), lexicon::kPerfect, false, 6},
    Ending{Affix(), lexicon::kImperfect, false, 0},
    Ending{Affix(), lexicon::kImperative, false, 40},
    Ending{Affix(U"ا"), lexicon::kAcc, false, 12},
    Ending{Affix(U"ا"), lexicon::kPerfectA | lexicon::kImperfectA, false, 30},
    Ending{Affix(U"ا"), lexicon::kDual, false, 45},
    Ending{Affix(U"ان"), lexicon::kDual, false, 12},
    Ending{Affix(U"ان"), lexicon::kImperfectA, false, 16},
    Ending{Affix(U"ين"), lexicon::kUn, false, 6},
    Ending{Affix(U"ين"), lexicon::kDual, false, 14},
    Ending{Affix(U"ين"), lexicon::kImperfectW, false, 40},
    Ending{Affix(U"ون"), lexicon::kUn, false, 4},
    Ending{Affix(U"ون"), lexicon::kImperfectW, false, 2},
    Ending{Affix(U"و"), lexicon::kUn, false, 25},
    Ending{Affix(U"ي"), lexicon::kUn, false, 18},
    Ending{Affix(U"ي"), lexicon::kDual, false, 32},
    Ending{Affix(U"ي"), lexicon::kImperfectW | lexicon::kImperative, false, 55},
    Ending{Affix(U"وا"), lexicon::kPerfectW, false, 2},
    Ending{Affix(U"وا"), lexicon::kImperfectW, false, 4},
    Ending{Affix(U"وا"), lexicon::kImperative, false, 40},
    Ending{Affix(U"ات"), lexicon::kAt, false, 4},
    Ending{Affix(U"ه"), lexicon::kTeh, false, 0},
    Ending{Affix(U"ت"), lexicon::kPerfectT, false, 4},
    Ending{Affix(U"ت"), lexicon::kPerfectC, false, 25},
    Ending{Affix(U"تا"), lexicon::kPerfectT, false, 22},
    Ending{Affix(U"تا"), lexicon::kTehDual, false, 19},
    Ending{Affix(U"تان"), lexicon::kTehDual, false, 8},
    Ending{Affix(U"تين"), lexicon::kTehDual, false, 8},
    Ending{Affix(U"تي"), lexicon::kTehDual, false, 25},
    Ending{Affix(U"نا"), lexicon::kPerfectC, false, 22},
    Ending{Affix(U"تم"), lexicon::kPerfectC, false, 40},
    Ending{Affix(U"تما"), lexicon::kPerfectC, false, 50},
    Ending{Affix(U"تن"), lexicon::kPerfectC, false, 60},
    Ending{Affix(U"ن"), lexicon::kPerfectC, false, 45},
    Ending{Affix(U"ن"), lexicon::kImperfectN, false, 30},
};

/// What may stand between a stem and a pronoun.
inline constexpr std::array kBeforePronoun{
    Ending{Affix(), lexicon::kPron, true, 0},
    Ending{Affix(), lexicon::kPerfect, true, 8},
    Ending{Affix(), lexicon::kImperfect, true, 4},
    Ending{Affix(), lexicon::kImperative, true, 40},
    Ending{Affix(U"ا"), lexicon::kDual, true, 30},
    Ending{Affix(U"ا"), lexicon::kPerfectA | lexicon::kImperfectA, true, 45},
    Ending{Affix(U"ي"), lexicon::kDual, true, 22},
    Ending{Affix(U"ي"), lexicon::kUn, true, 16},
    Ending{Affix(U"و"), lexicon::kUn, true, 18},
    Ending{Affix(U"و"), lexicon::kPerfectW, true, 8},
    Ending{Affix(U"و"), lexicon::kImperfectW, true, 12},
    Ending{Affix(U"ون"), lexicon::kImperfectW, true, 4},
    Ending{Affix(U"ان"), lexicon::kImperfectA, true, 16},
    Ending{Affix(U"ات"), lexicon::kAt, true, 3},
    Ending{Affix(U"ت"), lexicon::kTehPron, true, 0},
    Ending{Affix(U"ت"), lexicon::kPerfectT, true, 8},
    Ending{Affix(U"ت"), lexicon::kPerfectC, true, 30},
    Ending{Affix(U"تا"), lexicon::kTehDual, true, 40},
    Ending{Affix(U"تي"), lexicon::kTehDual, true, 26},
    Ending{Affix(U"نا"), lexicon::kPerfectC, true, 26},
    Ending{Affix(U"تمو"), lexicon::kPerfectC, true, 60},
    Ending{Affix(U"ن"), lexicon::kImperfectN, true, 50},
};

inline constexpr std::uint32_t kVerbal = lexicon::kAnyImperfect | lexicon::kAnyPerfect;

inline constexpr std::size_t kEndingCount = [] {
  std::size_t count = kPlainEndings.size();
  for (const auto& base : kBeforePronoun) {
    for (const auto& pronoun : kPronouns) {
      count += ((base.groups & kVerbal) != 0 ? pronoun.verb_cost : pronoun.noun_cost) >= 0 ? 1 : 0;
    }
  }
  return count;
}();

/// All endings, those with the same last letter together; `first[c]` to `first[c + 1]` are those
/// that end in the letter `c`, and 0 stands for the empty ending.
struct EndingTable {
  std::array<Ending, kEndingCount> rows{};
  std::array<std::uint16_t, 65> first{};
};
constexpr EndingTable make_endings() {
  std::array<Ending, kEndingCount> all{};
  std::size_t count = 0;
  for (const auto& row : kPlainEndings) all[count++] = row;
  for (const auto& base : kBeforePronoun) {
    for (const auto& pronoun : kPronouns) {
      const int cost = (base.groups & kVerbal) != 0 ? pronoun.verb_cost : pronoun.noun_cost;
      if (cost < 0) continue;
      all[count++] = {base.text + pronoun.text, base.groups, true,
                      static_cast<std::int16_t>(base.cost + cost)};
    }
  }
  EndingTable table;
  std::size_t at = 0;
  for (std::size_t c = 0; c < 64; ++c) {
    table.first[c] = static_cast<std::uint16_t>(at);
    for (const auto& row : all) {
      const std::size_t last = row.text.size == 0 ? 0 : row.text.letters[row.text.size - 1u];
      if (last == c) table.rows[at++] = row;
    }
  }
  table.first[64] = static_cast<std::uint16_t>(at);
  return table;
}
inline constexpr EndingTable kEndings = make_endings();

/// Endings of an adjective in ي that is made from a noun: اقتصاد اقتصادية.
inline constexpr std::array kNisbaEndings{
    Ending{Affix(U"ي"), 0, false, 0},    Ending{Affix(U"يه"), 0, false, 0},
    Ending{Affix(U"يون"), 0, false, 0},  Ending{Affix(U"يين"), 0, false, 0},
    Ending{Affix(U"يا"), 0, false, 14},  Ending{Affix(U"يات"), 0, false, 4},
    Ending{Affix(U"يتين"), 0, false, 2}, Ending{Affix(U"يتان"), 0, false, 2},
    Ending{Affix(U"يان"), 0, false, 8},
};

/// Endings cut from a word that the lexicon does not know. `keep` letters of the ending stay in
/// the key, and then comes `tail`.
struct Guess {
  Affix text;
  std::uint8_t core;  ///< least number of letters before the ending
  std::uint8_t keep;
  Affix tail;
  bool pronoun;
  bool verb;
  std::int16_t cost;
  std::string_view why;
};
inline constexpr std::array kGuesses{
    Guess{Affix(), 2, 0, Affix(), false, false, 0, "unknown word, nothing cut"},
    Guess{Affix(U"ات"), 3, 0, Affix(U"ه"), false, false, 4, "unknown word, plural in ات"},
    Guess{Affix(U"ون"), 3, 0, Affix(), false, false, 8, "unknown word, plural in ون"},
    Guess{Affix(U"ين"), 3, 0, Affix(), false, false, 12, "unknown word, plural in ين"},
    Guess{Affix(U"يه"), 3, 1, Affix(), false, false, -2, "unknown word, adjective in ي"},
    Guess{Affix(U"يون"), 3, 1, Affix(), false, false, -2, "unknown word, adjective in ي"},
    Guess{Affix(U"يين"), 3, 1, Affix(), false, false, -2, "unknown word, adjective in ي"},
    Guess{Affix(U"يات"), 3, 1, Affix(U"ه"), false, false, 2, "unknown word, plural of ية"},
    Guess{Affix(U"ها"), 3, 0, Affix(), true, false, 8, "unknown word with a pronoun"},
    Guess{Affix(U"هم"), 3, 0, Affix(), true, false, 8, "unknown word with a pronoun"},
    Guess{Affix(U"هما"), 3, 0, Affix(), true, false, 8, "unknown word with a pronoun"},
    Guess{Affix(U"نا"), 4, 0, Affix(), true, false, 14, "unknown word with a pronoun"},
    Guess{Affix(U"تها"), 3, 0, Affix(U"ه"), true, false, 2, "unknown word in ة with a pronoun"},
    Guess{Affix(U"تهم"), 3, 0, Affix(U"ه"), true, false, 2, "unknown word in ة with a pronoun"},
    Guess{Affix(U"ته"), 3, 0, Affix(U"ه"), true, false, 6, "unknown word in ة with a pronoun"},
    Guess{Affix(U"اته"), 3, 0, Affix(U"ه"), true, false, 4, "unknown word, plural in ات"},
    Guess{Affix(U"اتها"), 3, 0, Affix(U"ه"), true, false, 2, "unknown word, plural in ات"},
    Guess{Affix(U"اتهم"), 3, 0, Affix(U"ه"), true, false, 2, "unknown word, plural in ات"},
    Guess{Affix(U"وا"), 3, 0, Affix(), false, true, -2, "unknown verb, perfect in وا"},
};

}  // namespace fihris::analysis::tables
