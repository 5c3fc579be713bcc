// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/query.h"
#include "query/ast.h"

namespace fihris::query {

struct ParseResult {
  Node root;  ///< Kind::none for a query without anything to search
  std::vector<QueryWarning> warnings;
};

/// Gives the text of a saved query, or nothing if there is none of that name.
using SavedQueries = std::function<std::optional<std::string>(std::string_view name)>;

/// Reads a query: any bytes give a tree. Names and dates are not resolved yet.
ParseResult parse(std::string_view text, const SavedQueries& saved);
/// Takes every word of `text` as a word, nothing as an operator.
ParseResult parse_plain(std::string_view text);

}  // namespace fihris::query
