// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "tagger/decide.h"
#include "tagger/scene.h"

namespace fihris::tagger {

/// A match that may name one of several entities of a facet.
struct Candidate {
  Match match;
  std::vector<authority::BearerRecord> bearers;
};

/// Decides which matches name a faction, and which. In order of first token, none overlapping.
std::vector<Decision> decide_groups(const Scene& scene, Traits& traits, const Theatre& theatre,
                                    const std::vector<Candidate>& candidates);

}  // namespace fihris::tagger
