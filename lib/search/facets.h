// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fihris/authority.h"
#include "fihris/search.h"
#include "index/columns.h"
#include "search/bits.h"

namespace fihris::search {

/// A facet over all segments: its values have numbers, and each article has a list of those that it
/// counts for.
struct FacetLists {
  struct Segment {
    std::vector<std::uint32_t> begins{0};  ///< of the list of each article, and the end of the last
    std::vector<std::uint32_t> numbers;
  };
  std::size_t values = 0;  ///< how many there are
  std::vector<Segment> segments;
};

/// Articles among some matches for each value, and how many have none.
struct FacetTally {
  std::vector<std::uint32_t> values;
  std::uint64_t without = 0;
};
/// \param matches  a set for each segment
FacetTally tally(const FacetLists& lists, const std::vector<Bits>& matches);

/// The lists of several facets as one, so that they are counted in one pass.
class JoinedLists {
 public:
  /// False if there are too many values: numbers of two bytes are what makes counting fast.
  static bool can_join(const std::vector<const FacetLists*>& facets);
  explicit JoinedLists(const std::vector<const FacetLists*>& facets);
  /// One for each facet.
  std::vector<FacetTally> tally(const std::vector<Bits>& matches) const;

 private:
  struct Segment {
    std::vector<std::uint32_t> begins{0};
    std::vector<std::uint16_t> numbers;
  };
  std::vector<std::size_t> values_;  ///< of each facet; one more number stands for none of them
  std::vector<Segment> segments_;
};

/// The values of a facet of names, numbered in byte order.
///
/// An article counts for a value it is tagged with and, unless values are counted `direct`, for all
/// above that one: parents and coalitions.
class FacetTable {
 public:
  /// All ids that an id counts for, itself included.
  using Above = std::function<std::vector<std::string>(const std::string& id)>;
  FacetTable(const std::vector<const index::FacetColumn*>& columns,
             const std::vector<std::uint32_t>& documents, const Above& above);

  const std::vector<std::string>& names() const { return names_; }
  const FacetLists& lists() const { return lists_; }

 private:
  std::vector<std::string> names_;
  FacetLists lists_;
};

/// What a facet value counts for: `id` and everything above it.
FacetTable::Above above_in(const Authority& authority, Facet facet);
/// The kind of a faction («rebel-group»), instead of the faction.
FacetTable::Above kinds_in(const Authority& authority);

/// Names of entities, looked up once each. Belongs to one thread.
class EntityLabels {
 public:
  explicit EntityLabels(Authority authority) : authority_(std::move(authority)) {}
  const Authority& authority() const { return authority_; }
  /// Arabic and English name; empty for an id that is not known.
  const std::pair<std::string, std::string>& of(Facet facet, std::string_view id);

 private:
  Authority authority_;
  std::unordered_map<std::string, std::pair<std::string, std::string>> known_;
};

/// Picks, names and orders counted values as `request` wants them.
FacetCounts shape_counts(const FacetRequest& request, EntityLabels& labels,
                         std::vector<std::pair<std::string_view, std::uint64_t>> counted,
                         std::uint64_t without);

/// Counts of days or spans put into buckets of one step, in order, empty ones included.
class DateBuckets {
 public:
  explicit DateBuckets(DateStep step) : step_(step) {}
  void add_day(std::int32_t day, std::uint64_t count = 1);
  /// Articles that speak of `events`: they count once for each bucket that one of them answers to.
  void add_events(std::span<const index::EventSpan> events, std::uint64_t count = 1);
  /// Articles of the bucket that begins at `first`.
  void add_bucket(std::int32_t first, std::uint64_t count) { counts_.emplace_back(first, count); }
  void add_without(std::uint64_t count) { without_ += count; }
  FacetCounts result(const FacetRequest& request);

  /// First days of the buckets that `events` answer to, ascending.
  static std::vector<std::int32_t> answered(DateStep step,
                                            std::span<const index::EventSpan> events);
  /// First and last day of the bucket that holds a day.
  static index::EventSpan bucket(DateStep step, std::int32_t day);

 private:
  DateStep step_;
  index::EventSpan last_{0, -1};  ///< the bucket of the day added last
  std::vector<std::pair<std::int32_t, std::uint64_t>> counts_;  ///< with first day, in any order
  std::uint64_t without_ = 0;
};

}  // namespace fihris::search
