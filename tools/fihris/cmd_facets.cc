// SPDX-License-Identifier: GPL-2.0-or-later
// The commands that count what matches: facets, timeline, cross, cooccur, places.
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>
#include <utility>

#include "commands.h"
#include "facet_output.h"
#include "fihris/json.h"
#include "fihris/search.h"
#include "options.h"
#include "output.h"
#include "search_options.h"

namespace fihris::cli {
namespace {

using Strings = std::vector<std::string>;

TableFormat table_format(const std::string& format) {
  if (format == "tsv") return TableFormat::tsv;
  return format == "csv" ? TableFormat::csv : TableFormat::text;
}

/// Names parted by commas.
Strings listed(const std::string& text) {
  Strings names;
  std::istringstream in(text);
  for (std::string name; std::getline(in, name, ',');) {
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

std::string rounded(double number, int places) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(places) << number;
  return out.str();
}

void add_counting_options(po::options_description& options, const char* top) {
  auto add = options.add_options();
  add("top", po::value<std::size_t>()->value_name("N"), top);
  add("min", po::value<std::size_t>()->value_name("N"), "leave out values with fewer articles (1)");
}

void counting(const po::variables_map& given, FacetRequest& request, std::size_t top) {
  request.top = get<std::size_t>(given, "top", top);
  request.min = get<std::size_t>(given, "min", 1);
}

/// No hits, only counts: what the commands of this file ask of a searcher.
SearchOptions counts_only(const po::variables_map& given) {
  auto options = search_options(given);
  options.limit = 0;
  options.snippets = false;
  options.suggest = false;
  return options;
}

}  // namespace

void facets_options(po::options_description& options) {
  add_search_options(options);
  auto add = options.add_options();
  add("by", po::value<std::string>()->value_name("NAMES"),
      "what to count, parted by commas: faction, region, source, kind, published[:STEP], "
      "event[:STEP], where STEP is day, week, month or year (faction,region,published)");
  add_counting_options(options, "at most so many values (10; 0: all)");
  add("below", po::value<std::string>()->value_name("ID"),
      "only what lies directly below this region or faction; / for the top");
  add("direct", po::bool_switch(), "count tags alone, not for what they belong to");
  add("named", po::value<std::string>()->value_name("TEXT"),
      "only values with this in a name, in any language");
  add_format_option(options, "text (default), json, tsv or csv");
}

Exit run_facets(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv"});
  auto options = counts_only(given);
  for (const auto& name : listed(get<std::string>(given, "by", "faction,region,published"))) {
    auto request = parse_facet(name);
    counting(given, request, 10);
    request.below = get<std::string>(given, "below");
    request.direct = get<bool>(given, "direct");
    request.name_filter = get<std::string>(given, "named");
    options.facets.push_back(std::move(request));
  }
  Searcher searcher(db_paths(given), read_authority(given));
  const auto query = read_query(given, searcher.authority());
  const auto results = searcher.search(query, options);
  show_new_warnings(given, query, results);
  if (format == "text") std::cout << counted(results.total, "article") << '\n';
  for (const auto& counts : results.facets) {
    if (format == "json") {
      std::cout << facet_json(counts) << '\n';
    } else {
      print_facet(std::cout, counts, table_format(format));
    }
  }
  return exit_of(results);
}

void timeline_options(po::options_description& options) {
  add_search_options(options);
  auto add = options.add_options();
  add("by", po::value<std::string>()->value_name("STEP"), "day, week, month (default) or year");
  add("of", po::value<std::string>()->value_name("published|event"),
      "the day of publication (default), or the days that articles tell of");
  add_format_option(options, "text (default): a chart; json, tsv or csv");
}

Exit run_timeline(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv"});
  auto options = counts_only(given);
  const auto of = get<std::string>(given, "of", "published");
  if (of != "published" && of != "event")
    throw UsageError("--of " + of + ": wanted published or event");
  auto request = parse_facet(of + ":" + get<std::string>(given, "by", "month"));
  request.top = 0;
  options.facets.push_back(request);
  Searcher searcher(db_paths(given), read_authority(given));
  const auto query = read_query(given, searcher.authority());
  const auto results = searcher.search(query, options);
  show_new_warnings(given, query, results);
  if (format == "json") {
    std::cout << facet_json(results.facets.front()) << '\n';
  } else {
    print_facet(std::cout, results.facets.front(), table_format(format));
  }
  return exit_of(results);
}

namespace {

/// The values of one side of a cross table: dates in order, others by their number of articles.
std::vector<FacetValue> side(const CrossTable& crossed, const FacetRequest& request,
                             std::size_t key) {
  std::map<std::string, FacetValue> known;
  for (const auto& row : crossed.rows) known.emplace(row.keys[key].id, row.keys[key]);
  std::vector<FacetValue> values;
  for (auto& [id, value] : known) values.push_back(std::move(value));
  if (request.field != FacetField::published && request.field != FacetField::event) {
    std::stable_sort(values.begin(), values.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
  }
  return values;
}

/// Two facets as lines and columns. False, and nothing printed, if it would be too wide.
bool print_crossed(const CrossTable& crossed, const std::vector<FacetRequest>& by) {
  constexpr std::size_t kWidest = 100;  // of all headings together
  if (by.size() != 2) return false;
  const auto lines = side(crossed, by[0], 0);
  const auto columns = side(crossed, by[1], 1);
  const auto names = cross_names(by);
  Strings header{names[0]};
  std::size_t width = 0;
  for (const auto& column : columns) {
    header.push_back(bucket_name(by[1], column.id));
    width += display_width(header.back()) + 2;
  }
  if (width > kWidest) return false;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  for (const auto& row : crossed.rows) counts[{row.keys[0].id, row.keys[1].id}] = row.count;
  const bool named = by[0].field == FacetField::faction || by[0].field == FacetField::region;
  if (named) header.emplace_back("ar");
  Table table(header, TableFormat::text);
  for (const auto& line : lines) {
    Strings cells{bucket_name(by[0], line.id)};
    for (const auto& column : columns) {
      const auto found = counts.find({line.id, column.id});
      cells.push_back(found == counts.end() ? "" : std::to_string(found->second));
    }
    if (named) cells.push_back(line.ar);
    table.row(std::move(cells));
  }
  table.print(std::cout);
  return true;
}

}  // namespace

void cross_options(po::options_description& options) {
  add_search_options(options);
  options.add_options()("by", po::value<std::string>()->value_name("NAMES"),
                        "two or three facets: faction,region,month (faction,region)");
  add_counting_options(options,
                       "at most so many values of each facet (0: all, which is the default)");
  add_format_option(options, "text (default), json, tsv or csv");
}

Exit run_cross(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv"});
  std::vector<FacetRequest> by;
  for (const auto& name : listed(get<std::string>(given, "by", "faction,region"))) {
    by.push_back(parse_facet(name));
    counting(given, by.back(), 0);
  }
  if (by.size() < 2 || by.size() > 3) throw UsageError("--by wants two or three facets");
  Searcher searcher(db_paths(given), read_authority(given));
  const auto crossed =
      searcher.cross(read_query(given, searcher.authority()), by, counts_only(given));
  const auto names = cross_names(by);
  const auto named = [&](std::size_t i) {
    return by[i].field == FacetField::faction || by[i].field == FacetField::region;
  };
  if (format == "text" && print_crossed(crossed, by))
    return crossed.rows.empty() ? Exit::nothing : Exit::done;
  Strings header;
  for (std::size_t i = 0; i < by.size(); ++i) {
    header.push_back(names[i]);
    if (named(i)) header.push_back(names[i] + "_ar");
  }
  header.emplace_back("count");
  Table table(header, table_format(format));
  for (const auto& row : crossed.rows) {
    if (format == "json") {
      std::cout << cross_row_json(row, by) << '\n';
      continue;
    }
    Strings cells;
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
      cells.push_back(bucket_name(by[i], row.keys[i].id));
      if (named(i)) cells.push_back(row.keys[i].ar);
    }
    cells.push_back(std::to_string(row.count));
    table.row(std::move(cells));
  }
  if (format != "json") table.print(std::cout);
  return crossed.rows.empty() ? Exit::nothing : Exit::done;
}

void cooccur_options(po::options_description& options) {
  add_search_options(options);
  options.add_options()("of", po::value<std::string>()->value_name("faction|region"),
                        "what stands beside what (faction)");
  add_counting_options(options, "at most so many pairs (50; 0: all)");
  add_format_option(options, "text (default), json, tsv or csv");
}

Exit run_cooccur(const po::variables_map& typed) {
  auto given = typed;
  auto of = get<std::string>(given, "of", "faction");
  // The facet may also stand in front of the query.
  if (auto words = arguments(given); given.count("of") == 0 && !words.empty() &&
                                     (words.front() == "faction" || words.front() == "region")) {
    of = words.front();
    words.erase(words.begin());
    given.at("arguments").value() = words;
  }
  const auto format = output_format(given, {"text", "json", "tsv", "csv"});
  const auto request = parse_facet(of);
  Searcher searcher(db_paths(given), read_authority(given));
  const auto pairs = searcher.cooccur(read_query(given, searcher.authority()), request.field,
                                      get<std::size_t>(given, "top", 50),
                                      get<std::size_t>(given, "min", 2), counts_only(given));
  Table table({"a", "b", "count", "expected", "g2", "pmi", "a_ar", "b_ar"}, table_format(format));
  for (const auto& pair : pairs) {
    if (format == "json") {
      std::cout << cooccurrence_json(pair) << '\n';
      continue;
    }
    table.row({pair.a.id, pair.b.id, std::to_string(pair.count), rounded(pair.expected, 1),
               rounded(pair.log_likelihood, 1), rounded(pair.pmi, 2), pair.a.ar, pair.b.ar});
  }
  if (format != "json") table.print(std::cout);
  return pairs.empty() ? Exit::nothing : Exit::done;
}

void places_options(po::options_description& options) {
  add_search_options(options);
  add_counting_options(options, "at most so many places (20, geojson all; 0: all)");
  add_format_option(options, "text (default), json, tsv, csv or geojson");
}

Exit run_places(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv", "geojson"});
  const auto top = get<std::size_t>(given, "top", format == "geojson" ? 0 : 20);
  const auto min = get<std::size_t>(given, "min", 1);
  Searcher searcher(db_paths(given), read_authority(given));
  auto places = searcher.places(read_query(given, searcher.authority()), counts_only(given));
  std::erase_if(places, [&](const PlaceCount& place) { return place.count < min; });
  if (top > 0 && places.size() > top) places.resize(top);
  if (format == "geojson") {
    std::cout << places_geojson(places) << '\n';
  } else {
    Table table({"region", "count", "lat", "lon", "ar", "en"}, table_format(format));
    for (const auto& place : places) {
      if (format == "json") {
        std::cout << place_json(place) << '\n';
      } else {
        table.row({place.id, std::to_string(place.count), rounded(place.lat, 3),
                   rounded(place.lon, 3), place.ar, place.en});
      }
    }
    if (format != "json") table.print(std::cout);
  }
  return places.empty() ? Exit::nothing : Exit::done;
}

}  // namespace fihris::cli
