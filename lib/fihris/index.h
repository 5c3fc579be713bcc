// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/authority.h"
#include "fihris/document.h"
#include "fihris/export.h"

namespace fihris {

/// How an index is written.
struct IndexOptions {
  bool create = true;    ///< make the folder where there is none
  unsigned threads = 0;  ///< analysis threads; 0: one for each core
  /// Memory to build with, MB: decides how many threads there are, at least one. About 0.4 KB for
  /// each article since the last commit come to it.
  std::size_t memory_mb = 512;
  bool group_copies = true;  ///< near-identical articles get one group
};

/// Figures of an index or of a run.
struct IndexStats {
  std::uint64_t documents = 0;              ///< articles, those removed not counted
  std::uint64_t segments = 0;               ///< immutable parts that a search goes through
  std::uint64_t terms = 0;                  ///< distinct terms
  std::uint64_t bytes = 0;                  ///< of all files
  std::uint64_t text_bytes = 0;             ///< of the articles as they were read
  std::uint64_t removed = 0;                ///< tombstones not merged yet
  std::uint64_t revision = 0;               ///< counts commits
  std::string format, analyzer, authority;  ///< versions the index was written with
  std::string first_date, last_date;        ///< of publication, ISO, empty if none is dated
};

/// What `check_index` found wrong; empty: nothing.
struct IndexFault {
  std::string file;     ///< which file of the index
  std::string message;  ///< what was found and what was wanted
  std::string remedy;   ///< what to do, or what was done with `repair`
};

/// Writes an index: one object, one thread at a time calls it; it uses several threads inside. One
/// writer for an index at a time, in all processes. One that was moved from can only be assigned to
/// or destroyed.
///
/// Nothing is visible to readers, or safe, before `commit` returns; what it confirmed survives a
/// killed process, a full disk and a power cut. After an exception from `commit` the index is as
/// the last commit that returned left it.
class FIHRIS_API Indexer {
 public:
  /// Opens the index in folder `path` for writing, and locks it.
  /// \throws Error{index_locked} while another writes; {not_found} without an index and without
  /// `create`; {invalid_argument} for a folder that holds something else; {index_damaged,
  /// index_version, io}
  Indexer(const std::string& path, Authority authority, const IndexOptions& options = {});
  /// Drops what was not committed.
  ~Indexer();
  Indexer(Indexer&&) noexcept;
  Indexer& operator=(Indexer&&) noexcept;

  /// Adds an article, or replaces the one of the same id. An empty id is made by `article_id`.
  /// Everything is checked before anything is changed: an article that cannot be indexed throws
  /// Error{invalid_argument} and costs no other (a day that the calendar lacks, over 64 MiB of
  /// text). May write a part to the disk. \throws Error{io}; Error{index_version} for an index of
  /// another analysis, which `retag` brings up to date.
  void add(Article article);
  /// Removes an article. False if no committed or added article has that id.
  bool remove(std::string_view id);
  /// A text for the next commit to keep beside the articles added before it, such as how far a
  /// source was read. It replaces the one that was set before.
  void set_checkpoint(std::string text);
  /// The text of the last commit, empty if none was set; after any crash it tells of just the
  /// articles that are there.
  std::string checkpoint() const;
  /// Makes all changes since the last commit visible and durable at once; does nothing if there are
  /// none. \throws Error{io}: the index is as before, and this object can only be destroyed.
  void commit();
  /// Tags and analyses all stored articles anew with this indexer's authority, then commits.
  void retag();
  /// Merges all segments into one, drops removed articles, then commits.
  void compact();
  /// Figures of the last commit.
  IndexStats stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Figures of an index, which need not be open. \throws Error{not_found, index_damaged,
/// index_version}
FIHRIS_API IndexStats index_stats(const std::string& path);
/// Compares every file with the manifest, and postings, documents and columns with each other.
/// \param repair  rebuild what can be rebuilt (columns, stub) and set damaged leftovers aside;
/// takes
///                the writer's lock.
/// \throws Error{not_found} where there is no index; Error{index_version, index_locked, io}
FIHRIS_API std::vector<IndexFault> check_index(const std::string& path, bool repair = false);
/// Calls `each` for every article in index order, until it returns false. What `each` throws comes
/// out. \throws Error{not_found, index_damaged, index_version}
FIHRIS_API void export_articles(const std::string& path,
                                const std::function<bool(const Article&)>& each);

}  // namespace fihris
