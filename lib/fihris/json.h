// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/analysis.h"
#include "fihris/authority.h"
#include "fihris/document.h"
#include "fihris/export.h"
#include "fihris/index.h"
#include "fihris/query.h"
#include "fihris/reader.h"
#include "fihris/search.h"
#include "fihris/tagger.h"
#include "fihris/timex.h"

/// Results as JSON and requests from JSON: the one place where each shape is written. The command,
/// the C API, `fihris serve --stdio` and the Python package all speak it; docs/cli.md lists the
/// members. Every text is one JSON value (RFC 8259) without a line end inside. All functions are
/// free of state and may be called from any thread; those that take a Searcher follow its rule.
namespace fihris {

/// The version of all shapes: raised when a member changes its meaning or goes; new members alone
/// do not raise it.
inline constexpr int kJsonFormat = 1;

// Results ------------------------------------------------------------------------------------

/// An article with the fields it was read with.
FIHRIS_API std::string article_json(const Article& article);
/// The tags of an article. \param explain  rule and confidence of every mention too.
FIHRIS_API std::string tags_json(std::string_view id, const ArticleTags& tags,
                                 const Authority& authority, bool explain = false);
/// A temporal expression of `text`.
FIHRIS_API std::string date_json(const DateMention& mention, std::string_view text);
/// A word of `text`, with its readings if there are any.
FIHRIS_API std::string token_json(const Token& token, std::string_view text,
                                  const std::vector<Reading>& readings = {});
/// A reading of a word.
FIHRIS_API std::string reading_json(const Reading& reading);
/// An entity with names, marks and the path from the root to its parent.
FIHRIS_API std::string entity_json(const Entity& entity, const Authority& authority);
/// A fault of an authority file: `file`, `line`, `message`.
FIHRIS_API std::string authority_fault_json(const AuthorityFault& fault);
/// A record that was skipped, with what it held.
FIHRIS_API std::string read_fault_json(const ReadFault& fault);
/// How far a file was read; `parse_reader_options` takes it back in `done`.
FIHRIS_API std::string read_mark_json(const ReadMark& mark);
/// Figures of an index.
FIHRIS_API std::string stats_json(const IndexStats& stats);
/// What is wrong with an index: `file`, `message`, `remedy`.
FIHRIS_API std::string index_fault_json(const IndexFault& fault);
/// A part of a query that was not understood.
FIHRIS_API std::string warning_json(const QueryWarning& warning);
/// An article that matched.
FIHRIS_API std::string hit_json(const Hit& hit);
/// Counts of one facet.
FIHRIS_API std::string facet_json(const FacetCounts& counts);
/// Totals, warnings and the rest of an answer without its hits and facets.
FIHRIS_API std::string results_head_json(const SearchResults& results);
/// The same with the members `hits` and `facets`.
FIHRIS_API std::string results_json(const SearchResults& results);
/// A row of a cross table: one member for each facet of `by`, with `_ar` beside a name.
FIHRIS_API std::string cross_row_json(const CrossTable::Row& row,
                                      const std::vector<FacetRequest>& by);
/// Two entities in the same articles.
FIHRIS_API std::string cooccurrence_json(const CoOccurrence& pair);
/// A place with its count.
FIHRIS_API std::string place_json(const PlaceCount& place);
/// A map of counts as a FeatureCollection of points (GeoJSON, RFC 7946).
FIHRIS_API std::string places_geojson(const std::vector<PlaceCount>& places);

/// "arabic", "latin", "number", "other".
FIHRIS_API const char* token_kind_name(TokenKind kind) noexcept;
/// "faction", "region", "source", "kind", "published", "event".
FIHRIS_API const char* facet_name(FacetField field) noexcept;
/// The name of a bucket as short as its step allows: "2015-07" for a month; other ids as they are.
FIHRIS_API std::string bucket_name(const FacetRequest& request, std::string_view first_day);
/// Names of the columns of a cross table: the names of its facets, "published_2" where one stands
/// twice.
FIHRIS_API std::vector<std::string> cross_names(const std::vector<FacetRequest>& by);

// Requests -----------------------------------------------------------------------------------
// An empty text is an empty object. A member that is not known, or is of another kind than it
// should be, is Error{invalid_argument}; text that is no JSON is Error{bad_format}.

/// Reads "faction", "published:month" (steps day, week, month, year; `month` alone means
/// `published:month`). \throws Error{invalid_argument}
FIHRIS_API FacetRequest parse_facet(std::string_view name);

/// An article: `id`, `source`, `url`, `date`, `title`, `author`, `text`; all other members become
/// fields. \throws Error{invalid_argument} for a date that is none.
FIHRIS_API Article parse_article(std::string_view json);
/// `create`, `threads`, `memory_mb`, `group_copies`.
FIHRIS_API IndexOptions parse_index_options(std::string_view json);
/// The members of `ReaderOptions`, under their names; `map` is an object.
FIHRIS_API ReaderOptions parse_reader_options(std::string_view json);

/// What a request to a searcher says beside the query.
struct SearchRequest {
  QueryOptions query;                   ///< how it is read
  SearchOptions search;                 ///< what is given back
  bool tree = false;                    ///< the query is the JSON tree that `Query::json` writes
  std::vector<FacetRequest> by;         ///< of a cross table
  FacetField of = FacetField::faction;  ///< of a co-occurrence
  std::size_t top = 0;                  ///< of co-occurrences and places; 0: what the call takes
  std::size_t min = 0;                  ///< of the same; fewer are left out
};
/// A request of docs/c-api.md.
FIHRIS_API SearchRequest parse_search_request(std::string_view json);
/// The query that a request speaks of.
FIHRIS_API Query parse_query(std::string_view text, const Authority& authority,
                             const SearchRequest& request);

// Request in, answer out: what C, Python and `fihris serve --stdio` call. They throw what reading a
// request throws, what Query::parse throws, and what the call of the Searcher throws.
/// Hits, totals and the facets asked for.
FIHRIS_API std::string search_json(Searcher& searcher, std::string_view query,
                                   std::string_view request);
/// Counts alone: no hits, no snippets; factions, regions and months if `facets` is not given.
FIHRIS_API std::string facets_json(Searcher& searcher, std::string_view query,
                                   std::string_view request);
/// A table over the facets `by`; factions and regions if it is not given.
FIHRIS_API std::string cross_json(Searcher& searcher, std::string_view query,
                                  std::string_view request);
/// Pairs of the facet `of`.
FIHRIS_API std::string cooccur_json(Searcher& searcher, std::string_view query,
                                    std::string_view request);
/// Tagged places with coordinates.
FIHRIS_API std::string places_json(Searcher& searcher, std::string_view query,
                                   std::string_view request);
/// Articles like the one with `id`.
FIHRIS_API std::string similar_json(Searcher& searcher, std::string_view id,
                                    std::string_view request);
/// What is new since `state` was given out, and the new state.
FIHRIS_API std::string watch_json(Searcher& searcher, std::string_view query,
                                  std::string_view state, std::string_view request);
/// The stages of a query as text, its tree and its warnings.
FIHRIS_API std::string explain_json(Searcher& searcher, std::string_view query,
                                    std::string_view request);

}  // namespace fihris
