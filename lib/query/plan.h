// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/words.h"
#include "fihris/query.h"
#include "query/ast.h"

namespace fihris::query {

/// What a part of a compiled query does.
enum class Op : unsigned char {
  nothing,     ///< no article
  everything,  ///< every article
  term,        ///< articles with `terms`, any of them; places are the positions of these terms
  entity,      ///< articles with `terms`; places are the positions of `place_terms`
  stored,  ///< articles with `terms`, any of them, one of which stands in the stored text in one of
           ///< the spellings `spellings`
  days,    ///< articles published within `days`
  all,
  any,
  negation,  ///< all but those of its child
  sequence,  ///< children at consecutive words
  near,      ///< children within `distance` words
  scope,     ///< children in one sentence or paragraph
};

/// A query in terms of an index: which articles match. Operators below `sequence`, `near` and
/// `scope` are about places within an article; candidates come from terms, then each is verified.
struct Plan {
  Op op = Op::nothing;
  std::vector<std::string> terms;
  std::vector<std::string> place_terms;
  std::set<std::string> spellings;  ///< folded forms, or visible ones for Form::written
  Form form = Form::stem;
  Field field = Field::any;  ///< title or text: only places there count
  DayRange days;
  int distance = 0;
  bool ordered = false;
  bool placeless = false;  ///< a term that says something of the whole article
  Unit unit = Unit::sentence;
  std::vector<Plan> children;

  /// True if terms alone do not decide whether an article matches.
  bool verified() const {
    return op == Op::sequence || op == Op::near || op == Op::scope ||
           (op == Op::stored && (form == Form::written || field != Field::any)) ||
           (op == Op::term && field == Field::text);
  }
};

/// A term that raises the rank of a match: BM25 times `scale`.
struct Leaf {
  std::string term;
  double scale = 1;
};

/// What a word of the query became, for a reader.
struct Expansion {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string what;  ///< "prefix", "fuzzy", "stem" …
  std::vector<std::string> terms;
};

/// The words of a phrase, by stem key or by folded form.
struct PhraseWords {
  std::vector<std::string> words;
  bool folded = false;
};

struct Compiled {
  Plan plan;
  std::vector<Leaf> leaves;  ///< by term, no term twice
  std::vector<Expansion> expansions;
  std::vector<QueryWarning> warnings;
  std::set<std::string> stems;       ///< words with these keys are marked in snippets
  std::set<std::string> foldeds;     ///< and words with these folded forms
  std::vector<PhraseWords> phrases;  ///< and words that stand one after another
};

/// What compiling has to know of an index. Implemented by search/.
class TermSource {
 public:
  struct Entry {
    std::string term;
    std::uint32_t documents;
  };
  struct Place {
    std::string term;  ///< prefix::kRegion and id
    double lat, lon;
  };
  /// A folded form that looks like another.
  struct Related {
    std::string form;
    std::uint32_t documents;
    double likeness;  ///< 0.5 to 1
  };
  virtual ~TermSource() = default;
  /// All terms that begin with `prefix`, in byte order. The reference is good until the source
  /// changes.
  virtual const std::vector<Entry>& with_prefix(const std::string& prefix) const = 0;
  /// Articles with the term.
  virtual std::uint32_t documents(const std::string& term) const = 0;
  /// A stem key of the index.
  struct Akin {
    std::string stem;
    std::uint32_t documents;
  };
  /// Stem keys that have this skeleton, the most frequent first, at least two; else none. The
  /// reference is good until the source changes.
  virtual const std::vector<Akin>& akin(std::string_view skeleton) const = 0;
  /// At most `most` folded forms that look like `folded`, likest first.
  virtual std::vector<Related> related(std::string_view folded, std::size_t most) const = 0;
  /// All articles.
  virtual std::uint64_t all_documents() const = 0;
  /// Words met in queries so far, so that they need not be analysed again.
  virtual analysis::WordTable& words() const = 0;
  /// The tagged settlements that have coordinates.
  virtual const std::vector<Place>& places() const = 0;
};

}  // namespace fihris::query
