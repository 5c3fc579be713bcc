// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Files as the library needs them. All functions throw Error{not_found, io} naming the file and
/// the system's reason.
namespace fihris {

/// A file mapped for reading.
class MappedFile {
 public:
  MappedFile() = default;
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {data_, size_}; }
  /// Gives the memory of what was read back; reading it again is slower, no more.
  void release() const noexcept;

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// A file that is read from front to end through a small buffer. It is opened anew for each block,
/// so that any number of files can be read side by side.
class FileReader {
 public:
  explicit FileReader(std::string path);

  /// The next bytes: at least `least` of them, unless the file ends before.
  std::string_view peek(std::size_t least) {
    if (held_.size() - at_ < least) fill(least);
    return std::string_view(held_).substr(at_);
  }
  /// \param bytes  of those that `peek` gave.
  void skip(std::size_t bytes) { at_ += bytes; }
  const std::string& path() const { return path_; }

 private:
  void fill(std::size_t least);

  const std::string path_;
  std::uint64_t offset_ = 0;  ///< in the file, of the end of `held_`
  bool ended_ = false;
  std::size_t at_ = 0;
  std::string held_;
};

/// A new file, or an old one replaced, that is written from front to end. Not synced.
class FileWriter {
 public:
  explicit FileWriter(const std::string& path);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void append(std::string_view bytes);
  std::uint64_t size() const { return size_; }  ///< bytes appended so far
  /// Writes what is still held and closes the file; without it the file is cut somewhere.
  void close();

 private:
  const std::string path_;
  int fd_;
  std::uint64_t size_ = 0;
  std::string held_;
};

/// Hands the bytes of a file over block by block, without keeping or mapping it.
void read_blocks(const std::string& path, const std::function<void(std::string_view)>& take);
std::string read_file(const std::string& path);
bool file_exists(const std::string& path);
/// Writes a new file or replaces an old one, without syncing it.
void write_file(const std::string& path, std::string_view bytes);
/// Writes a new file or replaces an old one and syncs it; the folder is not synced.
void write_file_synced(const std::string& path, std::string_view bytes);
/// Flushes a file, or a folder (its names), to the disk.
void sync_path(const std::string& path);
/// Renames a file, replacing one of the new name; the folder is not synced.
void rename_file(const std::string& from, const std::string& to);
/// Makes a folder in one that is there; nothing happens if it is there already. Not synced.
void make_folder(const std::string& path);
/// The names in a folder, without "." and "..", in no order.
std::vector<std::string> list_folder(const std::string& path);
/// The folder that a path lies in: "." for a bare name.
std::string folder_of(const std::string& path);
/// Writes `path`.tmp, syncs it, renames it to `path` and syncs the folder: old or new, never
/// between.
void replace_file(const std::string& path, std::string_view bytes);
/// FNV-1a, 64 bits: for names, never for integrity.
std::uint64_t fnv1a(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325ULL);
/// CRC-32C (Castagnoli, RFC 3720) of a block, continued from `crc`.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t crc = 0);
/// Sixteen lower-case hexadecimal digits.
std::string hex64(std::uint64_t number);
/// The number that `hex64` wrote.
std::uint64_t parse_hex64(std::string_view digits);

}  // namespace fihris
