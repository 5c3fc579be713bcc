// SPDX-License-Identifier: GPL-2.0-or-later
#include "tagger/cues.h"

#include <array>
#include <bit>
#include <span>
#include <vector>

#include "analysis/grammar.h"
#include "analysis/lexicon.h"
#include "base/file.h"

namespace fihris::tagger {
namespace {

constexpr std::size_t kLetter = 2;  // bytes of an Arabic letter

/// The cue words under their hash: every new word of a text asks for up to twenty readings.
class CueTable {
 public:
  CueTable() : slots_(std::bit_ceil(4 * kCueWordCount)) {
    for (const auto& row : std::span(kCueWords, kCueWordCount)) {
      const std::string_view word(row.word);
      auto at = fnv1a(word) & (slots_.size() - 1);
      while (slots_[at].row != nullptr) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = {word, &row};
    }
  }

  const CueWord* find(std::string_view folded) const {
    for (auto at = fnv1a(folded) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].row == nullptr || slots_[at].word == folded) return slots_[at].row;
    }
  }

 private:
  struct Slot {
    std::string_view word;
    const CueWord* row = nullptr;
  };
  std::vector<Slot> slots_;
};

const CueWord* find(std::string_view folded) {
  static const CueTable table;
  return table.find(folded);
}

/// What may stand before a noun, longest readings last: the first one that gives a known word wins.
struct Prefix {
  std::string_view letters;
  bool conjunction, particle, article;
};
constexpr std::array kPrefixes{
    Prefix{"", false, false, false},  Prefix{"ال", false, false, true},
    Prefix{"و", true, false, false},  Prefix{"وال", true, false, true},
    Prefix{"ب", false, true, false},  Prefix{"بال", false, true, true},
    Prefix{"ل", false, true, false},  Prefix{"لل", false, true, true},
    Prefix{"ف", true, false, false},  Prefix{"فال", true, false, true},
    Prefix{"ك", false, true, false},  Prefix{"كال", false, true, true},
    Prefix{"وب", true, true, false},  Prefix{"وبال", true, true, true},
    Prefix{"ول", true, true, false},  Prefix{"ولل", true, true, true},
    Prefix{"فل", true, true, false},  Prefix{"فلل", true, true, true},
    Prefix{"وكال", true, true, true},
};

}  // namespace

WordCues cues_of(const analysis::Word& word) {
  WordCues cues;
  if (word.kind != TokenKind::arabic) return cues;
  const auto folded = word.folded;
  // The mark stands on the last letter but an alef that carries it: سوريًا, سورياً.
  cues.tanwin = word.written.ends_with("ًا") || word.written.ends_with("اً");
  for (const auto& prefix : kPrefixes) {
    if (!folded.starts_with(prefix.letters)) continue;
    const auto rest = folded.substr(prefix.letters.size());
    if (rest.size() < 2 * kLetter) continue;
    if (const auto* row = find(rest)) {
      cues.classes = row->classes;
      // «العند» is no preposition.
      if (prefix.article) cues.classes &= ~static_cast<std::uint64_t>(kPreposition);
      cues.adjective_of = country_of(row->country);
      cues.definite = prefix.article;
      cues.conjunction = prefix.conjunction;
      cues.particle = prefix.particle;
      return cues;
    }
  }
  for (auto prefix = kPrefixes.rbegin(); prefix != kPrefixes.rend(); ++prefix) {
    if (!prefix->article || !folded.starts_with(prefix->letters)) continue;
    if (folded.size() < prefix->letters.size() + 2 * kLetter) continue;
    cues.definite = true;
    cues.conjunction = prefix->conjunction;
    cues.particle = prefix->particle;
    break;
  }
  return cues;
}

void read_grammar(const analysis::Word& word, WordCues& cues) {
  if (word.kind != TokenKind::arabic) return;
  const auto letters = analysis::to_letters(word.light);
  if (!letters.fits) return;
  const auto cut = analysis::best_cut(letters);
  if (cut.kind != analysis::Cut::Kind::lexicon || cut.entry == nullptr) return;
  const auto& lemma = analysis::lexicon::kLemmas[cut.entry->lemma];
  const auto word_class = static_cast<analysis::lexicon::WordClass>(lemma.word_class);
  cues.adjective = word_class == analysis::lexicon::WordClass::adjective;
  cues.common = !cues.adjective && word_class != analysis::lexicon::WordClass::name;
  cues.whole = (cues.common || cues.adjective) && cut.start == 0;
}

}  // namespace fihris::tagger
