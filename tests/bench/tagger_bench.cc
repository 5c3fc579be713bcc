// SPDX-License-Identifier: GPL-2.0-or-later
// tagger_bench ARTICLES.jsonl [ROUNDS]: MB of title and text per second of one thread's processor
// time, for finding factions and places in articles that are tokenised already, and for
// `Tagger::tag` as a whole.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "authority/authority_impl.h"
#include "bench/json_articles.h"
#include "tagger/candidates.h"
#include "tagger/decide.h"
#include "tagger/match.h"
#include "tagger/scene.h"

namespace {

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace fihris;
  if (argc < 2) {
    std::fprintf(stderr, "usage: tagger_bench ARTICLES.jsonl [ROUNDS]\n");
    return 2;
  }
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  std::vector<Article> articles;
  bench::read_articles(argv[1], [&](Article article) { articles.push_back(std::move(article)); });
  const auto start = processor_seconds();
  const auto authority = Authority::builtin();
  Tagger tagger(authority);
  std::printf("start-up                 %8.2f ms\n", (processor_seconds() - start) * 1e3);

  analysis::WordTable words;
  std::vector<tagger::TokenRun> runs;
  double bytes = 0;
  for (const auto& article : articles) {
    auto tokens = analysis::tokenize(article.title, words);
    const auto title_tokens = tokens.size();
    const auto body = analysis::tokenize(article.text, words);
    tokens.insert(tokens.end(), body.begin(), body.end());
    runs.push_back({article.title, article.text, std::move(tokens), title_tokens});
    bytes += static_cast<double>(article.title.size() + article.text.size());
  }
  const auto& image = authority.impl().image;
  tagger::Matcher matcher(image);
  tagger::Traits traits(image);
  double match_best = 1e9;
  double decide_best = 1e9;
  double whole_best = 1e9;
  std::size_t mentions = 0;
  for (int round = 0; round < rounds; ++round) {
    double match = 0;
    double decide = 0;
    mentions = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const auto before = processor_seconds();
      matcher.prepare(runs[i], words);
      const auto gaps = tagger::Matcher::gaps(runs[i]);
      const auto matches = matcher.find(runs[i], gaps);
      const auto between = processor_seconds();
      const tagger::Scene scene{image, matcher, runs[i], gaps};
      const auto decided = tagger::decide(scene, traits, matches, articles[i].date);
      mentions += decided.groups.size() + decided.places.size();
      mentions += tagger::find_candidates(scene, decided).size();
      match += between - before;
      decide += processor_seconds() - between;
    }
    match_best = std::min(match_best, match);
    decide_best = std::min(decide_best, decide);
    const auto before = processor_seconds();
    for (const auto& article : articles) tagger.tag(article.title, article.text, article.date);
    whole_best = std::min(whole_best, processor_seconds() - before);
  }
  std::printf("names found              %8.1f MB/s\n", bytes / 1e6 / match_best);
  std::printf("names decided            %8.1f MB/s\n", bytes / 1e6 / decide_best);
  std::printf("tags after analysis      %8.1f MB/s\n", bytes / 1e6 / (match_best + decide_best));
  std::printf("analysis, tags and dates %8.1f MB/s\n", bytes / 1e6 / whole_best);
  std::printf("%zu articles, %.1f MB, %zu mentions\n", articles.size(), bytes / 1e6, mentions);
  return 0;
}
