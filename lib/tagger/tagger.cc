// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/tagger.h"

#include <map>

#include "authority/authority_impl.h"
#include "tagger/candidates.h"
#include "tagger/decide.h"
#include "tagger/match.h"
#include "tagger/scene.h"

namespace fihris {

struct Tagger::Impl {
  explicit Impl(Authority given)
      : authority(std::move(given)),
        matcher(authority.impl().image),
        traits(authority.impl().image) {}

  Authority authority;
  analysis::WordTable words;
  tagger::Matcher matcher;
  tagger::Traits traits;
  DateReader dates;
};

Tagger::Tagger(Authority authority) : impl_(std::make_unique<Impl>(std::move(authority))) {}
Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;

namespace {

void add_dates(ArticleTags& tags, DateReader& reader, std::string_view text, TextField field,
               const std::optional<Date>& published) {
  for (const auto& found : reader.read(text, published)) {
    if (!found.range || !found.named) continue;
    Mention mention;
    mention.field = field;
    mention.begin = found.begin;
    mention.end = found.end;
    mention.surface = text.substr(found.begin, found.end - found.begin);
    mention.rule = found.rule;
    mention.confidence = found.confidence;
    DateTag* tag = nullptr;
    for (auto& known : tags.dates) {
      if (known.range == *found.range) tag = &known;
    }
    if (tag == nullptr) {
      tags.dates.push_back({to_iso(*found.range), *found.range, {}});
      tag = &tags.dates.back();
    }
    tag->mentions.push_back(std::move(mention));
  }
}

}  // namespace

ArticleTags Tagger::tag(std::string_view title, std::string_view text,
                        const std::optional<Date>& published) {
  impl_->words.trim();
  tagger::TokenRun run;
  run.title = title;
  run.text = text;
  run.tokens = analysis::tokenize(title, impl_->words);
  run.title_tokens = run.tokens.size();
  const auto body = analysis::tokenize(text, impl_->words);
  run.tokens.insert(run.tokens.end(), body.begin(), body.end());

  const auto& image = impl_->authority.impl().image;
  impl_->matcher.prepare(run, impl_->words);
  const auto gaps = tagger::Matcher::gaps(run);
  const tagger::Scene scene{image, impl_->matcher, run, gaps};
  const auto decided =
      tagger::decide(scene, impl_->traits, impl_->matcher.find(run, gaps), published);
  ArticleTags tags;
  std::map<std::uint32_t, std::pair<Facet, std::size_t>> known;
  std::vector<tagger::Decision> all = decided.groups;
  all.insert(all.end(), decided.places.begin(), decided.places.end());
  for (const auto& decision : all) {
    const auto facet = image.facet(decision.entity);
    auto& list = facet == Facet::faction ? tags.factions : tags.regions;
    const auto [at, fresh] = known.try_emplace(decision.entity, facet, list.size());
    if (fresh) list.push_back({image.decode(decision.entity), {}, 0});
    auto& tag = list[at->second.second];
    Mention mention;
    mention.field = run.field(decision.match.first);
    mention.begin = run.tokens[decision.match.first].begin;
    mention.end = run.tokens[decision.match.last].end;
    mention.surface =
        run.field_text(decision.match.first).substr(mention.begin, mention.end - mention.begin);
    mention.rule = decision.rule;
    mention.confidence = decision.confidence;
    tag.confidence = std::max(tag.confidence, mention.confidence);
    tag.mentions.push_back(std::move(mention));
  }
  tags.candidates = tagger::find_candidates(scene, decided.groups);
  add_dates(tags, impl_->dates, title, TextField::title, published);
  add_dates(tags, impl_->dates, text, TextField::text, published);
  return tags;
}

}  // namespace fihris
