// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/match.h"

#include <algorithm>
#include <array>

#include "authority/names.h"
#include "base/utf8.h"

namespace fihris::tagger {
namespace {

constexpr std::size_t kLetter = 2;  // bytes of an Arabic letter

/// Proclitics that may stand before a noun, longest first within one first letter. ل before the
/// article gives لل.
constexpr std::array<std::string_view, 11> kProclitics{"و",  "ف",  "ب",  "ك",  "ل", "وب",
                                                       "ول", "وك", "فب", "فل", "فك"};

std::uint8_t gap_of(std::string_view between) {
  std::uint8_t gap = 0;
  int lines = 0;
  for (std::size_t at = 0; at < between.size();) {
    const auto c = utf8::decode(between, at);
    at += c.length;
    switch (c.code) {
      case ' ':
      case '\t':
      case '\r':
      case 0xA0:
      case U'ـ':
      case 0x200B:
      case 0x200C:
      case 0x200D:
      case 0x200E:
      case 0x200F:
      case 0x202A:
      case 0x202B:
      case 0x202C:
        break;
      case '\n':
        gap |= ++lines > 1 ? kLine | kOtherMark : kLine;
        break;
      case '"':
      case '\'':
      case U'«':
      case U'»':
      case U'“':
      case U'”':
      case U'‘':
      case U'’':
        gap |= kQuote;
        break;
      case '-':
      case 0x2010:
      case 0x2011:
      case 0x2013:
      case 0x2014:
        gap |= kDash;
        break;
      case ',':
      case U'،':
        gap |= kComma;
        break;
      case '.':
      case '!':
      case '?':
      case U'؟':
      case ':':
      case ';':
      case U'؛':
      case U'…':
        gap |= kStop;
        break;
      case '(':
      case ')':
      case '[':
      case ']':
      case '{':
      case '}':
      case '/':
        gap |= kBracket;
        break;
      default:
        gap |= kOtherMark;
    }
  }
  return gap;
}

}  // namespace

std::string_view TokenRun::before(std::size_t i) const {
  const auto whole = field_text(i);
  const std::size_t begin = i == 0 || i == title_tokens ? 0 : tokens[i - 1].end;
  return whole.substr(begin, tokens[i].begin - begin);
}

std::vector<std::uint8_t> Matcher::gaps(const TokenRun& run) {
  std::vector<std::uint8_t> gaps(run.tokens.size() + 1, 0);
  for (std::size_t i = 0; i < run.tokens.size(); ++i) {
    const auto between = run.before(i);
    if (between != " ") gaps[i] = gap_of(between);
    if (i == 0 || i == run.title_tokens) gaps[i] |= kEdge;
  }
  gaps.back() = kEdge;
  return gaps;
}

Matcher::Known Matcher::look_up(const analysis::Word& word) {
  Known known;
  known.done = true;
  known.cues = cues_of(word);
  known.starts = static_cast<std::uint32_t>(starts_.size());
  const std::string_view folded = word.folded;
  known.word = image_->word(authority::key_word(folded));
  const auto start = [&](std::string_view rest, std::size_t proclitic_bytes, bool article) {
    const auto number = image_->word(authority::key_word(rest));
    if (number == authority::kNone) return;
    const auto node = image_->next(authority::kRoot, number);
    if (node == authority::kNone) return;
    starts_.push_back({node, static_cast<std::uint8_t>(proclitic_bytes), article});
    ++known.start_count;
  };
  const auto articled = [&](std::string_view rest, std::size_t proclitic_bytes) {
    const auto stripped = authority::strip_article(rest);
    start(stripped.rest, proclitic_bytes, stripped.found);
  };
  articled(folded, 0);
  if (word.kind != TokenKind::arabic) return known;
  for (const auto proclitic : kProclitics) {
    if (!folded.starts_with(proclitic)) continue;
    const auto rest = folded.substr(proclitic.size());
    if (rest.size() < 2 * kLetter) continue;
    articled(rest, proclitic.size());
    // لل: the article has lost its alef after ل.
    if (proclitic.ends_with("ل") && rest.starts_with("ل") && rest.size() >= 3 * kLetter) {
      start(rest.substr(kLetter), proclitic.size(), true);
    }
  }
  if (known.start_count > 0 || known.word != authority::kNone) read_grammar(word, known.cues);
  return known;
}

void Matcher::prepare(const TokenRun& run, const analysis::WordTable& words) {
  if (generation_ != words.generation()) {
    known_.clear();
    starts_.clear();
    generation_ = words.generation();
  }
  if (known_.size() < words.size()) known_.resize(std::max(words.size(), known_.size() * 2));
  for (const auto& token : run.tokens) {
    if (!known_[token.word->id].done) known_[token.word->id] = look_up(*token.word);
  }
}

std::vector<Match> Matcher::find(const TokenRun& run, std::span<const std::uint8_t> gaps) const {
  std::vector<Match> matches;
  const auto count = static_cast<std::uint32_t>(run.tokens.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto& word = *run.tokens[i].word;
    const auto& known = known_[word.id];
    if (known.start_count == 0) continue;
    const auto begin = matches.size();
    for (std::size_t s = 0; s < known.start_count; ++s) {
      const auto [first_node, proclitic_bytes, article] = starts_[known.starts + s];
      auto node = first_node;
      std::uint32_t length = 1;
      for (auto j = i;; ++j, ++length) {
        if (!image_->bearers(node).empty()) {
          matches.push_back({i, j, node, length, word.folded.substr(0, proclitic_bytes), article});
        }
        if (j + 1 == count || (gaps[j + 1] & ~kJoining) != 0) break;
        const auto next = known_[run.tokens[j + 1].word->id].word;
        node = next == authority::kNone ? authority::kNone : image_->next(node, next);
        if (node == authority::kNone) break;
      }
    }
    if (matches.size() - begin > 1) {
      std::stable_sort(matches.begin() + static_cast<std::ptrdiff_t>(begin), matches.end(),
                       [](const Match& a, const Match& b) { return a.last > b.last; });
    }
  }
  return matches;
}

}  // namespace fihris::tagger
