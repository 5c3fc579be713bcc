// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/part_postings.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/file.h"
#include "fihris/error.h"
#include "index/article_data.h"

namespace fihris::index {
namespace {

/// No longer than this is a number in the file.
constexpr std::size_t kLongestNumber = 10;

/// Reads the file of a part. One record a term: how many leading bytes it shares with the term
/// before, how many follow, those, how many articles hold it; for each of them the articles
/// between it and the one before, and the frequency. Numbers are LEB128.
class PartCursor final : public TermCursor {
 public:
  explicit PartCursor(const std::string& path) : file_(path) {}

  bool next() override {
    if (file_.peek(1).empty()) return false;
    const auto shared = number();
    const auto size = number();
    const auto bytes = file_.peek(size);
    if (shared > term_.size() || size > bytes.size()) fail();
    term_.resize(shared);
    term_.append(bytes.substr(0, size));
    file_.skip(size);
    articles_ = number();
    return true;
  }

  void append_postings(std::vector<Posting>& to) override {
    std::uint32_t document = 0;
    for (std::uint64_t left = std::exchange(articles_, 0); left > 0;) {
      // As many as surely lie in what is held, without a look at its end for each.
      auto bytes = file_.peek(2 * kLongestNumber);
      const auto all = bytes.size();
      do {
        const auto skipped = take_number(bytes);
        const auto frequency = take_number(bytes);
        if (!skipped || !frequency) fail();
        document += static_cast<std::uint32_t>(*skipped);
        to.push_back({document++, static_cast<std::uint32_t>(*frequency)});
        --left;
      } while (left > 0 && bytes.size() >= 2 * kLongestNumber);
      file_.skip(all - bytes.size());
    }
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(ErrorCode::io, file_.path() + ": cut short", "run the command again");
  }
  std::uint64_t number() {
    auto bytes = file_.peek(kLongestNumber);
    const auto all = bytes.size();
    const auto number = take_number(bytes);
    if (!number) fail();
    file_.skip(all - bytes.size());
    return *number;
  }

  FileReader file_;
  std::uint64_t articles_ = 0;  ///< of the term at hand, not read yet
};

}  // namespace

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

void PartPostings::write(const std::string& path) {
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

  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(terms_.size());
  for (const auto& term : terms_) {
    order.emplace_back(head_of(term), static_cast<std::uint32_t>(order.size()));
  }
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : terms_[a.second] < terms_[b.second];
  });
  FileWriter file(path);
  std::string_view last;
  std::string record;
  for (const auto& [head, number] : order) {
    const auto begin = begins[number];
    const auto end = begins[number + 1];
    if (begin == end) continue;
    const std::string_view term = terms_[number];
    const auto shared = static_cast<std::size_t>(
        std::mismatch(term.begin(), term.end(), last.begin(), last.end()).first - term.begin());
    record.clear();
    put_number(record, shared);
    put_number(record, term.size() - shared);
    record += term.substr(shared);
    put_number(record, end - begin);
    std::uint32_t document = 0;
    for (auto i = begin; i < end; ++i) {
      put_number(record, postings[i].document - document);
      put_number(record, postings[i].frequency);
      document = postings[i].document + 1;
    }
    file.append(record);
    last = term;
  }
  file.close();
}

std::unique_ptr<TermCursor> read_postings(const std::string& path) {
  return std::make_unique<PartCursor>(path);
}

}  // namespace fihris::index
