// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <zlib.h>

#include <exception>
#include <utility>

#include "fihris/error.h"

namespace fihris::reader {
namespace {

constexpr std::size_t kBlock = 1 << 18;
constexpr const char* kRemedy = "the file may be cut short or damaged: fetch it again";

/// libarchive reads over gzip too, but passes over the checksum at its end (3.6.2), so that damage
/// would go in as text.
class GzipStream : public ByteStream {
 public:
  GzipStream(ByteStream& from, std::string path, ByteSource::Note note)
      : from_(&from), path_(std::move(path)), note_(std::move(note)), block_(new char[kBlock]) {
    start();
  }
  ~GzipStream() override { inflateEnd(&inflate_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  std::string_view read() override {
    if (ended_) return {};
    inflate_.next_out = reinterpret_cast<Bytef*>(block_.get());
    inflate_.avail_out = kBlock;
    while (inflate_.avail_out > 0) {
      if (inflate_.avail_in == 0 && !refill()) {
        if (between_) {
          ended_ = true;
          break;
        }
        if (inflate_.avail_out < kBlock) break;  // what is whole first, then the fault
        throw Error(ErrorCode::io, path_ + ": the gzip data is cut short", kRemedy);
      }
      if (between_) {  // another member, or padding that is no part of the data
        if (*inflate_.next_in != 0x1F) {
          if (*inflate_.next_in != 0) note_(path_, "bytes after the end of the gzip data");
          ended_ = true;
          break;
        }
        inflateReset(&inflate_);
        between_ = false;
      }
      const int status = ::inflate(&inflate_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {
        between_ = true;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        if (after_first_) {
          note_(path_, "bytes after the end of the gzip data");
          ended_ = true;
          break;
        }
        if (inflate_.avail_out < kBlock) break;  // zlib gives the same answer again
        throw Error(ErrorCode::io,
                    path_ + ": the gzip data is damaged: " +
                        (inflate_.msg == nullptr ? "unknown fault" : inflate_.msg),
                    kRemedy);
      }
      after_first_ = status == Z_STREAM_END;
    }
    return {block_.get(), kBlock - inflate_.avail_out};
  }

 private:
  void start() {
    if (inflateInit2(&inflate_, 15 + 16) != Z_OK) {
      throw Error(ErrorCode::io, path_ + ": out of memory");
    }
  }
  bool refill() {
    const auto block = from_->read();
    inflate_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(block.data()));
    inflate_.avail_in = static_cast<uInt>(block.size());
    return !block.empty();
  }

  ByteStream* from_;
  std::string path_;
  ByteSource::Note note_;
  std::unique_ptr<char[]> block_;
  z_stream inflate_{};
  bool between_ = false;      ///< a member has ended
  bool after_first_ = false;  ///< nothing was read since a member ended
  bool ended_ = false;
};

/// While it lives, this thread's characters are UTF-8. libarchive hands over names in the locale's
/// characters alone, and a program that never called setlocale has ASCII.
class Utf8Names {
 public:
  Utf8Names() {
    static const locale_t kUtf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (kUtf8 != nullptr) before_ = ::uselocale(kUtf8);
  }
  ~Utf8Names() {
    if (before_ != nullptr) ::uselocale(before_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t before_ = nullptr;
};

struct Free {
  void operator()(archive* a) const { archive_read_free(a); }
};

/// libarchive over a stream; an exception of the stream comes out where libarchive is called.
class Archive {
 public:
  Archive(ByteStream& from, std::string path)
      : from_(&from), path_(std::move(path)), archive_(archive_read_new()) {
    if (archive_ == nullptr) throw Error(ErrorCode::io, path_ + ": out of memory");
  }

  archive* get() const { return archive_.get(); }
  const std::string& path() const { return path_; }

  void open_stream() {
    check(archive_read_open(archive_.get(), this, nullptr, &Archive::read_block, nullptr));
    // Data that cannot be unpacked from their start on are taken for an empty file, but for this.
    if (archive_error_string(archive_.get()) != nullptr) check(ARCHIVE_FATAL);
  }

  /// True after a fault behind which nothing can be read.
  bool is_broken() const { return broken_; }

  int check(int status) {
    broken_ = thrown_ || status == ARCHIVE_FATAL;
    if (thrown_) std::rethrow_exception(thrown_);
    if (status == ARCHIVE_FATAL || status == ARCHIVE_FAILED) {
      const char* given = archive_error_string(archive_.get());
      const std::string reason = given == nullptr ? "unknown fault" : given;
      const bool locked = reason.find("assphrase") != reason.npos;
      throw Error(ErrorCode::io, path_ + ": cannot unpack: " + reason,
                  locked ? "unlock it first: no password can be given" : kRemedy);
    }
    return status;
  }

  std::string_view data() {
    for (;;) {
      if (!damage_.empty()) {
        throw Error(ErrorCode::io, path_ + ": damaged: " + std::exchange(damage_, {}), kRemedy);
      }
      const void* bytes = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int status = check(archive_read_data_block(archive_.get(), &bytes, &size, &offset));
      if (status == ARCHIVE_EOF) return {};
      if (status == ARCHIVE_WARN) {  // a checksum or a length that is not the one written down
        const char* reason = archive_error_string(archive_.get());
        damage_ = reason == nullptr ? "unknown fault" : reason;
      }
      if (size > 0) return {static_cast<const char*>(bytes), size};
    }
  }
  /// What is known of the member that was read last says nothing of the next one.
  void begin_member() { damage_.clear(); }

 private:
  static la_ssize_t read_block(archive*, void* self, const void** to) {
    auto& me = *static_cast<Archive*>(self);
    try {
      const auto block = me.from_->read();
      *to = block.data();
      return static_cast<la_ssize_t>(block.size());
    } catch (...) {
      me.thrown_ = std::current_exception();
      return ARCHIVE_FATAL;
    }
  }

  ByteStream* from_;
  std::string path_;
  std::unique_ptr<archive, Free> archive_;
  std::exception_ptr thrown_;
  std::string damage_;  ///< of the data that were given out last
  bool broken_ = false;
};

class FilterStream : public ByteStream {
 public:
  FilterStream(ByteStream& from, const std::string& path, Packing packing) : archive_(from, path) {
    auto* a = archive_.get();
    // Filters that are named are not looked for, so one layer is taken off and no more.
    archive_read_append_filter(a, packing == Packing::bzip2 ? ARCHIVE_FILTER_BZIP2
                                  : packing == Packing::xz  ? ARCHIVE_FILTER_XZ
                                                            : ARCHIVE_FILTER_ZSTD);
    archive_read_support_format_raw(a);
    archive_read_support_format_empty(a);
  }
  std::string_view read() override {
    if (!opened_) {
      opened_ = true;
      archive_.open_stream();
      archive_entry* entry = nullptr;
      empty_ = archive_.check(archive_read_next_header(archive_.get(), &entry)) == ARCHIVE_EOF;
    }
    return empty_ ? std::string_view() : archive_.data();
  }

 private:
  Archive archive_;
  bool opened_ = false;
  bool empty_ = false;
};

class Members : public ArchiveMembers {
 public:
  Members(ByteStream& from, FileStream* file, const std::string& path, Packing packing,
          ByteSource::Note note)
      : archive_(from, path), note_(std::move(note)) {
    auto* a = archive_.get();
    if (packing == Packing::zip) {
      archive_read_support_format_zip(a);
    } else {
      archive_read_support_format_tar(a);
    }
    if (file != nullptr) {
      archive_.check(archive_read_open_fd(a, file->rewound(), kBlock));
    } else {
      archive_.open_stream();
    }
  }

  std::optional<std::string> next() override {
    for (;;) {
      if (broken_) return std::nullopt;
      const Utf8Names utf8;
      archive_entry* entry = nullptr;
      broken_ = true;  // until the header is read whole
      if (archive_.check(archive_read_next_header(archive_.get(), &entry)) == ARCHIVE_EOF) {
        return std::nullopt;
      }
      broken_ = false;
      archive_.begin_member();
      ++number_;
      const char* name = archive_entry_pathname_utf8(entry);
      if (name == nullptr) name = archive_entry_pathname(entry);
      std::string member = name == nullptr ? "member " + std::to_string(number_) : name;
      const auto type = archive_entry_filetype(entry);
      if (archive_entry_hardlink(entry) != nullptr || type == AE_IFLNK) {
        note_(archive_.path() + ":" + member, "a link, not followed");
      } else if (type == AE_IFREG) {
        return member;
      } else if (type != AE_IFDIR) {
        note_(archive_.path() + ":" + member, "neither a file nor a folder");
      }
    }
  }

  std::string_view read() override {
    try {
      return archive_.data();
    } catch (const Error&) {
      // A member that is damaged or locked by a password may stand before good ones.
      broken_ = archive_.is_broken();
      throw;
    }
  }

 private:
  Archive archive_;
  ByteSource::Note note_;
  std::uint64_t number_ = 0;
  bool broken_ = false;
};

}  // namespace

std::unique_ptr<ByteStream> unpack_gzip(ByteStream& from, const std::string& path,
                                        const ByteSource::Note& note) {
  return std::make_unique<GzipStream>(from, path, note);
}

std::unique_ptr<ByteStream> unpack_filter(ByteStream& from, const std::string& path,
                                          Packing packing) {
  return std::make_unique<FilterStream>(from, path, packing);
}

std::unique_ptr<ArchiveMembers> ArchiveMembers::open(ByteStream& from, FileStream* file,
                                                     const std::string& path, Packing packing,
                                                     ByteSource::Note note) {
  return std::make_unique<Members>(from, file, path, packing, std::move(note));
}

}  // namespace fihris::reader
