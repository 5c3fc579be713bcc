// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>

#include "fihris/error.h"
#include "index/schema.h"
#include "index/snapshot.h"
#include "index/xapian_guard.h"
#include "search/engine.h"
#include "search/facets.h"
#include "search/rank.h"
#include "search/terms.h"

namespace fihris::search {
namespace {

/// So many joined lists of facets are kept.
constexpr std::size_t kJoined = 8;

class LocalEngine final : public Engine {
 public:
  LocalEngine(const std::vector<std::string>& paths, const Authority& authority)
      : authority_(authority), labels_(authority) {
    Xapian::Database all;
    double length = 0;
    for (const auto& path : paths) {
      auto snapshot = index::Snapshot::open(path);
      revision_ += (revision_.empty() ? "" : ",") + snapshot->revision();
      for (std::size_t s = 0; s < snapshot->segments(); ++s) {
        segments_.emplace_back(*snapshot, s);
        auto& segment = segments_.back();
        all.add_database(segment.database());
        collection_.documents += segment.database().get_doccount();
        for (const auto each : segment.columns().length) length += each;
      }
      documents_ += snapshot->documents();
      snapshots_.push_back(std::move(snapshot));
    }
    if (collection_.documents > 0 && length > 0) {
      collection_.average_length = length / static_cast<double>(collection_.documents);
    }
    terms_ = std::make_unique<DatabaseTerms>(all, authority);
  }

  const query::TermSource& terms() const override { return *terms_; }
  std::uint64_t documents() const override { return documents_; }
  std::string revision() const override { return revision_; }
  bool stale() const override {
    return std::ranges::any_of(snapshots_, [](const auto& each) { return each->stale(); });
  }

  Found search(const Request& request, const Wanted& wanted, Deadline& deadline) override {
    const auto matches = match(request, deadline);
    Found found;
    const auto all = filtered(matches, nullptr);
    for (const auto& bits : all) found.total += bits.count();
    found.distinct = found.total;
    if (wanted.count > 0 || wanted.collapse) {
      Order order(wanted);
      score(segments_, all, request.compiled->leaves, collection_, wanted, deadline, order);
      order.put(found);
    }
    // A facet that is filtered by counts what its other filters leave; the rest count the same.
    std::vector<const FacetLists*> together;
    const auto alone = [&](const FacetRequest& facet) {
      return std::ranges::any_of(request.filters,
                                 [&](const Filter& filter) { return filter.field == facet.field; });
    };
    for (const auto& facet : wanted.facets) {
      if (!alone(facet)) together.push_back(&lists(facet));
    }
    auto tallies = count(together, all);
    std::size_t next = 0;
    for (const auto& facet : wanted.facets) {
      deadline.check_now();
      found.facets.push_back(shape(facet, alone(facet)
                                              ? tally(lists(facet), filtered(matches, &facet.field))
                                              : std::move(tallies[next++])));
    }
    return found;
  }

  void visit(const Request& request, Deadline& deadline,
             const std::function<void(Xapian::docid, const Facts&)>& each) override {
    const auto all = filtered(match(request, deadline), nullptr);
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      all[s].for_each([&](std::uint32_t document) {
        deadline.check();
        each(id_of(s, document), facts_of(s, document));
      });
    }
  }

  Facts facts(Xapian::docid document) override {
    const auto [segment, number] = place_of(document);
    return facts_of(segment, number);
  }
  Article article(Xapian::docid document) override {
    const auto [segment, number] = place_of(document);
    return segments_[segment].article(number);
  }
  std::optional<Xapian::docid> find(const std::string& id_term) override {
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      for (const auto document : segments_[s].postings(id_term).documents) {
        if (segments_[s].live().test(document)) return id_of(s, document);
      }
    }
    return std::nullopt;
  }
  std::vector<std::pair<std::string, std::uint32_t>> topics_of(Xapian::docid document) override {
    const auto place = place_of(document);
    const auto local = place.second;
    auto& segment = segments_[place.first];
    std::map<std::string, std::uint32_t> topics;
    const auto& words = segment.word_table();
    for (const auto form : segment.words(local).forms) {
      const auto stem = words.stem(words.form_stems[form]);
      if (!stem.empty()) ++topics[std::string(stem)];
    }
    const auto add = [&](const index::FacetColumn& column, std::string_view prefix) {
      for (const auto value : column.of(local)) {
        const auto term = std::string(prefix).append(column.name(value));
        topics[term] = static_cast<std::uint32_t>(segment.positions(local, term).size());
      }
    };
    add(segment.columns().factions, index::prefix::kFaction);
    add(segment.columns().regions, index::prefix::kRegion);
    return {topics.begin(), topics.end()};
  }
  std::vector<std::uint32_t> positions_of(Xapian::docid document,
                                          const std::string& term) override {
    const auto [segment, number] = place_of(document);
    return segments_[segment].positions(number, term);
  }

 private:
  /// Matches of the query and of each filter, one set a segment.
  struct Matches {
    std::vector<Bits> query;
    std::vector<std::pair<FacetField, std::vector<Bits>>> filters;
  };

  Matches match(const Request& request, Deadline& deadline) {
    Matches matches;
    const auto run = [&](const query::Plan& plan) {
      std::vector<Bits> found;
      for (auto& segment : segments_) found.push_back(segment.match(plan, deadline));
      return found;
    };
    matches.query = run(request.compiled->plan);
    for (const auto& filter : request.filters) {
      matches.filters.emplace_back(filter.field, run(filter.plan));
    }
    return matches;
  }
  /// The matches that pass all filters but those of one facet.
  static std::vector<Bits> filtered(const Matches& matches, const FacetField* but) {
    auto all = matches.query;
    for (const auto& [field, bits] : matches.filters) {
      if (but != nullptr && field == *but) continue;
      for (std::size_t s = 0; s < all.size(); ++s) all[s] &= bits[s];
    }
    return all;
  }

  Xapian::docid id_of(std::size_t segment, std::uint32_t document) const {
    const auto n = static_cast<Xapian::docid>(segments_.size());
    return document * n + static_cast<Xapian::docid>(segment) + 1;
  }
  std::pair<std::size_t, std::uint32_t> place_of(Xapian::docid id) const {
    const auto n = static_cast<Xapian::docid>(segments_.size());
    return {(id - 1) % n, (id - 1) / n};
  }

  const FacetTable& table(FacetField field, bool direct) {
    auto& known = tables_[static_cast<std::size_t>(field)][direct ? 1 : 0];
    if (known) return *known;
    std::vector<const index::FacetColumn*> columns;
    std::vector<std::uint32_t> documents;
    for (const auto& segment : segments_) {
      const auto& all = segment.columns();
      columns.push_back(field == FacetField::region   ? &all.regions
                        : field == FacetField::source ? &all.sources
                                                      : &all.factions);
      documents.push_back(all.documents);
    }
    FacetTable::Above above;
    if (field == FacetField::kind) {
      above = kinds_in(authority_);
    } else if (!direct && field != FacetField::source) {
      above = above_in(authority_, field == FacetField::region ? Facet::region : Facet::faction);
    }
    known = std::make_unique<FacetTable>(columns, documents, above);
    return *known;
  }

  const FacetLists& lists(const FacetRequest& request) {
    const bool dates = request.field == FacetField::published || request.field == FacetField::event;
    return dates ? date_table(request.field, request.step).lists
                 : table(request.field, request.direct).lists();
  }

  std::vector<FacetTally> count(const std::vector<const FacetLists*>& facets,
                                const std::vector<Bits>& matches) {
    std::vector<FacetTally> tallies;
    if (facets.size() > 1 && JoinedLists::can_join(facets)) {
      if (joined_.size() > kJoined) joined_.clear();
      const auto [known, fresh] = joined_.try_emplace(facets);
      // Joining pays from the second question for the same facets on.
      if (!fresh && !known->second) known->second = std::make_unique<JoinedLists>(facets);
      if (known->second) return known->second->tally(matches);
    }
    for (const auto* facet : facets) tallies.push_back(tally(*facet, matches));
    return tallies;
  }

  FacetCounts shape(const FacetRequest& request, const FacetTally& counts) {
    if (request.field == FacetField::published || request.field == FacetField::event) {
      const auto& firsts = date_table(request.field, request.step).firsts;
      DateBuckets buckets(request.step);
      buckets.add_without(counts.without);
      for (std::size_t i = 0; i < firsts.size(); ++i) {
        if (counts.values[i] > 0) buckets.add_bucket(firsts[i], counts.values[i]);
      }
      return buckets.result(request);
    }
    const auto& names = table(request.field, request.direct).names();
    std::vector<std::pair<std::string_view, std::uint64_t>> named;
    for (std::size_t v = 0; v < names.size(); ++v) {
      if (counts.values[v] > 0) named.emplace_back(names[v], counts.values[v]);
    }
    return shape_counts(request, labels_, std::move(named), counts.without);
  }

  /// The buckets of one step that articles lie in or tell of.
  struct DateTable {
    std::vector<std::int32_t> firsts;  ///< first days, ascending
    FacetLists lists;
  };
  /// Made at the first question for a step.
  const DateTable& date_table(FacetField field, DateStep step) {
    auto& known = dates_[field == FacetField::event ? 1 : 0][static_cast<std::size_t>(step)];
    if (known) return *known;
    known = std::make_unique<DateTable>();
    std::vector<std::vector<std::int32_t>> days(segments_.size());
    index::EventSpan bucket{0, -1};  // of the article before: news come in order
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      auto& begins = known->lists.segments.emplace_back().begins;
      const auto& columns = segments_[s].columns();
      for (std::uint32_t d = 0; d < segments_[s].size(); ++d) {
        if (field == FacetField::event) {
          const auto firsts = DateBuckets::answered(step, events_of(columns, d));
          days[s].insert(days[s].end(), firsts.begin(), firsts.end());
        } else if (const auto day = columns.day[d]; day != index::kNoDay) {
          if (day < bucket.first || day > bucket.last) bucket = DateBuckets::bucket(step, day);
          days[s].push_back(bucket.first);
        }
        begins.push_back(static_cast<std::uint32_t>(days[s].size()));
      }
      known->firsts.insert(known->firsts.end(), days[s].begin(), days[s].end());
    }
    auto& firsts = known->firsts;
    std::ranges::sort(firsts);
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
    known->lists.values = firsts.size();
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      for (const auto day : days[s]) {
        known->lists.segments[s].numbers.push_back(
            static_cast<std::uint32_t>(std::ranges::lower_bound(firsts, day) - firsts.begin()));
      }
    }
    return *known;
  }

  static std::span<const index::EventSpan> events_of(const index::Columns& columns,
                                                     std::uint32_t document) {
    const auto begin = document == 0 ? 0 : columns.event_ends[document - 1];
    return columns.events.subspan(begin, columns.event_ends[document] - begin);
  }

  Facts facts_of(std::size_t segment, std::uint32_t document) const {
    const auto& columns = segments_[segment].columns();
    Facts facts;
    const auto names = [&](const index::FacetColumn& column) {
      std::vector<std::string> found;
      for (const auto v : column.of(document)) found.emplace_back(column.name(v));
      return found;
    };
    facts.factions = names(columns.factions);
    facts.regions = names(columns.regions);
    for (auto& name : names(columns.sources)) facts.source = std::move(name);
    facts.day = columns.day[document];
    const auto events = events_of(columns, document);
    facts.events.assign(events.begin(), events.end());
    return facts;
  }

  Authority authority_;
  EntityLabels labels_;
  std::vector<std::shared_ptr<const index::Snapshot>> snapshots_;
  std::deque<Segment> segments_;
  std::unique_ptr<DatabaseTerms> terms_;
  Collection collection_;
  std::uint64_t documents_ = 0;
  std::string revision_;
  std::array<std::array<std::unique_ptr<FacetTable>, 2>, 6> tables_;
  /// Published, then event; by step.
  std::array<std::array<std::unique_ptr<DateTable>, 4>, 2> dates_;
  /// Facets that were counted together; joined when they are counted so again.
  std::map<std::vector<const FacetLists*>, std::unique_ptr<JoinedLists>> joined_;
};

}  // namespace

std::unique_ptr<Engine> open_local(const std::vector<std::string>& paths,
                                   const Authority& authority) {
  return index::guarded("opening the index",
                        [&] { return std::make_unique<LocalEngine>(paths, authority); });
}

}  // namespace fihris::search
