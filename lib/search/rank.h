// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "query/plan.h"
#include "search/engine.h"
#include "search/segment.h"

namespace fihris::search {

/// BM25 as Xapian's BM25Weight(k1, 0, 1, b, 0) computes it, so that local and remote indexes agree.
namespace bm25 {
inline constexpr double kK1 = 0.7;
inline constexpr double kB = 0.75;
/// Weight of a term before frequency and length. \param documents  all articles
double term_weight(std::uint64_t documents, std::uint64_t with_term);
}  // namespace bm25

/// A match and what decides its place in the order.
struct Ranked {
  double score = 0;            ///< of relevance; 0 where only the day counts
  std::int32_t day = 0;        ///< of publication, or index::kNoDay
  Xapian::docid document = 0;  ///< in the engine's combined database
  std::uint64_t group = 0;     ///< of near copies
  std::uint32_t copies = 1;    ///< as in `Match`
};

/// Figures of all segments together, which weights depend on.
struct Collection {
  std::uint64_t documents = 0;  ///< removed ones included, as in Xapian
  double average_length = 1;
};

/// Puts matches into the order of `SortBy`; with `Wanted::collapse` the first of each group of near
/// copies stands for all. What is equal comes by document id. The options outlive the object.
class Order {
 public:
  explicit Order(const Wanted& wanted)
      : wanted_(wanted),
        before_{wanted.sort},
        whole_(wanted.collapse || wanted.sort == SortBy::both) {}
  void add(const Ranked& match);
  /// The first `Wanted::count` of all that were added, and how many there are without copies.
  void put(Found& found);

 private:
  struct Before {
    SortBy sort;
    bool operator()(const Ranked& a, const Ranked& b) const;
  };
  const Wanted& wanted_;
  Before before_;
  bool whole_;                   ///< all matches have to be known before the first is
  std::vector<Ranked> matches_;  ///< all, or a heap of the first ones with the last in front
  std::uint64_t added_ = 0;
};

/// Adds all of `matches` (one set a segment) to `order`, scored if `wanted` asks for it.
void score(std::deque<Segment>& segments, const std::vector<Bits>& matches,
           const std::vector<query::Leaf>& leaves, const Collection& collection,
           const Wanted& wanted, Deadline& deadline, Order& order);

}  // namespace fihris::search
