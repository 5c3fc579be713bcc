// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/words.h"
#include "fihris/search.h"
#include "query/plan.h"

namespace fihris::search {

/// What is marked in a text.
struct Marks {
  std::set<std::string> stems;
  std::set<std::string> foldeds;
  std::vector<query::PhraseWords> phrases;
  /// Names of entities that were asked for, as folded words, the article of the first one left out.
  std::vector<std::vector<std::string>> names;
};

/// Chooses and marks passages. One object a thread.
class SnippetMaker {
 public:
  /// The passages of `text` that hold most of what is marked, at most `bytes` long together; the
  /// beginning of the text if nothing is marked. Words are never cut.
  Snippet make(std::string_view text, const Marks& marks, std::size_t bytes);

 private:
  struct Match {
    std::size_t token;  ///< first token
    std::size_t last;   ///< last token
    std::uint32_t key;  ///< which mark, so that passages can be compared by how many they hold
  };
  std::vector<Match> find(const std::vector<analysis::TextToken>& tokens, const Marks& marks) const;
  analysis::WordTable words_;
};

}  // namespace fihris::search
