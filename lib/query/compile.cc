// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/compile.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "analysis/words.h"
#include "base/utf8.h"
#include "fihris/analysis.h"
#include "fihris/date.h"
#include "index/schema.h"
#include "query/expand.h"
#include "query/field_terms.h"
#include "query/resolve.h"

namespace fihris::query {
namespace {

using index::bounded_term;
namespace prefix = index::prefix;

class Compiler {
 public:
  Compiler(const Query::Impl& query, bool any, const Authority& authority, const TermSource& index)
      : query_(query), any_(any), authority_(authority), index_(index), words_(index.words()) {
    words_.trim();
  }

  Compiled run() {
    // A blank query sets no condition; one of nothing but brackets was meant to set some.
    const bool blank = query_.text.find_first_not_of(" \t\r\n") == std::string::npos;
    result_.plan = query_.root.kind == Kind::none && blank ? Plan{.op = Op::everything}
                                                           : compile(query_.root, true);
    for (auto& [term, scale] : leaves_) result_.leaves.push_back({term, scale});
    return std::move(result_);
  }

 private:
  template <class Part>
  void warn(const Part& part, std::string message) {
    result_.warnings.push_back({part.begin, part.end, std::move(message)});
  }
  void add_leaf(const std::string& term, double scale) {
    if (!positive_) return;
    auto& known = leaves_[term];
    known = std::max(known, scale);
  }
  static Plan terms_plan(Op op, std::vector<std::string> terms) {
    Plan plan{.op = terms.empty() ? Op::nothing : op};
    plan.terms = std::move(terms);
    return plan;
  }
  static Plan placeless(std::vector<std::string> terms) {
    auto plan = terms_plan(Op::term, std::move(terms));
    plan.placeless = true;
    return plan;
  }
  static Plan group(Op op, std::vector<Plan> children) {
    if (children.size() == 1) return std::move(children.front());
    Plan plan{.op = children.empty() ? Op::nothing : op};
    plan.children = std::move(children);
    return plan;
  }

  /// \param top  the root: the only place where bare words may be alternatives.
  Plan compile(const Node& node, bool top = false) {
    switch (node.kind) {
      case Kind::none:
        return {};
      case Kind::word:
        return word(node);
      case Kind::phrase:
        return phrase(node);
      case Kind::all:
        return all(node, top);
      case Kind::any:
        return group(Op::any, children(node));
      case Kind::negation: {
        const bool before = std::exchange(positive_, false);
        Plan plan{.op = Op::negation, .children = children(node)};
        positive_ = before;
        return plan;
      }
      case Kind::near: {
        Plan plan{.op = Op::near, .distance = node.distance, .ordered = node.ordered};
        plan.children = children(node);
        return plan;
      }
      case Kind::scope:
        return Plan{.op = Op::scope, .unit = node.unit, .children = children(node)};
      case Kind::field:
        return field(node);
    }
    return {};
  }
  std::vector<Plan> children(const Node& node) {
    std::vector<Plan> plans;
    for (const auto& child : node.children) plans.push_back(compile(child));
    return plans;
  }

  Plan all(const Node& node, bool top) {
    const bool alternatives = any_ && top && node.implicit;
    std::vector<Plan> required, bare, weak;
    for (const auto& child : node.children) {
      const bool is_bare =
          (child.kind == Kind::word || child.kind == Kind::phrase) && child.field == Field::any;
      auto plan = compile(child);
      // a word without content helps to rank, but an article need not have it
      if (is_bare && child.form == Form::stem && child.kind == Kind::word && is_stop(child)) {
        weak.push_back(std::move(plan));
      } else if (is_bare && alternatives) {
        bare.push_back(std::move(plan));
      } else {
        required.push_back(std::move(plan));
      }
    }
    const bool only_negations =
        std::ranges::all_of(required, [](const Plan& plan) { return plan.op == Op::negation; });
    if (bare.empty() && only_negations) {
      // nothing but words without content: then they count
      auto& to = alternatives ? bare : required;
      std::ranges::move(weak, std::back_inserter(to));
    }
    if (!bare.empty()) required.push_back(group(Op::any, std::move(bare)));
    return group(Op::all, std::move(required));
  }

  bool is_stop(const Node& node) {
    if (node.pattern || node.fuzzy >= 0) return false;
    const auto tokens = analysis::tokenize(node.text, words_);
    return tokens.size() == 1 && tokens.front().word->stop;
  }

  /// Leaves and marks of a word that is searched in all its forms.
  void rank_word(const analysis::Word& word, Field field) {
    const double scale = word.stop ? weight::kStop : 1;
    const std::string stem(word.stem);
    if (field == Field::author) return add_leaf(bounded_term(prefix::kAuthor, stem), scale);
    if (positive_) result_.stems.insert(stem);
    if (field != Field::title) {
      add_leaf(bounded_term("", stem), scale * weight::kStem);
      add_leaf(bounded_term(prefix::kRaw, word.folded), scale * weight::kFolded);
      if (!word.stop) add_leaf(bounded_term(prefix::kLead, stem), scale * weight::kLead);
      if (any_ && field == Field::any && positive_ && !word.stop) {
        rank_akin(word, scale);
        rank_related(word, scale);
      }
    }
    if (field != Field::text) {
      const double title = field == Field::title ? weight::kStem : weight::kTitle;
      add_leaf(bounded_term(prefix::kTitle, stem), scale * title);
    }
  }
  /// The part of BM25 that tells rare terms from common ones.
  double idf(std::uint64_t documents) const {
    const auto all = static_cast<double>(index_.all_documents());
    const auto some = std::min(static_cast<double>(documents), all);
    const double odds = (all - some + 0.5) / (some + 0.5);
    return std::log(odds < 2 ? odds * 0.5 + 1 : odds);
  }
  /// Words of the same consonants that the stem keeps apart (كتب: كاتب, مكتوب), weighed like those
  /// that look alike.
  void rank_akin(const analysis::Word& word, double scale) {
    constexpr std::size_t kStems = 8;
    std::vector<const TermSource::Akin*> others;
    std::uint64_t together = 0;
    for (const auto& each : index_.akin(word.skeleton)) {
      const auto key = std::string_view(each.stem);
      if (words_.get(key.substr(0, key.find('/'))).stop) continue;
      together += each.documents;
      if (each.stem != word.stem && others.size() < kStems) others.push_back(&each);
    }
    const double common = idf(together);
    for (const auto* each : others) {
      const double own = idf(each->documents);
      if (own <= 0 || common <= 0) continue;
      add_leaf(bounded_term("", each->stem), scale * weight::kAkin * std::min(1.0, common / own));
    }
  }
  /// Forms that look like the word, together as much as one word: they weigh by their common
  /// frequency, or rare ones among them would weigh most. They only order what matches anyway.
  void rank_related(const analysis::Word& word, double scale) {
    constexpr std::size_t kForms = 30;
    constexpr std::size_t kBytes = 6;  // three letters of Arabic
    if (word.folded.size() < kBytes || leaves_.size() > limit::kExpansions) return;
    const std::string stem(word.stem);
    std::vector<TermSource::Related> others;
    std::uint64_t together = 0;
    for (auto& each : index_.related(word.folded, 2 * kForms)) {
      if (others.size() == kForms || words_.get(each.form).stem == stem) continue;
      together += each.documents;
      others.push_back(std::move(each));
    }
    together = std::max<std::uint64_t>(together, index_.documents(bounded_term("", stem)));
    const double common = idf(together);
    for (const auto& each : others) {
      const double own = idf(each.documents);
      if (own <= 0 || common <= 0) continue;
      add_leaf(bounded_term(prefix::kRaw, each.form),
               scale * weight::kRelated * each.likeness * std::min(1.0, common / own));
    }
  }
  Plan stem_plan(const analysis::Word& word, Field field) {
    rank_word(word, field);
    std::string_view before;
    if (field == Field::title) before = prefix::kTitle;
    if (field == Field::author) before = prefix::kAuthor;
    auto plan = terms_plan(Op::term, {bounded_term(before, word.stem)});
    plan.placeless = field == Field::author;
    if (field == Field::text) plan.field = Field::text;
    return plan;
  }
  Plan stored_plan(const analysis::Word& word, Form form, Field field) {
    const auto raw = bounded_term(prefix::kRaw, word.folded);
    add_leaf(raw, weight::kStem);
    auto plan = terms_plan(Op::stored, {raw});
    plan.form = form;
    plan.field = field;
    plan.spellings = {form == Form::written ? visible(word.written) : std::string(word.folded)};
    if (positive_) result_.foldeds.insert(std::string(word.folded));
    return plan;
  }
  Plan exact_or_stem(const analysis::Word& word, const Node& node) {
    // names of authors are short: there a word is compared by its key alone
    if (node.form == Form::stem || node.field == Field::author) return stem_plan(word, node.field);
    return stored_plan(word, node.form, node.field);
  }

  Plan word(const Node& node) {
    if (node.pattern || node.fuzzy >= 0) return expansion(node);
    const auto tokens = analysis::tokenize(node.text, words_);
    if (tokens.empty() || tokens.front().word->stem.empty()) return {};
    auto plan = exact_or_stem(*tokens.front().word, node);
    result_.expansions.push_back({node.begin, node.end, "word", plan.terms});
    return plan;
  }

  Plan expansion(const Node& node) {
    const auto forms = node.pattern ? expand_pattern(node.text, node.form != Form::stem, index_)
                                    : expand_fuzzy(Analyzer::fold(node.text), node.fuzzy, index_);
    Expansion expansion{node.begin, node.end, node.pattern ? "pattern" : "fuzzy", {}};
    if (forms.cut) {
      warn(node, "more than " + std::to_string(forms.forms.size()) +
                     " words answer to this; the most frequent are taken");
    }
    Plan plan{.op = Op::stored};
    plan.form = Form::folded;
    plan.field = node.field == Field::author ? Field::any : node.field;
    // Together as much as one word, or the rarest slip of the pen would weigh most.
    std::uint64_t together = 0;
    for (const auto& form : forms.forms)
      together += index_.documents(bounded_term(prefix::kRaw, form));
    const double common = idf(together);
    for (std::size_t i = 0; i < forms.forms.size(); ++i) {
      const auto& form = forms.forms[i];
      if (expanded_++ >= limit::kExpansions) {
        warn(node, "a query has at most " + std::to_string(limit::kExpansions) +
                       " terms after expansion; the rest was left out");
        break;
      }
      auto term = bounded_term(prefix::kRaw, form);
      const double own = idf(index_.documents(term));
      const double nearness = forms.distances.empty() ? 1 : 2.0 / (2 + forms.distances[i]);
      add_leaf(term, weight::kStem * nearness * (own > 0 ? std::min(1.0, common / own) : 1));
      expansion.terms.push_back(term);
      plan.terms.push_back(std::move(term));
      plan.spellings.insert(form);
      if (positive_) result_.foldeds.insert(form);
    }
    result_.expansions.push_back(std::move(expansion));
    if (plan.terms.empty()) plan.op = Op::nothing;
    return plan;
  }

  Plan phrase(const Node& node) {
    const auto tokens = analysis::tokenize(node.text, words_);
    Plan plan{.op = node.distance >= 0 ? Op::near : Op::sequence};
    plan.distance = node.distance;
    // in a snippet the words of a phrase are marked where they stand together
    auto stems = result_.stems;
    auto foldeds = result_.foldeds;
    PhraseWords marks{{}, node.form != Form::stem};
    for (const auto& token : tokens) {
      if (token.word->stem.empty()) continue;
      auto word = exact_or_stem(*token.word, node);
      const auto twin = [&](const Plan& other) { return other.terms == word.terms; };
      // in any order, a word that stands twice is one word
      if (plan.op == Op::near && std::ranges::any_of(plan.children, twin)) continue;
      plan.children.push_back(std::move(word));
      marks.words.emplace_back(marks.folded ? token.word->folded : token.word->stem);
      if (plan.children.size() == limit::kPhraseWords) break;
    }
    if (plan.op == Op::sequence && marks.words.size() > 1 && node.field != Field::author) {
      result_.stems = std::move(stems);
      result_.foldeds = std::move(foldeds);
      if (positive_) result_.phrases.push_back(std::move(marks));
    }
    if (node.field == Field::author) plan.op = Op::all;  // keeps no positions
    if (plan.children.size() == 1) return std::move(plan.children.front());
    if (plan.children.empty()) return {};
    return plan;
  }

  Plan field(const Node& node) {
    std::vector<Plan> plans;
    for (const auto& value : node.values) plans.push_back(field_value(node, value));
    return group(Op::any, std::move(plans));
  }
  Plan field_value(const Node& node, const Value& value) {
    switch (node.field) {
      case Field::faction:
      case Field::region:
      case Field::entity:
        return entities(value, false);
      case Field::about:
        return entities(value, true);
      case Field::near:
        return near_points(value);
      case Field::date: {
        Plan plan{.op = Op::days};
        plan.days = *value.days;
        return plan;
      }
      case Field::event:
        return placeless(event_terms(*value.days, index_));
      case Field::source:
        return sources(value);
      case Field::has:
        return has(value);
      case Field::lang:
        return placeless({bounded_term(prefix::kLanguage, Analyzer::fold(value.text))});
      case Field::id:
        return placeless({index::id_term(value.text)});
      case Field::tag:
        return placeless({bounded_term(prefix::kTag, Analyzer::fold(value.text))});
      default:
        return {};
    }
  }

  Plan entities(const Value& value, bool about) {
    std::vector<Plan> plans;
    for (const auto& entity : value.entities) {
      const bool faction = entity.facet == Facet::faction;
      const auto own = bounded_term(faction ? prefix::kFaction : prefix::kRegion, entity.id);
      const auto tree =
          bounded_term(faction ? prefix::kFactionTree : prefix::kRegionTree, entity.id);
      add_leaf(own, weight::kEntity);
      Plan plan{.op = Op::entity};
      if (about) {
        plan.terms = {
            bounded_term(faction ? prefix::kFactionAbout : prefix::kRegionAbout, entity.id)};
        plan.place_terms = {own};
      } else if (value.only) {
        plan.terms = {own};
        // a district and the town of its name are one place to a reader
        if (!faction) plan.terms.push_back(bounded_term(prefix::kRegion, seat_of(entity.id)));
        plan.place_terms = plan.terms;
      } else if (value.members) {
        plan.terms = terms_below(entity, true, authority_, index_);
        if (plan.terms.empty()) plan.terms = {own};
        plan.place_terms = plan.terms;
      } else {
        plan.terms = {tree};
        plan.place_terms = terms_below(entity, false, authority_, index_);
      }
      plans.push_back(std::move(plan));
    }
    return group(Op::any, std::move(plans));
  }
  Plan has(const Value& value) {
    // any field of an article may be asked for: the index knows which there are
    const auto term = bounded_term(prefix::kHas, has_name(value.text));
    if (index_.documents(term) == 0) warn(value, "no article of the index has this");
    return placeless({term});
  }
  Plan sources(const Value& value) {
    auto terms = source_terms(value, index_);
    if (terms.empty()) warn(value, "the index has no source of this name");
    return placeless(std::move(terms));
  }
  Plan near_points(const Value& value) {
    auto plan = terms_plan(Op::entity, place_terms(value.circles, index_));
    plan.place_terms = plan.terms;
    result_.expansions.push_back({value.begin, value.end, "near", plan.terms});
    return plan;
  }

  const Query::Impl& query_;
  bool any_;
  const Authority& authority_;
  const TermSource& index_;
  analysis::WordTable& words_;
  bool positive_ = true;
  std::size_t expanded_ = 0;
  std::map<std::string, double> leaves_;
  Compiled result_;
};

std::string describe(const Plan& plan, const TermSource& index, std::size_t depth) {
  constexpr std::size_t kShown = 20;
  static constexpr std::string_view kNames[] = {"nothing", "everything", "term", "entity",
                                                "exact",   "published",  "and",  "or",
                                                "not",     "phrase",     "near", "within one"};
  std::string out(depth * 2, ' ');
  out += kNames[static_cast<std::size_t>(plan.op)];
  if (plan.op == Op::near)
    out += "/" + std::to_string(plan.distance) + (plan.ordered ? " in order" : "");
  if (plan.op == Op::scope) out += plan.unit == Unit::sentence ? " sentence" : " paragraph";
  if (plan.field != Field::any) out += " in " + std::string(field_name(plan.field));
  if (plan.op == Op::days) {
    out += plan.days.first == INT32_MIN ? " " : " " + to_iso(from_days(plan.days.first));
    out += plan.days.last == INT32_MAX ? ".." : ".." + to_iso(from_days(plan.days.last));
  }
  for (std::size_t i = 0; i < plan.terms.size() && i < kShown; ++i) {
    out += " " + plan.terms[i] + " (" + std::to_string(index.documents(plan.terms[i])) + ")";
  }
  if (plan.terms.size() > kShown) {
    out += " and " + std::to_string(plan.terms.size() - kShown) + " more";
  }
  out += "\n";
  for (const auto& child : plan.children) out += describe(child, index, depth + 1);
  return out;
}

}  // namespace

std::string visible(std::string_view written) {
  std::string out;
  for (std::size_t at = 0; at < written.size();) {
    const auto c = utf8::decode(written, at);
    const bool hidden = c.code == 0x0640 || (c.code >= 0x200B && c.code <= 0x200F) ||
                        (c.code >= 0x202A && c.code <= 0x202E) ||
                        (c.code >= 0x2060 && c.code <= 0x2069) || c.code == 0x061C ||
                        c.code == 0xFEFF || c.code == 0x00AD;
    if (!hidden) out.append(written.substr(at, c.length));
    at += c.length;
  }
  return out;
}

Compiled compile(const Query::Impl& query, bool any, const Authority& authority,
                 const TermSource& index) {
  return Compiler(query, any, authority, index).run();
}

std::string describe(const Plan& plan, const TermSource& index) { return describe(plan, index, 0); }

}  // namespace fihris::query
