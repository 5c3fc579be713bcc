// SPDX-License-Identifier: GPL-2.0-or-later
// Speed of the date reader on one core, after tokenisation and with it.
// usage: timex_bench TEXT.txt [ROUNDS]; the text is read in pieces of an article's length.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "timex/reader.h"

namespace {

constexpr std::size_t kPiece = 4000;  ///< bytes, about an article of the news

/// Shortest time of some rounds, in seconds of this process.
template <class Body>
double best_of(int rounds, Body&& body) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::clock();
    body();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: timex_bench TEXT.txt [ROUNDS]\n", stderr);
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
  const fihris::Date published{2015, 8, 10};

  struct Piece {
    std::string_view text;
    std::vector<fihris::analysis::TextToken> tokens;
  };
  std::vector<Piece> pieces;
  fihris::analysis::WordTable words;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find('\n', std::min(at + kPiece, text.size())), text.size());
    const auto part = std::string_view(text).substr(at, end - at);
    pieces.push_back({part, fihris::analysis::tokenize(part, words)});
    count += pieces.back().tokens.size();
    at = end + 1;
  }
  fihris::timex::TokenReader reader;
  std::size_t found = 0;
  const double reading = best_of(rounds, [&] {
    found = 0;
    for (const auto& piece : pieces) {
      found += reader.read(piece.text, piece.tokens, words, published).size();
    }
  });
  const double both = best_of(rounds, [&] {
    for (const auto& piece : pieces) {
      const auto tokens = fihris::analysis::tokenize(piece.text, words);
      reader.read(piece.text, tokens, words, published);
    }
  });
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  std::printf("text %.1f MB, %zu words, %zu distinct, %zu expressions\n", megabytes, count,
              words.size(), found);
  std::printf("after tokenisation %.1f MB/s, with it %.1f MB/s\n", megabytes / reading,
              megabytes / both);
  return 0;
}
