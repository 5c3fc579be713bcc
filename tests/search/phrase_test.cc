// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "index/article_data.h"
#include "index/words_file.h"
#include "sample.h"
#include "search/phrase_scan.h"

namespace fihris {
namespace {

using index::put_number;

/// The words of an article: what a word file holds, and the runs of forms that no phrase leaves.
struct Words {
  std::string bytes;
  std::vector<std::vector<std::uint32_t>> runs{{}};
};

class Articles {
 public:
  explicit Articles(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }
  /// Numbers of one byte, of two and of three, some often.
  std::uint32_t form() {
    static constexpr std::uint32_t kBegins[] = {0, 120, 16370, 40000};
    return kBegins[below(4)] + static_cast<std::uint32_t>(below(12));
  }
  Words next() {
    Words words;
    for (std::size_t i = 0; i < 1 + below(60); ++i) {
      if (i == 5) {
        put_number(words.bytes, static_cast<std::uint32_t>(index::WordMark::end_of_title));
        words.runs.emplace_back();
      }
      const auto each = form();
      put_number(words.bytes, std::uint64_t{index::kWordMarks} + each);
      words.runs.back().push_back(each);
      if (below(6) == 0) put_number(words.bytes, below(2));  // the end of a sentence or paragraph
    }
    return words;
  }

 private:
  std::mt19937 random_;
};

TEST_CASE("a phrase is found in the bytes of an article where its words follow each other") {
  constexpr std::uint32_t kForms = 40020;
  Articles articles(9);
  std::vector<std::uint64_t> roles(kForms);
  std::size_t found = 0;
  constexpr int kRounds = 40000;
  for (int round = 0; round < kRounds; ++round) {
    const auto article = articles.next();
    std::vector<std::vector<std::uint32_t>> phrase(1 + articles.below(4));
    // mostly words that stand there
    const auto& run = article.runs[articles.below(article.runs.size())];
    const auto at = run.size() <= phrase.size() ? 0 : articles.below(run.size() - phrase.size());
    for (std::size_t i = 0; i < phrase.size(); ++i) {
      const bool there = at + i < run.size() && articles.below(8) != 0;
      phrase[i].push_back(there ? run[at + i] : articles.form());
      if (articles.below(2) == 0) phrase[i].push_back(articles.form());
    }
    const bool expected = std::ranges::any_of(article.runs, [&](const auto& forms) {
      return std::search(forms.begin(), forms.end(), phrase.begin(), phrase.end(),
                         [](std::uint32_t form, const std::vector<std::uint32_t>& word) {
                           return std::ranges::find(word, form) != word.end();
                         }) != forms.end();
    });
    found += expected ? 1 : 0;
    for (std::size_t rarest = 0; rarest < phrase.size(); ++rarest) {
      const search::PhraseScan scan(phrase, rarest, roles);
      REQUIRE(scan.in(article.bytes) == expected);
    }
    REQUIRE(std::ranges::count(roles, 0u) == kForms);
  }
  CHECK(found > kRounds / 4);
  CHECK(found < kRounds * 9 / 10);
}

TEST_CASE("what is no word file holds no phrase, and nothing is read outside of it") {
  std::vector<std::uint64_t> roles(300);
  const search::PhraseScan scan({{7}, {250}}, 1, roles);
  std::mt19937 random(4);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (auto& byte : bytes)
      byte = static_cast<char>(random() % 3 == 0 ? 0x80 | random() : random());
    const std::vector<char> alone(bytes.begin(), bytes.end());  // so that sanitizers see its ends
    scan.in({alone.data(), alone.size()});
  }
  CHECK(!scan.in(""));
  CHECK(!scan.in("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"));
}

TEST_CASE("a phrase is found in many articles at once, also behind a title of a thousand words") {
  const test::TempFolder folder;
  std::vector<Article> articles;
  for (int i = 0; i < 100; ++i) {
    Article article;
    article.id = "a" + std::to_string(i);
    article.title = i % 3 == 0 ? "زار الوزير" : "الوزير الجديد زار";
    article.text = i % 2 == 0 ? "المدينة أمس. زار الوزير الجديد السوق." : "الجديد في السوق.";
    articles.push_back(article);
  }
  for (int i = 0; i < 950; ++i) articles[0].title += " خبر";
  articles[0].title += " الوزير السابق";
  articles[0].text = "وصل السابق.";
  test::write_index(folder.path("index"), articles);
  Searcher searcher({folder.path("index")});
  const auto total = [&](std::string_view text) {
    SearchOptions options;
    options.limit = 0;
    return searcher.search(Query::parse(text, searcher.authority()), options).total;
  };
  CHECK(total("\"زار الوزير\"") == 34 + 33);  // every third title, and every second text but one
  CHECK(total("\"الوزير الجديد\"") == 66 + 16);
  CHECK(total("\"زار المدينة\"") == 0);    // the end of a title and the beginning of its text
  CHECK(total("\"الوزير السابق\"") == 0);  // the last words of such a title share one place
}

}  // namespace
}  // namespace fihris
