// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/suggest.h"

#include <algorithm>
#include <vector>

#include "analysis/words.h"
#include "index/schema.h"
#include "query/expand.h"

namespace fihris::search {
namespace {

constexpr std::uint32_t kRare = 1;           ///< articles up to which a word may be a slip
constexpr std::uint32_t kTimesCommoner = 5;  ///< how much more frequent the better word has to be
constexpr std::size_t kWords = 8;            ///< words looked at

struct Change {
  std::size_t begin, end;
  std::string word;
};

class Suggester {
 public:
  Suggester(const Query::Impl& query, const query::TermSource& terms,
            const std::function<std::string(const std::string&)>& spelling)
      : query_(query), terms_(terms), spelling_(spelling) {}

  std::string run() {
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
  void collect(const query::Node& node) {
    if (node.kind == query::Kind::negation) return;
    const bool text = node.kind == query::Kind::word || node.kind == query::Kind::phrase;
    if (text && node.form == query::Form::stem && !node.pattern && node.fuzzy < 0) {
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
    if (word.stop || looked_at_++ >= kWords) return;
    if (word.kind != TokenKind::arabic && word.kind != TokenKind::latin) return;
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
  const std::function<std::string(const std::string&)>& spelling_;
  analysis::WordTable words_;
  std::size_t looked_at_ = 0;
  std::vector<Change> changes_;
};

}  // namespace

std::string better_spelling(const Query::Impl& query, const query::TermSource& terms,
                            const std::function<std::string(const std::string&)>& spelling) {
  if (query.text.empty()) return {};
  return Suggester(query, terms, spelling).run();
}

}  // namespace fihris::search
