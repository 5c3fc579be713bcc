// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/source.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "fihris/error.h"

namespace fihris::reader {
namespace {

constexpr std::size_t kBlock = 1 << 18;

class ArchiveSource : public ByteSource {
 public:
  explicit ArchiveSource(const std::string& path) : path_(path), archive_(archive_read_new()) {
    if (archive_ == nullptr) throw Error(ErrorCode::io, path + ": out of memory");
    archive_read_support_filter_all(archive_.get());
    archive_read_support_format_tar(archive_.get());
    archive_read_support_format_zip(archive_.get());
    archive_read_support_format_raw(archive_.get());
    archive_read_support_format_empty(archive_.get());
    if (path != "-") {
      struct stat info {};
      if (::stat(path.c_str(), &info) != 0) {
        throw Error(errno == ENOENT || errno == ENOTDIR ? ErrorCode::not_found : ErrorCode::io,
                    path + ": cannot open: " + std::strerror(errno));
      }
    }
    if (archive_read_open_filename(archive_.get(), path == "-" ? nullptr : path.c_str(), kBlock) !=
        ARCHIVE_OK) {
      fail();
    }
  }

  std::optional<std::string> next_member() override {
    for (;;) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(archive_.get(), &entry);
      if (status == ARCHIVE_EOF) return std::nullopt;
      if (status < ARCHIVE_WARN) fail();
      if (archive_format(archive_.get()) == ARCHIVE_FORMAT_RAW ||
          archive_format(archive_.get()) == ARCHIVE_FORMAT_EMPTY) {
        return path_;
      }
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      const char* name = archive_entry_pathname_utf8(entry);
      if (name == nullptr) name = archive_entry_pathname(entry);
      return path_ + ":" + (name == nullptr ? "?" : name);
    }
  }

  std::string_view read() override {
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(archive_.get(), &data, &size, &offset);
    if (status == ARCHIVE_EOF) return {};
    if (status < ARCHIVE_WARN) fail();
    if (size == 0) return read();
    return {static_cast<const char*>(data), size};
  }

  std::uint64_t bytes_read() const override {
    const auto bytes = archive_filter_bytes(archive_.get(), -1);
    return bytes < 0 ? 0 : static_cast<std::uint64_t>(bytes);
  }

 private:
  struct Free {
    void operator()(archive* a) const { archive_read_free(a); }
  };

  [[noreturn]] void fail() const {
    const char* reason = archive_error_string(archive_.get());
    throw Error(ErrorCode::io,
                path_ + ": cannot read: " + (reason == nullptr ? "unknown fault" : reason),
                "the file may be cut short or damaged: fetch it again");
  }

  std::string path_;
  std::unique_ptr<archive, Free> archive_;
};

}  // namespace

std::unique_ptr<ByteSource> ByteSource::open(const std::string& path) {
  return std::make_unique<ArchiveSource>(path);
}

std::optional<LineReader::Line> LineReader::next() {
  std::size_t searched = at_;
  std::size_t dropped = 0;
  for (;;) {
    const auto end = buffer_.find('\n', searched);
    if (end != buffer_.npos || (ended_ && at_ < buffer_.size())) {
      const auto stop = end == buffer_.npos ? buffer_.size() : end;
      std::string_view text = std::string_view(buffer_).substr(at_, stop - at_);
      at_ = end == buffer_.npos ? stop : stop + 1;
      if (text.ends_with('\r')) text.remove_suffix(1);
      return Line{text, ++number_, dropped > 0};
    }
    if (ended_) return std::nullopt;
    buffer_.erase(0, at_);
    at_ = 0;
    if (buffer_.size() > max_bytes_) {
      dropped += buffer_.size() - max_bytes_;
      buffer_.resize(max_bytes_);
    }
    searched = buffer_.size();
    const auto block = source_->read();
    if (block.empty()) {
      ended_ = true;
      searched = 0;
    } else {
      buffer_.append(block);
    }
  }
}

}  // namespace fihris::reader
