// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fihris/document.h"
#include "fihris/export.h"

namespace fihris {

enum class InputFormat : unsigned char {
  automatic,
  jsonl,
  json,
  csv,
  tsv,
  text,
  html,
  feed,
  mediawiki,
  trec
};

struct ReaderOptions {
  InputFormat format = InputFormat::automatic;
  std::string encoding;  ///< empty: found out
  std::vector<std::pair<std::string, std::string>>
      map;  ///< field and where it is: {"date", "meta.published"}; an empty path leaves it out
  std::size_t max_record_bytes = 64u << 20;
  std::size_t max_depth = 64;         ///< nesting of JSON
  std::size_t max_members = 1000000;  ///< of an archive
  double max_ratio = 200;             ///< unpacked bytes over packed ones, after the first 64 MiB
  std::string selector;               ///< HTML: which element holds the article
};

/// A record that was skipped, or kept without a field.
struct ReadFault {
  Origin origin;
  std::string message;
  bool skipped = true;  ///< false: the record was kept
  std::string raw;      ///< the record as it stood, cut at 64 KiB, for a file of rejects
};

/// Reads articles from files of all known formats, packed or not, folders and "-" (standard input).
class FIHRIS_API ArticleReader {
 public:
  ArticleReader(std::vector<std::string> inputs, ReaderOptions options = {});
  ~ArticleReader();
  ArticleReader(ArticleReader&&) noexcept;
  ArticleReader& operator=(ArticleReader&&) noexcept;

  /// The next article with its origin; empty at the end. Dirty records are told to `on_fault`.
  /// \throws Error{not_found, io} for an input that cannot be read at all.
  std::optional<std::pair<Article, Origin>> next();
  void on_fault(std::function<void(const ReadFault&)> handler);
  std::uint64_t bytes_read() const;   ///< of the files, packed
  std::uint64_t bytes_total() const;  ///< of all inputs that are files; 0 if unknown

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fihris
