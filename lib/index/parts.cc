// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/parts.h"

#include <algorithm>
#include <cstring>
#include <system_error>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "base/file.h"
#include "fihris/error.h"
#include "index/columns_file.h"
#include "index/schema.h"
#include "index/segment.h"
#include "index/writer_lock.h"

namespace fihris::index {
namespace {

/// A hash of long texts, eight bytes a step, continued from `hash`.
std::uint64_t hash_text(std::string_view text, std::uint64_t hash) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
  const auto step = [&](std::uint64_t word) {
    hash = ((hash << 27 | hash >> 37) ^ word) * kFactor;
    hash ^= hash >> 29;
  };
  step(text.size());
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t word;
    std::memcpy(&word, text.data(), 8);
    step(word);
  }
  std::uint64_t rest = 0;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  step(rest);
  return hash;
}

std::uint64_t hash_article(const Article& article, std::uint64_t hash) {
  const std::string date = article.date ? to_iso(*article.date) : std::string();
  for (const std::string_view text :
       {std::string_view(article.id), std::string_view(article.source),
        std::string_view(article.url), std::string_view(date), std::string_view(article.title),
        std::string_view(article.author), std::string_view(article.text)}) {
    hash = hash_text(text, hash);
  }
  for (const auto& field : article.fields) {
    hash = hash_text(field.value, hash_text(field.name, hash + (field.json ? 1 : 0)));
  }
  return hash;
}

}  // namespace

PartWorker::PartWorker(const TagSource& tags)
    : builder(words, tags.tree), tag(tags.make_tagger ? tags.make_tagger() : nullptr) {}

std::unique_ptr<PartWorker> WorkerPool::take() {
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      auto worker = std::move(idle_.back());
      idle_.pop_back();
      return worker;
    }
  }
  return std::make_unique<PartWorker>(tags_);
}

void WorkerPool::give(std::unique_ptr<PartWorker> worker) {
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(worker));
}

PartBuilder::PartBuilder(Settings settings, WorkerPool& workers, CopyGrouper& grouper)
    : settings_(std::move(settings)),
      workers_(workers),
      grouper_(grouper),
      chain_(settings_.seed),
      queue_(1) {}

PartBuilder::~PartBuilder() {
  fail(nullptr);
  for (auto& thread : threads_) thread.join();
}

PartBuilder::Place PartBuilder::add(Article article) {
  const auto bytes = text_bytes_of(article);
  if (!open_.articles.empty() &&
      (open_.articles.size() >= Chunk::kMostArticles || open_.bytes + bytes > Chunk::kMostBytes)) {
    close_chunk();
  }
  open_.bytes += bytes;
  open_.articles.push_back(std::move(article));
  return {chunks_, static_cast<std::uint32_t>(open_.articles.size() - 1)};
}

bool PartBuilder::replace(Place place, const Article& article) {
  if (place.part != chunks_) return false;
  auto& old = open_.articles[place.document];
  open_.bytes -= text_bytes_of(old);
  open_.bytes += text_bytes_of(article);
  old = article;
  return true;
}

void PartBuilder::close_chunk() {
  for (const auto& article : open_.articles) chain_ = hash_article(article, chain_);
  open_.hash = chain_;
  open_.number = chunks_++;
  Chunk chunk = std::move(open_);
  open_ = Chunk{};
  if (threads_.empty()) start_threads();
  if (!queue_.push(std::move(chunk))) {
    const std::scoped_lock lock(mutex_);
    if (error_) std::rethrow_exception(error_);
  }
}

void PartBuilder::start_threads() {
  make_folder(settings_.folder);
  try {
    for (unsigned i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { run(); });
  } catch (const std::system_error& e) {
    if (threads_.empty()) {
      throw Error(ErrorCode::limit, std::string("cannot start a thread: ") + e.what());
    }
  }
}

void PartBuilder::run() {
  const FileSizeSignalShield shield;
  try {
    auto worker = workers_.take();
    while (auto chunk = queue_.pop()) {
      auto part = build(*worker, std::move(*chunk));
      const std::scoped_lock lock(mutex_);
      parts_.push_back(std::move(part));
    }
    workers_.give(std::move(worker));
  } catch (...) {
    fail(std::current_exception());
  }
}

void PartBuilder::fail(std::exception_ptr error) noexcept {
  {
    const std::scoped_lock lock(mutex_);
    if (!error_) error_ = std::move(error);
    given_up_ = true;
  }
  queue_.cancel();
  turned_.notify_all();
}

std::vector<Part> PartBuilder::finish() {
  if (threads_.empty()) {
    // One chunk at most: no thread is worth its start.
    if (open_.articles.empty()) return {};
    make_folder(settings_.folder);
    for (const auto& article : open_.articles) chain_ = hash_article(article, chain_);
    open_.hash = chain_;
    auto worker = workers_.take();
    parts_.push_back(build(*worker, std::move(open_)));
    workers_.give(std::move(worker));
    open_ = Chunk{};
    return std::move(parts_);
  }
  if (!open_.articles.empty()) close_chunk();
  queue_.close();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
#if defined(__GLIBC__)
  malloc_trim(0);  // what parts took would stay with the process while they are merged
#endif
  if (error_) std::rethrow_exception(error_);
  std::sort(parts_.begin(), parts_.end(),
            [](const Part& a, const Part& b) { return a.number < b.number; });
  return std::move(parts_);
}

/// Runs `body` when the parts before `number` have run theirs.
template <class Body>
void PartBuilder::in_turn(std::uint32_t number, Body&& body) {
  std::unique_lock lock(mutex_);
  turned_.wait(lock, [&] { return given_up_ || turn_ == number; });
  if (given_up_) throw Error(ErrorCode::interrupted, "another thread failed");
  body();
  ++turn_;
  turned_.notify_all();
}

std::optional<Part> PartBuilder::take_up(const Chunk& chunk, const std::string& base) {
  try {
    const std::string note = base + ".done";
    if (!file_exists(note)) return std::nullopt;
    // The note is a manifest of one segment, so that it proves itself.
    const auto done = parse_manifest(read_file(note), note);
    if (done.checkpoint != settings_.state || done.segments.size() != 1) return std::nullopt;
    const auto& entry = done.segments.front();
    if (entry.documents != chunk.articles.size() || sum_part(base) != entry.glass ||
        sum_file(base + ".columns") != entry.columns || sum_file(base + ".words") != entry.words) {
      return std::nullopt;
    }
    return Part{chunk.number, base, entry};
  } catch (const Error&) {
    return std::nullopt;  // whatever is wrong with it: the part is built anew
  }
}

Part PartBuilder::build(PartWorker& worker, Chunk chunk) {
  const std::string name = hex64(chunk.hash);
  const std::string base = settings_.folder + "/part-" + name;
  if (auto part = take_up(chunk, base)) {
    const ColumnsFile columns(base + ".columns");
    in_turn(chunk.number, [&] {
      for (std::size_t i = 0; i < chunk.articles.size() && settings_.group_copies; ++i) {
        grouper_.insert(columns.signatures()[i], columns.columns().group[i]);
      }
    });
    return *part;
  }

  worker.words.trim();
  std::vector<ArticleTokens> tokens;
  std::vector<Signature> signatures(chunk.articles.size());
  tokens.reserve(chunk.articles.size());
  for (std::size_t i = 0; i < chunk.articles.size(); ++i) {
    tokens.push_back(worker.builder.tokenize(chunk.articles[i]));
    if (settings_.group_copies) signatures[i] = worker.builder.signature(tokens[i]);
  }
  std::vector<std::uint64_t> groups;
  groups.reserve(chunk.articles.size());
  in_turn(chunk.number, [&] {
    for (std::size_t i = 0; i < chunk.articles.size(); ++i) {
      const auto own = fnv1a(chunk.articles[i].id);
      groups.push_back(settings_.group_copies ? grouper_.assign(signatures[i], own) : own);
    }
  });

  PartContents contents;
  worker.builder.begin_part(contents);
  std::vector<std::string> data;
  data.reserve(chunk.articles.size());
  Part part{chunk.number, base, {}};
  for (std::size_t i = 0; i < chunk.articles.size(); ++i) {
    const auto& article = chunk.articles[i];
    const auto tags = worker.tag ? worker.tag(article, tokens[i], worker.words) : ArticleTags{};
    data.push_back(worker.builder.build(article, tokens[i], tags, name, groups[i]));
    part.entry.text_bytes += text_bytes_of(article);
  }
  write_part(base, data, contents, signatures);
  part.entry.name = "part-" + name;
  part.entry.documents = static_cast<std::uint32_t>(data.size());
  part.entry.glass = sum_part(base);
  part.entry.columns = sum_file(base + ".columns");
  part.entry.words = sum_file(base + ".words");
  Manifest done;
  done.format = kFormatVersion;
  done.index = name;
  done.revision = 1;
  done.checkpoint = settings_.state;
  done.segments = {part.entry};
  write_file(base + ".done", write_manifest(done));
  return part;
}

}  // namespace fihris::index
