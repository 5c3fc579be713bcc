// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace fihris::index {

/// The right to write to an index: an flock(2) on the file `lock` in its folder, which holds the
/// process id of the writer. The system lets go of it when the process ends, however it ends. A
/// child of fork(2) shares it until it ends or executes another program.
class WriterLock {
 public:
  /// \throws Error{index_locked} naming the process that writes; Error{io}
  explicit WriterLock(const std::string& folder);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

  /// \throws Error{index_locked} if the lock file was removed or replaced: the lock is worth
  /// nothing then.
  void check() const;

 private:
  std::string path_;
  int fd_ = -1;
};

/// Keeps SIGXFSZ (a file grew over the limit of the process) from ending the process while it
/// lives, in this thread: the write fails with EFBIG instead.
class FileSizeSignalShield {
 public:
  FileSizeSignalShield();
  ~FileSizeSignalShield();
  FileSizeSignalShield(const FileSizeSignalShield&) = delete;
  FileSizeSignalShield& operator=(const FileSizeSignalShield&) = delete;

 private:
  bool blocked_before_ = true;
};

}  // namespace fihris::index
