// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fihris::reader {

/// A stream of unpacked bytes, member by member where the file is an archive.
class ByteSource {
 public:
  /// \param path  a file, or "-" for standard input. Packed files (gz, bz2, xz, zstd) and archives
  /// (tar, zip) are told by their content. \throws Error{not_found, io}
  static std::unique_ptr<ByteSource> open(const std::string& path);
  virtual ~ByteSource() = default;

  /// Goes to the next member; the first call to the first. Its name, or the path of a file that is
  /// no archive. Empty at the end.
  virtual std::optional<std::string> next_member() = 0;
  /// The next block of the member; empty at its end. Good until the next call.
  /// \throws Error{io, bad_format} for a damaged or cut file.
  virtual std::string_view read() = 0;
  /// Bytes of the file that were used up.
  virtual std::uint64_t bytes_read() const = 0;
};

/// The lines of a source, without LF and CR before it.
class LineReader {
 public:
  LineReader(ByteSource& source, std::size_t max_bytes) : source_(&source), max_bytes_(max_bytes) {}

  struct Line {
    std::string_view text;     ///< good until the next call
    std::uint64_t number = 0;  ///< 1-based
    bool too_long = false;     ///< only its first `max_bytes` are in `text`
  };
  std::optional<Line> next();

 private:
  ByteSource* source_;
  std::size_t max_bytes_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace fihris::reader
