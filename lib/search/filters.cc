// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/filters.h"

#include "fihris/error.h"
#include "index/schema.h"
#include "query/days.h"
#include "query/field_terms.h"

namespace fihris::search {

using query::Op;
using query::Plan;

namespace {

query::DayRange days_of(const std::string& value) {
  const auto slash = value.find('/');
  const auto text =
      slash == value.npos ? value : value.substr(0, slash) + ".." + value.substr(slash + 1);
  const auto days = query::read_days(text, std::nullopt);
  if (!days) {
    throw Error(ErrorCode::invalid_argument, "filter: \"" + value + "\" is no date",
                "give YYYY, YYYY-MM, YYYY-MM-DD, or two of these joined by \"/\"");
  }
  return *days;
}

void add_kind(Plan& plan, const std::string& kind, const Authority& authority,
              const query::TermSource& terms) {
  for (const auto& entry : terms.with_prefix(std::string(index::prefix::kFaction))) {
    const auto found =
        authority.find(Facet::faction, entry.term.substr(index::prefix::kFaction.size()));
    if ((found && !found->kind.empty() ? found->kind : "unknown") == kind) {
      plan.terms.push_back(entry.term);
    }
  }
}

/// An entity by its id or, where no id is meant, by any of its names: then all that bear it.
void add_entities(Plan& plan, Facet facet, const std::string& value, const Authority& authority,
                  const query::TermSource& terms) {
  const auto term = [&](const std::string& id) {
    return index::bounded_term(
        facet == Facet::faction ? index::prefix::kFactionTree : index::prefix::kRegionTree, id);
  };
  if (authority.find(facet, value) || terms.documents(term(value)) > 0) {
    plan.terms.push_back(term(value));
    return;
  }
  for (const auto& entity : authority.resolve(facet, value)) plan.terms.push_back(term(entity.id));
}

}  // namespace

std::vector<Filter> make_filters(const std::vector<FacetFilter>& chosen, const Authority& authority,
                                 const query::TermSource& terms) {
  std::vector<Filter> filters;
  for (const auto& filter : chosen) {
    if (filter.values.empty()) continue;
    Plan any{.op = Op::any};
    Plan words{.op = Op::term};
    words.placeless = true;
    for (const auto& value : filter.values) {
      switch (filter.field) {
        case FacetField::faction:
          add_entities(words, Facet::faction, value, authority, terms);
          break;
        case FacetField::region:
          add_entities(words, Facet::region, value, authority, terms);
          break;
        case FacetField::source:
          words.terms.push_back(index::bounded_term(index::prefix::kSource, value));
          break;
        case FacetField::kind:
          add_kind(words, value, authority, terms);
          break;
        case FacetField::published: {
          Plan days{.op = Op::days};
          days.days = days_of(value);
          any.children.push_back(std::move(days));
          break;
        }
        case FacetField::event:
          for (auto& term : query::event_terms(days_of(value), terms)) {
            words.terms.push_back(std::move(term));
          }
          break;
      }
    }
    if (!words.terms.empty()) any.children.push_back(std::move(words));
    if (any.children.empty()) any.op = Op::nothing;
    filters.push_back({filter.field, std::move(any)});
  }
  return filters;
}

}  // namespace fihris::search
