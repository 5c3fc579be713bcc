// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/clean.h"
#include "reader/source.h"

namespace fihris::reader {

/// XML and SGML, read without a document type: no entity is declared, expanded or fetched, nothing
/// but the records looked at, and one broken record costs no other. Time and memory are bounded by
/// the longest record.

enum class Case : unsigned char { matters, ignored };

/// An element in a text. Views point into that text.
struct Element {
  std::string name;             ///< without its prefix; in lower case where case is ignored
  std::string_view attributes;  ///< as they stand
  std::string_view inner;       ///< from behind the start tag to before the end tag
};

struct Elements {
  std::vector<Element> found;
  bool broken = false;  ///< an element is not closed: what follows it was not read
};

/// The elements of `text` that stand in no other.
Elements child_elements(std::string_view text, Case letter_case);
/// The first of that name, or nullptr.
const Element* find_element(const Elements& elements, std::string_view name);

/// The characters of an attribute; empty if it is not there.
std::string attribute(std::string_view attributes, std::string_view name);

struct CharacterData {
  std::string text;
  std::string unknown;  ///< the first entity that was left out, for a message
};
/// What `inner` says: CDATA as it stands, references resolved, comments left out, tags kept.
/// An entity that is neither one of XML's five nor one of HTML's becomes a blank.
CharacterData character_data(std::string_view inner);

/// Cuts a stream into its records: the elements of one of a few names.
class RecordSplitter {
 public:
  RecordSplitter(ByteStream& from, std::vector<std::string> names, Case letter_case,
                 std::size_t max_bytes);

  struct Piece {
    std::string_view attributes;  ///< good until the next call
    std::string_view inner;
    std::uint64_t line = 0;
    std::string fault;  ///< why it is not whole, or empty
    std::string remedy;
  };
  std::optional<Piece> next();
  /// What stands before the first record, at most 64 KiB. After the first call of `next`.
  const std::string& head() const { return head_; }

 private:
  bool fill();
  std::size_t find(std::string_view mark, std::size_t from);
  std::size_t find_end(std::string_view mark, std::size_t from);
  std::size_t skip_markup(std::size_t at);
  Piece piece(std::size_t inner_end, std::string fault, std::string remedy = {});

  ByteStream* from_;
  std::vector<std::string> names_;
  Case case_;
  std::size_t max_bytes_;
  std::string buffer_;
  std::string head_;
  std::uint64_t base_ = 0;  ///< bytes that stood before `buffer_`
  std::map<std::string, std::uint64_t, std::less<>> missing_;  ///< up to where a mark is not found
  TagEnds ends_;
  std::size_t at_ = 0;      ///< nothing before it is looked at again
  std::uint64_t line_ = 1;  ///< of `counted_`
  std::size_t counted_ = 0;
  bool head_done_ = false;
  bool ended_ = false;
  bool open_ = false;  ///< a record has begun
  std::size_t attributes_ = 0;
  std::size_t attributes_end_ = 0;
  std::size_t inner_ = 0;
  std::uint64_t open_line_ = 0;
  bool too_long_ = false;
};

}  // namespace fihris::reader
