// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "command.h"

/// The two functions of every command, each in its file cmd_NAME.cc.
namespace fihris::cli {

void analyze_options(po::options_description& options);
Exit run_analyze(const po::variables_map& given);
void authority_options(po::options_description& options);
Exit run_authority(const po::variables_map& given);
void check_options(po::options_description& options);
Exit run_check(const po::variables_map& given);
void compact_options(po::options_description& options);
Exit run_compact(const po::variables_map& given);
void dates_options(po::options_description& options);
Exit run_dates(const po::variables_map& given);
void export_options(po::options_description& options);
Exit run_export(const po::variables_map& given);
void index_options(po::options_description& options);
Exit run_index(const po::variables_map& given);
Exit run_add(const po::variables_map& given);
void remove_options(po::options_description& options);
Exit run_remove(const po::variables_map& given);
void retag_options(po::options_description& options);
Exit run_retag(const po::variables_map& given);
void stats_options(po::options_description& options);
Exit run_stats(const po::variables_map& given);
void tag_options(po::options_description& options);
Exit run_tag(const po::variables_map& given);

}  // namespace fihris::cli
