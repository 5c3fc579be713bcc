// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fihris::index {

/// Segments of about one size that are left side by side: one more, and they are merged.
inline constexpr std::size_t kTierWidth = 8;

/// Which segments to merge, by number, so that no tier (sizes within a factor of eight) holds
/// `kTierWidth`: sets of two or more, ascending, none overlapping; a merge that would fill the
/// next tier takes that in at once. Every document is written again once for each tier it passes:
/// seven times for ten million.
/// \param documents  of each segment, oldest first
std::vector<std::vector<std::size_t>> plan_merges(std::span<const std::uint64_t> documents);

}  // namespace fihris::index
