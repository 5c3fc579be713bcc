// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"

#include "command.h"

namespace fihris::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands{
      {"tag", "FILE...", "name the factions, regions and dates of articles", tag_options, run_tag},
  };
  return kCommands;
}

}  // namespace fihris::cli
