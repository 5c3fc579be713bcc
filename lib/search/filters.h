// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "fihris/authority.h"
#include "fihris/search.h"
#include "search/engine.h"

namespace fihris::search {

/// Chosen facet values as plans. Values that mean nothing match nothing.
/// \throws Error{invalid_argument} for a date that cannot be read.
std::vector<Filter> make_filters(const std::vector<FacetFilter>& chosen, const Authority& authority,
                                 const query::TermSource& terms);

}  // namespace fihris::search
