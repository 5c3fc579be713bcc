// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/days.h"

#include <algorithm>
#include <string>

#include "base/tsv.h"
#include "fihris/analysis.h"
#include "fihris/timex.h"

namespace fihris::query {
namespace {

DayRange days_of(const DateRange& range) { return {to_days(range.first), to_days(range.last)}; }

/// One date without range signs.
std::optional<DayRange> one_date(std::string_view text, const std::optional<Date>& today) {
  // Years of these numbers are Hijri ones: no newspaper is older than 1500.
  const auto iso = parse_iso_range(text);
  if (iso && (iso->first.year < 1300 || iso->first.year > 1499)) return days_of(*iso);
  DateReader reader;
  if (const auto days = reader.parse(text, today)) return days_of(*days);
  return std::nullopt;
}

}  // namespace

std::optional<DayRange> read_days(std::string_view text, const std::optional<Date>& today) {
  const auto folded = Analyzer::fold(text);
  std::string_view rest = trim(folded);
  const auto after = [&](std::string_view sign) -> std::optional<DayRange> {
    const auto date = trim(rest.substr(sign.size()));
    if (date.find("..") != date.npos) return std::nullopt;
    return one_date(date, today);
  };
  DayRange range;
  for (const std::string_view sign : {">=", "<=", ">", "<"}) {
    if (!rest.starts_with(sign)) continue;
    const auto days = after(sign);
    if (!days) return std::nullopt;
    if (sign == ">=") range.first = days->first;
    if (sign == ">") range.first = days->last + 1;
    if (sign == "<=") range.last = days->last;
    if (sign == "<") range.last = days->first - 1;
    return range;
  }
  const auto dots = rest.find("..");
  if (dots == rest.npos) return one_date(rest, today);
  const auto low = trim(rest.substr(0, dots));
  const auto high = trim(rest.substr(dots + 2));
  if (low.empty() && high.empty()) return std::nullopt;
  if (!low.empty()) {
    const auto days = one_date(low, today);
    if (!days) return std::nullopt;
    range.first = days->first;
  }
  if (!high.empty()) {
    const auto days = one_date(high, today);
    if (!days) return std::nullopt;
    range.last = days->last;
  }
  return range;
}

}  // namespace fihris::query
