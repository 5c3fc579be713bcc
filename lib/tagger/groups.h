// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "tagger/decide.h"
#include "tagger/scene.h"

namespace fihris::tagger {

/// Decides which matches name a faction, and which. In order of first token, none overlapping.
std::vector<Decision> decide_groups(const Scene& scene, Traits& traits, const Theatre& theatre,
                                    const Candidates& candidates);

}  // namespace fihris::tagger
