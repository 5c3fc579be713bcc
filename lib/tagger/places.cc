// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/places.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tagger/locals.h"

namespace fihris::tagger {
namespace {

using authority::kNone;

constexpr double kThreshold = 2.9;
/// For small places: the share from which a country is spoken of.
constexpr double kSpokenOf = 0.15;
/// The most that other places of the article can say for one.
constexpr double kMostCompany = 4.7;
/// What countries before and after it in a list say for a country.
constexpr double kAmidCountries = 1.5;

/// The head words that go with a kind: «مدينة» with a city.
std::uint64_t heads_of(Kind kind) {
  switch (kind) {
    case Kind::country:
      return kHeadCountry;
    case Kind::admin1:
      return kHeadAdmin;
    case Kind::admin2:
      return kHeadCity | kHeadTown | kHeadArea;
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

/// What speaks against a name of this kind that is likely the name of a club.
double club_cost(Kind kind) {
  const bool town = kind == Kind::city || kind == Kind::town || kind == Kind::village ||
                    kind == Kind::quarter || kind == Kind::admin1 || kind == Kind::admin2;
  return town ? 5 : 0;
}

/// Clubs of the Arab countries hardly ever bear the bare name of their town.
bool arab(Country country) {
  constexpr std::string_view kCodes = "AEBHDJDZEGIQJOKMKWLBLYMAMROMPSQASASDSOSYTNYE";
  for (std::size_t i = 0; i < kCodes.size(); i += 2) {
    if (country_of(kCodes.substr(i, 2)) == country) return true;
  }
  return false;
}

bool wide_kind(Kind kind) {
  return kind == Kind::country || kind == Kind::wide || kind == Kind::sea;
}

/// A decided place with what its neighbours ask of it.
struct Accepted {
  const Local* local = nullptr;
  std::uint32_t entity = kNone;
  double score = 0;
  double latitude = 0, longitude = 0;  ///< kilometres
  double cosine = 0;                   ///< of the latitude; 0 without a point
  Kind kind = Kind::unknown;
  Country country = 0;
};

class Places {
 public:
  Places(const Scene& scene, Traits& traits, const Theatre& theatre, const Locals& locals)
      : scene_(scene), traits_(traits), theatre_(theatre), locals_(locals) {
    for (const auto& local : locals_.list) weigh(local);
  }

  std::vector<Decision> run() {
    // The sure ones first; they are company for the others, and these for each other.
    for (const double threshold : {kThreshold + 0.9, kThreshold, kThreshold}) settle(threshold);
    std::vector<Decision> decisions;
    for (const auto& a : accepted_) {
      const char* rule = a.local->own_head ? "trigger" : a.local->heads != 0 ? "list" : "name";
      decisions.push_back({a.local->match, a.entity, rule, std::clamp(a.score / 6, 0.3, 1.0)});
      add_town(a, decisions);
    }
    return decisions;
  }

 private:
  /// An entity that a local may name, with all that can be said without the other places.
  struct Option {
    const Local* local;
    std::uint32_t entity;
    float base;
    bool context;
    Trait trait;
  };

  /// «الحكومة السعودية» has the adjective, «في السعودية» the country.
  bool adjective(const Local& local, Country country) const {
    const auto& match = local.match;
    const auto of = match.words == 1 ? scene_.cues(match.first).adjective_of : Country{0};
    if (of == 0) return false;
    if (match.first == 0 || (scene_.gaps[match.first] & ~kLine) != 0) return false;
    const auto& before = scene_.cues(match.first - 1);
    if (match.proclitics == "و") return before.definite && before.adjective_of != 0;
    if (!match.proclitics.empty()) return false;
    if (match.article) return before.definite;
    if (of != country) return false;
    // «دفاعات سورية» is «Syrian defences».
    const auto noun = scene_.word(match.first - 1).folded;
    return (noun.ends_with("ات") || noun.ends_with("ه")) &&
           scene_.word(match.first).light.ends_with("ة") &&
           (before.classes & (kNear | kDirection | kPreposition)) == 0 && !before.definite;
  }

  /// «عمّان» is not «عُمان»: where vowels are written they decide between bearers.
  double vowels(const Local& local, std::uint32_t entity) const {
    if (local.match.words != 1) return 0;
    const auto& word = scene_.word(local.match.first);
    if (word.written == word.light) return 0;
    const auto& record = scene_.image.entity(entity);
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
    if (light.ends_with("ء") != written.ends_with("ء")) return light.ends_with("ء") ? 3 : 0.8;
    // «شروره» is «شرورة», or «his evils».
    const auto& own = scene_.cues(match.first);
    double against = !light.ends_with("ه") || !written.ends_with("ة") ? 0
                     : own.common && !own.definite                    ? 2.5
                                                                      : 0.8;
    // أ, إ and آ part words («آب», «إب»); a bare ا stands for any of them.
    for (const std::string_view seat : {"أ", "إ", "آ"}) {
      const bool here = light.find(seat) != light.npos;
      const bool there = written.find(seat) != written.npos;
      if (here && !there) against += written.find("ا") != written.npos && seat != "آ" ? 1 : 3;
    }
    // «كائن» is not «كاين».
    for (const std::string_view seat : {"ئ", "ؤ"}) {
      if (light.find(seat) != light.npos && written.find(seat) == written.npos) against += 2;
    }
    return against;
  }

  /// \param others  without what the name itself says: where a bearer is at home in the article, a
  /// namesake of another country has to be spoken for by something else.
  double share_at(const Local& local, Country country, bool others) {
    auto& memo = memo_[others ? 1 : 0];
    if (local.match.first != memo.token || country != memo.country) {
      memo = {local.match.first, country,
              others ? theatre_.share_of_others(country, local.match.first)
                     : theatre_.share_at(country, local.match.first)};
    }
    return memo.share;
  }

  /// What the bearers of a name have in common.
  struct Bearers {
    bool at_home = false;   ///< one is in a country that the article is about
    double home_prior = 0;  ///< of the best known of those, if the name is no ordinary word
    bool town = false;      ///< one is a town or a part of one
    double prior = 0;       ///< of the best known, if the name is no ordinary word
    Country country = 0;    ///< where that is
  };
  Bearers look_over(const Local& local) {
    Bearers all;
    for (auto b = local.begin; b < local.end; ++b) {
      const auto& bearer = locals_.bearers[b];
      const auto& trait = traits_.of(bearer.entity);
      all.town = all.town || (trait.kind >= Kind::city && trait.kind <= Kind::quarter);
      if (local.end - local.begin == 1) break;
      const double prior = (bearer.flags & authority::kContext) != 0 ? 0 : place_prior(trait);
      if (home(trait.country)) {
        all.at_home = true;
        all.home_prior = std::max(all.home_prior, prior);
      }
      if (prior <= all.prior) continue;
      all.prior = prior;
      all.country = trait.country;
    }
    return all;
  }

  /// True for a country that the article is about.
  bool home(Country country) const { return theatre_.share(country) > 0.7; }

  /// Adds the options of a local that can still be accepted.
  void weigh(const Local& local) {
    const auto& match = local.match;
    // A bearer in a country that the article is about puts those of other countries behind.
    const auto all = look_over(local);
    for (auto b = local.begin; b < local.end; ++b) {
      const auto& bearer = locals_.bearers[b];
      const auto& trait = traits_.of(bearer.entity);
      const bool context = (bearer.flags & authority::kContext) != 0;
      const double prior = place_prior(trait);
      // A common word with nothing beside it: most are gone here.
      if (context && prior < 2 && local.heads == 0 && local.bonus < 0.65 &&
          local.previous == kNoLocal && local.country_after == 0)
        continue;
      double score = prior + local.bonus;
      const bool head = (local.heads & heads_of(trait.kind)) != 0;
      if (head) {
        score += local.own_head ? 2.5 : 1.8;
      } else if (local.heads != 0) {
        score += local.own_head ? 0.6 : 0.4;
      }
      if (local.country_after != 0 && !local.club &&
          (!local.common || local.own_head || local.no_noun)) {
        score += local.country_after == trait.country ? 2.2 : wide_kind(trait.kind) ? 0 : -2.5;
      }
      if (local.side_of != 0)
        score += local.side_of == trait.country ? 0.8 : prior < 1.5 ? -1.5 : 0;
      // «الحديدة» is the port before any hamlet of Yemen, whatever lies near that.
      if (all.country == trait.country && all.prior >= 3 && all.prior - prior >= 1.5 &&
          !(head && local.own_head))
        score -= 2.5;
      if (match.words > 1) score += 1;
      // «في فوتوكول»: nothing else is called so.
      const bool sole = local.end - local.begin == 1 && match.words == 1 && prior >= 1.5 &&
                        local.bonus > 0.5 && !context && !local.common && !local.like_adjective;
      if (local.after_person) score -= trait.kind == Kind::country ? 1 : 4;
      if (local.on_nameplate && trait.kind != Kind::country) score -= 4;
      if (local.leads_noun && !wide_kind(trait.kind)) score -= 2;
      if (local.bare_adjective && prior < 3) score -= 3;
      if (local.phrase && trait.kind == Kind::village && !(head && local.own_head)) score -= 1.5;
      if (local.whole_word) score -= prior < 3.5 ? 3 : 1;
      if (local.like_adjective && local.previous == kNoLocal) score -= 1.5;
      // England plays too, and is no town.
      if ((local.club || (local.in_sport && !arab(trait.country))) && all.town)
        score -= club_cost(trait.kind);
      // «الشرق الأوسط» in quotes is a newspaper.
      if (local.quoted && trait.kind == Kind::wide) score -= 4;

      // A country is at home anywhere, a small place only where its country is spoken of.
      // What a name says of its own country is believed of famous ones alone.
      const bool famous = prior >= 4 && (!local.common || local.bonus >= 0.6);
      const bool away = all.at_home && !(home(trait.country) &&
                                         (famous || share_at(local, trait.country, true) > 0));
      const bool others = prior < 1.5 || (away && prior - all.home_prior < 2.5);
      const double share = share_at(local, trait.country, others);
      const bool wide = wide_kind(trait.kind) || trait.country == kNoCountry;
      if (wide && (!local.homonym || trait.kind != Kind::country)) {
        score += 0.5 * share - (local.homonym ? 0.4 : 0);
      } else {
        if (wide) score -= 0.8;
        score += 1.8 * share + (sole && share > kSpokenOf ? 0.4 : 0);
        const double spoken = prior < 2.5 ? share / kSpokenOf : share > 0 ? 1 : 0;
        if (spoken < 1 && theatre_.total() > 2) {
          const double absent = trait.fame == 3 ? 0.5 : trait.fame == 2 ? 0.9 : 1.5;
          score -= (absent + (away ? 1.5 : 0)) * (1 - spoken);
        }
      }
      if (local.generic) {
        const bool fits = share > 0.5 && ((local.own_head && head && !local.leads_noun) ||
                                          (match.words > 1 && trait.kind == Kind::admin1));
        // «في الخليج», «حرب الخليج»: of a part of the world, the words before it decide.
        const bool part = trait.kind == Kind::wide && match.words == 1 && local.bonus >= 0.7;
        score -= part ? 0.5 : fits ? 1 : local.previous != kNoLocal && share > 0.5 ? 3 : 6;
      } else if (context) {
        // «جبهات القتال», «منطقة العمل»: such heads stand before ordinary words too.
        const bool vague =
            local.common && (local.heads & heads_of(trait.kind) & ~(kHeadArea | kHeadQuarter)) == 0;
        // «نزحت إلى طفس»: no other word is written so, and the article is about its country.
        const bool sure =
            !local.common && share > 0.7 && local.bonus >= 0.6 && prior >= 1.5 && prior < 3;
        score -= head && local.own_head && vague ? 3
                 : head && local.own_head        ? 1.2
                 : sure                          ? 1.7
                 : local.heads != 0              ? 2.2
                 : prior >= 3 && share > 0.3     ? 2.4
                                                 : 3.5;
      } else if (local.common && !local.own_head && prior < 2.5) {
        score -= prior < 1.5 ? 2.5 : 1.2;
      }
      if ((bearer.flags & authority::kAmbiguous) != 0) score -= 0.3;
      const double most_company =
          kMostCompany + (local.homonym && trait.kind == Kind::country ? kAmidCountries : 0);
      if (score + most_company < kThreshold || adjective(local, trait.country)) continue;
      score -= spelling(match, scene_.image.name(bearer.name));
      if (local.end - local.begin > 1) score += vowels(local, bearer.entity);
      if (score + most_company < kThreshold) continue;
      options_.push_back({&local, bearer.entity, static_cast<float>(score), context, trait});
    }
  }

  const Accepted* accepted_at(std::uint32_t local) const {
    if (local == kNoLocal) return nullptr;
    const auto* wanted = &locals_.list[local];
    // In order of the locals.
    const auto found =
        std::lower_bound(accepted_.begin(), accepted_.end(), wanted,
                         [](const Accepted& a, const Local* l) { return a.local < l; });
    return found == accepted_.end() || found->local != wanted ? nullptr : &*found;
  }

  bool accepted(std::uint32_t entity) const {
    return std::any_of(accepted_.begin(), accepted_.end(),
                       [&](const Accepted& a) { return a.entity == entity; });
  }

  static constexpr double kDegree = 111.2;  // kilometres

  static bool near(const authority::EntityRecord& record, const Accepted& a, double reach) {
    const double north = record.lat * kDegree - a.latitude;
    if (a.cosine == 0 || north > reach || north < -reach) return false;
    const double east = (record.lon * kDegree - a.longitude) * a.cosine;
    return north * north + east * east < reach * reach;
  }

  /// True if an accepted place, another one, lies within 50 km.
  bool near_another(const Option& option, const authority::EntityRecord& record) const {
    return std::any_of(accepted_.begin(), accepted_.end(), [&](const Accepted& a) {
      return near(record, a, 50) && a.entity != option.entity && a.local != option.local;
    });
  }

  /// True if the items before and after in its list are countries.
  bool amid_countries(const Local& local) const {
    const auto* before = accepted_at(local.previous);
    const auto* after = accepted_at(local.next);
    return before != nullptr && after != nullptr && before->kind == Kind::country &&
           after->kind == Kind::country;
  }

  /// What the other places of the article say for this one.
  double company(const Option& option) const {
    if (accepted_.empty()) return 0;
    const auto& record = scene_.image.entity(option.entity);
    double company = 0;
    for (auto above = record.parent; above != kNone; above = scene_.image.entity(above).parent) {
      if (traits_.of(above).kind == Kind::country) break;
      if (!accepted(above)) continue;
      company += 1;
      break;
    }
    if (record.has_point != 0 && option.trait.kind != Kind::country && near_another(option, record))
      company += 0.8;
    for (const auto beside : {option.local->previous, option.local->next}) {
      const auto* a = accepted_at(beside);
      if (a == nullptr) continue;
      company += a->country == option.trait.country ? 1 : 0.2;
      if (a->kind == option.trait.kind) company += 0.4;
      if (record.has_point != 0 && near(record, *a, 80)) company += 0.5;
      break;
    }
    // «البحرين وعمان والعراق»: Oman.
    if (option.trait.kind == Kind::country && option.local->homonym &&
        amid_countries(*option.local))
      company += kAmidCountries;
    if (accepted(option.entity)) company += option.context ? 1 : 0.7;
    return company;
  }

  Accepted accept(const Option& option, double score) const {
    constexpr double kRadian = 3.14159265358979 / 180;
    const auto& record = scene_.image.entity(option.entity);
    Accepted a{option.local, option.entity, score};
    a.kind = option.trait.kind;
    a.country = option.trait.country;
    if (record.has_point != 0 && a.kind != Kind::country) {
      a.latitude = record.lat * kDegree;
      a.longitude = record.lon * kDegree;
      a.cosine = std::cos(record.lat * kRadian);
    }
    return a;
  }

  /// Accepts for each run of tokens the best option over the threshold; longer runs first.
  void settle(double threshold) {
    std::vector<Accepted> found;
    std::uint32_t taken = 0;  // tokens before this one are spoken for
    for (std::size_t i = 0; i < options_.size();) {
      const auto& span = options_[i].local->match;
      const Option* best = nullptr;
      double best_score = threshold;
      for (; i < options_.size(); ++i) {
        const auto& option = options_[i];
        const auto& match = option.local->match;
        if (match.first != span.first || match.last != span.last) break;
        if (span.first < taken) continue;
        const double score = option.base + company(option);
        if (score < best_score || (score == best_score && best != nullptr)) continue;
        best = &option;
        best_score = score;
      }
      if (best == nullptr) continue;
      taken = span.last + 1;
      found.push_back(accept(*best, best_score));
    }
    accepted_ = std::move(found);
  }

  /// «مطار عدن» is a place of its own, and Aden is named too.
  void add_town(const Accepted& outer, std::vector<Decision>& decisions) {
    const auto kind = traits_.of(outer.entity).kind;
    const auto head = scene_.word(outer.local->match.first).folded;
    if (kind != Kind::facility || (!head.ends_with("مطار") && !head.ends_with("ميناء"))) return;
    const Local* best = nullptr;
    std::uint32_t town = kNone;
    for (const auto& local : locals_.list) {
      if (local.match.first > outer.local->match.last) break;
      if (local.match.first != outer.local->match.first + 1 ||
          local.match.last > outer.local->match.last)
        continue;
      for (auto b = local.begin; b < local.end; ++b) {
        const auto& bearer = locals_.bearers[b];
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

  const Scene& scene_;
  Traits& traits_;
  const Theatre& theatre_;
  const Locals& locals_;
  std::vector<Option> options_;  // in order of the locals
  std::vector<Accepted> accepted_;
  struct Memo {
    std::uint32_t token = kNone;
    Country country = 0;
    double share = 0;
  };
  std::array<Memo, 2> memo_;  // the last share_at without and with `others`
};

}  // namespace

std::vector<Decision> decide_places(const Scene& scene, Traits& traits, const Theatre& theatre,
                                    const Candidates& candidates,
                                    const std::vector<Decision>& groups) {
  const auto locals = look_round(scene, traits, candidates, groups);
  return Places(scene, traits, theatre, locals).run();
}

}  // namespace fihris::tagger
