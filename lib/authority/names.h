// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/words.h"

namespace fihris::authority {

/// A word of a name in the form that names are compared in: the folded form (analysis/normalize.h),
/// a final ون read as ين, ابي and ابا as ابو, a final ء after ا dropped. Not for people to read.
std::string key_word(std::string_view folded);

/// The key words of a name in order. The article of the first word is taken off and told apart:
/// «الرقة» is {رقه}, with the article.
struct NameKey {
  std::vector<std::string> words;
  bool article = false;
};
NameKey name_key(std::string_view name, analysis::WordTable& words);

/// `folded` without the article ال; unchanged where fewer than two letters would be left. `found`
/// says which.
struct Articled {
  std::string_view rest;
  bool found = false;
};
Articled strip_article(std::string_view folded);

}  // namespace fihris::authority
