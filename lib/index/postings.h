// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "index/glass_table.h"

namespace fihris::index {

/// The terms of a part or a segment in byte order, each with its postings.
class TermCursor {
 public:
  virtual ~TermCursor() = default;
  /// Goes to the next term, at first to the first one. False if there is none.
  virtual bool next() = 0;
  /// Reads the postings of the term, once.
  virtual void append_postings(std::vector<Posting>& to) = 0;
  const std::string& term() const { return term_; }

 protected:
  std::string term_;
};

/// \param database  outlives the cursor.
std::unique_ptr<TermCursor> make_cursor(const Xapian::Database& database);

/// What is merged: terms, and the articles that are left out.
struct MergeSource {
  std::unique_ptr<TermCursor> terms;
  std::span<const std::uint32_t> lengths;  ///< of its articles
  std::span<const std::uint32_t> removed;  ///< 0-based, ascending
};

/// Writes the postings of several sources as one: the articles of the second follow those of the
/// first, without gaps. \param merged  has the values of the merged articles
void merge_postings(std::span<const MergeSource> sources, const Xapian::Database& merged,
                    PostingTable& table);

/// Hands the values of a database over to `PostingTable::values`.
PostingTable::GiveValues values_of(const Xapian::Database& database);

/// The first bytes of a term as a number: terms are ordered by it where it differs.
std::uint64_t head_of(std::string_view term);

/// New numbers of `documents` articles, from `first` on, without the removed ones.
class Renumbering {
 public:
  static constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();
  Renumbering(std::uint32_t documents, std::span<const std::uint32_t> removed, std::uint32_t first);
  std::uint32_t operator()(std::uint32_t document) const {
    return numbers_.empty() ? first_ + document : numbers_[document];
  }
  std::uint32_t next() const { return next_; }  ///< the number after its last

 private:
  std::uint32_t first_;
  std::uint32_t next_;
  std::vector<std::uint32_t> numbers_;  ///< empty if nothing is removed
};

}  // namespace fihris::index
