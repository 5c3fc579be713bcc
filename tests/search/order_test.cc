// SPDX-License-Identifier: GPL-2.0-or-later
// The order of hits, and near copies as one hit, against an order made by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "fihris/error.h"
#include "index/schema.h"
#include "index/snapshot.h"
#include "query/compile.h"
#include "query/query_impl.h"
#include "sample.h"
#include "search/engine.h"

namespace fihris {
namespace {

using search::Wanted;

const Authority& authority() {
  static const auto kAuthority = Authority::builtin();
  return kAuthority;
}

/// The sample with copies of its articles on other days, some without a day, in several segments.
std::vector<Article> articles_with_copies() {
  auto articles = test::sample_articles();
  std::mt19937 random(5);
  const auto size = articles.size();
  for (std::size_t i = 0; i < size; i += 2) {
    for (std::size_t n = 0; n < 1 + random() % 3; ++n) {
      auto copy = articles[i];
      copy.id += "-" + std::to_string(n);
      copy.date = random() % 4 == 0
                      ? std::nullopt
                      : std::optional(from_days(16500 + static_cast<std::int32_t>(random() % 400)));
      articles.push_back(std::move(copy));
    }
  }
  std::shuffle(articles.begin(), articles.end(), random);
  return articles;
}

/// What is said of each document by its values.
struct Facts {
  std::optional<std::int32_t> day;
  std::string group;
};
std::map<Xapian::docid, Facts> facts_of(const std::string& path) {
  const auto snapshot = index::Snapshot::open(path);
  Xapian::Database all;
  for (std::size_t s = 0; s < snapshot->segments(); ++s) {
    all.add_database(snapshot->segment_database(s));
  }
  std::map<Xapian::docid, Facts> facts;
  for (auto at = all.postlist_begin(""); at != all.postlist_end(""); ++at) {
    const auto document = all.get_document(*at);
    auto& each = facts[*at];
    each.group = document.get_value(index::kSlotGroup);
    const auto day = document.get_value(index::kSlotDay);
    if (!day.empty()) each.day = static_cast<std::int32_t>(Xapian::sortable_unserialise(day));
  }
  return facts;
}

/// Both engines on one index.
struct Engines {
  test::TempFolder folder;
  std::map<Xapian::docid, Facts> facts;
  std::unique_ptr<search::Engine> local, stock;

  Engines() {
    const auto path = folder.path("index");
    test::write_index(path, articles_with_copies(), 60);
    facts = facts_of(path);
    local = search::open_local({path}, authority());
    stock = search::open_stock({path}, authority(), false);
  }
};

constexpr SortBy kOrders[] = {SortBy::relevance, SortBy::date_descending, SortBy::date_ascending,
                              SortBy::both};
constexpr std::size_t kAll = 100000;

std::vector<std::string> queries() {
  std::vector<std::string> texts{
      "",      "قوات",  "من", "region:sy/idlib", "date:2015..", "النظام OR داعش", "«جيش الفتح»",
      "-قوات", "مقاتل*"};
  std::mt19937 random(3);
  const auto articles = test::sample_articles();
  while (texts.size() < 150) {
    const auto& text = articles[random() % articles.size()].text;
    const auto words = split(text, ' ');
    std::string query(words[random() % words.size()]);
    if (random() % 2 == 0) query += " OR " + std::string(words[random() % words.size()]);
    texts.push_back(std::move(query));
  }
  return texts;
}

TEST_CASE("both orders by relevance halved in each half-life, on either engine") {
  const Engines opened;
  const auto& facts = opened.facts;
  std::size_t undated = 0, moved = 0;
  for (const auto& text : queries()) {
    CAPTURE(text);
    const auto query = Query::parse(text, authority());
    search::Deadline deadline(std::chrono::minutes(10));
    for (auto* engine : {opened.local.get(), opened.stock.get()}) {
      const auto compiled = query::compile(query.impl(), false, authority(), engine->terms());
      Wanted wanted;
      wanted.count = kAll;
      const auto relevant = engine->search({&compiled, {}}, wanted, deadline);
      wanted.sort = SortBy::both;
      wanted.half_life = 30;
      const auto both = engine->search({&compiled, {}}, wanted, deadline);
      REQUIRE(both.total == relevant.total);
      REQUIRE(both.best.size() == relevant.best.size());
      std::optional<std::int32_t> oldest, newest;
      for (const auto& match : relevant.best) {
        const auto day = facts.at(match.document).day;
        if (!day) continue;
        oldest = std::min(oldest.value_or(*day), *day);
        newest = std::max(newest.value_or(*day), *day);
      }
      std::map<Xapian::docid, double> expected;
      for (const auto& match : relevant.best) {
        const auto day = facts.at(match.document).day;
        const auto age = newest ? *newest - day.value_or(*oldest) : 0;
        expected[match.document] = match.score * std::pow(0.5, age / 30.0);
        undated += day ? 0 : 1;
      }
      for (std::size_t i = 0; i < both.best.size(); ++i) {
        const auto& match = both.best[i];
        CHECK(match.score == doctest::Approx(expected.at(match.document)).epsilon(1e-9));
        moved += match.document == relevant.best[i].document ? 0 : 1;
        if (i == 0) continue;
        const auto& previous = both.best[i - 1];
        CHECK(previous.score >= match.score);
        if (previous.score > match.score) continue;
        const auto day = facts.at(match.document).day, before = facts.at(previous.document).day;
        CHECK((before ? *before : INT32_MIN) >= (day ? *day : INT32_MIN));
        if (before == day) CHECK(previous.document < match.document);
      }
      // the first of them are those of the whole order
      wanted.count = 7;
      const auto first = engine->search({&compiled, {}}, wanted, deadline);
      for (std::size_t i = 0; i < first.best.size(); ++i) {
        CHECK(first.best[i].document == both.best[i].document);
      }
    }
  }
  CHECK(undated > 100);
  CHECK(moved > 100);
}

TEST_CASE("collapsing leaves the first copy in every order, with the number of all") {
  const Engines opened;
  const auto& facts = opened.facts;
  std::size_t copies = 0;
  for (const auto& text : queries()) {
    CAPTURE(text);
    const auto query = Query::parse(text, authority());
    search::Deadline deadline(std::chrono::minutes(10));
    for (auto* engine : {opened.local.get(), opened.stock.get()}) {
      const auto compiled = query::compile(query.impl(), false, authority(), engine->terms());
      for (const auto sort : kOrders) {
        Wanted wanted;
        wanted.count = kAll;
        wanted.sort = sort;
        const auto whole = engine->search({&compiled, {}}, wanted, deadline);
        CHECK(whole.distinct == whole.total);
        std::vector<search::Match> expected;
        std::map<std::string, std::size_t> groups;
        for (const auto& match : whole.best) {
          const auto [at, fresh] =
              groups.try_emplace(facts.at(match.document).group, expected.size());
          fresh ? expected.push_back(match) : void(++expected[at->second].copies);
        }
        wanted.collapse = true;
        for (const std::size_t count : {kAll, std::size_t{5}, std::size_t{0}}) {
          wanted.count = count;
          const auto found = engine->search({&compiled, {}}, wanted, deadline);
          CHECK(found.total == whole.total);
          CHECK(found.distinct == expected.size());
          REQUIRE(found.best.size() == std::min(count, expected.size()));
          for (std::size_t i = 0; i < found.best.size(); ++i) {
            CHECK(found.best[i].document == expected[i].document);
            CHECK(found.best[i].copies == expected[i].copies);
            copies += found.best[i].copies - 1;
          }
        }
      }
    }
  }
  CHECK(copies > 100);
}

TEST_CASE("of articles that are equally relevant the newest come first, wherever the days lie") {
  const test::TempFolder folder;
  std::vector<Article> articles;
  // a day that somebody mistyped must not take the order from all others
  for (const auto* day : {"1998-03-01", "", "1998-05-01", "9998-01-01", "1997-01-01"}) {
    Article article;
    article.id = "t" + std::to_string(articles.size());
    article.text = "وصل الوفد إلى المدينة.";
    article.date = parse_iso_date(day);
    articles.push_back(std::move(article));
  }
  articles.push_back(articles.back());
  articles.back().id = "often";
  articles.back().text = "الوفد الوفد الوفد.";
  articles.back().date = parse_iso_date("1998-04-20");
  test::write_index(folder.path("index"), articles);
  Searcher searcher({folder.path("index")});
  SearchOptions options;
  options.sort = SortBy::both;
  const auto order = [&](std::string_view text) {
    std::string ids;
    for (const auto& hit : searcher.search(Query::parse(text, authority()), options).hits) {
      ids += hit.id + " ";
    }
    return ids;
  };
  CHECK(order("الوفد") == "t3 often t2 t0 t4 t1 ");
  options.half_life = 1;  // a month is no more
  CHECK(order("الوفد") == "t3 t2 often t0 t4 t1 ");
  CHECK(order("date:1998") == "t2 often t0 ");  // nothing to rank by
  CHECK(order("الوفد -has:date") == "t1 ");
  options.half_life = 0;
  CHECK_THROWS_AS(order("الوفد"), Error);
}

TEST_CASE("pages of both orders together are the whole, collapsed or not") {
  const test::TempFolder folder;
  test::write_index(folder.path("index"), articles_with_copies(), 60);
  Searcher searcher({folder.path("index")});
  const auto query = Query::parse("النظام", authority());
  for (const bool collapse : {false, true}) {
    SearchOptions options;
    options.sort = SortBy::both;
    options.snippets = false;
    options.collapse_copies = collapse;
    options.limit = 1000;
    const auto whole = searcher.search(query, options);
    CHECK(whole.next_cursor.empty());
    CHECK((whole.hits.size() < whole.total) == collapse);
    if (!collapse) {
      std::size_t i = 0;
      searcher.each(query, options,
                    [&](const Hit& hit) { return hit.id == whole.hits.at(i++).id; });
      CHECK(i == whole.total);
    }
    options.limit = 7;
    std::uint64_t shown = 0, articles = 0;
    do {
      const auto page = searcher.search(query, options);
      CHECK(page.total == whole.total);
      for (const auto& hit : page.hits) {
        REQUIRE(hit.id == whole.hits.at(shown++).id);
        CHECK(hit.rank == shown);
        articles += hit.copies;
      }
      options.cursor = page.next_cursor;
    } while (!options.cursor.empty());
    CHECK(shown == whole.hits.size());
    CHECK(articles == whole.total);
  }
}

}  // namespace
}  // namespace fihris
