// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/copies.h"

#include <doctest/doctest.h>

#include <vector>

#include "fixture.h"

namespace fihris::index::test {
namespace {

/// A text of 400 words, of which the first `other` are not those of the text without.
std::vector<std::uint64_t> text(std::size_t other) {
  std::vector<std::uint64_t> stems;
  for (std::uint64_t i = 0; i < 400; ++i) {
    stems.push_back(i < other ? 5000000 + i : i * 2654435761u % 1000003);
  }
  return stems;
}

/// True if the second article joins the group of the first.
bool grouped(const Signature& first, const Signature& second) {
  CopyGrouper grouper;
  const auto group = grouper.assign(first, 1);
  return grouper.assign(second, 2) == group;
}

}  // namespace

TEST_CASE("signatures tell the share of common word sequences") {
  const auto a = text(0);
  const std::vector<std::uint64_t> backwards(a.rbegin(), a.rend());
  CHECK(similarity(make_signature(a), make_signature(a)) == 1);
  CHECK(similarity(make_signature(a), make_signature(text(20))) > 0.75);
  CHECK(similarity(make_signature(a), make_signature(backwards)) < 0.2);
  CHECK(similarity(make_signature({}), make_signature({})) == 0);
}

TEST_CASE("groups do not depend on when articles are loaded or added") {
  std::vector<Signature> signatures;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::uint64_t> stems;
    for (std::uint64_t w = 0; w < 200; ++w) {
      stems.push_back((static_cast<std::uint64_t>(i / 3) * 1000 + w) * 7919 +
                      (w < static_cast<std::uint64_t>(i % 3) * 8 ? 17 : 0));
    }
    signatures.push_back(make_signature(stems));
  }
  CopyGrouper whole;
  std::vector<std::uint64_t> groups;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    groups.push_back(whole.assign(signatures[i], i));
  }
  for (const std::size_t cut : {std::size_t{10}, std::size_t{280}}) {
    CopyGrouper later;
    for (std::size_t i = 0; i < cut; ++i) later.insert(signatures[i], groups[i]);
    for (std::size_t i = cut; i < signatures.size(); ++i) {
      CAPTURE(i);
      CHECK(later.assign(signatures[i], i) == groups[i]);
    }
  }
  CHECK(groups[1] == groups[0]);
  CHECK(groups[3] != groups[0]);
}

TEST_CASE("near copies share a group, other articles do not") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  auto copy = make_article(1);
  copy.id = "copy";
  copy.source = "agency";
  copy.text += " (رويترز)";
  for (int i = 0; i < 3; ++i) writer->add(make_article(i));
  writer->commit();
  writer->add(copy);
  writer->commit();
  const auto snapshot = Snapshot::open(path);
  const auto& first = snapshot->columns(0);
  CHECK(snapshot->columns(1).group[0] == first.group[1]);
  CHECK(first.group[0] != first.group[1]);
  CHECK(first.group[1] != first.group[2]);
}

TEST_CASE("what is less similar is a copy only if it comes soon") {
  const auto of = [](std::size_t other, std::int32_t day) {
    return make_signature(text(other), day);
  };
  // Shortened and reworded, and a form that was filled in anew: as similar as each other.
  const double similar = similarity(of(0, kNoDay), of(75, kNoDay));
  REQUIRE(similar > 0.63);
  REQUIRE(similar < 0.69);
  for (const std::int32_t day : {-200, 0, 16700}) {
    CAPTURE(day);
    CHECK(grouped(of(0, day), of(75, day)));
    CHECK(grouped(of(0, day), of(75, day + 1)));
    CHECK(grouped(of(75, day + 1), of(0, day)));
    CHECK_FALSE(grouped(of(0, day), of(75, day + 2)));
    CHECK_FALSE(grouped(of(75, day + 300), of(0, day)));
    CHECK_FALSE(grouped(of(0, day), of(75, kNoDay)));
    // The same text is a copy whenever it comes.
    CHECK(grouped(of(0, day), of(10, day + 300)));
    CHECK(grouped(of(0, day), of(10, kNoDay)));
  }
  CHECK_FALSE(grouped(of(0, kNoDay), of(75, kNoDay)));
  CHECK(grouped(of(0, kNoDay), of(40, kNoDay)));
}

TEST_CASE("the day of an article stays with its signature in the index") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  for (const int number : {1, 2}) writer->add(make_article(number));
  writer->commit();
  writer.reset();
  writer = open_writer(path);
  for (const int number : {1, 2}) {
    auto shortened = make_article(number);
    shortened.id += "-shortened";
    shortened.text.resize(shortened.text.size() * 66 / 100);
    if (number == 2) shortened.date = from_days(to_days(*shortened.date) + 5);
    writer->add(shortened);
  }
  writer->commit();
  const auto snapshot = Snapshot::open(path);
  REQUIRE(snapshot->segments() == 2);
  const auto& first = snapshot->columns(0);
  const auto& second = snapshot->columns(1);
  CHECK(second.group[0] == first.group[0]);
  CHECK(second.group[1] != first.group[1]);
}

}  // namespace fihris::index::test
