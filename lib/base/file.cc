// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "fihris/error.h"

namespace fihris {
namespace {

[[noreturn]] void fail(const std::string& doing, const std::string& path, int error) {
  const auto code = error == ENOENT || error == ENOTDIR ? ErrorCode::not_found : ErrorCode::io;
  std::string hint;
  if (error == ENOSPC || error == EDQUOT) hint = "free some space and run the command again";
  if (error == EACCES || error == EPERM || error == EROFS)
    hint = "look at the permissions of the folder";
  throw Error(code, path + ": cannot " + doing + ": " + std::strerror(error), hint);
}

/// An open file that closes itself.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode = 0666)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

void write_all(int fd, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0) {
      if (errno == EINTR) continue;
      fail("write", path, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) fail("open", path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) fail("look at", path, errno);
  if (!S_ISREG(info.st_mode)) fail("map", path, S_ISDIR(info.st_mode) ? EISDIR : EINVAL);
  size_ = static_cast<std::size_t>(info.st_size);
  if (size_ == 0) return;
  void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.get(), 0);
  if (mapped == MAP_FAILED) fail("map", path, errno);
  data_ = static_cast<const char*>(mapped);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

void MappedFile::release() const noexcept {
  if (data_ != nullptr) ::madvise(const_cast<char*>(data_), size_, MADV_DONTNEED);
}

FileReader::FileReader(std::string path) : path_(std::move(path)) {
  if (!file_exists(path_)) fail("open", path_, ENOENT);
}

void FileReader::fill(std::size_t least) {
  constexpr std::size_t kBlock = 1u << 16;
  held_.erase(0, std::exchange(at_, 0));
  if (ended_) return;
  const Descriptor file(path_, O_RDONLY);
  if (file.get() < 0) fail("open", path_, errno);
  while (held_.size() < least && !ended_) {
    const auto size = held_.size();
    held_.resize(size + kBlock);
    const auto got = ::pread(file.get(), held_.data() + size, kBlock, static_cast<off_t>(offset_));
    const int error = errno;
    held_.resize(size + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0 && error != EINTR) fail("read", path_, error);
    ended_ = got == 0;
    if (got > 0) offset_ += static_cast<std::uint64_t>(got);
  }
}

FileWriter::FileWriter(const std::string& path)
    : path_(path), fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
  if (fd_ < 0) fail("create", path, errno);
}

FileWriter::~FileWriter() {
  if (fd_ >= 0) ::close(fd_);
}

void FileWriter::append(std::string_view bytes) {
  constexpr std::size_t kHeld = 1u << 20;
  size_ += bytes.size();
  held_ += bytes;
  if (held_.size() < kHeld) return;
  write_all(fd_, path_, held_);
  held_.clear();
}

void FileWriter::close() {
  write_all(fd_, path_, held_);
  held_.clear();
  if (::close(std::exchange(fd_, -1)) != 0) fail("write", path_, errno);
}

void read_blocks(const std::string& path, const std::function<void(std::string_view)>& take) {
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) fail("open", path, errno);
  std::array<char, 1 << 16> block;
  for (;;) {
    const auto got = ::read(file.get(), block.data(), block.size());
    if (got < 0) {
      if (errno == EINTR) continue;
      fail("read", path, errno);
    }
    if (got == 0) return;
    take({block.data(), static_cast<std::size_t>(got)});
  }
}

std::string read_file(const std::string& path) {
  std::string bytes;
  read_blocks(path, [&](std::string_view block) { bytes += block; });
  return bytes;
}

bool file_exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

void write_file(const std::string& path, std::string_view bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (file.get() < 0) fail("create", path, errno);
  write_all(file.get(), path, bytes);
}

void write_file_synced(const std::string& path, std::string_view bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (file.get() < 0) fail("create", path, errno);
  write_all(file.get(), path, bytes);
  if (::fsync(file.get()) != 0) fail("sync", path, errno);
}

void sync_path(const std::string& path) {
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) fail("open", path, errno);
  if (::fsync(file.get()) != 0) fail("sync", path, errno);
}

void rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail("rename", from, errno);
}

void make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) fail("make the folder", path, errno);
}

std::vector<std::string> list_folder(const std::string& path) {
  // Not std::filesystem: its iterators end the process when memory runs out.
  DIR* folder = ::opendir(path.c_str());
  if (folder == nullptr) fail("list", path, errno);
  const std::unique_ptr<DIR, int (*)(DIR*)> closer(folder, ::closedir);
  std::vector<std::string> names;
  for (errno = 0; const dirent* entry = ::readdir(folder); errno = 0) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) fail("list", path, errno);
  return names;
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

void replace_file(const std::string& path, std::string_view bytes) {
  const std::string aside = path + ".tmp";
  write_file_synced(aside, bytes);
  rename_file(aside, path);
  sync_path(folder_of(path));
}

std::uint64_t fnv1a(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

#if defined(__x86_64__)
namespace {

/// The instruction of SSE 4.2 that computes this very checksum.
__attribute__((target("sse4.2"))) std::uint32_t crc32c_by_instruction(std::string_view bytes,
                                                                      std::uint32_t crc) {
  std::uint64_t value = ~crc;
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    value = __builtin_ia32_crc32di(value, word);
  }
  auto rest = static_cast<std::uint32_t>(value);
  for (; left > 0; ++at, --left) {
    rest = __builtin_ia32_crc32qi(rest, static_cast<unsigned char>(*at));
  }
  return ~rest;
}

}  // namespace
#endif

std::uint32_t crc32c(std::string_view bytes, std::uint32_t crc) {
#if defined(__x86_64__)
  static const bool kInstruction = __builtin_cpu_supports("sse4.2") != 0;
  if (kInstruction) return crc32c_by_instruction(bytes, crc);
#endif
  // Slicing by eight over the reflected polynomial 0x82F63B78.
  static const auto kTables = [] {
    std::array<std::array<std::uint32_t, 256>, 8> tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ ((value & 1) != 0 ? 0x82F63B78u : 0);
      tables[0][i] = value;
    }
    for (std::uint32_t i = 0; i < 256; ++i) {
      for (std::size_t t = 1; t < 8; ++t) {
        tables[t][i] = tables[t - 1][i] >> 8 ^ tables[0][tables[t - 1][i] & 0xFF];
      }
    }
    return tables;
  }();
  crc = ~crc;
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint32_t low;
    std::uint32_t high;
    std::memcpy(&low, at, 4);
    std::memcpy(&high, at + 4, 4);
    low ^= crc;
    crc = kTables[7][low & 0xFF] ^ kTables[6][low >> 8 & 0xFF] ^ kTables[5][low >> 16 & 0xFF] ^
          kTables[4][low >> 24] ^ kTables[3][high & 0xFF] ^ kTables[2][high >> 8 & 0xFF] ^
          kTables[1][high >> 16 & 0xFF] ^ kTables[0][high >> 24];
  }
  for (; left > 0; ++at, --left) {
    crc = crc >> 8 ^ kTables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFF];
  }
  return ~crc;
}

std::string hex64(std::uint64_t number) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4) digits[i] = kHex[number & 15];
  return digits;
}

std::uint64_t parse_hex64(std::string_view digits) {
  std::uint64_t number = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
    number = number << 4 | static_cast<unsigned>(digit);
  }
  return number;
}

}  // namespace fihris
