// SPDX-License-Identifier: GPL-2.0-or-later
// Long, because all of it changes one state (manifest, removed and pending articles) under one
// rule: all of a change or nothing.
#include "index/index_writer.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <unordered_map>

#include "base/file.h"
#include "base/utf8.h"
#include "fihris/analysis.h"
#include "fihris/error.h"
#include "index/columns_file.h"
#include "index/figures.h"
#include "index/hidden.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "index/segment.h"
#include "index/snapshot.h"
#include "index/tiers.h"
#include "index/verify.h"
#include "index/writer_lock.h"
#include "index/xapian_guard.h"

namespace fihris::index {
namespace {

/// Bytes of one article with its fields; document data of more is refused.
constexpr std::uint64_t kLargestArticle = 64u << 20;
/// What building holds, MB: for itself, and for each thread that builds parts (measured).
constexpr std::size_t kOwnMegabytes = 128;
constexpr std::size_t kThreadMegabytes = 100;
/// A segment is written anew when one of so many of its documents is removed.
constexpr std::size_t kPurgeShare = 10;
/// Merging fewer documents is not worth a second thread.
constexpr std::uint64_t kOneThread = 5000;
/// Below so many documents that waits for the next merge.
constexpr std::size_t kPurgeLeast = 64;

/// Where a new segment comes from.
struct Source {
  std::vector<SegmentInput> inputs;
  std::uint64_t documents = 0;
  std::uint64_t text_bytes = 0;
  std::optional<SegmentEntry> entry;  ///< of a segment that stands as it is: the one input

  std::uint64_t removed() const {
    std::uint64_t count = 0;
    for (const auto& input : inputs) count += input.removed.size();
    return count;
  }
};

std::string new_index_name() {
  std::random_device device;
  return hex64(static_cast<std::uint64_t>(device()) << 32 | device());
}

bool is_ours(std::string_view name) {
  const auto numbered = [&](std::string_view prefix) {
    return name.starts_with(prefix) && name.size() > prefix.size() && name[prefix.size()] >= '0' &&
           name[prefix.size()] <= '9';
  };
  return name == "lock" || name == "build" || name == "damaged" || name == "XAPIANDB.tmp" ||
         name == "XAPIANDB.bak" || name == kManifestName || numbered("s") || numbered("removed-") ||
         numbered("hidden-");
}

template <class Value>
void insert_sorted(std::vector<Value>& to, Value value) {
  const auto at = std::lower_bound(to.begin(), to.end(), value);
  if (at == to.end() || *at != value) to.insert(at, value);
}

}  // namespace

struct IndexWriter::Impl {
  std::string folder;
  IndexOptions options;
  WorkerPool workers;
  std::unique_ptr<WriterLock> lock;
  Manifest manifest;  ///< revision 0: no index yet
  Removed removed;
  std::vector<Xapian::Database> databases;  ///< of the segments, opened on first need
  std::unique_ptr<CopyGrouper> grouper;
  std::unique_ptr<PartBuilder> builder;
  std::unordered_map<std::string, PartBuilder::Place> pending;
  std::vector<PartBuilder::Place> dropped;  ///< added, then replaced or removed before the commit
  std::set<std::string, std::less<>> removals;  ///< committed articles to remove
  std::string checkpoint;
  bool failed = false;

  Impl(const std::string& path, TagSource tags, const IndexOptions& opts)
      : folder(path), options(opts), workers(std::move(tags)) {
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    open();
  }

  std::string at(std::string_view name) const { return folder + '/' + std::string(name); }

  // --- opening ---------------------------------------------------------------------------------

  void open() {
    const bool there = file_exists(at(kManifestName));
    if (!there && !options.create) {
      throw Error(ErrorCode::not_found, folder + ": there is no index here",
                  "make one with `fihris index`, or look at the name of the folder");
    }
    if (!there) {
      const bool made = !file_exists(folder);
      make_folder(folder);
      if (made) sync_path(folder_of(folder));
      for (const auto& name : list_folder(folder)) {
        if (is_ours(name)) continue;
        throw Error(ErrorCode::invalid_argument, folder + ": not an index, and not empty: " + name,
                    "give the name of a new folder");
      }
    }
    lock = std::make_unique<WriterLock>(folder);
    if (file_exists(at(kManifestName))) {
      manifest = read_manifest(folder);
    } else {
      if (file_exists(at("XAPIANDB.bak"))) {
        throw Error(ErrorCode::index_damaged, at(kManifestName) + ": is missing",
                    "run `fihris check --repair` on the index");
      }
      manifest.format = kFormatVersion;
      manifest.analyzer = Analyzer::version();
      manifest.index = new_index_name();
    }
    load_removed();
    for (const auto& segment : manifest.segments) {
      check_size(at(segment.name + ".glass"), segment.glass);
      check_size(at(segment.name + ".words"), segment.words);
    }
    checkpoint = manifest.checkpoint;
    clean(false);
  }

  void load_removed() {
    removed.assign(manifest.segments.size(), {});
    if (!manifest.removed) return;
    const auto path = at(manifest.removed_name());
    verify_file(path, *manifest.removed);
    removed = parse_removed(read_file(path), manifest, path);
  }

  /// Removes what no manifest lists. \param parts  finished parts of an interrupted build too
  void clean(bool parts) noexcept {
    try {
      const auto files = manifest.files();
      const std::set<std::string> keep(files.begin(), files.end());
      for (const auto& name : list_folder(folder)) {
        if (!is_ours(name) || name == "lock" || name == "build" || name == "damaged" ||
            name == "XAPIANDB.bak" || keep.count(name) > 0) {
          continue;
        }
        remove_path(at(name));
      }
      if (parts) {
        remove_path(at("build"));
      }
    } catch (...) {  // what stays is tried again next time
    }
  }

  // --- changes ---------------------------------------------------------------------------------

  void check_usable() const {
    if (failed) {
      throw Error(ErrorCode::io, folder + ": a change failed before: open the index again",
                  "everything since the last commit has to be given again");
    }
  }

  /// Runs `body`; after an exception nothing of what was not committed is left.
  template <class Body>
  auto all_or_nothing(Body&& body) -> decltype(body()) {
    check_usable();
    const FileSizeSignalShield shield;
    try {
      return body();
    } catch (...) {
      failed = true;
      builder.reset();
      pending.clear();
      dropped.clear();
      removals.clear();
      clean(true);
      throw;
    }
  }

  CopyGrouper& copies() {
    if (grouper) return *grouper;
    grouper = std::make_unique<CopyGrouper>();
    if (!options.group_copies) return *grouper;
    for (std::size_t s = 0; s < manifest.segments.size(); ++s) {
      const auto path = at(manifest.segments[s].name + ".columns");
      verify_file(path, manifest.segments[s].columns);
      const ColumnsFile file(path);
      for (std::uint32_t i = 0; i < file.columns().documents; ++i) {
        if (std::binary_search(removed[s].begin(), removed[s].end(), i)) continue;
        grouper->insert(file.signatures()[i], file.columns().group[i]);
      }
    }
    return *grouper;
  }

  /// As many as are wanted or there are cores, and as the memory is for.
  unsigned threads() const {
    const unsigned cores =
        options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    const auto room = std::max(options.memory_mb, kOwnMegabytes) - kOwnMegabytes;
    return static_cast<unsigned>(std::clamp<std::size_t>(room / kThreadMegabytes, 1, cores));
  }

  std::unique_ptr<PartBuilder> make_builder(CopyGrouper& copies_so_far, std::string_view purpose) {
    PartBuilder::Settings settings;
    settings.folder = at("build");
    settings.group_copies = options.group_copies;
    settings.threads = threads();
    std::string seed = std::string(kFormatVersion) + '\n' + std::string(Analyzer::version()) +
                       '\n' + workers.tags().version + '\n' + std::to_string(manifest.revision) +
                       '\n' + std::string(purpose) + (options.group_copies ? "\ncopies" : "\n");
    for (const auto& segment : manifest.segments) seed += ' ' + std::to_string(segment.documents);
    settings.seed = fnv1a(seed);
    settings.state = manifest.index + ' ' + std::to_string(manifest.revision);
    // Before the first commit the index has no name that lasts.
    if (manifest.revision == 0) settings.state = "new";
    return std::make_unique<PartBuilder>(std::move(settings), workers, copies_so_far);
  }

  void add(Article article) {
    check_usable();
    if (!manifest.analyzer.empty() && manifest.analyzer != Analyzer::version()) {
      throw Error(ErrorCode::index_version,
                  folder + ": the words of the index were analysed by version " +
                      manifest.analyzer + ", this library has version " +
                      std::string(Analyzer::version()),
                  "run `fihris retag` on the index: it analyses the stored articles anew");
    }
    if (article.date && !is_valid(*article.date)) {
      throw Error(ErrorCode::invalid_argument,
                  "article " + article.id + ": no day of the calendar");
    }
    const auto bytes = text_bytes_of(article);
    if (bytes > kLargestArticle) {
      throw Error(ErrorCode::invalid_argument,
                  "article " + article.id.substr(0, 200) + ": has " + std::to_string(bytes) +
                      " bytes, at most " + std::to_string(kLargestArticle) + " can be indexed");
    }
    for (auto* field : {&article.id, &article.source, &article.url, &article.title, &article.author,
                        &article.text}) {
      if (!utf8::is_valid(*field)) *field = utf8::sanitize(*field);
    }
    for (auto& field : article.fields) {
      if (!utf8::is_valid(field.name)) field.name = utf8::sanitize(field.name);
      if (!utf8::is_valid(field.value)) field.value = utf8::sanitize(field.value);
    }
    if (article.id.empty()) article.id = article_id(article);

    all_or_nothing([&] {
      if (!builder) builder = make_builder(copies(), "add");
      const auto known = pending.find(article.id);
      if (known != pending.end()) {
        if (builder->replace(known->second, article)) return;
        dropped.push_back(known->second);
        known->second = builder->add(std::move(article));
        return;
      }
      auto id = article.id;
      const auto place = builder->add(std::move(article));
      pending.emplace(std::move(id), place);
    });
  }

  bool remove(std::string_view id) {
    return all_or_nothing([&] {
      bool found = false;
      const auto known = pending.find(std::string(id));
      if (known != pending.end()) {
        dropped.push_back(known->second);
        pending.erase(known);
        found = true;
      }
      if (removals.count(id) == 0 && find(id)) {
        removals.emplace(id);
        found = true;
      }
      return found;
    });
  }

  void open_databases() {
    while (databases.size() < manifest.segments.size()) {
      databases.push_back(open_segment(at(manifest.segments[databases.size()].name)));
    }
  }

  /// Segment and 0-based number of the committed article with this id.
  std::optional<std::pair<std::size_t, std::uint32_t>> find(std::string_view id) {
    open_databases();
    const auto term = id_term(id);
    return guarded("looking for an article in " + folder,
                   [&]() -> std::optional<std::pair<std::size_t, std::uint32_t>> {
                     for (std::size_t s = databases.size(); s-- > 0;) {
                       for (auto it = databases[s].postlist_begin(term);
                            it != databases[s].postlist_end(term); ++it) {
                         const auto document = *it - 1;
                         if (!std::binary_search(removed[s].begin(), removed[s].end(), document)) {
                           return std::pair(s, document);
                         }
                       }
                     }
                     return std::nullopt;
                   });
  }

  // --- commit ----------------------------------------------------------------------------------

  void commit() {
    all_or_nothing([&] {
      const bool changed = !pending.empty() || !dropped.empty() || !removals.empty() ||
                           checkpoint != manifest.checkpoint || manifest.revision == 0;
      if (!changed) return;
      auto parts = builder ? builder->finish() : std::vector<Part>();
      builder.reset();
      Removed gone = removed;
      if (!manifest.segments.empty()) {
        std::vector<std::string_view> ids;  // in order, so that look-ups are neighbours on disk
        for (const auto& [id, place] : pending) ids.push_back(id);
        for (const auto& id : removals) ids.push_back(id);
        std::sort(ids.begin(), ids.end());
        for (const auto& id : ids) {
          if (const auto found = find(id)) insert_sorted(gone[found->first], found->second);
        }
      }
      auto sources = current_sources(gone);
      if (!parts.empty()) sources.push_back(source_of(parts));
      std::vector<std::uint64_t> sizes;
      for (const auto& source : sources) sizes.push_back(source.documents);
      publish(arrange(std::move(sources), plan_merges(sizes)));
    });
  }

  std::vector<Source> current_sources(const Removed& gone) const {
    std::vector<Source> sources;
    for (std::size_t s = 0; s < manifest.segments.size(); ++s) {
      const auto& entry = manifest.segments[s];
      sources.push_back(
          {{{at(entry.name), false, gone[s]}}, entry.documents, entry.text_bytes, entry});
    }
    return sources;
  }

  /// The parts of this commit as one source, without what was dropped again.
  Source source_of(const std::vector<Part>& parts) const {
    Source source;
    for (const auto& part : parts) {
      source.inputs.push_back({part.base, true, {}});
      source.documents += part.entry.documents;
      source.text_bytes += part.entry.text_bytes;
    }
    for (const auto& place : dropped) {
      insert_sorted(source.inputs[place.part].removed, place.document);
    }
    return source;
  }

  /// Joins sources as planned; what is joined or mostly removed loses its entry.
  static std::vector<Source> arrange(std::vector<Source> sources,
                                     const std::vector<std::vector<std::size_t>>& plan) {
    std::vector<char> taken(sources.size(), 0);
    for (const auto& set : plan) {
      for (const auto member : set) taken[member] = 1;
    }
    std::map<std::size_t, const std::vector<std::size_t>*> first;
    for (const auto& set : plan) first[set.front()] = &set;
    std::vector<Source> arranged;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (const auto set = first.find(i); set != first.end()) {
        Source joined;
        for (const auto member : *set->second) {
          auto& part = sources[member];
          std::move(part.inputs.begin(), part.inputs.end(), std::back_inserter(joined.inputs));
          joined.documents += part.documents;
          joined.text_bytes += part.text_bytes;
        }
        arranged.push_back(std::move(joined));
      } else if (taken[i] == 0) {
        arranged.push_back(std::move(sources[i]));
      }
    }
    for (auto& source : arranged) {
      if (source.documents >= kPurgeLeast && source.removed() * kPurgeShare >= source.documents) {
        source.entry.reset();
      }
    }
    return arranged;
  }

  /// Writes a source as a segment of the index.
  SegmentEntry write(const Source& source, const std::string& name) {
    for (const auto& input : source.inputs) {
      if (input.part) continue;
      // Damage must not be copied under a new checksum.
      for (const auto& entry : manifest.segments) {
        if (at(entry.name) != input.base) continue;
        verify_file(input.base + ".glass", entry.glass);
        verify_file(input.base + ".columns", entry.columns);
        verify_file(input.base + ".words", entry.words);
      }
    }
    make_folder(at("build"));
    auto entry = write_segment(source.inputs, at("build/" + name), source.text_bytes,
                               source.documents < kOneThread ? 1 : threads());
    for (const char* kind : {".glass", ".columns", ".words"}) {
      rename_file(at("build/" + name + kind), at(name + kind));
    }
    return entry;
  }

  /// Makes these sources the new revision: writes what is not a segment yet, then switches.
  void publish(const std::vector<Source>& sources, std::string_view analyzer = {}) {
    Manifest next = manifest;
    next.revision = manifest.revision + 1;
    next.checkpoint = checkpoint;
    next.authority = workers.tags().version;
    next.analyzer = analyzer.empty() ? manifest.analyzer : std::string(analyzer);
    next.segments.clear();
    next.removed.reset();
    next.hidden.reset();
    Removed gone;
    std::vector<std::string> fresh;
    std::vector<HiddenVersion> hidden;
    std::size_t number = 0;
    for (const auto& source : sources) {
      if (source.removed() == source.documents) continue;
      if (source.entry) {
        next.segments.push_back(*source.entry);
        const auto& out = source.inputs.front().removed;
        gone.push_back(out);
        if (out.empty()) continue;
        const auto db = open_segment(at(source.entry->name));
        auto versions =
            guarded("reading " + source.entry->name, [&] { return hidden_versions(db, out); });
        hidden.insert(hidden.end(), versions.begin(), versions.end());
        continue;
      }
      const auto name = "s" + std::to_string(next.revision) + '-' + std::to_string(number++);
      next.segments.push_back(write(source, name));
      gone.emplace_back();
      fresh.push_back(at(name + ".glass"));
      fresh.push_back(at(name + ".columns"));
      fresh.push_back(at(name + ".words"));
    }
    if (!hidden.empty()) {
      const auto list = at(next.removed_name());
      write_file(list, write_removed(gone));
      next.removed = sum_file(list);
      fresh.push_back(list);
      make_folder(at("build"));
      const auto database = at(next.hidden_name());
      write_hidden(hidden, database, at("build/hidden"));
      next.hidden = sum_file(database);
      fresh.push_back(database);
    }
    lock->check();
    for (const auto& file : fresh) sync_path(file);
    // Some of them were renamed out of the build folder: both names have to last.
    if (file_exists(at("build"))) sync_path(at("build"));
    sync_path(folder);
    switch_to(next);
    manifest = std::move(next);
    removed = std::move(gone);
    pending.clear();
    dropped.clear();
    removals.clear();
    databases.clear();
    clean(true);
    try {
      // For `check --repair`, should the manifest be lost; not synced, not needed.
      write_file(at("XAPIANDB.bak"), write_manifest(manifest));
    } catch (const Error&) {
      remove_path(at("XAPIANDB.bak"));
    }
  }

  /// The one moment at which the index changes.
  void switch_to(const Manifest& next) {
    const auto path = at(kManifestName);
    const auto aside = path + ".tmp";
    write_file_synced(aside, write_manifest(next));
    rename_file(aside, path);
    try {
      sync_path(folder);
    } catch (const Error& e) {
      // The new revision is in place but not sure to last: back to the old one.
      try {
        if (manifest.revision > 0) {
          write_file(aside, write_manifest(manifest));
          rename_file(aside, path);
        } else {
          remove_path(path);
        }
      } catch (const Error&) {
        throw Error(ErrorCode::io,
                    std::string(e.what()) +
                        "; the new revision is visible but may be lost if the power goes",
                    e.hint());
      }
      throw;
    }
  }

  // --- the whole index -------------------------------------------------------------------------

  void compact() {
    if (!pending.empty() || !dropped.empty() || !removals.empty()) commit();
    all_or_nothing([&] {
      const bool clean_already = manifest.segments.size() <= 1 && !manifest.removed;
      if (manifest.revision == 0 || clean_already) return;
      auto sources = current_sources(removed);
      std::vector<std::size_t> all(sources.size());
      for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
      publish(arrange(std::move(sources), {all}));
    });
  }

  void retag() {
    if (!pending.empty() || !dropped.empty() || !removals.empty()) commit();
    all_or_nothing([&] {
      CopyGrouper fresh;
      builder = make_builder(fresh, "retag");
      for (std::size_t s = 0; s < manifest.segments.size(); ++s) {
        verify_file(at(manifest.segments[s].name + ".glass"), manifest.segments[s].glass);
        const auto db = open_segment(at(manifest.segments[s].name));
        for (std::uint32_t i = 0; i < manifest.segments[s].documents; ++i) {
          if (std::binary_search(removed[s].begin(), removed[s].end(), i)) continue;
          const auto data = guarded("reading " + manifest.segments[s].name,
                                    [&] { return db.get_document(i + 1).get_data(); });
          builder->add(decode_article(data));
        }
      }
      const auto parts = builder->finish();
      builder.reset();
      std::vector<Source> sources;
      if (!parts.empty()) sources.push_back(source_of(parts));
      publish(sources, Analyzer::version());
      grouper.reset();
    });
  }
};

IndexWriter::IndexWriter(const std::string& path, TagSource tags, const IndexOptions& options)
    : impl_(std::make_unique<Impl>(path, std::move(tags), options)) {}
IndexWriter::~IndexWriter() = default;

void IndexWriter::add(Article article) { impl_->add(std::move(article)); }
bool IndexWriter::remove(std::string_view id) { return impl_->remove(id); }
void IndexWriter::set_checkpoint(std::string text) { impl_->checkpoint = std::move(text); }
std::string IndexWriter::checkpoint() const { return impl_->manifest.checkpoint; }
void IndexWriter::commit() { impl_->commit(); }
void IndexWriter::retag() { impl_->retag(); }
void IndexWriter::compact() { impl_->compact(); }
IndexStats IndexWriter::stats() const {
  return figures_of(impl_->folder, impl_->manifest, impl_->removed);
}

}  // namespace fihris::index
