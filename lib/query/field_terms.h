// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fihris/authority.h"
#include "query/ast.h"
#include "query/plan.h"

/// What an index has for the value of a field: terms of which an article must hold one.
namespace fihris::query {

/// The terms with positions of an entity and of all that the index has below it.
/// \param members  the members of a coalition too
std::vector<std::string> terms_below(const EntityRef& entity, bool members,
                                     const Authority& authority, const TermSource& index);

/// Tagged places in any of the circles.
std::vector<std::string> place_terms(const std::vector<Circle>& circles, const TermSource& index);

/// Days that texts tell of and that answer to a range.
std::vector<std::string> event_terms(const DayRange& days, const TermSource& index);

/// True if an event of these days answers to a range: all of it lies within, or it is shorter than
/// 17 days and overlaps. So «2015» does not answer to a question for one day, «25 to 30 May» does.
bool event_matches(std::int32_t first, std::int32_t last, const DayRange& range);

/// Sources of that name, or of names that begin so: "al*".
std::vector<std::string> source_terms(const Value& value, const TermSource& index);

}  // namespace fihris::query
