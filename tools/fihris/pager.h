// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <sys/types.h>

#include <string_view>

namespace fihris::cli {

/// While it lives, standard output goes through the reader's pager, if standard output is a
/// terminal and the command is one whose answer is read: FIHRIS_PAGER, else PAGER, else less. An
/// empty name or `cat` means none. Make it before anything is written.
class Pager {
 public:
  explicit Pager(std::string_view command);
  /// Waits until the reader has done.
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

 private:
  ::pid_t child_ = -1;
};

}  // namespace fihris::cli
