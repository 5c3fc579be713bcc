// SPDX-License-Identifier: GPL-2.0-or-later
#include <fstream>
#include <functional>
#include <iostream>
#include <utility>

#include "commands.h"
#include "facet_output.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "fihris/search.h"
#include "hit_output.h"
#include "options.h"
#include "output.h"
#include "search_options.h"

namespace fihris::cli {

void search_command_options(po::options_description& options) {
  add_search_options(options);
  auto add = options.add_options();
  add("limit,n", po::value<std::size_t>()->value_name("N"), "hits to show (10)");
  add("offset", po::value<std::size_t>()->value_name("N"), "hits to pass over");
  add("cursor", po::value<std::string>()->value_name("TEXT"),
      "the page after the one whose next_cursor this is (--format json prints it)");
  add("all", po::bool_switch(), "all hits, one after another as they are read");
  add("sort", po::value<std::string>()->value_name("BY"),
      "relevance (default), date (newest first), oldest, or both: relevant and recent, an article "
      "loses half its score in --half-life days");
  add("half-life", po::value<std::size_t>()->value_name("DAYS"),
      "for --sort both, counted from the newest article found (60)");
  add("facets", po::bool_switch(), "count factions, regions and months of publication too");
  add("facet", po::value<std::vector<std::string>>()->composing()->value_name("FACET"),
      "count this facet too: faction, region, source, kind, published[:day|week|month|year], "
      "event[:…]");
  add("top", po::value<std::size_t>()->value_name("N"), "values of a facet to show (10)");
  add("collapse", po::bool_switch(), "near-identical articles as one hit");
  add("no-snippets", po::bool_switch(), "titles only");
  add("queries", po::value<std::string>()->value_name("FILE"),
      "run many: QID<TAB>plain words a line");
  add_format_option(options,
                    "text (default), json: one object a hit, tsv, csv, trec or geojson: the tagged "
                    "places of each hit");
}

namespace {

std::vector<FacetRequest> requests(const po::variables_map& given) {
  std::vector<FacetRequest> wanted;
  auto names = get<std::vector<std::string>>(given, "facet");
  if (get<bool>(given, "facets"))
    names.insert(names.begin(), {"faction", "region", "published:month"});
  for (const auto& name : names) {
    wanted.push_back(parse_facet(name));
    wanted.back().top = get<std::size_t>(given, "top", 10);
  }
  return wanted;
}

/// Runs a file of topics: plain words, any of them.
Exit run_many(const po::variables_map& given, Searcher& searcher, SearchOptions options,
              const std::string& format) {
  const auto file = get<std::string>(given, "queries");
  std::ifstream in(file);
  if (!in) throw Error(ErrorCode::not_found, file + ": cannot open");
  auto how = query_options(given);
  how.plain = true;
  options.snippets = false;
  bool any = false;
  std::uint64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const auto tab = line.find('\t');
    if (tab == std::string::npos) {
      throw Error(ErrorCode::bad_format,
                  file + ":" + std::to_string(number) + ": wanted QID<TAB>words");
    }
    const auto qid = line.substr(0, tab);
    const auto results =
        searcher.search(Query::parse(line.substr(tab + 1), searcher.authority(), how), options);
    for (const auto& hit : results.hits) {
      any = true;
      if (format == "trec") {
        std::cout << qid << " Q0 " << hit.id << ' ' << hit.rank << ' ' << hit.score << " fihris\n";
      } else {
        std::cout << tsv_cell(qid) << '\t' << hit.rank << '\t' << tsv_cell(hit.id) << '\t'
                  << hit.score << '\n';
      }
    }
  }
  return any ? Exit::done : Exit::nothing;
}

SortBy sort_by(const std::string& name) {
  if (name == "relevance") return SortBy::relevance;
  if (name == "date") return SortBy::date_descending;
  if (name == "oldest") return SortBy::date_ascending;
  if (name == "both") return SortBy::both;
  throw UsageError("--sort " + name + ": wanted relevance, date, oldest or both");
}

void print_row(std::vector<std::string> cells, const std::string& format) {
  Table(std::move(cells), format == "tsv" ? TableFormat::tsv : TableFormat::csv).print(std::cout);
}

/// Prints one hit after another in the format.
std::function<void(const Hit&)> hit_printer(const std::string& format, const Authority& authority) {
  if (format == "json") return [](const Hit& hit) { std::cout << hit_json(hit) << '\n'; };
  if (format == "text") return print_hit;
  if (format == "geojson") {
    return [&authority, first = true](const Hit& hit) mutable {
      std::cout << (std::exchange(first, false) ? "" : ",\n") << hit_geojson(hit, authority);
    };
  }
  if (format == "trec") {
    return [](const Hit& hit) {
      std::cout << "1 Q0 " << hit.id << ' ' << hit.rank << ' ' << hit.score << " fihris\n";
    };
  }
  return [format](const Hit& hit) {
    print_row({std::to_string(hit.rank), hit.id, hit.date ? to_iso(*hit.date) : "", hit.source,
               std::to_string(hit.score), hit.title},
              format);
  };
}

}  // namespace

Exit run_search(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv", "trec", "geojson"});
  auto options = search_options(given);
  const bool all = get<bool>(given, "all");
  options.limit = all ? 0 : get<std::size_t>(given, "limit", 10);
  options.offset = get<std::size_t>(given, "offset");
  options.cursor = get<std::string>(given, "cursor");
  options.snippets = !get<bool>(given, "no-snippets") && (format == "text" || format == "json");
  options.collapse_copies = get<bool>(given, "collapse");
  options.facets = requests(given);
  options.sort = sort_by(get<std::string>(given, "sort", "relevance"));
  options.half_life = get<std::size_t>(given, "half-life", options.half_life);
  if (given.count("half-life") != 0 && options.sort != SortBy::both)
    throw UsageError("--half-life goes with --sort both");
  for (const char* other : {"limit", "offset", "cursor", "queries"}) {
    if (all && given.count(other) != 0)
      throw UsageError("--all gives all hits; --" + std::string(other) + " does not go with it");
  }
  if (all && options.collapse_copies) throw UsageError("--collapse does not go with --all");
  Searcher searcher(db_paths(given), read_authority(given));
  if (given.count("queries") != 0) return run_many(given, searcher, options, format);
  if (arguments(given).empty()) throw UsageError("search for what?");

  const auto query = read_query(given, searcher.authority());
  const auto results = searcher.search(query, options);
  show_new_warnings(given, query, results);
  for (const auto& shard : results.failed_shards)
    std::cerr << "fihris: partial answer: " << printable(shard) << '\n';
  if (results.any_instead_of_all)
    std::cerr << "no article has all the words; these have any of them\n";
  if (results.cursor_outdated)
    std::cerr << "fihris: the index changed since the page before: hits may repeat or be missing\n";

  const auto print = hit_printer(format, searcher.authority());
  if (format == "json") std::cout << results_head_json(results) << '\n';
  if (format == "text") {
    std::cout << counted(results.total, "article") << '\n';
  } else if (format == "tsv" || format == "csv") {
    print_row({"rank", "id", "date", "source", "score", "title"}, format);
  } else if (format == "geojson") {
    std::cout << R"({"type":"FeatureCollection","features":[)";
  }
  for (const auto& hit : results.hits) print(hit);
  if (all) {
    searcher.each(query, options, [&](const Hit& hit) {
      print(hit);
      return static_cast<bool>(std::cout);
    });
  }
  if (format == "geojson") std::cout << "]}\n";
  if (format == "json") {
    for (const auto& counts : results.facets) std::cout << facet_json(counts) << '\n';
  } else if (format == "text") {
    for (const auto& counts : results.facets) print_facet(std::cout, counts, TableFormat::text);
    if (!results.did_you_mean.empty())
      std::cerr << "did you mean: " << isolated(printable(results.did_you_mean)) << '\n';
  }
  return exit_of(results);
}

}  // namespace fihris::cli
