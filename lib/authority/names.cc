// SPDX-License-Identifier: GPL-2.0-or-later
#include "authority/names.h"

namespace fihris::authority {
namespace {

constexpr std::string_view kArticle = "ال";
constexpr std::size_t kLetter = 2;  // bytes of an Arabic letter in UTF-8

}  // namespace

std::string key_word(std::string_view folded) {
  std::string key(folded);
  if (key == "ابي" || key == "ابا") return "ابو";
  if (key.size() >= 5 * kLetter && key.ends_with("ون")) {
    key.replace(key.size() - 2 * kLetter, kLetter, "ي");
  } else if (key.size() >= 3 * kLetter && key.ends_with("اء")) {
    key.resize(key.size() - kLetter);
  }
  return key;
}

Articled strip_article(std::string_view folded) {
  if (folded.starts_with(kArticle) && folded.size() >= kArticle.size() + 2 * kLetter) {
    return {folded.substr(kArticle.size()), true};
  }
  return {folded, false};
}

NameKey name_key(std::string_view name, analysis::WordTable& words) {
  NameKey key;
  for (const auto& token : analysis::tokenize(name, words)) {
    std::string_view folded = token.word->folded;
    if (key.words.empty()) {
      const auto articled = strip_article(folded);
      folded = articled.rest;
      key.article = articled.found;
    }
    if (!folded.empty()) key.words.push_back(key_word(folded));
  }
  return key;
}

}  // namespace fihris::authority
