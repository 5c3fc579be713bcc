// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/file_stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "fihris/error.h"

namespace fihris::reader {
namespace {

constexpr std::size_t kBlock = 1 << 18;

[[noreturn]] void refuse(const std::string& path, const char* doing, int reason) {
  throw Error(reason == ENOENT || reason == ENOTDIR ? ErrorCode::not_found : ErrorCode::io,
              path + ": " + doing + ": " + std::strerror(reason));
}

}  // namespace

FileStream::FileStream(const std::string& path, const std::atomic<bool>* stop)
    : path_(path), stop_(stop), block_(new char[kBlock]) {
  if (path == "-") {
    fd_ = ::dup(STDIN_FILENO);
    if (fd_ < 0) refuse(path, "cannot read standard input", errno);
    return;
  }
  // Not blocking: opening a pipe that nobody writes to would wait for ever.
  fd_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd_ < 0) refuse(path, "cannot open", errno);
  struct stat info {};
  const bool known = ::fstat(fd_, &info) == 0;
  regular_ = known && S_ISREG(info.st_mode);
  if (!regular_ && !(known && S_ISFIFO(info.st_mode))) {
    ::close(fd_);
    throw Error(ErrorCode::io, path + ": neither a regular file nor a pipe",
                "devices and sockets are not read");
  }
  if (regular_) ::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

FileStream::~FileStream() {
  if (fd_ >= 0) ::close(fd_);
}

std::string_view FileStream::read() {
  for (;;) {
    if (stop_ != nullptr && *stop_) throw Error(ErrorCode::interrupted, path_ + ": interrupted");
    const auto got = ::read(fd_, block_.get(), kBlock);
    if (got >= 0) {
      bytes_ += static_cast<std::uint64_t>(got);
      return {block_.get(), static_cast<std::size_t>(got)};
    }
    if (errno == EAGAIN) {
      pollfd wait{fd_, POLLIN, 0};
      ::poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      refuse(path_, "cannot read", errno);
    }
  }
}

int FileStream::rewound() {
  ::lseek(fd_, 0, SEEK_SET);
  lent_ = true;
  return fd_;
}

std::uint64_t FileStream::position() const {
  if (!lent_) return bytes_;
  const auto at = ::lseek(fd_, 0, SEEK_CUR);
  return at < 0 ? 0 : static_cast<std::uint64_t>(at);
}

}  // namespace fihris::reader
