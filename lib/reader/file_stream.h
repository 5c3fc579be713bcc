// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "reader/source.h"

namespace fihris::reader {

/// The bytes of a file as they stand.
class FileStream : public ByteStream {
 public:
  /// Opens a regular file, a pipe or, for "-", standard input; waits for no writer.
  explicit FileStream(const std::string& path, const std::atomic<bool>* stop = nullptr);
  ~FileStream() override;
  /// \throws Error{io}; Error{interrupted} when `stop` is set.
  std::string_view read() override;
  /// True for a regular file, which can be read from any place.
  bool can_seek() const { return regular_; }
  /// For a reader that does its own seeking: the file, set to its start.
  int rewound();
  std::uint64_t position() const;

 private:
  std::string path_;
  const std::atomic<bool>* stop_;
  std::unique_ptr<char[]> block_;
  std::uint64_t bytes_ = 0;
  int fd_ = -1;
  bool regular_ = false;
  bool lent_ = false;
};

}  // namespace fihris::reader
