// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/reader.h"
#include "reader/json_text.h"

namespace fihris::reader {

/// What a format makes of one record: an article, reports, or both. Without an article the record
/// is skipped. With neither it was passed over and is not counted.
struct Outcome {
  std::optional<Article> article;
  std::uint64_t line = 0;
  std::vector<std::string> faults;
  std::string remedy;
  std::string raw;  ///< where there are faults
};

/// Reads the records of one text, one after the other.
class RecordReader {
 public:
  RecordReader() = default;
  virtual ~RecordReader() = default;
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;
  /// Empty at the end. \throws Error{io, limit} if the bytes cannot be read.
  virtual std::optional<Outcome> next() = 0;
};

/// Makes articles of named values: which name is which field, cleaning, dates, ids. All formats go
/// through it.
class RecordBuilder {
 public:
  explicit RecordBuilder(const ReaderOptions& options);
  ~RecordBuilder();

  enum class Utf8 : unsigned char { unchecked, valid };
  enum class Markup : unsigned char {
    as_found,  ///< tags and references in titles and texts are still to be resolved
    resolved,  ///< what looks like one is text: «&lt;b&gt;» of a page
  };
  /// Begins a record. \param utf8  whether its values are known to be valid UTF-8.
  void begin(Utf8 utf8 = Utf8::unchecked, Markup markup = Markup::as_found);
  void begin(Markup markup) { begin(Utf8::unchecked, markup); }
  /// A value under its name; a name that stands twice: the last value is taken and a fault noted.
  void add(std::string_view name, ValueKind kind, std::string_view text);
  void add(std::string_view name, std::string_view text) { add(name, ValueKind::string, text); }
  /// A note on the record, which is kept.
  void note(std::string message);
  /// The article, or why there is none.
  /// \param id  for a record that has none; empty: made from a hash.
  Outcome finish(std::string_view id = {});

  /// True if a value of that name would be a title or a text.
  bool is_content(std::string_view name) const;
  const ReaderOptions& options() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// True for the names that titles and texts have in the archives of other programs.
bool names_content(std::string_view name);

}  // namespace fihris::reader
