// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/tagger.h"

#include <algorithm>
#include <unordered_map>

#include "authority/authority_impl.h"
#include "tagger/article_tagger.h"
#include "tagger/candidates.h"
#include "tagger/decide.h"

namespace fihris {
namespace tagger {
namespace {

Mention mention_of(TagDetail detail, TextField field, std::size_t begin, std::size_t end,
                   std::string_view whole, std::string_view rule, double confidence) {
  Mention mention;
  mention.field = field;
  mention.begin = begin;
  mention.end = end;
  mention.confidence = confidence;
  if (detail == TagDetail::all) {
    mention.surface = whole.substr(begin, end - begin);
    mention.rule = rule;
  }
  return mention;
}

void add_date(ArticleTags& tags, TagDetail detail, const DateRange& days, const DateMention& found,
              std::size_t end, std::string_view text, TextField field) {
  auto mention = mention_of(detail, field, found.begin, end, text, found.rule, found.confidence);
  DateTag* tag = nullptr;
  for (auto& known : tags.dates) {
    if (known.range == days) tag = &known;
  }
  if (tag == nullptr) {
    tags.dates.push_back({to_iso(days), days, {}});
    tag = &tags.dates.back();
  }
  tag->mentions.push_back(std::move(mention));
}

void add_dates(ArticleTags& tags, TagDetail detail, const std::vector<DateMention>& dates,
               std::string_view text, TextField field) {
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const auto& found = dates[i];
    if (!found.range || !found.named || found.type == TimexType::duration) continue;
    add_date(tags, detail, *found.range, found, found.end, text, field);
    // «من 3 إلى 5 آب»: the days between count as well; years do not.
    const bool days = found.range->first == found.range->last;
    if (found.interval && days && i + 1 < dates.size()) {
      add_date(tags, detail, *found.interval, found, dates[i + 1].end, text, field);
    }
  }
}

Entity entity_of(const authority::Image& image, std::uint32_t index, TagDetail detail) {
  if (detail == TagDetail::all) return image.decode(index);
  const auto& record = image.entity(index);
  Entity entity;
  entity.facet = image.facet(index);
  entity.id = image.id(index);
  if (record.has_point != 0) {
    entity.lat = record.lat;
    entity.lon = record.lon;
  }
  return entity;
}

void add_entities(ArticleTags& tags, TagDetail detail, const authority::Image& image,
                  const TokenRun& run, const std::vector<Decision>& decisions) {
  std::unordered_map<std::uint32_t, std::size_t> known;
  for (const auto& decision : decisions) {
    auto& list = image.facet(decision.entity) == Facet::faction ? tags.factions : tags.regions;
    const auto [at, fresh] = known.try_emplace(decision.entity, list.size());
    if (fresh) list.push_back({entity_of(image, decision.entity, detail), {}, 0});
    auto& tag = list[at->second];
    auto mention =
        mention_of(detail, run.field(decision.match.first), run.tokens[decision.match.first].begin,
                   run.tokens[decision.match.last].end, run.field_text(decision.match.first),
                   decision.rule, decision.confidence);
    tag.confidence = std::max(tag.confidence, mention.confidence);
    tag.mentions.push_back(std::move(mention));
  }
}

}  // namespace

ArticleTagger::ArticleTagger(Authority authority, TagDetail detail)
    : authority_(std::move(authority)),
      detail_(detail),
      matcher_(authority_.impl().image),
      traits_(authority_.impl().image) {}

ArticleTags ArticleTagger::tag(std::string_view title,
                               const std::vector<analysis::TextToken>& title_tokens,
                               std::string_view text,
                               const std::vector<analysis::TextToken>& text_tokens,
                               const analysis::WordTable& words,
                               const std::optional<Date>& published) {
  TokenRun run{title, text, title_tokens, title_tokens.size()};
  run.tokens.insert(run.tokens.end(), text_tokens.begin(), text_tokens.end());
  matcher_.prepare(run, words);
  const auto gaps = Matcher::gaps(run);
  const auto& image = authority_.impl().image;
  const Scene scene{image, matcher_, run, gaps};
  const auto decided = decide(scene, traits_, matcher_.find(run, gaps), published);
  ArticleTags tags;
  add_entities(tags, detail_, image, run, decided.groups);
  add_entities(tags, detail_, image, run, decided.places);
  if (detail_ == TagDetail::all) tags.candidates = find_candidates(scene, decided);
  const auto dates = dates_.read_article(title, title_tokens, text, text_tokens, words, published);
  add_dates(tags, detail_, dates.title, title, TextField::title);
  add_dates(tags, detail_, dates.text, text, TextField::text);
  return tags;
}

}  // namespace tagger

struct Tagger::Impl {
  explicit Impl(Authority authority) : tagger(std::move(authority)) {}

  analysis::WordTable words;
  tagger::ArticleTagger tagger;
};

Tagger::Tagger(Authority authority) : impl_(std::make_unique<Impl>(std::move(authority))) {}
Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;

ArticleTags Tagger::tag(std::string_view title, std::string_view text,
                        const std::optional<Date>& published) {
  impl_->words.trim();
  const auto title_tokens = analysis::tokenize(title, impl_->words);
  const auto text_tokens = analysis::tokenize(text, impl_->words);
  return impl_->tagger.tag(title, title_tokens, text, text_tokens, impl_->words, published);
}

}  // namespace fihris
