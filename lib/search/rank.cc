// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "index/columns.h"

namespace fihris::search {
namespace {

/// Where fewer than one article in so many matches, posting lists are searched instead of walked.
constexpr std::uint32_t kSparse = 24;

/// Keeps the best of what it is given.
template <class Before>
class Best {
 public:
  Best(std::size_t count, Before before) : count_(count), before_(before) {}
  void add(const Ranked& one) {
    if (count_ == 0) return;
    if (heap_.size() < count_) {
      heap_.push_back(one);
      std::push_heap(heap_.begin(), heap_.end(), before_);
    } else if (before_(one, heap_.front())) {
      std::pop_heap(heap_.begin(), heap_.end(), before_);
      heap_.back() = one;
      std::push_heap(heap_.begin(), heap_.end(), before_);
    }
  }
  std::vector<Ranked> take() {
    std::sort_heap(heap_.begin(), heap_.end(), before_);
    return std::move(heap_);
  }

 private:
  std::size_t count_;
  Before before_;
  std::vector<Ranked> heap_;  ///< the worst in front
};

/// BM25 of one posting. `length` in terms.
struct Scorer {
  double weight;
  double average;
  double operator()(std::uint32_t frequency, std::uint32_t length) const {
    const double normal = length / average;
    const double f = frequency;
    return weight * (f / (bm25::kK1 * (normal * bm25::kB + (1 - bm25::kB)) + f));
  }
};

struct Weighted {
  const std::string* term;
  double weight;
};

std::vector<double> score_few(Segment& segment, const std::vector<std::uint32_t>& documents,
                              const std::vector<Weighted>& leaves, double average) {
  std::vector<double> scores(documents.size());
  for (const auto& leaf : leaves) {
    const Scorer scorer{leaf.weight, average};
    const auto& list = segment.postings(*leaf.term);
    auto at = list.documents.begin();
    for (std::size_t i = 0; i < documents.size(); ++i) {
      // doubling steps: the lists are long where the matches are few
      std::ptrdiff_t step = 1;
      auto low = at;
      while (list.documents.end() - low > step && low[step] < documents[i]) {
        low += step;
        step *= 2;
      }
      at = std::lower_bound(
          low, list.documents.end() - low > step ? low + step + 1 : list.documents.end(),
          documents[i]);
      if (at == list.documents.end()) break;
      if (*at != documents[i]) continue;
      const auto frequency =
          list.frequencies[static_cast<std::size_t>(at - list.documents.begin())];
      scores[i] += scorer(frequency, segment.columns().length[documents[i]]);
    }
  }
  return scores;
}

std::vector<double> score_many(Segment& segment, const std::vector<Weighted>& leaves,
                               double average) {
  std::vector<double> scores(segment.size());
  const auto lengths = segment.columns().length;
  for (const auto& leaf : leaves) {
    const Scorer scorer{leaf.weight, average};
    const auto& list = segment.postings(*leaf.term);
    for (std::size_t i = 0; i < list.documents.size(); ++i) {
      const auto document = list.documents[i];
      scores[document] += scorer(list.frequencies[i], lengths[document]);
    }
  }
  return scores;
}

}  // namespace

double bm25::term_weight(std::uint64_t documents, std::uint64_t with_term) {
  const auto all = static_cast<double>(documents);
  const auto some = static_cast<double>(with_term);
  double odds = (all - some + 0.5) / (some + 0.5);
  if (odds < 2) odds = odds * 0.5 + 1;
  return std::log(odds) * (kK1 + 1);
}

std::vector<Ranked> rank(std::deque<Segment>& segments, const std::vector<Bits>& matches,
                         const std::vector<query::Leaf>& leaves, const Collection& collection,
                         std::size_t count, Deadline& deadline) {
  std::vector<Weighted> weighted;
  for (const auto& leaf : leaves) {
    std::uint64_t with_term = 0;
    for (auto& segment : segments) with_term += segment.database().get_termfreq(leaf.term);
    if (with_term == 0) continue;
    weighted.push_back(
        {&leaf.term, bm25::term_weight(collection.documents, with_term) * leaf.scale});
  }
  // Xapian's document ids of combined segments interleave
  const auto before = [](const Ranked& a, const Ranked& b) {
    return std::tuple(-a.score, a.document, a.segment) <
           std::tuple(-b.score, b.document, b.segment);
  };
  Best best(count, before);
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    deadline.check_now();
    const auto found = matches[s].count();
    if (found == 0) continue;
    if (found < segments[s].size() / kSparse) {
      std::vector<std::uint32_t> documents;
      documents.reserve(found);
      matches[s].for_each([&](std::uint32_t document) { documents.push_back(document); });
      const auto scores = score_few(segments[s], documents, weighted, collection.average_length);
      for (std::size_t i = 0; i < documents.size(); ++i) best.add({scores[i], s, documents[i]});
    } else {
      const auto scores = score_many(segments[s], weighted, collection.average_length);
      matches[s].for_each([&](std::uint32_t document) {
        best.add({scores[document], s, document});
      });
    }
  }
  return best.take();
}

std::vector<Ranked> order_by_day(std::deque<Segment>& segments, const std::vector<Bits>& matches,
                                 bool ascending, std::size_t count) {
  struct Key {
    std::deque<Segment>* segments;
    bool ascending;
    /// Smaller is earlier in the order.
    std::int64_t operator()(const Ranked& one) const {
      const std::int64_t day = (*segments)[one.segment].columns().day[one.document];
      if (day == index::kNoDay) return INT64_MAX;
      return ascending ? day : -day;
    }
  };
  const Key key{&segments, ascending};
  const auto before = [key](const Ranked& a, const Ranked& b) {
    return std::tuple(key(a), a.document, a.segment) < std::tuple(key(b), b.document, b.segment);
  };
  Best best(count, before);
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    matches[s].for_each([&](std::uint32_t document) { best.add({0, s, document}); });
  }
  return best.take();
}

}  // namespace fihris::search
