// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fihris/authority.h"
#include "fihris/date.h"
#include "fihris/export.h"

namespace fihris {

/// A part of a query that was not understood and taken literally, or was cut to a limit.
struct QueryWarning {
  std::size_t begin = 0;  ///< byte offset in the query
  std::size_t end = 0;    ///< one past its last byte
  std::string message;    ///< one sentence in English
  bool no_date = false;   ///< what stands in a field of dates is none
};

/// How the text of a query is read.
struct QueryOptions {
  /// How words that stand side by side are joined.
  enum class Match : unsigned char { all, any, automatic };
  /// How bare words are joined; automatic: all, and if nothing matches, any.
  Match match = Match::automatic;
  bool plain = false;   ///< words only, no operators (for topics of an evaluation)
  bool strict = false;  ///< a warning is an error: Error{bad_query}
  /// The day «أمس» counts from; empty: relative dates are not understood.
  std::optional<Date> today;
  std::vector<std::pair<std::string, std::string>> saved;  ///< name and text of `@name`
};

/// A query as it was understood: see the query language. A blank one matches every article.
/// Immutable once made: share it among threads; copies are cheap.
class FIHRIS_API Query {
 public:
  /// Reads a text that a person typed (docs/query-language.md). Never fails unless `strict`: bad
  /// parts are taken literally and told in `warnings()`. \throws Error{bad_query} if `strict`.
  static Query parse(std::string_view text, const Authority& authority,
                     const QueryOptions& options = {});
  /// Reads what `json()` writes. \throws Error{bad_query}
  static Query from_json(std::string_view json, const Authority& authority,
                         const QueryOptions& options = {});
  Query(const Query&);
  Query(Query&&) noexcept;
  Query& operator=(const Query&);
  Query& operator=(Query&&) noexcept;
  ~Query();

  /// What was not understood, in order of the text; empty for a query that was understood whole.
  const std::vector<QueryWarning>& warnings() const noexcept;
  /// The syntax tree as one JSON object.
  std::string json() const;
  /// True for a blank query, which matches every article.
  bool empty() const noexcept;

  struct Impl;
  const Impl& impl() const noexcept { return *impl_; }

 private:
  explicit Query(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace fihris
