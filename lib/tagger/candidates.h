// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "fihris/tagger.h"
#include "tagger/decide.h"
#include "tagger/scene.h"

namespace fihris::tagger {

/// Groups that a pattern names and no authority file knows: a head word («لواء», «كتيبة», «حركة» …)
/// and a name, in quotes or not. In order of first mention. Rules: "quotes", "pattern".
std::vector<CandidateTag> find_candidates(const Scene& scene, const Decisions& decided);

}  // namespace fihris::tagger
