// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/document.h"

#include "base/file.h"

namespace fihris {

std::string Origin::str() const { return line == 0 ? file : file + ":" + std::to_string(line); }

std::string article_id(const Article& article) {
  std::string key;
  if (article.source.empty() && article.url.empty() && !article.date && article.title.empty()) {
    key = article.text;
  } else {
    key = article.source + '\n' + article.url + '\n' +
          (article.date ? to_iso(*article.date) : std::string()) + '\n' + article.title;
  }
  return hex64(fnv1a(key));
}

}  // namespace fihris
