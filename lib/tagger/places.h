// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "tagger/decide.h"
#include "tagger/scene.h"

namespace fihris::tagger {

/// Decides which matches name a place, and which. In order of first token, none overlapping.
/// \param groups  the factions of the article: a place within the name of one is told by rule.
std::vector<Decision> decide_places(const Scene& scene, Traits& traits, const Theatre& theatre,
                                    const Candidates& candidates,
                                    const std::vector<Decision>& groups);

}  // namespace fihris::tagger
