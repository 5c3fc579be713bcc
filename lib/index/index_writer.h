// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "fihris/index.h"
#include "index/parts.h"

namespace fihris::index {

/// What `Indexer` is made of: the same calls, with tags from a `TagSource`.
class IndexWriter {
 public:
  IndexWriter(const std::string& path, TagSource tags, const IndexOptions& options);
  ~IndexWriter();
  IndexWriter(const IndexWriter&) = delete;
  IndexWriter& operator=(const IndexWriter&) = delete;

  void add(Article article);
  bool remove(std::string_view id);
  void set_checkpoint(std::string text);
  std::string checkpoint() const;
  void commit();
  void retag();
  void compact();
  IndexStats stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fihris::index
