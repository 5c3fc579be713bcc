// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fihris/reader.h"

namespace fihris::reader {

/// Bytes in blocks.
class ByteStream {
 public:
  ByteStream() = default;
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// The next block; empty at the end. Good until the next call.
  /// \throws Error{io, bad_format, limit}
  virtual std::string_view read() = 0;
};

/// A stream whose first bytes can be looked at before they are read.
class PeekStream : public ByteStream {
 public:
  explicit PeekStream(ByteStream* from) : from_(from) {}
  /// At least `wanted` first bytes, or all there are. Only before the first `read`.
  /// A fault behind the first byte is thrown by `read` when what stands before it was given out.
  std::string_view peek(std::size_t wanted);
  std::string_view read() override;

 private:
  ByteStream* from_;
  std::string head_;
  std::exception_ptr failed_;
  bool given_ = false;
  bool ended_ = false;
};

/// One file, unpacked, member by member where it is an archive. Never writes; never follows a link
/// that stands in an archive.
class ByteSource : public ByteStream {
 public:
  using Note = std::function<void(const std::string& name, const std::string& message)>;

  /// \param path  a file, or "-" for standard input. Packed files (gz, bz2, xz, zstd) and archives
  ///   (tar, zip) are told by their content and unpacked once.
  /// \param note  told of members that are passed over.
  /// \throws Error{not_found, io} also for what is no regular file (a pipe is read while someone
  ///   writes to it).
  static std::unique_ptr<ByteSource> open(const std::string& path, const ReaderOptions& limits,
                                          Note note);

  /// Goes to the next member; the first call to the first. Its name ("file:member", or the path of
  /// a file that is no archive). Empty at the end.
  virtual std::optional<std::string> next_member() = 0;
  /// Bytes of the file that were used up.
  virtual std::uint64_t bytes_read() const = 0;
};

/// What packed a file, by its first bytes.
enum class Packing : unsigned char { none, gzip, bzip2, xz, zstd, zip, tar };
Packing packing_of(std::string_view head, std::string_view name);

}  // namespace fihris::reader
