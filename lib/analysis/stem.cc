// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/stem.h"

#include "analysis/grammar.h"

namespace fihris::analysis {

Stemmed stem_word(std::string_view light, std::string_view folded, TokenKind kind,
                  std::string& buffer) {
  if (kind != TokenKind::arabic) return {folded, false};
  const auto letters = to_letters(light);
  if (!letters.fits || letters.size < 2) return {folded, letters.fits && letters.size == 1};
  const auto cut = best_cut(letters);
  const bool stop = cut.kind == Cut::Kind::lexicon && lexicon::kLemmas[cut.entry->lemma].stop != 0;
  return {key_of(cut, letters, buffer), stop};
}

}  // namespace fihris::analysis
