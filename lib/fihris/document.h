// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fihris/date.h"
#include "fihris/export.h"

namespace fihris {

/// A news article as it is read, indexed, stored and returned. All strings are valid UTF-8.
struct Article {
  std::string id;      ///< unique in an index; `article_id` makes one where the source has none
  std::string source;  ///< the paper or agency
  std::string url;     ///< where it can be read; not looked at
  std::optional<Date> date;  ///< day of publication
  std::string title;         ///< plain text; counts more than the text in ranking
  std::string author;        ///< as the paper gives it
  std::string text;          ///< plain text; line ends part paragraphs
  /// All other fields of the record in their order: name and value. A value that was no string is
  /// its JSON text, and `json` says so.
  struct Field {
    std::string name;   ///< none of the names above
    std::string value;  ///< a string, or JSON text
    bool json = false;  ///< `value` is JSON text
  };
  std::vector<Field> fields;  ///< kept and given back; `has:NAME` finds them, and
                              ///< `tag:` those of "tags"
};

/// Where a record stood: for messages "file:line: …".
struct Origin {
  std::string file;        ///< as it was named; a member of an archive with the archive before it
  std::uint64_t line = 0;  ///< 1-based; 0 where the format has no lines

  /// "file:line", or "file" without a line.
  FIHRIS_API std::string str() const;
};

/// The id of an article that brought none: 16 hexadecimal digits of a hash (FNV-1a, 64 bits) over
/// source, url, date and title, or over the text where all four are empty.
FIHRIS_API std::string article_id(const Article& article);

}  // namespace fihris
