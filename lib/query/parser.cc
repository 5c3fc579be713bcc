// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/words.h"
#include "base/utf8.h"
#include "fihris/analysis.h"
#include "query/lexer.h"

namespace fihris::query {
namespace {

constexpr std::size_t kSavedDepth = 8;  ///< saved queries inside each other

std::optional<Unit> scope_named(std::string_view name) {
  const auto folded = Analyzer::fold(name);
  if (folded == "sentence" || folded == "جمله") return Unit::sentence;
  if (folded == "para" || folded == "paragraph" || folded == "فقره") return Unit::paragraph;
  return std::nullopt;
}

/// Sets the field of all words below `node`.
Node within(Node node, Field field) {
  if (node.kind == Kind::word || node.kind == Kind::phrase) node.field = field;
  for (auto& child : node.children) child = within(std::move(child), field);
  return node;
}

/// A node of `kind` over `children`: the child itself where there is one, none where there is none.
/// Children that ask the same are kept once.
Node join(Kind kind, std::vector<Node> children) {
  Node node{.kind = kind};
  for (auto& child : children) {
    if (child.kind == Kind::none) continue;
    const auto twin = [&](const Node& other) { return same(child, other); };
    if (std::ranges::any_of(node.children, twin)) continue;
    node.children.push_back(std::move(child));
  }
  if (node.children.empty()) return {};
  if (node.children.size() == 1) return std::move(node.children.front());
  node.begin = node.children.front().begin;
  node.end = node.children.back().end;
  return node;
}

class Parser {
 public:
  Parser(std::string_view text, const SavedQueries& saved, std::size_t saved_depth)
      : saved_(saved), saved_depth_(saved_depth) {
    if (text.size() > limit::kBytes) {
      const auto cut = utf8::floor_boundary(text, limit::kBytes);
      warn(
          cut, text.size(),
          "a query has at most " + std::to_string(limit::kBytes) + " bytes; the rest was left out");
      text = text.substr(0, cut);
    }
    size_ = text.size();
    auto lexed = lex(text);
    tokens_ = std::move(lexed.tokens);
    warnings_.insert(warnings_.end(), lexed.warnings.begin(), lexed.warnings.end());
  }

  ParseResult run() {
    std::vector<Node> parts;
    while (at_ < tokens_.size()) {
      auto part = read_or(0);
      if (part.kind != Kind::none) parts.push_back(std::move(part));
      if (at_ < tokens_.size()) {  // only a closing bracket stops read_or
        if (skipped_opens_ > 0) {
          --skipped_opens_;
        } else {
          warn_at(tokens_[at_], "a closing bracket without its partner");
        }
        ++at_;
      }
    }
    std::ranges::stable_sort(warnings_, {}, &QueryWarning::begin);
    return {join(Kind::all, std::move(parts)), std::move(warnings_)};
  }

 private:
  void warn(std::size_t begin, std::size_t end, std::string message) {
    warnings_.push_back({begin, end, std::move(message)});
  }
  void warn_at(const Token& token, std::string message) {
    warn(token.begin, token.end, std::move(message));
  }
  bool more() const { return at_ < tokens_.size(); }
  bool is(TokenType type) const { return more() && tokens_[at_].type == type; }
  /// True if something that can be searched begins at token `i`.
  bool operand_at(std::size_t i) const {
    while (i < tokens_.size() && tokens_[i].type == TokenType::not_op) ++i;
    if (i >= tokens_.size()) return false;
    const auto type = tokens_[i].type;
    return type == TokenType::open || type == TokenType::word || type == TokenType::phrase ||
           type == TokenType::saved || type == TokenType::field;
  }

  Node read_or(std::size_t depth) {
    std::vector<Node> parts;
    parts.push_back(read_and(depth));
    while (is(TokenType::or_op)) {
      ++at_;
      parts.push_back(read_and(depth));
    }
    return join(Kind::any, std::move(parts));
  }

  /// An operator that has nothing to join: its own word, where it is one.
  Node literal(const Token& op) {
    warn_at(op, "«" + op.text + "» joins nothing here and is taken as a word");
    ++literals_;
    Token word = op;
    word.type = TokenType::word;
    return word_node(word);
  }

  Node read_and(std::size_t depth) {
    std::vector<Node> parts;
    bool implicit = true;
    const auto literals = literals_;
    while (more() && !is(TokenType::close)) {
      const bool either = is(TokenType::or_op);
      if (!either && !is(TokenType::and_op)) {
        parts.push_back(read_near(depth));
        continue;
      }
      const bool left =
          std::ranges::any_of(parts, [](const Node& part) { return part.kind != Kind::none; });
      if (!left || !operand_at(at_ + 1)) {
        parts.push_back(literal(tokens_[at_]));
      } else if (either) {
        break;
      } else {
        implicit = false;
      }
      ++at_;
    }
    // operators alone are no words that somebody would be content to find any of
    if (parts.size() == literals_ - literals) implicit = false;
    auto node = join(Kind::all, std::move(parts));
    if (node.kind == Kind::all) node.implicit = implicit && depth == 0;
    return node;
  }

  Node read_near(std::size_t depth) {
    auto left = read_unary(depth);
    std::vector<Node> pairs;
    while (is(TokenType::near_op)) {
      const auto op = tokens_[at_];
      // one that joins nothing is left for `read_primary`, as a word beside the others
      if (left.kind == Kind::none || !operand_at(at_ + 1)) break;
      ++at_;
      auto right = read_unary(depth);
      pairs.push_back(near_node(op, left, right));
      left = std::move(right);
    }
    return pairs.empty() ? left : join(Kind::all, std::move(pairs));
  }

  Node near_node(const Token& op, const Node& left, const Node& right) {
    Node node{.kind = Kind::near, .begin = left.begin, .end = right.end};
    node.ordered = op.ordered;
    node.distance = bounded_distance(op, op.distance);
    node.children = {left, right};
    if (right.kind == Kind::none) return left;
    for (const auto& side : node.children) {
      if (!has_place(side)) {
        warn(side.begin, side.end, "this has no place in the text; NEAR is taken as AND");
        node.kind = Kind::all;
        node.distance = -1;
        node.ordered = false;
        break;
      }
    }
    return node;
  }
  /// True if the part of a query stands at words of the text.
  static bool has_place(const Node& node) {
    switch (node.kind) {
      case Kind::word:
      case Kind::phrase:
        return node.field != Field::author;
      case Kind::any:
        return std::ranges::all_of(node.children, has_place);
      case Kind::field:
        return node.field == Field::faction || node.field == Field::region ||
               node.field == Field::entity || node.field == Field::about ||
               node.field == Field::near;
      default:
        return false;
    }
  }
  int bounded_distance(const Token& token, int distance) {
    if (distance <= limit::kDistance) return std::max(distance, 1);
    warn_at(token, "a distance is at most " + std::to_string(limit::kDistance) + " words");
    return limit::kDistance;
  }

  Node read_unary(std::size_t depth) {
    if (!is(TokenType::not_op)) return read_primary(depth);
    const auto first = at_;
    bool negated = false;
    for (; is(TokenType::not_op); ++at_) negated = !negated;
    if (!operand_at(at_)) {
      auto word = literal(tokens_[at_ - 1]);
      return word;
    }
    const auto begin = tokens_[first].begin;
    auto child = read_primary(depth);
    if (!negated || child.kind == Kind::none) return child;
    Node node{.kind = Kind::negation, .begin = begin, .end = child.end};
    node.children.push_back(std::move(child));
    return node;
  }

  Node read_primary(std::size_t depth) {
    const auto& token = tokens_[at_];
    switch (token.type) {
      case TokenType::open:
        ++at_;
        return read_group(token, depth);
      case TokenType::field:
        ++at_;
        return read_field(token, depth);
      case TokenType::saved:
        ++at_;
        return count(saved_node(token));
      case TokenType::phrase:
        ++at_;
        return count(values_of_ ? value_node(token) : phrase_node(token));
      case TokenType::word: {
        ++at_;
        if (values_of_) return count(value_node(token));
        const auto unit = token.glued && !token.literal ? scope_named(token.text) : std::nullopt;
        if (unit && token.form == Form::stem) return read_scope(token, *unit, depth);
        return count(word_node(token));
      }
      default:  // an operator where an operand is wanted
        ++at_;
        return literal(token);
    }
  }

  Node read_group(const Token& open, std::size_t depth) {
    if (depth + 1 >= limit::kDepth) {
      if (skipped_opens_++ == 0) {
        warn_at(open, "brackets are nested more than " + std::to_string(limit::kDepth) +
                          " deep; further ones are passed over");
      }
      return {};
    }
    auto node = read_or(depth + 1);
    if (is(TokenType::close)) {
      if (node.kind == Kind::none) warn(open.begin, tokens_[at_].end, "nothing between brackets");
      node.begin = open.begin;
      node.end = tokens_[at_++].end;
    } else if (clauses_ <= limit::kClauses && skipped_opens_ == 0) {
      warn_at(open, "a bracket is not closed");
    }
    return node;
  }

  Node read_scope(const Token& name, Unit unit, std::size_t depth) {
    const auto& open = tokens_[at_++];
    auto body = read_group(open, depth);
    if (body.kind == Kind::none) return body;
    Node node{.kind = Kind::scope, .begin = name.begin, .end = body.end};
    node.unit = unit;
    node.children.push_back(std::move(body));
    return node;
  }

  Node read_field(const Token& name, std::size_t depth) {
    const auto field = name.field;
    if (is(TokenType::open)) {
      const auto& open = tokens_[at_++];
      const bool words = is_text_field(field);
      const auto before =
          std::exchange(values_of_, words ? std::nullopt : std::optional<Field>(field));
      auto group = read_group(open, depth);
      values_of_ = before;
      return words ? within(std::move(group), field) : group;
    }
    Node node{.kind = Kind::field, .begin = name.begin, .end = name.end};
    node.field = field;
    std::vector<Node> words;
    while (is(TokenType::value) || is(TokenType::quoted)) {
      const auto& token = tokens_[at_++];
      node.end = token.end;
      if (is_text_field(field)) {
        auto word = count(token.type == TokenType::quoted ? phrase_node(token) : word_node(token));
        words.push_back(within(std::move(word), field));
        continue;
      }
      if (clauses_++ >= limit::kClauses) {
        warn_too_many(token.begin);
        continue;
      }
      node.values.push_back(value_of(token));
    }
    if (is_text_field(field)) return join(Kind::any, std::move(words));
    return node.values.empty() ? Node{} : node;
  }

  static Value value_of(const Token& token) {
    Value value{.begin = token.begin, .end = token.end, .text = token.text};
    value.only = token.form != Form::stem;
    if (value.text.size() > 1 && value.text.ends_with('/')) {
      value.members = true;
      value.text.pop_back();
    }
    return value;
  }
  /// A word or phrase within the brackets of a field: one of its values.
  Node value_node(const Token& token) const {
    Node node{.kind = Kind::field, .begin = token.begin, .end = token.end};
    node.field = *values_of_;
    node.values.push_back(value_of(token));
    return node;
  }

  /// Keeps `node` while the query has not too many parts.
  Node count(Node node) {
    if (node.kind == Kind::none) return node;
    if (clauses_++ < limit::kClauses) return node;
    warn_too_many(node.begin);
    return {};
  }
  void warn_too_many(std::size_t begin) {
    at_ = tokens_.size();
    if (clauses_ != limit::kClauses + 1) return;
    warn(
        begin, size_,
        "a query has at most " + std::to_string(limit::kClauses) + " parts; the rest was left out");
  }

  Node word_node(const Token& token) {
    Node node{.kind = Kind::word, .begin = token.begin, .end = token.end};
    node.text = token.text;
    node.form = token.form;
    node.fuzzy = token.fuzzy;
    const auto parts = analysis::tokenize(token.text, words_);
    if (token.pattern) {
      if (pattern_letters(token.text) >= limit::kPatternLetters) {
        node.pattern = true;
        return node;
      }
      if (!parts.empty()) {
        warn_at(token, "«*» needs " + std::to_string(limit::kPatternLetters) +
                           " letters beside it; taken as a word");
      }
    }
    if (parts.empty()) {
      const bool noise = token.text.find_first_not_of("-.'/_–—") == std::string::npos;
      if (!noise || token.pattern) warn_at(token, "there is no word in this");
      return {};
    }
    if (parts.size() > 1) {
      node.kind = Kind::phrase;
      node.fuzzy = -1;
      if (token.fuzzy >= 0) warn_at(token, "«~» stands at a single word; passed over");
      return bounded_phrase(std::move(node), parts.size(), token);
    }
    node.text = std::string(parts.front().word->written);
    return node;
  }
  /// Letters of the longest piece between stars.
  static std::size_t pattern_letters(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
      const auto star = std::min(text.find('*'), text.size());
      longest = std::max(longest, utf8::length(Analyzer::fold(text.substr(0, star))));
      text.remove_prefix(std::min(star + 1, text.size()));
    }
    return longest;
  }

  Node phrase_node(const Token& token) {
    Node node{.kind = Kind::phrase, .begin = token.begin, .end = token.end};
    node.text = token.text;
    node.form = token.form;
    if (token.distance >= 0) {
      node.distance =
          bounded_distance(token, token.distance == 0 ? limit::kDefaultDistance : token.distance);
      if (node.form != Form::stem) {
        warn_at(token, "an exact phrase keeps its order; «~» is passed over");
        node.distance = -1;
      }
    }
    const auto parts = analysis::tokenize(token.text, words_);
    if (parts.empty()) {
      warn_at(token, "there is no word in this phrase");
      return {};
    }
    if (parts.size() == 1) {
      node.kind = Kind::word;
      node.distance = -1;
      node.text = std::string(parts.front().word->written);
      return node;
    }
    return bounded_phrase(std::move(node), parts.size(), token);
  }
  Node bounded_phrase(Node node, std::size_t count, const Token& token) {
    if (count <= limit::kPhraseWords) return node;
    warn_at(token, "a phrase has at most " + std::to_string(limit::kPhraseWords) +
                       " words; the rest was left out");
    const auto parts = analysis::tokenize(node.text, words_);
    node.text.resize(parts[limit::kPhraseWords - 1].end);
    return node;
  }

  Node saved_node(const Token& token) {
    const auto text = saved_ ? saved_(token.text) : std::nullopt;
    if (!text) {
      warn_at(token, "there is no saved query of that name");
      return word_node(token);
    }
    if (saved_depth_ >= kSavedDepth) {
      warn_at(token, "saved queries are nested too deeply");
      return {};
    }
    auto inner = Parser(*text, saved_, saved_depth_ + 1).run();
    for (const auto& warning : inner.warnings) {
      warn_at(token, "in the saved query: " + warning.message);
    }
    return placed(std::move(inner.root), token);
  }
  /// Messages about a saved query point at its name.
  static Node placed(Node node, const Token& at) {
    node.begin = at.begin;
    node.end = at.end;
    node.implicit = false;
    for (auto& value : node.values) {
      value.begin = at.begin;
      value.end = at.end;
    }
    for (auto& child : node.children) child = placed(std::move(child), at);
    return node;
  }

  const SavedQueries& saved_;
  std::size_t saved_depth_;
  std::size_t size_ = 0;
  std::vector<Token> tokens_;
  std::size_t literals_ = 0;  ///< operators that were taken as words so far
  std::size_t at_ = 0;
  std::size_t clauses_ = 0;
  std::size_t skipped_opens_ = 0;   ///< brackets beyond the depth
  std::optional<Field> values_of_;  ///< the field whose brackets are read
  std::vector<QueryWarning> warnings_;
  analysis::WordTable words_;
};

}  // namespace

ParseResult parse(std::string_view text, const SavedQueries& saved) {
  return Parser(text, saved, 0).run();
}

ParseResult parse_plain(std::string_view text) {
  ParseResult result;
  if (text.size() > limit::kBytes) {
    text = text.substr(0, utf8::floor_boundary(text, limit::kBytes));
  }
  analysis::WordTable words;
  std::vector<Node> parts;
  for (const auto& token : analysis::tokenize(text, words)) {
    if (parts.size() >= limit::kClauses) break;
    Node node{.kind = Kind::word, .begin = token.begin, .end = token.end};
    node.text = text.substr(token.begin, token.end - token.begin);
    parts.push_back(std::move(node));
  }
  result.root = join(Kind::all, std::move(parts));
  if (result.root.kind == Kind::all) result.root.implicit = true;
  return result;
}

}  // namespace fihris::query
