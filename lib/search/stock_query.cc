// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/stock_query.h"

#include <algorithm>

#include "index/schema.h"

namespace fihris::search {

using query::Op;
using query::Plan;
using Xapian::Query;

namespace {

Query any_term(const std::vector<std::string>& terms) {
  return Query(Query::OP_OR, terms.begin(), terms.end());
}

Query days_query(const query::DayRange& days) {
  const auto value = [](std::int32_t day) { return Xapian::sortable_serialise(day); };
  return Query(Query::OP_VALUE_RANGE, index::kSlotDay, value(days.first), value(days.last));
}

template <class Part>
Query all_of(const Plan& plan, Part&& part) {
  std::vector<Query> wanted, unwanted;
  for (const auto& child : plan.children) {
    if (child.op == Op::negation) {
      unwanted.push_back(part(child.children.front()));
    } else {
      wanted.push_back(part(child));
    }
  }
  Query query =
      wanted.empty() ? Query::MatchAll : Query(Query::OP_AND, wanted.begin(), wanted.end());
  if (unwanted.empty()) return query;
  return Query(Query::OP_AND_NOT, query, Query(Query::OP_OR, unwanted.begin(), unwanted.end()));
}

}  // namespace

Query to_xapian(const Plan& plan, const std::function<StockIds(const Plan&)>& verified) {
  const auto part = [&](const Plan& child) { return to_xapian(child, verified); };
  if (plan.verified()) return any_term(verified(plan));
  switch (plan.op) {
    case Op::everything:
      return Query::MatchAll;
    case Op::days:
      return days_query(plan.days);
    case Op::all:
      return all_of(plan, part);
    case Op::any: {
      std::vector<Query> parts;
      for (const auto& child : plan.children) parts.push_back(part(child));
      return Query(Query::OP_OR, parts.begin(), parts.end());
    }
    case Op::negation:
      return Query(Query::OP_AND_NOT, Query::MatchAll, part(plan.children.front()));
    case Op::nothing:
      return Query::MatchNothing;
    default:
      return any_term(plan.terms);
  }
}

Query candidates(const Plan& plan) {
  std::vector<Query> parts;
  switch (plan.op) {
    case Op::everything:
    case Op::negation:  // what it leaves out is known after verification only
      return Query::MatchAll;
    case Op::days:
      return days_query(plan.days);
    case Op::nothing:
      return Query::MatchNothing;
    case Op::any:
      for (const auto& child : plan.children) parts.push_back(candidates(child));
      return Query(Query::OP_OR, parts.begin(), parts.end());
    case Op::all:
    case Op::sequence:
    case Op::near:
    case Op::scope:
      for (const auto& child : plan.children) parts.push_back(candidates(child));
      return Query(Query::OP_AND, parts.begin(), parts.end());
    default:
      return any_term(plan.terms);
  }
}

Query with_weights(const Query& matching, const std::vector<query::Leaf>& leaves) {
  std::vector<Query> weighted;
  for (const auto& leaf : leaves) {
    weighted.push_back(Query(Query::OP_SCALE_WEIGHT, Query(leaf.term), leaf.scale));
  }
  if (weighted.empty()) return Query(Query::OP_SCALE_WEIGHT, matching, 0);
  return Query(Query::OP_AND_MAYBE, Query(Query::OP_SCALE_WEIGHT, matching, 0),
               Query(Query::OP_OR, weighted.begin(), weighted.end()));
}

}  // namespace fihris::search
