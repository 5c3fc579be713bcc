// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/analysis.h"

namespace fihris::analysis {

/// Everything the analyzer knows of one written form. Computed once a table; tokens point at it, so
/// that the cost of a running word is a hash look-up.
struct Word {
  std::string_view written;  ///< bytes as they stand in the text
  std::string_view
      light;  ///< marks, tatweel, joiners and presentation forms gone; letters as written
  std::string_view
      folded;  ///< `light` with hamza carriers, ى, ة, Persian letters, digits and case folded
  std::string_view stem;      ///< stem key
  std::string_view skeleton;  ///< consonants that akin words share, for ranking; often empty
  std::uint32_t id = 0;  ///< dense, in order of first sight in its table; key for caches of others
  TokenKind kind = TokenKind::other;
  bool stop = false;
};

/// A running word.
struct TextToken {
  std::uint32_t begin = 0;  ///< byte offset
  std::uint32_t end = 0;    ///< byte offset one past the last byte
  const Word* word = nullptr;
};

/// The distinct words that one thread has met. Pointers stay good until `trim`.
class WordTable {
 public:
  explicit WordTable(std::size_t max_words = 1u << 20);
  ~WordTable();
  WordTable(const WordTable&) = delete;
  WordTable& operator=(const WordTable&) = delete;

  const Word& get(std::string_view written);
  /// For many look-ups in a row: `hash_of` early, then `expect`, and `get` some words later, when
  /// what it needs has come into the cache.
  static std::uint64_t hash_of(std::string_view written);
  void expect(std::uint64_t hash) const;
  const Word& get(std::string_view written, std::uint64_t hash);
  std::size_t size() const;
  /// Forgets everything if more than `max_words` are held; then all Word pointers are void, ids
  /// start anew and `generation` goes up. Call it between texts.
  void trim();
  std::uint32_t generation() const { return generation_; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::uint32_t generation_ = 0;
};

/// The words of `text` in order. A word is a run of letters of one script (Arabic, or any other)
/// with their marks, or a run of digits: «تموز2015» is two words, «لNATO» too. Malformed bytes part
/// words. Texts over 4 GiB are cut.
std::vector<TextToken> tokenize(std::string_view text, WordTable& words);

/// For each token the number of its sentence: a sentence ends at . ! ? ؟ … followed by a blank or
/// the end, and at a line break; `paragraph` counts blocks parted by line breaks. Same length as
/// `tokens`.
struct TextUnits {
  std::vector<std::uint32_t> sentence;
  std::vector<std::uint32_t> paragraph;
};
TextUnits find_units(std::string_view text, const std::vector<TextToken>& tokens);

}  // namespace fihris::analysis
