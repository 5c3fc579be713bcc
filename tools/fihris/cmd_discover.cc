// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iostream>
#include <map>

#include "base/json_writer.h"
#include "commands.h"
#include "fihris/analysis.h"
#include "fihris/reader.h"
#include "fihris/tagger.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {

void discover_options(po::options_description& options) {
  add_format_option(options, "text (default) or json: one object a line");
  options.add_options()("limit", po::value<std::size_t>()->value_name("N")->default_value(100),
                        "the most frequent N; 0: all")(
      "min", po::value<std::size_t>()->value_name("N")->default_value(1),
      "only groups that N articles or more name");
  add_authority_options(options);
  add_reader_options(options);
}

namespace {

/// A place counts for a group if it is named this near, in bytes of UTF-8: two or three lines.
constexpr std::size_t kNear = 400;

struct Place {
  std::string ar, en;
  std::size_t articles = 0;
};

struct Group {
  std::string name;
  std::string article;      ///< id of the first one
  std::string first, last;  ///< days of publication
  std::size_t articles = 0;
  std::size_t mentions = 0;
  std::map<std::string, Place> places;  ///< by id
};

bool beside(const EntityTag& place, const CandidateTag& group) {
  for (const auto& there : place.mentions) {
    for (const auto& here : group.mentions) {
      if (there.field != here.field) continue;
      const auto gap = there.begin > here.end   ? there.begin - here.end
                       : here.begin > there.end ? here.begin - there.end
                                                : 0;
      if (gap <= kNear) return true;
    }
  }
  return false;
}

void collect(std::map<std::string, Group>& groups, const Article& article,
             const ArticleTags& tags) {
  for (const auto& candidate : tags.candidates) {
    auto& group = groups[Analyzer::fold(candidate.name)];
    if (group.articles++ == 0) {
      group.name = candidate.name;
      group.article = article.id;
    }
    group.mentions += candidate.mentions.size();
    if (article.date) {
      const auto day = to_iso(*article.date);
      if (group.first.empty() || day < group.first) group.first = day;
      group.last = std::max(group.last, day);
    }
    for (const auto& tag : tags.regions) {
      if (!beside(tag, candidate)) continue;
      auto& place = group.places[tag.entity.id];
      place.ar = tag.entity.ar;
      place.en = tag.entity.en;
      ++place.articles;
    }
  }
}

std::vector<std::pair<std::string, Place>> most_frequent(const Group& group, std::size_t limit) {
  std::vector<std::pair<std::string, Place>> places(group.places.begin(), group.places.end());
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return a.second.articles > b.second.articles;
  });
  places.resize(std::min(places.size(), limit));
  return places;
}

void print_json(const Group& group) {
  JsonWriter json;
  json.begin_object().field("name", group.name);
  json.field("articles", group.articles).field("mentions", group.mentions);
  json.field("first", group.first).field("last", group.last).field("example", group.article);
  json.key("places").begin_array();
  for (const auto& [id, place] : most_frequent(group, 10)) {
    json.begin_object().field("id", id).field("ar", place.ar).field("en", place.en);
    json.field("articles", place.articles).end_object();
  }
  std::cout << json.end_array().end_object().str() << '\n';
}

void print_text(const Group& group) {
  std::cout << group.articles << '\t' << group.mentions << '\t' << isolated(printable(group.name))
            << '\t' << group.first << (group.first == group.last ? "" : ".." + group.last) << '\t';
  const char* between = "";
  for (const auto& [id, place] : most_frequent(group, 5)) {
    std::cout << between << isolated(place.ar.empty() ? place.en : place.ar) << ' '
              << place.articles;
    between = ", ";
  }
  std::cout << '\t' << printable(group.article) << '\n';
}

}  // namespace

Exit run_discover(const po::variables_map& given) {
  const bool json = output_format(given, {"text", "json"}) == "json";
  const auto inputs = arguments(given);
  if (inputs.empty()) throw UsageError("which articles? Name files, or - for standard input");
  const auto limit = get<std::size_t>(given, "limit");
  const auto fewest = get<std::size_t>(given, "min");
  Tagger tagger(read_authority(given));
  ArticleReader reader(inputs, reader_options(given));
  reader.on_fault([](const ReadFault& fault) {
    std::cerr << printable(fault.origin.str() + ": " + fault.message)
              << (fault.skipped ? " (skipped)\n" : "\n");
  });
  std::map<std::string, Group> groups;
  while (const auto next = reader.next()) {
    const auto& article = next->first;
    collect(groups, article, tagger.tag(article.title, article.text, article.date));
  }
  std::vector<const Group*> order;
  for (const auto& [key, group] : groups) {
    if (group.articles >= fewest) order.push_back(&group);
  }
  std::stable_sort(order.begin(), order.end(), [](const Group* a, const Group* b) {
    return a->articles != b->articles ? a->articles > b->articles : a->mentions > b->mentions;
  });
  if (limit > 0) order.resize(std::min(order.size(), limit));
  if (!json && !order.empty()) std::cout << "articles\tmentions\tname\tdays\tplaces\texample\n";
  for (const auto* group : order) {
    if (json) {
      print_json(*group);
    } else {
      print_text(*group);
    }
  }
  return order.empty() ? Exit::nothing : Exit::done;
}

}  // namespace fihris::cli
