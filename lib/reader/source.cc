// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/source.h"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "fihris/error.h"
#include "reader/unpack.h"

namespace fihris::reader {
namespace {

/// Bytes that may be unpacked before the ratio counts: small files compress well.
constexpr std::uint64_t kFreeBytes = 64u << 20;
constexpr std::size_t kHead = 512;  // the mark of a tar stands at byte 257

class UnpackedSource : public ByteSource {
 public:
  UnpackedSource(std::string path, const ReaderOptions& limits, Note note)
      : path_(std::move(path)),
        limits_(limits),
        file_(path_, limits.stop),
        raw_(&file_),
        stream_(&raw_) {
    auto packing = packing_of(raw_.peek(kHead), path_);
    if (packing == Packing::none) return;
    packed_ = true;
    if (packing != Packing::tar && packing != Packing::zip) {
      filter_ = packing == Packing::gzip ? unpack_gzip(raw_, path_, note)
                                         : unpack_filter(raw_, path_, packing);
      inner_ = std::make_unique<PeekStream>(filter_.get());
      stream_ = inner_.get();
      try {
        packing = packing_of(inner_->peek(kHead), path_);
      } catch (const Error&) {
        failed_ = std::current_exception();  // told when the member is read
        return;
      }
      if (packing != Packing::tar) return;
    }
    auto* whole = packing == Packing::zip && file_.can_seek() ? &file_ : nullptr;
    members_ = ArchiveMembers::open(*stream_, whole, path_, packing, std::move(note));
    stream_ = members_.get();
  }

  std::optional<std::string> next_member() override {
    if (stopped_) return std::nullopt;
    member_bytes_ = 0;
    if (members_ == nullptr) {
      stopped_ = true;
      return path_;
    }
    auto name = members_->next();
    if (!name) return std::nullopt;
    if (++count_ > limits_.max_members) {
      stopped_ = true;
      throw Error(ErrorCode::limit,
                  path_ + ": more than " + std::to_string(limits_.max_members) + " members",
                  "--max-members sets the bound");
    }
    return path_ + ":" + *name;
  }

  std::string_view read() override {
    if (failed_) std::rethrow_exception(std::exchange(failed_, nullptr));
    const auto block = stream_->read();
    member_bytes_ += block.size();
    total_bytes_ += block.size();
    if (member_bytes_ > limits_.max_member_bytes) {
      throw Error(
          ErrorCode::limit,
          path_ + ": unpacks to more than " + std::to_string(limits_.max_member_bytes) + " bytes",
          "--max-unpacked sets the bound");
    }
    if (packed_ && total_bytes_ > kFreeBytes &&
        static_cast<double>(total_bytes_) >
            limits_.max_ratio * static_cast<double>(std::max<std::uint64_t>(bytes_read(), 1))) {
      stopped_ = true;
      throw Error(ErrorCode::limit,
                  path_ + ": unpacks to more than " +
                      std::to_string(static_cast<std::uint64_t>(limits_.max_ratio)) +
                      " times its size",
                  "--max-ratio sets the bound");
    }
    return block;
  }

  std::uint64_t bytes_read() const override { return file_.position(); }

 private:
  std::string path_;
  ReaderOptions limits_;
  FileStream file_;
  PeekStream raw_;
  std::unique_ptr<ByteStream> filter_;
  std::unique_ptr<PeekStream> inner_;
  std::unique_ptr<ArchiveMembers> members_;
  ByteStream* stream_;
  std::exception_ptr failed_;
  std::uint64_t member_bytes_ = 0;
  std::uint64_t total_bytes_ = 0;
  std::size_t count_ = 0;
  bool packed_ = false;
  bool stopped_ = false;
};

}  // namespace

std::string_view PeekStream::peek(std::size_t wanted) {
  while (!ended_ && head_.size() < wanted) {
    try {
      const auto block = from_->read();
      ended_ = block.empty();
      head_.append(block);
    } catch (const Error&) {
      if (head_.empty()) throw;
      failed_ = std::current_exception();
      ended_ = true;
    }
  }
  return head_;
}

std::string_view PeekStream::read() {
  if (!given_) {
    given_ = true;
    if (!head_.empty()) return head_;
  }
  if (failed_) std::rethrow_exception(std::exchange(failed_, nullptr));
  if (ended_) return {};
  const auto block = from_->read();
  ended_ = block.empty();
  return block;
}

std::unique_ptr<ByteSource> ByteSource::open(const std::string& path, const ReaderOptions& limits,
                                             Note note) {
  return std::make_unique<UnpackedSource>(path, limits, std::move(note));
}

Packing packing_of(std::string_view head, std::string_view name) {
  struct Mark {
    Packing packing;
    std::string_view bytes;
  };
  static constexpr std::array kMarks{
      Mark{Packing::gzip, "\x1F\x8B"},
      Mark{Packing::bzip2, "BZh"},
      Mark{Packing::xz, std::string_view("\xFD\x37zXZ\0", 6)},
      Mark{Packing::zstd, "\x28\xB5\x2F\xFD"},
      Mark{Packing::zip, "PK\x03\x04"},
      Mark{Packing::zip, "PK\x05\x06"},
  };
  for (const auto& [packing, bytes] : kMarks) {
    if (!head.starts_with(bytes)) continue;
    // "BZh" could begin a text; the level and the magic number of a block follow in a packed file.
    if (packing == Packing::bzip2 && (head.size() < 10 || head[3] < '1' || head[3] > '9')) continue;
    return packing;
  }
  if (head.size() >= 262 && head.substr(257, 5) == "ustar") return Packing::tar;
  if (name.ends_with(".tar") && head.size() >= 512) return Packing::tar;
  return Packing::none;
}

}  // namespace fihris::reader
