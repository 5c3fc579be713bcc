// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/suggest.h"

#include <algorithm>
#include <span>
#include <vector>

#include "analysis/words.h"
#include "index/schema.h"
#include "query/expand.h"

namespace fihris::search {
namespace {

constexpr std::uint32_t kRare = 1;           ///< articles up to which a word may be a slip
constexpr std::uint32_t kTimesCommoner = 5;  ///< how much more frequent the better word has to be
constexpr std::size_t kWords = 8;            ///< words looked at
constexpr std::size_t kLetters = 3;          ///< of a word that may be a slip: one more is another
constexpr std::size_t kNameWords = 4;        ///< of a name

struct Change {
  std::size_t begin, end;
  std::string word;
};

class Suggester {
 public:
  Suggester(const Query::Impl& query, const query::TermSource& terms, const Authority& authority,
            const std::function<std::string(const std::string&)>& spelling)
      : query_(query), terms_(terms), authority_(authority), spelling_(spelling) {}

  std::string run() {
    find_names();
    collect(query_.root);
    if (changes_.empty()) return {};
    std::ranges::sort(changes_, {}, &Change::begin);
    std::string text;
    std::size_t at = 0;
    for (const auto& change : changes_) {
      if (change.begin < at || change.end > query_.text.size()) continue;
      text += query_.text.substr(at, change.begin - at) + change.word;
      at = change.end;
    }
    return text + query_.text.substr(at);
  }

 private:
  static bool is_plain(const query::Node& node) {
    const bool text = node.kind == query::Kind::word || node.kind == query::Kind::phrase;
    return text && node.form == query::Form::stem && !node.pattern && node.fuzzy < 0;
  }

  /// Names among the bare words at the top of the query, the longest first.
  void find_names() {
    const auto& root = query_.root;
    const bool several = root.kind == query::Kind::all;
    const auto* nodes = several ? root.children.data() : &root;
    const auto count = several ? root.children.size() : 1;
    for (std::size_t i = 0; i < count;) {
      std::size_t taken = 0;
      for (auto n = std::min(kNameWords, count - i); n > 0 && taken == 0; --n) {
        if (add_name({nodes + i, n})) taken = n;
      }
      i += std::max<std::size_t>(taken, 1);
    }
  }
  bool add_name(std::span<const query::Node> nodes) {
    const auto begin = nodes.front().begin, end = nodes.back().end;
    if (end > query_.text.size() || begin >= end) return false;
    for (const auto& node : nodes) {
      if (!is_plain(node) || node.field != query::Field::any) return false;
      if (nodes.size() > 1 && node.kind == query::Kind::phrase) return false;
    }
    const auto written = query_.text.substr(begin, end - begin);
    if (written.find_first_of("()\\") != written.npos) return false;
    auto known_as_words = UINT32_MAX;
    for (const auto& token : analysis::tokenize(written, words_)) {
      if (token.word->kind != TokenKind::latin) return false;
      known_as_words =
          std::min(known_as_words, terms_.documents(index::bounded_term("", token.word->stem)));
    }
    const bool quoted = nodes.front().kind == query::Kind::phrase;
    const auto& name = quoted ? nodes.front().text : written;
    std::uint64_t most = kTimesCommoner * std::uint64_t{std::max(known_as_words, 1u)};
    std::string field;
    for (const auto facet : {Facet::faction, Facet::region}) {
      const bool faction = facet == Facet::faction;
      std::uint32_t documents = 0;
      for (const auto& entity : authority_.resolve(facet, name)) {
        documents = std::max(
            documents,
            terms_.documents(index::bounded_term(
                faction ? index::prefix::kFactionTree : index::prefix::kRegionTree, entity.id)));
      }
      if (documents < most) continue;
      most = documents + 1;
      field = faction ? "faction:" : "region:";
    }
    if (field.empty()) return false;
    const std::string quote = nodes.size() > 1 ? "\"" : "";
    changes_.push_back({begin, end, field + quote + written + quote});
    return true;
  }

  void collect(const query::Node& node) {
    if (node.kind == query::Kind::negation) return;
    if (is_plain(node)) {
      // the words stand in the query as they stand in the node, unless escapes were resolved
      const auto written =
          std::string_view(query_.text)
              .substr(std::min(node.begin, query_.text.size()), node.end - node.begin);
      for (const auto& token : analysis::tokenize(written, words_)) {
        consider(*token.word, node.begin + token.begin, node.begin + token.end);
      }
    }
    for (const auto& child : node.children) collect(child);
  }

  void consider(const analysis::Word& word, std::size_t begin, std::size_t end) {
    const bool named = std::ranges::any_of(
        changes_, [&](const Change& change) { return change.begin <= begin && end <= change.end; });
    if (named || word.stop || looked_at_++ >= kWords) return;
    if (word.kind != TokenKind::arabic && word.kind != TokenKind::latin) return;
    if (query::decode_letters(word.folded).size() < kLetters) return;
    const auto stem = terms_.documents(index::bounded_term("", word.stem));
    if (stem > kRare) return;
    const auto near = query::expand_fuzzy(word.folded, 0, terms_);
    for (const auto& form : near.forms) {
      const auto documents = terms_.documents(index::bounded_term(index::prefix::kRaw, form));
      if (form != word.folded && documents >= kTimesCommoner * std::max(stem, 1u)) {
        changes_.push_back({begin, end, spelling_(form)});
        return;
      }
    }
  }

  const Query::Impl& query_;
  const query::TermSource& terms_;
  const Authority& authority_;
  const std::function<std::string(const std::string&)>& spelling_;
  analysis::WordTable words_;
  std::size_t looked_at_ = 0;
  std::vector<Change> changes_;
};

}  // namespace

std::string better_spelling(const Query::Impl& query, const query::TermSource& terms,
                            const Authority& authority,
                            const std::function<std::string(const std::string&)>& spelling) {
  if (query.text.empty()) return {};
  return Suggester(query, terms, authority, spelling).run();
}

}  // namespace fihris::search
