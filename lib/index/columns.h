// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace fihris::index {

inline constexpr std::int32_t kNoDay = std::numeric_limits<std::int32_t>::min();

/// The values of one facet in a segment: the distinct values in byte order, and for each document
/// the numbers of its values in ascending order.
struct FacetColumn {
  std::uint32_t values = 0;  ///< distinct values
  std::span<const std::uint32_t>
      name_ends;  ///< end of value i in `names`; it begins where i - 1 ends
  std::string_view names;
  std::span<const std::uint32_t> ends;  ///< end of the values of document i (0-based) in `numbers`
  std::span<const std::uint32_t> numbers;

  std::string_view name(std::uint32_t value) const {
    const auto begin = value == 0 ? 0 : name_ends[value - 1];
    return names.substr(begin, name_ends[value] - begin);
  }
  /// \param document  0-based: Xapian's local document id minus one.
  std::span<const std::uint32_t> of(std::uint32_t document) const {
    const auto begin = document == 0 ? 0 : ends[document - 1];
    return numbers.subspan(begin, ends[document] - begin);
  }
};

/// Days of an interval that an article speaks of, since 1970-01-01, both included.
struct EventSpan {
  std::int32_t first;
  std::int32_t last;
};

/// Per-document arrays of one segment, memory-mapped from the file beside it. Documents are dense:
/// local ids 1 … n.
struct Columns {
  std::uint32_t documents = 0;
  std::span<const std::int32_t> day;  ///< of publication, or kNoDay
  std::span<const std::uint32_t>
      length;  ///< terms with their frequency, as Xapian's document length
  std::span<const std::uint64_t> group;  ///< near-identical articles share it; unique otherwise
  std::span<const std::uint32_t> event_ends;
  std::span<const EventSpan> events;
  FacetColumn factions;  ///< ids that the article is tagged with, ancestors not added
  FacetColumn regions;
  FacetColumn sources;
};

}  // namespace fihris::index
