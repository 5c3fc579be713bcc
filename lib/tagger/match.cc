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

/// True if a name may go on over these bytes.
bool joins(std::string_view between) {
  int line_breaks = 0;
  for (std::size_t at = 0; at < between.size();) {
    const auto c = utf8::decode(between, at);
    at += c.length;
    switch (c.code) {
      case '\n':
        if (++line_breaks > 1) return false;
        break;
      case ' ':
      case '\t':
      case '\r':
      case 0xA0:
      case '"':
      case '\'':
      case '-':
      case 0x2010:
      case 0x2011:
      case U'«':
      case U'»':
      case U'“':
      case U'”':
      case U'‘':
      case U'’':
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
      default:
        return false;
    }
  }
  return true;
}

}  // namespace

std::string_view TokenRun::after(std::size_t i) const {
  const auto whole = field_text(i);
  const bool last = i + 1 == tokens.size() || i + 1 == title_tokens;
  const std::size_t end = last ? whole.size() : tokens[i + 1].begin;
  return whole.substr(tokens[i].end, end - tokens[i].end);
}

std::string_view TokenRun::before(std::size_t i) const {
  const auto whole = field_text(i);
  const std::size_t begin = i == 0 || i == title_tokens ? 0 : tokens[i - 1].end;
  return whole.substr(begin, tokens[i].begin - begin);
}

Matcher::Known Matcher::look_up(const analysis::Word& word) const {
  Known known;
  known.done = true;
  const std::string_view folded = word.folded;
  known.word = image_->word(authority::key_word(folded));
  const auto start = [&](std::string_view rest, std::size_t proclitic_bytes, bool article) {
    const auto number = image_->word(authority::key_word(rest));
    if (number == authority::kNone) return;
    const auto node = image_->next(authority::kRoot, number);
    if (node == authority::kNone) return;
    known.starts.push_back({node, static_cast<std::uint8_t>(proclitic_bytes), article});
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
  return known;
}

const Matcher::Known& Matcher::known(const analysis::Word& word) {
  if (word.id >= known_.size())
    known_.resize(std::max<std::size_t>(word.id + 1, known_.size() * 2));
  auto& entry = known_[word.id];
  if (!entry.done) entry = look_up(word);
  return entry;
}

std::vector<Match> Matcher::find(const TokenRun& run, const analysis::WordTable& words) {
  if (generation_ != words.generation()) {
    known_.clear();
    generation_ = words.generation();
  }
  std::vector<Match> matches;
  for (std::uint32_t i = 0; i < run.tokens.size(); ++i) {
    const auto& word = *run.tokens[i].word;
    // The reference does not outlive the look-ups of later words, so starts are copied out.
    const auto count = known(word).starts.size();
    if (count == 0) continue;
    for (std::size_t s = 0; s < count; ++s) {
      const auto [first_node, proclitic_bytes, article] = known_[word.id].starts[s];
      auto node = first_node;
      std::uint32_t length = 1;
      for (auto j = i;; ++j, ++length) {
        if (!image_->bearers(node).empty()) {
          matches.push_back({i, j, node, length, word.folded.substr(0, proclitic_bytes), article});
        }
        if (j + 1 >= run.tokens.size() || j + 1 == run.title_tokens || !joins(run.after(j))) break;
        const auto next = known(*run.tokens[j + 1].word).word;
        node = next == authority::kNone ? authority::kNone : image_->next(node, next);
        if (node == authority::kNone) break;
      }
    }
  }
  std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return a.first != b.first ? a.first < b.first : a.last > b.last;
  });
  return matches;
}

}  // namespace fihris::tagger
