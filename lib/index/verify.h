// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <string>

#include "index/manifest.h"

namespace fihris::index {

/// Reads a whole file and compares it with its checksum. What was found good is remembered in this
/// process by device, inode, size and times of change, so that a file is read once: segments never
/// change, and whoever writes to one changes its times.
/// \param fd    open on the file; its offset stays
/// \param stop  ends the reading before its end, without a verdict
/// \throws Error{index_damaged, io}
void verify_file(int fd, const std::string& path, const FileSum& expected,
                 const std::atomic<bool>* stop = nullptr);
/// The same for a path. \throws Error{index_damaged} also if the file is missing
void verify_file(const std::string& path, const FileSum& expected);
/// True if `verify_file` would not read it again.
bool is_verified(int fd, const FileSum& expected);
/// \throws Error{index_damaged} if the file is not there or has another size
void check_size(const std::string& path, const FileSum& expected);

}  // namespace fihris::index
