// SPDX-License-Identifier: GPL-2.0-or-later
#include "search_options.h"

#include <algorithm>
#include <fstream>
#include <iostream>

#include "fihris/error.h"
#include "fihris/json.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {
namespace {

using Strings = std::vector<std::string>;

std::string query_text(const po::variables_map& given) {
  std::string text;
  for (const auto& word : arguments(given)) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// What is wrong, with the part of the query that is meant and where it stands.
void show_warning(const std::string& text, const QueryWarning& warning) {
  constexpr std::size_t kShown = 60;  // columns
  std::cerr << "fihris: warning: " << printable(warning.message);
  if (warning.end > warning.begin && warning.end <= text.size()) {
    const auto part = printable(text.substr(warning.begin, warning.end - warning.begin));
    const auto shown = shortened(part, kShown);
    std::cerr << ": " << shown << " (bytes " << warning.begin << "-" << warning.end << ')';
  }
  std::cerr << '\n';
}

/// Values of --filter that name no faction or region are told: they match nothing.
void check_filters(const po::variables_map& given, const Authority& authority) {
  for (const auto& filter : search_options(given).filters) {
    if (filter.field != FacetField::faction && filter.field != FacetField::region) continue;
    const bool faction = filter.field == FacetField::faction;
    for (const auto& value : filter.values) {
      const auto facet = faction ? Facet::faction : Facet::region;
      if (authority.find(facet, value) || !authority.resolve(facet, value).empty()) continue;
      std::cerr << "fihris: warning: --filter: no " << (faction ? "faction" : "region")
                << " of this name: " << printable(value) << '\n';
    }
  }
}

}  // namespace

void add_search_options(po::options_description& options) {
  add_db_option(options, true);
  auto add = options.add_options();
  add("match", po::value<std::string>()->value_name("HOW"),
      "all, any or auto (default): all words, and if nothing has all, any");
  add("filter", po::value<Strings>()->composing()->value_name("FACET=VALUE,…"),
      "only articles with any of these values; several facets: all of them (faction=, region=, "
      "source=, kind=, published=, event=)");
  add("today", po::value<std::string>()->value_name("DAY"),
      "the day that «أمس» in the query counts from (today)");
  add("strict", po::bool_switch(), "a query that is not wholly understood is an error");
  add("saved", po::value<std::string>()->value_name("FILE"),
      "saved queries: NAME<TAB>QUERY a line, asked as @NAME");
  add("plain", po::bool_switch(), "words only: no operator is read");
  add("tree", po::bool_switch(), "QUERY is a tree as `fihris explain --format json` prints it");
  add("deadline", po::value<unsigned>()->value_name("MS"),
      "give up after so many milliseconds (10000)");
  add("partial", po::bool_switch(), "answer without a shard that does not, and say so");
  add_authority_options(options);
}

QueryOptions query_options(const po::variables_map& given) {
  QueryOptions options;
  const auto match = get<std::string>(given, "match", "auto");
  if (match == "all") {
    options.match = QueryOptions::Match::all;
  } else if (match == "any") {
    options.match = QueryOptions::Match::any;
  } else if (match != "auto") {
    throw UsageError("--match " + match + ": wanted all, any or auto");
  }
  options.plain = get<bool>(given, "plain");
  options.strict = get<bool>(given, "strict");
  if (const auto file = get<std::string>(given, "saved"); !file.empty()) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(ErrorCode::not_found, file + ": cannot open");
    std::uint64_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (line.empty() || line[0] == '#') continue;
      const auto tab = line.find('\t');
      if (tab == std::string::npos) {
        throw Error(ErrorCode::bad_format,
                    file + ":" + std::to_string(number) + ": wanted NAME<TAB>QUERY");
      }
      options.saved.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
  }
  options.today = given.count("today") != 0 ? read_day(given, "today") : today();
  return options;
}

Query read_query(const po::variables_map& given, const Authority& authority) {
  const auto text = query_text(given);
  check_filters(given, authority);
  if (get<bool>(given, "tree")) {
    auto query = Query::from_json(text, authority, query_options(given));
    // offsets are those of the query that the tree was made of
    show_warnings({}, query);
    return query;
  }
  auto query = Query::parse(text, authority, query_options(given));
  show_warnings(text, query);
  return query;
}

void show_warnings(const std::string& text, const Query& query) {
  for (const auto& warning : query.warnings()) show_warning(text, warning);
}

void show_new_warnings(const po::variables_map& given, const Query& query,
                       const SearchResults& results) {
  const auto text = get<bool>(given, "tree") ? std::string() : query_text(given);
  for (auto i = query.warnings().size(); i < results.warnings.size(); ++i)
    show_warning(text, results.warnings[i]);
}

Exit exit_of(const SearchResults& results) {
  if (results.total > 0) return Exit::done;
  const bool wrong = std::any_of(results.warnings.begin(), results.warnings.end(),
                                 [](const QueryWarning& warning) { return warning.no_date; });
  return wrong ? Exit::usage : Exit::nothing;
}

SearchOptions search_options(const po::variables_map& given) {
  SearchOptions options;
  options.partial = get<bool>(given, "partial");
  if (const auto ms = get<unsigned>(given, "deadline"); ms > 0)
    options.deadline = std::chrono::milliseconds(ms);
  for (const auto& pair : get<Strings>(given, "filter")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) throw UsageError("--filter " + pair + ": wanted FACET=VALUE");
    FacetFilter filter;
    filter.field = parse_facet(pair.substr(0, equals)).field;
    for (std::size_t at = equals + 1; at <= pair.size();) {
      const auto comma = std::min(pair.find(',', at), pair.size());
      if (comma > at) filter.values.push_back(pair.substr(at, comma - at));
      at = comma + 1;
    }
    options.filters.push_back(std::move(filter));
  }
  return options;
}

}  // namespace fihris::cli
