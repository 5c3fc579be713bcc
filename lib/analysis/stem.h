// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "fihris/analysis.h"

namespace fihris::analysis {

struct Stemmed {
  std::string stem;
  bool stop = false;
};

/// The stem key of a word in light form.
Stemmed stem_word(std::string_view light, TokenKind kind);

}  // namespace fihris::analysis
