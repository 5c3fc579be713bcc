// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "fihris/index.h"
#include "index/columns.h"
#include "index/manifest.h"

namespace fihris::index {

/// Figures of an index at one revision. Reads the names of all terms.
/// \param columns, all  of its segments, in order of the manifest
IndexStats figures_of(const Manifest& manifest, const Removed& removed,
                      const std::vector<const Columns*>& columns, const Xapian::Database& all);
/// The same from the files in `folder`.
IndexStats figures_of(const std::string& folder, const Manifest& manifest, const Removed& removed);

}  // namespace fihris::index
