// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/build_document.h"

#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/utf8.h"
#include "fihris/analysis.h"
#include "index/article_data.h"
#include "index/schema.h"
#include "index/tag_field.h"

namespace fihris::index {
namespace {

/// The last position that a word of the title can have: the text begins after a gap, so that no
/// phrase runs from one to the other.
constexpr std::uint32_t kTitleEnd = kTextStart - 100;
constexpr std::size_t kMentionsOfTopic = 3;  ///< from here on an article is about an entity

void add_values(std::string& joined, std::string_view value) {
  if (!joined.empty()) joined += '\n';
  joined += value;
}

/// Position of the first token that reaches behind `begin`; 0 if none does.
std::uint32_t position_of(const std::vector<analysis::TextToken>& tokens, std::size_t begin,
                          std::uint32_t first) {
  const auto found = std::partition_point(tokens.begin(), tokens.end(),
                                          [&](const auto& token) { return token.end <= begin; });
  if (found == tokens.end()) return 0;
  return first + static_cast<std::uint32_t>(found - tokens.begin());
}

std::uint32_t position_of(const Mention& mention, const ArticleTokens& tokens) {
  if (mention.field == TextField::text) return position_of(tokens.text, mention.begin, kTextStart);
  const auto position = position_of(tokens.title, mention.begin, 1);
  return position <= kTitleEnd ? position : 0;
}

/// "ar" if at least half of the words are Arabic, else nothing can be said.
std::string_view language_of(const ArticleTokens& tokens) {
  std::size_t arabic = 0;
  for (const auto* field : {&tokens.title, &tokens.text}) {
    for (const auto& token : *field) arabic += token.word->kind == TokenKind::arabic ? 1 : 0;
  }
  const auto all = tokens.title.size() + tokens.text.size();
  return all > 0 && arabic * 2 >= all ? "ar" : "";
}

}  // namespace

TreeFunction tree_of(const Authority& authority) {
  return [authority](const Entity& entity) {
    auto tree = authority.ancestors(entity.facet, entity.id);
    tree.push_back(entity.id);
    std::sort(tree.begin(), tree.end());
    return tree;
  };
}

DocumentBuilder::DocumentBuilder(analysis::WordTable& words, TreeFunction tree)
    : words_(words), tree_(std::move(tree)), generation_(words.generation()) {}

const DocumentBuilder::Form& DocumentBuilder::form(const analysis::Word& word) {
  if (word.id >= forms_.size()) forms_.resize(word.id + 1 + forms_.size() / 2);
  auto& form = forms_[word.id];
  if (form.known) return form;
  form.known = true;
  form.stem = bounded_term("", word.stem);
  form.raw = bounded_term(prefix::kRaw, word.folded);
  form.hash = fnv1a(form.stem);
  const auto [at, added] =
      stem_numbers_.emplace(form.stem, static_cast<std::uint32_t>(stems_.size()));
  if (added) stems_.push_back(form.stem);
  form.stem_number = at->second;
  return form;
}

ArticleTokens DocumentBuilder::tokenize(const Article& article) {
  if (words_.generation() != generation_) {
    generation_ = words_.generation();
    forms_.clear();
    stem_numbers_.clear();
    stems_.clear();
  }
  return {analysis::tokenize(article.title, words_), analysis::tokenize(article.text, words_)};
}

Signature DocumentBuilder::signature(const ArticleTokens& tokens) {
  std::vector<std::uint64_t> stems;
  stems.reserve(tokens.text.size());
  for (const auto& token : tokens.text) stems.push_back(form(*token.word).hash);
  return make_signature(stems);
}

void DocumentBuilder::add_words(Xapian::Document& document, const ArticleTokens& tokens) {
  places_.clear();
  ids_.clear();
  std::uint32_t position = 0;
  for (const auto& token : tokens.title) {
    const auto& known = form(*token.word);
    ids_.push_back(token.word->id);
    position = std::min(position + 1, kTitleEnd);
    if (!known.stem.empty()) {
      places_.push_back({known.stem_number, position});
      document.add_posting(bounded_term(prefix::kTitle, known.stem), position);
    }
  }
  position = kTextStart;
  for (const auto& token : tokens.text) {
    const auto& known = form(*token.word);
    ids_.push_back(token.word->id);
    if (!known.stem.empty()) places_.push_back({known.stem_number, position});
    if (!known.stem.empty() && !token.word->stop && position < kTextStart + kLeadWords) {
      document.add_term(bounded_term(prefix::kLead, known.stem));
    }
    ++position;
  }
  std::stable_sort(places_.begin(), places_.end(),
                   [](const Place& a, const Place& b) { return a.stem < b.stem; });
  for (const auto& place : places_) document.add_posting(stems_[place.stem], place.position);
  std::sort(ids_.begin(), ids_.end());
  for (std::size_t i = 0; i < ids_.size();) {
    std::size_t end = i;
    while (end < ids_.size() && ids_[end] == ids_[i]) ++end;
    const auto& raw = forms_[ids_[i]].raw;
    if (raw.size() > prefix::kRaw.size()) {
      document.add_term(raw, static_cast<Xapian::termcount>(end - i));
    }
    i = end;
  }
}

void DocumentBuilder::add_units(Xapian::Document& document, const Article& article,
                                const ArticleTokens& tokens) {
  // The title is a sentence and a paragraph of its own.
  const auto mark = [&](std::string_view term, std::uint32_t position) {
    document.add_posting(std::string(term), position, 0);
  };
  if (!tokens.title.empty()) {
    const auto last = std::min(static_cast<std::uint32_t>(tokens.title.size()), kTitleEnd);
    mark(prefix::kSentenceEnd, last);
    mark(prefix::kParagraphEnd, last);
  }
  const auto units = analysis::find_units(article.text, tokens.text);
  for (std::size_t i = 0; i < tokens.text.size(); ++i) {
    const bool last = i + 1 == tokens.text.size();
    const auto position = kTextStart + static_cast<std::uint32_t>(i);
    if (last || units.sentence[i] != units.sentence[i + 1]) mark(prefix::kSentenceEnd, position);
    if (last || units.paragraph[i] != units.paragraph[i + 1]) mark(prefix::kParagraphEnd, position);
  }
}

void DocumentBuilder::add_entities(Xapian::Document& document, const std::vector<EntityTag>& tags,
                                   Facet facet, const ArticleTokens& tokens) {
  const bool faction = facet == Facet::faction;
  std::string values;
  Xapian::LatLongCoords points;
  for (const auto& tag : tags) {
    const auto& id = tag.entity.id;
    add_values(values, id);
    const auto term = bounded_term(faction ? prefix::kFaction : prefix::kRegion, id);
    document.add_term(term, static_cast<Xapian::termcount>(tag.mentions.size()));
    bool in_title = false;
    for (const auto& mention : tag.mentions) {
      in_title = in_title || mention.field == TextField::title;
      const auto position = position_of(mention, tokens);
      if (position > 0) document.add_posting(term, position, 0);
    }
    if (in_title || tag.mentions.size() >= kMentionsOfTopic) {
      document.add_boolean_term(
          bounded_term(faction ? prefix::kFactionAbout : prefix::kRegionAbout, id));
    }
    auto& above = trees_[(faction ? "f" : "r") + id];
    if (above.empty()) above = tree_(tag.entity);
    for (const auto& each : above) {
      document.add_boolean_term(
          bounded_term(faction ? prefix::kFactionTree : prefix::kRegionTree, each));
    }
    if (!faction && tag.entity.lat && tag.entity.lon) {
      points.append(Xapian::LatLongCoord(*tag.entity.lat, *tag.entity.lon));
    }
  }
  if (tags.empty()) return;
  document.add_value(faction ? kSlotFactions : kSlotRegions, values);
  if (!points.empty()) document.add_value(kSlotPoints, points.serialise());
}

Xapian::Document DocumentBuilder::build(const Article& article, const ArticleTokens& tokens,
                                        const ArticleTags& tags, std::string_view part,
                                        std::uint64_t group) {
  Xapian::Document document;
  document.set_data(encode_article(article));
  document.add_boolean_term(id_term(article.id));
  document.add_boolean_term(bounded_term(prefix::kPart, part));
  document.add_value(kSlotGroup, hex64(group));
  add_words(document, tokens);
  add_units(document, article, tokens);
  add_entities(document, tags.factions, Facet::faction, tokens);
  add_entities(document, tags.regions, Facet::region, tokens);

  const auto has = [&](std::string_view field) {
    document.add_boolean_term(bounded_term(prefix::kHas, field));
  };
  if (!article.source.empty()) {
    document.add_boolean_term(bounded_term(prefix::kSource, article.source));
    document.add_value(kSlotSource, article.source);
    has("source");
  }
  if (article.date) {
    document.add_value(kSlotDay, Xapian::sortable_serialise(to_days(*article.date)));
    has("date");
  }
  if (!tags.dates.empty()) {
    std::string values;
    for (const auto& tag : tags.dates) {
      add_values(values, tag.value);
      document.add_boolean_term(bounded_term(prefix::kEvent, tag.value));
    }
    document.add_value(kSlotEvents, values);
    has("event");
  }
  if (!tags.factions.empty()) has("faction");
  if (!tags.regions.empty()) has("region");
  if (!article.title.empty()) has("title");
  if (!article.text.empty()) has("text");
  if (!article.url.empty()) has("url");
  if (!article.author.empty()) {
    has("author");
    for (const auto& token : analysis::tokenize(article.author, words_)) {
      const auto& stem = token.word->stem;
      if (!stem.empty()) document.add_term(bounded_term(prefix::kAuthor, stem));
    }
  }
  if (const auto language = language_of(tokens); !language.empty()) {
    document.add_boolean_term(bounded_term(prefix::kLanguage, language));
  }
  for (const auto& field : article.fields) {
    has(field.name);
    if (field.name != "tags") continue;
    for (const auto& tag : split_tags(field)) {
      const auto folded = Analyzer::fold(tag);
      if (!folded.empty()) document.add_boolean_term(bounded_term(prefix::kTag, folded));
    }
  }
  return document;
}

}  // namespace fihris::index
