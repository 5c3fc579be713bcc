// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The lexicon that the build compiles from corpus/lexicon/ and corpus/authority/ (see
/// corpus/compile_lexicon.py): constant data, nothing to set up.
namespace fihris::analysis::lexicon {

/// Groups of endings that a stem may take; `lexicon_inflect.py` has the same list with examples.
enum Group : std::uint32_t {
  kBare = 1u << 0,
  kPron = 1u << 1,
  kAcc = 1u << 2,
  kDual = 1u << 3,
  kUn = 1u << 4,
  kAt = 1u << 5,
  kTeh = 1u << 6,
  kTehPron = 1u << 7,
  kTehDual = 1u << 8,
  kPerfect = 1u << 9,
  kPerfectT = 1u << 10,
  kPerfectA = 1u << 11,
  kPerfectW = 1u << 12,
  kPerfectC = 1u << 13,
  kImperfect = 1u << 14,
  kImperfectA = 1u << 15,
  kImperfectW = 1u << 16,
  kImperfectN = 1u << 17,
  kImperative = 1u << 18,
  kNeedsPron = 1u << 20,
  kNoNisba = 1u << 21,
  kNoArticle = 1u << 22,
  kNeedsArticle = 1u << 23,
  kLast = 1u << 31,  ///< last entry of those with the same folded stem
};
inline constexpr std::uint32_t kNominal = (1u << 9) - 1;
inline constexpr std::uint32_t kAnyImperfect = kImperfect | kImperfectA | kImperfectW | kImperfectN;
inline constexpr std::uint32_t kAnyPerfect =
    kPerfect | kPerfectT | kPerfectA | kPerfectW | kPerfectC | kImperative;

enum class WordClass : std::uint8_t { noun, noun_t, adjective, verb, name, function };

/// A stem of a lemma. Letters are single bytes: code point minus U+0620.
struct LexEntry {
  std::uint32_t groups;
  std::uint32_t lemma;
  std::uint32_t stem_at;
  std::uint8_t length;
  std::int8_t cost;
};

struct LexLemma {
  std::uint32_t key_at;
  std::uint16_t key_length;
  std::uint32_t written_at;
  std::uint16_t written_length;
  std::uint8_t word_class;
  std::uint8_t stop;
  std::int8_t cost;
};

extern const unsigned kTableBits;
extern const unsigned kFilterBits;
extern const char kVersion[];
extern const std::uint64_t kFilter[];  ///< a bit for each stem, to pass over most of the others
extern const std::uint32_t kTable[];
extern const LexEntry kEntries[];
extern const LexLemma kLemmas[];
extern const unsigned char kStems[];
extern const unsigned char kKeys[];
extern const std::size_t kEntryCount;
extern const std::size_t kLemmaCount;

inline std::string_view key_of(const LexLemma& lemma) {
  return {reinterpret_cast<const char*>(kKeys) + lemma.key_at, lemma.key_length};
}
inline std::string_view written_of(const LexLemma& lemma) {
  return {reinterpret_cast<const char*>(kKeys) + lemma.written_at, lemma.written_length};
}

/// Hash of a folded stem, a letter at a time: begin with 0.
inline std::uint32_t hash_step(std::uint32_t hash, std::uint8_t letter) {
  return hash * 0x9E3779B1u + letter + 1;
}

/// The folded letter of a letter code.
std::uint8_t fold_letter(std::uint8_t letter);

/// First entry of those whose folded stem is `stem`, or nullptr. `hash` is its hash.
const LexEntry* find(const std::uint8_t* stem, std::size_t length, std::uint32_t hash);

}  // namespace fihris::analysis::lexicon
