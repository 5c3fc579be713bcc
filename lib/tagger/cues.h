// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analysis/words.h"

namespace fihris::tagger {

/// What a word says of the name beside it: the classes of corpus/tagger/cues.tsv, where they are
/// explained, in the order of corpus/compile_cues.py.
enum Cue : std::uint32_t {
  kHeadCountry = 1u << 0,
  kHeadAdmin = 1u << 1,
  kHeadCity = 1u << 2,
  kHeadTown = 1u << 3,
  kHeadQuarter = 1u << 4,
  kHeadArea = 1u << 5,
  kHeadNatural = 1u << 6,
  kHeadBase = 1u << 7,
  kHeadCamp = 1u << 8,
  kHeads = 1u << 9,
  kDirection = 1u << 10,
  kNear = 1u << 11,
  kPreposition = 1u << 12,
  kCapital = 1u << 13,
  kVenue = 1u << 14,
  kNameplate = 1u << 15,
  kGiven = 1u << 16,
  kKin = 1u << 17,
  kTitle = 1u << 18,
  kGroupHead = 1u << 19,
  kGroupPeople = 1u << 20,
  kLoyal = 1u << 21,
  kAgainst = 1u << 22,
  kStateOffice = 1u << 23,
  kGeneric = 1u << 24,
  kBaseAdjective = 1u << 25,
  kNoGroup = 1u << 26,
  kParentOf = 1u << 27,
  kNamesGroup = 1u << 28,
  kNamesUnit = 1u << 29,
  kNamesQuoted = 1u << 30,
};
inline constexpr std::uint32_t kPlaceHead = kHeadCountry | kHeadAdmin | kHeadCity | kHeadTown |
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
  std::uint32_t classes;
  const char* country;  ///< of which it is the adjective, or ""
};
extern const CueWord kCueWords[];
extern const std::size_t kCueWordCount;

/// What is known of a word beside a name.
struct WordCues {
  std::uint32_t classes = 0;
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
/// Fills in `common`, `adjective` and `whole`, which take the grammar: asked of words that begin
/// names.
void read_grammar(const analysis::Word& word, WordCues& cues);

}  // namespace fihris::tagger
