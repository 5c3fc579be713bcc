// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fihris/reader.h"

namespace fihris::cli {

/// What an index remembers of the files that went into it: the text of its checkpoint.
class IngestMarks {
 public:
  /// \param checkpoint  of an index; a text of another program gives no marks.
  explicit IngestMarks(std::string_view checkpoint);

  /// The marks of files that were read with the same options.
  std::vector<ReadMark> of(std::string_view options) const;
  /// Lays newer marks over those of the same files.
  void update(const std::vector<ReadMark>& marks, std::string_view options);
  std::string text() const;

 private:
  struct Entry {
    ReadMark mark;
    std::string options;
  };
  std::vector<Entry> entries_;
};

/// A short name for the options that decide what an article becomes.
std::string options_key(const ReaderOptions& options);

}  // namespace fihris::cli
