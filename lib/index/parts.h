// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/work_queue.h"
#include "fihris/document.h"
#include "fihris/tagger.h"
#include "index/build_document.h"
#include "index/copies.h"
#include "index/manifest.h"

namespace fihris::index {

/// Tags of an article whose words are known already. The index reads ids, coordinates and where the
/// mentions are; names, surfaces and rules may be left out.
using TagFunction = std::function<ArticleTags(const Article&, const ArticleTokens& tokens,
                                              const analysis::WordTable& words)>;

/// What the index needs to know about tags. Tests put their own in.
struct TagSource {
  std::function<TagFunction()> make_tagger;  ///< called once for each thread
  TreeFunction tree;                         ///< called by all threads
  std::string version;                       ///< of the authority
};

/// Articles that become one part. Its size depends on the articles alone, so that the same input
/// gives the same parts whatever the number of threads.
struct Chunk {
  static constexpr std::size_t kMostArticles = 2000;
  static constexpr std::size_t kMostBytes = 12u << 20;

  std::uint32_t number = 0;
  std::vector<Article> articles;
  std::size_t bytes = 0;
  std::uint64_t hash = 0;  ///< of its articles and of all chunks before it: the name of its part
};

/// A finished part: what `write_part` left on disk.
struct Part {
  std::uint32_t number = 0;
  std::string base;
  SegmentEntry entry;
};

/// What one thread needs to turn articles into documents; worth keeping, for its caches.
struct PartWorker {
  /// So many distinct words are kept from one part to the next.
  static constexpr std::size_t kWords = 1u << 17;

  analysis::WordTable words{kWords};
  DocumentBuilder builder;
  TagFunction tag;

  explicit PartWorker(const TagSource& tags);
};

/// Workers that wait for the next build.
class WorkerPool {
 public:
  explicit WorkerPool(TagSource tags) : tags_(std::move(tags)) {}
  std::unique_ptr<PartWorker> take();
  void give(std::unique_ptr<PartWorker> worker);
  const TagSource& tags() const { return tags_; }

 private:
  const TagSource tags_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<PartWorker>> idle_;
};

/// Builds parts from articles on several threads. A part that an interrupted run has finished
/// (`folder` holds its files, and they are whole) is used again instead of being built.
class PartBuilder {
 public:
  struct Settings {
    std::string folder;      ///< where parts are built; made on first need
    std::string state;       ///< what the parts build on: parts of another state are not used again
    std::uint64_t seed = 0;  ///< begins the chain of hashes
    unsigned threads = 1;
    bool group_copies = true;
  };

  /// `workers` and `grouper` outlive it.
  PartBuilder(Settings settings, WorkerPool& workers, CopyGrouper& grouper);
  ~PartBuilder();
  PartBuilder(const PartBuilder&) = delete;
  PartBuilder& operator=(const PartBuilder&) = delete;

  /// Where an article ended up: part, and document number in it (0-based).
  struct Place {
    std::uint32_t part;
    std::uint32_t document;
  };
  Place add(Article article);
  /// Puts `article` in place of one that `add` took; false if its chunk is closed already.
  bool replace(Place place, const Article& article);
  /// Closes the last chunk and waits for all parts. \throws what a thread threw
  std::vector<Part> finish();

 private:
  void close_chunk();
  void start_threads();
  void run();
  Part build(PartWorker& worker, Chunk chunk);
  std::optional<Part> take_up(const Chunk& chunk, const std::string& base);
  template <class Body>
  void in_turn(std::uint32_t number, Body&& body);
  void fail(std::exception_ptr error) noexcept;

  const Settings settings_;
  WorkerPool& workers_;
  CopyGrouper& grouper_;
  Chunk open_;
  std::uint64_t chain_;
  std::uint32_t chunks_ = 0;  ///< closed ones
  WorkQueue<Chunk> queue_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable turned_;
  std::uint32_t turn_ = 0;
  std::vector<Part> parts_;
  std::exception_ptr error_;
  bool given_up_ = false;
};

}  // namespace fihris::index
