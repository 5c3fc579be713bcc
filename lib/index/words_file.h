// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"

/// The word file of a segment, BASE.words: the words of each article in order, as numbers, and the
/// places of its entities. Phrases, NEAR and sentences are decided with it
/// (docs/index-format.md).
namespace fihris::index {

/// The words of one article. Positions are those of schema.h.
struct ArticleWords {
  std::vector<std::uint32_t> forms;           ///< the number of each word in the file
  std::uint32_t title = 0;                    ///< so many of them are of the title
  std::vector<std::uint32_t> sentence_ends;   ///< position of the last word of each
  std::vector<std::uint32_t> paragraph_ends;  ///< sentences end there too

  std::uint32_t position(std::size_t word) const;
};

/// What a word file holds; the spans belong to somebody else.
struct WordsView {
  std::span<const std::uint32_t> stem_ends;   ///< end of each in `stems`
  std::string_view stems;                     ///< stem keys
  std::span<const std::uint32_t> form_ends;   ///< end of each in `forms`
  std::string_view forms;                     ///< folded forms
  std::span<const std::uint32_t> form_stems;  ///< the number of the stem of each form
  std::span<const std::uint64_t> word_ends;   ///< end of the words of each article in `words`
  std::string_view words;
  std::span<const std::uint64_t> mention_ends;
  std::string_view mentions;

  std::uint32_t documents() const { return static_cast<std::uint32_t>(word_ends.size()); }
  std::string_view form(std::uint32_t number) const { return part(forms, form_ends, number); }
  std::string_view stem(std::uint32_t number) const { return part(stems, stem_ends, number); }
  std::string_view words_of(std::uint32_t document) const {
    return part(words, word_ends, document);
  }
  /// The record of article_data.h's `MentionPlaces`.
  std::string_view mentions_of(std::uint32_t document) const {
    return part(mentions, mention_ends, document);
  }
  /// Calls `each(form, in_title)` with every word of an article in order, until it says false.
  /// \throws Error{index_damaged} where it meets a number that stands for nothing.
  template <class Each>
  void each_word(std::uint32_t document, Each&& each) const;
  void read(std::uint32_t document, ArticleWords& words) const;

 private:
  template <class Number>
  static std::string_view part(std::string_view of, std::span<const Number> ends,
                               std::uint32_t number) {
    const auto begin = number == 0 ? 0 : ends[number - 1];
    return of.substr(begin, ends[number] - begin);
  }
};

/// What stands among the words; the numbers of forms follow these.
enum class WordMark : std::uint32_t { end_of_sentence, end_of_paragraph, end_of_title, count };
inline constexpr auto kWordMarks = static_cast<std::uint32_t>(WordMark::count);

/// Calls `each` with every number in the words of an article (LEB128), until it says false.
template <class Each>
void each_word_code(std::string_view words, Each&& each) {
  const auto* at = reinterpret_cast<const unsigned char*>(words.data());
  const auto* const end = at + words.size();
  while (at != end) {
    std::uint32_t code = *at++;
    if (code >= 0x80) {
      code &= 0x7F;
      for (unsigned shift = 7; at != end; shift += 7) {
        const std::uint32_t byte = *at++;
        code |= (byte & 0x7F) << (shift & 31);
        if (byte < 0x80) break;
      }
    }
    if (!each(code)) return;
  }
}

/// \throws Error{index_damaged}
[[noreturn]] void fail_words(const std::string& name, const std::string& what);

template <class Each>
void WordsView::each_word(std::uint32_t document, Each&& each) const {
  bool in_title = true;
  each_word_code(words_of(document), [&](std::uint32_t code) {
    if (code >= kWordMarks) {
      const auto form = code - kWordMarks;
      if (form >= form_stems.size()) fail_words("a word file", "a number that is no word");
      return each(form, in_title);
    }
    if (code == static_cast<std::uint32_t>(WordMark::end_of_title)) in_title = false;
    return true;
  });
}

/// Collects the words of the articles of a part.
class PartWords {
 public:
  /// The number of a new form in this part. One may be entered twice: merging sees to that.
  std::uint32_t form(std::string_view folded, std::string_view stem);
  /// Parts of an article in order: the words of the title, `end_title`, those of the text. The ends
  /// of sentences and paragraphs follow their last word.
  void word(std::uint32_t form);
  void end_title();
  void end_sentence();
  void end_paragraph();
  void end_document(std::string_view mentions);
  WordsView view() const;

 private:
  std::vector<std::uint32_t> stem_ends_, form_ends_, form_stems_;
  std::string stems_, forms_, words_, mentions_;
  std::vector<std::uint64_t> word_ends_, mention_ends_;
};

class WordsFile;
struct WordSource {
  WordsView words;
  std::span<const std::uint32_t> removed;  ///< articles that are left out: 0-based, ascending
  const WordsFile* file = nullptr;         ///< where the words are
};

/// Hands the bytes of a word file over, in order: the articles of all sources, one after the other.
/// They depend on the articles alone, not on how they were parted.
void write_words(std::span<const WordSource> sources,
                 const std::function<void(std::string_view)>& write);
/// Writes them to a file.
void write_words(const std::string& path, std::span<const WordSource> sources);
/// Writes the words of a part as they were collected: forms in the order of their numbers, and
/// stems in no order, so that `find_stem` finds nothing in it. Only for merging.
void write_part_words(const std::string& path, const WordsView& words);

/// A word file in memory. What its view points at lives as long as the object.
class WordsFile {
 public:
  /// Maps a file. All but the words themselves is checked here.
  /// \throws Error{not_found, io, index_damaged}
  explicit WordsFile(const std::string& path);
  WordsFile(const WordsFile&) = delete;
  WordsFile& operator=(const WordsFile&) = delete;

  const WordsView& view() const { return view_; }
  std::string_view bytes() const { return file_.bytes(); }
  /// Gives the memory of what was read back.
  void release() const noexcept { file_.release(); }
  /// The number of a stem key.
  std::optional<std::uint32_t> find_stem(std::string_view stem) const;

 private:
  MappedFile file_;
  WordsView view_;
};

}  // namespace fihris::index
