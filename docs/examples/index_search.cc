// SPDX-License-Identifier: GPL-2.0-or-later
// Index articles and search them, in one page: index_search ARTICLES.jsonl INDEX QUERY
#include <fihris/error.h>
#include <fihris/index.h>
#include <fihris/reader.h>
#include <fihris/search.h>

#include <iostream>

int main(int count, char** words) {
  if (count != 4) return 2;
  try {
    const auto authority = fihris::Authority::builtin();
    {
      fihris::Indexer indexer(words[2], authority);
      fihris::ArticleReader reader({words[1]});
      reader.on_fault([](const fihris::ReadFault& fault) {
        std::cerr << fault.origin.str() << ": " << fault.message << '\n';
      });
      while (auto next = reader.next()) indexer.add(std::move(next->first));
      indexer.commit();  // from here on visible, and safe
    }
    fihris::Searcher searcher({words[2]}, authority);
    fihris::SearchOptions options;
    options.limit = 3;
    fihris::FacetRequest factions;  // the default facet
    factions.top = 3;
    options.facets = {factions};

    const auto query = fihris::Query::parse(words[3], authority);
    const auto results = searcher.search(query, options);
    std::cout << results.total << " of " << searcher.documents() << " articles\n";
    for (const auto& hit : results.hits) {
      std::cout << hit.rank << ". " << hit.title << " (" << (hit.date ? to_iso(*hit.date) : "")
                << ")\n   " << hit.snippet.html() << '\n';
    }
    for (const auto& value : results.facets[0].values) {
      std::cout << value.count << '\t' << value.id << '\t' << value.ar << '\n';
    }
    return results.total > 0 ? 0 : 1;
  } catch (const fihris::Error& error) {
    std::cerr << error_name(error.code()) << ": " << error.what() << '\n' << error.hint() << '\n';
    return 3;
  }
}
