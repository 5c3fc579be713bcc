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
    for (const auto& facet : wanted.facets) {
      deadline.check_now();
      const bool own = std::ranges::any_of(
          request.filters, [&](const Filter& filter) { return filter.field == facet.field; });
      found.facets.push_back(count(facet, own ? filtered(matches, &facet.field) : all));
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

  FacetCounts count(const FacetRequest& request, const std::vector<Bits>& matches) {
    if (request.field == FacetField::published || request.field == FacetField::event) {
      return count_dates(request, matches);
    }
    const auto& facet = table(request.field, request.direct);
    const auto counts = facet.count(matches);
    std::vector<std::pair<std::string_view, std::uint64_t>> named;
    for (std::size_t v = 0; v < counts.values.size(); ++v) {
      if (counts.values[v] > 0) named.emplace_back(facet.names()[v], counts.values[v]);
    }
    return shape_counts(request, labels_, std::move(named), counts.without);
  }

  FacetCounts count_dates(const FacetRequest& request, const std::vector<Bits>& matches) {
    DateBuckets buckets(request.step);
    if (request.field == FacetField::event) {
      const auto& events = event_buckets(request.step);
      std::vector<std::uint32_t> counts(events.firsts.size());
      for (std::size_t s = 0; s < segments_.size(); ++s) {
        const auto& lists = events.segments[s];
        matches[s].for_each([&](std::uint32_t d) {
          const auto begin = lists.begins[d];
          const auto end = lists.begins[d + 1];
          if (begin == end) buckets.add_without(1);
          for (auto i = begin; i < end; ++i) ++counts[lists.numbers[i]];
        });
      }
      for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0) buckets.add_bucket(events.firsts[i], counts[i]);
      }
      return buckets.result(request);
    }
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto& columns = segments_[s].columns();
      // days of news lie close together: an array of them counts fastest
      const auto low = segments_[s].day_range().first;
      const auto high = segments_[s].day_range().last;
      constexpr std::int64_t kSpread = 1 << 20;
      if (low > high || std::int64_t{high} - low > kSpread) {
        matches[s].for_each([&](std::uint32_t d) {
          columns.day[d] == index::kNoDay ? buckets.add_without(1)
                                          : buckets.add_day(columns.day[d]);
        });
        continue;
      }
      std::vector<std::uint32_t> counts(static_cast<std::size_t>(high - low) + 1);
      std::uint64_t without = 0;
      matches[s].for_each([&](std::uint32_t d) {
        if (columns.day[d] == index::kNoDay) {
          ++without;
        } else {
          ++counts[static_cast<std::size_t>(columns.day[d] - low)];
        }
      });
      buckets.add_without(without);
      for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0) buckets.add_day(low + static_cast<std::int32_t>(i), counts[i]);
      }
    }
    return buckets.result(request);
  }

  /// For each article the buckets that its events answer to, by number in `firsts`.
  struct EventBuckets {
    struct Lists {
      std::vector<std::uint32_t> begins{0};
      std::vector<std::uint32_t> numbers;
    };
    std::vector<std::int32_t> firsts;  ///< first days, ascending
    std::vector<Lists> segments;
  };
  /// Made at the first question for a step.
  const EventBuckets& event_buckets(DateStep step) {
    auto& known = events_[static_cast<std::size_t>(step)];
    if (known) return *known;
    known = std::make_unique<EventBuckets>();
    std::vector<std::vector<std::int32_t>> days(segments_.size());
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      auto& begins = known->segments.emplace_back().begins;
      for (std::uint32_t d = 0; d < segments_[s].size(); ++d) {
        const auto firsts = DateBuckets::answered(step, events_of(segments_[s].columns(), d));
        days[s].insert(days[s].end(), firsts.begin(), firsts.end());
        begins.push_back(static_cast<std::uint32_t>(days[s].size()));
      }
      known->firsts.insert(known->firsts.end(), days[s].begin(), days[s].end());
    }
    auto& firsts = known->firsts;
    std::ranges::sort(firsts);
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      for (const auto day : days[s]) {
        known->segments[s].numbers.push_back(
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
  std::array<std::unique_ptr<EventBuckets>, 4> events_;  ///< by step
};

}  // namespace

std::unique_ptr<Engine> open_local(const std::vector<std::string>& paths,
                                   const Authority& authority) {
  return index::guarded("opening the index",
                        [&] { return std::make_unique<LocalEngine>(paths, authority); });
}

}  // namespace fihris::search
