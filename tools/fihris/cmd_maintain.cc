// SPDX-License-Identifier: GPL-2.0-or-later
// The commands that look after an index: add, remove, retag, compact, check, stats, export.
#include <cmath>
#include <iostream>

#include "commands.h"
#include "fihris/error.h"
#include "fihris/index.h"
#include "fihris/json.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {
namespace {

IndexOptions existing() {
  IndexOptions options;
  options.create = false;
  return options;
}

void tell(const IndexStats& stats) {
  std::cerr << counted(stats.documents, "article") << " in " << counted(stats.segments, "segment")
            << '\n';
}

}  // namespace

void remove_options(po::options_description& options) { add_db_option(options); }

Exit run_remove(const po::variables_map& given) {
  const auto ids = arguments(given);
  if (ids.empty()) throw UsageError("which articles? Name their ids");
  Indexer indexer(db_path(given), Authority::builtin(), existing());
  std::uint64_t removed = 0;
  for (const auto& id : ids) {
    if (indexer.remove(id)) {
      ++removed;
    } else {
      std::cerr << "no article \"" << printable(id) << "\"\n";
    }
  }
  indexer.commit();
  std::cerr << counted(removed, "article") << " removed\n";
  return removed > 0 ? Exit::done : Exit::nothing;
}

void retag_options(po::options_description& options) {
  add_db_option(options);
  add_authority_options(options);
}

Exit run_retag(const po::variables_map& given) {
  Indexer indexer(db_path(given), read_authority(given), existing());
  indexer.retag();
  tell(indexer.stats());
  return Exit::done;
}

void compact_options(po::options_description& options) { add_db_option(options); }

Exit run_compact(const po::variables_map& given) {
  Indexer indexer(db_path(given), Authority::builtin(), existing());
  indexer.compact();
  tell(indexer.stats());
  return Exit::done;
}

void check_options(po::options_description& options) {
  add_db_option(options);
  options.add_options()("repair", po::bool_switch(), "make anew what can be made from the rest");
}

Exit run_check(const po::variables_map& given) {
  const auto faults = check_index(db_path(given), get<bool>(given, "repair"));
  for (const auto& fault : faults) {
    std::cout << printable(fault.file) << ": " << printable(fault.message) << '\n';
    if (!fault.remedy.empty()) std::cout << "  " << printable(fault.remedy) << '\n';
  }
  std::cerr << (faults.empty() ? "the index is sound" : counted(faults.size(), "fault")) << '\n';
  return faults.empty() ? Exit::done : Exit::failure;
}

void stats_options(po::options_description& options) {
  add_db_option(options);
  add_format_option(options, "text (default) or json");
}

Exit run_stats(const po::variables_map& given) {
  const bool json = output_format(given, {"text", "json"}) == "json";
  const auto stats = index_stats(db_path(given));
  if (json) {
    std::cout << stats_json(stats) << '\n';
    return Exit::done;
  }
  std::cout << counted(stats.documents, "article");
  if (!stats.first_date.empty())
    std::cout << ", published " << stats.first_date << " to " << stats.last_date;
  std::cout << '\n'
            << grouped(stats.terms) << " terms, " << counted(stats.segments, "segment")
            << ", revision " << stats.revision << '\n';
  std::cout << grouped(stats.bytes) << " bytes";
  if (stats.text_bytes > 0) {
    std::cout << " for " << grouped(stats.text_bytes) << " bytes of text ("
              << std::floor(100.0 * static_cast<double>(stats.bytes) /
                            static_cast<double>(stats.text_bytes)) /
                     100
              << ")";
  }
  std::cout << '\n';
  if (stats.removed > 0)
    std::cout << grouped(stats.removed) << " removed articles wait for a merge\n";
  std::cout << "format " << stats.format << ", analyzer " << stats.analyzer << ", authority "
            << stats.authority << '\n';
  return Exit::done;
}

void export_options(po::options_description& options) { add_db_option(options); }

Exit run_export(const po::variables_map& given) {
  bool any = false;
  export_articles(db_path(given), [&](const Article& article) {
    std::cout << article_json(article) << '\n';
    any = true;
    return static_cast<bool>(std::cout);
  });
  return any ? Exit::done : Exit::nothing;
}

}  // namespace fihris::cli
