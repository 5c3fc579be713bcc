// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "fihris/index.h"
#include "index/manifest.h"

namespace fihris::index {

/// Figures of an index at one revision. Reads the term lists of all segments.
IndexStats figures_of(const std::string& folder, const Manifest& manifest, const Removed& removed);

}  // namespace fihris::index
