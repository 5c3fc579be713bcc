// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <future>
#include <memory>

#include "base/file.h"
#include "fihris/error.h"
#include "index/article_data.h"
#include "index/columns_file.h"
#include "index/glass_table.h"
#include "index/part_postings.h"
#include "index/postings.h"
#include "index/snapshot.h"
#include "index/words_file.h"
#include "index/writer_lock.h"
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

/// Xapian 1.4.22 takes a table that it could not open (EIO, ENFILE) for one that was never made,
/// and packs a database without it. So what was packed is compared with what it is made of.
class Expected {
 public:
  /// A database is packed without these documents (0-based, ascending).
  void add(const Xapian::Database& db, std::span<const std::uint32_t> removed) {
    std::uint32_t first = 0;
    for (const auto document : removed) {
      if (document == first) ++first;
    }
    const auto documents = db.get_doccount() - static_cast<Xapian::doccount>(removed.size());
    if (documents > 0) {
      const auto document = db.get_document(first + 1);
      Xapian::termcount values =
          0;  // as their own table has them; the packed term list has to agree
      for (unsigned slot = 0; slot < kSlots; ++slot) {
        if (!document.get_value(slot).empty()) ++values;
      }
      firsts_.push_back({documents_ + 1, document.get_data(), values});
    }
    documents_ += documents;
    for (unsigned slot = 0; slot < kSlots; ++slot) {
      values_[slot] += db.get_value_freq(slot);
      for (const auto gone : removed) {
        if (!db.get_document(gone + 1).get_value(slot).empty()) --values_[slot];
      }
    }
  }

  /// \throws Error{io}
  void compare(const Xapian::Database& packed, const std::string& name) const {
    bool whole = packed.get_doccount() == documents_ && packed.get_lastdocid() == documents_;
    for (unsigned slot = 0; slot < kSlots; ++slot) {
      whole = whole && packed.get_value_freq(slot) == values_[slot];
    }
    for (const auto& first : firsts_) {
      if (!whole) break;
      const auto document = packed.get_document(first.id);
      whole = !first.data.empty() && document.get_data() == first.data &&
              document.values_count() == first.values;
    }
    if (whole) return;
    throw Error(ErrorCode::io, name + ": a table of the database could not be read",
                "run the command again");
  }

 private:
  struct First {
    Xapian::docid id;
    std::string data;
    Xapian::termcount values;
  };
  std::vector<First> firsts_;  ///< the first document of each database
  Xapian::doccount documents_ = 0;
  std::array<Xapian::doccount, kSlots> values_{};
};

Xapian::WritableDatabase make_database(const std::string& folder) {
  remove_path(folder);
  return Xapian::WritableDatabase(
      folder, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS,
      kBlockSize);
}

/// Makes a database in `folder` of the data of all inputs; what it has of terms does not count.
void merge_data(std::span<const SegmentInput> inputs, const std::string& folder) {
  if (inputs.size() > kFanIn) {
    std::vector<SegmentInput> groups;
    for (std::size_t begin = 0; begin < inputs.size(); begin += kFanIn) {
      groups.push_back({folder + "-round" + std::to_string(begin), true, {}});
      merge_data(inputs.subspan(begin, std::min(kFanIn, inputs.size() - begin)),
                 groups.back().base + ".data");
    }
    merge_data(groups, folder);
    for (const auto& group : groups) remove_path(group.base + ".data");
    return;
  }
  std::vector<std::string> scratch;
  Xapian::Database all;
  Expected expected;
  for (const auto& input : inputs) {
    auto db = input.part ? Xapian::Database(input.base + ".data") : open_segment(input.base);
    expected.add(db, input.removed);
    if (!input.removed.empty()) {
      scratch.push_back(folder + "-kept" + std::to_string(scratch.size()));
      auto kept = make_database(scratch.back());
      for (Xapian::docid id = 1; id <= db.get_lastdocid(); ++id) {
        if (std::binary_search(input.removed.begin(), input.removed.end(), id - 1)) continue;
        const auto old = db.get_document(id);
        Xapian::Document document;  // the old one would bring its terms
        document.set_data(old.get_data());
        for (auto it = old.values_begin(); it != old.values_end(); ++it) {
          document.add_value(it.get_valueno(), *it);
        }
        kept.add_document(document);
      }
      kept.commit();
      kept.close();
      db = Xapian::Database(scratch.back());
    }
    all.add_database(db);
  }
  remove_path(folder);
  all.compact(folder, Xapian::Compactor::STANDARD, kBlockSize);
  expected.compare(Xapian::Database(folder), folder);
  for (const auto& each : scratch) remove_path(each);
}

/// Not mapped: that would count as memory of the process.
void add_file(const std::string& path, FileSum& sum) {
  read_blocks(path, [&](std::string_view block) {
    sum.size += block.size();
    sum.crc = crc32c(block, sum.crc);
  });
}

}  // namespace

FileSum sum_file(const std::string& path) {
  FileSum sum;
  add_file(path, sum);
  return sum;
}

bool remove_path(const std::string& path) noexcept {
  try {
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return true;
    if (errno != EISDIR && errno != EPERM) return false;
    std::string inside = path + '/';
    const auto folder = inside.size();
    for (const auto& name : list_folder(path)) {
      inside.resize(folder);
      if (!remove_path(inside += name)) return false;
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

void write_part(const std::string& base, std::span<const std::string> data, PartContents& contents,
                std::span<const Signature> signatures) {
  guarded("building " + base, [&] {
    auto db = make_database(base + ".data");
    std::array<std::size_t, kSlots> at{};
    for (std::uint32_t i = 0; i < data.size(); ++i) {
      Xapian::Document document;
      document.set_data(data[i]);
      // Xapian notes beside its term list which values a document has.
      contents.postings.values_of(
          i, at, [&](unsigned slot, const std::string& value) { document.add_value(slot, value); });
      db.add_document(document);
    }
    db.commit();
    write_file(base + ".columns", make_columns(db, signatures, contents.postings.lengths()));
    db.close();
    contents.postings.write(base + ".postings");
    write_part_words(base + ".words", contents.words.view());
  });
}

FileSum sum_part(const std::string& base) {
  FileSum all;
  for (const char* name : {".data/iamglass", ".data/docdata.glass", ".data/postlist.glass",
                           ".data/termlist.glass", ".postings"}) {
    add_file(base + name, all);
  }
  return all;
}

SegmentEntry write_segment(std::span<const SegmentInput> inputs, const std::string& base,
                           std::uint64_t text_bytes, unsigned threads) {
  std::vector<std::unique_ptr<ColumnsFile>> columns;
  std::vector<std::unique_ptr<WordsFile>> words;
  std::vector<Xapian::Database> databases;  // of segments
  databases.reserve(inputs.size());         // cursors refer to them
  std::vector<MergeSource> postings;
  std::vector<WordSource> word_sources;
  std::vector<Signature> signatures;
  const std::string folder = base + ".merge";
  guarded("merging into " + base, [&] {
    for (const auto& input : inputs) {
      columns.push_back(std::make_unique<ColumnsFile>(input.base + ".columns"));
      words.push_back(std::make_unique<WordsFile>(input.base + ".words"));
      words.back()->release();  // hundreds may be open
      if (!input.part) databases.push_back(open_segment(input.base));
      postings.push_back(
          {input.part ? read_postings(input.base + ".postings") : make_cursor(databases.back()),
           columns.back()->columns().length, input.removed});
      word_sources.push_back({words.back()->view(), input.removed, words.back().get()});
      const auto documents = columns.back()->columns().documents;
      const Renumbering kept(documents, input.removed, 0);
      for (std::uint32_t i = 0; i < documents; ++i) {
        if (kept(i) != Renumbering::kGone) signatures.push_back(columns.back()->signatures()[i]);
      }
      if (input.removed.empty()) continue;
      const auto data = input.part ? Xapian::Database(input.base + ".data") : databases.back();
      for (const auto gone : input.removed) {
        text_bytes -= text_bytes_of(decode_article(data.get_document(gone + 1).get_data()));
      }
    }
    // The words need nothing of the rest. Where no thread can be had, `get` runs it.
    auto words_written = std::async(
        threads > 1 ? std::launch::async | std::launch::deferred : std::launch::deferred, [&] {
          const FileSizeSignalShield shield;
          write_words(base + ".words", word_sources);
        });
    merge_data(inputs, folder);
    Expected expected;
    {
      const Xapian::Database merged(folder);
      expected.add(merged, {});
      PostingTable table(folder);
      merge_postings(postings, merged, table);
      table.finish();
    }
    Xapian::Database(folder).compact(base + ".glass", kSegmentFlags, kBlockSize);
    remove_path(folder);
    words_written.get();
    const auto db = open_segment(base);
    expected.compare(db, base);
    if (db.get_doccount() > 0 && db.allterms_begin() == db.allterms_end()) {
      throw Error(ErrorCode::io, base + ": its terms could not be read", "run the command again");
    }
    write_file(base + ".columns", make_columns(db, signatures));
  });
  SegmentEntry entry;
  entry.name = base.substr(base.rfind('/') + 1);
  entry.documents = static_cast<std::uint32_t>(signatures.size());
  entry.text_bytes = text_bytes;
  entry.glass = sum_file(base + ".glass");
  entry.columns = sum_file(base + ".columns");
  entry.words = sum_file(base + ".words");
  return entry;
}

}  // namespace fihris::index
