// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/file.h"
#include "fihris/error.h"
#include "fihris/index.h"
#include "index/figures.h"
#include "index/snapshot.h"
#include "index/xapian_guard.h"

namespace fihris {

IndexStats index_stats(const std::string& path) { return index::Snapshot::open(path)->stats(); }

void export_articles(const std::string& path, const std::function<bool(const Article&)>& each) {
  const auto snapshot = index::Snapshot::open(path);
  const auto segments = snapshot->segments();
  const auto database = snapshot->database();
  for (std::size_t s = 0; s < segments; ++s) {
    for (std::uint32_t i = 0; i < snapshot->columns(s).documents; ++i) {
      if (snapshot->removed(s, i)) continue;
      const auto id = static_cast<Xapian::docid>(i * segments + s + 1);
      const auto data =
          index::guarded("reading " + path, [&] { return database.get_document(id).get_data(); });
      if (!each(index::decode_article(data))) return;
    }
  }
}

}  // namespace fihris
