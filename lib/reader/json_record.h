// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <deque>
#include <string_view>

#include "reader/record.h"

namespace fihris::reader {

/// Turns JSON objects into records: simdjson first, and where it refuses the tolerant scanner.
class JsonRecords {
 public:
  explicit JsonRecords(RecordBuilder& builder);
  ~JsonRecords();

  /// The records of `text`: one, or several objects one after the other. A text that is not whole
  /// JSON gives one outcome without an article.
  /// \param text  followed by `LineReader::kPadding` readable bytes.
  std::deque<Outcome> parse(std::string_view text, std::uint64_t line);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What is kept of a record for a file of rejects.
std::string kept_raw(std::string_view text);

}  // namespace fihris::reader
