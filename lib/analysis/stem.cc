// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/stem.h"

#include "analysis/grammar.h"
#include "base/utf8.h"

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

std::string skeleton_of(std::string_view key) {
  if (key.ends_with("/v")) key.remove_suffix(2);
  constexpr std::size_t kLetter = 2;  // bytes of an Arabic letter
  for (const std::string_view pattern : {"است", "مست", "ان", "ا", "ت", "م"}) {
    const std::size_t rest = pattern == "است" ? 0 : 3 * kLetter;
    if (key.starts_with(pattern) && key.size() >= pattern.size() + rest) {
      key.remove_prefix(pattern.size());
      break;
    }
  }
  std::string skeleton;
  for (std::size_t at = 0; at < key.size();) {
    const auto c = utf8::decode(key, at);
    const bool weak = c.code <= 0x627 || c.code == U'ة' || c.code == U'ه' || c.code == U'و' ||
                      c.code == U'ى' || c.code == U'ي' || c.code > 0x64A;
    if (!weak) skeleton += key.substr(at, c.length);
    at += c.length;
  }
  if (skeleton.size() < 2 * kLetter) skeleton.clear();
  return skeleton;
}

}  // namespace fihris::analysis
