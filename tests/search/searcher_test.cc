// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "fihris/error.h"
#include "sample.h"

namespace fihris {
namespace {

using test::sample_index;

std::vector<std::string> ids(const SearchResults& results) {
  std::vector<std::string> found;
  for (const auto& hit : results.hits) found.push_back(hit.id);
  return found;
}
SearchResults find(Searcher& searcher, std::string_view text, SearchOptions options = {}) {
  options.limit = std::max<std::size_t>(options.limit, 1);
  return searcher.search(Query::parse(text, searcher.authority()), options);
}

TEST_CASE("a search tells its total, and gives pages of it in one order") {
  Searcher searcher({sample_index()});
  SearchOptions all;
  all.limit = 1000;
  const auto whole = find(searcher, "النظام", all);
  CHECK(whole.total == whole.hits.size());
  REQUIRE(whole.total > 7);
  SearchOptions page;
  page.limit = 3;
  std::vector<std::string> paged;
  do {
    const auto results = find(searcher, "النظام", page);
    CHECK(results.total == whole.total);
    for (const auto& id : ids(results)) paged.push_back(id);
    page.cursor = results.next_cursor;
  } while (!page.cursor.empty());
  CHECK(paged == ids(whole));
  for (std::size_t i = 1; i < whole.hits.size(); ++i) {
    CHECK(whole.hits[i - 1].score >= whole.hits[i].score);
    CHECK(whole.hits[i].rank == i + 1);
  }
  page.cursor = "next";
  CHECK_THROWS_AS(find(searcher, "النظام", page), Error);
}

TEST_CASE("an index that is not there is an error that says so") {
  try {
    Searcher searcher({"/nonexistent/index"});
    FAIL("opened");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::not_found);
  }
}

TEST_CASE("words that no article has together are searched each, and the answer says so") {
  Searcher searcher({sample_index()});
  CHECK(find(searcher, "سراقب زقزقة").any_instead_of_all);
  CHECK(find(searcher, "سراقب زقزقة").total > 0);
  CHECK(!find(searcher, "سراقب").any_instead_of_all);
  CHECK(find(searcher, "سراقب AND زقزقة").total == 0);
  // an operator that joins nothing is one more word
  for (const auto* text : {"سراقب حلب OR", "سراقب حلب NEAR/4", "OR سراقب حلب"}) {
    CAPTURE(text);
    CHECK(find(searcher, text).any_instead_of_all);
    CHECK(find(searcher, text).total >= find(searcher, "سراقب OR حلب").total);
  }
  CHECK(!find(searcher, "OR أو NOT").any_instead_of_all);
}

TEST_CASE("marked words are whole words with their offsets, and HTML is escaped") {
  Searcher searcher({sample_index()});
  const auto results = find(searcher, "«جيش الفتح» أريحا");
  REQUIRE(results.total > 0);
  for (const auto& hit : results.hits) {
    CHECK(!hit.why.empty());
    for (const auto* snippet : {&hit.snippet, &hit.title_snippet}) {
      std::size_t last = 0;
      for (const auto& span : snippet->matches) {
        REQUIRE(span.begin >= last);
        REQUIRE(span.end <= snippet->text.size());
        CHECK(span.utf16_begin < span.utf16_end);
        last = span.end;
      }
      CHECK(snippet->right_to_left);
    }
  }
  Snippet snippet;
  snippet.text = "<b>&\"x'";
  snippet.matches.push_back({4, 5, 4, 5});
  CHECK(snippet.html() == "&lt;b&gt;&amp;<mark>&quot;</mark>x&#39;");
}

TEST_CASE("results are sorted by day of publication on request") {
  Searcher searcher({sample_index()});
  SearchOptions options;
  options.limit = 1000;
  options.sort = SortBy::date_descending;
  auto results = find(searcher, "النظام", options);
  for (std::size_t i = 1; i < results.hits.size(); ++i) {
    CHECK(*results.hits[i].date <= *results.hits[i - 1].date);
  }
  options.sort = SortBy::date_ascending;
  results = find(searcher, "النظام", options);
  for (std::size_t i = 1; i < results.hits.size(); ++i) {
    CHECK(*results.hits[i - 1].date <= *results.hits[i].date);
  }
}

TEST_CASE("an article is given back by its id, and others like it are found") {
  Searcher searcher({sample_index()});
  const auto article = searcher.article("sample-001");
  REQUIRE(article.has_value());
  CHECK(article->source == "almasar");
  CHECK(!searcher.article("sample-999").has_value());
  const auto alike = searcher.more_like("sample-001");
  REQUIRE(!alike.hits.empty());
  CHECK(alike.hits.front().id == "sample-002");  // another paper's version of the same report
  for (const auto& hit : alike.hits) CHECK(hit.id != "sample-001");
  CHECK(searcher.more_like("sample-999").hits.empty());
}

TEST_CASE("a slip of the pen gets a better spelling, from the words of the index") {
  Searcher searcher({sample_index()});
  CHECK(find(searcher, "سراقف").did_you_mean == "سراقب");
  CHECK(find(searcher, "اردوغاان").did_you_mean.empty() == (find(searcher, "اردوغان").total < 5));
  CHECK(find(searcher, "أريحا").did_you_mean.empty());
}

/// An index of articles with these texts; ids are t0, t1 …
std::string index_of(const test::TempFolder& folder, const std::vector<std::string>& texts) {
  std::vector<Article> articles;
  for (const auto& text : texts) {
    Article article;
    article.id = "t" + std::to_string(articles.size());
    article.text = text;
    articles.push_back(std::move(article));
  }
  auto path = folder.path("index");
  test::write_index(path, articles);
  return path;
}

TEST_CASE("a name in Latin letters that the articles do not write is asked for as an entity") {
  Searcher searcher({sample_index()});
  const auto suggested = [&](std::string_view text) { return find(searcher, text).did_you_mean; };
  CHECK(suggested("ISIS") == "faction:ISIS");
  CHECK(suggested("Syria") == "region:Syria");
  CHECK(suggested("islamic state in Idlib -Aleppo") ==
        "faction:\"islamic state\" in region:Idlib -Aleppo");
  CHECK(suggested("\"Islamic State\" هدنة") == "faction:\"Islamic State\" هدنة");
  CHECK(find(searcher, suggested("ISIS Idlib")).total > 0);
  for (const auto* text : {"title:Syria", "=Syria", "(Syria)", "Obama", "UN", "faction:isis"}) {
    CAPTURE(text);
    CHECK(suggested(text).empty());
  }
}

TEST_CASE("a better spelling is written as the articles write it, in either script") {
  test::TempFolder folder;
  std::vector<std::string> texts(6, "زار رئيس الهيئة مدرسةً جديدة، وقال Obama كلمته.");
  texts.emplace_back("خبر آخر عن المطر.");
  Searcher searcher({index_of(folder, texts)});
  CHECK(find(searcher, "مدرصة").did_you_mean == "مدرسة");
  CHECK(find(searcher, "Obma").did_you_mean == "Obama");
}

TEST_CASE("words of a phrase are marked where they stand together") {
  test::TempFolder folder;
  Searcher searcher(
      {index_of(folder, {"قاتل جيش الإسلام هناك، وتقدم جيش الفتح في الفتح الكبير."})});
  const auto marked = [&](std::string_view text) { return find(searcher, text).hits.at(0).why; };
  CHECK(marked("«جيش الفتح»") == std::vector<std::string>{"جيش الفتح"});
  CHECK(marked("=\"جيش الفتح\"") == std::vector<std::string>{"جيش الفتح"});
  CHECK(marked("«جيش الفتح» الفتح") == std::vector<std::string>{"جيش الفتح", "الفتح"});
  CHECK(marked("جيش الفتح") == std::vector<std::string>{"جيش", "الفتح"});
}

TEST_CASE(
    "an entity is marked where the text mentions it or what lies below it, and nowhere else") {
  const test::TempFolder folder;
  Searcher searcher({index_of(
      folder, {"قصف الطيران أحياء في سراقب ومدينة أريحا، ثم قرى في ريف حماة الشمالي وأحياء من حلب.",
               "أعلن تنظيم داعش مسؤوليته. وكان التنظيم قد هاجم حلب قبل يومين، وخرجت منها فرق "
               "تنظيم المرور."})});
  const auto why = [&](std::string_view text) {
    std::string words;
    const auto results = find(searcher, text);
    for (const auto& hit : results.hits) {
      for (const auto& word : hit.why) words += word + "|";
    }
    return words;
  };
  CHECK(why("region:sy/idlib") == "سراقب|أريحا|");
  CHECK(why("region:sy/idlib -region:lb") == "سراقب|أريحا|");
  CHECK(why("near:سراقب/40km") == "سراقب|أريحا|");
  CHECK(why("faction:islamic-state") == "تنظيم داعش|التنظيم|");
  CHECK(why("-faction:islamic-state قرى") == "قرى|");
}

TEST_CASE("of the words that a fuzzy one finds the nearest comes first, however rare the others") {
  test::TempFolder folder;
  std::vector<std::string> texts(7, "تكلم الظواهري في شريط مصور.");
  texts.emplace_back("تكلم الزواهري في شريط مصور.");
  texts.emplace_back("تكلم الجواهري في شريط مصور.");
  Searcher searcher({index_of(folder, texts)});
  SearchOptions all;
  all.limit = 20;
  const auto found = find(searcher, "الظواهري~", all);
  REQUIRE(found.total == 9);
  CHECK(found.hits[7].id == "t7");
  CHECK(found.hits[8].id == "t8");
}

TEST_CASE("where words are alternatives, words of the same consonants raise an article") {
  test::TempFolder folder;
  // «انفجار» and «تفجير» have keys of their own
  const std::string filler = " ذكرت مصادر محلية أن الحادث وقع صباحا";
  Searcher searcher(
      {index_of(folder, {"وصل الوزير إلى المدينة." + filler, "وصل الوزير بعد تفجير." + filler,
                         "انفجار كبير." + filler, "مطر غزير." + filler, "سوق جديدة." + filler})});
  QueryOptions any;
  any.match = QueryOptions::Match::any;
  const auto results = searcher.search(Query::parse("الوزير انفجار", searcher.authority(), any));
  REQUIRE(results.total == 3);  // they match no more than before
  std::map<std::string, double> scores;
  for (const auto& hit : results.hits) scores[hit.id] = hit.score;
  CHECK(scores["t1"] > scores["t0"]);
}

TEST_CASE("removed articles are neither shown nor counted, new versions replace old ones") {
  test::TempFolder folder;
  const auto path = folder.path("index");
  auto articles = test::sample_articles();
  test::write_index(path, articles, 30);
  Searcher searcher({path});
  SearchOptions options;
  options.limit = 1000;
  options.facets = {{FacetField::source, 0}};
  const auto before = find(searcher, "has:date", options);
  CHECK(before.total == articles.size());
  {
    Indexer indexer(path, Authority::builtin());
    indexer.remove(articles[0].id);
    auto changed = articles[1];
    changed.text = "نص آخر كله.";
    changed.title = "عنوان آخر";
    indexer.add(changed);
    indexer.commit();
  }
  CHECK(find(searcher, "has:date").total == articles.size());  // as it was opened
  CHECK(searcher.reopen());
  CHECK(!searcher.reopen());
  const auto after = find(searcher, "has:date", options);
  CHECK(after.total == articles.size() - 1);
  CHECK(searcher.documents() == articles.size() - 1);
  CHECK(after.hits.size() == after.total);
  std::uint64_t counted = 0;
  for (const auto& value : after.facets[0].values) counted += value.count;
  CHECK(counted + after.facets[0].without == after.total);
  CHECK(!searcher.article(articles[0].id).has_value());
  CHECK(searcher.article(articles[1].id)->title == "عنوان آخر");
  CHECK(find(searcher, "id:" + articles[0].id).total == 0);
  CHECK(find(searcher, "-id:x").total == articles.size() - 1);
}

TEST_CASE("a watched query tells what is new since the last time, and why it matched") {
  test::TempFolder folder;
  const auto path = folder.path("index");
  auto articles = test::sample_articles();
  const auto last = articles.back();
  articles.pop_back();
  test::write_index(path, articles);
  Searcher searcher({path});
  const auto query = Query::parse("has:title", searcher.authority());
  SearchOptions options;
  options.limit = 1000;
  const auto first = searcher.watch(query, "", options);
  CHECK(first.hits.size() == articles.size());
  CHECK(first.total == articles.size());
  options.limit = 2;
  const auto few = searcher.watch(query, "", options);
  CHECK(few.total == articles.size());
  CHECK(few.state == first.state);
  REQUIRE(few.hits.size() == 2);
  CHECK(few.hits[1].id == first.hits[1].id);
  // news are articles with all the words, also where a search would be content with any
  const auto none = Query::parse("سراقب زقزقة", searcher.authority());
  CHECK(searcher.search(none).total > 0);
  CHECK(searcher.watch(none, "").total == 0);
  CHECK(searcher.watch(query, first.state, options).hits.empty());
  test::write_index(path, {last});
  CHECK(searcher.reopen());
  const auto second = searcher.watch(query, first.state, options);
  REQUIRE(second.hits.size() == 1);
  CHECK(second.hits[0].id == last.id);
  CHECK_THROWS_AS(searcher.watch(query, "nonsense", options), Error);
}

TEST_CASE("the name of a country is not that of a village; other names that are shared are told") {
  const auto authority = Authority::builtin();
  CHECK(Query::parse("region:سوريا", authority).warnings().empty());
  CHECK(Query::parse("منطقة:العراق", authority).warnings().empty());
  const auto shared = Query::parse("منطقة:عمان", authority).warnings();  // Oman, Amman
  REQUIRE(shared.size() == 1);
  CHECK(shared[0].message.find("jo/amman") != std::string::npos);
}

TEST_CASE("a source or field that the index does not have is told, and where it was asked for") {
  Searcher searcher({sample_index()});
  CHECK(find(searcher, "has:date -has:photo").warnings.at(0).message ==
        "no article of the index has this");
  CHECK(find(searcher, "source:almasar,alu*").warnings.empty());
  const auto results = find(searcher, "قوات source:almasar,nowhere");
  CHECK(results.total > 0);
  REQUIRE(results.warnings.size() == 1);
  CHECK(results.warnings[0].message == "the index has no source of this name");
  CHECK(results.warnings[0].begin == 24);
  CHECK(results.warnings[0].end == 31);
}

TEST_CASE("a search that is over its time is stopped") {
  Searcher searcher({sample_index()});
  SearchOptions options;
  options.deadline = std::chrono::milliseconds(0);
  try {
    find(searcher, "sentence(النظام المعارضة)", options);
    FAIL("answered");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::limit);
  }
}

TEST_CASE("an explanation shows the tree, the plan and the counts") {
  Searcher searcher({sample_index()});
  const auto text =
      searcher.explain(Query::parse("معارك faction:syrian-government -حلب", searcher.authority()));
  CAPTURE(text);
  CHECK(text.find("\"format\":1") != text.npos);
  CHECK(text.find("XG") != text.npos);
  CHECK(text.find("matches: ") != text.npos);
}

}  // namespace
}  // namespace fihris
