// SPDX-License-Identifier: GPL-2.0-or-later
// How fast articles are read: reader_bench [--as-is] [--keep-tails] FILE...; prints megabytes of
// the files and articles a second. The first line is with the files cold or warm as they are, the
// second with them warm.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "fihris/reader.h"

int main(int count, char** arguments) {
  fihris::ReaderOptions options;
  std::vector<std::string> files;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--as-is") == 0) {
      options.clean = false;
    } else if (std::strcmp(arguments[i], "--keep-tails") == 0) {
      options.set_tails_apart = false;
    } else {
      files.emplace_back(arguments[i]);
    }
  }
  for (int round = 0; round < 2; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    fihris::ArticleReader reader(files, options);
    std::size_t articles = 0;
    std::size_t faults = 0;
    reader.on_fault([&](const fihris::ReadFault&) { ++faults; });
    while (reader.next()) ++articles;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%zu articles, %zu faults, %.1f MB in %.3f s: %.0f MB/s, %.0f articles/s\n",
                articles, faults, static_cast<double>(reader.bytes_read()) / 1e6, seconds,
                static_cast<double>(reader.bytes_read()) / 1e6 / seconds,
                static_cast<double>(articles) / seconds);
  }
  return 0;
}
