// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "analysis/grammar.h"
#include "analysis/lexicon.h"
#include "authority/load.h"
#include "authority/names.h"

namespace fihris::authority {
namespace {

using Entry = EntitySet::Entry;

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

class Checker {
 public:
  Checker(const EntitySet& set, const Image& below) : set_(set), below_(below) {}

  std::vector<AuthorityFault> run() {
    for (const auto& [key, entry] : set_.entries) {
      check_links(entry);
      collect(entry);
    }
    check_shared_names();
    check_coordinates();
    std::stable_sort(faults_.begin(), faults_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
    return std::move(faults_);
  }

 private:
  void fault(const Entry& entry, const std::string& message) {
    faults_.push_back({entry.file, entry.line, entry.entity.id + ": " + message});
  }

  const Entry* find(Facet facet, const std::string& id) const {
    const auto found = set_.entries.find({facet, id});
    return found == set_.entries.end() ? nullptr : &found->second;
  }

  bool defined(Facet facet, const std::string& id) const {
    return find(facet, id) != nullptr ||
           (below_.find(facet, id) != kNone && !set_.removed.contains({facet, id}));
  }

  void check_links(const Entry& entry) {
    const auto& entity = entry.entity;
    if (!entity.parent.empty() && !defined(entity.facet, entity.parent)) {
      fault(entry, "parent " + quoted(entity.parent) + " is not defined");
    }
    for (const auto& id : entity.member_of) {
      if (!defined(entity.facet, id)) fault(entry, "member_of " + quoted(id) + " is not defined");
    }
    if (!entity.successor.empty() && !defined(entity.facet, entity.successor)) {
      fault(entry, "successor " + quoted(entity.successor) + " is not defined");
    }
    std::set<std::string> above;
    for (const auto* at = &entry; at != nullptr && !at->entity.parent.empty();
         at = find(entity.facet, at->entity.parent)) {
      if (!above.insert(at->entity.id).second) {
        fault(entry, "its parents form a circle through " + quoted(at->entity.id));
        break;
      }
    }
  }

  void collect(const Entry& entry) {
    for (const auto& name : entry.entity.names) {
      const auto key = name_key(name.text, words_);
      if (key.words.empty()) {
        fault(entry, "name " + quoted(name.text) + " has no letter or digit");
        continue;
      }
      check_ordinary(entry, name);
      std::string joined = key.article ? "+" : "";
      for (const auto& word : key.words) joined += word + " ";
      bearers_[{entry.entity.facet, joined}].push_back({&entry, &name});
    }
    if (entry.entity.lat && entry.entity.lon) places_[entry.entity.country].push_back(&entry);
  }

  static bool marked(const EntityName& name) {
    return name.ambiguous || name.context || name.short_form || name.exact || !name.in.empty() ||
           name.query_only || !name.from.empty() || !name.until.empty();
  }

  /// A name of one word that the lexicon knows as a common noun, a verb or a particle is found in
  /// every text.
  void check_ordinary(const Entry& entry, const EntityName& name) {
    if (marked(name)) return;
    const auto tokens = analysis::tokenize(name.text, words_);
    if (tokens.size() != 1 || tokens.front().word->kind != TokenKind::arabic) return;
    const auto letters = analysis::to_letters(tokens.front().word->light);
    if (!letters.fits || tokens.front().word->folded.starts_with("ال")) return;
    const auto cut = analysis::best_cut(letters);
    if (cut.kind != analysis::Cut::Kind::lexicon || cut.start != 0 || cut.end != letters.size)
      return;
    const auto& lemma = analysis::lexicon::kLemmas[cut.entry->lemma];
    using analysis::lexicon::WordClass;
    const auto word_class = static_cast<WordClass>(lemma.word_class);
    const bool ordinary =
        lemma.cost < 0 && (word_class == WordClass::noun || word_class == WordClass::noun_t ||
                           word_class == WordClass::adjective);
    if (!ordinary) return;
    fault(entry,
          "name " + quoted(name.text) + " is an ordinary word and carries no mark (context, in=…)");
  }

  void check_shared_names() {
    for (const auto& [key, bearers] : bearers_) {
      std::set<const Entry*> entries;
      for (const auto& bearer : bearers) entries.insert(bearer.entry);
      if (entries.size() < 2) continue;
      for (const auto& [entry, name] : bearers) {
        const bool latin = static_cast<unsigned char>(name->text.front()) < 0x80;
        if (marked(*name) || latin || related(*entry, entries)) continue;
        fault(*entry, "name " + quoted(name->text) + " is shared with " + other(entry, entries) +
                          " and carries no mark (ambiguous, context, in=…)");
      }
    }
  }

  /// A city, its district and its governorate share their name by right.
  bool related(const Entry& entry, const std::set<const Entry*>& others) const {
    return std::all_of(others.begin(), others.end(), [&](const Entry* other) {
      const auto& a = entry.entity.id;
      const auto& b = other->entity.id;
      const auto below = [](const std::string& low, const std::string& high) {
        return low.size() > high.size() && low.starts_with(high) && low[high.size()] == '/';
      };
      return a == b || below(a, b) || below(b, a);
    });
  }

  static std::string other(const Entry* entry, const std::set<const Entry*>& entries) {
    for (const auto* candidate : entries) {
      if (candidate != entry) return candidate->entity.id;
    }
    return {};
  }

  /// A place is suspect if it lies alone and more than three degrees outside the box that holds the
  /// middle 98 per cent of the places of its country.
  void check_coordinates() {
    static constexpr double kMargin = 3;
    for (const auto& [country, entries] : places_) {
      if (entries.size() < 50) continue;
      const auto bounds = [&places = entries](auto degrees) {
        std::vector<double> all;
        for (const auto* place : places) all.push_back(*degrees(place->entity));
        std::sort(all.begin(), all.end());
        const auto trimmed = std::max<std::size_t>(1, all.size() / 100);
        const double low = all[trimmed];
        const double high = all[all.size() - 1 - trimmed];
        const double margin = std::max(kMargin, high - low);
        return std::pair{low - margin, high + margin};
      };
      const auto [south, north] = bounds([](const Entity& e) { return e.lat; });
      const auto [west, east] = bounds([](const Entity& e) { return e.lon; });
      for (const auto* entry : entries) {
        const double lat = *entry->entity.lat;
        const double lon = *entry->entity.lon;
        const bool outside = lat < south || lat > north || lon < west || lon > east;
        if (outside && alone(*entry, entries)) {
          fault(*entry, "coordinates " + std::to_string(lat) + ", " + std::to_string(lon) +
                            " lie outside " + country);
        }
      }
    }
  }

  /// An island far off has company, a slip of the pen has none.
  static bool alone(const Entry& entry, const std::vector<const Entry*>& entries) {
    constexpr double kNear = 2;  // degrees
    constexpr int kCompany = 3;
    int company = 0;
    for (const auto* other : entries) {
      if (other == &entry) continue;
      const double north = *entry.entity.lat - *other->entity.lat;
      const double east = *entry.entity.lon - *other->entity.lon;
      if (north > -kNear && north < kNear && east > -kNear && east < kNear) ++company;
    }
    return company < kCompany;
  }

  struct Bearer {
    const Entry* entry;
    const EntityName* name;
  };
  const EntitySet& set_;
  const Image& below_;
  analysis::WordTable words_;
  std::map<std::pair<Facet, std::string>, std::vector<Bearer>> bearers_;
  std::map<std::string, std::vector<const Entry*>> places_;
  std::vector<AuthorityFault> faults_;
};

}  // namespace

std::vector<AuthorityFault> check(const EntitySet& set, const Image& below) {
  return Checker(set, below).run();
}

}  // namespace fihris::authority
