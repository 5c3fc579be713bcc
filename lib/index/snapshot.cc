// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/snapshot.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include "base/file.h"
#include "fihris/analysis.h"
#include "fihris/error.h"
#include "index/columns_file.h"
#include "index/figures.h"
#include "index/manifest.h"
#include "index/verify.h"
#include "index/words_file.h"
#include "index/xapian_guard.h"

namespace fihris::index {
namespace {

/// Bytes of segments that are compared with their checksums before anything is read from them; what
/// is larger is compared in the background, while the first answers are given.
constexpr std::uint64_t kVerifyFirst = 256u << 20;
/// That begins after so long a time: a first answer needs the disk for itself, and a command that
/// gives one answer is gone by then.
constexpr std::chrono::milliseconds kVerifyAfter{1000};
/// A writer may replace segments between reading the manifest and opening them.
constexpr int kTries = 5;

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), path_(path) {
    if (fd_ >= 0) return;
    if (errno == ENOENT) {
      throw Error(ErrorCode::index_damaged, path + ": is missing",
                  "run `fihris check --repair` on the index");
    }
    throw Error(ErrorCode::io, path + ": cannot open: " + std::strerror(errno));
  }
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(OpenFile&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}
  OpenFile& operator=(OpenFile&&) = delete;
  int get() const { return fd_; }
  const std::string& path() const { return path_; }

 private:
  int fd_;
  std::string path_;
};

struct SegmentFiles {
  OpenFile glass;
  OpenFile words_file;  ///< for its checksum
  std::unique_ptr<WordsFile> words;
  std::unique_ptr<ColumnsFile> columns;
};

std::string revision_name(const Manifest& manifest) {
  return manifest.index + ':' + std::to_string(manifest.revision);
}

class LocalSnapshot final : public Snapshot {
 public:
  LocalSnapshot(std::string folder, const std::string& bytes)
      : folder_(std::move(folder)),
        manifest_(parse_manifest(bytes, folder_ + '/' + std::string(kManifestName))),
        revision_(revision_name(manifest_)) {
    if (manifest_.analyzer != Analyzer::version()) {
      throw Error(ErrorCode::index_version,
                  folder_ + ": the words of the index were analysed by version " +
                      manifest_.analyzer + ", this library has version " +
                      std::string(Analyzer::version()),
                  "run `fihris retag` on the index: it analyses the stored articles anew");
    }
    std::uint64_t unread = 0;
    for (const auto& entry : manifest_.segments) {
      const auto base = folder_ + '/' + entry.name;
      OpenFile glass(base + ".glass");
      OpenFile words_file(base + ".words");
      for (const auto& [file, sum] :
           {std::pair(&glass, &entry.glass), std::pair(&words_file, &entry.words)}) {
        expect_size(*file, sum->size);
        if (!is_verified(file->get(), *sum)) unread += sum->size;
      }
      auto words = std::make_unique<WordsFile>(base + ".words");
      if (words->view().documents() != entry.documents) {
        throw Error(ErrorCode::index_damaged, base + ".words: is that of another segment",
                    "run `fihris check --repair` on the index");
      }
      segments_.push_back({std::move(glass), std::move(words_file), std::move(words), nullptr});
    }
    read_removed();
    if (unread <= kVerifyFirst) {
      verify_all();
    } else {
      background_ = std::thread([this] { verify_all_quietly(); });
    }
    try {
      for (std::size_t s = 0; s < segments_.size(); ++s) open_columns(s);
    } catch (...) {
      stop_background();
      throw;
    }
  }

  ~LocalSnapshot() override { stop_background(); }

  Xapian::Database database() const override {
    Xapian::Database all;
    for (std::size_t s = 0; s < segments_.size(); ++s) all.add_database(segment_database(s));
    return all;
  }
  Xapian::Database segment_database(std::size_t segment) const override {
    throw_if_damaged();
    // Descriptors made by dup share one offset, and Xapian seeks while it opens.
    const std::scoped_lock lock(mutex_);
    return guarded("opening " + folder_, [&] {
      const auto& glass = segments_[segment].glass;
      const int fd = ::fcntl(glass.get(), F_DUPFD_CLOEXEC, 3);
      if (fd < 0) throw Error(ErrorCode::io, glass.path() + ": " + std::strerror(errno));
      ::lseek(fd, 0, SEEK_SET);
      return Xapian::Database(fd);
    });
  }
  std::size_t segments() const override { return segments_.size(); }
  const Columns& columns(std::size_t segment) const override {
    return segments_[segment].columns->columns();
  }
  const WordsFile& words(std::size_t segment) const override { return *segments_[segment].words; }
  bool removed(std::size_t segment, std::uint32_t document) const override {
    const auto& bits = removed_bits_[segment];
    return !bits.empty() && bits[document];
  }
  bool any_removed() const override { return any_removed_; }
  std::uint64_t documents() const override { return documents_; }
  const std::string& revision() const override { return revision_; }
  bool stale() const override {
    throw_if_damaged();
    return revision_name(read_manifest(folder_)) != revision_;
  }
  IndexStats stats() const override {
    std::vector<const Columns*> columns;
    for (const auto& segment : segments_) columns.push_back(&segment.columns->columns());
    return figures_of(manifest_, removed_, columns, database());
  }

 private:
  /// A database of its own on an open file, which may have lost its name meanwhile.
  static Xapian::Database open(const OpenFile& glass) {
    const int fd = ::fcntl(glass.get(), F_DUPFD_CLOEXEC, 3);
    if (fd < 0) throw Error(ErrorCode::io, glass.path() + ": " + std::strerror(errno));
    ::lseek(fd, 0, SEEK_SET);
    return Xapian::Database(fd);
  }

  static void expect_size(const OpenFile& file, std::uint64_t size) {
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) {
      throw Error(ErrorCode::io, file.path() + ": " + std::strerror(errno));
    }
    if (static_cast<std::uint64_t>(info.st_size) == size) return;
    throw Error(ErrorCode::index_damaged,
                file.path() + ": has " + std::to_string(info.st_size) +
                    " bytes, the manifest says " + std::to_string(size),
                "run `fihris check` on the index");
  }

  void read_removed() {
    removed_.assign(segments_.size(), {});
    removed_bits_.resize(segments_.size());
    if (manifest_.removed) {
      const auto path = folder_ + '/' + manifest_.removed_name();
      verify_file(path, *manifest_.removed);
      removed_ = parse_removed(read_file(path), manifest_, path);
    }
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto documents = manifest_.segments[s].documents;
      documents_ += documents - removed_[s].size();
      if (removed_[s].empty()) continue;
      any_removed_ = true;
      removed_bits_[s].resize(documents);
      for (const auto document : removed_[s]) removed_bits_[s][document] = true;
    }
  }

  /// Columns are an index of what the segment holds: damaged ones are made again, in memory.
  void open_columns(std::size_t s) {
    const auto& entry = manifest_.segments[s];
    const auto path = folder_ + '/' + entry.name + ".columns";
    try {
      verify_file(path, entry.columns);
      segments_[s].columns = std::make_unique<ColumnsFile>(path);
      if (segments_[s].columns->columns().documents == entry.documents) return;
    } catch (const Error& e) {
      if (e.code() != ErrorCode::index_damaged && e.code() != ErrorCode::not_found) throw;
    }
    verify_file(segments_[s].glass.get(), segments_[s].glass.path(), entry.glass);
    segments_[s].columns = std::make_unique<ColumnsFile>(
        guarded("reading " + entry.name,
                [&] { return make_columns(open(segments_[s].glass), {}); }),
        path);
  }

  void verify_all() {
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto& [glass, words_file, words, columns] = segments_[s];
      verify_file(glass.get(), glass.path(), manifest_.segments[s].glass, &stopping_);
      verify_file(words_file.get(), words_file.path(), manifest_.segments[s].words, &stopping_);
    }
  }

  void verify_all_quietly() noexcept {
    try {
      {
        std::unique_lock lock(mutex_);
        if (stopped_.wait_for(lock, kVerifyAfter, [&] { return stopping_.load(); })) return;
      }
      verify_all();
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      damage_ = std::current_exception();
      damaged_ = true;
    }
  }

  void throw_if_damaged() const {
    if (!damaged_) return;
    const std::scoped_lock lock(mutex_);
    std::rethrow_exception(damage_);
  }

  void stop_background() {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    stopped_.notify_all();
    if (background_.joinable()) background_.join();
  }

  const std::string folder_;
  const Manifest manifest_;
  const std::string revision_;
  std::vector<SegmentFiles> segments_;
  Removed removed_;
  std::vector<std::vector<bool>> removed_bits_;
  bool any_removed_ = false;
  std::uint64_t documents_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> damaged_ = false;
  std::exception_ptr damage_;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  std::thread background_;
};

}  // namespace

std::shared_ptr<const Snapshot> Snapshot::open(const std::string& path) {
  std::string folder = path;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  const auto manifest = folder + '/' + std::string(kManifestName);
  for (int tries = 1;; ++tries) {
    read_manifest(folder);  // says what is wrong with a folder that is no index
    const auto bytes = read_file(manifest);
    try {
      return std::make_shared<LocalSnapshot>(folder, bytes);
    } catch (const Error&) {
      // Files of a revision vanish when a later one is in place: then that is the one to open.
      if (tries == kTries || !file_exists(manifest) || read_file(manifest) == bytes) throw;
    }
  }
}

}  // namespace fihris::index
