// SPDX-License-Identifier: GPL-2.0-or-later
// Counting: several facets in one pass, and buckets of dates.
#include "search/facets.h"

#include <doctest/doctest.h>

#include <random>

namespace fihris::search {

TEST_CASE("facets counted together have the counts that they have alone") {
  std::mt19937 random(5);
  std::vector<FacetLists> facets(3);
  const std::vector<std::size_t> sizes{130, 1, 700};
  for (std::size_t f = 0; f < facets.size(); ++f) {
    facets[f].values = f * 7 + 1;
    for (const auto size : sizes) {
      auto& segment = facets[f].segments.emplace_back();
      for (std::size_t d = 0; d < size; ++d) {
        for (std::uint32_t v = 0; v < facets[f].values; ++v) {
          if (random() % 5 == 0) segment.numbers.push_back(v);
        }
        segment.begins.push_back(static_cast<std::uint32_t>(segment.numbers.size()));
      }
    }
  }
  std::vector<Bits> matches;
  for (const auto size : sizes) {
    auto& bits = matches.emplace_back(static_cast<std::uint32_t>(size));
    for (std::uint32_t d = 0; d < size; ++d) {
      if (random() % 3 == 0) bits.set(d);
    }
  }
  const auto together = JoinedLists({&facets[0], &facets[1], &facets[2]}).tally(matches);
  REQUIRE(together.size() == facets.size());
  for (std::size_t f = 0; f < facets.size(); ++f) {
    FacetTally brute{std::vector<std::uint32_t>(facets[f].values), 0};
    for (std::size_t s = 0; s < sizes.size(); ++s) {
      const auto& segment = facets[f].segments[s];
      for (std::uint32_t d = 0; d < sizes[s]; ++d) {
        if (!matches[s].test(d)) continue;
        if (segment.begins[d] == segment.begins[d + 1]) ++brute.without;
        for (auto i = segment.begins[d]; i < segment.begins[d + 1]; ++i) {
          ++brute.values[segment.numbers[i]];
        }
      }
    }
    const auto alone = tally(facets[f], matches);
    CHECK(alone.values == brute.values);
    CHECK(alone.without == brute.without);
    CHECK(together[f].values == brute.values);
    CHECK(together[f].without == brute.without);
  }
}

TEST_CASE("empty buckets between dates follow the calendar") {
  for (const auto step : {DateStep::day, DateStep::week, DateStep::month, DateStep::year}) {
    FacetRequest request;
    request.step = step;
    DateBuckets buckets(step);
    const auto first = to_days({2015, 12, 28}), last = to_days({2020, 3, 2});
    buckets.add_day(first);
    buckets.add_day(last);
    const auto found = buckets.result(request);
    std::vector<std::string> expected;
    for (auto day = DateBuckets::bucket(step, first).first; day <= last;
         day = DateBuckets::bucket(step, day).last + 1) {
      expected.push_back(to_iso(from_days(day)));
    }
    REQUIRE(found.values.size() == expected.size());
    std::uint64_t counted = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CHECK(found.values[i].id == expected[i]);
      counted += found.values[i].count;
    }
    CHECK(counted == 2);
  }
}

}  // namespace fihris::search
