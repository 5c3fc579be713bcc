// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/places.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace fihris::tagger {
namespace {

using authority::kNone;

constexpr double kThreshold = 2.9;
constexpr double kReject = -100;

/// The head words that go with a kind: «مدينة» with a city.
std::uint32_t heads_of(Kind kind) {
  switch (kind) {
    case Kind::country:
      return kHeadCountry;
    case Kind::admin1:
      return kHeadAdmin;
    case Kind::admin2:
      return kHeadTown | kHeadArea;
    case Kind::city:
      return kHeadCity | kCapital;
    case Kind::town:
      return kHeadCity | kHeadTown | kHeadArea;
    case Kind::village:
      return kHeadTown | kHeadArea;
    case Kind::quarter:
      return kHeadQuarter | kHeadArea;
    case Kind::camp:
      return kHeadCamp;
    case Kind::base:
    case Kind::crossing:
    case Kind::facility:
      return kHeadBase;
    case Kind::area:
      return kHeadArea | kHeadNatural;
    case Kind::natural:
    case Kind::sea:
      return kHeadNatural;
    default:
      return 0;
  }
}

bool wide_kind(Kind kind) {
  return kind == Kind::country || kind == Kind::wide || kind == Kind::sea;
}

double kilometres(const authority::EntityRecord& a, const authority::EntityRecord& b) {
  constexpr double kDegree = 111.2;
  constexpr double kRadian = 3.14159265358979 / 180;
  const double north = (a.lat - b.lat) * kDegree;
  const double east = (a.lon - b.lon) * kDegree * std::cos(0.5 * kRadian * (a.lat + b.lat));
  return std::hypot(north, east);
}

class Places {
 public:
  Places(const Scene& scene, Traits& traits, const Theatre& theatre,
         const std::vector<Candidate>& candidates, const std::vector<Decision>& groups)
      : scene_(scene), traits_(traits), theatre_(theatre) {
    locals_.reserve(candidates.size());
    for (const auto& candidate : candidates) {
      if (!within(groups, candidate) && !compass(candidate, candidates))
        locals_.push_back(look_round(candidate));
    }
    link_lists();
    name_countryside();
  }

  std::vector<Decision> run() {
    for (const double threshold : {kThreshold + 0.9, kThreshold, kThreshold}) settle(threshold);
    std::vector<Decision> decisions;
    for (const auto& a : accepted_)
      decisions.push_back({a.local->match, a.entity, a.rule, std::clamp(a.score / 6, 0.3, 1.0)});
    return decisions;
  }

 private:
  static constexpr std::uint32_t kNoLocal = 0xFFFFFFFF;

  /// A candidate with what its neighbours say.
  struct Local {
    const Candidate* candidate;
    Match match;
    std::uint32_t heads = 0;  ///< classes of the head word before it, or of its list
    double bonus = 0;         ///< for or against it as a place, whichever
    bool own_head = false;    ///< the head stands right before it
    bool generic = false;     ///< made of words such as «المنطقة الجنوبية»
    bool after_person = false;
    bool on_nameplate = false;  ///< «صحيفة الرياض»
    bool leads_noun = false;    ///< «معسكر الكرين»: the first word of a longer phrase
    bool common = false;        ///< reads as an ordinary word
    bool countryside = false;   ///< under «ريفي»
    bool homonym = false;       ///< known places of several countries bear the name
    Country country_after = 0;  ///< «طرابلس اللبنانية»
    std::uint32_t previous = kNoLocal, next = kNoLocal;  ///< in a list
  };

  struct Accepted {
    const Local* local;
    std::uint32_t entity;
    double score;
    const char* rule;
  };

  /// A place within the name of a faction is none («جيش القدس»), but a state that leads and a place
  /// where it is are told: «التحالف الذي تقوده السعودية», «المقاومة الشعبية في عدن».
  bool within(const std::vector<Decision>& groups, const Candidate& candidate) const {
    const auto& match = candidate.match;
    for (const auto& group : groups) {
      if (group.match.last < match.first) continue;
      if (group.match.first > match.last) return false;
      const bool inside = group.match.first <= match.first && match.last <= group.match.last;
      if (!inside) continue;
      if (match.first == group.match.first) return true;
      for (auto token = group.match.first; token < match.first; ++token) {
        const auto word = scene_.word(token).folded;
        if (word == "تقوده" || word == "تقودها" || word == "بقياده" || word == "قياده")
          return false;
      }
      const auto& record = scene_.image.entity(group.entity);
      const bool official =
          record.has_ar != 0 && scene_.image.text(scene_.image.name(record.names_begin).text) ==
                                    scene_.written(group.match);
      return official || scene_.word(match.first - 1).folded != "في" ||
             std::none_of(candidate.bearers.begin(), candidate.bearers.end(), [&](const auto& b) {
               const auto& trait = traits_.of(b.entity);
               return trait.kind == Kind::country || trait.kind == Kind::admin1 ||
                      trait.kind == Kind::city;
             });
    }
    return false;
  }

  /// «شمال سوريا»: the place is Syria, unless the whole is a country, a part of the world or a
  /// province («جنوب أفريقيا», «شمال سيناء»).
  bool compass(const Candidate& candidate, const std::vector<Candidate>& candidates) const {
    const auto& match = candidate.match;
    if (match.words < 2 || match.article) return false;
    if ((scene_.cues(match.first).classes & kDirection) == 0) return false;
    const auto is = [&](const Candidate& c, auto... kinds) {
      return std::any_of(c.bearers.begin(), c.bearers.end(), [&](const auto& b) {
        const auto kind = traits_.of(b.entity).kind;
        return ((kind == kinds) || ...);
      });
    };
    if (is(candidate, Kind::country, Kind::wide)) return false;
    if (!is(candidate, Kind::admin1, Kind::admin2)) return true;
    return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& c) {
      return c.match.last == match.last && c.match.first > match.first && is(c, Kind::country);
    });
  }

  Local look_round(const Candidate& candidate) {
    const auto& match = candidate.match;
    Local local{&candidate, match};
    const auto& before = scene_.before(match.first);
    const auto& after = scene_.after(match.last);
    const auto& own = scene_.cues(match.first);
    local.common = match.words == 1 && own.common;
    local.leads_noun = match.words == 1 && !match.article && own.common && after.definite &&
                       after.adjective_of == 0 && scene_.gaps[match.last + 1] == 0;
    local.generic = (scene_.shared_classes(match) & kGeneric) != 0;
    // «المنطقة الجبلية» names nothing, «منطقة الجفينة» and «العاصمة دمشق» do.
    if ((before.classes & kPlaceHead) != 0 &&
        (!before.definite || (before.classes & kCapital) != 0)) {
      local.heads = before.classes & (kPlaceHead | kCapital | kHeads);
      local.own_head = true;
    }
    if ((before.classes & (kDirection | kNear)) != 0) local.bonus += 1;
    if ((before.classes & kPreposition) != 0) local.bonus += 0.7;
    if ((before.classes & kVenue) != 0) local.bonus += 0.4;
    if (match.proclitics.ends_with("ب")) local.bonus += 0.6;
    if (match.proclitics.find("ك") != match.proclitics.npos || match.proclitics.starts_with("ف"))
      local.bonus -= match.words == 1 ? 1.5 : 0.5;
    // Persons, and what bears the name of a place.
    if ((before.classes & kKin) != 0) local.bonus -= 5;
    const bool person =
        (before.classes & kGiven) != 0 || ((before.classes & kTitle) != 0 && before.definite);
    local.after_person = person && (before.classes & kPlaceHead) == 0;
    if ((after.classes & kKin) != 0 && match.words == 1) local.bonus -= 3;
    if (match.words == 1 && (own.classes & kGiven) != 0 && !own.definite && !local.own_head)
      local.bonus -= 2.5;
    // «البدلة الزرقاء»: an adjective that agrees with the noun before it.
    if (match.words == 1 && match.article && match.proclitics.empty() && own.adjective &&
        before.definite && !local.own_head)
      local.bonus -= 4;
    if (match.words == 1 && match.article && own.adjective && !local.own_head && local.bonus < 0.6)
      local.bonus -= 1.5;
    if (match.words == 1 && (own.classes & kPreposition) != 0) local.bonus = kReject;
    // «وإن» is no town of Van: a conjunction shows its hamza.
    if (match.words == 1 && match.proclitics.empty() &&
        (scene_.word(match.first).light.starts_with("وأ") ||
         scene_.word(match.first).light.starts_with("وإ")))
      local.bonus = kReject;
    local.on_nameplate = (before.classes & kNameplate) != 0 && !local.own_head;
    if (scene_.word_before_is(match.first, "ل") && scene_.quoted(match)) local.bonus -= 3;
    if (own.tanwin && match.words == 1) local.bonus = kReject;
    const auto next = match.last + 1 < scene_.size() && scene_.gaps[match.last + 1] == 0
                          ? scene_.word(match.last + 1).folded
                          : std::string_view{};
    if (next.starts_with("راس") && scene_.word(match.last).folded.ends_with("مسقط"))
      local.bonus = kReject;
    Country known = 0;
    for (const auto& bearer : candidate.bearers) {
      const auto& trait = traits_.of(bearer.entity);
      if (place_prior(trait) < 3) continue;
      local.homonym = local.homonym || (known != 0 && known != trait.country);
      known = trait.country;
    }
    if (after.adjective_of != 0 && (scene_.gaps[match.last + 1] & kQuote) == 0 && after.definite &&
        !after.conjunction)
      local.country_after = after.adjective_of;
    return local;
  }

  /// «الحكومة السعودية» has the adjective, «في السعودية» the country.
  bool adjective(const Local& local, Country country) const {
    const auto& match = local.match;
    if (match.words != 1 || scene_.cues(match.first).adjective_of != country) return false;
    if (match.first == 0 || (scene_.gaps[match.first] & ~kLine) != 0) return false;
    const auto& before = scene_.cues(match.first - 1);
    if (match.proclitics == "و") return before.definite && before.adjective_of != 0;
    if (!match.proclitics.empty()) return false;
    if (match.article) return before.definite;
    // «دفاعات سورية» is «Syrian defences».
    const auto noun = scene_.word(match.first - 1).folded;
    return (noun.ends_with("ات") || noun.ends_with("ه")) &&
           scene_.word(match.first).light.ends_with("ة") &&
           (before.classes & (kNear | kDirection | kPreposition)) == 0 && !before.definite;
  }

  void link_lists() {
    for (std::uint32_t i = 0; i < locals_.size(); ++i) {
      auto& local = locals_[i];
      if (!scene_.joined_on(local.match)) continue;
      const auto end = scene_.item_before(local.match);
      for (auto j = i; j-- > 0;) {
        auto& before = locals_[j];
        if (before.match.last != end) {
          if (before.match.last + 12 < end) break;
          continue;
        }
        local.previous = j;
        before.next = i;
        if (!local.own_head && before.heads != 0) {
          // A list goes on under a plural head; under a singular one it may.
          const bool plural = (before.heads & kHeads) != 0;
          local.heads = before.heads;
          local.bonus += plural ? 0.5 : 0;
        }
        break;
      }
    }
  }

  /// «مطار عدن» is a place of its own, and Aden is named too.
  void add_town(const Accepted& outer, std::vector<Decision>& decisions) {
    const auto kind = traits_.of(outer.entity).kind;
    if (kind != Kind::facility && kind != Kind::crossing) return;
    const Local* best = nullptr;
    std::uint32_t town = kNone;
    for (const auto& local : locals_) {
      if (local.match.first > outer.local->match.last) break;
      if (local.match.first != outer.local->match.first + 1 ||
          local.match.last > outer.local->match.last)
        continue;
      for (const auto& bearer : local.candidate->bearers) {
        const auto& trait = traits_.of(bearer.entity);
        if (trait.kind != Kind::city && trait.kind != Kind::town && trait.kind != Kind::admin1)
          continue;
        if (trait.country != traits_.of(outer.entity).country || town != kNone) continue;
        best = &local;
        town = bearer.entity;
      }
    }
    if (best != nullptr) decisions.push_back({best->match, town, "within", 0.6});
  }

  /// «ريفي إدلب ودمشق»: each name means the place that is called «ريف» and that name.
  void name_countryside() {
    const auto& image = scene_.image;
    const auto head = image.word("ريف");
    const auto root = head == kNone ? kNone : image.next(authority::kRoot, head);
    if (root == kNone) return;
    std::uint32_t until = 0;
    for (auto& local : locals_) {
      const bool leads = scene_.word_before_is(local.match.first, "ريفي") ||
                         scene_.word_before_is(local.match.first, "بريفي") ||
                         scene_.word_before_is(local.match.first, "وريفي");
      const bool follows = local.previous != kNoLocal && locals_[local.previous].countryside;
      if ((!leads && !follows) || local.match.words != 1 || local.match.first < until) continue;
      auto word = scene_.word(local.match.first).folded;
      word.remove_prefix(local.match.proclitics.size());
      const auto key = image.word(word);
      const auto node = key == kNone ? kNone : image.next(root, key);
      if (node == kNone || image.bearers(node).empty()) continue;
      local.countryside = true;
      auto& own = countrysides_.emplace_back(Candidate{local.match, {}});
      for (const auto& bearer : image.bearers(node)) {
        if (image.facet(bearer.entity) == Facet::region) own.bearers.push_back(bearer);
      }
      if (!own.bearers.empty()) local.candidate = &own;
      until = local.match.last + 1;
    }
  }

  bool accepted(std::uint32_t entity) const {
    return std::any_of(accepted_.begin(), accepted_.end(),
                       [&](const Accepted& a) { return a.entity == entity; });
  }

  const Accepted* accepted_at(std::uint32_t local) const {
    if (local == kNoLocal) return nullptr;
    for (const auto& a : accepted_) {
      if (a.local == &locals_[local]) return &a;
    }
    return nullptr;
  }

  /// What the other places of the article say for this one.
  double company(const Local& local, const authority::EntityRecord& record, std::uint32_t entity,
                 const Trait& trait) const {
    double company = 0;
    for (auto above = record.parent; above != kNone; above = scene_.image.entity(above).parent) {
      if (traits_.of(above).kind == Kind::country) break;
      if (accepted(above)) {
        company += 1;
        break;
      }
    }
    if (record.has_point != 0 && trait.kind != Kind::country) {
      constexpr double kNear = 50;
      for (const auto& a : accepted_) {
        if (a.entity == entity || a.local == &local) continue;
        const auto& other = scene_.image.entity(a.entity);
        if (other.has_point == 0 || traits_.of(a.entity).kind == Kind::country) continue;
        if (kilometres(record, other) < kNear) {
          company += 0.8;
          break;
        }
      }
    }
    for (const auto beside : {local.previous, local.next}) {
      const auto* a = accepted_at(beside);
      if (a == nullptr) continue;
      const auto& other = traits_.of(a->entity);
      company += other.country == trait.country ? 1 : 0.2;
      if (other.kind == trait.kind) company += 0.4;
      break;
    }
    return company;
  }

  double score(const Local& local, const authority::BearerRecord& bearer) const {
    const auto& record = scene_.image.entity(bearer.entity);
    const auto& name = scene_.image.name(bearer.name);
    const auto& trait = traits_.of(bearer.entity);
    const auto& match = local.match;
    if (local.bonus <= kReject) return kReject;
    if (adjective(local, trait.country)) return kReject;
    double score = place_prior(trait) + local.bonus;
    const bool context = (name.flags & authority::kContext) != 0;
    const double share = theatre_.share_at(trait.country, match.first);

    const auto wanted = heads_of(trait.kind);
    const bool head = (local.heads & wanted) != 0;
    if (head) {
      score += local.own_head ? 2.5 : 1.8;
    } else if (local.heads != 0) {
      score += local.own_head ? 0.6 : 0.4;
    }
    if (local.country_after != 0)
      score += local.country_after == trait.country ? 2.2 : trait.kind == Kind::country ? 0 : -2.5;
    if (match.words > 1) score += 1;
    if (local.after_person) score -= trait.kind == Kind::country ? 1 : 4;
    if (local.on_nameplate && trait.kind != Kind::country) score -= 4;
    if (local.leads_noun && !wide_kind(trait.kind)) score -= 2;

    // A country is at home anywhere, a small place only where its country is spoken of.
    const bool wide = wide_kind(trait.kind);
    if (wide && !local.homonym) {
      score += 0.5 * share;
    } else {
      if (wide) score -= 0.8;
      score += 1.8 * share;
      if (share == 0 && theatre_.total() > 2)
        score -= trait.fame == 3 ? 0.5 : trait.fame == 2 ? 0.9 : 1.5;
    }
    score += company(local, record, bearer.entity, trait);

    if (local.generic) {
      const bool fits = share > 0.5 && ((local.own_head && head && !local.leads_noun) ||
                                        (match.words > 1 && trait.kind == Kind::admin1));
      score -= fits ? 1 : local.previous != kNoLocal && share > 0.5 ? 3 : 6;
    } else if (context) {
      const bool known = place_prior(trait) >= 3;
      score -= head && local.own_head ? 1.2
               : local.heads != 0     ? 2.2
               : known && share > 0.3 ? 2.4
                                      : 3.5;
    } else if (local.common && !local.own_head && place_prior(trait) < 2.5) {
      score -= 2.5;
    }
    if ((name.flags & authority::kAmbiguous) != 0) score -= 0.3;
    if (accepted(bearer.entity)) score += context ? 1 : 0.7;
    score -= spelling(match, name);
    if (local.candidate->bearers.size() > 1) score += vowels(local, record);
    return score;
  }

  /// «عمّان» is not «عُمان»: where vowels are written they decide between bearers.
  double vowels(const Local& local, const authority::EntityRecord& record) const {
    if (local.match.words != 1) return 0;
    const auto& word = scene_.word(local.match.first);
    if (word.written == word.light) return 0;
    const auto written =
        word.written.substr(std::min(local.match.proclitics.size(), word.written.size()));
    for (auto n = record.names_begin; n < record.names_end; ++n) {
      if (scene_.image.text(scene_.image.name(n).text) == written) return 3;
    }
    return 0;
  }

  /// What speaks against a word that is the name only after folding.
  double spelling(const Match& match, const authority::NameRecord& name) const {
    if (match.words != 1) return 0;
    const auto light = scene_.word(match.first).light;
    const auto written = scene_.image.text(name.text);
    if (light.ends_with("ء") != written.ends_with("ء")) return light.ends_with("ء") ? 3 : 0.3;
    double against = light.ends_with("ه") && written.ends_with("ة") ? 0.8 : 0;
    // أ, إ and آ part words («آب», «إب»); a bare ا stands for any of them.
    for (const std::string_view seat : {"أ", "إ", "آ"}) {
      const bool here = light.find(seat) != light.npos;
      const bool there = written.find(seat) != written.npos;
      if (here && !there) against += written.find("ا") != written.npos && seat != "آ" ? 1 : 3;
    }
    return against;
  }

  void settle(double threshold) {
    std::vector<Accepted> found;
    std::uint32_t taken = 0;  // tokens before this one are spoken for
    for (std::size_t i = 0; i < locals_.size();) {
      const auto& span = locals_[i].match;
      Accepted best{nullptr, kNone, threshold, "name"};
      for (; i < locals_.size() && locals_[i].match.first == span.first &&
             locals_[i].match.last == span.last;
           ++i) {
        if (span.first < taken) continue;
        for (const auto& bearer : locals_[i].candidate->bearers) {
          const double value = score(locals_[i], bearer);
          if (value < best.score || (value == best.score && best.entity != kNone)) continue;
          best = {&locals_[i], bearer.entity, value, "name"};
        }
      }
      if (best.entity == kNone) continue;
      if (best.local->own_head) {
        best.rule = "trigger";
      } else if (best.local->heads != 0) {
        best.rule = "list";
      }
      taken = best.local->match.last + 1;
      found.push_back(best);
    }
    accepted_ = std::move(found);
  }

  const Scene& scene_;
  Traits& traits_;
  const Theatre& theatre_;
  std::vector<Local> locals_;
  std::deque<Candidate> countrysides_;
  std::vector<Accepted> accepted_;
};

}  // namespace

std::vector<Decision> decide_places(const Scene& scene, Traits& traits, const Theatre& theatre,
                                    const std::vector<Candidate>& candidates,
                                    const std::vector<Decision>& groups) {
  return Places(scene, traits, theatre, candidates, groups).run();
}

}  // namespace fihris::tagger
