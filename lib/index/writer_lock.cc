// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/writer_lock.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/file.h"
#include "fihris/error.h"

namespace fihris::index {
namespace {

/// True if `fd` is open on the file that `path` names now.
bool same_file(int fd, const std::string& path) {
  struct stat open {};
  struct stat named {};
  return ::fstat(fd, &open) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

}  // namespace

WriterLock::WriterLock(const std::string& folder) : path_(folder + "/lock") {
  for (;;) {
    fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd_ < 0) {
      const int error = errno;
      throw Error(ErrorCode::io, path_ + ": cannot open the lock: " + std::strerror(error),
                  error == EACCES || error == EROFS ? "look at the permissions of the folder" : "");
    }
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      ::close(fd_);
      fd_ = -1;
      if (error == EINTR) continue;
      if (error != EWOULDBLOCK) {
        throw Error(ErrorCode::io, path_ + ": cannot lock: " + std::strerror(error));
      }
      std::string holder;
      try {
        holder = read_file(path_);
      } catch (const Error&) {
      }
      while (!holder.empty() && holder.back() == '\n') holder.pop_back();
      throw Error(ErrorCode::index_locked,
                  folder + ": " + (holder.empty() ? "another process" : "process " + holder) +
                      " is writing to this index",
                  "wait for it to end, or end it");
    }
    if (same_file(fd_, path_)) break;
    ::close(fd_);  // someone removed the file between open and flock
    fd_ = -1;
  }
  const std::string pid = std::to_string(::getpid()) + '\n';
  if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, pid.data(), pid.size(), 0) < 0) {
    const int error = errno;
    ::close(fd_);
    throw Error(ErrorCode::io, path_ + ": cannot write: " + std::strerror(error),
                error == ENOSPC ? "free some space and run the command again" : "");
  }
}

WriterLock::~WriterLock() {
  if (fd_ >= 0) ::close(fd_);
}

void WriterLock::check() const {
  if (same_file(fd_, path_)) return;
  throw Error(ErrorCode::index_locked,
              path_ + ": the lock file was removed while this process held it",
              "nothing was changed: look for other writers and run the command again");
}

FileSizeSignalShield::FileSizeSignalShield() {
  sigset_t set;
  sigset_t before;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGXFSZ);
  ::pthread_sigmask(SIG_BLOCK, &set, &before);
  blocked_before_ = ::sigismember(&before, SIGXFSZ) == 1;
}

FileSizeSignalShield::~FileSizeSignalShield() {
  if (blocked_before_) return;
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGXFSZ);
  const timespec now{};
  while (::sigtimedwait(&set, nullptr, &now) == SIGXFSZ) {
  }
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace fihris::index
