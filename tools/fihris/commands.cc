// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"

namespace fihris::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands{
      {"index", "FILE...", "index articles; the same id again replaces an article", index_options,
       run_index},
      {"add", "FILE...", "the same, for an index that is there already", index_options, run_add},
      {"remove", "ID...", "remove articles", remove_options, run_remove},
      {"retag", "", "tag all articles anew, without reading the sources again", retag_options,
       run_retag},
      {"compact", "", "merge all segments into one", compact_options, run_compact},
      {"check", "", "compare an index with its manifest, and its parts with each other",
       check_options, run_check},
      {"stats", "", "figures of an index", stats_options, run_stats},
      {"export", "", "write all articles as JSON Lines", export_options, run_export},
      {"search", "QUERY", "find articles", search_command_options, run_search},
      {"facets", "[QUERY]", "count what matches by faction, region, date ...", facets_options,
       run_facets},
      {"timeline", "[QUERY]", "count what matches by day, week, month or year", timeline_options,
       run_timeline},
      {"cross", "[QUERY]", "count what matches by two or three facets at once", cross_options,
       run_cross},
      {"cooccur", "[QUERY]", "which factions (or regions) stand in the same articles",
       cooccur_options, run_cooccur},
      {"places", "[QUERY]", "count what matches by place, also as GeoJSON", places_options,
       run_places},
      {"show", "ID", "print an article", show_options, run_show},
      {"similar", "ID", "articles like this one", similar_options, run_similar},
      {"explain", "QUERY", "show how a query is understood", explain_options, run_explain},
      {"watch", "[NAME...]", "what is new for saved queries since the last time", watch_options,
       run_watch},
      {"ingest-check", "FILE...", "show the first articles of files as they would be indexed",
       ingest_check_options, run_ingest_check},
      {"tag", "FILE...", "name the factions, regions and dates of articles", tag_options, run_tag},
      {"discover", "FILE...", "list groups that articles name and no authority file knows",
       discover_options, run_discover},
      {"dates", "", "find the dates in a text and say which days they mean", dates_options,
       run_dates},
      {"analyze", "[TEXT]", "show how a text is split into words and stems", analyze_options,
       run_analyze},
      {"authority", "show ID | find NAME | check FILE... | add ID",
       "look up, check and extend factions and regions", authority_options, run_authority},
      {"eval", "COLLECTION...", "measure the ranking on collections with judged queries",
       eval_options, run_eval},
      {"serve", "", "answer requests of another program, as JSON Lines", serve_options, run_serve},
      {"version", "", "print the versions of the program, the analysis and the authority",
       version_options, run_version},
      {"help", "[COMMAND | query]", "explain a command, or the query language", help_options,
       run_help},
  };
  return kCommands;
}

}  // namespace fihris::cli
