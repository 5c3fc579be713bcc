// SPDX-License-Identifier: GPL-2.0-or-later
// Builds an index from JSON Lines and prints what it cost, one figure a line.
//   index_bench INDEX ARTICLES.jsonl [--threads N] [--memory MB] [--times N] [--single N]
//   [--no-copies]
// --times N: the articles N times over, with changed ids and days. --single N: afterwards N
// articles one by one, each committed. --no-tags: without factions, regions and dates.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "bench/json_articles.h"
#include "index/build_document.h"
#include "index/index_writer.h"
#include "tagger/article_tagger.h"

namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processor_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The sentences of a text in another order, so that copies are other texts of the same words.
std::string shuffled(const std::string& text, unsigned seed) {
  std::vector<std::string> sentences;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find(". ", begin), text.size());
    sentences.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  unsigned state = seed * 2654435761u + 1;
  for (std::size_t i = sentences.size(); i > 1; --i) {
    state = state * 1664525u + 1013904223u;
    std::swap(sentences[i - 1], sentences[(state >> 8) % i]);
  }
  std::string joined;
  for (const auto& sentence : sentences) joined += sentence + ". ";
  return joined;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  fihris::IndexOptions options;
  unsigned times = 1;
  unsigned single = 0;
  bool tagged = true;
  for (int i = 3; i < argc; ++i) {
    const std::string flag = argv[i];
    const auto number = i + 1 < argc ? static_cast<unsigned>(std::atoi(argv[i + 1])) : 0;
    if (flag == "--threads") options.threads = number;
    if (flag == "--memory") options.memory_mb = number;
    if (flag == "--times") times = number;
    if (flag == "--single") single = number;
    if (flag == "--no-tags") tagged = false;
    if (flag == "--no-copies") options.group_copies = false;
  }
  std::vector<fihris::Article> articles;
  const double start = now();
  fihris::index::TagSource tags;
  if (tagged) {
    const auto authority = fihris::Authority::builtin();
    tags.make_tagger = [authority]() -> fihris::index::TagFunction {
      const auto tagger = std::make_shared<fihris::tagger::ArticleTagger>(
          authority, fihris::tagger::TagDetail::places_of_mentions);
      return [tagger](const fihris::Article& a, const fihris::index::ArticleTokens& tokens,
                      const fihris::analysis::WordTable& words) {
        return tagger->tag(a.title, tokens.title, a.text, tokens.text, words, a.date);
      };
    };
    tags.tree = fihris::index::tree_of(authority);
  }
  fihris::index::IndexWriter writer(argv[1], tags, options);
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
  for (unsigned round = 0; round < times; ++round) {
    fihris::bench::read_articles(argv[2], [&](fihris::Article article) {
      if (round > 0) {
        article.id += '-' + std::to_string(round);
        article.text = shuffled(article.text, round);
        if (article.date) {
          article.date =
              fihris::from_days(fihris::to_days(*article.date) + 30 * static_cast<int>(round));
        }
      }
      if (single > 0 && articles.size() < single) articles.push_back(article);
      bytes += article.text.size() + article.title.size();
      ++count;
      writer.add(std::move(article));
    });
  }
  const double added = now();
  writer.commit();
  const double built = now();
  const auto stats = writer.stats();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("articles %llu\ntext_mb %.1f\n", static_cast<unsigned long long>(count),
              static_cast<double>(bytes) / 1e6);
  std::printf("build_seconds %.2f\ncommit_seconds %.2f\nprocessor_seconds %.2f\npeak_mb %.0f\n",
              built - start, built - added, processor_seconds(RUSAGE_SELF),
              static_cast<double>(usage.ru_maxrss) / 1024);
  std::printf("index_mb %.1f\nterms %llu\n", static_cast<double>(stats.bytes) / 1e6,
              static_cast<unsigned long long>(stats.terms));
  std::vector<double> each;
  for (unsigned i = 0; i < single && i < articles.size(); ++i) {
    auto article = articles[i];
    article.id += "-single";
    const double begin = now();
    writer.add(std::move(article));
    writer.commit();
    each.push_back(1000 * (now() - begin));
  }
  if (!each.empty()) {
    std::sort(each.begin(), each.end());
    std::printf("single_add_ms_median %.1f\nsingle_add_ms_p95 %.1f\nsingle_add_ms_max %.1f\n",
                each[each.size() / 2], each[each.size() * 95 / 100], each.back());
    std::printf("segments %llu\n", static_cast<unsigned long long>(writer.stats().segments));
  }
  return 0;
}
