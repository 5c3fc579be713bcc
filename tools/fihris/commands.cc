// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"

namespace fihris::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands{
      {"tag", "FILE...", "name the factions, regions and dates of articles", tag_options, run_tag},
      {"dates", "", "find the dates in a text and say which days they mean", dates_options,
       run_dates},
      {"analyze", "[TEXT]", "show how a text is split into words and stems", analyze_options,
       run_analyze},
      {"authority", "show ID | find NAME | check FILE... | add ID",
       "look up, check and extend factions and regions", authority_options, run_authority},
  };
  return kCommands;
}

}  // namespace fihris::cli
