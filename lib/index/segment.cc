// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>

#include "base/file.h"
#include "fihris/error.h"
#include "index/article_data.h"
#include "index/columns_file.h"
#include "index/snapshot.h"
#include "index/xapian_guard.h"

namespace fihris::index {
namespace {

/// Of glass blocks in a segment, bytes.
constexpr int kBlockSize = 8192;
/// One `compact` holds a descriptor for each input; a usual limit is 1024 of them.
constexpr std::size_t kFanIn = 200;
/// Never FULLER: with it Xapian 1.4.22 writes beyond its buffers (valgrind: invalid writes in
/// `Database::compact` of a database of 60 articles).
constexpr unsigned kSegmentFlags = Xapian::DBCOMPACT_SINGLE_FILE | Xapian::Compactor::FULL;

SegmentEntry describe(const std::string& base, std::uint32_t documents, std::uint64_t text_bytes) {
  SegmentEntry entry;
  entry.name = base.substr(base.rfind('/') + 1);
  entry.documents = documents;
  entry.text_bytes = text_bytes;
  entry.glass = sum_file(base + ".glass");
  entry.columns = sum_file(base + ".columns");
  return entry;
}

/// Xapian 1.4.22 takes a table that it could not open (EIO, ENFILE) for one that was never made,
/// and packs a database without it. Every document has data and terms, so that one tells of all; of
/// positions the file tells.
void expect_whole(const Xapian::Database& db, std::size_t documents, bool positions,
                  const std::string& name) {
  const bool whole = guarded("reading " + name, [&] {
    if (db.get_doccount() != documents || db.get_lastdocid() != documents) return false;
    if (positions && !db.has_positions()) return false;
    return documents == 0 ||
           (!db.get_document(1).get_data().empty() && db.termlist_begin(1) != db.termlist_end(1));
  });
  if (!whole) {
    throw Error(ErrorCode::io, name + ": a table of the database could not be read",
                "run the command again");
  }
}

SegmentEntry complete(const std::string& base, std::span<const Signature> signatures,
                      std::uint64_t text_bytes, bool positions) {
  const auto db = open_segment(base);
  expect_whole(db, signatures.size(), positions, base);
  write_file(base + ".columns",
             guarded("reading " + base, [&] { return make_columns(db, signatures); }));
  return describe(base, db.get_lastdocid(), text_bytes);
}

void merge_glass(std::span<const std::string> bases, const std::string& base) {
  if (bases.size() > kFanIn) {
    std::vector<std::string> groups;
    for (std::size_t begin = 0; begin < bases.size(); begin += kFanIn) {
      groups.push_back(base + "-round" + std::to_string(begin));
      merge_glass(bases.subspan(begin, std::min(kFanIn, bases.size() - begin)), groups.back());
    }
    merge_glass(groups, base);
    for (const auto& group : groups) remove_path(group + ".glass");
    return;
  }
  guarded("merging into " + base, [&] {
    Xapian::Database all;
    for (const auto& each : bases) all.add_database(open_segment(each));
    all.compact(base + ".glass", kSegmentFlags, kBlockSize);
  });
}

}  // namespace

FileSum sum_file(const std::string& path) {
  const MappedFile file(path);
  return {file.bytes().size(), crc32c(file.bytes())};
}

bool remove_path(const std::string& path) noexcept {
  try {
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return true;
    if (errno != EISDIR && errno != EPERM) return false;
    for (const auto& name : list_folder(path)) {
      if (!remove_path(path + '/' + name)) return false;
    }
    return ::rmdir(path.c_str()) == 0;
  } catch (...) {  // no memory
    return false;
  }
}

Xapian::Database open_segment(const std::string& base) {
  // By descriptor: opening by name, Xapian takes a file that it cannot open for a stub.
  const std::string path = base + ".glass";
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    throw Error(errno == ENOENT ? ErrorCode::index_damaged : ErrorCode::io,
                path + ": cannot open: " + std::strerror(errno), "run `fihris check` on the index");
  }
  return guarded("opening " + path, [&] { return Xapian::Database(fd); });
}

std::uint64_t text_bytes_of(const Article& article) {
  std::uint64_t bytes = article.id.size() + article.source.size() + article.url.size() +
                        article.title.size() + article.author.size() + article.text.size() +
                        (article.date ? 10 : 0);
  for (const auto& field : article.fields) bytes += field.name.size() + field.value.size();
  return bytes;
}

SegmentEntry finish_segment(const std::string& from, const std::string& base,
                            std::span<const Signature> signatures, std::uint64_t text_bytes) {
  const bool positions = file_exists(from + "/position.glass");
  guarded("packing " + base,
          [&] { Xapian::Database(from).compact(base + ".glass", kSegmentFlags, kBlockSize); });
  remove_path(from);
  return complete(base, signatures, text_bytes, positions);
}

SegmentEntry merge_segments(std::span<const std::string> bases, const std::string& base,
                            std::uint64_t text_bytes) {
  merge_glass(bases, base);
  std::vector<Signature> signatures;
  bool positions = false;
  for (const auto& each : bases) {
    positions = positions || open_segment(each).has_positions();
    const ColumnsFile columns(each + ".columns");
    signatures.insert(signatures.end(), columns.signatures().begin(), columns.signatures().end());
  }
  return complete(base, signatures, text_bytes, positions);
}

SegmentEntry purge_segment(const std::string& from, std::span<const std::uint32_t> removed,
                           const std::string& base) {
  const std::string folder = base + ".purge";
  remove_path(folder);
  const ColumnsFile columns(from + ".columns");
  std::vector<Signature> signatures(columns.signatures().begin(), columns.signatures().end());
  std::uint64_t text_bytes = 0;
  guarded("purging " + from, [&] {
    open_segment(from).compact(folder, Xapian::Compactor::STANDARD);
    Xapian::WritableDatabase db(folder,
                                Xapian::DB_OPEN | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    expect_whole(db, signatures.size(), file_exists(folder + "/position.glass"), folder);
    auto last = static_cast<std::uint32_t>(signatures.size());
    std::size_t unremoved_tail = removed.size();
    for (std::size_t i = 0; i < unremoved_tail; ++i) {
      const auto gap = removed[i];
      // Removed documents at the end go first: nothing has to move for them.
      while (unremoved_tail > i && removed[unremoved_tail - 1] == last - 1) {
        db.delete_document(last--);
        --unremoved_tail;
      }
      if (unremoved_tail <= i) break;
      // A copy: Xapian 1.4.22 takes a document that was read and not changed for unmodified, and
      // `replace_document` does nothing, whatever the id it is given.
      const auto moved = Xapian::Document::unserialise(db.get_document(last).serialise());
      db.replace_document(gap + 1, moved);
      db.delete_document(last);
      signatures[gap] = signatures[last - 1];
      --last;
    }
    signatures.resize(last);
    db.commit();
    for (auto it = db.postlist_begin(""); it != db.postlist_end(""); ++it) {
      text_bytes += text_bytes_of(decode_article(db.get_document(*it).get_data()));
    }
  });
  return finish_segment(folder, base, signatures, text_bytes);
}

}  // namespace fihris::index
