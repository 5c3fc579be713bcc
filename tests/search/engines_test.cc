// SPDX-License-Identifier: GPL-2.0-or-later
// Local segments, stock Xapian parts and a count by hand give the same matches, order and facets.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "analysis/words.h"
#include "fihris/error.h"
#include "index/schema.h"
#include "index/snapshot.h"
#include "query/compile.h"
#include "query/query_impl.h"
#include "sample.h"
#include "search/engine.h"
#include "search/filters.h"

namespace fihris {
namespace {

using search::Engine;
using search::Found;
using search::Wanted;

const Authority& authority() {
  static const auto kAuthority = Authority::builtin();
  return kAuthority;
}

/// A random query of words, phrases, fields and operators that occur in the sample.
class Queries {
 public:
  explicit Queries(unsigned seed) : random_(seed) {
    analysis::WordTable table;
    for (const auto& article : test::sample_articles()) {
      std::vector<std::string> words;
      for (const auto& token : analysis::tokenize(article.text, table)) {
        words.emplace_back(token.word->written);
      }
      if (words.size() > 10) texts_.push_back(std::move(words));
    }
  }

  std::string next() { return part(2); }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }
  std::string word() {
    const auto& text = texts_[pick(texts_.size())];
    return text[pick(text.size())];
  }
  /// Neighbouring words of one text.
  std::string run(std::size_t length) {
    const auto& text = texts_[pick(texts_.size())];
    const auto at = pick(text.size() - length);
    std::string out = text[at];
    for (std::size_t i = 1; i < length; ++i) out += " " + text[at + i];
    return out;
  }
  std::string leaf() {
    static const char* const kFields[] = {"faction:islamic-state",
                                          "faction:nusra-front,jaysh-al-fath",
                                          "faction:syrian-government",
                                          "region:sy/idlib",
                                          "region:sy",
                                          "region:=sy",
                                          "region:iq,ye",
                                          "date:2015-05..2015-08",
                                          "date:>=2016",
                                          "date:2015-07-29",
                                          "event:2015-05",
                                          "event:2015-05-28",
                                          "source:almasar",
                                          "source:alufuq,alwaqai",
                                          "has:event",
                                          "has:author",
                                          "about:islamic-state",
                                          "entity:hezbollah",
                                          "near:35.81,36.61/20km",
                                          "title:قوات",
                                          "text:قوات",
                                          "title:=تنظيم",
                                          "id:sample-007",
                                          "lang:ar"};
    switch (pick(12)) {
      case 0:
        return "\"" + run(2) + "\"";
      case 1:
        return "\"" + run(2 + pick(2)) + "\"~" + std::to_string(1 + pick(8));
      case 2:
        return "=" + word();
      case 3:
        return "==" + word();
      case 4:
        return "=\"" + run(2) + "\"";
      case 5:
      case 6:
      case 7:
        return kFields[pick(std::size(kFields))];
      case 8: {
        const auto stem = word();
        return stem.size() > 8 ? stem.substr(0, 6) + "*" : stem;
      }
      default:
        return word();
    }
  }
  std::string part(int depth) {
    if (depth == 0) return leaf();
    switch (pick(10)) {
      case 0:
      case 1:
        return "(" + part(depth - 1) + " OR " + part(depth - 1) + ")";
      case 2:
      case 3:
        return "(" + part(depth - 1) + " AND " + part(depth - 1) + ")";
      case 4:
        return "(" + part(depth - 1) + " -" + part(depth - 1) + ")";
      case 5:
        return "sentence(" + word() + " " + part(depth - 1) + ")";
      case 6:
        return "para(" + part(depth - 1) + " OR " + word() + ")";
      case 7:
        return word() + (pick(2) == 0 ? " NEAR/" : " ADJ/") + std::to_string(1 + pick(9)) + " " +
               (pick(3) == 0 ? "faction:islamic-state" : word());
      default:
        return leaf();
    }
  }
  std::mt19937 random_;
  std::vector<std::vector<std::string>> texts_;
};

std::vector<FacetRequest> all_facets() {
  std::vector<FacetRequest> all;
  for (const auto field : {FacetField::faction, FacetField::region, FacetField::source,
                           FacetField::kind, FacetField::published, FacetField::event}) {
    FacetRequest request;
    request.field = field;
    request.top = 0;
    all.push_back(request);
  }
  all.push_back({FacetField::region, 0, 1, "sy", "", DateStep::month, false});
  all.push_back({FacetField::faction, 5, 2, "", "", DateStep::month, true});
  all.push_back({FacetField::published, 0, 1, "", "", DateStep::week, false});
  all.push_back({FacetField::event, 0, 1, "", "", DateStep::day, false});
  return all;
}

void check_same(const FacetCounts& a, const FacetCounts& b) {
  CHECK(a.distinct == b.distinct);
  CHECK(a.without == b.without);
  REQUIRE(a.values.size() == b.values.size());
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    CHECK(a.values[i].id == b.values[i].id);
    CHECK(a.values[i].count == b.values[i].count);
  }
}

/// Matches and facets found by looking at every article, with no posting list and no column: words
/// come from the stored text, tags from the value slots.
class ByHand {
 public:
  ByHand(Engine& engine, const std::vector<std::string>& paths) {
    const auto query = Query::parse("has:text OR -has:text", authority());
    const auto compiled = query::compile(query.impl(), false, authority(), engine.terms());
    search::Deadline deadline(std::chrono::minutes(10));
    engine.visit({&compiled, {}}, deadline, [&](Xapian::docid id, const search::Facts& facts) {
      articles_.push_back({id, facts, {}});
    });
    // Document ids of several segments interleave, in Xapian as in the engine.
    Xapian::Database all;
    for (const auto& path : paths) {
      const auto snapshot = index::Snapshot::open(path);
      for (std::size_t s = 0; s < snapshot->segments(); ++s) {
        all.add_database(snapshot->segment_database(s));
      }
    }
    std::map<Xapian::docid, std::set<std::string>> terms;
    for (auto term = all.allterms_begin(); term != all.allterms_end(); ++term) {
      for (auto at = all.postlist_begin(*term); at != all.postlist_end(*term); ++at) {
        terms[*at].insert(*term);
      }
    }
    for (auto& each : articles_) each.terms = std::move(terms[each.id]);
    engine_ = &engine;
  }
  std::size_t size() const { return articles_.size(); }

  /// Matching by naive evaluation: every part of the plan is looked up in the article.
  std::set<Xapian::docid> matches(const query::Plan& plan) {
    std::set<Xapian::docid> found;
    for (const auto& each : articles_) {
      if (match(plan, each)) found.insert(each.id);
    }
    return found;
  }
  std::map<std::string, std::uint64_t> sources(const std::set<Xapian::docid>& of) const {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& each : articles_) {
      if (of.contains(each.id)) ++counts[each.facts.source];
    }
    return counts;
  }
  /// Articles with the region or one below it.
  std::uint64_t region(const std::string& id, const std::set<Xapian::docid>& of) const {
    std::uint64_t n = 0;
    for (const auto& each : articles_) {
      const bool tagged = std::ranges::any_of(each.facts.regions, [&](const std::string& tag) {
        return tag == id || tag.starts_with(id + "/");
      });
      n += tagged && of.contains(each.id) ? 1 : 0;
    }
    return n;
  }

 private:
  struct One {
    Xapian::docid id;
    search::Facts facts;
    std::set<std::string> terms;
  };
  bool match(const query::Plan& plan, const One& one) {
    using query::Op;
    const auto has_any = [&] {
      return std::ranges::any_of(plan.terms, [&](const auto& t) { return one.terms.contains(t); });
    };
    switch (plan.op) {
      case Op::nothing:
        return false;
      case Op::everything:
        return true;
      case Op::days:
        return one.facts.day != index::kNoDay && one.facts.day >= plan.days.first &&
               one.facts.day <= plan.days.last;
      case Op::all:
        return std::ranges::all_of(plan.children, [&](const auto& c) { return match(c, one); });
      case Op::any:
        return std::ranges::any_of(plan.children, [&](const auto& c) { return match(c, one); });
      case Op::negation:
        return !match(plan.children.front(), one);
      default:
        if (!plan.verified()) return has_any();
        return !places(plan, one).empty();
    }
  }
  struct Word {
    std::uint32_t position;
    std::string stem, folded, seen;
    std::size_t sentence, paragraph;
  };
  using Places = std::set<std::pair<std::uint32_t, std::uint32_t>>;

  /// The words of the stored article, numbered as the schema says; the title is sentence 0.
  const std::vector<Word>& words(const One& one) {
    auto& all = read_[one.id];
    if (!all.empty()) return all;
    const auto article = engine_->article(one.id);
    std::uint32_t at = 0;
    for (const auto& token : analysis::tokenize(article.title, words_)) {
      const auto& w = *token.word;
      all.push_back(
          {++at, std::string(w.stem), std::string(w.folded), query::visible(w.written), 0, 0});
    }
    at = index::kTextStart;
    const auto tokens = analysis::tokenize(article.text, words_);
    const auto units = analysis::find_units(article.text, tokens);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto& w = *tokens[i].word;
      all.push_back({at++, std::string(w.stem), std::string(w.folded), query::visible(w.written),
                     units.sentence[i] + 1u, units.paragraph[i] + 1u});
    }
    return all;
  }
  /// All places of a part: first and last position.
  Places places(const query::Plan& plan, const One& one) {
    using query::Op;
    Places found;
    switch (plan.op) {
      case Op::any:
        for (const auto& child : plan.children) found.merge(places(child, one));
        return found;
      case Op::sequence: {
        found = places(plan.children.front(), one);
        for (std::size_t i = 1; i < plan.children.size(); ++i) {
          Places longer;
          for (const auto& a : found) {
            for (const auto& b : places(plan.children[i], one)) {
              if (b.first == a.second + 1) longer.insert({a.first, b.second});
            }
          }
          found = longer;
        }
        return found;
      }
      case Op::near:
        return near(plan, one);
      case Op::scope:
        for (const auto& unit : units(one, plan.unit)) {
          if (holds(plan.children.front(), one, unit)) found.insert(unit);
        }
        return found;
      case Op::entity:
        if (std::ranges::none_of(plan.terms,
                                 [&](const auto& t) { return one.terms.contains(t); })) {
          return found;
        }
        for (const auto& term : plan.place_terms) {
          for (const auto position : engine_->positions_of(one.id, term)) {
            found.insert({position, position});
          }
        }
        return found;
      default:
        break;
    }
    for (const auto& word : words(one)) {
      const bool title = word.position < index::kTextStart;
      if (plan.field == query::Field::title && !title) continue;
      if (plan.field == query::Field::text && title) continue;
      bool here = false;
      if (plan.op == Op::stored) {
        here = plan.spellings.contains(plan.form == query::Form::written ? word.seen : word.folded);
      } else {
        for (const auto& term : plan.terms) {
          here = here || term == word.stem || (title && term == "S" + word.stem);
        }
      }
      if (here) found.insert({word.position, word.position});
    }
    return found;
  }
  Places near(const query::Plan& plan, const One& one) {
    Places found;
    std::vector<Places> parts;
    for (const auto& child : plan.children) parts.push_back(places(child, one));
    if (parts.size() == 2) {
      for (const auto& a : parts[0]) {
        for (const auto& b : parts[1]) {
          const bool before = a.second < b.first, after = b.second < a.first;
          if (!before && (plan.ordered || !after)) continue;
          const auto gap = before ? b.first - a.second : a.first - b.second;
          if (gap > static_cast<std::uint32_t>(plan.distance)) continue;
          found.insert({std::min(a.first, b.first), std::max(a.second, b.second)});
        }
      }
      return found;
    }
    // every window that begins at a word of one part and is wide enough for what the others need
    const auto width = static_cast<std::uint32_t>(plan.distance) + parts.size() - 2;
    for (const auto& starts : parts) {
      for (const auto& start : starts) {
        std::size_t n = 0;
        std::uint32_t last = 0;
        for (const auto& other : parts) {
          std::uint32_t nearest = UINT32_MAX;
          for (const auto& each : other) {
            const bool inside = each.first >= start.first && each.second <= start.first + width;
            if (inside) nearest = std::min(nearest, each.second);
          }
          n += nearest == UINT32_MAX ? 0 : 1;
          last = std::max(last, nearest);
        }
        if (n == parts.size()) found.insert({start.first, last});
      }
    }
    return found;
  }
  Places units(const One& one, query::Unit unit) {
    std::map<std::size_t, std::pair<std::uint32_t, std::uint32_t>> bounds;
    for (const auto& word : words(one)) {
      const auto n = unit == query::Unit::sentence ? word.sentence : word.paragraph;
      const auto [at, fresh] = bounds.try_emplace(n, word.position, word.position);
      at->second.second = word.position;
    }
    Places all;
    for (const auto& [n, bound] : bounds) all.insert(bound);
    return all;
  }
  bool holds(const query::Plan& plan, const One& one,
             const std::pair<std::uint32_t, std::uint32_t>& unit) {
    using query::Op;
    const auto child_holds = [&](const query::Plan& child) { return holds(child, one, unit); };
    switch (plan.op) {
      case Op::all:
        return std::ranges::all_of(plan.children, child_holds);
      case Op::any:
        return std::ranges::any_of(plan.children, child_holds);
      case Op::negation:
        return !holds(plan.children.front(), one, unit);
      case Op::nothing:
      case Op::everything:
      case Op::days:
        return match(plan, one);
      default:
        if (plan.placeless) return match(plan, one);
        return std::ranges::any_of(places(plan, one), [&](const auto& place) {
          return place.first >= unit.first && place.second <= unit.second;
        });
    }
  }

  std::vector<One> articles_;
  std::map<Xapian::docid, std::vector<Word>> read_;
  Engine* engine_ = nullptr;
  analysis::WordTable words_;
};

TEST_CASE("all ways of answering agree with each other and with a count by hand") {
  const std::vector<std::string> paths{test::sample_index()};
  const auto local = search::open_local(paths, authority());
  const auto stock = search::open_stock(paths, authority(), false);
  ByHand by_hand(*local, paths);
  CHECK(by_hand.size() == local->documents());
  CHECK(stock->documents() == local->documents());
  Queries queries(11);
  std::size_t with_matches = 0;
  for (int round = 0; round < 1000; ++round) {
    const auto text = queries.next();
    CAPTURE(text);
    const auto query = Query::parse(text, authority());
    const auto compiled = query::compile(query.impl(), false, authority(), local->terms());
    const auto there = query::compile(query.impl(), false, authority(), stock->terms());
    std::vector<FacetFilter> chosen;
    if (round % 3 == 0) chosen.push_back({FacetField::source, {"almasar", "alwaqai"}});
    if (round % 5 == 0) chosen.push_back({FacetField::region, {"sy"}});
    if (round % 7 == 0) chosen.push_back({FacetField::published, {"2015"}});
    if (round % 11 == 0) chosen.push_back({FacetField::event, {"2015-05/2015-08"}});
    Wanted wanted;
    wanted.count = 20;
    wanted.sort = round % 4 == 0   ? SortBy::date_descending
                  : round % 4 == 1 ? SortBy::date_ascending
                  : round % 4 == 2 ? SortBy::both
                                   : SortBy::relevance;
    wanted.collapse = round % 7 < 3;
    wanted.facets = all_facets();
    search::Deadline deadline(std::chrono::minutes(10));
    const auto a = local->search(
        {&compiled, search::make_filters(chosen, authority(), local->terms())}, wanted, deadline);
    const auto b = stock->search(
        {&there, search::make_filters(chosen, authority(), stock->terms())}, wanted, deadline);
    REQUIRE(a.total == b.total);
    CHECK(a.distinct == b.distinct);
    with_matches += a.total > 0 ? 1 : 0;
    REQUIRE(a.best.size() == b.best.size());
    for (std::size_t i = 0; i < a.best.size(); ++i) {
      CHECK(std::abs(a.best[i].score - b.best[i].score) < 1e-9);
      if (wanted.sort == SortBy::date_descending || wanted.sort == SortBy::date_ascending) {
        CHECK(a.best[i].document == b.best[i].document);
        CHECK(a.best[i].copies == b.best[i].copies);
      }
    }
    for (std::size_t i = 0; i < wanted.facets.size(); ++i) check_same(a.facets[i], b.facets[i]);

    const auto expected = by_hand.matches(compiled.plan);
    if (!chosen.empty()) {
      auto filtered = expected;
      for (const auto& filter : search::make_filters(chosen, authority(), local->terms())) {
        const auto passing = by_hand.matches(filter.plan);
        std::erase_if(filtered, [&](const auto id) { return !passing.contains(id); });
      }
      CHECK(filtered.size() == a.total);
      continue;
    }
    CHECK(expected.size() == a.total);
    const auto sources = by_hand.sources(expected);
    CHECK(a.facets[2].values.size() == sources.size());
    for (const auto& value : a.facets[2].values) CHECK(sources.at(value.id) == value.count);
    for (const auto& value : a.facets[1].values) {
      CHECK(by_hand.region(value.id, expected) == value.count);
    }
  }
  CHECK(with_matches > 400);
}

TEST_CASE("a value of a facet is found as often as it was counted") {
  Searcher searcher({test::sample_index()});
  const auto query = Query::parse("قوات", authority());
  SearchOptions options;
  options.facets = all_facets();
  const auto counted = searcher.search(query, options);
  for (const auto& facet : counted.facets) {
    if (facet.request.direct) continue;
    for (const auto& value : facet.values) {
      CAPTURE(value.id);
      SearchOptions chosen;
      auto id = value.id;
      const auto field = facet.request.field;
      if (field == FacetField::published || field == FacetField::event) {
        const auto first = *parse_iso_date(id);
        if (facet.request.step == DateStep::month) id = id.substr(0, 7);
        if (facet.request.step == DateStep::week) id += "/" + to_iso(from_days(to_days(first) + 6));
      }
      chosen.filters = {{field, {id}}};
      CHECK(searcher.search(query, chosen).total == value.count);
    }
  }
}

TEST_CASE(
    "a chosen value leaves the counts of its own facet as they were, and narrows the others") {
  Searcher searcher({test::sample_index()});
  const auto query = Query::parse("قوات", authority());
  SearchOptions open;
  open.facets = {{FacetField::source, 0}, {FacetField::region, 0}};
  const auto before = searcher.search(query, open);
  auto narrowed = open;
  narrowed.filters = {{FacetField::source, {"almasar"}}};
  const auto after = searcher.search(query, narrowed);
  CHECK(after.total < before.total);
  check_same(before.facets[0], after.facets[0]);
  CHECK(after.facets[1].values.front().count <= before.facets[1].values.front().count);
  std::uint64_t almasar = 0;
  for (const auto& value : after.facets[0].values)
    almasar += value.id == "almasar" ? value.count : 0;
  CHECK(almasar == after.total);
}

TEST_CASE("shards behind a program answer as the folder itself does") {
  const auto path = test::sample_index();
  const std::string server = "/usr/bin/xapian-progsrv";
  if (!file_exists(server)) {
    MESSAGE("xapian-progsrv is not installed: not tested");
    return;
  }
  Searcher local({path});
  Searcher remote({"xapian-prog:" + server + " " + path});
  CHECK(remote.documents() == local.documents());
  SearchOptions options;
  options.limit = 200;
  options.facets = all_facets();
  for (const auto* text : {"قوات", "«جيش الفتح»", "sentence(سيطر أريحا)", "region:sy/idlib -سراقب",
                           "date:2015-05..2015-06 معارك", "مقاتل*"}) {
    CAPTURE(text);
    const auto query = Query::parse(text, authority());
    const auto compare = [&](const SearchOptions& wanted) {
      const auto a = local.search(query, wanted);
      const auto b = remote.search(query, wanted);
      CHECK(a.total == b.total);
      REQUIRE(a.hits.size() == b.hits.size());
      std::set<std::string> here, there;
      for (std::size_t i = 0; i < a.hits.size(); ++i) {
        here.insert(a.hits[i].id);
        there.insert(b.hits[i].id);
        CHECK(std::abs(a.hits[i].score - b.hits[i].score) < 1e-9);
      }
      CHECK(here == there);
      for (std::size_t i = 0; i < a.facets.size(); ++i) check_same(a.facets[i], b.facets[i]);
    };
    compare(options);
    auto recent = options;
    recent.sort = SortBy::both;
    compare(recent);
    recent.collapse_copies = true;
    compare(recent);
  }
  const auto pairs = local.cooccur(Query::parse("قوات", authority()), FacetField::faction);
  const auto same = remote.cooccur(Query::parse("قوات", authority()), FacetField::faction);
  REQUIRE(pairs.size() == same.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) CHECK(pairs[i].count == same[i].count);
}

TEST_CASE("a dead shard is an error, or is left out and named if that was asked for") {
  const auto query = Query::parse("قوات", authority());
  CHECK_THROWS_AS(Searcher({"xapian://127.0.0.1:1"}), Error);
  CHECK_THROWS_AS(Searcher({"xapian://nowhere"}), Error);
}

TEST_CASE("a cross table counts what two filters would find together") {
  Searcher searcher({test::sample_index()});
  const auto query = Query::parse("قوات", authority());
  const auto table = searcher.cross(query, {{FacetField::faction, 5}, {FacetField::region, 5}});
  REQUIRE(!table.rows.empty());
  for (const auto& row : table.rows) {
    SearchOptions both;
    both.filters = {{FacetField::faction, {row.keys[0].id}},
                    {FacetField::region, {row.keys[1].id}}};
    CHECK(searcher.search(query, both).total == row.count);
  }
  CHECK_THROWS_AS(searcher.cross(query, {{FacetField::faction}}), Error);
}

TEST_CASE("pairs of factions come with counts, expectation and likelihood") {
  Searcher searcher({test::sample_index()});
  const auto query = Query::parse("has:text", authority());
  const auto pairs = searcher.cooccur(query, FacetField::faction, 20);
  REQUIRE(pairs.size() > 3);
  const auto all = static_cast<double>(searcher.documents());
  for (const auto& pair : pairs) {
    CHECK(pair.count <= std::min(pair.a.count, pair.b.count));
    CHECK(pair.expected == doctest::Approx(static_cast<double>(pair.a.count) *
                                           static_cast<double>(pair.b.count) / all));
    CHECK(pair.log_likelihood >= 0);
    const auto both = Query::parse("faction:=" + pair.a.id + " faction:=" + pair.b.id, authority());
    CHECK(searcher.search(both).total == pair.count);
  }
  for (const auto& pair : searcher.cooccur(query, FacetField::region, 0)) {
    CHECK(!pair.b.id.starts_with(pair.a.id + "/"));  // what a place lies in tells nothing
  }
}

}  // namespace
}  // namespace fihris
