// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "command.h"
#include "fihris/search.h"

/// What the commands that ask an index have in common.
namespace fihris::cli {

/// --db, --authority, --match, --today, --strict, --filter, --deadline …
void add_search_options(po::options_description& options);
/// The query from the arguments, a JSON tree with --tree. Warnings go to standard error.
Query read_query(const po::variables_map& given, const Authority& authority);
/// The warnings of a query that was parsed of `text`, to standard error.
void show_warnings(const std::string& text, const Query& query);
/// The warnings that came only with the index, to standard error.
void show_new_warnings(const po::variables_map& given, const Query& query,
                       const SearchResults& results);
/// Found, nothing matched, or nothing because a date of the query is none.
Exit exit_of(const SearchResults& results);
QueryOptions query_options(const po::variables_map& given);
SearchOptions search_options(const po::variables_map& given);

}  // namespace fihris::cli
