// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "command.h"

/// The two functions of every command, each in its file cmd_NAME.cc.
namespace fihris::cli {

void index_options(po::options_description& options);
Exit run_add(const po::variables_map& given);
void analyze_options(po::options_description& options);
Exit run_analyze(const po::variables_map& given);
void authority_options(po::options_description& options);
Exit run_authority(const po::variables_map& given);
void check_options(po::options_description& options);
Exit run_check(const po::variables_map& given);
void compact_options(po::options_description& options);
Exit run_compact(const po::variables_map& given);
void cooccur_options(po::options_description& options);
Exit run_cooccur(const po::variables_map& given);
void cross_options(po::options_description& options);
Exit run_cross(const po::variables_map& given);
void dates_options(po::options_description& options);
Exit run_dates(const po::variables_map& given);
void eval_options(po::options_description& options);
Exit run_eval(const po::variables_map& given);
void explain_options(po::options_description& options);
Exit run_explain(const po::variables_map& given);
void discover_options(po::options_description& options);
Exit run_discover(const po::variables_map& given);
void export_options(po::options_description& options);
Exit run_export(const po::variables_map& given);
void facets_options(po::options_description& options);
Exit run_facets(const po::variables_map& given);
void help_options(po::options_description& options);
Exit run_help(const po::variables_map& given);
Exit run_index(const po::variables_map& given);
void places_options(po::options_description& options);
Exit run_places(const po::variables_map& given);
void ingest_check_options(po::options_description& options);
Exit run_ingest_check(const po::variables_map& given);
void remove_options(po::options_description& options);
Exit run_remove(const po::variables_map& given);
void retag_options(po::options_description& options);
Exit run_retag(const po::variables_map& given);
void serve_options(po::options_description& options);
Exit run_serve(const po::variables_map& given);
void search_command_options(po::options_description& options);
Exit run_search(const po::variables_map& given);
void show_options(po::options_description& options);
Exit run_show(const po::variables_map& given);
void similar_options(po::options_description& options);
Exit run_similar(const po::variables_map& given);
void stats_options(po::options_description& options);
Exit run_stats(const po::variables_map& given);
void tag_options(po::options_description& options);
Exit run_tag(const po::variables_map& given);
void timeline_options(po::options_description& options);
Exit run_timeline(const po::variables_map& given);
void version_options(po::options_description& options);
Exit run_version(const po::variables_map& given);
void watch_options(po::options_description& options);
Exit run_watch(const po::variables_map& given);

}  // namespace fihris::cli
