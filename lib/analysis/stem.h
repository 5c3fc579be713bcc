// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "fihris/analysis.h"

namespace fihris::analysis {

struct Stemmed {
  std::string_view stem;  ///< points into the lexicon, into `folded` or into `buffer`
  bool stop = false;
};

/// The stem key of a word. \param light, folded  its light and folded form.  \param buffer  room
/// for a key that stands nowhere yet.
Stemmed stem_word(std::string_view light, std::string_view folded, TokenKind kind,
                  std::string& buffer);

/// The consonants of a stem key without the letters that patterns add: much like a root, and shared
/// by words that are akin (انسحب, انسحاب, منسحب: سحب). Empty where fewer than two are left. For
/// ranking beside the key, never instead of it: unlike words meet too.
std::string skeleton_of(std::string_view key);

}  // namespace fihris::analysis
