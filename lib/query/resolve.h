// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "fihris/authority.h"
#include "fihris/query.h"
#include "query/parser.h"

namespace fihris::query {

/// Gives names their entities, places their points and dates their days. What is unknown becomes a
/// search for its words, with a warning; a name of several bearers keeps them all, with a warning.
ParseResult resolve(ParseResult parsed, const Authority& authority, const QueryOptions& options);

/// The canonical name of what `has:` asks for ("faction", "event" …), from either language; any
/// other name is that of a field of the input, and given back as it is.
std::string_view has_name(std::string_view typed);

/// The id that the chief town of a district has, where it bears the name of the district:
/// "sy/idlib/ariha/ariha" for "sy/idlib/ariha".
std::string seat_of(std::string_view id);

}  // namespace fihris::query
