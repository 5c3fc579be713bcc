// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "command.h"

/// The two functions of every command, each in its file cmd_NAME.cc.
namespace fihris::cli {

void analyze_options(po::options_description& options);
Exit run_analyze(const po::variables_map& given);
void authority_options(po::options_description& options);
Exit run_authority(const po::variables_map& given);
void dates_options(po::options_description& options);
Exit run_dates(const po::variables_map& given);
void tag_options(po::options_description& options);
Exit run_tag(const po::variables_map& given);

}  // namespace fihris::cli
