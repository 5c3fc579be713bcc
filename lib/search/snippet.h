// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/words.h"
#include "fihris/search.h"
#include "query/plan.h"

namespace fihris::search {

/// A name of an entity as stem keys.
using NameStems = std::vector<std::string>;

/// An entity that is marked where a text mentions it.
struct Mention {
  std::size_t token;    ///< where a mention begins
  std::uint32_t asked;  ///< a number for what was asked for: a country and its towns have one
  const std::vector<NameStems>* names;  ///< of the entity: how far the mention goes
};

/// Chooses and marks passages. One object a thread.
class SnippetMaker {
 public:
  /// The passages of `text` that hold most of what is marked, at most `bytes` long together; the
  /// beginning of the text if nothing is marked. Words are never cut. \param mentions  by token
  Snippet make(std::string_view text, const query::Compiled& marks,
               const std::vector<Mention>& mentions, std::size_t bytes);

 private:
  struct Match {
    std::size_t token;  ///< first token
    std::size_t last;   ///< last token
    std::uint32_t key;  ///< which mark, so that passages can be compared by how many they hold
  };
  std::vector<Match> find(const std::vector<analysis::TextToken>& tokens,
                          const query::Compiled& marks, const std::vector<Mention>& mentions) const;
  analysis::WordTable words_;
};

}  // namespace fihris::search
