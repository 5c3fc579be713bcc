// SPDX-License-Identifier: GPL-2.0-or-later
// Speed of the analysis on one core, beside Xapian's Snowball stemmer in the same run.
// usage: analysis-bench TEXT.txt [ROUNDS]
#include <xapian.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <unordered_set>
#include <vector>

#include "analysis/stem.h"
#include "analysis/words.h"
#include "fihris/analysis.h"

namespace {

/// Shortest time of some rounds, in seconds.
template <class Body>
double best_of(int rounds, Body&& body) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::clock();  // time of this process, whatever else runs
    body();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: analysis-bench TEXT.txt [ROUNDS]\n", stderr);
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 3;
  using fihris::analysis::WordTable;

  WordTable known;
  const auto tokens = fihris::analysis::tokenize(text, known);
  std::vector<std::string> running;
  std::unordered_set<const fihris::analysis::Word*> seen;
  std::vector<const fihris::analysis::Word*> distinct;
  for (const auto& token : tokens) {
    if (token.word->kind != fihris::TokenKind::arabic) continue;
    running.emplace_back(token.word->light);
    if (seen.insert(token.word).second) distinct.push_back(token.word);
  }
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  const auto words = static_cast<double>(running.size());
  std::printf("text %.1f MB, %zu words, %zu Arabic, %zu distinct\n", megabytes, tokens.size(),
              running.size(), distinct.size());

  std::size_t sink = 0;
  const double cold = best_of(rounds, [&] {
    WordTable table;
    sink += fihris::analysis::tokenize(text, table).size();
  });
  const double warm =
      best_of(rounds, [&] { sink += fihris::analysis::tokenize(text, known).size(); });
  const double units =
      best_of(rounds, [&] { sink += fihris::analysis::find_units(text, tokens).sentence.size(); });
  const Xapian::Stem snowball("arabic");
  const double xapian = best_of(rounds, [&] {
    for (const auto& word : running) sink += snowball(word).size();
  });
  const double table = best_of(rounds, [&] {
    WordTable fresh;
    for (const auto& word : running) sink += fresh.get(word).stem.size();
  });
  std::string buffer;
  const double bare = best_of(rounds, [&] {
    for (const auto* word : distinct) {
      sink +=
          fihris::analysis::stem_word(word->light, word->folded, word->kind, buffer).stem.size();
    }
  });
  const double bare_xapian = best_of(rounds, [&] {
    for (const auto* word : distinct) sink += snowball(std::string(word->light)).size();
  });
  std::printf("analysis, empty table     %8.1f MB/s\n", megabytes / cold);
  std::printf("analysis, filled table    %8.1f MB/s\n", megabytes / warm);
  std::printf("sentences and paragraphs  %8.1f MB/s\n", megabytes / units);
  std::printf("stems of running text, empty table  %6.2f M/s; Snowball %6.2f M/s; ratio %.2f\n",
              words / table / 1e6, words / xapian / 1e6, xapian / table);
  const auto count = static_cast<double>(distinct.size());
  std::printf("stems of distinct words, no table   %6.2f M/s; Snowball %6.2f M/s; ratio %.2f\n",
              count / bare / 1e6, count / bare_xapian / 1e6, bare_xapian / bare);
  return sink == 0 ? 1 : 0;
}
