// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/words.h"
#include "fihris/authority.h"
#include "fihris/document.h"
#include "fihris/tagger.h"
#include "index/article_data.h"
#include "index/copies.h"
#include "index/part_postings.h"
#include "index/words_file.h"

namespace fihris::index {

/// The ids of an entity and of everything above it: parents, coalitions and theirs.
using TreeFunction = std::function<std::vector<std::string>(const Entity&)>;
/// `TreeFunction` of an authority.
TreeFunction tree_of(const Authority& authority);

/// The words of an article. They point into the WordTable that made them.
struct ArticleTokens {
  std::vector<analysis::TextToken> title, text;
  std::int32_t day = kNoDay;  ///< of its publication
};

/// What the articles of a part put into the index, beside their data.
struct PartContents {
  PartPostings postings;
  PartWords words;
};

/// Turns articles into terms, values, words and document data as schema.h lays down. One object a
/// thread: it remembers what it made of each written form, so that a running word costs an array
/// look-up.
class DocumentBuilder {
 public:
  DocumentBuilder(analysis::WordTable& words, TreeFunction tree);

  ArticleTokens tokenize(const Article& article);
  Signature signature(const ArticleTokens& tokens);
  /// Articles go into `contents` from now on. It outlives the calls that follow.
  void begin_part(PartContents& contents);
  /// Adds an article to the part and gives back its document data.
  /// \param part   name of the part
  /// \param group  group of near copies
  std::string build(const Article& article, const ArticleTokens& tokens, const ArticleTags& tags,
                    std::string_view part, std::uint64_t group);
  /// Adds the words of an article alone. \param places  of its entities, encoded
  void add_words(const Article& article, const ArticleTokens& tokens, std::string_view places);

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  /// What the index makes of a written form: computed once a part, but for the hash.
  struct Form {
    std::uint64_t hash = 0;
    bool hashed = false;
    std::uint32_t part = 0;      ///< that the numbers below belong to
    std::uint32_t word = kNone;  ///< in the word file
    std::uint32_t stem = kNone;
    std::uint32_t raw = kNone;
    std::uint32_t title = kNone;
    std::uint32_t lead = kNone;
  };
  Form& form(const analysis::Word& word);
  Form& numbered(const analysis::Word& word);
  void add_terms(const ArticleTokens& tokens);
  /// The places of the mentions go to `places`, by id.
  void add_entities(const std::vector<EntityTag>& tags, Facet facet, const ArticleTokens& tokens,
                    MentionPlaces& places);

  analysis::WordTable& words_;
  TreeFunction tree_;
  std::uint32_t generation_ = 0;
  std::vector<Form> forms_;  ///< by Word::id
  PartContents* contents_ = nullptr;
  std::uint32_t part_ = 0;  ///< counts parts
  std::unordered_map<std::string, std::vector<std::string>> trees_;
};

}  // namespace fihris::index
