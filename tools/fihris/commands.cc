// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"

#include <algorithm>
#include <utility>

namespace fihris::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands{
      {"index", "FILE...", "index articles; make the index if there is none", index_options,
       run_index, HelpGroup::write,
       "Reads JSON Lines, JSON, CSV, TSV, plain text, HTML, feeds, MediaWiki and TREC files, "
       "packed or "
       "not, whole folders, and - for standard input. An article whose id is there already is "
       "replaced. Records that cannot be read are told with file and line and cost no other. A run "
       "that was interrupted goes on where its last commit was when it is called again.",
       "fihris index articles.jsonl --db new.idx\n"
       "fihris index articles.jsonl --db new.idx --map title=title --map author=\n"
       "fihris index articles.jsonl --dry-run"},
      {"add", "FILE...", "add articles to an index, or replace them by id", index_options, run_add,
       HelpGroup::write,
       "The same as index, for an index that is there already: a wrong name makes no new one. Who "
       "is searching meanwhile goes on seeing the index as it was.",
       "fihris add articles.jsonl --db news.idx"},
      {"remove", "ID...", "remove articles", remove_options, run_remove, HelpGroup::write,
       "Removed articles are found no more as soon as the command ends; their room is given back "
       "when "
       "segments are merged. Status 1 if there was none of these ids.",
       "fihris remove sample-143 sample-144 --db news.idx"},
      {"retag", "", "tag all articles anew, without reading the sources again", retag_options,
       run_retag, HelpGroup::write,
       "For an authority file that was changed, and after an update of fihris that analyses words "
       "in another way.",
       "fihris retag --db news.idx"},
      {"compact", "", "merge all segments into one", compact_options, run_compact, HelpGroup::write,
       "Searches get a little faster, and what was removed leaves the disk. Needs room for the "
       "index "
       "once more while it runs. Small segments are merged without it.",
       "fihris compact --db news.idx"},
      {"check", "", "look for damage in an index, and repair it", check_options, run_check,
       HelpGroup::write,
       "Compares every file with the manifest, and postings, articles and columns with each other. "
       "Status 3 if anything is wrong.",
       "fihris check --db news.idx\n"
       "fihris check --repair --db news.idx"},
      {"stats", "", "figures of an index: articles, days, size, versions", stats_options, run_stats,
       HelpGroup::write, "", "fihris stats --db news.idx"},
      {"export", "", "write all articles as JSON Lines", export_options, run_export,
       HelpGroup::write, "What comes out can be indexed again and gives the same index.",
       "fihris export --db news.idx > copy.jsonl"},
      {"search", "QUERY", "find articles", search_command_options, run_search, HelpGroup::ask,
       "Prints the best articles with passages, the words found in brackets. `fihris help query` "
       "explains the language of queries. If no article has all the words, those that have any are "
       "shown, and it says so.",
       "fihris search 'هدنة منطقة:إدلب' --db news.idx\n"
       "fihris search 'فصيل:\"أحرار الشام\" تاريخ:2015' --db news.idx --facets --sort date\n"
       "fihris search 'قصف' --db news.idx --filter region=sy/idlib,sy/hama --format json\n"
       "fihris search 'هدنة' --db news.idx --sort both --half-life 30 --collapse"},
      {"facets", "[QUERY]", "count what matches by faction, region, source or date", facets_options,
       run_facets, HelpGroup::ask,
       "Counts are exact, over all matches; without a query, over all articles. A faction or "
       "region "
       "counts for all that it belongs to, unless --direct.",
       "fihris facets هدنة --db news.idx --by faction,source --top 5\n"
       "fihris facets --db news.idx --by region --below sy"},
      {"timeline", "[QUERY]", "count what matches by day, week, month or year", timeline_options,
       run_timeline, HelpGroup::ask,
       "Steps without a match are printed too, so that the days are evenly spaced.",
       "fihris timeline هدنة --db news.idx --by year\n"
       "fihris timeline هدنة --db news.idx --of event --format csv"},
      {"cross", "[QUERY]", "count what matches by two or three facets at once", cross_options,
       run_cross, HelpGroup::ask, "Prints a row for each combination that has an article.",
       "fihris cross --db news.idx --by faction,region,month --format csv"},
      {"cooccur", "[faction|region] [QUERY]",
       "which factions, or regions, stand in the same articles", cooccur_options, run_cooccur,
       HelpGroup::ask,
       "Most unexpected first: expected is the count that chance would give, g2 Dunning's "
       "log-likelihood ratio, pmi pointwise mutual information in bits.",
       "fihris cooccur faction --db news.idx --top 3\n"
       "fihris cooccur region 'منطقة:sy' --db news.idx --top 10"},
      {"places", "[QUERY]", "count what matches by place, also as GeoJSON", places_options,
       run_places, HelpGroup::ask, "Only places that have coordinates are listed.",
       "fihris places هدنة --db news.idx --format geojson > places.geojson"},
      {"show", "ID", "print an article", show_options, run_show, HelpGroup::ask, "",
       "fihris show sample-001 --db news.idx\n"
       "fihris show sample-001 --db news.idx --tags --format json"},
      {"similar", "ID", "find articles like one", similar_options, run_similar, HelpGroup::ask, "",
       "fihris similar sample-001 --db news.idx --limit 3"},
      {"explain", "QUERY", "show how a query is understood", explain_options, run_explain,
       HelpGroup::ask,
       "Prints the tree of the query, what its names and words stand for in this index and in how "
       "many "
       "articles, and what the ranking weighs.",
       "fihris explain 'معارك منطقة:إدلب' --db news.idx"},
      {"watch", "[NAME...]", "what is new for saved queries since the last time", watch_options,
       run_watch, HelpGroup::ask,
       "--saved FILE and --state FILE are needed: the queries, and what was seen. The first time, "
       "everything is new. Status 1 if there is nothing new.",
       "fihris watch --saved queries.tsv --state seen.tsv --db news.idx"},
      {"tag", "FILE...", "name the factions, regions and dates of articles", tag_options, run_tag,
       HelpGroup::read, "Needs no index.", "fihris tag articles.jsonl --format json --explain"},
      {"discover", "FILE...", "list groups that articles name and no authority file knows",
       discover_options, run_discover, HelpGroup::read,
       "Needs no index. What is real can be added with `fihris authority add`.",
       "fihris discover articles.jsonl"},
      {"dates", "[FILE...]", "find the dates in a text and say which days they mean", dates_options,
       run_dates, HelpGroup::read,
       "Reads the text of a file, or standard input if none is named. Prints begin and end in "
       "bytes, the type, the TIMEX3 "
       "value, "
       "first and last day, and the words.",
       "echo 'وصل أول من أمس' | fihris dates --published 2015-04-01"},
      {"analyze", "[TEXT]", "show how a text is split into words and stems", analyze_options,
       run_analyze, HelpGroup::read, "Reads standard input if no text is given.",
       "fihris analyze 'وبالمعارك'\n"
       "fihris analyze --explain 'كتاب'"},
      {"authority", "show ID | find NAME | check FILE... | add ID",
       "look up, check and extend factions and regions", authority_options, run_authority,
       HelpGroup::read, "",
       "fihris authority find 'جبهة النصرة'\n"
       "fihris authority show sy/idlib"},
      {"ingest-check", "FILE...", "show the first articles of files as they would be indexed",
       ingest_check_options, run_ingest_check, HelpGroup::read,
       "Writes nothing: the way to find the right --map and --encoding.",
       "fihris ingest-check articles.jsonl --limit 1"},
      {"eval", "COLLECTION...", "measure the ranking on collections with judged queries",
       eval_options, run_eval, HelpGroup::other, "", ""},
      {"serve", "", "answer requests of another program, as JSON Lines", serve_options, run_serve,
       HelpGroup::other,
       "Reads one JSON object a line on standard input, writes one a line to standard output, and "
       "ends with its input. docs/cli.md describes requests and answers.",
       "echo '{\"id\":1,\"method\":\"search\",\"params\":{\"query\":\"هدنة\"}}' | "
       "fihris serve --stdio --db news.idx"},
      {"version", "", "print the versions of the program, the analysis and the authority",
       version_options, run_version, HelpGroup::other, "", "fihris version"},
      {"help", "[COMMAND | query]", "explain a command, or the query language", help_options,
       run_help, HelpGroup::other, "",
       "fihris help query\n"
       "fihris help --as bash > fihris.bash"},
  };
  return kCommands;
}

std::string nearest_command(std::string_view typed) {
  std::string nearest;
  std::size_t best = 3;  // letters that may differ, and one
  for (const auto& command : commands()) {
    const std::string_view name = command.name;
    // Damerau's distance with neighbours exchanged, over three rows.
    std::vector<std::size_t> before, row(name.size() + 1), next(name.size() + 1);
    for (std::size_t j = 0; j <= name.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= typed.size(); ++i) {
      next[0] = i;
      for (std::size_t j = 1; j <= name.size(); ++j) {
        const bool same = typed[i - 1] == name[j - 1];
        next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1)});
        if (i > 1 && j > 1 && typed[i - 1] == name[j - 2] && typed[i - 2] == name[j - 1])
          next[j] = std::min(next[j], before[j - 2] + 1);
      }
      before = std::exchange(row, next);
    }
    if (row.back() < best && row.back() < name.size()) {
      best = row.back();
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace fihris::cli
