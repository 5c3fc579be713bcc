// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>

/// How an image begins: shared by the writer and the reader of images.
namespace fihris::authority {

enum Section : std::size_t {
  kEntities,
  kNames,
  kConditions,
  kExtras,
  kByParent,
  kByTail,
  kWords,
  kWordTable,
  kNodes,
  kEdges,
  kBearers,
  kPool,
  kSectionCount
};

struct ImageHeader {
  static constexpr std::array<char, 8> kMagic{'f', 'i', 'h', 'r', 'i', 's', 'A', '2'};
  std::array<char, 8> magic = kMagic;
  std::uint64_t version = 0;                         ///< FNV-1a of all that follows the header
  std::array<std::uint32_t, kSectionCount> begin{};  ///< bytes from the start of the image
  std::array<std::uint32_t, kSectionCount> bytes{};
};

/// The slot of an edge in a table of a power of two entries.
inline std::uint32_t edge_hash(std::uint32_t node, std::uint32_t word) {
  std::uint64_t mixed = (static_cast<std::uint64_t>(node) << 32 | word) * 0x9E3779B97F4A7C15ULL;
  return static_cast<std::uint32_t>(mixed >> 32);
}

}  // namespace fihris::authority
