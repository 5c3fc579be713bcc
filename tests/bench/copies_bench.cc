// SPDX-License-Identifier: GPL-2.0-or-later
// Groups the articles of a JSON Lines file as indexing does, and compares with the exact share of
// common three-stem sequences (Jaccard) of all pairs. Of what `fihris export` writes it makes the
// groups of that index.
//   copies_bench ARTICLES.jsonl [--sample N [SEED]]
// --sample N: one pair by chance of each of N groups by chance, to be read: similarity and ids.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "bench/json_articles.h"
#include "index/build_document.h"
#include "index/schema.h"

namespace {

using fihris::index::CopyGrouper;

struct Pair {
  std::uint32_t earlier, later;
  double similarity;
};

/// The sequences of each article, as sorted hashes; none of texts that are too short for a group.
std::vector<std::uint64_t> sequences_of(const fihris::index::ArticleTokens& tokens) {
  std::vector<std::uint64_t> stems;
  for (const auto& token : tokens.text) {
    stems.push_back(fihris::fnv1a(fihris::index::bounded_term("", token.word->stem)));
  }
  std::vector<std::uint64_t> hashes;
  for (std::size_t i = 2; i < stems.size(); ++i) {
    hashes.push_back(fihris::fnv1a({reinterpret_cast<const char*>(&stems[i - 2]), 24}));
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

/// All pairs that have a sequence in common.
std::vector<Pair> similar_pairs(const std::vector<std::vector<std::uint64_t>>& sequences,
                                double least) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> all;
  for (std::uint32_t i = 0; i < sequences.size(); ++i) {
    for (const auto hash : sequences[i]) all.emplace_back(hash, i);
  }
  std::sort(all.begin(), all.end());
  std::vector<Pair> found;
  std::vector<std::uint32_t> common(sequences.size());
  std::vector<std::uint32_t> touched;
  for (std::uint32_t i = 0; i < sequences.size(); ++i) {
    for (const auto hash : sequences[i]) {
      auto it = std::lower_bound(all.begin(), all.end(), std::pair{hash, std::uint32_t{0}});
      for (; it->second < i; ++it) {
        if (common[it->second]++ == 0) touched.push_back(it->second);
      }
    }
    for (const auto j : touched) {
      const double both = common[j];
      const double similarity =
          both / (static_cast<double>(sequences[i].size() + sequences[j].size()) - both);
      if (similarity >= least) found.push_back({j, i, similarity});
      common[j] = 0;
    }
    touched.clear();
  }
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const bool sampled = argc > 3 && std::string(argv[2]) == "--sample";
  fihris::analysis::WordTable words;
  fihris::index::DocumentBuilder builder(words, {});
  CopyGrouper grouper;
  std::vector<std::string> ids;
  std::vector<std::uint32_t> groups;  ///< number of the first article
  std::vector<std::vector<std::uint64_t>> sequences;
  fihris::bench::read_articles(argv[1], [&](const fihris::Article& article) {
    words.trim();
    const auto tokens = builder.tokenize(article);
    const auto signature = builder.signature(tokens);
    groups.push_back(static_cast<std::uint32_t>(grouper.assign(signature, ids.size())));
    const bool grouped = similarity(signature, signature) > 0;
    sequences.push_back(grouped ? sequences_of(tokens) : std::vector<std::uint64_t>{});
    ids.push_back(article.id);
  });

  std::map<std::uint32_t, std::vector<std::uint32_t>> members;
  for (std::uint32_t i = 0; i < groups.size(); ++i) members[groups[i]].push_back(i);
  std::erase_if(members, [](const auto& group) { return group.second.size() < 2; });
  std::size_t articles = 0;
  std::size_t pairs = 0;
  for (const auto& [first, group] : members) {
    articles += group.size();
    pairs += group.size() * (group.size() - 1) / 2;
  }
  std::printf("groups %zu\narticles in groups %zu\npairs in groups %zu\n", members.size(), articles,
              pairs);

  const auto similar = similar_pairs(sequences, 0.4);
  for (const double from : {0.5, 0.6, 0.7, 0.8, 0.9}) {
    std::size_t all = 0;
    std::size_t together = 0;
    for (const auto& pair : similar) {
      if (pair.similarity < from) continue;
      ++all;
      together += groups[pair.earlier] == groups[pair.later] ? 1 : 0;
    }
    std::printf("pairs from %.1f: %zu, in one group %zu (%.3f)\n", from, all, together,
                all > 0 ? static_cast<double>(together) / static_cast<double>(all) : 0);
  }
  for (const double under : {0.6, 0.5, 0.4}) {
    auto left = pairs;
    for (const auto& pair : similar) {
      if (pair.similarity >= under && groups[pair.earlier] == groups[pair.later]) --left;
    }
    std::printf("pairs in groups under %.1f: %zu\n", under, left);
  }

  if (!sampled) return 0;
  std::mt19937 random(argc > 4 ? static_cast<unsigned>(std::atoi(argv[4])) : 1);
  std::vector<std::vector<std::uint32_t>> drawn;
  for (const auto& [first, group] : members) drawn.push_back(group);
  // Not std::shuffle: what that makes of a seed depends on the library.
  const auto shuffle = [&](auto& list, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      std::swap(list[i], list[i + random() % (list.size() - i)]);
    }
  };
  const auto count = std::min(drawn.size(), static_cast<std::size_t>(std::atoi(argv[3])));
  shuffle(drawn, count);
  for (std::size_t i = 0; i < count; ++i) {
    shuffle(drawn[i], 2);
    const auto [a, b] = std::minmax(drawn[i][0], drawn[i][1]);
    const auto pair = std::find_if(similar.begin(), similar.end(), [a = a, b = b](const Pair& p) {
      return p.earlier == a && p.later == b;
    });
    std::printf("%.2f\t%s\t%s\n", pair == similar.end() ? 0 : pair->similarity, ids[a].c_str(),
                ids[b].c_str());
  }
}
