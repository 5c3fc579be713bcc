// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <iosfwd>

#include "fihris/search.h"
#include "output.h"

namespace fihris::cli {

/// Counts of one facet as a table; text has a heading and bars for dates.
void print_facet(std::ostream& out, const FacetCounts& counts, TableFormat format);

}  // namespace fihris::cli
