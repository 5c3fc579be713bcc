// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "base/json_writer.h"
#include "commands.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "fihris/search.h"
#include "hit_output.h"
#include "options.h"
#include "output.h"
#include "search_options.h"

namespace fihris::cli {

void watch_options(po::options_description& options) {
  add_search_options(options);
  auto add = options.add_options();
  add("state", po::value<std::string>()->value_name("FILE"),
      "where what was seen is kept from one call to the next");
  add("limit,n", po::value<std::size_t>()->value_name("N"), "articles to show of each query (10)");
  add_format_option(
      options,
      "text (default) or json: one object an article, with the query's name and why it matched");
}

namespace {

using States = std::map<std::string, std::string>;

/// Lines of NAME<TAB>STATE.
States read_states(const std::string& file) {
  States states;
  std::ifstream in(file, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    if (const auto tab = line.find('\t'); tab != std::string::npos)
      states[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return states;
}

void write_states(const std::string& file, const States& states) {
  const auto aside = file + ".tmp";
  std::ofstream out(aside, std::ios::binary);
  for (const auto& [name, state] : states) out << name << '\t' << state << '\n';
  out.close();
  if (!out || std::rename(aside.c_str(), file.c_str()) != 0)
    throw Error(ErrorCode::io, file + ": cannot write");
}

}  // namespace

Exit run_watch(const po::variables_map& given) {
  const bool json = output_format(given, {"text", "json"}) == "json";
  const auto file = get<std::string>(given, "state");
  if (file.empty()) throw UsageError("--state FILE keeps what was seen from one call to the next");
  const auto how = query_options(given);
  auto wanted = arguments(given);
  if (wanted.empty()) {
    for (const auto& [name, text] : how.saved) wanted.push_back(name);
  }
  if (how.saved.empty() || wanted.empty())
    throw UsageError("--saved FILE names the queries to watch");
  auto options = search_options(given);
  options.limit = get<std::size_t>(given, "limit", 10);
  auto states = read_states(file);
  Searcher searcher(db_paths(given), read_authority(given));
  bool any = false;
  for (const auto& name : wanted) {
    const auto saved = std::find_if(how.saved.begin(), how.saved.end(),
                                    [&](const auto& s) { return s.first == name; });
    if (saved == how.saved.end()) throw UsageError("no saved query \"" + name + "\"");
    const auto query = Query::parse(saved->second, searcher.authority(), how);
    show_warnings(saved->second, query);
    const auto found = searcher.watch(query, states[name], options);
    states[name] = found.state;
    if (found.hits.empty()) continue;
    any = true;
    if (!json)
      std::cout << "@" << printable(name) << ": " << counted(found.total, "article") << '\n';
    for (const auto& hit : found.hits) {
      if (json) {
        JsonWriter out;
        out.begin_object().field("query", name).key("hit").raw(hit_json(hit)).end_object();
        std::cout << out.str() << '\n';
      } else {
        print_hit(hit);
        std::string why;
        for (const auto& word : hit.why) why += (why.empty() ? "" : "، ") + printable(word);
        if (!why.empty()) std::cout << "   matched: " << isolated(why) << '\n';
      }
    }
  }
  write_states(file, states);
  return any ? Exit::done : Exit::nothing;
}

}  // namespace fihris::cli
