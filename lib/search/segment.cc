// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/segment.h"

#include <algorithm>

#include "fihris/error.h"
#include "index/article_data.h"
#include "index/schema.h"
#include "search/phrase_scan.h"

namespace fihris::search {

using query::Op;
using query::Plan;

namespace {

/// Bound on decoded posting lists that one segment keeps.
constexpr std::size_t kKeptBytes = 32u << 20;
/// And on terms whose places it has looked up.
constexpr std::size_t kKeptPlaces = 10000;
/// Below so many candidates a phrase is looked for word by word.
constexpr std::uint32_t kFewCandidates = 32;

}  // namespace

void Deadline::check_now() const {
  if (std::chrono::steady_clock::now() < end_) return;
  throw Error(ErrorCode::limit, "the search took longer than its deadline",
              "narrow the query, or allow more time");
}

/// An article of a segment as verification sees it.
class Segment::View final : public ArticleView {
 public:
  explicit View(Segment& segment) : segment_(segment) {}
  void move_to(std::uint32_t document) { document_ = document; }

  std::vector<std::uint32_t> positions(const std::string& term) override {
    return segment_.positions(document_, term);
  }
  std::vector<std::uint32_t> unit_ends(query::Unit unit) override {
    const auto& words = segment_.words(document_);
    return unit == query::Unit::sentence ? words.sentence_ends : words.paragraph_ends;
  }
  bool has_term(const std::string& term) override {
    const auto& list = segment_.postings(term).documents;
    return std::ranges::binary_search(list, document_);
  }
  std::int32_t day() override { return segment_.columns_.day[document_]; }
  Article article() override { return segment_.article(document_); }

 private:
  Segment& segment_;
  std::uint32_t document_ = 0;
};

Segment::Segment(const index::Snapshot& snapshot, std::size_t number)
    : columns_(snapshot.columns(number)),
      words_(snapshot.words(number)),
      database_(snapshot.segment_database(number)),
      live_(columns_.documents, true) {
  if (!snapshot.any_removed()) return;
  for (std::uint32_t i = 0; i < columns_.documents; ++i) {
    if (snapshot.removed(number, i)) live_.reset(i);
  }
}

Bits Segment::match(const Plan& plan, Deadline& deadline) {
  auto found = evaluate(plan, nullptr, false, deadline);
  found &= live_;
  return found;
}

const Postings& Segment::postings(const std::string& term) {
  if (const auto known = kept_by_term_.find(term); known != kept_by_term_.end()) {
    kept_.splice(kept_.begin(), kept_, known->second);
    return known->second->postings;
  }
  Kept fresh{term, {}};
  const auto frequency = database_.get_termfreq(term);
  fresh.postings.documents.reserve(frequency);
  fresh.postings.frequencies.reserve(frequency);
  for (auto at = database_.postlist_begin(term); at != database_.postlist_end(term); ++at) {
    fresh.postings.documents.push_back(*at - 1);
    fresh.postings.frequencies.push_back(at.get_wdf());
  }
  const auto bytes_of = [](const Kept& kept) {
    return kept.term.size() + 200 + kept.postings.documents.size() * 8;
  };
  kept_bytes_ += bytes_of(fresh);
  kept_.push_front(std::move(fresh));
  kept_by_term_[term] = kept_.begin();
  while (kept_bytes_ > kKeptBytes && kept_.size() > 1) {
    kept_bytes_ -= bytes_of(kept_.back());
    kept_by_term_.erase(kept_.back().term);
    kept_.pop_back();
  }
  return kept_.front().postings;
}

Article Segment::article(std::uint32_t document) const {
  return index::decode_article(database_.get_document(document + 1).get_data());
}

const index::ArticleWords& Segment::words(std::uint32_t document) {
  if (current_document_ != document) {
    current_document_ = UINT32_MAX;  // should reading fail
    words_.view().read(document, current_);
    current_document_ = document;
  }
  return current_;
}

const Segment::TermPlaces& Segment::places_of(const std::string& term) {
  if (places_.size() > kKeptPlaces) places_.clear();
  const auto [known, fresh] = places_.try_emplace(term);
  auto& places = known->second;
  if (!fresh) return places;
  using Kind = TermPlaces::Kind;
  namespace prefix = index::prefix;
  const auto& view = words_.view();
  std::string_view rest = term;
  const auto strip = [&](std::string_view prefix) {
    if (!rest.starts_with(prefix)) return false;
    rest.remove_prefix(prefix.size());
    return true;
  };
  const auto find_entity = [&](const index::FacetColumn& column, Kind kind) {
    places.kind = kind;
    std::uint32_t low = 0, high = column.values;
    while (low < high) {
      const auto middle = low + (high - low) / 2;
      if (column.name(middle) < rest) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < column.values && column.name(low) == rest) places.numbers.push_back(low);
  };
  if (strip(prefix::kFaction)) {
    find_entity(columns_.factions, Kind::faction);
  } else if (strip(prefix::kRegion)) {
    find_entity(columns_.regions, Kind::region);
  } else if (strip(prefix::kRaw)) {
    places.kind = Kind::form;
    for (std::uint32_t i = 0; i < view.form_ends.size(); ++i) {
      if (view.form(i) == rest) places.numbers.push_back(i);
    }
  } else {
    places.kind = Kind::stem;
    places.title = strip(prefix::kTitle);
    if (const auto number = words_.find_stem(rest)) places.numbers.push_back(*number);
  }
  return places;
}

std::vector<std::uint32_t> Segment::mentions(std::uint32_t document,
                                             const TermPlaces& places) const {
  const auto factions = columns_.factions.of(document);
  const auto regions = columns_.regions.of(document);
  const bool region = places.kind == TermPlaces::Kind::region;
  const auto& values = region ? regions : factions;
  const auto at = std::ranges::lower_bound(values, places.numbers.front());
  if (at == values.end() || *at != places.numbers.front()) return {};
  auto all = index::decode_places(words_.view().mentions_of(document));
  const auto number =
      static_cast<std::size_t>(at - values.begin()) + (region ? factions.size() : 0);
  if (number >= all.entities.size()) return {};
  return std::move(all.entities[number]);
}

std::vector<std::uint32_t> Segment::positions(std::uint32_t document, const std::string& term) {
  const auto& places = places_of(term);
  using Kind = TermPlaces::Kind;
  if (places.numbers.empty()) return {};
  if (places.kind == Kind::faction || places.kind == Kind::region) {
    return mentions(document, places);
  }
  std::vector<std::uint32_t> found;
  const auto& article = words(document);
  const auto stems = words_.view().form_stems;
  const auto end = places.title ? article.title : article.forms.size();
  for (std::size_t i = 0; i < end; ++i) {
    const auto form = article.forms[i];
    const bool here = places.kind == Kind::stem
                          ? stems[form] == places.numbers.front()
                          : std::ranges::find(places.numbers, form) != places.numbers.end();
    if (!here) continue;
    const auto position = article.position(i);
    if (found.empty() || found.back() != position) found.push_back(position);
  }
  return found;
}

/// \param within   only these are asked for: others may or may not be in the answer.
/// \param relaxed  places are not verified: the answer holds all matches and perhaps more.
Bits Segment::evaluate(const Plan& plan, const Bits* within, bool relaxed, Deadline& deadline) {
  deadline.check_now();
  switch (plan.op) {
    case Op::nothing:
      return Bits(size());
    case Op::everything:
      return Bits(size(), true);
    case Op::term:
    case Op::entity:
    case Op::stored: {
      Bits found(size());
      for (const auto& term : plan.terms) {
        deadline.check();
        for (const auto document : postings(term).documents) found.set(document);
      }
      if (relaxed || !plan.verified()) return found;
      if (within != nullptr) found &= *within;
      return verify(plan, std::move(found), deadline);
    }
    case Op::days: {
      Bits found(size());
      for (std::uint32_t i = 0; i < size(); ++i) {
        const auto day = columns_.day[i];
        if (day >= plan.days.first && day <= plan.days.last && day != index::kNoDay) found.set(i);
      }
      return found;
    }
    case Op::any: {
      Bits found(size());
      for (const auto& child : plan.children) found |= evaluate(child, within, relaxed, deadline);
      return found;
    }
    case Op::all:
      return intersect(plan, within, relaxed, deadline);
    case Op::negation: {
      Bits found(size(), true);
      // what a relaxed child has too much would be missing here
      if (!relaxed) found -= evaluate(plan.children.front(), within, false, deadline);
      return found;
    }
    case Op::sequence:
    case Op::near:
    case Op::scope: {
      auto found = intersect(plan, within, true, deadline);
      if (relaxed) return found;
      return verify(plan, std::move(found), deadline);
    }
  }
  return Bits(size());
}

/// Articles that all children have. Those that need verification come last, when few are left.
Bits Segment::intersect(const Plan& plan, const Bits* within, bool relaxed, Deadline& deadline) {
  Bits found = within != nullptr ? *within : live_;
  const auto needs_verification = [](const Plan& child) {
    const auto& inner = child.op == Op::negation ? child.children.front() : child;
    return inner.verified() || inner.op == Op::any || inner.op == Op::all;
  };
  for (const bool last : {false, true}) {
    for (const auto& child : plan.children) {
      if (needs_verification(child) != last) continue;
      if (found.none()) return found;
      if (child.op == Op::negation && !relaxed) {
        found -= evaluate(child.children.front(), &found, false, deadline);
      } else {
        found &= evaluate(child, &found, relaxed, deadline);
      }
    }
  }
  return found;
}

std::optional<Bits> Segment::verify_phrase(const Plan& plan, const Bits& candidates,
                                           Deadline& deadline) {
  using Kind = TermPlaces::Kind;
  constexpr std::size_t kMostWords = 64;
  if (plan.op != Op::sequence || plan.children.size() > kMostWords) return std::nullopt;
  if (candidates.count() < kFewCandidates) return std::nullopt;
  const auto& view = words_.view();
  for (const auto& child : plan.children) {
    if (child.op != Op::term || child.field != query::Field::any || child.placeless) {
      return std::nullopt;
    }
    for (const auto& term : child.terms) {
      const auto& places = places_of(term);
      if (places.title || (places.kind != Kind::stem && places.kind != Kind::form)) {
        return std::nullopt;
      }
    }
  }
  std::vector<std::vector<std::uint32_t>> words;
  std::size_t rarest = 0, fewest = SIZE_MAX;
  for (const auto& child : plan.children) {
    auto& forms = words.emplace_back();
    std::size_t articles = 0;
    for (const auto& term : child.terms) {
      const auto& more = forms_of(term);
      forms.insert(forms.end(), more.begin(), more.end());
      articles += database_.get_termfreq(term);
    }
    if (articles >= fewest) continue;
    fewest = articles;
    rarest = words.size() - 1;
  }
  roles_.resize(view.form_stems.size());
  const PhraseScan scan(words, rarest, roles_);
  Bits found(size());
  View view_of_one(*this);
  candidates.for_each([&](std::uint32_t document) {
    if (!live_.test(document)) return;
    deadline.check();
    bool here = false;
    if (has_long_title(document)) {
      view_of_one.move_to(document);
      here = verifier_.matches(plan, view_of_one);
    } else {
      here = scan.in(view.words_of(document));
    }
    if (here) found.set(document);
  });
  return found;
}

bool Segment::has_long_title(std::uint32_t document) const {
  const auto& view = words_.view();
  if (view.words_of(document).size() < index::kTitleEnd) return false;
  std::uint32_t words = 0;
  view.each_word(document, [&](std::uint32_t, bool in_title) {
    words += in_title ? 1 : 0;
    return in_title && words < index::kTitleEnd;
  });
  return words >= index::kTitleEnd;
}

const std::vector<std::uint32_t>& Segment::forms_of(const std::string& term) {
  places_of(term);
  auto& places = places_.find(term)->second;
  if (places.kind == TermPlaces::Kind::form) return places.numbers;
  if (!places.forms) {
    places.forms.emplace();
    const auto stems = words_.view().form_stems;
    for (const auto number : places.numbers) {
      for (std::uint32_t form = 0; form < stems.size(); ++form) {
        if (stems[form] == number) places.forms->push_back(form);
      }
    }
  }
  return *places.forms;
}

Bits Segment::verify(const Plan& plan, Bits candidates, Deadline& deadline) {
  if (auto answer = verify_phrase(plan, candidates, deadline)) return std::move(*answer);
  Bits found(size());
  View view(*this);
  candidates.for_each([&](std::uint32_t document) {
    if (!live_.test(document)) return;
    deadline.check_now();
    view.move_to(document);
    if (verifier_.matches(plan, view)) found.set(document);
  });
  return found;
}

}  // namespace fihris::search
