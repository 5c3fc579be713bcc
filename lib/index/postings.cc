// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/postings.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>

namespace fihris::index {

std::uint32_t PartPostings::number(std::string_view term) {
  const auto known = numbers_.find(term);
  if (known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(terms_.size());
  terms_.emplace_back(term);
  numbers_.emplace(terms_.back(), number);
  current_.push_back(kAbsent);
  return number;
}

void PartPostings::add(std::uint32_t term, std::uint32_t frequency) {
  auto& current = current_[term];
  if (current == kAbsent) {
    touched_.push_back(term);
    current = 0;
  }
  current += frequency;
}

void PartPostings::value(Slot slot, std::string value) {
  values_[slot].push_back({documents(), std::move(value)});
}

void PartPostings::end_document() {
  std::uint32_t length = 0;
  for (const auto term : touched_) {
    auto& frequency = current_[term];
    entries_.push_back({term, frequency});
    length += frequency;
    frequency = kAbsent;
  }
  touched_.clear();
  ends_.push_back(entries_.size());
  lengths_.push_back(length);
}

void PartPostings::write(PostingTable& table) {
  // Counting sort by term; within a term the articles stay in order.
  std::vector<std::size_t> begins(terms_.size() + 1);
  for (const auto& entry : entries_) ++begins[entry.term + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<Posting> postings(entries_.size());
  auto next = begins;
  std::size_t at = 0;
  for (std::uint32_t document = 0; document < ends_.size(); ++document) {
    for (; at < ends_[document]; ++at) {
      postings[next[entries_[at].term]++] = {document, entries_[at].frequency};
    }
  }
  entries_ = {};

  table.values(kSlots, [&](unsigned slot, const PostingTable::TakeValue& take) {
    for (const auto& [document, value] : values_[slot]) take(document, value);
  });
  table.lengths(lengths_);
  std::vector<std::uint32_t> order(terms_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return terms_[a] < terms_[b]; });
  for (const auto term : order) {
    if (begins[term] == begins[term + 1]) continue;
    table.term(terms_[term],
               std::span(postings).subspan(begins[term], begins[term + 1] - begins[term]));
  }
}

Renumbering::Renumbering(std::uint32_t documents, std::span<const std::uint32_t> removed,
                         std::uint32_t first)
    : first_(first), next_(first + documents - static_cast<std::uint32_t>(removed.size())) {
  if (removed.empty()) return;
  numbers_.reserve(documents);
  auto gone = removed.begin();
  for (std::uint32_t document = 0; document < documents; ++document) {
    const bool removed_here = gone != removed.end() && *gone == document;
    if (removed_here) ++gone;
    numbers_.push_back(removed_here ? kGone : first++);
  }
}

void merge_postings(std::span<const MergeSource> sources, PostingTable& table) {
  std::vector<Renumbering> numbers;
  std::vector<std::uint32_t> lengths;
  for (const auto& source : sources) {
    numbers.emplace_back(static_cast<std::uint32_t>(source.lengths.size()), source.removed,
                         numbers.empty() ? 0 : numbers.back().next());
    for (std::uint32_t i = 0; i < source.lengths.size(); ++i) {
      if (numbers.back()(i) != Renumbering::kGone) lengths.push_back(source.lengths[i]);
    }
  }
  table.values(kSlots, [&](unsigned slot, const PostingTable::TakeValue& take) {
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const auto& db = sources[s].database;
      const auto end = db.valuestream_end(slot);
      for (auto it = db.valuestream_begin(slot); it != end; ++it) {
        const auto document = numbers[s](it.get_docid() - 1);
        if (document != Renumbering::kGone) take(document, *it);
      }
    }
  });
  table.lengths(lengths);

  // The sources that are not through with their terms, the least term in front.
  struct Cursor {
    Xapian::TermIterator at, end;
    std::string term;
    std::size_t source;
  };
  const auto later = [](const Cursor* a, const Cursor* b) {
    return std::tie(b->term, b->source) < std::tie(a->term, a->source);
  };
  std::vector<Cursor> cursors(sources.size());
  std::priority_queue<Cursor*, std::vector<Cursor*>, decltype(later)> queue(later);
  const auto enter = [&](Cursor& cursor) {
    if (cursor.at == cursor.end) return;
    cursor.term = *cursor.at;
    queue.push(&cursor);
  };
  for (std::size_t s = 0; s < sources.size(); ++s) {
    cursors[s].source = s;
    cursors[s].at = sources[s].database.allterms_begin();
    enter(cursors[s]);
  }
  std::vector<Posting> postings;
  std::string term;
  while (!queue.empty()) {
    term = queue.top()->term;
    postings.clear();
    while (!queue.empty() && queue.top()->term == term) {
      auto& cursor = *queue.top();
      queue.pop();
      const auto& db = sources[cursor.source].database;
      const auto end = db.postlist_end(term);
      for (auto it = db.postlist_begin(term); it != end; ++it) {
        const auto document = numbers[cursor.source](*it - 1);
        if (document != Renumbering::kGone) postings.push_back({document, it.get_wdf()});
      }
      ++cursor.at;
      enter(cursor);
    }
    if (!postings.empty()) table.term(term, postings);
  }
}

}  // namespace fihris::index
