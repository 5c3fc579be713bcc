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

}  // namespace fihris::analysis
