// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/postings.h"
#include "index/schema.h"

namespace fihris::index {

/// Terms and values of the articles of one part, collected article by article and turned round at
/// the end: a counting sort, no map of maps.
class PartPostings {
 public:
  /// The number of a term in this part.
  std::uint32_t number(std::string_view term);
  /// Terms of the article at hand. `add` raises the frequency; a `flag` counts nothing.
  void add(std::uint32_t term, std::uint32_t frequency = 1);
  void add(std::string_view term, std::uint32_t frequency = 1) { add(number(term), frequency); }
  void flag(std::string_view term) { add(number(term), 0); }
  void value(Slot slot, std::string value);
  void end_document();

  std::uint32_t documents() const { return static_cast<std::uint32_t>(ends_.size()); }
  /// Calls `each` with every slot and value of a document. Documents have to be asked for in order.
  template <class Each>
  void values_of(std::uint32_t document, std::array<std::size_t, kSlots>& at, Each&& each) const {
    for (unsigned slot = 0; slot < kSlots; ++slot) {
      const auto& all = values_[slot];
      if (at[slot] == all.size() || all[at[slot]].document != document) continue;
      each(slot, all[at[slot]++].value);
    }
  }
  /// Of each document: the sum of its frequencies.
  std::span<const std::uint32_t> lengths() const { return lengths_; }
  /// Writes terms and postings to a file for `read_postings`. Consumes them.
  void write(const std::string& path);

 private:
  static constexpr std::uint32_t kAbsent = std::numeric_limits<std::uint32_t>::max();
  struct Value {
    std::uint32_t document;
    std::string value;
  };
  struct Entry {
    std::uint32_t term;
    std::uint32_t frequency;
  };

  std::deque<std::string> terms_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::vector<std::uint32_t> current_;  ///< frequency in the article at hand, by term
  std::vector<std::uint32_t> touched_;
  std::vector<Entry> entries_;
  std::vector<std::size_t> ends_;  ///< of the entries of each article
  std::vector<std::uint32_t> lengths_;
  std::array<std::vector<Value>, kSlots> values_;
};

/// The terms that `PartPostings::write` left in a file. What is cut short is an Error{io}: parts
/// have a checksum, so that the file was whole a moment ago.
std::unique_ptr<TermCursor> read_postings(const std::string& path);

}  // namespace fihris::index
