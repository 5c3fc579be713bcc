// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "commands.h"
#include "fihris/authority.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {

void authority_options(po::options_description& options) {
  add_authority_options(options);
  auto add = options.add_options();
  add("facet", po::value<std::string>()->value_name("faction|region"),
      "of these alone; both if not given");
  add("file", po::value<std::string>()->value_name("FILE"),
      "add: the file that the row is added to");
  add("set", po::value<std::vector<std::string>>()->composing()->value_name("COLUMN=TEXT"),
      "add: a cell of the new row: ar=…, en=…, kind=…, country=…, names=…, parent=…, lat=…, lon=…");
  add_format_option(options, "text (default) or json");
}

namespace {

std::vector<Facet> facets(const po::variables_map& given) {
  const auto name = get<std::string>(given, "facet");
  if (name.empty()) return {Facet::faction, Facet::region};
  if (name == "faction") return {Facet::faction};
  if (name == "region") return {Facet::region};
  throw UsageError("--facet " + name + ": wanted faction or region");
}

std::string marks(const EntityName& name) {
  std::string text;
  const auto add = [&](bool on, const std::string& mark) {
    if (on) text += (text.empty() ? "" : ",") + mark;
  };
  add(name.context, "context");
  add(name.ambiguous, "ambiguous");
  add(name.pejorative, "pejorative");
  add(name.short_form, "short");
  add(name.exact, "exact");
  add(name.query_only, "query");
  std::string in;
  for (const auto& country : name.in) in += (in.empty() ? "" : "+") + country;
  add(!in.empty(), "in=" + in);
  add(!name.from.empty(), "from=" + name.from);
  add(!name.until.empty(), "until=" + name.until);
  return text;
}

void print_text(const Entity& entity, const Authority& authority, bool whole) {
  std::cout << entity.id << "  " << isolated(entity.ar) << "  " << entity.en;
  const bool both = !entity.kind.empty() && !entity.country.empty();
  if (!entity.kind.empty() || !entity.country.empty())
    std::cout << "  (" << entity.kind << (both ? ", " : "") << entity.country << ")";
  std::cout << '\n';
  if (!whole) return;
  for (const auto& name : entity.names) {
    const auto marked = marks(name);
    std::cout << "  name  " << isolated(name.text) << (marked.empty() ? "" : "  [" + marked + "]")
              << '\n';
  }
  for (const auto& id : authority.ancestors(entity.facet, entity.id))
    std::cout << "  in  " << id << '\n';
  for (const auto& id : entity.member_of) std::cout << "  member of  " << id << '\n';
  if (!entity.from.empty() || !entity.until.empty())
    std::cout << "  from " << entity.from << " until " << entity.until << '\n';
  if (!entity.successor.empty()) std::cout << "  successor  " << entity.successor << '\n';
  if (entity.lat && entity.lon) std::cout << "  at  " << *entity.lat << ", " << *entity.lon << '\n';
  const auto children = authority.children(entity.facet, entity.id);
  if (!children.empty()) std::cout << "  holds  " << children.size() << '\n';
}

Exit check(const std::vector<std::string>& files) {
  if (files.empty()) throw UsageError("check FILE...: which files?");
  const auto faults = Authority::check(files);
  for (const auto& fault : faults) {
    std::cout << fault.file;
    if (fault.line > 0) std::cout << ':' << fault.line;
    std::cout << ": " << printable(fault.message) << '\n';
  }
  std::cerr << (faults.empty() ? "no fault found" : counted(faults.size(), "fault")) << '\n';
  return faults.empty() ? Exit::done : Exit::failure;
}

/// Adds a row to a user's file, which is made with a header if it is not there, and checks it.
Exit add(const po::variables_map& given, const std::vector<std::string>& words) {
  if (words.size() != 1) throw UsageError("add ID --file FILE --set ar=… --set …");
  const auto file = get<std::string>(given, "file");
  const auto facet = facets(given);
  if (file.empty() || facet.size() != 1)
    throw UsageError("add needs --file FILE and --facet faction or region");
  const std::string header =
      facet.front() == Facet::faction
          ? "id\tkind\tcountry\tar\ten\tnames\tparent\tmember_of\tfrom\tuntil\tsuccessor\twikidata"
          : "id\tkind\tcountry\tar\ten\tnames\tmarks\tlat\tlon\tpopulation\tgeonames\twikidata";
  std::string old;
  if (std::ifstream in(file, std::ios::binary); in)
    old.assign(std::istreambuf_iterator<char>(in), {});
  if (old.empty()) old = header + "\n";
  if (old.back() != '\n') old += '\n';
  std::string columns;
  for (std::istringstream lines(old); std::getline(lines, columns);) {
    if (!columns.empty() && columns[0] != '#') break;
  }
  std::vector<std::pair<std::string, std::string>> cells;
  for (const auto& pair : get<std::vector<std::string>>(given, "set")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) throw UsageError("--set " + pair + ": wanted COLUMN=TEXT");
    cells.emplace_back(pair.substr(0, equals), tsv_cell(pair.substr(equals + 1)));
  }
  std::string row;
  std::istringstream names(columns);
  for (std::string name; std::getline(names, name, '\t');) {
    if (!row.empty()) row += '\t';
    if (name == "id") row += words.front();
    for (auto& cell : cells) {
      if (cell.first != name) continue;
      row += cell.second;
      cell.first.clear();
    }
  }
  for (const auto& cell : cells) {
    if (!cell.first.empty())
      throw UsageError("--set " + cell.first + ": the file has no such column");
  }
  const auto aside = file + ".tmp";
  {
    std::ofstream out(aside, std::ios::binary);
    out << old << row << '\n';
    if (!out.flush()) throw Error(ErrorCode::io, aside + ": cannot write");
  }
  try {
    auto files = get<std::vector<std::string>>(given, "authority");
    std::erase(files, file);
    files.push_back(aside);
    Authority::load(files, !get<bool>(given, "no-builtin"));  // refuses what cannot be laid over
  } catch (const Error& error) {
    std::remove(aside.c_str());
    std::string message = error.what();
    if (message.starts_with(aside)) message.replace(0, aside.size(), file);
    throw Error(error.code(), message, error.hint());
  }
  if (std::rename(aside.c_str(), file.c_str()) != 0)
    throw Error(ErrorCode::io, file + ": cannot write");
  std::cerr << file << ": added " << words.front() << '\n';
  return Exit::done;
}

}  // namespace

Exit run_authority(const po::variables_map& given) {
  auto words = arguments(given);
  const bool json = output_format(given, {"text", "json"}) == "json";
  if (words.empty()) throw UsageError("wanted show ID, find NAME, check FILE..., or add ID");
  const auto what = words.front();
  words.erase(words.begin());
  if (what == "check") return check(words);
  if (what == "add") return add(given, words);
  if (what != "show" && what != "find")
    throw UsageError("\"" + what + "\": wanted show, find, check or add");
  if (words.empty()) throw UsageError(what + ": of what?");
  const auto authority = read_authority(given);
  std::string typed;
  for (const auto& word : words) typed += (typed.empty() ? "" : " ") + word;
  bool found = false;
  for (const auto facet : facets(given)) {
    std::vector<Entity> entities;
    if (what == "show") {
      if (auto entity = authority.find(facet, typed)) entities.push_back(std::move(*entity));
    } else {
      entities = authority.resolve(facet, typed);
      for (auto& more : authority.find_by_name(facet, typed)) {
        if (std::none_of(entities.begin(), entities.end(),
                         [&](const Entity& e) { return e.id == more.id; })) {
          entities.push_back(std::move(more));
        }
      }
    }
    for (const auto& entity : entities) {
      found = true;
      if (json) {
        std::cout << entity_json(entity, authority) << '\n';
      } else {
        print_text(entity, authority, what == "show");
      }
    }
  }
  if (!found) std::cerr << "fihris: nothing is called \"" << printable(typed) << "\"\n";
  return found ? Exit::done : Exit::nothing;
}

}  // namespace fihris::cli
