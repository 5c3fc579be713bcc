// SPDX-License-Identifier: GPL-2.0-or-later
// One thread writes, two search what is committed; nobody waits for anybody: live ARTICLES.jsonl
// INDEX
#include <fihris/error.h>
#include <fihris/index.h>
#include <fihris/reader.h>
#include <fihris/search.h>

#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

int main(int count, char** words) {
  if (count != 3) return 2;
  const auto authority = fihris::Authority::builtin();  // shared by all threads
  fihris::Indexer indexer(words[2], authority);
  indexer.commit();  // so that there is an index to open

  std::atomic<bool> done{false};
  std::atomic<bool> grew{true};
  const auto ask = [&] {
    fihris::Searcher searcher({words[2]}, authority);  // one for each thread
    const auto query = fihris::Query::parse("سوريا", authority);
    std::uint64_t seen = 0;
    for (bool last = false; !last;) {
      last = done;        // one more round after the last commit
      searcher.reopen();  // cheap: nothing happens unless something was committed
      const auto total = searcher.search(query).total;
      if (total < seen) grew = false;
      seen = total;
    }
    std::cout << "found " + std::to_string(seen) + "\n";
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back(ask);

  fihris::ArticleReader reader({words[1]});
  int added = 0;
  while (auto next = reader.next()) {
    indexer.add(std::move(next->first));
    if (++added % 50 == 0) indexer.commit();  // the searchers see fifty more, all at once
  }
  indexer.commit();
  done = true;
  for (auto& thread : threads) thread.join();
  std::cout << added << " articles in " << indexer.stats().segments << " segments\n";
  return grew ? 0 : 1;
}
