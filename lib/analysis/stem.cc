// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/stem.h"

#include <array>

#include "analysis/normalize.h"
#include "base/utf8.h"

namespace fihris::analysis {

Stemmed stem_word(std::string_view light, TokenKind kind) {
  Stemmed result{to_folded(light), false};
  if (kind != TokenKind::arabic) return result;
  std::string_view stem = result.stem;
  constexpr std::array<std::string_view, 8> kBefore{"وبال", "وال", "بال", "كال",
                                                    "فال",  "ولل", "ال",  "لل"};
  for (const auto affix : kBefore) {
    if (stem.starts_with(affix) && utf8::length(stem) >= utf8::length(affix) + 3) {
      stem.remove_prefix(affix.size());
      break;
    }
  }
  constexpr std::array<std::string_view, 10> kAfter{"هما", "يات", "ات", "ون", "ين",
                                                    "ها",  "هم",  "يه", "ه",  "ي"};
  for (const auto affix : kAfter) {
    if (stem.ends_with(affix) && utf8::length(stem) >= utf8::length(affix) + 3) {
      stem.remove_suffix(affix.size());
      break;
    }
  }
  result.stem = std::string(stem);
  return result;
}

}  // namespace fihris::analysis
