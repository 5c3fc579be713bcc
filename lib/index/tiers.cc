// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/tiers.h"

#include <algorithm>
#include <map>

namespace fihris::index {
namespace {

constexpr std::uint64_t kSmallest = 64;  ///< documents: all below are one tier

int tier_of(std::uint64_t documents) {
  int tier = 0;
  for (auto bound = kSmallest; documents >= bound && tier < 12; bound *= kTierWidth) ++tier;
  return tier;
}

}  // namespace

std::vector<std::vector<std::size_t>> plan_merges(std::span<const std::uint64_t> documents) {
  struct Set {
    std::uint64_t documents;
    std::vector<std::size_t> members;
  };
  std::map<int, std::vector<Set>> tiers;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    tiers[tier_of(documents[i])].push_back({documents[i], {i}});
  }
  // From the smallest up; a merged set lands in its own tier or a higher one.
  for (int tier = 0; tier <= 12; ++tier) {
    while (tiers[tier].size() >= kTierWidth) {
      Set merged{0, {}};
      for (const auto& set : tiers[tier]) {
        merged.documents += set.documents;
        merged.members.insert(merged.members.end(), set.members.begin(), set.members.end());
      }
      tiers[tier].clear();
      tiers[tier_of(merged.documents)].push_back(std::move(merged));
    }
  }
  std::vector<std::vector<std::size_t>> plan;
  for (auto& [tier, sets] : tiers) {
    for (auto& set : sets) {
      if (set.members.size() < 2) continue;
      std::sort(set.members.begin(), set.members.end());
      plan.push_back(std::move(set.members));
    }
  }
  std::sort(plan.begin(), plan.end());
  return plan;
}

}  // namespace fihris::index
