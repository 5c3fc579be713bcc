// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/verify.h"

#include <algorithm>

#include "index/columns.h"
#include "index/schema.h"
#include "query/compile.h"

namespace fihris::search {

using query::Field;
using query::Op;
using query::Plan;

namespace {

bool in_field(std::uint32_t position, Field field) {
  if (field == Field::title) return position < index::kTextStart;
  if (field == Field::text) return position >= index::kTextStart;
  return true;
}

bool disjoint(const Span& a, const Span& b) { return a.last < b.first || b.last < a.first; }

}  // namespace

std::uint32_t Verifier::Units::of(std::uint32_t position) const {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(ends, position) - ends.begin());
}

bool Verifier::matches(const Plan& plan, ArticleView& article) {
  have_stored_ = false;
  return evaluate(plan, article);
}

bool Verifier::evaluate(const Plan& plan, ArticleView& article) {
  const auto below = [&](const Plan& child) { return evaluate(child, article); };
  switch (plan.op) {
    case Op::nothing:
      return false;
    case Op::everything:
      return true;
    case Op::days:
      return article.day() != index::kNoDay && article.day() >= plan.days.first &&
             article.day() <= plan.days.last;
    case Op::all:
      return std::ranges::all_of(plan.children, below);
    case Op::any:
      return std::ranges::any_of(plan.children, below);
    case Op::negation:
      return !evaluate(plan.children.front(), article);
    case Op::term:
    case Op::entity:
    case Op::stored:
      if (!plan.verified()) {
        return std::ranges::any_of(plan.terms,
                                   [&](const auto& term) { return article.has_term(term); });
      }
      return !spans(plan, article).empty();
    case Op::sequence:
    case Op::near:
    case Op::scope:
      return !spans(plan, article).empty();
  }
  return false;
}

const std::vector<Verifier::StoredWord>& Verifier::stored(ArticleView& view) {
  if (have_stored_) return stored_;
  words_.trim();
  stored_.clear();
  const auto article = view.article();
  std::size_t word = 0;
  for (const auto& token : analysis::tokenize(article.title, words_)) {
    stored_.push_back({index::title_position(word++), token.word});
  }
  auto position = index::kTextStart;
  for (const auto& token : analysis::tokenize(article.text, words_)) {
    stored_.push_back({position++, token.word});
  }
  have_stored_ = true;
  return stored_;
}

std::vector<Span> Verifier::spans(const Plan& plan, ArticleView& article) {
  std::vector<Span> found;
  switch (plan.op) {
    case Op::entity:
      // An article may mention what it is not about.
      if (plan.terms != plan.place_terms && std::ranges::none_of(plan.terms, [&](const auto& term) {
            return article.has_term(term);
          })) {
        break;
      }
      [[fallthrough]];
    case Op::term:
      for (const auto& term : plan.op == Op::entity ? plan.place_terms : plan.terms) {
        for (const auto position : article.positions(term)) {
          if (in_field(position, plan.field)) found.push_back({position, position});
        }
      }
      break;
    case Op::stored:
      if (plan.form != query::Form::written) {
        for (const auto& folded : plan.spellings) {
          for (const auto position : article.positions(std::string(index::prefix::kRaw) + folded)) {
            if (in_field(position, plan.field)) found.push_back({position, position});
          }
        }
        break;
      }
      for (const auto& [position, word] : stored(article)) {
        if (in_field(position, plan.field) &&
            plan.spellings.contains(query::visible(word->written))) {
          found.push_back({position, position});
        }
      }
      break;
    case Op::any:
      for (const auto& child : plan.children) {
        const auto more = spans(child, article);
        found.insert(found.end(), more.begin(), more.end());
      }
      break;
    case Op::sequence:
      return sequence(plan, article);
    case Op::near:
      return near(plan, article);
    case Op::scope:
      return scope(plan, article);
    default:
      break;  // has no place
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<Span> Verifier::sequence(const Plan& plan, ArticleView& article) {
  auto chains = spans(plan.children.front(), article);
  for (std::size_t i = 1; i < plan.children.size() && !chains.empty(); ++i) {
    const auto next = spans(plan.children[i], article);
    std::vector<Span> longer;
    for (const auto& chain : chains) {
      auto at = std::ranges::lower_bound(next, chain.last + 1, {}, &Span::first);
      for (; at != next.end() && at->first == chain.last + 1; ++at) {
        longer.push_back({chain.first, at->last});
      }
    }
    std::ranges::sort(longer);
    longer.erase(std::unique(longer.begin(), longer.end()), longer.end());
    chains = std::move(longer);
  }
  return chains;
}

std::vector<Span> Verifier::near(const Plan& plan, ArticleView& article) {
  std::vector<std::vector<Span>> parts;
  for (const auto& child : plan.children) {
    parts.push_back(spans(child, article));
    if (parts.back().empty()) return {};
  }
  const auto reach = static_cast<std::uint32_t>(plan.distance);
  std::vector<Span> found;
  if (parts.size() == 2) {
    for (const auto& a : parts[0]) {
      // spans are short: those that begin well before `a` can be passed over
      const std::uint32_t from =
          a.first > reach + query::limit::kPhraseWords
              ? a.first - reach - static_cast<std::uint32_t>(query::limit::kPhraseWords)
              : 0;
      auto at = std::ranges::lower_bound(parts[1], from, {}, &Span::first);
      for (; at != parts[1].end() && at->first <= a.last + reach; ++at) {
        if (!disjoint(a, *at) || (plan.ordered && at->first < a.first)) continue;
        if (at->last < a.first && a.first - at->last > reach) continue;
        found.push_back({std::min(a.first, at->first), std::max(a.last, at->last)});
      }
    }
  } else {
    // all words in a window; each begins one
    const auto width = reach + static_cast<std::uint32_t>(parts.size()) - 2;
    for (const auto& part : parts) {
      for (const auto& start : part) {
        std::uint32_t last = start.last;
        const bool whole = std::ranges::all_of(parts, [&](const auto& other) {
          const auto at = std::ranges::lower_bound(other, start.first, {}, &Span::first);
          if (at == other.end() || at->last > start.first + width) return false;
          last = std::max(last, at->last);
          return true;
        });
        if (whole) found.push_back({start.first, last});
      }
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<Span> Verifier::scope(const Plan& plan, ArticleView& article) {
  const Units all{article.unit_ends(plan.unit)};
  const auto fulfilled = units(plan.children.front(), all, article);
  std::vector<Span> found;
  for (std::uint32_t i = 0; i < fulfilled.size(); ++i) {
    if (!fulfilled[i]) continue;
    std::uint32_t first = i == 0 ? 1 : all.ends[i - 1] + 1;
    if (all.ends[i] >= index::kTextStart) first = std::max(first, index::kTextStart);
    found.push_back({first, all.ends[i]});
  }
  return found;
}

std::vector<bool> Verifier::units(const Plan& plan, const Units& all, ArticleView& article) {
  std::vector<bool> flags(all.ends.size(), false);
  switch (plan.op) {
    case Op::all:
    case Op::any: {
      const bool both = plan.op == Op::all;
      flags.assign(flags.size(), both);
      for (const auto& child : plan.children) {
        const auto more = units(child, all, article);
        for (std::size_t i = 0; i < flags.size(); ++i) {
          flags[i] = both ? flags[i] && more[i] : flags[i] || more[i];
        }
      }
      return flags;
    }
    case Op::negation:
      flags = units(plan.children.front(), all, article);
      flags.flip();
      return flags;
    case Op::nothing:
      return flags;
    case Op::everything:
    case Op::days:
      flags.assign(flags.size(), evaluate(plan, article));
      return flags;
    default:
      if (plan.placeless) {
        flags.assign(flags.size(), evaluate(plan, article));
        return flags;
      }
      for (const auto& span : spans(plan, article)) {
        const auto unit = all.of(span.first);
        if (unit < flags.size() && all.of(span.last) == unit) flags[unit] = true;
      }
      return flags;
  }
}

}  // namespace fihris::search
