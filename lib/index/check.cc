// SPDX-License-Identifier: GPL-2.0-or-later
// What is compared: every file with the manifest; then, for segments whose checksum fits, postings,
// documents and columns with each other. Xapian reads no file that is not byte for byte what was
// written, so that a damaged one cannot end the process.
#include <algorithm>
#include <memory>
#include <unordered_set>

#include "analysis/words.h"
#include "base/file.h"
#include "fihris/analysis.h"
#include "fihris/error.h"
#include "fihris/index.h"
#include "index/build_document.h"
#include "index/columns_file.h"
#include "index/hidden.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "index/segment.h"
#include "index/snapshot.h"
#include "index/verify.h"
#include "index/writer_lock.h"
#include "index/xapian_guard.h"

namespace fihris {
namespace index {
namespace {

constexpr const char* kAgain = "index the sources of these articles again";
constexpr const char* kRepair = "run `fihris check --repair` on the index";

class Checker {
 public:
  Checker(const std::string& path, bool repair) : folder_(path), repair_(repair) {
    while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
  }

  std::vector<IndexFault> run() {
    if (!file_exists(at(kManifestName)) && !file_exists(at("XAPIANDB.bak"))) {
      read_manifest(folder_);  // throws: no index
    }
    if (repair_) lock_ = std::make_unique<WriterLock>(folder_);
    if (!check_manifest()) return std::move(faults_);
    removed_.assign(manifest_.segments.size(), {});
    good_.assign(manifest_.segments.size(), true);
    for (std::size_t s = 0; s < manifest_.segments.size(); ++s) {
      good_[s] = check_file(
          manifest_.segments[s].name + ".glass", manifest_.segments[s].glass,
          std::to_string(manifest_.segments[s].documents) + " articles are lost: " + kAgain);
    }
    check_removed();
    for (std::size_t s = 0; s < manifest_.segments.size(); ++s) {
      if (!good_[s]) continue;
      const auto again = read_again(s);
      check_words(s, again);
      check_columns(s, again.signatures);
      check_content(s);
    }
    if (repair_) finish_repair();
    return std::move(faults_);
  }

 private:
  std::string at(std::string_view name) const { return folder_ + '/' + std::string(name); }
  void fault(const std::string& file, const std::string& message, const std::string& remedy) {
    faults_.push_back({at(file), message, remedy});
  }

  bool check_file(const std::string& name, const FileSum& sum, const std::string& remedy) {
    try {
      verify_file(at(name), sum);
      return true;
    } catch (const Error& e) {
      fault(name, e.what(), remedy);
      return false;
    }
  }

  bool check_manifest() {
    try {
      manifest_ = read_manifest(folder_);
      return true;
    } catch (const Error& e) {
      if (e.code() == ErrorCode::index_version) throw;
      const bool copy = restore_manifest();
      fault(std::string(kManifestName), e.what(),
            copy ? repair_ ? "mended: the copy of it was good" : kRepair : kAgain);
      return copy && repair_;
    }
  }

  /// Takes the copy of the manifest if all that it lists is there.
  bool restore_manifest() {
    try {
      const auto bytes = read_file(at("XAPIANDB.bak"));
      const auto copy = parse_manifest(bytes, at("XAPIANDB.bak"));
      for (const auto& segment : copy.segments) {
        check_size(at(segment.name + ".glass"), segment.glass);
      }
      if (copy.removed) check_size(at(copy.removed_name()), *copy.removed);
      if (!repair_) return true;
      replace_file(at(kManifestName), bytes);
      manifest_ = copy;
      return true;
    } catch (const Error& e) {
      if (e.code() == ErrorCode::io) throw;
      return false;
    }
  }

  void check_removed() {
    bool removed_good = true;
    if (manifest_.removed) {
      const auto name = manifest_.removed_name();
      removed_good =
          check_file(name, *manifest_.removed, repair_ ? "mended from the hidden list" : kRepair);
      if (removed_good) removed_ = parse_removed(read_file(at(name)), manifest_, at(name));
    }
    bool hidden_good = true;
    if (manifest_.hidden) {
      hidden_good = check_file(manifest_.hidden_name(), *manifest_.hidden,
                               repair_ ? "mended from the list of removed articles" : kRepair);
    }
    if (!repair_ || (removed_good && hidden_good)) return;
    if (!removed_good && !hidden_good) {
      throw Error(ErrorCode::index_damaged,
                  at(manifest_.removed_name()) + ": both lists of removed articles are damaged",
                  "index the sources again: without them removed articles would come back");
    }
    if (!removed_good) removed_from_hidden();
    rewrite_ = true;
  }

  void removed_from_hidden() {
    const Xapian::Database hidden(at(manifest_.hidden_name()));
    const auto query = hidden_query(hidden);
    for (std::size_t s = 0; s < manifest_.segments.size(); ++s) {
      if (!good_[s]) continue;
      Xapian::Enquire enquire(open_segment(at(manifest_.segments[s].name)));
      enquire.set_query(query);
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      const auto found = enquire.get_mset(0, manifest_.segments[s].documents);
      for (auto it = found.begin(); it != found.end(); ++it) removed_[s].push_back(*it - 1);
      std::sort(removed_[s].begin(), removed_[s].end());
    }
  }

  /// What follows from the texts of a segment.
  struct Derived {
    std::unique_ptr<PartContents> contents;  ///< its words
    std::vector<Signature> signatures;
  };
  Derived read_again(std::size_t s) const {
    const auto& name = manifest_.segments[s].name;
    return guarded("reading " + name, [&] {
      Derived derived;
      derived.contents = std::make_unique<PartContents>();
      analysis::WordTable words;
      DocumentBuilder builder(words, {});
      builder.begin_part(*derived.contents);
      const auto db = open_segment(at(name));
      for (Xapian::docid id = 1; id <= db.get_lastdocid(); ++id) {
        words.trim();
        const auto record = decode_record(db.get_document(id).get_data());
        const auto tokens = builder.tokenize(record.article);
        builder.add_words(record.article, tokens, record.tail.places);
        derived.signatures.push_back(builder.signature(tokens));
      }
      return derived;
    });
  }

  /// Word files follow from the texts.
  void check_words(std::size_t s, const Derived& derived) {
    auto& entry = manifest_.segments[s];
    const auto name = entry.name + ".words";
    const bool good = check_file(name, entry.words, repair_ ? "mended: built anew" : kRepair);
    // Words that another version analysed are as that version saw them.
    if (manifest_.analyzer != Analyzer::version() && good) return;
    const WordSource source{derived.contents->words.view(), {}};
    FileSum sum;
    write_words({&source, 1}, [&](std::string_view bytes) {
      sum.size += bytes.size();
      sum.crc = crc32c(bytes, sum.crc);
    });
    if (good && sum == entry.words) return;
    if (good) {
      fault(name, "the words are not those of the articles",
            repair_ ? "mended: built anew" : kRepair);
    }
    if (!repair_) return;
    write_words(at(name), {&source, 1});
    sync_path(at(name));
    rewrite_ = rewrite_ || sum != entry.words;
    entry.words = sum;
  }

  void check_columns(std::size_t s, const std::vector<Signature>& signatures) {
    auto& entry = manifest_.segments[s];
    const auto name = entry.name + ".columns";
    const auto db = open_segment(at(entry.name));
    if (check_file(name, entry.columns, repair_ ? "mended: built anew" : kRepair)) {
      const ColumnsFile file(at(name));
      std::vector<Signature> stored;
      for (std::uint32_t i = 0; i < file.columns().documents; ++i) {
        stored.push_back(file.signatures()[i]);
      }
      const auto made = guarded("reading " + entry.name, [&] { return make_columns(db, stored); });
      if (made == file.bytes()) return;
      fault(name, "the columns are not those of the segment",
            repair_ ? "mended: built anew" : kRepair);
    }
    if (!repair_) return;
    const auto bytes = make_columns(db, signatures);
    write_file_synced(at(name), bytes);
    const auto sum = sum_file(at(name));
    rewrite_ = rewrite_ || sum != entry.columns;
    entry.columns = sum;
  }

  void check_content(std::size_t s) {
    const auto& entry = manifest_.segments[s];
    const auto name = entry.name + ".glass";
    try {
      guarded("checking " + at(name), [&] {
        if (Xapian::Database::check(at(name), 0, nullptr) != 0) {
          fault(name, "Xapian finds errors in it", kAgain);
        }
        const auto db = open_segment(at(entry.name));
        if (db.get_doccount() != entry.documents || db.get_lastdocid() != entry.documents) {
          fault(name,
                "it has " + std::to_string(db.get_doccount()) + " documents, the manifest says " +
                    std::to_string(entry.documents),
                kAgain);
          return;
        }
        for (Xapian::docid id = 1; id <= entry.documents; ++id) {
          const auto article = decode_article(db.get_document(id).get_data());
          const auto term = id_term(article.id);
          auto at_term = db.postlist_begin(term);
          at_term.skip_to(id);
          if (at_term == db.postlist_end(term) || *at_term != id) {
            fault(name, "document " + std::to_string(id) + " cannot be found by its id", kAgain);
          }
          const bool gone = std::binary_search(removed_[s].begin(), removed_[s].end(), id - 1);
          if (!gone && !ids_.insert(article.id).second) {
            fault(name, "article " + article.id + " is there twice", kAgain);
          }
        }
        check_lengths(db, name);
      });
    } catch (const Error& e) {
      if (e.code() == ErrorCode::io) throw;
      fault(name, e.what(), kAgain);
    }
  }

  /// The length of a document is the sum of its terms' frequencies.
  void check_lengths(const Xapian::Database& db, const std::string& name) {
    std::vector<std::uint64_t> lengths(db.get_lastdocid() + 1);
    for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
      for (auto it = db.postlist_begin(*term); it != db.postlist_end(*term); ++it) {
        if (*it < lengths.size()) lengths[*it] += it.get_wdf();
      }
    }
    for (Xapian::docid id = 1; id < lengths.size(); ++id) {
      if (lengths[id] == db.get_doclength(id)) continue;
      fault(name, "document " + std::to_string(id) + " has another length than its terms", kAgain);
    }
  }

  /// Drops segments that are damaged, keeping their files aside, and writes the manifest if
  /// anything in it changed.
  void finish_repair() {
    Manifest next = manifest_;
    next.revision = manifest_.revision + 1;
    next.segments.clear();
    Removed removed;
    std::vector<HiddenVersion> hidden;
    for (std::size_t s = 0; s < manifest_.segments.size(); ++s) {
      const auto& entry = manifest_.segments[s];
      if (!good_[s]) {
        rewrite_ = true;
        continue;
      }
      next.segments.push_back(entry);
      removed.push_back(removed_[s]);
      const auto versions = hidden_versions(open_segment(at(entry.name)), removed_[s]);
      hidden.insert(hidden.end(), versions.begin(), versions.end());
    }
    if (!rewrite_) return;
    next.removed.reset();
    next.hidden.reset();
    if (!hidden.empty()) {
      write_file_synced(at(next.removed_name()), write_removed(removed));
      next.removed = sum_file(at(next.removed_name()));
      make_folder(at("build"));
      write_hidden(hidden, at(next.hidden_name()), at("build/hidden"));
      sync_path(at(next.hidden_name()));
      next.hidden = sum_file(at(next.hidden_name()));
    }
    sync_path(folder_);
    replace_file(at(kManifestName), write_manifest(next));
    for (std::size_t s = 0; s < manifest_.segments.size(); ++s) {
      if (good_[s]) continue;
      make_folder(at("damaged"));
      for (const char* kind : {".glass", ".columns", ".words"}) {
        const auto name = manifest_.segments[s].name + kind;
        if (file_exists(at(name))) rename_file(at(name), at("damaged/" + name));
      }
    }
  }

  std::string folder_;
  const bool repair_;
  std::unique_ptr<WriterLock> lock_;
  Manifest manifest_;
  Removed removed_;
  std::vector<bool> good_;  ///< segments whose checksum fits
  std::unordered_set<std::string> ids_;
  std::vector<IndexFault> faults_;
  bool rewrite_ = false;
};

}  // namespace
}  // namespace index

std::vector<IndexFault> check_index(const std::string& path, bool repair) {
  return index::Checker(path, repair).run();
}

}  // namespace fihris
