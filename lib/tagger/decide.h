// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "authority/image.h"
#include "fihris/date.h"
#include "tagger/match.h"

namespace fihris::tagger {

/// A match and the entity it was decided to name.
struct Decision {
  Match match;
  std::uint32_t entity = 0;
  const char* rule = "";
  double confidence = 0;
};

/// Decides which matches are names, and whose. In order of first token, none overlapping within a
/// facet.
std::vector<Decision> decide(const authority::Image& image, const TokenRun& run,
                             const std::vector<Match>& matches,
                             const std::optional<Date>& published);

}  // namespace fihris::tagger
