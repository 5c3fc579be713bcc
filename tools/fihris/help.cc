// SPDX-License-Identifier: GPL-2.0-or-later
#include "help.h"

#include <algorithm>
#include <cstring>
#include <iostream>

#include "fihris/error.h"

namespace fihris::cli {

void print_help(std::ostream& out) {
  out << "fihris: full-text and entity search for Arabic news\n\n"
         "usage: fihris COMMAND [options]\n\n";
  std::size_t width = 0;
  for (const auto& command : commands()) width = std::max(width, std::strlen(command.name));
  for (const auto& command : commands()) {
    out << "  " << command.name << std::string(width + 2 - std::strlen(command.name), ' ')
        << command.summary << '\n';
  }
  out << "\n`fihris COMMAND --help` explains a command, `fihris help query` the query language.\n"
         "--db DIR or FIHRIS_INDEX names the index. Exit status: 0 done or found, 1 nothing "
         "matched,\n"
         "2 wrong usage or query, 3 failure, 130 interrupted.\n";
}

void print_command_help(std::ostream& out, const Command& command) {
  po::options_description options("options", 96);
  command.options(options);
  options.add_options()("help,h", "show this help");
  out << "usage: fihris " << command.name << " [options]" << (*command.arguments != 0 ? " " : "")
      << command.arguments << "\n\n"
      << command.summary << ".\n\n"
      << options;
}

}  // namespace fihris::cli
