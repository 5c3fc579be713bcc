// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/terms.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "analysis/stem.h"
#include "index/schema.h"

namespace fihris::search {
namespace {

/// Kinds whose one pair of coordinates stands for an area: not near anything.
constexpr std::array<std::string_view, 8> kAreas{"country",   "admin1", "admin2", "area",
                                                 "continent", "sea",    "river",  "natural"};

}  // namespace

const std::vector<query::TermSource::Entry>& DatabaseTerms::with_prefix(
    const std::string& prefix) const {
  const auto [known, fresh] = by_prefix_.try_emplace(prefix);
  if (fresh) {
    for (auto at = database_.allterms_begin(prefix); at != database_.allterms_end(prefix); ++at) {
      known->second.push_back({*at, at.get_termfreq()});
    }
  }
  return known->second;
}

std::vector<query::TermSource::Related> DatabaseTerms::related(std::string_view folded,
                                                               std::size_t most) const {
  if (!related_) {
    related_ = std::make_unique<RelatedForms>(with_prefix(std::string(index::prefix::kRaw)));
  }
  return related_->find(folded, most);
}

const std::vector<query::TermSource::Akin>& DatabaseTerms::akin(std::string_view skeleton) const {
  static const std::vector<Akin> kNone;
  if (skeleton.empty()) return kNone;
  if (!akin_) {
    akin_.emplace();
    // Stem keys have no prefix: those of Arabic are the terms that begin with one of these bytes.
    for (const std::string_view lead : {"\xD8", "\xD9", "\xDA", "\xDB"}) {
      const std::string before(lead);
      for (auto at = database_.allterms_begin(before); at != database_.allterms_end(before); ++at) {
        auto stem = *at;
        auto key = analysis::skeleton_of(stem);
        if (!key.empty()) (*akin_)[std::move(key)].push_back({std::move(stem), at.get_termfreq()});
      }
    }
    std::erase_if(*akin_, [](const auto& each) { return each.second.size() < 2; });
    for (auto& [key, stems] : *akin_) {
      std::ranges::sort(stems, [](const Akin& a, const Akin& b) {
        return std::tie(b.documents, a.stem) < std::tie(a.documents, b.stem);
      });
    }
  }
  const auto found = akin_->find(skeleton);
  return found == akin_->end() ? kNone : found->second;
}

std::uint32_t DatabaseTerms::documents(const std::string& term) const {
  return database_.get_termfreq(term);
}

const std::vector<query::TermSource::Place>& DatabaseTerms::places() const {
  if (places_) return *places_;
  places_.emplace();
  const std::string before(index::prefix::kRegion);
  for (const auto& entry : with_prefix(before)) {
    const auto entity = authority_.find(Facet::region, entry.term.substr(before.size()));
    if (!entity || !entity->lat || !entity->lon) continue;
    if (std::ranges::find(kAreas, entity->kind) != kAreas.end()) continue;
    places_->push_back({entry.term, *entity->lat, *entity->lon});
  }
  return *places_;
}

}  // namespace fihris::search
