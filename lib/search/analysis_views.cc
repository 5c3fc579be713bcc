// SPDX-License-Identifier: GPL-2.0-or-later
// Answers over all matches that are no list of hits: cross tables, co-occurrence, maps, watches.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "base/file.h"
#include "fihris/error.h"
#include "index/schema.h"
#include "index/xapian_guard.h"
#include "query/compile.h"
#include "search/facets.h"
#include "search/searcher_impl.h"

namespace fihris {
namespace {

/// Gives strings numbers, in order of first sight.
class Numbers {
 public:
  std::uint32_t of(const std::string& name) {
    const auto [at, fresh] = known_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(name);
    return at->second;
  }
  const std::string& name(std::uint32_t number) const { return names_[number]; }
  std::size_t size() const { return names_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> known_;
  std::vector<std::string> names_;
};

FacetValue named(FacetField field, const std::string& id, const Authority& authority) {
  FacetValue value;
  value.id = id;
  if (field != FacetField::faction && field != FacetField::region) return value;
  const auto facet = field == FacetField::faction ? Facet::faction : Facet::region;
  if (const auto entity = authority.find(facet, id)) {
    value.ar = entity->ar;
    value.en = entity->en;
  }
  return value;
}

/// The values of one facet that a match counts for.
class KeysOf {
 public:
  KeysOf(const FacetRequest& request, const Authority& authority) : request_(request) {
    if (request.field == FacetField::kind) {
      above_ = search::kinds_in(authority);
    } else if (request.field == FacetField::faction || request.field == FacetField::region) {
      const auto facet = request.field == FacetField::faction ? Facet::faction : Facet::region;
      if (!request.direct) above_ = search::above_in(authority, facet);
    }
  }
  std::vector<std::string> operator()(const search::Facts& facts) {
    std::set<std::string> keys;
    switch (request_.field) {
      case FacetField::faction:
      case FacetField::kind:
        for (const auto& id : facts.factions) add(id, keys);
        break;
      case FacetField::region:
        for (const auto& id : facts.regions) add(id, keys);
        break;
      case FacetField::source:
        if (!facts.source.empty()) keys.insert(facts.source);
        break;
      case FacetField::published:
        if (facts.day != index::kNoDay) {
          keys.insert(
              to_iso(from_days(search::DateBuckets::bucket(request_.step, facts.day).first)));
        }
        break;
      case FacetField::event: {
        search::DateBuckets buckets(request_.step);
        buckets.add_events(facts.events);
        FacetRequest all;
        for (const auto& value : buckets.result(all).values) {
          if (value.count > 0) keys.insert(value.id);
        }
        break;
      }
    }
    return {keys.begin(), keys.end()};
  }

 private:
  void add(const std::string& id, std::set<std::string>& keys) {
    if (!above_) {
      keys.insert(id);
      return;
    }
    auto [at, fresh] = known_.try_emplace(id);
    if (fresh) at->second = above_(id);
    keys.insert(at->second.begin(), at->second.end());
  }
  FacetRequest request_;
  search::FacetTable::Above above_;
  std::map<std::string, std::vector<std::string>> known_;
};

/// G² of a 2 × 2 table (Dunning 1993).
double log_likelihood(double both, double a, double b, double all) {
  const auto part = [](double observed, double expected) {
    return observed > 0 && expected > 0 ? observed * std::log(observed / expected) : 0;
  };
  return 2 * (part(both, a * b / all) + part(a - both, a * (all - b) / all) +
              part(b - both, (all - a) * b / all) +
              part(all - a - b + both, (all - a) * (all - b) / all));
}

}  // namespace

void Searcher::Impl::visit(const Query& query, const SearchOptions& options,
                           const std::function<void(Xapian::docid, const search::Facts&)>& each) {
  search::Deadline deadline(options.deadline);
  const auto ran = run(query, options, {}, deadline);
  engine->visit({&ran.compiled, search::make_filters(options.filters, authority, engine->terms())},
                deadline, each);
}

CrossTable Searcher::cross(const Query& query, const std::vector<FacetRequest>& by,
                           const SearchOptions& options) {
  if (by.size() < 2 || by.size() > 3) {
    throw Error(ErrorCode::invalid_argument, "a cross table has two or three facets");
  }
  return index::guarded("counting", [&] {
    CrossTable table;
    std::vector<KeysOf> keys_of;
    for (const auto& request : by) {
      table.fields.push_back(request.field);
      keys_of.emplace_back(request, impl_->authority);
    }
    std::map<std::vector<std::string>, std::uint64_t> counts;
    std::vector<std::map<std::string, std::uint64_t>> totals(by.size());
    impl_->visit(query, options, [&](Xapian::docid, const search::Facts& facts) {
      std::vector<std::vector<std::string>> keys;
      for (std::size_t i = 0; i < by.size(); ++i) {
        keys.push_back(keys_of[i](facts));
        for (const auto& key : keys[i]) ++totals[i][key];
      }
      for (const auto& a : keys[0]) {
        for (const auto& b : keys[1]) {
          if (by.size() == 2) {
            ++counts[{a, b}];
            continue;
          }
          for (const auto& c : keys[2]) ++counts[{a, b, c}];
        }
      }
    });
    // `top`, `min`, `below` and `name_filter` choose the values of each facet
    std::vector<std::map<std::string, FacetValue>> shown(by.size());
    search::EntityLabels labels(impl_->authority);
    for (std::size_t i = 0; i < by.size(); ++i) {
      const bool dates = by[i].field == FacetField::published || by[i].field == FacetField::event;
      if (dates) {
        for (const auto& [id, n] : totals[i]) {
          auto value = named(by[i].field, id, impl_->authority);
          value.count = n;
          shown[i].emplace(id, std::move(value));
        }
        continue;
      }
      auto chosen = search::shape_counts(by[i], labels, {totals[i].begin(), totals[i].end()}, 0);
      for (auto& value : chosen.values) shown[i].emplace(value.id, value);
    }
    for (const auto& [keys, count] : counts) {
      CrossTable::Row row;
      row.count = count;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto value = shown[i].find(keys[i]);
        if (value == shown[i].end()) break;
        row.keys.push_back(value->second);
      }
      if (row.keys.size() == keys.size()) table.rows.push_back(std::move(row));
    }
    return table;
  });
}

std::vector<CoOccurrence> Searcher::cooccur(const Query& query, FacetField field, std::size_t top,
                                            std::size_t min, const SearchOptions& options) {
  if (field != FacetField::faction && field != FacetField::region) {
    throw Error(ErrorCode::invalid_argument, "co-occurrence is counted for factions and regions");
  }
  return index::guarded("counting", [&] {
    Numbers numbers;
    std::vector<std::uint64_t> single;
    std::unordered_map<std::uint64_t, std::uint64_t> pairs;
    std::uint64_t all = 0;
    impl_->visit(query, options, [&](Xapian::docid, const search::Facts& facts) {
      ++all;
      std::vector<std::uint32_t> here;
      for (const auto& id : field == FacetField::faction ? facts.factions : facts.regions) {
        here.push_back(numbers.of(id));
      }
      std::ranges::sort(here);
      single.resize(numbers.size());
      for (std::size_t i = 0; i < here.size(); ++i) {
        ++single[here[i]];
        for (std::size_t j = i + 1; j < here.size(); ++j) {
          ++pairs[std::uint64_t{here[i]} << 32 | here[j]];
        }
      }
    });
    std::vector<CoOccurrence> found;
    for (const auto& [pair, count] : pairs) {
      if (count < min) continue;
      auto first = static_cast<std::uint32_t>(pair >> 32);
      auto second = static_cast<std::uint32_t>(pair);
      if (numbers.name(second) < numbers.name(first)) std::swap(first, second);
      // that a place stands beside what it lies in tells nothing
      if (field == FacetField::region &&
          numbers.name(second).starts_with(numbers.name(first) + "/"))
        continue;
      CoOccurrence each;
      each.a.id = numbers.name(first);
      each.b.id = numbers.name(second);
      each.a.count = single[first];
      each.b.count = single[second];
      each.count = count;
      const auto n = static_cast<double>(all);
      const auto a = static_cast<double>(single[first]);
      const auto b = static_cast<double>(single[second]);
      const auto both = static_cast<double>(count);
      each.expected = a * b / n;
      each.log_likelihood = log_likelihood(both, a, b, n);
      each.pmi = std::log2(both * n / (a * b));
      found.push_back(std::move(each));
    }
    std::ranges::sort(found, [](const CoOccurrence& x, const CoOccurrence& y) {
      return std::tie(y.log_likelihood, x.a.id, x.b.id) <
             std::tie(x.log_likelihood, y.a.id, y.b.id);
    });
    if (top > 0 && found.size() > top) found.resize(top);
    for (auto& each : found) {
      for (auto* value : {&each.a, &each.b}) {
        auto with_names = named(field, value->id, impl_->authority);
        value->ar = std::move(with_names.ar);
        value->en = std::move(with_names.en);
      }
    }
    return found;
  });
}

std::vector<PlaceCount> Searcher::places(const Query& query, const SearchOptions& options) {
  return index::guarded("counting", [&] {
    std::unordered_map<std::string, std::uint64_t> counts;
    impl_->visit(query, options, [&](Xapian::docid, const search::Facts& facts) {
      for (const auto& id : facts.regions) ++counts[id];
    });
    std::vector<PlaceCount> found;
    for (const auto& [id, count] : counts) {
      const auto entity = impl_->authority.find(Facet::region, id);
      if (!entity || !entity->lat || !entity->lon) continue;
      found.push_back(
          {id, entity->ar, entity->en, entity->kind, *entity->lat, *entity->lon, count});
    }
    std::ranges::sort(found, [](const PlaceCount& a, const PlaceCount& b) {
      return std::tie(b.count, a.id) < std::tie(a.count, b.id);
    });
    return found;
  });
}

WatchResults Searcher::watch(const Query& query, std::string_view state,
                             const SearchOptions& options) {
  // State: "w1", then the hashes of the ids of all matches, 16 hexadecimal digits each, in order.
  constexpr std::string_view kMark = "w1";
  constexpr std::size_t kDigits = 16;
  if (!state.empty() &&
      (!state.starts_with(kMark) || (state.size() - kMark.size()) % kDigits != 0)) {
    throw Error(ErrorCode::invalid_argument, "this is no state of a watched query");
  }
  std::set<std::string_view> seen;
  for (auto at = kMark.size(); at < state.size(); at += kDigits)
    seen.insert(state.substr(at, kDigits));
  WatchResults results;
  std::set<std::string> now;
  auto newest = options;
  newest.sort = SortBy::date_descending;
  newest.snippets = false;
  std::vector<std::string> fresh;
  impl_->each(query, newest, Impl::IfNone::nothing, [&](const Hit& hit) {
    auto hash = hex64(fnv1a(hit.id));
    if (!seen.contains(hash) && results.total++ < options.limit) fresh.push_back(hit.id);
    now.insert(std::move(hash));
    return true;
  });
  results.state = kMark;
  for (const auto& hash : now) results.state += hash;
  index::guarded("searching", [&] {
    const bool any = query.impl().options.match == QueryOptions::Match::any;
    const auto compiled = impl_->compile(query, any);
    const auto marks = Impl::marks(compiled);
    for (const auto& id : fresh) {
      const auto document = impl_->engine->find(index::id_term(id));
      if (!document) continue;
      results.hits.push_back(impl_->hit({*document, 0}, results.hits.size() + 1, marks, options));
    }
  });
  return results;
}

}  // namespace fihris
