// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "fihris/reader.h"

namespace fihris::cli {

/// What a run of the indexer tells on standard error, and its file of rejects.
enum class ProgressKind { none, terminal, json };

/// Articles by source, month and language.
class IngestSummary {
 public:
  void add(const Article& article);
  void print_text() const;
  std::map<std::string, std::uint64_t> sources, months, languages;
};

/// The language of a text by its letters: "Arabic", "Persian or Urdu", "Latin script" or "other".
const char* language_of(const Article& article);

class IngestReport {
 public:
  /// \param rejects  a file to be written, or empty. \throws Error{io}
  IngestReport(ProgressKind kind, bool quiet, const std::string& rejects);

  /// Prints a fault; of one file no more than a hundred, and then their number.
  void fault(const ReadFault& fault);
  void article(const Article& article);
  /// An article that was counted and could not be indexed.
  void refused(const Origin& origin, const std::string& why);
  /// A line of progress, ten times a second at most (JSON: once).
  void progress(const ArticleReader& reader);
  /// The counts of reports that were not printed, then the summary.
  /// \param done  "indexed" or "read".
  void end(const ArticleReader& reader, const char* done);
  /// \throws Error{io} if the file of rejects is not whole.
  void close_rejects();

  std::uint64_t articles() const { return articles_; }
  std::uint64_t skipped() const { return skipped_; }
  bool any_failure() const { return failed_; }

 private:
  void clear_line() const;
  void print_json(const ArticleReader& reader, bool last) const;
  void tell_unprinted();
  double seconds() const;

  ProgressKind kind_;
  bool quiet_;
  std::ofstream rejects_;
  std::string rejects_name_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_{};
  std::uint64_t articles_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t kept_ = 0;
  bool failed_ = false;
  std::string file_;  ///< that the last fault was about
  std::uint64_t of_file_ = 0;
  std::set<std::string> remedies_;  ///< told already
  IngestSummary summary_;
};

}  // namespace fihris::cli
