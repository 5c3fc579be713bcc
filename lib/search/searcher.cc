// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "base/file.h"
#include "base/utf8.h"
#include "fihris/analysis.h"
#include "fihris/error.h"
#include "fihris/search.h"
#include "index/schema.h"
#include "index/xapian_guard.h"
#include "query/ast_json.h"
#include "query/compile.h"
#include "search/searcher_impl.h"
#include "search/suggest.h"

namespace fihris {

using search::Deadline;
using search::Match;

namespace {

/// Results that one call returns at most: further ones are asked for by cursor or `each`.
constexpr std::size_t kPageLimit = 10000;
constexpr std::size_t kOffsetLimit = 1000000;
/// Up to so many matches a better spelling is looked for.
constexpr std::uint64_t kFewMatches = 2;

/// A cursor names the revision it was made at and where the next page begins.
std::string make_cursor(const std::string& revision, std::size_t offset) {
  return hex64(fnv1a(revision)) + "-" + std::to_string(offset);
}
struct Cursor {
  std::string revision;
  std::size_t offset = 0;
};
Cursor read_cursor(const std::string& text) {
  Cursor cursor;
  const auto dash = text.find('-');
  if (dash == 16) {
    cursor.revision = text.substr(0, dash);
    const auto* end = text.data() + text.size();
    if (std::from_chars(text.data() + dash + 1, end, cursor.offset).ptr == end) return cursor;
  }
  throw Error(ErrorCode::invalid_argument, "\"" + text + "\" is no cursor",
              "give back the cursor of the page before as it was");
}

search::Wanted in_order(const SearchOptions& options) {
  if (options.half_life == 0) {
    throw Error(ErrorCode::invalid_argument, "a half-life of no days",
                "it is one day at least; to order by date alone there is a sort of its own");
  }
  search::Wanted wanted;
  wanted.sort = options.sort;
  wanted.half_life = options.half_life;
  return wanted;
}

}  // namespace

Searcher::Searcher(const std::vector<std::string>& paths, Authority authority)
    : impl_(std::make_unique<Impl>(paths, std::move(authority))) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

std::uint64_t Searcher::documents() const { return impl_->engine->documents(); }
const Authority& Searcher::authority() const { return impl_->authority; }

bool Searcher::reopen() {
  const auto before = impl_->engine->revision();
  if (!impl_->remote && !impl_->engine->stale()) return false;
  impl_->open(impl_->partial);
  return impl_->engine->revision() != before;
}

Searcher::Impl::Impl(std::vector<std::string> all, Authority entities)
    : paths(std::move(all)), authority(std::move(entities)) {
  if (paths.empty()) throw Error(ErrorCode::invalid_argument, "no index to search in");
  remote = std::ranges::any_of(paths, search::is_remote);
  open(false);
}

void Searcher::Impl::open(bool leave_out_dead) {
  partial = leave_out_dead;
  engine =
      remote ? search::open_stock(paths, authority, partial) : search::open_local(paths, authority);
}

query::Compiled Searcher::Impl::compile(const Query& query, bool any) const {
  return query::compile(query.impl(), any, authority, engine->terms());
}

/// Compiles the query in the way its options ask for; with `automatic` the second way is tried
/// where the first finds nothing.
Searcher::Impl::Ran Searcher::Impl::run(const Query& query, const SearchOptions& options,
                                        const search::Wanted& wanted, Deadline& deadline,
                                        IfNone if_none) {
  const auto match = query.impl().options.match;
  Ran ran{compile(query, match == QueryOptions::Match::any), {}, false};
  const auto filters = search::make_filters(options.filters, authority, engine->terms());
  ran.found = engine->search({&ran.compiled, filters}, wanted, deadline);
  const auto& root = query.impl().root;
  if (ran.found.total == 0 && match == QueryOptions::Match::automatic && if_none == IfNone::any &&
      root.kind == query::Kind::all && root.implicit) {
    auto any = compile(query, true);
    auto found = engine->search({&any, filters}, wanted, deadline);
    if (found.total > 0) ran = {std::move(any), std::move(found), true};
  }
  return ran;
}

Searcher::Impl::Marks Searcher::Impl::marks(const query::Compiled& compiled) {
  Marks marks{compiled, {}};
  std::uint32_t asked = 0;
  const std::function<void(const query::Plan&)> collect = [&](const query::Plan& plan) {
    if (plan.op == query::Op::negation) return;
    if (plan.op == query::Op::entity) {
      for (const auto& term : plan.place_terms) marks.mentions.emplace(term, asked);
      ++asked;
    }
    for (const auto& child : plan.children) collect(child);
  };
  collect(compiled.plan);
  return marks;
}

const std::vector<search::NameStems>& Searcher::Impl::names_of(Facet facet, const std::string& id) {
  const auto [at, fresh] = entity_names.try_emplace({facet, id});
  if (!fresh) return at->second;
  const auto entity = authority.find(facet, id);
  if (!entity) return at->second;
  analysis::WordTable words;
  for (const auto& name : entity->names) {
    search::NameStems stems;
    for (const auto& token : analysis::tokenize(name.text, words)) {
      stems.emplace_back(token.word->stem);
    }
    if (!stems.empty()) at->second.push_back(std::move(stems));
  }
  return at->second;
}

Hit Searcher::Impl::hit(const Match& match, std::uint64_t rank, const Marks& marks,
                        const SearchOptions& options) {
  Hit hit;
  auto article = engine->article(match.document);
  hit.rank = rank;
  hit.score = match.score;
  hit.copies = match.copies;
  hit.id = std::move(article.id);
  hit.source = std::move(article.source);
  hit.url = std::move(article.url);
  hit.title = std::move(article.title);
  hit.date = article.date;
  const auto facts = engine->facts(match.document);
  const auto named = [&](Facet facet, const std::vector<std::string>& ids) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& id : ids) {
      const auto entity = authority.find(facet, id);
      all.emplace_back(id, entity ? entity->ar : std::string());
    }
    return all;
  };
  hit.factions = named(Facet::faction, facts.factions);
  hit.regions = named(Facet::region, facts.regions);
  if (!options.snippets) return hit;
  std::vector<search::Mention> in_title, in_text;
  const auto add_mentions = [&](Facet facet, const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
      const auto term = index::bounded_term(
          facet == Facet::faction ? index::prefix::kFaction : index::prefix::kRegion, id);
      const auto mentioned = marks.mentions.find(term);
      if (mentioned == marks.mentions.end()) continue;
      const auto& names = names_of(facet, id);
      for (const auto position : engine->positions_of(match.document, term)) {
        const bool title = position < index::kTextStart;
        (title ? in_title : in_text)
            .push_back({position - (title ? 1 : index::kTextStart), mentioned->second, &names});
      }
    }
  };
  if (!marks.mentions.empty()) {
    constexpr std::size_t kKept = 10000;
    if (entity_names.size() > kKept) entity_names.clear();
    add_mentions(Facet::faction, facts.factions);
    add_mentions(Facet::region, facts.regions);
    std::ranges::sort(in_title, {}, &search::Mention::token);
    std::ranges::sort(in_text, {}, &search::Mention::token);
  }
  hit.title_snippet = snippets.make(hit.title, marks.words, in_title, hit.title.size() + 1);
  hit.snippet = snippets.make(article.text, marks.words, in_text, options.snippet_bytes);
  for (const auto* snippet : {&hit.title_snippet, &hit.snippet}) {
    for (const auto& span : snippet->matches) {
      auto word = snippet->text.substr(span.begin, span.end - span.begin);
      if (std::ranges::find(hit.why, word) == hit.why.end()) hit.why.push_back(std::move(word));
    }
  }
  return hit;
}

std::string Searcher::Impl::usual_spelling(const std::string& folded, Deadline& deadline) {
  constexpr std::size_t kArticles = 8;
  query::Compiled compiled;
  compiled.plan.op = query::Op::term;
  compiled.plan.terms = {index::bounded_term(index::prefix::kRaw, folded)};
  search::Wanted wanted;
  wanted.count = kArticles;
  std::map<std::string, std::size_t, std::less<>> counts;
  analysis::WordTable words;
  for (const auto& match : engine->search({&compiled, {}}, wanted, deadline).best) {
    const auto article = engine->article(match.document);
    for (const std::string_view text : {article.title, article.text}) {
      for (const auto& token : analysis::tokenize(text, words)) {
        if (token.word->folded == folded) ++counts[std::string(token.word->light)];
      }
    }
  }
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& pair) { return pair.second; });
  return most == counts.end() ? folded : most->first;
}

SearchResults Searcher::search(const Query& query, const SearchOptions& options) {
  return index::guarded("searching", [&] { return impl_->search(query, options); });
}

SearchResults Searcher::Impl::search(const Query& query, const SearchOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  if (remote && options.partial != partial) open(options.partial);
  Deadline deadline(options.deadline);
  SearchResults results;
  std::size_t offset = std::min(options.offset, kOffsetLimit);
  if (!options.cursor.empty()) {
    const auto cursor = read_cursor(options.cursor);
    offset = std::min(cursor.offset, kOffsetLimit);
    results.cursor_outdated = cursor.revision != hex64(fnv1a(engine->revision()));
  }
  const std::size_t limit = std::min(options.limit, kPageLimit);
  auto wanted = in_order(options);
  wanted.count = offset + limit;
  wanted.collapse = options.collapse_copies;
  wanted.facets = options.facets;
  auto ran = run(query, options, wanted, deadline);
  results.total = ran.found.total;
  results.facets = std::move(ran.found.facets);
  results.any_instead_of_all = ran.any;
  results.failed_shards = engine->failed();
  results.warnings = query.warnings();
  results.warnings.insert(results.warnings.end(), ran.compiled.warnings.begin(),
                          ran.compiled.warnings.end());
  const auto marked = marks(ran.compiled);
  for (std::size_t i = offset; i < ran.found.best.size(); ++i) {
    deadline.check_now();
    results.hits.push_back(hit(ran.found.best[i], i + 1, marked, options));
  }
  if (offset + limit < ran.found.distinct && limit > 0 && offset + limit <= kOffsetLimit) {
    results.next_cursor = make_cursor(engine->revision(), offset + limit);
  }
  if (options.suggest && (results.total <= kFewMatches || ran.any)) {
    results.did_you_mean = search::better_spelling(
        query.impl(), engine->terms(), authority,
        [&](const std::string& folded) { return usual_spelling(folded, deadline); });
  }
  results.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return results;
}

std::uint64_t Searcher::each(const Query& query, const SearchOptions& options,
                             const std::function<bool(const Hit&)>& each) {
  return impl_->each(query, options, Impl::IfNone::any, each);
}

std::uint64_t Searcher::Impl::each(const Query& query, const SearchOptions& options, IfNone if_none,
                                   const std::function<bool(const Hit&)>& each) {
  return index::guarded("searching", [&] {
    Deadline deadline(options.deadline);
    auto wanted = in_order(options);
    wanted.count = engine->documents();
    const auto ran = run(query, options, wanted, deadline, if_none);
    const auto marked = marks(ran.compiled);
    std::uint64_t given = 0;
    for (const auto& match : ran.found.best) {
      ++given;
      if (!each(hit(match, given, marked, options))) break;
    }
    return given;
  });
}

std::optional<Article> Searcher::article(std::string_view id) {
  return index::guarded("reading an article", [&]() -> std::optional<Article> {
    const auto found = impl_->engine->find(index::id_term(id));
    if (!found) return std::nullopt;
    return impl_->engine->article(*found);
  });
}

std::string Searcher::explain(const Query& query) {
  return index::guarded("explaining a query", [&] {
    const bool any = query.impl().options.match == QueryOptions::Match::any;
    const auto compiled = impl_->compile(query, any);
    auto out = "tree: " + query.json() + "\n";
    for (const auto* warnings : {&query.warnings(), &compiled.warnings}) {
      for (const auto& warning : *warnings) {
        out += "warning: " + std::to_string(warning.begin) + "-" + std::to_string(warning.end) +
               ": " + warning.message + "\n";
      }
    }
    out += "plan, with the number of articles for each term:\n";
    out += query::describe(compiled.plan, impl_->engine->terms());
    out += "ranking:";
    for (const auto& leaf : compiled.leaves) {
      auto scale = std::to_string(leaf.scale);
      scale.resize(4);
      out += " " + leaf.term + "*" + scale;
    }
    Deadline deadline(SearchOptions{}.deadline);
    const auto found = impl_->engine->search({&compiled, {}}, {}, deadline);
    return out + "\nmatches: " + std::to_string(found.total) + " of " +
           std::to_string(impl_->engine->documents()) + "\n";
  });
}

SearchResults Searcher::more_like(std::string_view id, const SearchOptions& options) {
  return index::guarded("searching", [&] { return impl_->more_like(id, options); });
}

SearchResults Searcher::Impl::more_like(std::string_view id, const SearchOptions& options) {
  constexpr std::size_t kTerms = 25;
  const auto begin = std::chrono::steady_clock::now();
  SearchResults results;
  const auto self = engine->find(index::id_term(id));
  if (!self) return results;
  struct Candidate {
    double weight;
    std::string term;
  };
  std::vector<Candidate> candidates;
  const auto all = static_cast<double>(std::max<std::uint64_t>(engine->documents(), 1));
  for (const auto& [term, frequency] : engine->topics_of(*self)) {
    // words have no prefix; tags tell what an article is about
    const bool word = static_cast<unsigned char>(term.front()) >= 0x80 ||
                      (term.front() >= 'a' && term.front() <= 'z');
    const bool tag =
        term.starts_with(index::prefix::kFaction) || term.starts_with(index::prefix::kRegion);
    if (!word && !tag) continue;
    const double documents = engine->terms().documents(term);
    if (documents < 2 || documents > all / 3) continue;
    const double f = frequency;
    candidates.push_back({f / (f + 1.2) * std::log(all / documents), term});
  }
  std::ranges::sort(candidates, [](const auto& a, const auto& b) {
    return std::tie(b.weight, a.term) < std::tie(a.weight, b.term);
  });
  if (candidates.size() > kTerms) candidates.resize(kTerms);
  query::Compiled compiled;
  compiled.plan.op = query::Op::all;
  query::Plan any{.op = candidates.empty() ? query::Op::nothing : query::Op::term};
  any.placeless = true;
  for (auto& each : candidates) {
    if (each.term.front() != 'X') compiled.stems.insert(each.term);
    any.terms.push_back(each.term);
    compiled.leaves.push_back({std::move(each.term), 1});
  }
  query::Plan own{.op = query::Op::term};
  own.terms = {index::id_term(id)};
  compiled.plan.children = {any, query::Plan{.op = query::Op::negation, .children = {own}}};
  Deadline deadline(options.deadline);
  search::Wanted wanted;
  const auto offset = std::min(options.offset, kOffsetLimit);
  const auto limit = std::min(options.limit, kPageLimit);
  wanted.count = offset + limit;
  wanted.facets = options.facets;
  auto found =
      engine->search({&compiled, search::make_filters(options.filters, authority, engine->terms())},
                     wanted, deadline);
  results.total = found.total;
  results.facets = std::move(found.facets);
  const auto marked = marks(compiled);
  for (std::size_t i = offset; i < found.best.size(); ++i) {
    results.hits.push_back(hit(found.best[i], i + 1, marked, options));
  }
  results.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return results;
}

}  // namespace fihris
