// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/document.h"
#include "fihris/index.h"
#include "index/columns.h"
#include "index/words_file.h"

namespace fihris::index {

/// One immutable revision of a local index: what its manifest listed when it was opened. Share it
/// among threads; each thread takes its own `database()`.
class Snapshot {
 public:
  /// \throws Error{not_found, index_damaged, index_version}
  static std::shared_ptr<const Snapshot> open(const std::string& path);
  virtual ~Snapshot() = default;

  /// All segments as one, in manifest order: Xapian interleaves document ids, so that document
  /// `local` of segment s (0-based) of n has the id (local - 1) * n + s + 1.
  virtual Xapian::Database database() const = 0;
  /// One segment alone, with its own document ids.
  virtual Xapian::Database segment_database(std::size_t segment) const = 0;
  virtual std::size_t segments() const = 0;
  virtual const Columns& columns(std::size_t segment) const = 0;
  virtual const WordsFile& words(std::size_t segment) const = 0;
  /// True if the document was removed or replaced after its segment was written. `document` is
  /// 0-based.
  virtual bool removed(std::size_t segment, std::uint32_t document) const = 0;
  virtual bool any_removed() const = 0;
  virtual std::uint64_t documents() const = 0;  ///< without the removed ones
  virtual const std::string& revision()
      const = 0;  ///< changes with every commit and with a rebuilt index
  /// True if the folder has another revision by now.
  virtual bool stale() const = 0;
  virtual IndexStats stats() const = 0;
};

/// The article kept in a Xapian document's data (docs/index-format.md).
Article decode_article(std::string_view data);

}  // namespace fihris::index
