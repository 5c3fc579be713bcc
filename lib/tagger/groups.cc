// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/groups.h"

#include <algorithm>

namespace fihris::tagger {
namespace {

using authority::kNone;

constexpr double kThreshold = 2;

class Groups {
 public:
  Groups(const Scene& scene, Traits& traits, const Theatre& theatre, const Candidates& candidates)
      : scene_(scene), traits_(traits), theatre_(theatre), candidates_(candidates) {
    for (std::uint32_t i = 0; i < scene_.size(); ++i) {
      const auto& cues = scene_.cues(i);
      if ((cues.classes & kHeadBase) != 0 && !cues.definite) ++bases_;
    }
  }

  std::vector<Decision> run() {
    // The first pass finds who is named in full, the second knows it when it meets short forms.
    for (int pass = 0; pass < 2; ++pass) settle();
    return std::move(decisions_);
  }

 private:
  struct Verdict {
    double score = 0;
    const char* rule = "";
  };

  const authority::NameRecord& name(const authority::BearerRecord& bearer) const {
    return scene_.image.name(bearer.name);
  }

  /// How well the article's countries go with the conditions of a name; 1 if it has none.
  double theatre_of(const Match& match, const authority::BearerRecord& bearer) const {
    const auto* when = scene_.image.condition(name(bearer));
    const auto in = when == nullptr ? std::string_view{} : scene_.image.text(when->in);
    if (in.empty()) return 1;
    double best = 0;
    for (std::size_t i = 0; i + 2 <= in.size(); i += 2) {
      const auto country = country_of(in.substr(i, 2));
      const double whole = theatre_.share_without(country, match.first);
      if (whole == 0) continue;
      // «الجيش» is mostly that of the country that the article is about, wherever it stands.
      const double near = theatre_.share_of_others(country, match.first);
      best = std::max(
          best, traits_.of(bearer.entity).kind == Kind::state ? 0.7 * whole + 0.3 * near : near);
    }
    return best;
  }

  bool accepted(std::uint32_t entity) const {
    return std::find(accepted_.begin(), accepted_.end(), entity) != accepted_.end();
  }

  /// True if a decided faction ends right before the match, joined by و or a comma.
  bool coordinated(const Match& match) const {
    if (!scene_.joined_on(match)) return false;
    const auto end = scene_.item_before(match);
    return std::any_of(decisions_.begin(), decisions_.end(),
                       [&](const Decision& d) { return d.match.last == end; });
  }

  /// True if the match is followed by a decided faction in the same list.
  bool leads_list(const Match& match) const {
    return std::any_of(previous_.begin(), previous_.end(), [&](const Decision& d) {
      return d.match.first > match.last && scene_.joined_on(d.match) &&
             scene_.item_before(d.match) == match.last;
    });
  }

  /// True if a group of the same country may be named beside it: «فتح وحماس» say what they are
  /// together though each is a common word.
  bool paired(const Match& match, Country country) const {
    if (country == 0) return false;
    const auto& list = candidates_.list;
    // In order of first token: only those near are looked at.
    const auto from = std::lower_bound(
        list.begin(), list.end(), match.first < 8 ? 0 : match.first - 8,
        [](const Candidate& c, std::uint32_t token) { return c.match.first < token; });
    const auto to = std::lower_bound(
        from, list.end(), match.last + 3,
        [](const Candidate& c, std::uint32_t token) { return c.match.first < token; });
    return std::any_of(from, to, [&](const Candidate& c) {
      const bool after = c.match.first > match.last && c.match.first <= match.last + 2 &&
                         scene_.joined_on(c.match) && scene_.item_before(c.match) == match.last;
      const bool before = c.match.last < match.first && c.match.last + 2 >= match.first &&
                          scene_.joined_on(match) && scene_.item_before(match) == c.match.last;
      return (after || before) &&
             std::any_of(
                 candidates_.bearers.begin() + c.begin, candidates_.bearers.begin() + c.end,
                 [&](const auto& bearer) { return traits_.of(bearer.entity).country == country; });
    });
  }

  /// True if a verb of the third person feminine stands before it: «باركت حماس»; such names are
  /// feminine because «حركة» and «جماعة» are.
  bool after_feminine_verb(const Match& match) const {
    if (match.first == 0 || scene_.gaps[match.first] != 0) return false;
    const auto& word = scene_.word(match.first - 1);
    return word.folded.ends_with("ت") && !word.folded.ends_with("ات") && word.folded.size() > 4;
  }

  /// «إن النصرة فقدت».
  bool before_feminine_verb(const Match& match) const {
    if (match.last + 1 >= scene_.size() || scene_.gaps[match.last + 1] != 0) return false;
    const auto word = scene_.word(match.last + 1).folded;
    return word.ends_with("ت") && !word.ends_with("ات") && word.size() > 4 &&
           !word.starts_with("و") && word != "ليست" && word != "كانت";
  }

  /// What the neighbours say for a name that is a common word too.
  double evidence_for(const Match& match, const authority::BearerRecord& bearer) const {
    const auto& before = scene_.before(match.first);
    const auto& after = scene_.after(match.last);
    const auto& trait = traits_.of(bearer.entity);
    double evidence = 0;
    if ((before.classes & (kGroupHead | kGroupPeople | kLoyal)) != 0) {
      evidence += 2;
    } else if ((before.classes & kAgainst) != 0) {
      evidence += 1.5;
    } else if ((before.classes & kPreposition) != 0) {
      evidence -= 0.5;
    }
    if (scene_.quoted(match)) evidence += 1.5;
    const bool base = (scene_.shared_classes(match) & kHeadBase) != 0;
    if (coordinated(match) || leads_list(match)) {
      evidence += 1.5;
    } else if (paired(match, trait.country)) {
      evidence += 1;
    }
    if (after_feminine_verb(match) || before_feminine_verb(match)) evidence += 0.7;
    // «المساءلة هي القاعدة».
    for (const std::string_view pronoun : {"هي", "هو", "انها", "بانها"}) {
      if (scene_.word_before_is(match.first, pronoun)) evidence -= 2;
    }
    if (accepted(bearer.entity)) evidence += base ? 0.6 : 1.5;
    if (trait.country != 0 && after.adjective_of == trait.country) evidence += 1;
    if (trait.country != 0) evidence += 0.9 * theatre_.share_at(trait.country, match.first);
    if ((after.classes & kBaseAdjective) != 0) evidence -= 3;
    if (trait.kind == Kind::jihadist) {
      // «القاعدة»: the organisation if the article knows other such groups, or no bases.
      if (jihadists_ > 0) evidence += base ? 1.5 : 1;
      if (base) evidence += bases_ == 0 ? 0.8 : -1;
    }
    return evidence;
  }

  /// A name made of the names of a person: «صالح» stands for his troops only beside troops.
  bool person_name(const Match& match) const {
    const auto& first = scene_.cues(match.first);
    if ((first.classes & kTitle) != 0) return true;
    return !first.definite && ((first.classes & kGiven) != 0 ||
                               (scene_.shared_classes(match) & (kGiven | kTitle | kKin)) != 0);
  }

  /// True if troops or followers stand before the match, titles and adjectives of the person
  /// between: «موالية للرئيس السابق علي صالح».
  bool troops_before(const Match& match) const {
    for (auto token = match.first; token-- > 0 && token + 8 > match.first;) {
      if ((scene_.gaps[token + 1] & ~kQuote) != 0) return false;
      const auto& cues = scene_.cues(token);
      if ((cues.classes & (kGroupHead | kLoyal | kGroupPeople)) != 0 &&
          (cues.classes & kTitle) == 0)
        return (cues.classes & kGroupPeople) == 0 || token + 1 == match.first;
      const auto word = scene_.word(token).folded;
      const bool of_person = (cues.classes & (kTitle | kGiven | kKin)) != 0 ||
                             cues.adjective_of != 0 || word == "السابق" || word == "الراحل" ||
                             word == "علي" || word == "الله";
      if (!of_person) return false;
    }
    return false;
  }

  /// «جناح تنظيم القاعدة في سوريا»: the parent is named, though the whole is a name of the branch.
  bool branch_of_parent(const Match& match) const {
    // «ذراع تنظيم القاعدة في سوريا», «فرع من تنظيم داعش في السعودية».
    const auto head = scene_.word_before_is(match.first, "من") ? match.first - 1 : match.first;
    if ((scene_.before(head).classes & kParentOf) == 0) return false;
    for (auto token = match.first + 1; token < match.last; ++token) {
      if (scene_.word(token).folded == "في") return true;
    }
    return false;
  }

  Verdict judge(const Match& match, const authority::BearerRecord& bearer, bool shared) const {
    auto flags = name(bearer).flags;
    // An ordinary word without article is a name only with evidence, whatever its file says.
    const auto& own = scene_.cues(match.first);
    if (match.words == 1 && !match.article && (own.common || own.adjective) &&
        own.adjective_of == 0)
      flags |= authority::kContext;
    const auto& trait = traits_.of(bearer.entity);
    const auto& before = scene_.before(match.first);
    const auto& after = scene_.after(match.last, 0);
    const bool in_country = trait.country != 0 && match.last + 2 < scene_.size() &&
                            scene_.gaps[match.last + 1] == 0 && scene_.gaps[match.last + 2] == 0 &&
                            scene_.word(match.last + 1).folded == "في" &&
                            theatre_.country_at(match.last + 2) == trait.country;
    const auto* when = scene_.image.condition(name(bearer));
    Verdict verdict{3, "name"};
    // «طلائع الجيش» is a club, «صحيفة الجيش» a newspaper.
    if (match.words == 1 && match.proclitics.empty() && trait.kind == Kind::state &&
        (before.classes & kNameplate) != 0 && (before.classes & kAgainst) == 0)
      return {};
    // «عبد الملك الحوثي»: the last name of a person.
    if (match.words == 1 && match.proclitics.empty() &&
        ((before.classes & (kGiven | kKin)) != 0 && (before.classes & kGroupPeople) == 0))
      return {};
    // «بفتح ملف»: an ordinary noun after a particle.
    if (match.words == 1 && !match.article && own.common && !scene_.quoted(match) &&
        (match.proclitics.ends_with("ب") || match.proclitics.ends_with("ل")))
      return {};
    // «عبد الملك الحوثي», but «قوات موالية لعلي عبد الله صالح».
    if (match.words == 1 && match.first > 1 && !(person_name(match) && troops_before(match)) &&
        match.proclitics.empty() && scene_.gaps[match.first] == 0 &&
        scene_.word_before_is(match.first - 1, "عبد"))
      return {};
    // «الجيش الأميركي» is not «الجيش» of the theatre.
    const bool conditional = when != nullptr && when->in.size > 0;
    if (after.adjective_of != 0 && after.adjective_of != trait.country && after.definite &&
        (conditional ||
         (match.article && (trait.kind == Kind::state || trait.kind == Kind::government))))
      return {};
    // «القوة الشرعية», «المجلس الوطني الكردستاني»: an adjective after its noun.
    if (match.words == 1 && match.article && match.proclitics.empty() && before.definite &&
        match.first > 0 && scene_.gaps[match.first] == 0 && !before.conjunction &&
        (before.classes & (kGroupHead | kGroupPeople | kLoyal | kPreposition)) == 0 &&
        (trait.kind == Kind::government ||
         (flags & (authority::kContext | authority::kShort)) != 0) &&
        (own.adjective || scene_.word(match.first).folded.ends_with("ي")))
      return {};
    if (branch_of_parent(match)) return {};
    // «القيادي أبو سياف»: a by-name of a person, unless a word for a group stands before it.
    if (scene_.word(match.first).folded.starts_with("اب") &&
        (scene_.cues(match.first).classes & kKin) != 0 && (before.classes & kGroupHead) == 0)
      return {};
    if (trait.kind == Kind::government && (before.classes & kStateOffice) != 0 &&
        (before.classes & kPreposition) == 0 && match.proclitics.empty())
      return {};
    const double theatre = theatre_of(match, bearer);
    if (theatre < 0.35) return {};
    if (when != nullptr && when->in.size > 0) {
      verdict.rule = "theatre";
      verdict.score += 0.6 * theatre;
    } else if (trait.country != 0) {
      verdict.score += 0.5 * theatre_.share_at(trait.country, match.first);
    } else {
      verdict.score += shared ? -0.5 : 0.2;
    }
    // «التحالف العربي في اليمن».
    if (in_country) verdict.score += 0.7;
    if (person_name(match)) {
      if (!troops_before(match) &&
          !(coordinated(match) && (scene_.gaps[match.first] & kComma) == 0))
        return {};
      verdict.rule = "trigger";
    } else if ((flags & authority::kContext) != 0) {
      const double evidence = evidence_for(match, bearer);
      if (evidence < 1.4) return {};
      verdict.rule = accepted(bearer.entity) ? "short-form" : "trigger";
      verdict.score += std::min(0.5, (evidence - 1.4) / 4);
    }
    if ((flags & authority::kShort) != 0) {
      // «الشرقية», «الجبهة»: a short form that is an ordinary word follows the name in full.
      const bool home = (flags & authority::kContext) == 0 && trait.country != 0 &&
                        theatre_.share_at(trait.country, match.first) > 0.8;
      if (!accepted(bearer.entity) && !home) return {};
      verdict.rule = "short-form";
    }
    if (accepted(bearer.entity)) verdict.score += 0.3;
    return verdict;
  }

  struct Choice {
    Verdict verdict;
    std::uint32_t entity = kNone;
  };

  Choice best_of(const Candidate& candidate) const {
    Choice best;
    for (const auto& bearer : candidates_.of(candidate)) {
      const auto verdict = judge(candidate.match, bearer, candidate.end - candidate.begin > 1);
      if (verdict.score > best.verdict.score) best = {verdict, bearer.entity};
    }
    return best;
  }

  /// «مسلحو تنظيم القاعدة» of «تنظيم القاعدة في جزيرة العرب»: a longer name begins after the
  /// people.
  bool cuts_a_name(const Match& match) const {
    if (match.words < 2 || (scene_.cues(match.first).classes & kGroupPeople) == 0) return false;
    const auto& list = candidates_.list;
    for (auto c = std::upper_bound(
             list.begin(), list.end(), match.first,
             [](std::uint32_t token, const Candidate&with) { return token < with.match.first; });
         c != list.end() && c->match.first <= match.last; ++c) {
      if (c->match.last > match.last && best_of(*c).verdict.score >= kThreshold) return true;
    }
    return false;
  }

  void settle() {
    previous_ = std::move(decisions_);
    decisions_.clear();
    std::vector<std::uint32_t> found;
    std::uint32_t taken = 0;  // tokens before this one are spoken for
    for (const auto& candidate : candidates_.list) {
      if (candidate.match.first < taken || cuts_a_name(candidate.match)) continue;
      const auto [best, entity] = best_of(candidate);
      if (entity == kNone || best.score < kThreshold) continue;
      if (std::find(found.begin(), found.end(), entity) == found.end()) {
        found.push_back(entity);
        if (traits_.of(entity).kind == Kind::jihadist) ++jihadists_;
      }
      taken = candidate.match.last + 1;
      decisions_.push_back({candidate.match, entity, best.rule, std::min(1.0, best.score / 3.8)});
    }
    accepted_ = std::move(found);
  }

  const Scene& scene_;
  Traits& traits_;
  const Theatre& theatre_;
  const Candidates& candidates_;
  std::vector<Decision> decisions_, previous_;
  std::vector<std::uint32_t> accepted_;  // entities of the pass before
  int bases_ = 0;                        // «قاعدة العند», not «القاعدة»
  int jihadists_ = 0;
};

}  // namespace

std::vector<Decision> decide_groups(const Scene& scene, Traits& traits, const Theatre& theatre,
                                    const Candidates& candidates) {
  return Groups(scene, traits, theatre, candidates).run();
}

}  // namespace fihris::tagger
