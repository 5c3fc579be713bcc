// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/lexicon.h"

namespace fihris::analysis {

/// An Arabic word as letter codes (code point minus U+0620), as written and folded.
struct Letters {
  static constexpr std::size_t kMax = 24;
  std::array<std::uint8_t, kMax> written{};
  std::array<std::uint8_t, kMax> folded{};
  std::size_t size = 0;
  bool fits = true;  ///< false for a word that is too long or has letters that Arabic has not
};
/// Takes a light form.
Letters to_letters(std::string_view light);

/// A way to cut a word: `start` letters of proclitics, a core, an ending.
struct Cut {
  int cost = 0;                 ///< smaller is likelier
  std::uint8_t proclitics = 0;  ///< row of the table of proclitics
  std::uint8_t start = 0;       ///< first letter of the core
  std::uint8_t end = 0;         ///< one past the last letter of the core
  std::uint8_t rule = 0;        ///< row of the table of endings, or of guesses
  bool prefixed = false;        ///< the core begins with the person of an imperfect
  enum class Kind : std::uint8_t { lexicon, nisba, guess } kind = Kind::guess;
  const lexicon::LexEntry* entry = nullptr;  ///< for lexicon and nisba
};

/// The likeliest cut of a word.
Cut best_cut(const Letters& word);
/// All cuts, likeliest first.
std::vector<Cut> all_cuts(const Letters& word);

/// The stem key that a cut gives; points into the lexicon, or is made in `buffer`.
std::string_view key_of(const Cut& cut, const Letters& word, std::string& buffer);

/// Words for people.
std::string proclitics_of(const Cut& cut);
std::string ending_of(const Cut& cut, const Letters& word);
std::string letters_of(const Letters& word, std::size_t begin, std::size_t end);
std::string_view class_of(const Cut& cut);
std::string reason_of(const Cut& cut);

}  // namespace fihris::analysis
