// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "query/plan.h"
#include "search/segment.h"

namespace fihris::search {

/// BM25 as Xapian's BM25Weight(k1, 0, 1, b, 0) computes it, so that local and remote indexes agree.
namespace bm25 {
inline constexpr double kK1 = 0.7;
inline constexpr double kB = 0.75;
/// Weight of a term before frequency and length. \param documents  all articles
double term_weight(std::uint64_t documents, std::uint64_t with_term);
}  // namespace bm25

/// A match and its place in the order.
struct Ranked {
  double score = 0;
  std::uint32_t segment = 0;
  std::uint32_t document = 0;  ///< 0-based
};

/// Figures of all segments together, which weights depend on.
struct Collection {
  std::uint64_t documents = 0;  ///< removed ones included, as in Xapian
  double average_length = 1;
};

/// The best `count` of `matches` (one set a segment), best first; equal scores by document id of
/// the combined database.
std::vector<Ranked> rank(std::deque<Segment>& segments, const std::vector<Bits>& matches,
                         const std::vector<query::Leaf>& leaves, const Collection& collection,
                         std::size_t count, Deadline& deadline);

/// `matches` by day of publication, undated ones last; the same day by document id.
std::vector<Ranked> order_by_day(std::deque<Segment>& segments, const std::vector<Bits>& matches,
                                 bool ascending, std::size_t count);

}  // namespace fihris::search
