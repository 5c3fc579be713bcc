// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <functional>
#include <string>
#include <vector>

#include "query/plan.h"

namespace fihris::search {

/// Id terms of articles.
using StockIds = std::vector<std::string>;
/// At most so many articles stand for a verified part of a query.
inline constexpr std::size_t kStockIds = 10000;

/// A plan in operators that every Xapian server knows. Places that Xapian can check are left to it;
/// for the others `verified` says which articles match.
Xapian::Query to_xapian(const query::Plan& plan,
                        const std::function<StockIds(const query::Plan&)>& verified);
/// All articles that match `plan` and perhaps more: places are not looked at.
Xapian::Query candidates(const query::Plan& plan);
/// `matching` with the weights of `leaves`.
Xapian::Query with_weights(const Xapian::Query& matching, const std::vector<query::Leaf>& leaves);

}  // namespace fihris::search
