// SPDX-License-Identifier: GPL-2.0-or-later
// Answers while a person types: every line of input is what stands in the search box by now.
// as_you_type INDEX < LINES
#include <fihris/error.h>
#include <fihris/search.h>

#include <chrono>
#include <iostream>

int main(int count, char** words) {
  if (count != 2) return 2;
  fihris::Searcher searcher({words[1]});
  fihris::QueryOptions all;
  all.match = fihris::QueryOptions::Match::all;
  fihris::SearchOptions options;
  options.limit = 3;
  options.suggest = false;
  options.deadline = std::chrono::milliseconds(1000);  // an answer that is late is none

  for (std::string typed; std::getline(std::cin, typed);) {
    // The last word may be unfinished: its beginning counts too, once it has three letters.
    const auto space = typed.rfind(' ');
    const auto last = space == std::string::npos ? typed : typed.substr(space + 1);
    std::string text = typed;
    if (last.size() >= 6)
      text = typed.substr(0, typed.size() - last.size()) + "(" + last + " | " + last + "*)";
    try {
      const auto query = fihris::Query::parse(text, searcher.authority(), all);
      const auto results = searcher.search(query, options);
      std::cout << "«" << typed << "» " << results.total << '\n';
      for (const auto& hit : results.hits) std::cout << "  " << hit.title_snippet.html() << '\n';
    } catch (const fihris::Error& error) {
      if (error.code() != fihris::ErrorCode::limit) throw;
    }
  }
}
