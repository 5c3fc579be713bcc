// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/decide.h"

#include "tagger/groups.h"
#include "tagger/places.h"
#include "tagger/scene.h"

namespace fihris::tagger {
namespace {

using authority::kNone;

/// The country that a candidate speaks for whoever it names, or 0.
Country certain_country(const Scene& scene, Traits& traits, const Candidate& candidate) {
  constexpr auto kDoubtful = authority::kContext | authority::kAmbiguous | authority::kShort;
  Country country = 0;
  for (const auto& bearer : candidate.bearers) {
    const auto& name = scene.image.name(bearer.name);
    if ((name.flags & kDoubtful) != 0 || scene.image.condition(name) != nullptr) return 0;
    const auto of = traits.of(bearer.entity).country;
    if (country != 0 && of != country) return 0;
    country = of;
  }
  return country;
}

/// Names that mean one thing alone, and adjectives of countries.
void gather_evidence(const Scene& scene, Traits& traits, Theatre& theatre,
                     const std::vector<Candidate>& groups, const std::vector<Candidate>& places) {
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    if (const auto country = scene.cues(i).adjective_of) theatre.add(i, country, 0.7);
  }
  std::uint32_t taken = 0;
  for (const auto& group : groups) {
    if (group.match.first < taken) continue;
    if (const auto country = certain_country(scene, traits, group)) {
      theatre.add(group.match.first, country, 1.2);
      taken = group.match.last + 1;
    }
  }
  taken = 0;
  for (const auto& place : places) {
    if (place.match.first < taken || scene.cues(place.match.first).tanwin) continue;
    if ((scene.before(place.match.first).classes & (kNameplate | kKin | kGiven)) != 0) continue;
    const auto country = certain_country(scene, traits, place);
    if (country == 0) continue;
    double weight = 0;
    for (const auto& bearer : place.bearers) {
      const auto& trait = traits.of(bearer.entity);
      const bool known = trait.kind == Kind::country || trait.kind == Kind::admin1 ||
                         (trait.kind == Kind::city && trait.fame > 0) || trait.fame > 1;
      weight = std::max(weight, known                                                        ? 1.0
                                : trait.kind == Kind::village || trait.kind == Kind::quarter ? 0.2
                                                                                             : 0.5);
    }
    theatre.add(place.match.first, country, weight);
    taken = place.match.last + 1;
  }
}

}  // namespace

Decisions decide(const Scene& scene, Traits& traits, const std::vector<Match>& matches,
                 const std::optional<Date>& published) {
  const std::int32_t day = published ? to_days(*published) : INT32_MIN;
  std::vector<Candidate> groups;
  std::vector<Candidate> places;
  for (const auto& match : matches) {
    if (auto bearers = viable_bearers(scene, match, Facet::faction, day); !bearers.empty())
      groups.push_back({match, std::move(bearers)});
    if (auto bearers = viable_bearers(scene, match, Facet::region, day); !bearers.empty())
      places.push_back({match, std::move(bearers)});
  }
  Theatre theatre;
  gather_evidence(scene, traits, theatre, groups, places);
  Decisions decisions;
  decisions.groups = decide_groups(scene, traits, theatre, groups);
  decisions.places = decide_places(scene, traits, theatre, places, decisions.groups);
  return decisions;
}

}  // namespace fihris::tagger
