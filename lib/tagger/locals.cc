// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/locals.h"

#include <algorithm>
#include <array>

namespace fihris::tagger {
namespace {

using authority::kNone;

/// True for names of places that are no place before the word that follows.
bool leads_a_phrase(std::string_view word, std::string_view next) {
  struct Phrase {
    std::string_view word, next;
  };
  // The private sector and others, the cruciate and lateral ligaments, the Statute of Rome.
  constexpr std::array kPhrases{
      Phrase{"القطاع", "الخاص"},   Phrase{"القطاع", "العام"},   Phrase{"القطاع", "الصحي"},
      Phrase{"القطاع", "المصرفي"}, Phrase{"القطاع", "النفطي"},  Phrase{"القطاع", "الحكومي"},
      Phrase{"الرباط", "الصليبي"}, Phrase{"الرباط", "الجانبي"}, Phrase{"روما", "الاساسي"},
  };
  return std::any_of(kPhrases.begin(), kPhrases.end(), [&](const Phrase& phrase) {
    return next == phrase.next && word.ends_with(phrase.word);
  });
}

class Looker {
 public:
  Looker(const Scene& scene, Traits& traits, const Candidates& candidates,
         const std::vector<Decision>& groups)
      : scene_(scene), traits_(traits), candidates_(candidates), groups_(groups) {}

  Locals run() {
    locals_.bearers = candidates_.bearers;
    sport_ = is_sport();
    for (const auto& candidate : candidates_.list) {
      if (within(candidate) || compass(candidate) || cuts_a_name(candidate)) continue;
      const auto local = look_round(candidate);
      if (local.bonus > kReject) locals_.list.push_back(local);
    }
    link_lists();
    name_countryside();
    return std::move(locals_);
  }

 private:
  /// A place within the name of a faction is none («جيش القدس»), but a state that leads and a place
  /// where it is are told: «التحالف الذي تقوده السعودية», «المقاومة الشعبية في عدن».
  bool within(const Candidate& candidate) {
    const auto& match = candidate.match;
    for (const auto& group : groups_) {
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
      const auto bearers = candidates_.of(candidate);
      const auto& record = scene_.image.entity(group.entity);
      const bool official =
          record.has_ar != 0 && scene_.image.text(scene_.image.name(record.names_begin).text) ==
                                    scene_.written(group.match);
      return official || scene_.word(match.first - 1).folded != "في" ||
             std::none_of(bearers.begin(), bearers.end(), [&](const auto& b) {
               const auto& trait = traits_.of(b.entity);
               return trait.kind == Kind::country || trait.kind == Kind::admin1 ||
                      trait.kind == Kind::city;
             });
    }
    return false;
  }

  /// «شمال سوريا»: the place is Syria, unless the whole is a country, a part of the world or a
  /// province («جنوب أفريقيا», «شمال سيناء»).
  bool compass(const Candidate& candidate) {
    const auto& match = candidate.match;
    if (match.words < 2 || match.article) return false;
    if ((scene_.cues(match.first).classes & kDirection) == 0) return false;
    const auto is = [&](const Candidate& c, auto... kinds) {
      const auto bearers = candidates_.of(c);
      return std::any_of(bearers.begin(), bearers.end(), [&](const auto& b) {
        const auto kind = traits_.of(b.entity).kind;
        return ((kind == kinds) || ...);
      });
    };
    if (is(candidate, Kind::country, Kind::wide)) return false;
    if (!is(candidate, Kind::admin1, Kind::admin2)) return true;
    return std::any_of(candidates_.list.begin(), candidates_.list.end(), [&](const Candidate& c) {
      return c.match.last == match.last && c.match.first > match.first && is(c, Kind::country);
    });
  }

  /// «إقليم خيبر» of «إقليم خيبر بختونخوا»: the longer name begins after the head.
  bool cuts_a_name(const Candidate& candidate) const {
    const auto& match = candidate.match;
    if (match.words < 2 || (scene_.cues(match.first).classes & kPlaceHead) == 0) return false;
    return std::any_of(candidates_.list.begin(), candidates_.list.end(), [&](const Candidate& c) {
      return c.match.first == match.first + 1 && c.match.last > match.last;
    });
  }

  Local look_round(const Candidate& candidate) {
    const auto& match = candidate.match;
    Local local{match, candidate.begin, candidate.end};
    const auto& before = scene_.before(match.first);
    const auto& after = scene_.after(match.last);
    const auto& own = scene_.cues(match.first);
    local.common = match.words == 1 && own.common;
    local.leads_noun = match.words == 1 && !match.article && own.common && after.definite &&
                       after.adjective_of == 0 && scene_.gaps[match.last + 1] == 0;
    local.phrase = match.words > 1 && is_phrase(match);
    // «اللجنة الوطنية للحج»: «لل» stands for the particle and the article, not for a name in ل.
    if (match.words == 1 && !match.article && own.common && match.proclitics.ends_with("ل") &&
        scene_.word(match.first).folded.substr(match.proclitics.size()).starts_with("ل"))
      local.bonus -= 3;
    // «التي تدمر العقول», «لم صنعا».
    if (match.words == 1 && !match.article && match.proclitics.empty() &&
        (before.classes & kBeforeVerb) != 0)
      local.bonus -= 3;
    look_for_club(local, before, after);
    // «في 15 مايو» is a day: a name that begins with a number wants the word for a town.
    if (scene_.word(match.first).kind == TokenKind::number && (before.classes & kPlaceHead) == 0)
      local.bonus = kReject;
    // «وجيزة» is a word of its own, not «و» and Giza.
    local.whole_word = match.words == 1 && !match.proclitics.empty() && own.whole;
    local.quoted = scene_.quoted(match);
    local.bare_adjective = match.words == 1 && own.adjective && !match.article &&
                           match.proclitics.empty() && (scene_.gaps[match.first] & kQuote) == 0;
    local.generic = (scene_.shared_classes(match) & kGeneric) != 0;
    // «المنطقة الجبلية» names nothing, «منطقة الجفينة» and «العاصمة دمشق» do.
    if ((before.classes & (kPlaceHead | kHeads)) != 0 &&
        (!before.definite || (before.classes & kCapital) != 0)) {
      local.heads = before.classes & (kPlaceHead | kCapital | kHeads);
      local.own_head = true;
    }
    const bool capital = follows_capital(match);
    if (capital) {
      local.heads = kHeadCity | kCapital;
      local.own_head = true;
    }
    if ((before.classes & (kDirection | kNear)) != 0) local.bonus += 1;
    if ((before.classes & kPreposition) != 0) local.bonus += 0.7;
    if ((before.classes & kVenue) != 0) local.bonus += 0.4;
    // «منطقة عتمة التابعة لمحافظة ذمار».
    if (local.own_head && after.definite && (after.classes & kPlaceAfter) != 0) local.bonus += 1;
    if (match.proclitics.ends_with("ب")) local.bonus += 0.6;
    if (match.proclitics.find("ك") != match.proclitics.npos || match.proclitics.starts_with("ف"))
      local.bonus -= match.words == 1 ? 1.5 : 0.5;
    // Persons, and what bears the name of a place.
    if ((before.classes & kKin) != 0) local.bonus -= 5;
    // «نوري المالكي» is a name, «المالكي بلندن» and «الخميس» before a town are not.
    const bool person =
        match.proclitics.empty() && (((before.classes & kGiven) != 0 && !before.definite) ||
                                     ((before.classes & kTitle) != 0 && before.definite));
    local.after_person = person && (before.classes & kPlaceHead) == 0;
    // «المغرب الشقيق» is the country.
    if ((after.classes & kKin) != 0 && !after.definite && match.words == 1) local.bonus -= 3;
    if (match.words == 1 && (own.classes & kGiven) != 0 && !own.definite && !local.own_head)
      local.bonus -= 2.5;
    // «صلاح الدين»: without a word for a place it is the man.
    if (match.words > 1 && (scene_.shared_classes(match) & kGiven) != 0 && !local.own_head &&
        local.bonus < 0.6)
      local.bonus -= 3;
    // «البدلة الزرقاء», «بدلته الزرقاء»: an adjective that agrees with the noun before it.
    if (match.words == 1 && match.article && match.proclitics.empty() && own.adjective &&
        (before.definite || possessed(match.first)) && !local.own_head)
      local.bonus -= 4;
    local.like_adjective =
        match.words == 1 && match.article && own.adjective && !local.own_head && local.bonus < 0.6;
    if (match.words == 1 && (own.classes & kPreposition) != 0) local.bonus = kReject;
    // «مدينة بصرى»: a word that another name follows is its head.
    if (local.generic && match.words == 1 && !match.article && scene_.gaps[match.last + 1] == 0)
      local.bonus = kReject;
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
    if (match.words == 1 && leads_a_phrase(scene_.word(match.first).folded, next))
      local.bonus = kReject;
    // «على الضفة الغربية لنهر دجلة», «عند المغرب».
    const bool bank = match.words == 1 && scene_.word(match.last).folded.ends_with("الضفه");
    const auto river = match.last + (bank ? 2 : 1);
    if (river < scene_.size() &&
        (scene_.word(river).folded == "لنهر" || scene_.word(river).folded == "للنهر"))
      local.bonus = kReject;
    if (match.words == 1 && scene_.word(match.first).folded == "المغرب" &&
        (scene_.word_before_is(match.first, "صلاه") || scene_.word_before_is(match.first, "اذان") ||
         scene_.word_before_is(match.first, "عند")))
      local.bonus = kReject;
    Country known = 0;
    for (const auto& bearer : candidates_.of(candidate)) {
      const auto& trait = traits_.of(bearer.entity);
      if (place_prior(trait) < 3) continue;
      local.homonym = local.homonym || (known != 0 && known != trait.country);
      known = trait.country;
    }
    if (after.adjective_of != 0 && (scene_.gaps[match.last + 1] & kQuote) == 0 && after.definite &&
        !after.conjunction)
      local.country_after = after.adjective_of;
    local.no_noun = local.country_after != 0 && match.words == 1 && !match.article &&
                    next.ends_with("يه") && !local.whole_word;
    if ((after.classes & kDirection) != 0 && !next.empty())
      local.side_of = country_at(match.last + 2);
    if (next == "في" && local.country_after == 0) local.country_after = country_at(match.last + 2);
    if (capital && local.country_after == 0) local.country_after = before.adjective_of;
    return local;
  }

  /// True if a noun in ة with a pronoun stands before `token`.
  bool possessed(std::uint32_t token) const {
    if (token == 0 || scene_.gaps[token] != 0) return false;
    const auto word = scene_.word(token - 1).folded;
    return word.ends_with("ته") || word.ends_with("تها") || word.ends_with("تهم");
  }

  /// «العاصمة البريطانية لندن».
  bool follows_capital(const Match& match) const {
    const auto& before = scene_.before(match.first);
    return before.adjective_of != 0 && before.definite &&
           (scene_.before(match.first - 1).classes & kCapital) != 0;
  }

  /// «ليون في فرنسا»: the country that is named at `token`, or 0.
  Country country_at(std::uint32_t token) {
    if (token >= scene_.size() || scene_.gaps[token] != 0) return 0;
    const auto found =
        std::lower_bound(candidates_.list.begin(), candidates_.list.end(), token,
                         [](const Candidate& c, std::uint32_t at) { return c.match.first < at; });
    if (found == candidates_.list.end() || found->match.first != token) return 0;
    for (const auto& bearer : candidates_.of(*found)) {
      const auto& trait = traits_.of(bearer.entity);
      if (trait.kind == Kind::country) return trait.country;
    }
    return 0;
  }

  /// True if the article tells of sport.
  bool is_sport() const {
    std::uint32_t words = 0;
    for (std::uint32_t i = 0; i < scene_.size(); ++i) {
      words += (scene_.cues(i).classes & kSport) != 0 ? 1u : 0u;
    }
    return words > scene_.size() / 60;
  }

  bool is_phrase(const Match& match) const {
    if (match.article || !scene_.cues(match.first).common) return false;
    for (auto token = match.first + 1; token <= match.last; ++token) {
      const auto& cues = scene_.cues(token);
      if (cues.definite || (!cues.common && !cues.adjective)) return false;
    }
    return true;
  }

  /// «ريال مدريد», «مانشستر يونايتد»; in sport «روما الإيطالي», for towns are feminine.
  void look_for_club(Local& local, const WordCues& before, const WordCues& after) const {
    const auto& match = local.match;
    local.club = (before.classes & kClubBefore) != 0 || (after.classes & kClubAfter) != 0;
    if (!sport_ || (before.classes & (kPlaceHead | kCapital)) != 0) return;
    if (after.adjective_of != 0 && after.definite &&
        scene_.word(match.last + 1).folded.ends_with("ي"))
      local.club = true;
    if (match.proclitics.empty() && (before.classes & kClubRival) != 0) local.club = true;
    if (beside_club(match)) local.club = true;
    local.in_sport = !follows_capital(match) && !match.proclitics.ends_with("ب") &&
                     (before.classes & (kPreposition | kDirection | kNear)) == 0;
  }

  /// «نجران والوحدة»: listed with a bare name of a club.
  bool beside_club(const Match& match) const {
    const auto club = [&](std::uint32_t token) {
      const auto& cues = scene_.cues(token);
      return cues.definite && (cues.classes & kClubName) != 0;
    };
    if (scene_.joined_on(match) && club(scene_.item_before(match))) return true;
    const auto next = match.last + 1;
    if (next >= scene_.size() || (scene_.gaps[next] & ~kComma) != 0) return false;
    return club(next) && (scene_.gaps[next] == kComma || scene_.cues(next).conjunction);
  }

  void link_lists() {
    for (std::uint32_t i = 0; i < locals_.list.size(); ++i) {
      auto& local = locals_.list[i];
      if (!scene_.joined_on(local.match)) continue;
      const auto end = scene_.item_before(local.match);
      for (auto j = i; j-- > 0;) {
        auto& before = locals_.list[j];
        if (before.match.last != end) {
          if (before.match.last + 12 < end) break;
          continue;
        }
        local.previous = j;
        if (before.next == kNoLocal) before.next = i;  // the longest
        if (before.club && !local.own_head) local.club = true;
        // «إلى حمص وصدد»: what stands before the first holds for the others.
        if (local.bonus == 0) local.bonus = std::clamp(before.bonus, 0.0, 0.7);
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

  /// «ريفي إدلب ودمشق»: each name means the place that is called «ريف» and that name.
  void name_countryside() {
    const auto& image = scene_.image;
    const auto head = image.word("ريف");
    const auto root = head == kNone ? kNone : image.next(authority::kRoot, head);
    if (root == kNone) return;
    std::uint32_t until = 0;
    for (auto& local : locals_.list) {
      const bool leads = scene_.word_before_is(local.match.first, "ريفي") ||
                         scene_.word_before_is(local.match.first, "بريفي") ||
                         scene_.word_before_is(local.match.first, "وريفي");
      const bool follows = local.previous != kNoLocal && locals_.list[local.previous].countryside;
      if ((!leads && !follows) || local.match.words != 1 || local.match.first < until) continue;
      auto word = scene_.word(local.match.first).folded;
      word.remove_prefix(local.match.proclitics.size());
      const auto key = image.word(word);
      const auto node = key == kNone ? kNone : image.next(root, key);
      if (node == kNone || image.bearers(node).empty()) continue;
      local.countryside = true;
      const auto begin = static_cast<std::uint32_t>(locals_.bearers.size());
      for (const auto& bearer : image.bearers(node)) {
        if (bearer.facet == static_cast<std::uint16_t>(Facet::region))
          locals_.bearers.push_back(bearer);
      }
      const auto end = static_cast<std::uint32_t>(locals_.bearers.size());
      if (end > begin) {
        local.begin = begin;
        local.end = end;
      }
      until = local.match.last + 1;
    }
  }

  const Scene& scene_;
  Traits& traits_;
  const Candidates& candidates_;
  const std::vector<Decision>& groups_;
  Locals locals_;
  bool sport_ = false;
};

}  // namespace

Locals look_round(const Scene& scene, Traits& traits, const Candidates& candidates,
                  const std::vector<Decision>& groups) {
  return Looker(scene, traits, candidates, groups).run();
}

}  // namespace fihris::tagger
