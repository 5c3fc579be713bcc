// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/decide.h"

#include <algorithm>

#include "tagger/groups.h"
#include "tagger/places.h"
#include "tagger/scene.h"

namespace fihris::tagger {
namespace {

/// The country that a name speaks for, and how loudly.
struct Voice {
  Country country = 0;
  double weight = 0;
};

/// A faction speaks for its country if that is the same for all that it may be.
Voice voice_of_group(const Scene& scene, Traits& traits, const Candidates& all,
                     const Candidate& candidate) {
  constexpr auto kDoubtful = authority::kContext | authority::kAmbiguous | authority::kShort;
  Voice voice{0, 1.2};
  for (const auto& bearer : all.of(candidate)) {
    if ((bearer.flags & kDoubtful) != 0) return {};
    const auto of = traits.of(bearer.entity).country;
    if (const auto* when = scene.image.condition(scene.image.name(bearer.name));
        when != nullptr && when->in.size > 0) {
      // «قوات النظام»: a name of one theatre says a little by being used.
      if (when->in.size != 2 || candidate.match.words < 2) return {};
      voice.weight = 0.4;
    }
    if (voice.country != 0 && of != voice.country) return {};
    voice.country = of;
  }
  return voice;
}

/// A place speaks for its country if no other bearer of the name is nearly as well known.
Voice voice_of_place(const Scene& scene, Traits& traits, const Candidates& all,
                     const Candidate& candidate) {
  Voice voice;
  double best = -1;
  double rival = -1;
  // An ordinary word speaks for no country unless a word before it says that it is a place.
  constexpr auto kOfPlace = kPlaceHead | kHeads | kDirection | kPreposition | kCapital;
  constexpr auto kHead = kPlaceHead | kHeads | kDirection | kCapital;
  const bool headed = (scene.before(candidate.match.first).classes & kHead) != 0;
  const bool placed = (scene.before(candidate.match.first).classes & kOfPlace) != 0;
  for (const auto& bearer : all.of(candidate)) {
    const auto& trait = traits.of(bearer.entity);
    const bool doubtful = (bearer.flags & authority::kContext) != 0;
    if (doubtful && !headed) continue;
    const double prior = place_prior(trait) - (doubtful ? 2.5 : 0);
    if (trait.country == voice.country || best < 0 || prior > best) {
      if (trait.country != voice.country) rival = best;
      if (prior > best) {
        best = prior;
        voice = {trait.country, prior >= 3 ? 1.0 : prior >= 2 ? 0.5 : 0.2};
      }
    } else {
      rival = std::max(rival, prior);
    }
  }
  if (best < 0.6 || (rival > 0 && best - rival < 1.2)) return {};
  if (candidate.match.words == 1 && scene.cues(candidate.match.first).common && !placed &&
      best < 4.5)
    return {};
  return voice;
}

/// Names that mean one thing alone, and adjectives of countries.
void gather_evidence(const Scene& scene, Traits& traits, Theatre& theatre, const Candidates& groups,
                     const Candidates& places) {
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    if (const auto country = scene.cues(i).adjective_of) theatre.add(i, country, 0.7);
  }
  std::uint32_t taken = 0;
  for (const auto& group : groups.list) {
    if (group.match.first < taken) continue;
    const auto voice = voice_of_group(scene, traits, groups, group);
    if (voice.country == 0) continue;
    theatre.add(group.match.first, voice.country, voice.weight);
    taken = group.match.last + 1;
  }
  taken = 0;
  for (const auto& place : places.list) {
    if (place.match.first < taken || scene.cues(place.match.first).tanwin) continue;
    if ((scene.before(place.match.first).classes & (kNameplate | kKin | kGiven)) != 0) continue;
    const auto voice = voice_of_place(scene, traits, places, place);
    if (voice.country == 0) continue;
    theatre.add(place.match.first, voice.country, voice.weight);
    taken = place.match.last + 1;
  }
}

}  // namespace

Decisions decide(const Scene& scene, Traits& traits, const std::vector<Match>& matches,
                 const std::optional<Date>& published) {
  const std::int32_t day = published ? to_days(*published) : INT32_MIN;
  const auto [groups, places] = find_bearers(scene, traits, matches, day);
  Theatre theatre;
  gather_evidence(scene, traits, theatre, groups, places);
  theatre.finish();
  Decisions decisions;
  decisions.groups = decide_groups(scene, traits, theatre, groups);
  for (const auto& group : groups.list) {
    if (group.match.words > 1) decisions.other_names.push_back(group.match);
  }
  decisions.places = decide_places(scene, traits, theatre, places, decisions.groups);
  return decisions;
}

}  // namespace fihris::tagger
