// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/field_terms.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "fihris/analysis.h"
#include "fihris/date.h"
#include "index/schema.h"

namespace fihris::query {
namespace {

namespace prefix = index::prefix;

/// Spans longer than this lie in a range only as a whole; shorter ones match where they overlap it.
constexpr std::int32_t kShortSpan = 16;

double to_radians(double degrees) { return degrees * 3.14159265358979323846 / 180; }

/// Metres between two points on a sphere of the earth's mean radius (haversine).
double metres_between(double lat1, double lon1, double lat2, double lon2) {
  const double a = std::sin(to_radians(lat2 - lat1) / 2);
  const double b = std::sin(to_radians(lon2 - lon1) / 2);
  const double h = a * a + std::cos(to_radians(lat1)) * std::cos(to_radians(lat2)) * b * b;
  return 2 * 6371008.8 * std::asin(std::min(1.0, std::sqrt(h)));
}

bool is_below(const EntityRef& entity, const std::string& id, bool members,
              const Authority& authority) {
  if (entity.facet == Facet::region) return id.starts_with(entity.id + "/");
  std::set<std::string> seen;
  std::vector<std::string> open{id};
  while (!open.empty()) {
    auto each = std::move(open.back());
    open.pop_back();
    if (!seen.insert(each).second) continue;
    if (each == entity.id) return true;
    for (auto& above : authority.ancestors(entity.facet, each)) open.push_back(std::move(above));
    if (const auto found = members ? authority.find(entity.facet, each) : std::nullopt) {
      open.insert(open.end(), found->member_of.begin(), found->member_of.end());
    }
  }
  return false;
}

}  // namespace

std::vector<std::string> terms_below(const EntityRef& entity, bool members,
                                     const Authority& authority, const TermSource& index) {
  const std::string before(entity.facet == Facet::faction ? prefix::kFaction : prefix::kRegion);
  std::vector<std::string> terms;
  for (const auto& entry : index.with_prefix(before)) {
    const auto id = entry.term.substr(before.size());
    if (id == entity.id || is_below(entity, id, members, authority)) terms.push_back(entry.term);
  }
  return terms;
}

std::vector<std::string> place_terms(const std::vector<Circle>& circles, const TermSource& index) {
  std::vector<std::string> terms;
  for (const auto& place : index.places()) {
    const auto inside = [&](const Circle& circle) {
      return metres_between(circle.lat, circle.lon, place.lat, place.lon) <= circle.metres;
    };
    if (std::ranges::any_of(circles, inside)) terms.push_back(place.term);
  }
  return terms;
}

std::vector<std::string> event_terms(const DayRange& days, const TermSource& index) {
  std::vector<std::string> terms;
  for (const auto& entry : index.with_prefix(std::string(prefix::kEvent))) {
    const auto range = parse_iso_range(entry.term.substr(prefix::kEvent.size()));
    if (range && event_matches(to_days(range->first), to_days(range->last), days)) {
      terms.push_back(entry.term);
    }
  }
  return terms;
}

bool event_matches(std::int32_t first, std::int32_t last, const DayRange& range) {
  if (first >= range.first && last <= range.last) return true;
  return last - first < kShortSpan && first <= range.last && last >= range.first;
}

std::vector<std::string> source_terms(const Value& value, const TermSource& index) {
  const auto folded = Analyzer::fold(value.text);
  std::vector<std::string> terms;
  for (const auto& entry : index.with_prefix(std::string(prefix::kSource))) {
    const auto name = Analyzer::fold(entry.term.substr(prefix::kSource.size()));
    const bool pattern = folded.size() > 1 && folded.ends_with('*') && !value.only &&
                         name.starts_with(folded.substr(0, folded.size() - 1));
    if (name == folded || pattern) terms.push_back(entry.term);
  }
  return terms;
}

}  // namespace fihris::query
