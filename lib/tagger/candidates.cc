// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/candidates.h"

namespace fihris::tagger {

std::vector<CandidateTag> find_candidates(const Scene&, const std::vector<Decision>&) { return {}; }

}  // namespace fihris::tagger
