// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fihris/document.h"
#include "fihris/export.h"
#include "fihris/query.h"
#include "fihris/tagger.h"

namespace fihris {

/// What can be counted over matches. `kind` is that of the tagged factions ("rebel-group" …);
/// `published` the day of publication; `event` the days that the text tells of.
enum class FacetField : unsigned char { faction, region, source, kind, published, event };
/// How wide a bucket of days is. A week begins on Monday (ISO 8601).
enum class DateStep : unsigned char { day, week, month, year };

/// One facet to count, and how.
struct FacetRequest {
  FacetField field = FacetField::faction;  ///< what is counted
  std::size_t top = 10;                    ///< at most so many values; 0: all
  std::size_t min = 1;                     ///< values with fewer matches are left out
  std::string below;  ///< only the direct children of this id (drill-down), "/" for those at the
                      ///< top; empty: all values
  std::string name_filter;          ///< only values with a name that holds this, spelling folded
  DateStep step = DateStep::month;  ///< for published and event
  bool direct = false;  ///< count tags themselves alone; else a tag counts for all above it too
};

/// One value of a facet with the number of matching articles.
struct FacetValue {
  std::string id;           ///< entity id, source, or the first day of a bucket in ISO
  std::string ar, en;       ///< names, where it has any
  std::uint64_t count = 0;  ///< articles
};

/// The counts of one facet, exact over all matches.
struct FacetCounts {
  FacetRequest request;            ///< as it was asked for
  std::vector<FacetValue> values;  ///< by count, then id; dates in order with empty buckets
  std::uint64_t distinct = 0;      ///< values with a match before top and min
  std::uint64_t without = 0;  ///< matches that have no value (for event: none as short as the step)
};

/// Order of hits: best first, newest first, oldest first, or both: the best of what is recent.
///
/// With `both` the score of relevance is halved for every `SearchOptions::half_life` days between
/// an article and the newest match: an exponential prior of recency, as in Li and Croft,
/// "Time-based language models", CIKM 2003. Since the days count from the newest match, an old
/// archive is ordered like a new one. Of equal scores the newer comes first. By date, articles
/// without a day come last; with `both` they weigh as much as if they were of the oldest match's.
enum class SortBy : unsigned char { relevance, date_descending, date_ascending, both };

/// Chosen values of one facet: any of them.
struct FacetFilter {
  FacetField field = FacetField::faction;  ///< the facet
  std::vector<std::string> values;  ///< ids or names, with what is below them; for dates ISO days,
                                    ///< months, years, or two of these joined by "/" or ".."
};

/// What a search gives back beside the total.
struct SearchOptions {
  std::size_t offset = 0;            ///< hits passed over; at most 1,000,000
  std::size_t limit = 10;            ///< hits given back; at most 10,000 (`each` has no bound)
  SortBy sort = SortBy::relevance;   ///< order of hits
  std::size_t half_life = 60;        ///< days in which an article loses half its score, for `both`
  std::vector<FacetRequest> facets;  ///< counted in the same pass
  std::vector<FacetFilter> filters;  ///< AND across; each facet's own counts ignore its own filter
  bool snippets = true;              ///< passages and marked titles
  std::size_t snippet_bytes = 400;   ///< of UTF-8, about: passages end between words
  /// Near-identical articles as one hit; totals and facets count all of them.
  bool collapse_copies = false;
  std::chrono::milliseconds deadline{10000};  ///< Error{limit} after that
  bool partial = false;  ///< answer without a dead shard, and say so, instead of Error{remote}
  /// `SearchResults::next_cursor` of the page before; then `offset` is not read.
  std::string cursor;
  bool suggest = true;  ///< look for a better spelling where little was found
};

/// Best passages of a hit, plain text with the matched words by offset.
struct Snippet {
  std::string text;  ///< passages joined by " … "
  /// A matched word.
  struct Span {
    std::size_t begin, end;              ///< bytes of `text`, the end not included
    std::size_t utf16_begin, utf16_end;  ///< the same in UTF-16 code units
  };
  std::vector<Span> matches;  ///< whole words
  bool right_to_left = true;  ///< first strong character decides
  /// The text escaped for HTML with each match in <mark>.
  FIHRIS_API std::string html() const;
};

/// An article that matched.
struct Hit {
  std::uint64_t rank = 0;          ///< 1 = best; counted from the first page
  std::string id;                  ///< for `Searcher::article` and `more_like`
  std::string source, url, title;  ///< as stored
  std::optional<Date> date;        ///< day of publication
  double score = 0;                ///< comparable within one answer only
  Snippet snippet, title_snippet;  ///< of the text; the whole title
  /// Id and Arabic name of its tags.
  std::vector<std::pair<std::string, std::string>> factions, regions;
  std::uint64_t copies = 1;      ///< near-identical articles it stands for (with collapse_copies)
  std::vector<std::string> why;  ///< marked words of title and passages as written, each once
};

/// The answer to a search.
struct SearchResults {
  std::uint64_t total = 0;                 ///< matches, exact
  std::vector<Hit> hits;                   ///< one page of them
  std::vector<FacetCounts> facets;         ///< in the order asked for
  std::vector<QueryWarning> warnings;      ///< what of the query was not understood
  bool any_instead_of_all = false;         ///< no article had all words; these have any
  std::vector<std::string> failed_shards;  ///< with `partial`
  std::string did_you_mean;                ///< a better query, or empty
  std::string next_cursor;                 ///< asks for the next page; empty on the last one
  bool cursor_outdated = false;            ///< the index changed since the page before
  double milliseconds = 0;                 ///< that the search took
};

/// What a watched query found since the last time.
struct WatchResults {
  std::uint64_t total = 0;  ///< articles that match now and did not then
  std::vector<Hit> hits;    ///< of them the newest, newest first, as many as `limit` allows
  std::string state;        ///< give it back the next time; those that were not shown count as seen
};

/// A tagged place with the number of matches.
struct PlaceCount {
  std::string id, ar, en, kind;  ///< as in `Entity`
  double lat = 0, lon = 0;       ///< degrees, WGS 84
  std::uint64_t count = 0;       ///< articles tagged with the place itself
};

/// A table of counts over two or three facets.
struct CrossTable {
  /// One combination of values.
  struct Row {
    std::vector<FacetValue> keys;  ///< one for each field; their counts are not set
    std::uint64_t count = 0;       ///< articles that have them all
  };
  std::vector<FacetField> fields;  ///< as asked for
  std::vector<Row> rows;           ///< by keys in order, no zero rows
};

/// Two values of one facet that stand in the same articles.
struct CoOccurrence {
  FacetValue a, b;            ///< their counts are over the matches
  std::uint64_t count = 0;    ///< articles with both
  double expected = 0;        ///< a * b / matches
  double log_likelihood = 0;  ///< G², Dunning 1993
  double pmi = 0;             ///< pointwise mutual information in bits, Church & Hanks 1990
};

/// Searches one or several indexes as one: folders, remote shards "xapian://HOST:PORT" (what
/// xapian-tcpsrv serves), or "xapian-prog:PROGRAM ARGUMENTS" (a program that speaks the protocol on
/// its standard input and output, such as xapian-progsrv or ssh).
///
/// Facets, totals and order are the same whether an index is local or remote; local ones are
/// faster. One object a thread; many objects on one index are fine. A searcher answers from the
/// revision it opened, whatever writers do, until `reopen`. One that was moved from can only be
/// assigned to or destroyed.
///
/// Every call may throw Error{limit} (its deadline), Error{remote}, Error{io} and
/// Error{index_damaged}.
class FIHRIS_API Searcher {
 public:
  /// Opens all of them. \param authority  names of tags and filters; that of the index, if filters
  /// by entities of one's own are to be understood. \throws Error{not_found, index_damaged,
  /// index_version, remote}; Error{invalid_argument} for no path at all.
  explicit Searcher(const std::vector<std::string>& paths,
                    Authority authority = Authority::builtin());
  ~Searcher();
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;

  /// A page of hits, the exact total, and counts. \throws Error{invalid_argument} for a cursor or a
  /// date in a filter that is none.
  SearchResults search(const Query& query, const SearchOptions& options = {});
  /// Counts by two or three facets at once; of the options, filters and deadline are looked at.
  /// \throws Error{invalid_argument} for another number of facets.
  CrossTable cross(const Query& query, const std::vector<FacetRequest>& by,
                   const SearchOptions& options = {});
  /// Pairs of factions, or of regions, in the same articles, most unexpected first.
  /// \param top  at most so many pairs. \param min  pairs with fewer articles are left out.
  /// \throws Error{invalid_argument} for another facet.
  std::vector<CoOccurrence> cooccur(const Query& query, FacetField field, std::size_t top = 50,
                                    std::size_t min = 2, const SearchOptions& options = {});
  /// Calls `each` for all matches in the order of `options` without a bound on their number, until
  /// it returns false. Facets, collapsing and paging are not looked at. Returns how many were
  /// given.
  std::uint64_t each(const Query& query, const SearchOptions& options,
                     const std::function<bool(const Hit&)>& each);
  /// Matches by place, for a map: every tagged place with coordinates, most frequent first.
  std::vector<PlaceCount> places(const Query& query, const SearchOptions& options = {});
  /// What matches now and was not in `state`, the answer of the last call; an empty `state` makes
  /// everything new. An article that was replaced is not new. Bare words are all wanted: any of
  /// them only if the query says so. \throws Error{invalid_argument} for a text that is no state.
  WatchResults watch(const Query& query, std::string_view state, const SearchOptions& options = {});
  /// Articles like the one with `id`, best first, itself left out; none if it is unknown.
  SearchResults more_like(std::string_view id, const SearchOptions& options = {});
  /// The stored article; empty if there is none of that id.
  std::optional<Article> article(std::string_view id);
  /// The stages of a query for a reader: tree, expansions with document counts, compiled form.
  std::string explain(const Query& query);
  /// Follows what was committed since. True if anything changed.
  bool reopen();
  /// Articles in all indexes, those removed not counted.
  std::uint64_t documents() const;
  /// The one it was opened with; for `Query::parse`.
  const Authority& authority() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fihris
