// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdlib>
#include <iostream>

#include "commands.h"
#include "options.h"
#include "stdio_session.h"

namespace fihris::cli {

void serve_options(po::options_description& options) {
  add_db_option(options, true);
  auto add = options.add_options();
  add("stdio", po::bool_switch(),
      "answer requests on standard input, one JSON object a line, on standard output");
  add("write", po::bool_switch(), "answer add, remove and commit too");
  add_authority_options(options);
}

Exit run_serve(const po::variables_map& given) {
  if (!get<bool>(given, "stdio")) throw UsageError("--stdio says where requests come from");
  StdioOptions options;
  options.write = get<bool>(given, "write");
  const char* index = std::getenv("FIHRIS_INDEX");
  if (given.count("db") != 0 || (index != nullptr && *index != 0))
    options.indexes = db_paths(given);
  serve_stdio(std::cin, std::cout, read_authority(given), options);
  return Exit::done;
}

}  // namespace fihris::cli
