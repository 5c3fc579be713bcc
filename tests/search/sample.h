// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/json_reader.h"
#include "base/tsv.h"
#include "fihris/index.h"
#include "fihris/search.h"

namespace fihris::test {

/// A folder of its own that goes when the object goes.
class TempFolder {
 public:
  TempFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "fihris-search-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::string path(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

/// The articles of a JSON Lines file.
inline std::vector<Article> read_articles(const std::string& path) {
  std::vector<Article> articles;
  const auto text = read_file(path);
  for (const auto line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    const auto json = parse_json(line);
    const auto field = [&](std::string_view name) {
      const auto* value = json.find(name);
      return value == nullptr ? std::string() : value->string;
    };
    Article article;
    article.id = field("id");
    article.source = field("source");
    article.url = field("url");
    article.title = field("title");
    article.author = field("author");
    article.text = field("text");
    article.date = parse_iso_date(field("date"));
    articles.push_back(std::move(article));
  }
  return articles;
}

inline std::vector<Article> sample_articles() {
  return read_articles(FIHRIS_SOURCE_DIR "/corpus/articles/sample.jsonl");
}

/// Writes articles to an index, with a commit after every `per_commit` of them.
inline void write_index(const std::string& path, const std::vector<Article>& articles,
                        std::size_t per_commit = SIZE_MAX) {
  IndexOptions options;
  options.threads = 1;
  Indexer indexer(path, Authority::builtin(), options);
  std::size_t since = 0;
  for (const auto& article : articles) {
    indexer.add(article);
    if (++since == per_commit) {
      indexer.commit();
      since = 0;
    }
  }
  indexer.commit();
}

/// The sample corpus, indexed once for all tests of the program.
inline const std::string& sample_index() {
  static const TempFolder kFolder;
  static const std::string kPath = [] {
    auto path = kFolder.path("sample");
    write_index(path, sample_articles(), 40);
    return path;
  }();
  return kPath;
}

}  // namespace fihris::test
