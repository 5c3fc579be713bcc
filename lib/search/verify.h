// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/words.h"
#include "fihris/document.h"
#include "query/plan.h"

namespace fihris::search {

/// What verification asks of one article. Positions are those of index/schema.h.
class ArticleView {
 public:
  virtual ~ArticleView() = default;
  /// Of a stem key, in the title alone with prefix::kTitle, of a folded form with prefix::kRaw, or
  /// of the mentions of an entity.
  virtual std::vector<std::uint32_t> positions(const std::string& term) = 0;
  /// Position of the last word of each sentence or paragraph.
  virtual std::vector<std::uint32_t> unit_ends(query::Unit unit) = 0;
  virtual bool has_term(const std::string& term) = 0;
  virtual std::int32_t day() = 0;  ///< of publication, index::kNoDay without one
  virtual Article article() = 0;
};

/// Words from first to last position, both included.
struct Span {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  // clang-tidy 14 sees a null pointer in what the compiler makes of this.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// Decides whether a candidate has words where a plan wants them. One object a thread.
class Verifier {
 public:
  /// True if the article matches `plan`, whatever it asks.
  bool matches(const query::Plan& plan, ArticleView& article);

 private:
  struct Units {
    std::vector<std::uint32_t> ends;  ///< position of the last word of each
    std::uint32_t of(std::uint32_t position) const;
  };
  struct StoredWord {
    std::uint32_t position;
    const analysis::Word* word;
  };
  bool evaluate(const query::Plan& plan, ArticleView& article);
  std::vector<Span> spans(const query::Plan& plan, ArticleView& article);
  std::vector<Span> near(const query::Plan& plan, ArticleView& article);
  std::vector<Span> sequence(const query::Plan& plan, ArticleView& article);
  std::vector<Span> scope(const query::Plan& plan, ArticleView& article);
  /// Which units fulfil `plan`: one flag a unit.
  std::vector<bool> units(const query::Plan& plan, const Units& all, ArticleView& article);
  const std::vector<StoredWord>& stored(ArticleView& article);

  analysis::WordTable words_;
  std::vector<StoredWord> stored_;
  bool have_stored_ = false;
};

}  // namespace fihris::search
