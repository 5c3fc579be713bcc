// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reader/source.h"

namespace fihris::reader {

/// The lines of a stream, without LF and the CR before it. Memory is bounded by the longest line
/// that is allowed.
class LineReader {
 public:
  /// Readable bytes after the text of every line, as simdjson wants them.
  static constexpr std::size_t kPadding = 64;

  LineReader(ByteStream& from, std::size_t max_bytes) : from_(&from), max_bytes_(max_bytes) {}

  struct Line {
    std::string_view text;     ///< good until the next call
    std::uint64_t number = 0;  ///< 1-based
    bool too_long = false;     ///< only its first 64 KiB are in `text`
  };
  std::optional<Line> next();

 private:
  bool fill();

  ByteStream* from_;
  std::size_t max_bytes_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace fihris::reader
