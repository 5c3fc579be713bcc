// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fihris/search.h"
#include "query/query_impl.h"
#include "search/engine.h"
#include "search/filters.h"
#include "search/snippet.h"

namespace fihris {

struct Searcher::Impl {
  Impl(std::vector<std::string> all, Authority entities);
  void open(bool leave_out_dead);

  struct Ran {
    query::Compiled compiled;
    search::Found found;
    bool any = false;  ///< alternatives were taken because nothing had all words
  };
  query::Compiled compile(const Query& query, bool any) const;
  /// What `QueryOptions::Match::automatic` does where no article has all words.
  enum class IfNone : unsigned char { any, nothing };
  Ran run(const Query& query, const SearchOptions& options, const search::Wanted& wanted,
          search::Deadline& deadline, IfNone if_none = IfNone::any);
  std::uint64_t each(const Query& query, const SearchOptions& options, IfNone if_none,
                     const std::function<bool(const Hit&)>& each);
  /// What is marked in hits. What it is made of has to outlive it.
  struct Marks {
    const query::Compiled& words;
    /// Terms of entities whose mentions are marked, with a number for each part of the query.
    std::unordered_map<std::string_view, std::uint32_t> mentions;
  };
  static Marks marks(const query::Compiled& compiled);
  Hit hit(const search::Match& match, std::uint64_t rank, const Marks& marks,
          const SearchOptions& options);
  /// All names of an entity, kept once they were asked for.
  const std::vector<search::NameStems>& names_of(Facet facet, const std::string& id);
  /// How a folded form is most often written in the first articles that hold it.
  std::string usual_spelling(const std::string& folded, search::Deadline& deadline);
  SearchResults search(const Query& query, const SearchOptions& options);
  SearchResults more_like(std::string_view id, const SearchOptions& options);
  /// Calls `each` with what columns say of every match.
  void visit(const Query& query, const SearchOptions& options,
             const std::function<void(Xapian::docid, const search::Facts&)>& each);

  std::vector<std::string> paths;
  Authority authority;
  bool remote = false;
  bool partial = false;
  std::unique_ptr<search::Engine> engine;
  search::SnippetMaker snippets;
  std::map<std::pair<Facet, std::string>, std::vector<search::NameStems>> entity_names;
};

}  // namespace fihris
