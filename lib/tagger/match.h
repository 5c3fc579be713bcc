// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/words.h"
#include "authority/image.h"
#include "fihris/tagger.h"
#include "tagger/cues.h"

namespace fihris::tagger {

/// What stands between two words.
enum Gap : std::uint8_t {
  kQuote = 1,
  kLine = 2,
  kComma = 4,
  kStop = 8,  ///< . ! ? ؟ : ; ؛ …
  kDash = 16,
  kBracket = 32,    ///< ( ) [ ] { } /
  kOtherMark = 64,  ///< whatever is left, and two line breaks
  kEdge = 128,      ///< the begin or the end of title or text
};
/// A name may go on over these.
inline constexpr std::uint8_t kJoining = kQuote | kLine | kDash;

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
  /// The bytes between token `i` and the one before it in its field.
  std::string_view before(std::size_t i) const;
};

/// A run of tokens that reads as a name.
struct Match {
  std::uint32_t first = 0, last = 0;  ///< tokens, both included
  std::uint32_t node = 0;             ///< where the name ends in the image
  std::uint32_t words = 0;            ///< of the name
  /// What was taken off the first word, in folded letters ("و", "بال" without its article).
  std::string_view proclitics;
  bool article = false;  ///< the first word had the article
};

/// Knows of each distinct word how it may begin or continue a name, and what it says of names
/// beside it. One object a thread and a word table.
class Matcher {
 public:
  explicit Matcher(const authority::Image& image) : image_(&image) {}

  /// Looks up the words of `run`; call it before the others.
  void prepare(const TokenRun& run, const analysis::WordTable& words);
  const WordCues& cues(const analysis::Word& word) const { return known_[word.id].cues; }

  /// What stands before each token, and after the last one: Gap bits, one more than tokens.
  static std::vector<std::uint8_t> gaps(const TokenRun& run);

  /// Every run of tokens that reads as a name, in order of first token, longer ones first; runs may
  /// overlap. A name goes on over blanks, quotes, hyphens and one line break, never over other
  /// punctuation.
  std::vector<Match> find(const TokenRun& run, std::span<const std::uint8_t> gaps) const;

 private:
  /// How a word may begin a name.
  struct Start {
    std::uint32_t node;
    std::uint8_t proclitic_bytes;
    bool article;
  };
  struct Known {
    std::uint32_t starts = 0;               ///< first of them in starts_
    std::uint32_t word = authority::kNone;  ///< as a later word of a name
    std::uint8_t start_count = 0;
    bool done = false;
    WordCues cues;
  };
  Known look_up(const analysis::Word& word);

  const authority::Image* image_;
  std::vector<Known> known_;  // by Word::id
  std::vector<Start> starts_;
  std::uint32_t generation_ = 0;
};

}  // namespace fihris::tagger
