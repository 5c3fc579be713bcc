// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analysis/words.h"
#include "fihris/authority.h"
#include "fihris/tagger.h"
#include "tagger/match.h"
#include "tagger/scene.h"
#include "timex/reader.h"

namespace fihris::tagger {

/// How much of a tag is filled in.
enum class TagDetail : unsigned char {
  all,
  /// Of entities facet, id and coordinates, of mentions field, begin and end; no candidates. What
  /// an index needs; the names of an entity cost more than finding it.
  places_of_mentions,
};

/// The tagger for who has the words of an article already: `Tagger` itself, and the indexer. Keeps
/// what it has learnt of the words of one WordTable: one object a table and thread.
class ArticleTagger {
 public:
  explicit ArticleTagger(Authority authority, TagDetail detail = TagDetail::all);

  /// \param title_tokens, text_tokens  `analysis::tokenize` of title and text with `words`, not
  /// trimmed since.
  ArticleTags tag(std::string_view title, const std::vector<analysis::TextToken>& title_tokens,
                  std::string_view text, const std::vector<analysis::TextToken>& text_tokens,
                  const analysis::WordTable& words, const std::optional<Date>& published);

 private:
  Authority authority_;
  TagDetail detail_;
  Matcher matcher_;
  Traits traits_;
  timex::TokenReader dates_;
};

}  // namespace fihris::tagger
