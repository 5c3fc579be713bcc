// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analysis/words.h"

namespace fihris::tagger {

/// What a word says of the name beside it: the classes of corpus/tagger/cues.tsv, where they are
/// explained, in the order of corpus/compile_cues.py.
enum Cue : std::uint64_t {
  kHeadCountry = 1ull << 0,
  kHeadAdmin = 1ull << 1,
  kHeadCity = 1ull << 2,
  kHeadTown = 1ull << 3,
  kHeadQuarter = 1ull << 4,
  kHeadArea = 1ull << 5,
  kHeadNatural = 1ull << 6,
  kHeadBase = 1ull << 7,
  kHeadCamp = 1ull << 8,
  kHeads = 1ull << 9,
  kDirection = 1ull << 10,
  kNear = 1ull << 11,
  kPreposition = 1ull << 12,
  kCapital = 1ull << 13,
  kVenue = 1ull << 14,
  kNameplate = 1ull << 15,
  kGiven = 1ull << 16,
  kKin = 1ull << 17,
  kTitle = 1ull << 18,
  kGroupHead = 1ull << 19,
  kGroupPeople = 1ull << 20,
  kLoyal = 1ull << 21,
  kAgainst = 1ull << 22,
  kStateOffice = 1ull << 23,
  kGeneric = 1ull << 24,
  kBaseAdjective = 1ull << 25,
  kNoGroup = 1ull << 26,
  kParentOf = 1ull << 27,
  kNamesGroup = 1ull << 28,
  kNamesUnit = 1ull << 29,
  kNamesQuoted = 1ull << 30,
  kBeforeVerb = 1ull << 31,
  kSport = 1ull << 32,
  kClubBefore = 1ull << 33,
  kClubAfter = 1ull << 34,
  kClubRival = 1ull << 35,
  kClubName = 1ull << 36,
  kPlaceAfter = 1ull << 37,
};
inline constexpr std::uint64_t kPlaceHead = kHeadCountry | kHeadAdmin | kHeadCity | kHeadTown |
                                            kHeadQuarter | kHeadArea | kHeadNatural | kHeadBase |
                                            kHeadCamp;

/// Two letters of a country code in one number; 0: none.
using Country = std::uint16_t;
inline Country country_of(std::string_view code) {
  return code.size() != 2 ? Country{0}
                          : static_cast<Country>(static_cast<unsigned char>(code[0]) << 8 |
                                                 static_cast<unsigned char>(code[1]));
}
inline constexpr Country kNoCountry = 'X' << 8 | 'X';

/// A row of the table that the build makes of corpus/tagger/.
struct CueWord {
  const char* word;  ///< folded, without article
  std::uint64_t classes;
  const char* country;  ///< of which it is the adjective, or ""
};
extern const CueWord kCueWords[];
extern const std::size_t kCueWordCount;

/// What is known of a word beside a name.
struct WordCues {
  std::uint64_t classes = 0;
  Country adjective_of = 0;
  bool definite = false;     ///< has the article
  bool conjunction = false;  ///< begins with و or ف
  bool particle = false;     ///< ب ل ك before the rest
  bool tanwin = false;       ///< written with the marks of an indefinite accusative: سوريًا
  bool common = false;       ///< reads as a noun, verb or function word of the lexicon
  bool adjective = false;    ///< reads as an adjective of the lexicon
  bool whole = false;        ///< and does so without taking a particle off: وجيزة
};
WordCues cues_of(const analysis::Word& word);
/// Fills in `common`, `adjective` and `whole`, which take the grammar: asked of the words of names.
void read_grammar(const analysis::Word& word, WordCues& cues);

}  // namespace fihris::tagger
