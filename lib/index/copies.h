// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "index/columns.h"

namespace fihris::index {

/// What near copies are known by.
struct Signature {
  /// A fingerprint whose equal bytes estimate how many word sequences two articles share: one byte
  /// of each minimum of a one-permutation MinHash (Li, Owen, Zhang 2012; empty bins filled by
  /// rotation, Shrivastava and Li 2014; low bits only, Li and König 2010). All zero: too little
  /// text to say.
  std::array<std::uint8_t, 48> bytes{};
  std::int32_t day = kNoDay;  ///< of publication, since 1970-01-01
};

/// \param stems  hashes of the stem keys of the text in order.
Signature make_signature(std::span<const std::uint64_t> stems, std::int32_t day = kNoDay);
/// Estimated Jaccard similarity of the three-stem sequences of two articles; 0 if either signature
/// is empty.
double similarity(const Signature& a, const Signature& b);
/// The similarity from which two articles count as copies of each other. A report is printed again,
/// shortened and reworded, on the day it came or the next; what is as similar on days further apart
/// is often a form filled in anew: a cable of congratulation, a weather report, a sentence carried
/// out. Measured in docs/performance.md.
double copy_threshold(const Signature& a, const Signature& b);

/// Gives each article a group: that of the earlier article it is a near copy of, or its own.
/// Deterministic: depends on the order of the calls alone.
class CopyGrouper {
 public:
  /// An article of the index so far, which keeps its group.
  void insert(const Signature& signature, std::uint64_t group);
  /// The group of a new article, which is inserted. \param own  its group if it copies none.
  std::uint64_t assign(const Signature& signature, std::uint64_t own);
  std::size_t size() const { return signatures_.size(); }

 private:
  static constexpr std::size_t kBandRows = 4;
  static constexpr std::size_t kBands = std::tuple_size_v<decltype(Signature::bytes)> / kBandRows;
  /// Small additions to an index compare with all signatures instead of building tables.
  static constexpr std::size_t kScans = 64;

  void build_tables(std::size_t capacity);
  void put(std::uint32_t number);
  std::uint32_t key(std::uint32_t number, std::size_t band) const;

  std::vector<Signature> signatures_;
  std::vector<std::uint64_t> groups_;
  std::size_t assigned_ = 0;
  /// For each band an open-addressed table of numbers into `signatures_`, plus one; 0: free.
  std::array<std::vector<std::uint32_t>, kBands> tables_;
};

}  // namespace fihris::index
