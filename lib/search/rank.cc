// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "index/columns.h"

namespace fihris::search {
namespace {

/// Where fewer than one article in so many matches, posting lists are searched instead of walked.
constexpr std::uint32_t kSparse = 24;

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

/// Makes scores of relevance binary logarithms of what they are after the prior of recency: in
/// figures themselves one article with a day far in the future would make those of all others zero.
void weigh_by_day(std::vector<Ranked>& matches, std::size_t half_life) {
  std::int32_t oldest = INT32_MAX, newest = INT32_MIN;
  for (const auto& match : matches) {
    if (match.day == index::kNoDay) continue;
    oldest = std::min(oldest, match.day);
    newest = std::max(newest, match.day);
  }
  if (oldest > newest) oldest = newest = 0;  // no match has a day
  for (auto& match : matches) {
    const auto day = match.day == index::kNoDay ? oldest : match.day;
    const auto age = std::int64_t{newest} - day;
    match.score =
        std::log2(match.score) - static_cast<double>(age) / static_cast<double>(half_life);
  }
}

/// Leaves the first match of each group of near copies, with their number.
template <class Before>
void collapse(std::vector<Ranked>& matches, const Before& before) {
  // Open addressing; groups are hashes, their bits as good as random. 0: empty, else place + 1.
  std::vector<std::uint32_t> places(std::bit_ceil(matches.size() * 2 + 1));
  std::uint32_t kept = 0;
  for (const auto& match : matches) {
    auto slot = match.group & (places.size() - 1);
    while (places[slot] != 0 && matches[places[slot] - 1].group != match.group) {
      slot = (slot + 1) & (places.size() - 1);
    }
    if (places[slot] == 0) {
      matches[kept] = match;
      places[slot] = ++kept;
      continue;
    }
    auto& first = matches[places[slot] - 1];
    const auto copies = first.copies + 1;
    if (before(match, first)) first = match;
    first.copies = copies;
  }
  matches.resize(kept);
}

}  // namespace

double bm25::term_weight(std::uint64_t documents, std::uint64_t with_term) {
  const auto all = static_cast<double>(documents);
  const auto some = static_cast<double>(with_term);
  double odds = (all - some + 0.5) / (some + 0.5);
  if (odds < 2) odds = odds * 0.5 + 1;
  return std::log(odds) * (kK1 + 1);
}

bool Order::Before::operator()(const Ranked& a, const Ranked& b) const {
  if (a.score != b.score) return a.score > b.score;
  if (sort != SortBy::relevance && a.day != b.day) {
    if (a.day == index::kNoDay || b.day == index::kNoDay) return b.day == index::kNoDay;
    return sort == SortBy::date_ascending ? a.day < b.day : a.day > b.day;
  }
  return a.document < b.document;
}

void Order::add(const Ranked& match) {
  ++added_;
  if (whole_) {
    matches_.push_back(match);
  } else if (matches_.size() < wanted_.count) {
    matches_.push_back(match);
    std::push_heap(matches_.begin(), matches_.end(), before_);
  } else if (wanted_.count > 0 && before_(match, matches_.front())) {
    std::pop_heap(matches_.begin(), matches_.end(), before_);
    matches_.back() = match;
    std::push_heap(matches_.begin(), matches_.end(), before_);
  }
}

void score(std::deque<Segment>& segments, const std::vector<Bits>& matches,
           const std::vector<query::Leaf>& leaves, const Collection& collection,
           const Wanted& wanted, Deadline& deadline, Order& order) {
  std::vector<Weighted> weighted;
  const bool scored = wanted.sort == SortBy::relevance || wanted.sort == SortBy::both;
  const bool by_day = wanted.sort != SortBy::relevance;
  for (const auto& leaf : leaves) {
    if (!scored) break;
    std::uint64_t with_term = 0;
    for (auto& segment : segments) with_term += segment.database().get_termfreq(leaf.term);
    if (with_term == 0) continue;
    weighted.push_back(
        {&leaf.term, bm25::term_weight(collection.documents, with_term) * leaf.scale});
  }
  for (std::size_t s = 0; s < segments.size(); ++s) {
    deadline.check_now();
    const auto found = matches[s].count();
    if (found == 0) continue;
    const auto& columns = segments[s].columns();
    const auto add = [&](std::uint32_t document, double score) {
      // Xapian's document ids of combined segments interleave
      const auto id = document * segments.size() + s + 1;
      order.add({score, by_day ? columns.day[document] : 0, static_cast<Xapian::docid>(id),
                 wanted.collapse ? columns.group[document] : 0});
    };
    if (weighted.empty()) {
      matches[s].for_each([&](std::uint32_t document) { add(document, 0); });
    } else if (found < segments[s].size() / kSparse) {
      std::vector<std::uint32_t> documents;
      documents.reserve(found);
      matches[s].for_each([&](std::uint32_t document) { documents.push_back(document); });
      const auto scores = score_few(segments[s], documents, weighted, collection.average_length);
      for (std::size_t i = 0; i < documents.size(); ++i) add(documents[i], scores[i]);
    } else {
      const auto scores = score_many(segments[s], weighted, collection.average_length);
      matches[s].for_each([&](std::uint32_t document) { add(document, scores[document]); });
    }
  }
}

void Order::put(Found& found) {
  if (wanted_.sort == SortBy::both) weigh_by_day(matches_, wanted_.half_life);
  if (wanted_.collapse) collapse(matches_, before_);
  found.distinct = wanted_.collapse ? matches_.size() : added_;
  const auto count = std::min(wanted_.count, matches_.size());
  const auto end = matches_.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(matches_.begin(), end, matches_.end(), before_);
  for (auto at = matches_.begin(); at != end; ++at) {
    const auto score = wanted_.sort == SortBy::both ? std::exp2(at->score) : at->score;
    found.best.push_back({at->document, score, at->copies});
  }
}

}  // namespace fihris::search
