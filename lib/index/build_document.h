// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/words.h"
#include "fihris/authority.h"
#include "fihris/document.h"
#include "fihris/tagger.h"
#include "index/copies.h"

namespace fihris::index {

/// The ids of an entity and of everything above it: parents, coalitions and theirs.
using TreeFunction = std::function<std::vector<std::string>(const Entity&)>;
/// `TreeFunction` of an authority.
TreeFunction tree_of(const Authority& authority);

/// The words of an article. They point into the WordTable that made them.
struct ArticleTokens {
  std::vector<analysis::TextToken> title, text;
};

/// Turns articles into Xapian documents as schema.h lays down. One object a thread: it numbers the
/// stems and spellings it has met, so that a running word costs an array look-up.
class DocumentBuilder {
 public:
  DocumentBuilder(analysis::WordTable& words, TreeFunction tree);

  ArticleTokens tokenize(const Article& article);
  Signature signature(const ArticleTokens& tokens);
  /// \param part   name of the part that the document is written to
  /// \param group  group of near copies
  Xapian::Document build(const Article& article, const ArticleTokens& tokens,
                         const ArticleTags& tags, std::string_view part, std::uint64_t group);

 private:
  /// What the index makes of a written form: computed once.
  struct Form {
    std::string stem;
    std::string raw;  ///< the folded form with its prefix
    std::uint64_t hash;
    std::uint32_t stem_number;
    bool known = false;
  };
  const Form& form(const analysis::Word& word);
  void add_words(Xapian::Document& document, const ArticleTokens& tokens);
  void add_units(Xapian::Document& document, const Article& article, const ArticleTokens& tokens);
  void add_entities(Xapian::Document& document, const std::vector<EntityTag>& tags, Facet facet,
                    const ArticleTokens& tokens);

  analysis::WordTable& words_;
  TreeFunction tree_;
  std::uint32_t generation_ = 0;
  std::vector<Form> forms_;  ///< by Word::id
  std::unordered_map<std::string, std::uint32_t> stem_numbers_;
  std::vector<std::string> stems_;  ///< by number
  std::unordered_map<std::string, std::vector<std::string>> trees_;
  struct Place {
    std::uint32_t stem;
    std::uint32_t position;
  };
  std::vector<Place> places_;
  std::vector<std::uint32_t> ids_;
};

}  // namespace fihris::index
