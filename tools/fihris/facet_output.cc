// SPDX-License-Identifier: GPL-2.0-or-later
#include "facet_output.h"

#include <algorithm>
#include <iostream>

#include "fihris/json.h"

namespace fihris::cli {
namespace {

bool is_date(FacetField field) {
  return field == FacetField::published || field == FacetField::event;
}

/// A bar of at most `width` columns, in eighths of a column.
std::string bar(std::uint64_t count, std::uint64_t most, std::size_t width) {
  static constexpr const char* kParts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (most == 0) return {};
  const auto eighths = (count * width * 8 + most - 1) / most;
  std::string text;
  for (std::uint64_t i = 0; i < eighths / 8; ++i) text += "█";
  return text + kParts[eighths % 8];
}

/// True if the value says again what a line above says: a district or town of the same name in the
/// same articles.
bool repeats(const FacetCounts& counts, const FacetValue& value) {
  return std::any_of(counts.values.begin(), counts.values.end(), [&](const FacetValue& other) {
    return other.count == value.count && other.ar == value.ar &&
           value.id.size() > other.id.size() &&
           value.id.compare(0, other.id.size() + 1, other.id + "/") == 0;
  });
}

constexpr std::size_t kLongRun = 6;  ///< so many empty buckets become one line of a chart

/// How many buckets from `first` on hold no article, up to one that holds some.
std::size_t empty_run(const FacetCounts& counts, std::size_t first) {
  auto last = first;
  while (last < counts.values.size() && counts.values[last].count == 0) ++last;
  return last - first;
}

}  // namespace

void print_facet(std::ostream& out, const FacetCounts& counts, TableFormat format) {
  const bool text = format == TableFormat::text;
  const bool dates = is_date(counts.request.field);
  if (text) out << '\n';
  std::uint64_t most = 0;
  for (const auto& value : counts.values) most = std::max(most, value.count);
  Table table(dates
                  ? std::vector<std::string>{facet_name(counts.request.field), "count"}
                  : std::vector<std::string>{facet_name(counts.request.field), "count", "ar", "en"},
              format);
  for (std::size_t i = 0; i < counts.values.size(); ++i) {
    const auto& value = counts.values[i];
    if (text && repeats(counts, value)) continue;
    if (const auto empty = dates && text ? empty_run(counts, i) : 0; empty >= kLongRun) {
      table.row({"⋮", "", std::to_string(empty) + " without an article"});
      i += empty - 1;
      continue;
    }
    std::vector<std::string> row{bucket_name(counts.request, value.id),
                                 std::to_string(value.count)};
    if (dates && text) {
      row.push_back(bar(value.count, most, 40));
    } else if (!dates) {
      row.push_back(value.ar);
      row.push_back(value.en);
    }
    table.row(std::move(row));
  }
  table.print(out);
  if (text && counts.values.size() < counts.distinct && !dates) {
    // with a least count it is not known how many more reach it
    if (counts.request.min > 1) {
      out << "  of " << counts.distinct << " in all\n";
    } else {
      out << "  and " << counts.distinct - counts.values.size() << " more\n";
    }
  }
}

}  // namespace fihris::cli
