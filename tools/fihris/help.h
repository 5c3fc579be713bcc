// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <iosfwd>

#include "command.h"

namespace fihris::cli {

void print_help(std::ostream& out);
void print_command_help(std::ostream& out, const Command& command);

}  // namespace fihris::cli
