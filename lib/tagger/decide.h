// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fihris/date.h"
#include "tagger/match.h"

namespace fihris::tagger {

struct Scene;
class Traits;

/// A match and the entity it was decided to name.
struct Decision {
  Match match;
  std::uint32_t entity = 0;
  const char* rule = "";
  double confidence = 0;
};

/// The factions and the places of an article, each in order of first token. Factions do not
/// overlap; a place may stand within a longer one («مطار عدن») or in the name of a faction.
struct Decisions {
  std::vector<Decision> groups;
  std::vector<Decision> places;
  /// Names of factions in files that were not decided to be meant.
  std::vector<Match> other_names;
};
Decisions decide(const Scene& scene, Traits& traits, const std::vector<Match>& matches,
                 const std::optional<Date>& published);

}  // namespace fihris::tagger
