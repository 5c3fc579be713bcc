// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fihris/document.h"
#include "fihris/search.h"
#include "query/plan.h"
#include "search/segment.h"

namespace fihris::search {

/// Chosen values of a facet as a plan.
struct Filter {
  FacetField field;
  query::Plan plan;
};

/// What is to be matched.
struct Request {
  const query::Compiled* compiled = nullptr;
  std::vector<Filter> filters;
};

/// A match: `document` is the id in the engine's combined database.
struct Match {
  Xapian::docid document = 0;
  double score = 0;
  std::uint64_t copies = 1;  ///< near copies that it stands for, itself among them
};

/// What is wanted of the matches.
struct Wanted {
  std::size_t count = 0;  ///< best matches
  SortBy sort = SortBy::relevance;
  std::size_t half_life = 60;  ///< days, for SortBy::both
  bool collapse = false;       ///< of near copies the first in the order stands for all
  std::vector<FacetRequest> facets;
};

struct Found {
  std::uint64_t total = 0;
  std::uint64_t distinct = 0;  ///< near copies counted once, with `collapse`; else the total
  std::vector<Match> best;
  std::vector<FacetCounts> facets;
};

/// What columns or value slots say of an article.
struct Facts {
  std::vector<std::string> factions, regions;  ///< ids of its tags
  std::string source;
  std::int32_t day = 0;  ///< of publication, or index::kNoDay
  std::vector<index::EventSpan> events;
};

/// Matches requests over one kind of indexes. There are two, with equal answers: one reads posting
/// lists and columns of local segments, the other asks Xapian with stock parts alone, which remote
/// shards understand. Belongs to one thread.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual const query::TermSource& terms() const = 0;
  virtual std::uint64_t documents() const = 0;
  /// Changes with every commit.
  virtual std::string revision() const = 0;
  virtual bool stale() const = 0;
  virtual Found search(const Request& request, const Wanted& wanted, Deadline& deadline) = 0;
  /// Calls `each` for all matches by document id.
  virtual void visit(const Request& request, Deadline& deadline,
                     const std::function<void(Xapian::docid, const Facts&)>& each) = 0;
  virtual Facts facts(Xapian::docid document) = 0;
  virtual Article article(Xapian::docid document) = 0;
  /// The live article with this id term.
  virtual std::optional<Xapian::docid> find(const std::string& id_term) = 0;
  /// What an article speaks of, with frequencies: the terms of its stem keys and of its entities.
  virtual std::vector<std::pair<std::string, std::uint32_t>> topics_of(Xapian::docid document) = 0;
  /// Positions of a term in an article, as `ArticleView` has them.
  virtual std::vector<std::uint32_t> positions_of(Xapian::docid document,
                                                  const std::string& term) = 0;
  /// Shards that were left out because they do not answer.
  virtual std::vector<std::string> failed() const { return {}; }
};

/// \throws Error{not_found, index_damaged, index_version}
std::unique_ptr<Engine> open_local(const std::vector<std::string>& paths,
                                   const Authority& authority);
/// \param paths    folders and remote addresses
/// \param partial  leave out remote shards that do not answer
/// \throws Error{not_found, remote, …}
std::unique_ptr<Engine> open_stock(const std::vector<std::string>& paths,
                                   const Authority& authority, bool partial);
/// True for "xapian://HOST:PORT" and "xapian-prog:…".
bool is_remote(std::string_view path);

}  // namespace fihris::search
