// SPDX-License-Identifier: GPL-2.0-or-later
// Long, because every question is put here a second time, with nothing but what a server of Xapian
// answers.
#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "analysis/words.h"
#include "base/file.h"
#include "base/tsv.h"
#include "fihris/error.h"
#include "index/article_data.h"
#include "index/hidden.h"
#include "index/schema.h"
#include "index/snapshot.h"
#include "index/xapian_guard.h"
#include "search/engine.h"
#include "search/facets.h"
#include "search/rank.h"
#include "search/stock_query.h"
#include "search/terms.h"

namespace fihris::search {
namespace {

using query::Op;
using query::Plan;

constexpr std::string_view kTcp = "xapian://";
constexpr std::string_view kProgram = "xapian-prog:";
constexpr unsigned kTimeout = 10000;        ///< milliseconds for an answer of a remote shard
constexpr unsigned kConnectTimeout = 5000;  ///< and for the connection
constexpr std::size_t kVisited = 500;       ///< documents fetched at once

Xapian::Database open_remote(const std::string& path) {
  if (path.starts_with(kProgram)) {
    const auto command = path.substr(kProgram.size());
    const auto blank = command.find(' ');
    return Xapian::Remote::open(command.substr(0, blank),
                                blank == command.npos ? "" : command.substr(blank + 1), kTimeout);
  }
  const auto address = path.substr(kTcp.size());
  const auto colon = address.rfind(':');
  unsigned port = 0;
  if (colon != address.npos) {
    const auto* end = address.data() + address.size();
    if (std::from_chars(address.data() + colon + 1, end, port).ptr != end) port = 0;
  }
  if (port == 0 || port > 65535) {
    throw Error(ErrorCode::invalid_argument, path + ": a remote index is xapian://HOST:PORT");
  }
  return Xapian::Remote::open(address.substr(0, colon), port, kTimeout, kConnectTimeout);
}

std::vector<std::string> split_ids(const std::string& joined) {
  std::vector<std::string> ids;
  for (const auto part : split(joined, '\n')) ids.emplace_back(part);
  return ids;
}

std::vector<index::EventSpan> events_of(const std::string& joined) {
  std::vector<index::EventSpan> events;
  for (const auto part : split(joined, '\n')) {
    if (const auto range = parse_iso_range(part)) {
      events.push_back({to_days(range->first), to_days(range->last)});
    }
  }
  return events;
}

std::int32_t day_of(const std::string& value) {
  if (value.empty()) return index::kNoDay;
  return static_cast<std::int32_t>(Xapian::sortable_unserialise(value));
}

class StockEngine final : public Engine {
 public:
  StockEngine(const std::vector<std::string>& paths, const Authority& authority, bool partial)
      : authority_(authority), labels_(authority) {
    std::vector<Xapian::Query> hidden;
    for (const auto& path : paths) {
      try {
        index::guarded(path, [&] { add(path, hidden); });
      } catch (const Error& e) {
        if (!partial || !is_remote(path)) throw;
        failed_.push_back(path + ": " + e.what());
      }
    }
    if (!hidden.empty()) {
      hidden_ = Xapian::Query(Xapian::Query::OP_OR, hidden.begin(), hidden.end());
    }
    terms_ = std::make_unique<DatabaseTerms>(database_, authority);
    documents_ = database_.get_doccount();
    if (!hidden_.empty()) documents_ -= count(hidden_);
  }

  const query::TermSource& terms() const override { return *terms_; }
  std::uint64_t documents() const override { return documents_; }
  std::string revision() const override { return revision_; }
  bool stale() const override {
    return std::ranges::any_of(snapshots_, [](const auto& each) { return each->stale(); });
  }
  std::vector<std::string> failed() const override { return failed_; }

  Found search(const Request& request, const Wanted& wanted, Deadline& deadline) override {
    const auto query = stock_query(request.compiled->plan, deadline);
    std::vector<std::pair<FacetField, Xapian::Query>> filters;
    for (const auto& filter : request.filters) {
      filters.emplace_back(filter.field, stock_query(filter.plan, deadline));
    }
    const auto matching = [&](const FacetField* but) {
      std::vector<Xapian::Query> all{query};
      for (const auto& [field, each] : filters) {
        if (but == nullptr || field != *but) all.push_back(each);
      }
      return live(Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end()));
    };
    deadline.check_now();
    Found found = best(matching(nullptr), *request.compiled, wanted);
    for (const auto& facet : wanted.facets) {
      deadline.check_now();
      const bool own = std::ranges::any_of(
          filters, [&](const auto& filter) { return filter.first == facet.field; });
      found.facets.push_back(count_facet(facet, matching(own ? &facet.field : nullptr)));
    }
    return found;
  }

  void visit(const Request& request, Deadline& deadline,
             const std::function<void(Xapian::docid, const Facts&)>& each) override {
    std::vector<Xapian::Query> all{stock_query(request.compiled->plan, deadline)};
    for (const auto& filter : request.filters) all.push_back(stock_query(filter.plan, deadline));
    const auto ids = matches(live(Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end())));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i % kVisited == 0) deadline.check_now();
      each(ids[i], facts(ids[i]));
    }
  }

  Facts facts(Xapian::docid id) override {
    const auto document = database_.get_document(id);
    Facts facts;
    facts.factions = split_ids(document.get_value(index::kSlotFactions));
    facts.regions = split_ids(document.get_value(index::kSlotRegions));
    std::ranges::sort(facts.factions);
    std::ranges::sort(facts.regions);
    facts.source = document.get_value(index::kSlotSource);
    facts.day = day_of(document.get_value(index::kSlotDay));
    facts.events = events_of(document.get_value(index::kSlotEvents));
    return facts;
  }
  Article article(Xapian::docid id) override {
    return index::decode_article(database_.get_document(id).get_data());
  }
  std::optional<Xapian::docid> find(const std::string& id_term) override {
    const auto ids = matches(live(Xapian::Query(id_term)));
    return ids.empty() ? std::nullopt : std::optional(ids.front());
  }
  std::vector<std::pair<std::string, std::uint32_t>> topics_of(Xapian::docid id) override {
    const auto& article = read(id);
    std::map<std::string, std::uint32_t> topics;
    for (const auto& word : article.words) {
      if (!word.word->stem.empty()) ++topics[index::bounded_term("", word.word->stem)];
    }
    for (const auto& [term, positions] : article.mentions) {
      topics[term] = static_cast<std::uint32_t>(positions.size());
    }
    return {topics.begin(), topics.end()};
  }
  std::vector<std::uint32_t> positions_of(Xapian::docid id, const std::string& term) override {
    return read(id).positions(term);
  }

 private:
  /// An article as its document data tells of it: remote shards have no word file to read.
  struct ReadArticle {
    struct ReadWord {
      std::uint32_t position;
      const analysis::Word* word;
    };
    Xapian::docid id = 0;
    Article article;
    std::vector<ReadWord> words;
    std::vector<std::uint32_t> sentence_ends, paragraph_ends;
    std::map<std::string, std::vector<std::uint32_t>> mentions;  ///< by term

    std::vector<std::uint32_t> positions(const std::string& term) const {
      namespace prefix = index::prefix;
      if (term.starts_with(prefix::kFaction) || term.starts_with(prefix::kRegion)) {
        const auto known = mentions.find(term);
        return known == mentions.end() ? std::vector<std::uint32_t>() : known->second;
      }
      const bool raw = term.starts_with(prefix::kRaw);
      const bool title = term.starts_with(prefix::kTitle);
      const auto wanted = std::string_view(term).substr(raw || title ? 1 : 0);
      std::vector<std::uint32_t> found;
      for (const auto& [position, word] : words) {
        if (title && position >= index::kTextStart) break;
        if ((raw ? std::string(word->folded) : index::bounded_term("", word->stem)) != wanted) {
          continue;
        }
        if (found.empty() || found.back() != position) found.push_back(position);
      }
      return found;
    }
  };

  /// The article read last is kept.
  const ReadArticle& read(Xapian::docid id) {
    if (read_.id == id) return read_;
    read_ = ReadArticle();
    words_.trim();
    const auto document = database_.get_document(id);
    auto record = index::decode_record(document.get_data());
    read_.article = std::move(record.article);
    std::size_t number = 0;
    for (const auto& token : analysis::tokenize(read_.article.title, words_)) {
      read_.words.push_back({index::title_position(number++), token.word});
    }
    const auto end = [&](bool paragraph) {
      const auto last = read_.words.back().position;
      read_.sentence_ends.push_back(last);
      if (paragraph) read_.paragraph_ends.push_back(last);
    };
    if (number > 0) end(true);
    const auto tokens = analysis::tokenize(read_.article.text, words_);
    const auto units = analysis::find_units(read_.article.text, tokens);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      read_.words.push_back({index::kTextStart + static_cast<std::uint32_t>(i), tokens[i].word});
      const bool last = i + 1 == tokens.size();
      const bool paragraph = last || units.paragraph[i] != units.paragraph[i + 1];
      if (paragraph || units.sentence[i] != units.sentence[i + 1]) end(paragraph);
    }
    auto places = index::decode_places(record.tail.places);
    std::size_t entity = 0;
    for (const auto& [slot, prefix] : {std::pair(index::kSlotFactions, index::prefix::kFaction),
                                       std::pair(index::kSlotRegions, index::prefix::kRegion)}) {
      auto ids = split_ids(document.get_value(slot));
      std::ranges::sort(ids);
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
      for (const auto& each : ids) {
        auto& positions = read_.mentions[std::string(prefix) + each];
        if (entity < places.entities.size()) positions = std::move(places.entities[entity]);
        ++entity;
      }
    }
    read_.id = id;
    return read_;
  }

  class View final : public ArticleView {
   public:
    View(StockEngine& engine, Xapian::docid id) : engine_(engine), id_(id) {}
    std::vector<std::uint32_t> positions(const std::string& term) override {
      return engine_.read(id_).positions(term);
    }
    std::vector<std::uint32_t> unit_ends(query::Unit unit) override {
      const auto& article = engine_.read(id_);
      return unit == query::Unit::sentence ? article.sentence_ends : article.paragraph_ends;
    }
    bool has_term(const std::string& term) override {
      auto& list = engine_.lists_[term];
      if (!list) {
        list.emplace();
        const auto& database = engine_.database_;
        for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
          list->push_back(*at);
        }
      }
      return std::ranges::binary_search(*list, id_);
    }
    std::int32_t day() override {
      return day_of(engine_.database_.get_document(id_).get_value(index::kSlotDay));
    }
    Article article() override { return engine_.read(id_).article; }

   private:
    StockEngine& engine_;
    Xapian::docid id_;
  };

  void add(const std::string& path, std::vector<Xapian::Query>& hidden) {
    if (is_remote(path)) {
      const auto shard = open_remote(path);
      if (auto removed = index::hidden_query(shard); !removed.empty()) hidden.push_back(removed);
      revision_ += path + "=" + shard.get_uuid() + ";";
      database_.add_database(shard);
      return;
    }
    auto snapshot = index::Snapshot::open(path);
    revision_ += snapshot->revision() + ";";
    for (std::size_t s = 0; s < snapshot->segments(); ++s) {
      const auto shard = snapshot->segment_database(s);
      if (snapshot->any_removed()) {
        std::vector<std::uint32_t> removed;
        for (std::uint32_t d = 0; d < snapshot->columns(s).documents; ++d) {
          if (snapshot->removed(s, d)) removed.push_back(d);
        }
        for (const auto& [id, part] : index::hidden_versions(shard, removed)) {
          hidden.push_back(
              Xapian::Query(Xapian::Query::OP_AND, Xapian::Query(id), Xapian::Query(part)));
        }
      }
      database_.add_database(shard);
    }
    snapshots_.push_back(std::move(snapshot));
  }

  Xapian::Query live(const Xapian::Query& query) const {
    if (hidden_.empty()) return query;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query, hidden_);
  }
  /// The query of a plan; places are verified now and become the ids of articles.
  Xapian::Query stock_query(const Plan& plan, Deadline& deadline) {
    lists_.clear();
    return to_xapian(plan, [&](const Plan& part) {
      StockIds ids;
      for (const auto id : matches(live(candidates(part)))) {
        deadline.check_now();
        View view(*this, id);
        if (!verifier_.matches(part, view)) continue;
        ids.push_back(index::id_term(read(id).article.id));
        if (ids.size() > kStockIds) {
          throw Error(ErrorCode::limit,
                      "more than " + std::to_string(kStockIds) +
                          " articles answer to a phrase or a scope, too many for a remote index",
                      "narrow the query by a date or another word");
        }
      }
      return ids;
    });
  }

  Xapian::Enquire enquire(const Xapian::Query& query) const {
    Xapian::Enquire enquire(database_);
    enquire.set_query(query);
    return enquire;
  }
  std::uint64_t count(const Xapian::Query& query) const {
    auto each = enquire(query);
    each.set_weighting_scheme(Xapian::BoolWeight());
    return each.get_mset(0, 0, database_.get_doccount() + 1).get_matches_estimated();
  }
  /// All matches by document id.
  std::vector<Xapian::docid> matches(const Xapian::Query& query) const {
    std::vector<Xapian::docid> ids;
    if (database_.get_doccount() == 0) return ids;
    auto each = enquire(query);
    each.set_weighting_scheme(Xapian::BoolWeight());
    const auto mset = each.get_mset(0, database_.get_doccount());
    for (auto at = mset.begin(); at != mset.end(); ++at) ids.push_back(*at);
    std::ranges::sort(ids);
    return ids;
  }

  Found best(const Xapian::Query& matching, const query::Compiled& compiled, const Wanted& wanted) {
    Found found;
    const auto all = database_.get_doccount();
    if (all == 0) return found;
    const bool scored = wanted.sort == SortBy::relevance || wanted.sort == SortBy::both;
    const auto enquire_for = [&](const Xapian::Query& query) {
      auto each = enquire(scored ? with_weights(query, compiled.leaves) : query);
      if (scored) {
        each.set_weighting_scheme(Xapian::BM25Weight(bm25::kK1, 0, 1, bm25::kB, 0));
      } else {
        each.set_weighting_scheme(Xapian::BoolWeight());
      }
      return each;
    };
    if (wanted.collapse || wanted.sort == SortBy::both) {
      // Sorted so that every match comes with its day, "collapsed" so that it comes with its group.
      auto each = enquire_for(matching);
      each.set_sort_by_value_then_relevance(index::kSlotDay, true);
      each.set_collapse_key(index::kSlotGroup, all);
      const auto mset = each.get_mset(0, all, all + 1);
      Order order(wanted);
      for (auto at = mset.begin(); at != mset.end(); ++at) {
        order.add(
            {at.get_weight(), day_of(at.get_sort_key()), *at, parse_hex64(at.get_collapse_key())});
      }
      found.total = mset.size();
      order.put(found);
      return found;
    }
    const auto take = [&](Xapian::Enquire& from, std::size_t count) {
      const auto mset = from.get_mset(
          0, static_cast<Xapian::doccount>(std::min<std::size_t>(count, all)), all + 1);
      for (auto at = mset.begin(); at != mset.end(); ++at) {
        found.best.push_back({*at, scored ? at.get_weight() : 0});
      }
      found.total += mset.get_matches_estimated();  // exact: all were looked at
    };
    if (scored) {
      auto each = enquire_for(matching);
      take(each, wanted.count);
      found.distinct = found.total;
      return found;
    }
    // Xapian puts documents without the value first or last as the order goes; here they are last.
    const Xapian::Query dated(Xapian::Query::OP_VALUE_GE, index::kSlotDay, std::string(1, '\0'));
    auto first = enquire_for(Xapian::Query(Xapian::Query::OP_FILTER, matching, dated));
    first.set_sort_by_value(index::kSlotDay, wanted.sort == SortBy::date_descending);
    take(first, wanted.count);
    auto rest = enquire_for(Xapian::Query(Xapian::Query::OP_AND_NOT, matching, dated));
    take(rest, wanted.count - std::min(wanted.count, found.best.size()));
    found.distinct = found.total;
    return found;
  }

  /// Every distinct string of a slot over all matches with its frequency.
  std::map<std::string, std::uint64_t> values(const Xapian::Query& matching, Xapian::valueno slot,
                                              std::uint64_t* without) {
    std::map<std::string, std::uint64_t> counts;
    auto each = enquire(matching);
    each.set_weighting_scheme(Xapian::BoolWeight());
    Xapian::ValueCountMatchSpy spy(slot);
    each.add_matchspy(&spy);
    each.get_mset(0, 0, database_.get_doccount() + 1);
    std::uint64_t with = 0;
    for (auto at = spy.values_begin(); at != spy.values_end(); ++at) {
      counts[*at] += at.get_termfreq();
      with += at.get_termfreq();
    }
    *without = spy.get_total() - with;
    return counts;
  }

  FacetCounts count_facet(const FacetRequest& request, const Xapian::Query& matching) {
    std::uint64_t without = 0;
    if (request.field == FacetField::published || request.field == FacetField::event) {
      DateBuckets buckets(request.step);
      const bool events = request.field == FacetField::event;
      for (const auto& [value, n] :
           values(matching, events ? index::kSlotEvents : index::kSlotDay, &without)) {
        if (events) {
          buckets.add_events(events_of(value), n);
        } else {
          buckets.add_day(day_of(value), n);
        }
      }
      buckets.add_without(without);
      return buckets.result(request);
    }
    const bool regions = request.field == FacetField::region;
    const bool source = request.field == FacetField::source;
    const auto slot = source    ? index::kSlotSource
                      : regions ? index::kSlotRegions
                                : index::kSlotFactions;
    FacetTable::Above above;
    if (request.field == FacetField::kind) {
      above = kinds_in(authority_);
    } else if (!request.direct && !source) {
      above = above_in(authority_, regions ? Facet::region : Facet::faction);
    }
    std::map<std::string, std::uint64_t> counts;
    std::map<std::string, std::vector<std::string>> known;
    for (const auto& [value, n] : values(matching, slot, &without)) {
      std::set<std::string> each;
      for (const auto& id : source ? std::vector<std::string>{value} : split_ids(value)) {
        if (!above) {
          each.insert(id);
          continue;
        }
        auto [at, fresh] = known.try_emplace(id);
        if (fresh) at->second = above(id);
        each.insert(at->second.begin(), at->second.end());
      }
      for (const auto& id : each) counts[id] += n;
    }
    return shape_counts(request, labels_, {counts.begin(), counts.end()}, without);
  }

  Authority authority_;
  EntityLabels labels_;
  Xapian::Database database_;
  std::vector<std::shared_ptr<const index::Snapshot>> snapshots_;
  Xapian::Query hidden_;
  std::unique_ptr<DatabaseTerms> terms_;
  Verifier verifier_;
  analysis::WordTable words_;
  ReadArticle read_;
  /// Posting lists that the verification of one query has asked for.
  std::map<std::string, std::optional<std::vector<Xapian::docid>>> lists_;
  std::uint64_t documents_ = 0;
  std::string revision_;
  std::vector<std::string> failed_;
};

}  // namespace

bool is_remote(std::string_view path) {
  return path.starts_with(kTcp) || path.starts_with(kProgram);
}

std::unique_ptr<Engine> open_stock(const std::vector<std::string>& paths,
                                   const Authority& authority, bool partial) {
  return index::guarded("opening the index",
                        [&] { return std::make_unique<StockEngine>(paths, authority, partial); });
}

}  // namespace fihris::search
