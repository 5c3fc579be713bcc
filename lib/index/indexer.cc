// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/index.h"
#include "index/index_writer.h"
#include "tagger/article_tagger.h"

namespace fihris {
namespace {

index::TagSource tags_of(const Authority& authority) {
  index::TagSource tags;
  tags.make_tagger = [authority]() -> index::TagFunction {
    const auto tagger =
        std::make_shared<tagger::ArticleTagger>(authority, tagger::TagDetail::places_of_mentions);
    return [tagger](const Article& article, const index::ArticleTokens& tokens,
                    const analysis::WordTable& words) {
      return tagger->tag(article.title, tokens.title, article.text, tokens.text, words,
                         article.date);
    };
  };
  tags.tree = index::tree_of(authority);
  tags.version = authority.version();
  return tags;
}

}  // namespace

struct Indexer::Impl {
  index::IndexWriter writer;
};

Indexer::Indexer(const std::string& path, Authority authority, const IndexOptions& options)
    : impl_(new Impl{index::IndexWriter(path, tags_of(authority), options)}) {}
Indexer::~Indexer() = default;
Indexer::Indexer(Indexer&&) noexcept = default;
Indexer& Indexer::operator=(Indexer&&) noexcept = default;

void Indexer::add(Article article) { impl_->writer.add(std::move(article)); }
bool Indexer::remove(std::string_view id) { return impl_->writer.remove(id); }
void Indexer::set_checkpoint(std::string text) { impl_->writer.set_checkpoint(std::move(text)); }
std::string Indexer::checkpoint() const { return impl_->writer.checkpoint(); }
void Indexer::commit() { impl_->writer.commit(); }
void Indexer::retag() { impl_->writer.retag(); }
void Indexer::compact() { impl_->writer.compact(); }
IndexStats Indexer::stats() const { return impl_->writer.stats(); }

}  // namespace fihris
