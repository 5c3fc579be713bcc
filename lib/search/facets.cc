// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/facets.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "fihris/analysis.h"
#include "query/field_terms.h"

namespace fihris::search {
namespace {

/// More buckets than anyone reads are no timeline: then only the filled ones are given.
constexpr std::size_t kBuckets = 5000;
/// Events far from any news are not shown as buckets between which thousands of empty ones lie.
constexpr std::int32_t kLongestEvent = 366 * 10;

/// How many buckets the one that begins at `last` comes after the one that begins at `first`.
std::size_t distance(DateStep step, std::int32_t first, std::int32_t last) {
  const auto a = from_days(first);
  const auto b = from_days(last);
  const auto days = static_cast<std::size_t>(last - first);
  const auto years = static_cast<std::size_t>(b.year - a.year);
  switch (step) {
    case DateStep::day:
      return days;
    case DateStep::week:
      return days / 7;
    case DateStep::month:
      return years * 12 + b.month - a.month;
    case DateStep::year:
      return years;
  }
  return days;
}

/// The first day of the bucket after the one that begins at `first`.
Date following(DateStep step, Date first) {
  const auto later = [&](int days) {
    if (first.day + days <= 28) {
      first.day += static_cast<decltype(first.day)>(days);
      return first;
    }
    return from_days(to_days(first) + days);
  };
  switch (step) {
    case DateStep::day:
      return later(1);
    case DateStep::week:
      return later(7);
    case DateStep::month:
      if (first.month < 12) {
        ++first.month;
        return first;
      }
      first.month = 1;
      [[fallthrough]];
    case DateStep::year:
      ++first.year;
      return first;
  }
  return first;
}

}  // namespace

FacetTally tally(const FacetLists& lists, const std::vector<Bits>& matches) {
  FacetTally counts;
  counts.values.resize(lists.values);
  for (std::size_t s = 0; s < lists.segments.size(); ++s) {
    const auto& segment = lists.segments[s];
    std::uint64_t without = 0;
    matches[s].for_each([&](std::uint32_t document) {
      const auto begin = segment.begins[document];
      const auto end = segment.begins[document + 1];
      without += begin == end ? 1 : 0;
      for (auto i = begin; i < end; ++i) ++counts.values[segment.numbers[i]];
    });
    counts.without += without;
  }
  return counts;
}

bool JoinedLists::can_join(const std::vector<const FacetLists*>& facets) {
  std::size_t values = 0;
  for (const auto* facet : facets) values += facet->values + 1;
  return values <= std::numeric_limits<std::uint16_t>::max();
}

JoinedLists::JoinedLists(const std::vector<const FacetLists*>& facets) {
  for (const auto* facet : facets) values_.push_back(facet->values);
  segments_.resize(facets.empty() ? 0 : facets.front()->segments.size());
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    auto& joined = segments_[s];
    const auto documents = facets.front()->segments[s].begins.size() - 1;
    joined.begins.reserve(documents + 1);
    for (std::size_t d = 0; d < documents; ++d) {
      std::size_t first = 0;
      for (const auto* facet : facets) {
        const auto& lists = facet->segments[s];
        const auto none = first + facet->values;
        const auto add = [&](std::size_t number) {
          joined.numbers.push_back(static_cast<std::uint16_t>(number));
        };
        if (lists.begins[d] == lists.begins[d + 1]) add(none);
        for (auto i = lists.begins[d]; i < lists.begins[d + 1]; ++i) add(first + lists.numbers[i]);
        first = none + 1;
      }
      joined.begins.push_back(static_cast<std::uint32_t>(joined.numbers.size()));
    }
    joined.numbers.shrink_to_fit();
  }
}

std::vector<FacetTally> JoinedLists::tally(const std::vector<Bits>& matches) const {
  std::size_t all = 0;
  for (const auto values : values_) all += values + 1;
  std::vector<std::uint32_t> counts(all);
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    const auto& segment = segments_[s];
    matches[s].for_each([&](std::uint32_t document) {
      const auto end = segment.begins[document + 1];
      for (auto i = segment.begins[document]; i < end; ++i) ++counts[segment.numbers[i]];
    });
  }
  std::vector<FacetTally> parted;
  auto at = counts.begin();
  for (const auto values : values_) {
    const auto none = at + static_cast<std::ptrdiff_t>(values);
    parted.push_back({{at, none}, *none});
    at = none + 1;
  }
  return parted;
}

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
  lists_.values = names_.size();
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
    auto& lists = lists_.segments.emplace_back();
    lists.begins.reserve(documents[s] + 1);
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

const std::pair<std::string, std::string>& EntityLabels::of(Facet facet, std::string_view id) {
  auto key = (facet == Facet::faction ? "f" : "r") + std::string(id);
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  std::pair<std::string, std::string> names;
  if (const auto found = authority_.find(facet, id)) names = {found->ar, found->en};
  return known_.emplace(std::move(key), std::move(names)).first->second;
}

FacetCounts shape_counts(const FacetRequest& request, EntityLabels& labels,
                         std::vector<std::pair<std::string_view, std::uint64_t>> counted,
                         std::uint64_t without) {
  const auto& authority = labels.authority();
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
  const auto named = [&](std::string_view id) {
    FacetValue value;
    value.id = id;
    if (entity) std::tie(value.ar, value.en) = labels.of(facet, id);
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
      [](const auto& value) { return std::tuple(~value.second, value.first); });
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
  // Days come in runs of one bucket.
  if (day < last_.first || day > last_.last || counts_.empty()) {
    last_ = bucket(step_, day);
    counts_.emplace_back(last_.first, 0);
  } else if (counts_.back().first != last_.first) {
    counts_.emplace_back(last_.first, 0);
  }
  counts_.back().second += count;
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
  for (const auto first : firsts) add_bucket(first, count);
  if (firsts.empty()) without_ += count;
}

FacetCounts DateBuckets::result(const FacetRequest& request) {
  FacetCounts result;
  result.request = request;
  result.without = without_;
  std::ranges::sort(counts_);
  std::size_t distinct = 0;
  for (const auto& each : counts_) {
    if (distinct > 0 && counts_[distinct - 1].first == each.first) {
      counts_[distinct - 1].second += each.second;
    } else {
      counts_[distinct++] = each;
    }
  }
  counts_.resize(distinct);
  result.distinct = distinct;
  if (counts_.empty()) return result;
  const auto add = [&](const Date& first, std::uint64_t count) {
    auto& value = result.values.emplace_back();
    value.id = to_iso(first);
    value.count = count;
  };
  const auto all = distance(step_, counts_.front().first, counts_.back().first) + 1;
  const bool gaps = all <= kBuckets;
  result.values.reserve(gaps ? all : distinct);
  auto at = from_days(counts_.front().first);
  for (const auto& [day, count] : counts_) {
    const auto first = from_days(day);
    for (; gaps && at < first; at = following(step_, at)) add(at, 0);
    add(first, count);
    at = following(step_, first);
  }
  return result;
}

}  // namespace fihris::search
