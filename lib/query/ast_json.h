// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "query/ast.h"

namespace fihris::query {

/// The tree as a JSON object {"format":1,"query":…}; docs/query-language.md gives the members.
std::string to_json(const Node& root);
/// Reads what `to_json` writes; unknown members are passed over. \throws Error{bad_query}
Node from_json(std::string_view json);

}  // namespace fihris::query
