// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "command.h"

/// Manual pages and completions, made from the table of commands and the options that each one
/// declares, so that they say what `--help` says.
namespace fihris::cli {

/// fihris(1): the list of commands.
std::string overview_page();
/// fihris-COMMAND(1).
std::string command_page(const Command& command);
/// fihris-query(7).
std::string query_page();

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace fihris::cli
