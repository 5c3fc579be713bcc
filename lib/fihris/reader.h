// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fihris/document.h"
#include "fihris/export.h"

namespace fihris {

/// What a file is. Packing (gz, xz, zstd, zip, tar) is found out in any case.
enum class InputFormat : unsigned char {
  automatic,  ///< found out from the first bytes and the name
  jsonl,      ///< one JSON object a line
  json,       ///< an array of objects, or one object that holds one
  csv,        ///< with a header
  tsv,        ///< with a header
  text,       ///< one article a file, the first line its title
  html,       ///< one article a page
  feed,       ///< RSS or Atom
  mediawiki,  ///< an export of a wiki
  trec        ///< <DOC>…</DOC>
};

/// How far a file was read: given back to a later reader, so that nothing is read twice.
struct ReadMark {
  std::string file;           ///< as it was named
  std::uint64_t size = 0;     ///< bytes of the file
  std::int64_t modified = 0;  ///< nanoseconds since 1970
  std::uint64_t records = 0;  ///< read from its start, those that were skipped included
  bool complete = false;      ///< to its end, without a failure
};

/// What is read of files, and how much of it at most.
struct ReaderOptions {
  InputFormat format = InputFormat::automatic;  ///< of all inputs
  std::string encoding;                         ///< empty: found out
  std::vector<std::pair<std::string, std::string>>
      map;  ///< field and where it is: {"date", "meta.published"}; an empty path leaves it out
  std::size_t max_record_bytes = 16u << 20;       ///< a line, an item, a page, a file of text
  std::size_t max_depth = 64;                     ///< nesting of JSON
  std::size_t max_members = 1000000;              ///< of an archive
  std::uint64_t max_member_bytes = 256ULL << 30;  ///< unpacked, of one file
  double max_ratio = 200;  ///< unpacked bytes over packed ones, after the first 64 MiB
  std::string selector;    ///< HTML: which element holds the article
  /// Character references and tags that stand in text fields are resolved, soft hyphens dropped.
  /// Off: the bytes of a text keep their places; controls become blanks.
  bool clean = true;
  /// Lines that end many articles of one source are set apart into the field "boilerplate".
  bool set_tails_apart = true;
  /// What is done already: a file that has not changed since is passed over, or its first records.
  std::vector<ReadMark> done;
  /// Set from another thread or a signal handler, it makes `next` end soon; what was not given out
  /// is in no mark.
  const std::atomic<bool>* stop = nullptr;
};

/// A text that is about to be read, and what was found out about it.
struct ReadText {
  std::string name;                             ///< of the file; of a member with its archive
  InputFormat format = InputFormat::automatic;  ///< never `automatic`
  std::string encoding;                         ///< "UTF-8", "windows-1256" …
};

/// A record that was skipped or kept without a field, or a file that could not be read.
struct ReadFault {
  Origin origin;        ///< where it stood
  std::string message;  ///< one sentence
  bool skipped = true;  ///< false: the record was kept
  std::string raw;      ///< the record as it stood, cut at 64 KiB, for a file of rejects
  bool failed = false;  ///< the system refused, or the file is damaged: what follows was not read
  std::string remedy;   ///< or empty
};

/// Reads articles from files of all known formats, packed or not, folders, patterns ("2015/*.xz")
/// and "-" (standard input). One thread at a time.
class FIHRIS_API ArticleReader {
 public:
  /// Opens nothing yet: an input that is not there is told to `on_fault`.
  /// \throws Error{invalid_argument} for an encoding or a selector that is not known.
  ArticleReader(std::vector<std::string> inputs, ReaderOptions options = {});
  ~ArticleReader();
  ArticleReader(ArticleReader&&) noexcept;
  ArticleReader& operator=(ArticleReader&&) noexcept;

  /// The next article with its origin; empty at the end. Dirty records and files that cannot be
  /// read are told to `on_fault`; they never end the reading. Up to a thousand articles are read
  /// ahead, so a fault may be told before an article that stands above it.
  std::optional<std::pair<Article, Origin>> next();
  /// Sets who is told of dirty records, in the thread that calls `next`; nobody unless it is set.
  void on_fault(std::function<void(const ReadFault&)> handler);
  /// Sets who is told of every file and member before it is read, in the thread that calls `next`.
  void on_text(std::function<void(const ReadText&)> handler);
  /// Bytes of the files, packed as they are, up to the last article given.
  std::uint64_t bytes_read() const;
  /// Bytes of all inputs that are files; 0 if unknown.
  std::uint64_t bytes_total() const;
  /// How far each file was read, up to the last article that `next` gave; standard input is left
  /// out.
  std::vector<ReadMark> marks() const;
  /// Files that have not changed since `ReaderOptions::done`.
  std::uint64_t files_passed_over() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// "jsonl", "html" …
FIHRIS_API const char* input_format_name(InputFormat format) noexcept;
/// The format of that name; empty for a name that is none.
FIHRIS_API std::optional<InputFormat> parse_input_format(std::string_view name) noexcept;

/// The day that a field of publication names: ISO 8601 (days, weeks, times), RFC 822,
/// day/month/year, seconds or milliseconds since 1970, names of months in Arabic or English, Hijri.
/// Empty for text that names no day or one that the calendar lacks: nothing is guessed.
FIHRIS_API std::optional<Date> parse_publication_date(std::string_view text);

}  // namespace fihris
