// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/export.h"

namespace fihris {

/// What a word is written in. `number`: digits of any script; `other`: another script, such as
/// Cyrillic.
enum class TokenKind : unsigned char { arabic, latin, number, other };

/// A word of a text.
struct Token {
  std::size_t begin = 0;              ///< byte offset of its first byte
  std::size_t end = 0;                ///< byte offset one past its last byte
  TokenKind kind = TokenKind::other;  ///< by its letters
  bool stop = false;                  ///< carries no content in a query (من، على …)
  std::string folded;  ///< spelling folded: marks, tatweel, hamza carriers, ى, digits, case
  std::string stem;    ///< stem key: the same for all forms of one word
};

/// One reading of a word that the stemmer weighed.
struct Reading {
  std::string proclitics;  ///< "و+ال", or empty
  std::string core;        ///< what is left
  std::string suffixes;    ///< "هم", "ات", or empty
  std::string word_class;  ///< noun, noun_t, adjective, verb, name, function, number, unknown
  std::string stem;        ///< the key this reading gives
  std::string reason;      ///< the rule or lexicon entry that speaks for it
  double weight = 0;       ///< larger is better; the first reading is the one chosen
};

/// Text to words: folding, tokens and stem keys, in one fixed, versioned way for indexing, queries
/// and snippets. The key of a word depends on nothing but the word and `version()`.
///
/// A handle keeps a cache of the words it has seen: one handle a thread. One that was moved from
/// can only be assigned to or destroyed.
class FIHRIS_API Analyzer {
 public:
  /// Cheap: lexicon and grammar are compiled into the library.
  Analyzer();
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  /// The words of `text` in order, none overlapping. Any bytes may be given: a malformed sequence
  /// parts words. Time is linear in the length.
  std::vector<Token> analyze(std::string_view text);
  /// The folded spelling of `text`, words and all else.
  static std::string fold(std::string_view text);
  /// The stem key of one word. Empty for a text without letters or digits.
  std::string stem(std::string_view word);
  /// All readings of one word, best first.
  std::vector<Reading> explain(std::string_view word);

  /// Changes whenever any word gets another key: an index written under another version must be
  /// written anew.
  static std::string_view version() noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fihris
