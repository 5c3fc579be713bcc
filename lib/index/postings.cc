// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/postings.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <queue>
#include <tuple>

#include "index/schema.h"

namespace fihris::index {
namespace {

class DatabaseCursor final : public TermCursor {
 public:
  explicit DatabaseCursor(const Xapian::Database& database)
      : database_(database), at_(database.allterms_begin()), end_(database.allterms_end()) {}

  bool next() override {
    if (at_ == end_) return false;
    term_ = *at_;
    ++at_;
    return true;
  }
  void append_postings(std::vector<Posting>& to) override {
    const auto end = database_.postlist_end(term_);
    for (auto it = database_.postlist_begin(term_); it != end; ++it) {
      to.push_back({*it - 1, it.get_wdf()});
    }
  }

 private:
  const Xapian::Database& database_;
  Xapian::TermIterator at_, end_;
};

}  // namespace

std::unique_ptr<TermCursor> make_cursor(const Xapian::Database& database) {
  return std::make_unique<DatabaseCursor>(database);
}

std::uint64_t head_of(std::string_view term) {
  std::array<unsigned char, 8> bytes{};
  std::memcpy(bytes.data(), term.data(), std::min(term.size(), bytes.size()));
  std::uint64_t head = 0;
  for (const auto byte : bytes) head = head << 8 | byte;
  return head;
}

PostingTable::GiveValues values_of(const Xapian::Database& database) {
  return [&database](unsigned slot, const PostingTable::TakeValue& take) {
    const auto end = database.valuestream_end(slot);
    for (auto it = database.valuestream_begin(slot); it != end; ++it) {
      take(it.get_docid() - 1, *it);
    }
  };
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

void merge_postings(std::span<const MergeSource> sources, const Xapian::Database& merged,
                    PostingTable& table) {
  std::vector<Renumbering> numbers;
  std::vector<std::uint32_t> lengths;
  for (const auto& source : sources) {
    numbers.emplace_back(static_cast<std::uint32_t>(source.lengths.size()), source.removed,
                         numbers.empty() ? 0 : numbers.back().next());
    for (std::uint32_t i = 0; i < source.lengths.size(); ++i) {
      if (numbers.back()(i) != Renumbering::kGone) lengths.push_back(source.lengths[i]);
    }
  }
  table.values(kSlots, values_of(merged));
  table.lengths(lengths);

  // The sources that are not through with their terms, the least term in front.
  struct Entry {
    std::uint64_t head;  ///< of the term
    std::size_t source;
  };
  const auto later = [&](const Entry& a, const Entry& b) {
    if (a.head != b.head) return a.head > b.head;
    return std::tie(sources[b.source].terms->term(), b.source) <
           std::tie(sources[a.source].terms->term(), a.source);
  };
  std::priority_queue<Entry, std::vector<Entry>, decltype(later)> queue(later);
  const auto enter = [&](std::size_t source) {
    auto& terms = *sources[source].terms;
    if (terms.next()) queue.push({head_of(terms.term()), source});
  };
  for (std::size_t s = 0; s < sources.size(); ++s) enter(s);
  std::vector<Posting> postings;
  std::string term;
  while (!queue.empty()) {
    term = sources[queue.top().source].terms->term();
    postings.clear();
    while (!queue.empty() && sources[queue.top().source].terms->term() == term) {
      const auto source = queue.top().source;
      queue.pop();
      const auto begin = postings.size();
      sources[source].terms->append_postings(postings);
      auto end = begin;
      for (auto i = begin; i < postings.size(); ++i) {
        const auto document = numbers[source](postings[i].document);
        if (document != Renumbering::kGone) postings[end++] = {document, postings[i].frequency};
      }
      postings.resize(end);
      enter(source);
    }
    if (!postings.empty()) table.term(term, postings);
  }
}

}  // namespace fihris::index
