// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "fihris/date.h"
#include "query/ast.h"

namespace fihris::query {

/// The days that the value of a date field asks for: a date in any notation that
/// docs/query-language.md lists, a range `a..b`, `..b`, `a..`, or `>=a`, `>a`, `<=a`, `<a`. Both
/// ends are included; a coarse date is all its days. Empty if it is no date.
/// \param today  what «اليوم» means; empty: relative words are no dates.
std::optional<DayRange> read_days(std::string_view text, const std::optional<Date>& today);

}  // namespace fihris::query
