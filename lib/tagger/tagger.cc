// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/tagger.h"

#include <map>

#include "authority/authority_impl.h"
#include "tagger/candidates.h"
#include "tagger/decide.h"
#include "tagger/match.h"
#include "timex/reader.h"
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
  timex::TokenReader dates;
};

Tagger::Tagger(Authority authority) : impl_(std::make_unique<Impl>(std::move(authority))) {}
Tagger::~Tagger() = default;
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;

namespace {

void add_date(ArticleTags& tags, const DateRange& days, const DateMention& found, std::size_t end,
              std::string_view text, TextField field) {
  Mention mention;
  mention.field = field;
  mention.begin = found.begin;
  mention.end = end;
  mention.surface = text.substr(found.begin, end - found.begin);
  mention.rule = found.rule;
  mention.confidence = found.confidence;
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

void add_dates(ArticleTags& tags, const std::vector<DateMention>& dates, std::string_view text,
               TextField field) {
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const auto& found = dates[i];
    if (!found.range || !found.named || found.type == TimexType::duration) continue;
    add_date(tags, *found.range, found, found.end, text, field);
    // «من 3 إلى 5 آب»: the days between count as well; years do not.
    const bool days = found.range->first == found.range->last;
    if (found.interval && days && i + 1 < dates.size()) {
      add_date(tags, *found.interval, found, dates[i + 1].end, text, field);
    }
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
  const auto dates =
      impl_->dates.read_article(title, run.tokens, text, body, impl_->words, published);
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
  add_dates(tags, dates.title, title, TextField::title);
  add_dates(tags, dates.text, text, TextField::text);
  return tags;
}

}  // namespace fihris
