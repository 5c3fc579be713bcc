// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/figures.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "fihris/date.h"
#include "index/columns_file.h"
#include "index/segment.h"
#include "index/xapian_guard.h"

namespace fihris::index {

IndexStats figures_of(const Manifest& manifest, const Removed& removed,
                      const std::vector<const Columns*>& columns, const Xapian::Database& all) {
  IndexStats stats;
  stats.segments = manifest.segments.size();
  stats.revision = manifest.revision;
  stats.format = manifest.format;
  stats.analyzer = manifest.analyzer;
  stats.authority = manifest.authority;
  if (manifest.revision > 0) stats.bytes = write_manifest(manifest).size();
  if (manifest.removed) stats.bytes += manifest.removed->size;
  if (manifest.hidden) stats.bytes += manifest.hidden->size;
  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  std::int32_t last = kNoDay;
  for (std::size_t s = 0; s < manifest.segments.size(); ++s) {
    const auto& segment = manifest.segments[s];
    stats.documents += segment.documents - removed[s].size();
    stats.removed += removed[s].size();
    stats.text_bytes += segment.text_bytes;
    stats.bytes += segment.glass.size + segment.columns.size + segment.words.size;
    const auto& day = columns[s]->day;
    for (std::uint32_t i = 0; i < day.size(); ++i) {
      if (day[i] == kNoDay || std::binary_search(removed[s].begin(), removed[s].end(), i)) continue;
      first = std::min(first, day[i]);
      last = std::max(last, day[i]);
    }
  }
  if (last != kNoDay) {
    stats.first_date = to_iso(from_days(first));
    stats.last_date = to_iso(from_days(last));
  }
  guarded("counting terms", [&] {
    if (manifest.segments.empty()) return;
    for (auto it = all.allterms_begin(); it != all.allterms_end(); ++it) ++stats.terms;
  });
  return stats;
}

IndexStats figures_of(const std::string& folder, const Manifest& manifest, const Removed& removed) {
  Xapian::Database all;
  std::vector<std::unique_ptr<ColumnsFile>> files;
  std::vector<const Columns*> columns;
  for (const auto& segment : manifest.segments) {
    files.push_back(std::make_unique<ColumnsFile>(folder + '/' + segment.name + ".columns"));
    columns.push_back(&files.back()->columns());
    all.add_database(open_segment(folder + '/' + segment.name));
  }
  return figures_of(manifest, removed, columns, all);
}

}  // namespace fihris::index
