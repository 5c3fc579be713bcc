// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/copies.h"

#include <cstdlib>
#include <cstring>
#include <limits>

namespace fihris::index {
namespace {

constexpr std::size_t kBins = std::tuple_size_v<decltype(Signature::bytes)>;
constexpr std::size_t kShingle = 3;  ///< stems in a sequence
/// Under so many sequences a text is a headline or a stub: equal ones are no copies of an article.
constexpr std::size_t kFewest = 24;
/// Thresholds of similarity: for articles published on the same or the next day, on days further
/// apart, and for those of which one has no date.
constexpr double kSoonThreshold = 0.62;
constexpr double kLaterThreshold = 0.75;
constexpr double kUndatedThreshold = 0.7;
constexpr std::uint64_t kEmpty = std::numeric_limits<std::uint64_t>::max();

/// The finalizer of SplitMix64: every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ x >> 31;
}

bool is_empty(const Signature& s) {
  static constexpr decltype(s.bytes) kNone{};
  return s.bytes == kNone;
}

}  // namespace

Signature make_signature(std::span<const std::uint64_t> stems, std::int32_t day) {
  Signature signature{{}, day};
  if (stems.size() < kFewest + kShingle - 1) return signature;
  std::array<std::uint64_t, kBins> lowest;
  lowest.fill(kEmpty);
  for (std::size_t i = 0; i + kShingle <= stems.size(); ++i) {
    const auto hash = mix(stems[i] + 3 * mix(stems[i + 1] + 5 * mix(stems[i + 2])));
    auto& slot = lowest[(hash >> 32) % kBins];
    const auto value = hash & 0xFFFFFFFFu;
    if (value < slot) slot = value;
  }
  for (std::size_t i = 0; i < kBins; ++i) {
    std::size_t from = i;
    std::uint64_t steps = 0;
    while (lowest[from] == kEmpty) {
      from = (from + 1) % kBins;
      ++steps;
    }
    // A byte is never 0, so that no signature of a text is the empty one.
    signature.bytes[i] = static_cast<std::uint8_t>(mix(lowest[from] + (steps << 32)) % 255 + 1);
  }
  return signature;
}

double similarity(const Signature& a, const Signature& b) {
  if (is_empty(a) || is_empty(b)) return 0;
  unsigned equal = 0;
  for (std::size_t i = 0; i < kBins; ++i) equal += a.bytes[i] == b.bytes[i] ? 1 : 0;
  // Unequal minima agree in one of 255 bytes by chance.
  const double share = static_cast<double>(equal) / kBins;
  return share <= 1.0 / 255 ? 0 : (share - 1.0 / 255) / (1 - 1.0 / 255);
}

double copy_threshold(const Signature& a, const Signature& b) {
  if (a.day == kNoDay || b.day == kNoDay) return kUndatedThreshold;
  const auto apart = std::abs(std::int64_t{a.day} - b.day);
  return apart <= 1 ? kSoonThreshold : kLaterThreshold;
}

std::uint32_t CopyGrouper::key(std::uint32_t number, std::size_t band) const {
  std::uint32_t rows;
  std::memcpy(&rows, signatures_[number].bytes.data() + band * kBandRows, sizeof rows);
  return rows;
}

void CopyGrouper::put(std::uint32_t number) {
  for (std::size_t band = 0; band < kBands; ++band) {
    auto& table = tables_[band];
    const std::size_t mask = table.size() - 1;
    const auto mine = key(number, band);
    auto at = mix(mine) & mask;
    // Of articles with one key the first stays: chains of template texts do not grow.
    for (; table[at] != 0; at = (at + 1) & mask) {
      if (key(table[at] - 1, band) == mine) break;
    }
    if (table[at] == 0) table[at] = number + 1;
  }
}

void CopyGrouper::build_tables(std::size_t capacity) {
  std::size_t size = 1024;
  while (size < capacity * 2) size *= 2;
  for (auto& table : tables_) table.assign(size, 0);
  for (std::uint32_t i = 0; i < signatures_.size(); ++i) put(i);
}

void CopyGrouper::insert(const Signature& signature, std::uint64_t group) {
  if (is_empty(signature)) return;
  signatures_.push_back(signature);
  groups_.push_back(group);
  if (tables_[0].empty()) return;
  if (signatures_.size() * 3 > tables_[0].size() * 2) {
    build_tables(signatures_.size());
  } else {
    put(static_cast<std::uint32_t>(signatures_.size() - 1));
  }
}

std::uint64_t CopyGrouper::assign(const Signature& signature, std::uint64_t own) {
  if (is_empty(signature)) return own;
  if (tables_[0].empty() && ++assigned_ > kScans) build_tables(signatures_.size());
  double best = 0;
  std::size_t found = signatures_.size();
  const auto consider = [&](std::size_t number) {
    const double s = similarity(signature, signatures_[number]);
    if (s < copy_threshold(signature, signatures_[number])) return;
    // The most similar one; of equals the earliest, whichever way it was found.
    if (s > best || (s == best && number < found)) {
      best = s;
      found = number;
    }
  };
  if (tables_[0].empty()) {
    // What the tables would find: for each band the first article with the same key.
    std::array<bool, kBands> done{};
    for (std::uint32_t i = 0; i < signatures_.size(); ++i) {
      for (std::size_t band = 0; band < kBands; ++band) {
        const auto row = band * kBandRows;
        if (done[band] || std::memcmp(signature.bytes.data() + row,
                                      signatures_[i].bytes.data() + row, kBandRows) != 0) {
          continue;
        }
        done[band] = true;
        consider(i);
      }
    }
  } else {
    for (std::size_t band = 0; band < kBands; ++band) {
      const auto& table = tables_[band];
      const std::size_t mask = table.size() - 1;
      std::uint32_t mine;
      std::memcpy(&mine, signature.bytes.data() + band * kBandRows, sizeof mine);
      for (auto at = mix(mine) & mask; table[at] != 0; at = (at + 1) & mask) {
        if (key(table[at] - 1, band) != mine) continue;
        consider(table[at] - 1);
        break;
      }
    }
  }
  const auto group = found < signatures_.size() ? groups_[found] : own;
  insert(signature, group);
  return group;
}

}  // namespace fihris::index
