// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/scene.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fihris::tagger {
namespace {

struct KindName {
  std::string_view name;
  Kind kind;
};
constexpr std::array kKinds{
    KindName{"country", Kind::country},
    KindName{"continent", Kind::wide},
    KindName{"sea", Kind::sea},
    KindName{"admin1", Kind::admin1},
    KindName{"admin2", Kind::admin2},
    KindName{"city", Kind::city},
    KindName{"town", Kind::town},
    KindName{"village", Kind::village},
    KindName{"quarter", Kind::quarter},
    KindName{"camp", Kind::camp},
    KindName{"base", Kind::base},
    KindName{"crossing", Kind::crossing},
    KindName{"facility", Kind::facility},
    KindName{"area", Kind::area},
    KindName{"natural", Kind::natural},
    KindName{"river", Kind::natural},
    KindName{"state-force", Kind::state},
    KindName{"security-service", Kind::state},
    KindName{"government", Kind::government},
    KindName{"jihadist", Kind::jihadist},
};

const WordCues kNothing;

}  // namespace

Trait Traits::read(std::uint32_t entity) const {
  const auto& record = image_->entity(entity);
  const auto name = image_->text(record.kind);
  Trait trait;
  const bool region = image_->facet(entity) == Facet::region;
  trait.kind = region ? Kind::natural : Kind::group;
  for (const auto& row : kKinds) {
    if (row.name == name) trait.kind = row.kind;
  }
  trait.fame = record.population > 1000000  ? 3
               : record.population > 200000 ? 2
               : record.population > 30000  ? 1
                                            : 0;
  trait.country = country_of(image_->text(record.country));
  // Nobody is named long before being founded; the files know years better than days.
  for (auto extra = record.extra_begin; !region && extra < record.extra_end; ++extra) {
    const auto& from = image_->extra(extra);
    if (from.kind != authority::kFrom) continue;
    constexpr std::int32_t kGrace = 366;
    if (const auto range = parse_iso_range(image_->text(from.text)))
      trait.from_day = to_days(range->first) - kGrace;
  }
  if (region && trait.country == kNoCountry && trait.kind == Kind::area) trait.kind = Kind::wide;
  return trait;
}

void Theatre::add(std::uint32_t token, Country country, double weight) {
  if (country == 0 || country == kNoCountry) return;
  evidence_.push_back({token, country, static_cast<float>(weight)});
  auto sum =
      std::find_if(sums_.begin(), sums_.end(), [&](const Sum& s) { return s.country == country; });
  if (sum == sums_.end()) sum = sums_.insert(sums_.end(), {country, 0});
  sum->weight += weight;
  total_ += weight;
  top_ = std::max(top_, sum->weight);
}

void Theatre::finish() {
  std::stable_sort(evidence_.begin(), evidence_.end(),
                   [](const Evidence& a, const Evidence& b) { return a.token < b.token; });
}

double Theatre::weight(Country country) const {
  for (const auto& sum : sums_) {
    if (sum.country == country) return sum.weight;
  }
  return 0;
}

double Theatre::share(Country country) const { return top_ == 0 ? 0 : weight(country) / top_; }

double Theatre::share_at(Country country, std::uint32_t token) const {
  return share_at(country, token, true);
}

double Theatre::share_of_others(Country country, std::uint32_t token) const {
  return share_at(country, token, false);
}

Country Theatre::country_at(std::uint32_t token) const {
  const auto found = std::lower_bound(
      evidence_.begin(), evidence_.end(), token,
      [](const Evidence& evidence, std::uint32_t at) { return evidence.token < at; });
  return found == evidence_.end() || found->token != token ? Country{0} : found->country;
}

double Theatre::share_without(Country country, std::uint32_t token) const {
  const double whole = share(country);
  if (whole == 0 || sums_.size() == 1 || country_at(token) != country) return whole;
  double own = 0;
  for (auto at = std::lower_bound(
           evidence_.begin(), evidence_.end(), token,
           [](const Evidence&evidence, std::uint32_t t) { return evidence.token < t; });
       at != evidence_.end() && at->token == token; ++at) {
    if (at->country == country) own += at->weight;
  }
  return std::max(0.0, whole - own / top_);
}

double Theatre::share_at(Country country, std::uint32_t token, bool with_own) const {
  double whole = share(country);
  if (whole == 0 || sums_.size() == 1) return whole;
  constexpr double kReach = 25;  // words
  std::array<Sum, 8> near{};
  std::size_t count = 0;
  double top = 0;
  double own = 0;
  constexpr std::uint32_t kFar = 75;
  const auto first = std::lower_bound(
      evidence_.begin(), evidence_.end(), token < kFar ? 0 : token - kFar,
      [](const Evidence& evidence, std::uint32_t at) { return evidence.token < at; });
  for (auto at_evidence = first;
       at_evidence != evidence_.end() && at_evidence->token <= token + kFar; ++at_evidence) {
    const auto& evidence = *at_evidence;
    if (!with_own && evidence.token == token) {
      if (evidence.country == country) whole = std::max(0.0, whole - evidence.weight / top_);
      continue;
    }
    const double distance = std::abs(static_cast<double>(evidence.token) - token);
    const double weight = evidence.weight / (1 + distance / kReach);
    std::size_t at = 0;
    while (at < count && near[at].country != evidence.country) ++at;
    if (at == near.size()) continue;
    if (at == count) near[count++] = {evidence.country, 0};
    near[at].weight += weight;
    top = std::max(top, near[at].weight);
    if (evidence.country == country) own = near[at].weight;
  }
  return top == 0 ? whole : 0.5 * whole + 0.5 * own / top;
}

const WordCues& Scene::before(std::uint32_t token, std::uint8_t over) const {
  if (token == 0 || (gaps[token] & ~over) != 0) return kNothing;
  return cues(token - 1);
}

const WordCues& Scene::after(std::uint32_t token, std::uint8_t over) const {
  if (token + 1 >= size() || (gaps[token + 1] & ~over) != 0) return kNothing;
  return cues(token + 1);
}

bool Scene::joined_on(const Match& match) const {
  if (match.first == 0 || (gaps[match.first] & (kEdge | kStop | kOtherMark)) != 0) return false;
  return (gaps[match.first] & kComma) != 0 || match.proclitics.starts_with("و") ||
         word(match.first - 1).folded == "و";
}

std::uint32_t Scene::item_before(const Match& match) const {
  return match.first > 1 && word(match.first - 1).folded == "و" ? match.first - 2 : match.first - 1;
}

bool Scene::word_before_is(std::uint32_t token, std::string_view folded) const {
  return token > 0 && (gaps[token] & ~(kQuote | kBracket)) == 0 && word(token - 1).folded == folded;
}

std::uint64_t Scene::shared_classes(const Match& match) const {
  std::uint64_t classes = ~std::uint64_t{0};
  for (auto token = match.first; token <= match.last; ++token) classes &= cues(token).classes;
  return classes;
}

std::string_view Scene::written(const Match& match) const {
  const auto& first = run.tokens[match.first];
  const auto& last = run.tokens[match.last];
  return run.field_text(match.first).substr(first.begin, last.end - first.begin);
}

double place_prior(const Trait& trait) {
  const double fame = 0.5 * trait.fame;
  switch (trait.kind) {
    case Kind::country:
      return 5;
    case Kind::wide:
    case Kind::sea:
      return 3.5;
    case Kind::admin1:
      return 3.2;
    case Kind::city:
      return 2.5 + fame;
    case Kind::admin2:
      return 1.2 + fame;
    case Kind::town:
      return 1.5 + fame;
    case Kind::village:
      return 0.7 + fame;
    case Kind::quarter:
      return 0.2 + fame;
    default:
      // Rivers and mountains of several countries are well known.
      return trait.country == kNoCountry ? 3 : 2;
  }
}

namespace {

/// True if nothing beside the match says that it names a place.
bool unspoken_for(const Scene& scene, const Match& match) {
  constexpr auto kOfPlace =
      kPlaceHead | kHeads | kCapital | kDirection | kNear | kPreposition | kVenue;
  if (match.words > 1 || (scene.before(match.first).classes & kOfPlace) != 0) return false;
  if (scene.joined_on(match) || scene.after(match.last).adjective_of != 0) return false;
  // A list may follow, or «في» and a country.
  if (match.last + 1 >= scene.size()) return true;
  if ((scene.gaps[match.last + 1] & kComma) != 0) return false;
  const auto next = scene.word(match.last + 1).folded;
  return next != "في" && !next.starts_with("و");
}

/// True for small places whose name is an ordinary word.
bool all_small(std::span<const authority::BearerRecord> bearers, Traits& traits) {
  return std::all_of(bearers.begin(), bearers.end(), [&](const auto& bearer) {
    return (bearer.flags & authority::kContext) != 0 && place_prior(traits.of(bearer.entity)) < 2;
  });
}

}  // namespace

BothCandidates find_bearers(const Scene& scene, Traits& traits, const std::vector<Match>& matches,
                            std::int32_t day) {
  const auto& image = scene.image;
  BothCandidates both;
  for (const auto& match : matches) {
    const auto groups_begin = static_cast<std::uint32_t>(both.groups.bearers.size());
    const auto places_begin = static_cast<std::uint32_t>(both.places.bearers.size());
    for (const auto& bearer : image.bearers(match.node)) {
      if (((bearer.flags & authority::kArticle) != 0) != match.article) continue;
      if ((bearer.flags & authority::kQueryOnly) != 0) continue;
      if ((bearer.flags & authority::kExact) != 0 &&
          scene.written(match) != image.text(image.name(bearer.name).text))
        continue;
      if ((bearer.flags & authority::kConditional) != 0 && day != INT32_MIN) {
        const auto* when = image.condition(image.name(bearer.name));
        if (day < when->from_day || day > when->until_day) continue;
      }
      const bool group = bearer.facet == static_cast<std::uint16_t>(Facet::faction);
      if (group && day != INT32_MIN && day < traits.of(bearer.entity).from_day) continue;
      auto& found = group ? both.groups.bearers : both.places.bearers;
      // An entity may bear a name in two spellings: the one without marks counts. Its names stand
      // side by side.
      if (found.size() > (group ? groups_begin : places_begin) &&
          found.back().entity == bearer.entity) {
        if ((found.back().flags & authority::kContext) != 0 &&
            (bearer.flags & authority::kContext) == 0)
          found.back() = bearer;
        continue;
      }
      found.push_back(bearer);
    }
    if (both.places.bearers.size() > places_begin && unspoken_for(scene, match) &&
        all_small(std::span(both.places.bearers).subspan(places_begin), traits))
      both.places.bearers.resize(places_begin);
    const auto groups_end = static_cast<std::uint32_t>(both.groups.bearers.size());
    const auto places_end = static_cast<std::uint32_t>(both.places.bearers.size());
    if (groups_end > groups_begin) both.groups.list.push_back({match, groups_begin, groups_end});
    if (places_end > places_begin) both.places.list.push_back({match, places_begin, places_end});
  }
  return both;
}

}  // namespace fihris::tagger
