// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/facets.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "fihris/analysis.h"
#include "query/compile.h"

namespace fihris::search {
namespace {

/// More buckets than anyone reads are no timeline: then only the filled ones are given.
constexpr std::size_t kBuckets = 5000;
/// Events far from any news are not shown as buckets between which thousands of empty ones lie.
constexpr std::int32_t kLongestEvent = 366 * 10;

}  // namespace

FacetTable::FacetTable(const std::vector<const index::FacetColumn*>& columns,
                       const std::vector<std::uint32_t>& documents, const Above& above) {
  std::map<std::string, std::vector<std::string>> known;
  std::set<std::string> all;
  for (const auto* column : columns) {
    for (std::uint32_t v = 0; v < column->values; ++v) {
      std::string name(column->name(v));
      if (known.contains(name)) continue;
      auto ids = above ? above(name) : std::vector<std::string>{name};
      all.insert(ids.begin(), ids.end());
      known.emplace(std::move(name), std::move(ids));
    }
  }
  names_.assign(all.begin(), all.end());
  const auto number = [&](const std::string& name) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(names_, name) - names_.begin());
  };
  for (std::size_t s = 0; s < columns.size(); ++s) {
    const auto& column = *columns[s];
    std::vector<std::vector<std::uint32_t>> of_value(column.values);
    for (std::uint32_t v = 0; v < column.values; ++v) {
      for (const auto& id : known.at(std::string(column.name(v))))
        of_value[v].push_back(number(id));
    }
    auto& lists = segments_.emplace_back();
    lists.begins.reserve(documents[s] + 1);
    lists.begins.push_back(0);
    std::vector<std::uint32_t> seen(names_.size(), UINT32_MAX);
    for (std::uint32_t d = 0; d < documents[s]; ++d) {
      for (const auto v : column.of(d)) {
        for (const auto each : of_value[v]) {
          if (seen[each] == d) continue;
          seen[each] = d;
          lists.numbers.push_back(each);
        }
      }
      lists.begins.push_back(static_cast<std::uint32_t>(lists.numbers.size()));
    }
    lists.numbers.shrink_to_fit();
  }
}

FacetTable::Counts FacetTable::count(const std::vector<Bits>& matches) const {
  Counts counts;
  counts.values.assign(names_.size(), 0);
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    const auto& lists = segments_[s];
    std::uint64_t without = 0;
    matches[s].for_each([&](std::uint32_t document) {
      const auto begin = lists.begins[document];
      const auto end = lists.begins[document + 1];
      without += begin == end ? 1 : 0;
      for (auto i = begin; i < end; ++i) ++counts.values[lists.numbers[i]];
    });
    counts.without += without;
  }
  return counts;
}

FacetTable::Above above_in(const Authority& authority, Facet facet) {
  return [authority, facet](const std::string& id) {
    auto above = authority.ancestors(facet, id);
    above.push_back(id);
    std::sort(above.begin(), above.end());
    return above;
  };
}

FacetTable::Above kinds_in(const Authority& authority) {
  return [authority](const std::string& id) {
    const auto found = authority.find(Facet::faction, id);
    return std::vector<std::string>{found && !found->kind.empty() ? found->kind : "unknown"};
  };
}

FacetCounts shape_counts(const FacetRequest& request, const Authority& authority,
                         std::vector<std::pair<std::string, std::uint64_t>> counted,
                         std::uint64_t without) {
  FacetCounts result;
  result.request = request;
  result.without = without;
  const bool entity = request.field == FacetField::faction || request.field == FacetField::region;
  const auto facet = request.field == FacetField::faction ? Facet::faction : Facet::region;
  if (!request.below.empty() && entity) {
    std::erase_if(counted, [&](const auto& value) {
      if (request.below == "/") return !authority.ancestors(facet, value.first).empty();
      const auto found = authority.find(facet, value.first);
      if (!found) return true;
      return found->parent != request.below &&
             std::ranges::find(found->member_of, request.below) == found->member_of.end();
    });
  }
  std::erase_if(counted, [](const auto& value) { return value.second == 0; });
  const auto holds = Analyzer::fold(request.name_filter);
  const auto named = [&](const std::string& id) {
    FacetValue value;
    value.id = id;
    if (!entity) return value;
    if (const auto found = authority.find(facet, id)) {
      value.ar = found->ar;
      value.en = found->en;
    }
    return value;
  };
  if (!holds.empty()) {
    std::erase_if(counted, [&](const auto& one) {
      if (Analyzer::fold(one.first).find(holds) != std::string::npos) return false;
      const auto found = entity ? authority.find(facet, one.first) : std::nullopt;
      if (!found) return true;
      return std::ranges::none_of(found->names, [&](const EntityName& name) {
        return Analyzer::fold(name.text).find(holds) != std::string::npos;
      });
    });
  }
  result.distinct = counted.size();
  std::erase_if(counted, [&](const auto& value) { return value.second < request.min; });
  const auto top = request.top == 0 ? counted.size() : std::min(request.top, counted.size());
  std::ranges::partial_sort(
      counted, counted.begin() + static_cast<std::ptrdiff_t>(top), {},
      [](const auto& value) { return std::tuple(~value.second, std::string_view(value.first)); });
  for (std::size_t i = 0; i < top; ++i) {
    auto value = named(counted[i].first);
    value.count = counted[i].second;
    result.values.push_back(std::move(value));
  }
  return result;
}

index::EventSpan DateBuckets::bucket(DateStep step, std::int32_t day) {
  const auto date = from_days(day);
  switch (step) {
    case DateStep::day:
      return {day, day};
    case DateStep::week: {
      // ISO 8601: from Monday to Sunday
      const auto monday = day - (weekday(date) + 6) % 7;
      return {monday, monday + 6};
    }
    case DateStep::month:
      return {to_days({date.year, date.month, 1}), to_days(end_of_month(date.year, date.month))};
    case DateStep::year:
      return {to_days({date.year, 1, 1}), to_days({date.year, 12, 31})};
  }
  return {day, day};
}

void DateBuckets::add_day(std::int32_t day, std::uint64_t count) {
  counts_[bucket(step_, day).first] += count;
}

std::vector<std::int32_t> DateBuckets::answered(DateStep step,
                                                std::span<const index::EventSpan> events) {
  std::vector<std::int32_t> firsts;
  for (const auto& event : events) {
    if (event.last - event.first > kLongestEvent) continue;
    for (auto at = bucket(step, event.first); at.first <= event.last;
         at = bucket(step, at.last + 1)) {
      if (query::event_matches(event.first, event.last, {at.first, at.last})) {
        firsts.push_back(at.first);
      } else if (at.first <= event.first && event.last - event.first > 31) {
        break;  // a long one that its first bucket does not hold lies in none
      }
    }
  }
  std::ranges::sort(firsts);
  firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
  return firsts;
}

void DateBuckets::add_events(std::span<const index::EventSpan> events, std::uint64_t count) {
  const auto firsts = answered(step_, events);
  for (const auto first : firsts) counts_[first] += count;
  if (firsts.empty()) without_ += count;
}

FacetCounts DateBuckets::result(const FacetRequest& request) const {
  FacetCounts result;
  result.request = request;
  result.without = without_;
  result.distinct = counts_.size();
  if (counts_.empty()) return result;
  const auto add = [&](std::int32_t first, std::uint64_t count) {
    FacetValue value;
    value.id = to_iso(from_days(first));
    value.count = count;
    result.values.push_back(std::move(value));
  };
  std::size_t buckets = 0;
  const auto last = counts_.rbegin()->first;
  for (auto at = bucket(step_, counts_.begin()->first); at.first <= last && buckets <= kBuckets;
       at = bucket(step_, at.last + 1)) {
    ++buckets;
  }
  if (buckets > kBuckets) {
    for (const auto& [first, count] : counts_) add(first, count);
    return result;
  }
  for (auto at = bucket(step_, counts_.begin()->first); at.first <= last;
       at = bucket(step_, at.last + 1)) {
    const auto found = counts_.find(at.first);
    add(at.first, found == counts_.end() ? 0 : found->second);
  }
  return result;
}

}  // namespace fihris::search
