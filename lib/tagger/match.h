// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/words.h"
#include "authority/image.h"
#include "fihris/tagger.h"

namespace fihris::tagger {

/// An article as one run of tokens: the title, then the text.
struct TokenRun {
  std::string_view title, text;
  std::vector<analysis::TextToken> tokens;
  std::size_t title_tokens = 0;

  TextField field(std::size_t token) const {
    return token < title_tokens ? TextField::title : TextField::text;
  }
  std::string_view field_text(std::size_t token) const {
    return token < title_tokens ? title : text;
  }
  /// The bytes between token `i` and the next one; the rest of the field for its last token.
  std::string_view after(std::size_t i) const;
  /// The bytes between token `i` and the one before it in its field.
  std::string_view before(std::size_t i) const;
};

/// A run of tokens that reads as a name.
struct Match {
  std::uint32_t first = 0, last = 0;  ///< tokens, both included
  std::uint32_t node = 0;             ///< where the name ends in the image
  std::uint32_t words = 0;            ///< of the name
  std::string_view
      proclitics;        ///< what was taken off the first word, in folded letters ("و", "بال")
  bool article = false;  ///< the first word had the article
};

/// Finds all names in one pass. Keeps what it knows of each distinct word: one object a thread and
/// a word table.
class Matcher {
 public:
  explicit Matcher(const authority::Image& image) : image_(&image) {}

  /// Every run of tokens that reads as a name, in order of first token, longer ones first; runs may
  /// overlap. A name goes on over blanks, quotes, hyphens and one line break, never over other
  /// punctuation.
  std::vector<Match> find(const TokenRun& run, const analysis::WordTable& words);

 private:
  /// How a word may begin a name.
  struct Start {
    std::uint32_t node;
    std::uint8_t proclitic_bytes;
    bool article;
  };
  struct Known {
    std::vector<Start> starts;
    std::uint32_t word = authority::kNone;  ///< as a later word of a name
    bool done = false;
  };
  const Known& known(const analysis::Word& word);
  Known look_up(const analysis::Word& word) const;

  const authority::Image* image_;
  std::vector<Known> known_;  // by Word::id
  std::uint32_t generation_ = 0;
};

}  // namespace fihris::tagger
