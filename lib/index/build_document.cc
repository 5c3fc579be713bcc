// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/build_document.h"

#include <xapian.h>

#include <algorithm>
#include <map>

#include "base/file.h"
#include "base/utf8.h"
#include "fihris/analysis.h"
#include "index/article_data.h"
#include "index/schema.h"
#include "index/tag_field.h"

namespace fihris::index {
namespace {

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
  const auto word = position_of(tokens.title, mention.begin, 1);
  return word == 0 ? 0 : title_position(word - 1);
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

DocumentBuilder::Form& DocumentBuilder::form(const analysis::Word& word) {
  if (word.id >= forms_.size()) forms_.resize(word.id + 1 + forms_.size() / 2);
  return forms_[word.id];
}

DocumentBuilder::Form& DocumentBuilder::numbered(const analysis::Word& word) {
  auto& form = this->form(word);
  if (form.part == part_) return form;
  form.part = part_;
  auto& postings = contents_->postings;
  form.word = contents_->words.form(word.folded, bounded_term("", word.stem));
  form.stem = word.stem.empty() ? kNone : postings.number(bounded_term("", word.stem));
  form.raw = word.folded.empty() ? kNone : postings.number(bounded_term(prefix::kRaw, word.folded));
  form.title = kNone;
  form.lead = kNone;
  return form;
}

void DocumentBuilder::begin_part(PartContents& contents) {
  contents_ = &contents;
  ++part_;
}

ArticleTokens DocumentBuilder::tokenize(const Article& article) {
  if (words_.generation() != generation_) {
    generation_ = words_.generation();
    forms_.clear();
  }
  return {analysis::tokenize(article.title, words_), analysis::tokenize(article.text, words_),
          article.date ? to_days(*article.date) : kNoDay};
}

Signature DocumentBuilder::signature(const ArticleTokens& tokens) {
  std::vector<std::uint64_t> stems;
  stems.reserve(tokens.text.size());
  for (const auto& token : tokens.text) {
    auto& known = form(*token.word);
    if (!known.hashed) {
      known.hashed = true;
      known.hash = fnv1a(bounded_term("", token.word->stem));
    }
    stems.push_back(known.hash);
  }
  return make_signature(stems, tokens.day);
}

void DocumentBuilder::add_terms(const ArticleTokens& tokens) {
  auto& postings = contents_->postings;
  const auto add = [&](const Form& known) {
    if (known.stem != kNone) postings.add(known.stem);
    if (known.raw != kNone) postings.add(known.raw);
  };
  for (const auto& token : tokens.title) {
    auto& known = numbered(*token.word);
    add(known);
    if (known.stem == kNone) continue;
    if (known.title == kNone) {
      known.title = postings.number(bounded_term(prefix::kTitle, token.word->stem));
    }
    postings.add(known.title);
  }
  for (std::size_t i = 0; i < tokens.text.size(); ++i) {
    const auto& word = *tokens.text[i].word;
    auto& known = numbered(word);
    add(known);
    if (i >= kLeadWords || known.stem == kNone || word.stop) continue;
    if (known.lead == kNone) {
      known.lead = postings.number(bounded_term(prefix::kLead, word.stem));
    }
    postings.add(known.lead);
  }
}

void DocumentBuilder::add_words(const Article& article, const ArticleTokens& tokens,
                                std::string_view places) {
  auto& words = contents_->words;
  const auto add = [&](const analysis::Word& word) { words.word(numbered(word).word); };
  // The title is a sentence and a paragraph of its own.
  for (const auto& token : tokens.title) add(*token.word);
  if (!tokens.title.empty()) words.end_paragraph();
  words.end_title();
  const auto units = analysis::find_units(article.text, tokens.text);
  for (std::size_t i = 0; i < tokens.text.size(); ++i) {
    add(*tokens.text[i].word);
    const bool last = i + 1 == tokens.text.size();
    if (last || units.paragraph[i] != units.paragraph[i + 1]) {
      words.end_paragraph();
    } else if (units.sentence[i] != units.sentence[i + 1]) {
      words.end_sentence();
    }
  }
  words.end_document(places);
}

void DocumentBuilder::add_entities(const std::vector<EntityTag>& tags, Facet facet,
                                   const ArticleTokens& tokens, MentionPlaces& places) {
  const bool faction = facet == Facet::faction;
  auto& postings = contents_->postings;
  std::string values;
  Xapian::LatLongCoords points;
  std::map<std::string_view, std::vector<std::uint32_t>> by_id;
  for (const auto& tag : tags) {
    const auto& id = tag.entity.id;
    add_values(values, id);
    postings.add(bounded_term(faction ? prefix::kFaction : prefix::kRegion, id),
                 static_cast<std::uint32_t>(tag.mentions.size()));
    bool in_title = false;
    auto& positions = by_id[id];
    for (const auto& mention : tag.mentions) {
      in_title = in_title || mention.field == TextField::title;
      const auto position = position_of(mention, tokens);
      if (position > 0) positions.push_back(position);
    }
    if (in_title || tag.mentions.size() >= kMentionsOfTopic) {
      postings.flag(bounded_term(faction ? prefix::kFactionAbout : prefix::kRegionAbout, id));
    }
    auto& above = trees_[(faction ? "f" : "r") + id];
    if (above.empty()) above = tree_(tag.entity);
    for (const auto& each : above) {
      postings.flag(bounded_term(faction ? prefix::kFactionTree : prefix::kRegionTree, each));
    }
    if (!faction && tag.entity.lat && tag.entity.lon) {
      points.append(Xapian::LatLongCoord(*tag.entity.lat, *tag.entity.lon));
    }
  }
  for (auto& [id, positions] : by_id) {
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    places.entities.push_back(std::move(positions));
  }
  if (tags.empty()) return;
  postings.value(faction ? kSlotFactions : kSlotRegions, values);
  if (!points.empty()) postings.value(kSlotPoints, points.serialise());
}

std::string DocumentBuilder::build(const Article& article, const ArticleTokens& tokens,
                                   const ArticleTags& tags, std::string_view part,
                                   std::uint64_t group) {
  auto& postings = contents_->postings;
  postings.flag(id_term(article.id));
  postings.flag(bounded_term(prefix::kPart, part));
  postings.value(kSlotGroup, hex64(group));
  add_terms(tokens);
  MentionPlaces places;
  add_entities(tags.factions, Facet::faction, tokens, places);
  add_entities(tags.regions, Facet::region, tokens, places);
  const RecordTail tail{std::string(part), encode_places(places)};
  add_words(article, tokens, tail.places);

  const auto has = [&](std::string_view field) {
    postings.flag(bounded_term(prefix::kHas, field));
  };
  if (!article.source.empty()) {
    postings.flag(bounded_term(prefix::kSource, article.source));
    postings.value(kSlotSource, article.source);
    has("source");
  }
  if (article.date) {
    postings.value(kSlotDay, Xapian::sortable_serialise(to_days(*article.date)));
    has("date");
  }
  if (!tags.dates.empty()) {
    std::string values;
    for (const auto& tag : tags.dates) {
      add_values(values, tag.value);
      postings.flag(bounded_term(prefix::kEvent, tag.value));
    }
    postings.value(kSlotEvents, values);
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
      if (!stem.empty()) postings.add(bounded_term(prefix::kAuthor, stem));
    }
  }
  if (const auto language = language_of(tokens); !language.empty()) {
    postings.flag(bounded_term(prefix::kLanguage, language));
  }
  for (const auto& field : article.fields) {
    has(field.name);
    if (field.name != "tags") continue;
    for (const auto& tag : split_tags(field)) {
      const auto folded = Analyzer::fold(tag);
      if (!folded.empty()) postings.flag(bounded_term(prefix::kTag, folded));
    }
  }
  postings.end_document();
  return encode_article(article, tail);
}

}  // namespace fihris::index
