// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fihris::search {

/// Finds words that stand one after the other in the words of an article as a word file has them,
/// without reading the others: it looks for the bytes of the rarest word, then at its neighbours.
class PhraseScan {
 public:
  /// \param words   the forms that each word of the phrase may have; 64 words at most
  /// \param rarest  which of them is looked for
  /// \param roles   by form, all zero: used as long as the object lives, zero again afterwards
  PhraseScan(const std::vector<std::vector<std::uint32_t>>& words, std::size_t rarest,
             std::span<std::uint64_t> roles);
  ~PhraseScan();
  PhraseScan(const PhraseScan&) = delete;
  PhraseScan& operator=(const PhraseScan&) = delete;

  /// True if the phrase stands in the title or in the text; marks of sentences part nothing.
  /// \param article  what `index::WordsView::words_of` gives
  bool in(std::string_view article) const;

 private:
  bool is_word(std::uint32_t code, std::size_t word) const;
  bool stands_at(const unsigned char* last, const unsigned char* begin,
                 const unsigned char* end) const;

  std::size_t words_;
  std::size_t rarest_;
  std::span<std::uint64_t> roles_;    ///< bit i: the form can be word i
  std::vector<std::uint32_t> forms_;  ///< whose roles are set
  /// By two bytes that follow each other, the second one in the high half: whether the rarest word
  /// may end with them.
  std::vector<unsigned char> ends_;
};

}  // namespace fihris::search
