// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/decide.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "authority/names.h"

namespace fihris::tagger {
namespace {

using authority::Image;
using authority::kNone;

// Words in folded form, compared without proclitics and article.

/// Words that stand before the name of a place.
constexpr std::array<std::string_view, 55> kPlaceCues{
    "مدينه",   "بلده",  "قريه",  "محافظه",  "ريف",   "ريفي",  "حي",    "منطقه",   "ناحيه",  "مخيم",
    "قضاء",    "ولايه", "اقليم", "مديريه",  "جبل",   "جبال",  "سهل",   "وادي",    "نهر",    "بحر",
    "خليج",    "جزيره", "جزر",   "معبر",    "مطار",  "ميناء", "قاعده", "مدينتي",  "بلدتي",  "قريتي",
    "بلدات",   "قري",   "مدن",   "محافظات", "احياء", "ضاحيه", "شمال",  "جنوب",    "شرق",    "غرب",
    "شمالي",   "جنوبي", "شرقي",  "غربي",    "وسط",   "قرب",   "محيط",  "محافظتي", "باتجاه", "دوله",
    "جمهوريه", "عاصمه", "مركز",  "حيي",     "ضواحي"};

/// Prepositions that stand before places, among much else.
constexpr std::array<std::string_view, 7> kPrepositions{"في",  "الي", "من", "نحو",
                                                        "صوب", "عبر", "بين"};

/// Words that stand before the name of a group.
constexpr std::array<std::string_view, 31> kGroupCues{
    "تنظيم",   "حركه",     "جماعه",  "حزب",     "كتائب",  "لواء",   "جيش",     "قوات",
    "ميليشيا", "ميليشيات", "مليشيا", "مليشيات", "مقاتلو", "مقاتلي", "عناصر",   "مسلحو",
    "مسلحي",   "قيادي",    "فصيل",   "جبهه",    "زعيم",   "تيار",   "ارهابيي", "ارهابيو",
    "مسلحين",  "قاده",     "انصار",  "ضد",      "هجمات",  "معاقل",  "مواقع"};

/// Words that stand before the name of a person.
constexpr std::array<std::string_view, 30> kPersonCues{
    "محمد",    "احمد",   "علي",     "عبد",    "ابو",    "ابي",    "ابن",    "بن",
    "ال",      "الشيخ",  "الدكتور", "الامير", "السيد",  "اللواء", "العقيد", "العميد",
    "النائب",  "الوزير", "الكاتب",  "المدرب", "اللاعب", "حسن",    "حسين",   "خالد",
    "عبدالله", "سعود",   "فهد",     "ناصر",   "صالح",   "المهندس"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// `folded` without one proclitic and the article.
std::string_view bare(std::string_view folded) {
  if (folded.size() > 8 &&
      (folded.starts_with("وال") || folded.starts_with("بال") || folded.starts_with("فال"))) {
    return folded.substr(6);
  }
  if (folded.size() > 6 && folded.starts_with("لل")) return folded.substr(4);
  if (folded.size() > 6 && folded.starts_with("ال")) return folded.substr(4);
  return folded;
}

class Decider {
 public:
  Decider(const Image& image, const TokenRun& run, const std::optional<Date>& published)
      : image_(image), run_(run) {
    if (published) day_ = to_days(*published);
  }

  std::vector<Decision> run(const std::vector<Match>& matches) {
    for (const auto& match : matches) {
      for (const auto facet : {Facet::faction, Facet::region}) {
        Open open{match, viable(match, facet), facet};
        if (!open.bearers.empty()) open_.push_back(std::move(open));
      }
    }
    // Names that can mean one thing alone are the evidence for the others.
    for (const auto& open : open_) count_evidence(open);
    for (const auto facet : {Facet::faction, Facet::region}) {
      for (int pass = 0; pass < 2; ++pass) settle(facet, pass == 1);
    }
    std::stable_sort(decisions_.begin(), decisions_.end(),
                     [](const auto& a, const auto& b) { return a.match.first < b.match.first; });
    return std::move(decisions_);
  }

 private:
  struct Open {
    Match match;
    std::vector<authority::BearerRecord> bearers;
    Facet facet;
  };

  std::vector<authority::BearerRecord> viable(const Match& match, Facet facet) const {
    std::vector<authority::BearerRecord> found;
    for (const auto& bearer : image_.bearers(match.node)) {
      if (image_.facet(bearer.entity) != facet) continue;
      const auto& name = image_.name(bearer.name);
      if (((name.flags & authority::kArticle) != 0) != match.article) continue;
      if ((name.flags & authority::kQueryOnly) != 0) continue;
      if ((name.flags & authority::kExact) != 0 && !written_exactly(match, name)) continue;
      if (const auto* when = image_.condition(name); when != nullptr && day_ != kNoDate) {
        if (day_ < when->from_day || day_ > when->until_day) continue;
      }
      if (std::any_of(found.begin(), found.end(),
                      [&](const auto& f) { return f.entity == bearer.entity; }))
        continue;
      found.push_back(bearer);
    }
    return found;
  }

  bool written_exactly(const Match& match, const authority::NameRecord& name) const {
    const auto& first = run_.tokens[match.first];
    const auto& last = run_.tokens[match.last];
    return run_.field_text(match.first).substr(first.begin, last.end - first.begin) ==
           image_.text(name.text);
  }

  /// Countries of names that need no context, each mention once.
  void count_evidence(const Open& open) {
    if (open.bearers.size() != 1) return;
    const auto& entity = image_.entity(open.bearers.front().entity);
    const auto& name = image_.name(open.bearers.front().name);
    if ((name.flags & (authority::kContext | authority::kAmbiguous | authority::kShort)) != 0)
      return;
    if (image_.condition(name) != nullptr) return;
    if (open.facet == Facet::region && rank(open.bearers.front().entity) < 2) return;
    const auto country = image_.text(entity.country);
    if (country.size() == 2 && country != "XX")
      countries_[country] += open.facet == Facet::region ? 1.0 : 1.5;
  }

  double share(std::string_view country) const {
    const auto found = countries_.find(country);
    if (found == countries_.end()) return 0;
    double top = 0;
    for (const auto& [name, count] : countries_) top = std::max(top, count);
    return found->second / top;
  }

  /// How likely a place is to be meant when nothing else is known.
  double rank(std::uint32_t entity) const {
    const auto& record = image_.entity(entity);
    const auto kind = image_.text(record.kind);
    const double fame = record.population > 1000000  ? 1.5
                        : record.population > 200000 ? 1
                        : record.population > 30000  ? 0.5
                                                     : 0;
    if (kind == "country") return 5;
    if (kind == "continent" || kind == "sea") return 3.5;
    if (kind == "admin1") return 3;
    if (kind == "city") return 2.5 + fame;
    if (kind == "admin2") return 1.2 + fame;
    if (kind == "town") return 1.5 + fame;
    if (kind == "village") return 0.3 + fame;
    if (kind == "quarter") return 0 + fame;
    return 2;  // natural, area, camp, crossing, base, river …
  }

  std::string_view word(std::size_t token) const { return run_.tokens[token].word->folded; }

  /// The word before a match, if it stands in the same field with only blanks or quotes between.
  std::string_view before(const Match& match) const {
    if (match.first == 0 || match.first == run_.title_tokens) return {};
    const auto between = run_.before(match.first);
    if (between.find_first_of(".,;:()!?\n") != between.npos || between.find("،") != between.npos)
      return {};
    return word(match.first - 1);
  }

  double region_score(const Match& match, const authority::BearerRecord& bearer) const {
    const auto& record = image_.entity(bearer.entity);
    const auto& name = image_.name(bearer.name);
    double score = rank(bearer.entity);
    const auto previous = before(match);
    const bool cue = among(kPlaceCues, bare(previous)) ||
                     (previous.size() > 4 && among(kPlaceCues, bare(previous.substr(2))));
    if (cue) score += 2;
    if (among(kPrepositions, previous)) score += 0.7;
    if (match.proclitics.ends_with("ب")) score += 0.5;
    if (among(kPersonCues, previous)) score -= 3;
    score += 1.5 * share(image_.text(record.country));
    for (auto above = record.parent; above != kNone; above = image_.entity(above).parent) {
      if (image_.text(image_.entity(above).kind) == "country") break;
      if (accepted_.contains(above)) score += 1;
    }
    if ((name.flags & authority::kContext) != 0) score -= cue ? 1 : 3.5;
    if ((name.flags & authority::kAmbiguous) != 0) score -= 0.3;
    if (match.words > 1) score += 1;
    if (accepted_.contains(bearer.entity)) score += 0.5;
    return score;
  }

  struct Verdict {
    double score = 0;
    const char* rule = "name";
  };

  Verdict faction_score(const Match& match, const authority::BearerRecord& bearer,
                        bool second) const {
    const auto& record = image_.entity(bearer.entity);
    const auto& name = image_.name(bearer.name);
    const auto country = image_.text(record.country);
    const bool known = accepted_.contains(bearer.entity);
    double score = 3 + (country.size() == 2 ? share(country) : 0.2);
    const char* rule = "name";
    if (const auto* when = image_.condition(name)) {
      const auto in = image_.text(when->in);
      double best = in.empty() ? 1 : 0;
      for (std::size_t i = 0; i + 2 <= in.size(); i += 2)
        best = std::max(best, share(in.substr(i, 2)));
      if (best < 0.3) return {0, ""};
      if (!in.empty()) {
        rule = "theatre";
        score += best - 1;
      }
    }
    if ((name.flags & authority::kContext) != 0) {
      const auto previous = before(match);
      const bool cue = among(kGroupCues, bare(previous)) ||
                       (previous.size() > 4 && among(kGroupCues, bare(previous.substr(2))));
      if (!cue && !(second && known)) return {0, ""};
      rule = cue ? "trigger" : "short-form";
    }
    if ((name.flags & authority::kShort) != 0) {
      if (!(second && known) && !(country.size() == 2 && share(country) > 0.8)) return {0, ""};
      rule = "short-form";
    }
    if (known) score += 0.5;
    return {score, rule};
  }

  void settle(Facet facet, bool second) {
    std::erase_if(decisions_, [&](const Decision& d) { return image_.facet(d.entity) == facet; });
    std::set<std::uint32_t> accepted;
    std::uint32_t taken = 0;  // tokens before this one are spoken for
    for (const auto& open : open_) {
      if (open.facet != facet || open.match.first < taken) continue;
      if (facet == Facet::region && inside_faction(open.match)) continue;
      Decision best{open.match, kNone, "", 0};
      for (const auto& bearer : open.bearers) {
        const Verdict verdict = facet == Facet::faction
                                    ? faction_score(open.match, bearer, second)
                                    : Verdict{region_score(open.match, bearer), "name"};
        if (verdict.score > best.confidence) {
          best.entity = bearer.entity;
          best.rule = verdict.rule;
          best.confidence = verdict.score;
        }
      }
      const double threshold = facet == Facet::faction ? 2.5 : 2.9;
      if (best.entity == kNone || best.confidence < threshold) continue;
      best.confidence = std::min(1.0, best.confidence / 6);
      accepted.insert(best.entity);
      taken = open.match.last + 1;
      decisions_.push_back(best);
    }
    accepted_.merge(accepted);
  }

  bool inside_faction(const Match& match) const {
    return std::any_of(decisions_.begin(), decisions_.end(), [&](const Decision& d) {
      return image_.facet(d.entity) == Facet::faction && d.match.first <= match.first &&
             match.last <= d.match.last;
    });
  }

  static constexpr std::int32_t kNoDate = INT32_MIN;
  const Image& image_;
  const TokenRun& run_;
  std::int32_t day_ = kNoDate;
  std::vector<Open> open_;
  std::map<std::string_view, double> countries_;
  std::set<std::uint32_t> accepted_;
  std::vector<Decision> decisions_;
};

}  // namespace

std::vector<Decision> decide(const Image& image, const TokenRun& run,
                             const std::vector<Match>& matches,
                             const std::optional<Date>& published) {
  return Decider(image, run, published).run(matches);
}

}  // namespace fihris::tagger
