// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/verify.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <set>
#include <vector>

#include "base/file.h"
#include "fihris/error.h"

namespace fihris::index {
namespace {

using Identity = std::array<std::uint64_t, 8>;

/// What was found good in this process.
struct Verified {
  std::mutex mutex;
  std::set<Identity> files;
};

Verified& verified() {
  static Verified known;
  return known;
}

struct stat look_at(int fd, const std::string& path) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) {
    throw Error(ErrorCode::io, path + ": cannot look at: " + std::strerror(errno));
  }
  return info;
}

Identity identity_of(const struct stat& info, const FileSum& expected) {
  const auto number = [](auto value) { return static_cast<std::uint64_t>(value); };
  return {number(info.st_dev),          number(info.st_ino),          number(info.st_size),
          number(info.st_mtim.tv_sec),  number(info.st_mtim.tv_nsec), number(info.st_ctim.tv_sec),
          number(info.st_ctim.tv_nsec), number(expected.crc)};
}

Error damaged(const std::string& path, const std::string& what) {
  return Error(ErrorCode::index_damaged, path + ": " + what,
               "run `fihris check` on the index; `fihris check --repair` mends what can be mended");
}

}  // namespace

bool is_verified(int fd, const FileSum& expected) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) return false;
  const std::scoped_lock lock(verified().mutex);
  return verified().files.count(identity_of(info, expected)) > 0;
}

void verify_file(int fd, const std::string& path, const FileSum& expected,
                 const std::atomic<bool>* stop) {
  const auto info = look_at(fd, path);
  const auto identity = identity_of(info, expected);
  {
    const std::scoped_lock lock(verified().mutex);
    if (verified().files.count(identity) > 0) return;
  }
  if (static_cast<std::uint64_t>(info.st_size) != expected.size) {
    throw damaged(path, "has " + std::to_string(info.st_size) + " bytes, the manifest says " +
                            std::to_string(expected.size));
  }
  // Read, not mapped: a file that is cut meanwhile ends the reading and not the process.
  std::vector<char> block(1 << 20);
  std::uint32_t crc = 0;
  std::uint64_t at = 0;
  while (at < expected.size) {
    if (stop != nullptr && *stop) return;
    const auto got = ::pread(fd, block.data(), block.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(ErrorCode::io, path + ": cannot read: " + std::strerror(errno));
    if (got == 0) throw damaged(path, "ends early");
    crc = crc32c({block.data(), static_cast<std::size_t>(got)}, crc);
    at += static_cast<std::uint64_t>(got);
  }
  if (crc != expected.crc) throw damaged(path, "its checksum does not fit the manifest");
  const std::scoped_lock lock(verified().mutex);
  if (verified().files.size() > 10000) verified().files.clear();
  verified().files.insert(identity);
}

void verify_file(const std::string& path, const FileSum& expected) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    if (errno == ENOENT) throw damaged(path, "is missing");
    throw Error(ErrorCode::io, path + ": cannot open: " + std::strerror(errno));
  }
  try {
    verify_file(fd, path, expected);
  } catch (...) {
    ::close(fd);
    throw;
  }
  ::close(fd);
}

void check_size(const std::string& path, const FileSum& expected) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) throw damaged(path, "is missing");
    throw Error(ErrorCode::io, path + ": cannot look at: " + std::strerror(errno));
  }
  if (static_cast<std::uint64_t>(info.st_size) != expected.size) {
    throw damaged(path, "has " + std::to_string(info.st_size) + " bytes, the manifest says " +
                            std::to_string(expected.size));
  }
}

}  // namespace fihris::index
