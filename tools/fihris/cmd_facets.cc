// SPDX-License-Identifier: GPL-2.0-or-later
// The commands that count what matches: facets, timeline, cross, cooccur, places.
#include <iomanip>
#include <iostream>
#include <sstream>

#include "base/json_writer.h"
#include "commands.h"
#include "facet_output.h"
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

void add_counting_options(po::options_description& options) {
  auto add = options.add_options();
  add("top", po::value<std::size_t>()->value_name("N"), "at most so many values (10; 0: all)");
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
      "faction,region,source,kind,published[:day|week|month|year],event[:…] "
      "(faction,region,published)");
  add_counting_options(options);
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
    auto request = facet_request(name);
    counting(given, request, 10);
    request.below = get<std::string>(given, "below");
    request.direct = get<bool>(given, "direct");
    request.name_filter = get<std::string>(given, "named");
    options.facets.push_back(std::move(request));
  }
  Searcher searcher(db_paths(given), read_authority(given));
  const auto results = searcher.search(read_query(given, searcher.authority()), options);
  if (format == "text")
    std::cout << grouped(results.total) << (results.total == 1 ? " article\n" : " articles\n");
  for (const auto& counts : results.facets) {
    if (format == "json") {
      std::cout << facet_json(counts) << '\n';
    } else {
      print_facet(std::cout, counts, table_format(format));
    }
  }
  return results.total > 0 ? Exit::done : Exit::nothing;
}

void timeline_options(po::options_description& options) {
  add_search_options(options);
  auto add = options.add_options();
  add("by", po::value<std::string>()->value_name("STEP"), "day, week, month (default) or year");
  add("of", po::value<std::string>()->value_name("FACET"),
      "published (default) or event: the days that articles tell of");
  add_format_option(options, "text (default): a chart; json, tsv or csv");
}

Exit run_timeline(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv"});
  auto options = counts_only(given);
  const auto of = get<std::string>(given, "of", "published");
  if (of != "published" && of != "event")
    throw UsageError("--of " + of + ": wanted published or event");
  auto request = facet_request(of + ":" + get<std::string>(given, "by", "month"));
  request.top = 0;
  options.facets.push_back(request);
  Searcher searcher(db_paths(given), read_authority(given));
  const auto results = searcher.search(read_query(given, searcher.authority()), options);
  if (format == "json") {
    std::cout << facet_json(results.facets.front()) << '\n';
  } else {
    print_facet(std::cout, results.facets.front(), table_format(format));
  }
  return results.total > 0 ? Exit::done : Exit::nothing;
}

void cross_options(po::options_description& options) {
  add_search_options(options);
  options.add_options()("by", po::value<std::string>()->value_name("NAMES"),
                        "two or three facets: faction,region,month (faction,region)");
  add_counting_options(options);
  add_format_option(options, "text (default), json, tsv or csv");
}

Exit run_cross(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv"});
  std::vector<FacetRequest> by;
  for (const auto& name : listed(get<std::string>(given, "by", "faction,region"))) {
    by.push_back(facet_request(name));
    counting(given, by.back(), 0);
  }
  if (by.size() < 2 || by.size() > 3) throw UsageError("--by wants two or three facets");
  Searcher searcher(db_paths(given), read_authority(given));
  const auto crossed =
      searcher.cross(read_query(given, searcher.authority()), by, counts_only(given));
  Strings header;
  for (const auto& request : by) {
    header.emplace_back(facet_name(request.field));
    const bool named = request.field == FacetField::faction || request.field == FacetField::region;
    if (named) header.push_back(header.back() + "_ar");
  }
  header.emplace_back("count");
  Table table(header, table_format(format));
  for (const auto& row : crossed.rows) {
    Strings cells;
    JsonWriter json;
    json.begin_object();
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
      const auto& key = row.keys[i];
      const bool named = by[i].field == FacetField::faction || by[i].field == FacetField::region;
      cells.push_back(bucket_name(by[i], key.id));
      json.field(facet_name(by[i].field), cells.back());
      if (named) {
        cells.push_back(key.ar);
        json.field(std::string(facet_name(by[i].field)) + "_ar", key.ar);
      }
    }
    cells.push_back(std::to_string(row.count));
    json.field("count", row.count).end_object();
    if (format == "json") {
      std::cout << json.str() << '\n';
    } else {
      table.row(std::move(cells));
    }
  }
  if (format != "json") table.print(std::cout);
  return crossed.rows.empty() ? Exit::nothing : Exit::done;
}

void cooccur_options(po::options_description& options) {
  add_search_options(options);
  options.add_options()("of", po::value<std::string>()->value_name("FACET"),
                        "faction (default), region or source");
  add_counting_options(options);
  add_format_option(options, "text (default), json, tsv or csv");
}

Exit run_cooccur(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "tsv", "csv"});
  const auto request = facet_request(get<std::string>(given, "of", "faction"));
  Searcher searcher(db_paths(given), read_authority(given));
  const auto pairs = searcher.cooccur(read_query(given, searcher.authority()), request.field,
                                      get<std::size_t>(given, "top", 50),
                                      get<std::size_t>(given, "min", 2), counts_only(given));
  Table table({"a", "b", "count", "expected", "g2", "pmi", "a_ar", "b_ar"}, table_format(format));
  for (const auto& pair : pairs) {
    if (format == "json") {
      JsonWriter json;
      json.begin_object();
      for (const auto& [key, value] : {std::pair{"a", &pair.a}, {"b", &pair.b}}) {
        json.key(key)
            .begin_object()
            .field("id", value->id)
            .field("ar", value->ar)
            .field("en", value->en);
        json.field("count", value->count).end_object();
      }
      json.field("count", pair.count)
          .field("expected", pair.expected)
          .field("g2", pair.log_likelihood);
      std::cout << json.field("pmi", pair.pmi).end_object().str() << '\n';
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
  add_counting_options(options);
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
    JsonWriter json;
    json.begin_object().field("type", "FeatureCollection").key("features").begin_array();
    for (const auto& place : places) {
      json.begin_object()
          .field("type", "Feature")
          .key("geometry")
          .begin_object()
          .field("type", "Point");
      json.key("coordinates")
          .begin_array()
          .value(place.lon)
          .value(place.lat)
          .end_array()
          .end_object();
      json.key("properties")
          .begin_object()
          .field("id", place.id)
          .field("ar", place.ar)
          .field("en", place.en);
      json.field("kind", place.kind).field("count", place.count).end_object().end_object();
    }
    std::cout << json.end_array().end_object().str() << '\n';
  } else {
    Table table({"region", "count", "lat", "lon", "ar", "en"}, table_format(format));
    for (const auto& place : places) {
      if (format == "json") {
        JsonWriter json;
        json.begin_object()
            .field("id", place.id)
            .field("ar", place.ar)
            .field("en", place.en)
            .field("kind", place.kind);
        json.field("lat", place.lat)
            .field("lon", place.lon)
            .field("count", place.count)
            .end_object();
        std::cout << json.str() << '\n';
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
