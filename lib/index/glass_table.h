// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fihris::index {

/// An article that holds a term. Articles are numbered from 0.
struct Posting {
  std::uint32_t document;
  std::uint32_t frequency;  ///< within-document frequency; 0 for a boolean term
};

/// Writes the posting table of a glass database of Xapian 1.4 in one pass: each posting list once,
/// whole, in the order of the terms. Through `add_document` a list is put together in a map of
/// maps, which costs three times as much, and what is flushed in parts stays in parts for ever
/// (docs/performance.md). The format is that of Xapian's glass backend, format 2016-03-14:
/// B-tree blocks, posting chunks, value chunks, version file. What is written here is read again
/// and packed by `Xapian::Database::compact` before anyone else sees it.
///
/// Calls in this order: `values`, `lengths`, `term` in ascending byte order, `finish`.
class PostingTable {
 public:
  /// \param folder  of a glass database that was made of documents that hold data and values, no
  ///                terms. It may be open for reading until `finish`, which replaces its table.
  explicit PostingTable(const std::string& folder);
  ~PostingTable();
  PostingTable(const PostingTable&) = delete;
  PostingTable& operator=(const PostingTable&) = delete;

  using TakeValue = std::function<void(std::uint32_t document, const std::string& value)>;
  /// Hands over all values of a slot in the order of documents. It is called twice a slot.
  using GiveValues = std::function<void(unsigned slot, const TakeValue&)>;
  void values(unsigned slots, const GiveValues& give);
  /// \param lengths  of each document: the sum of its frequencies.
  void lengths(std::span<const std::uint32_t> lengths);
  /// \param postings  not empty, by document.
  void term(std::string_view term, std::span<const Posting> postings);
  /// Completes the table, and the version file of the database with it.
  void finish();

 private:
  class Tree;
  void chunks(std::string_view term, std::span<const Posting> postings);

  const std::string folder_;
  std::unique_ptr<Tree> tree_;
  std::uint32_t documents_ = 0;
  std::uint64_t total_length_ = 0;
  std::uint32_t shortest_ = 0;  ///< length, empty documents left out
  std::uint32_t longest_ = 0;
  std::uint32_t highest_frequency_ = 0;
};

}  // namespace fihris::index
