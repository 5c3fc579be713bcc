// SPDX-License-Identifier: GPL-2.0-or-later
#include <fstream>

#include "base/file.h"
#include "fixture.h"
#include "index/article_data.h"
#include "index/columns_file.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "index/tag_field.h"
#include "index/tiers.h"

namespace fihris::index::test {
namespace {

void make_index(const std::string& path) {
  auto writer = open_writer(path);
  for (int i = 0; i < 40; ++i) writer->add(make_article(i));
  writer->commit();
  for (int i = 40; i < 60; ++i) writer->add(make_article(i));
  writer->remove("a3");
  writer->commit();
}

void flip(const std::string& path, std::uint64_t at) {
  auto bytes = read_file(path);
  REQUIRE(at < bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
  write_file(path, bytes);
}

/// The error that opening gives, or nothing.
std::string open_error(const std::string& path) {
  try {
    Snapshot::open(path);
    return {};
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::index_damaged);
    CHECK_FALSE(e.hint().empty());
    return e.what();
  }
}

}  // namespace

TEST_CASE("a changed byte of a segment is an error that names the file, at open and in check") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  make_index(path);
  const auto size = std::filesystem::file_size(folder.at("index/s1-0.glass"));
  for (const auto at : {std::uint64_t{20}, size / 3, size / 2, size - 5}) {
    flip(folder.at("index/s1-0.glass"), at);
    CHECK(open_error(path).find("s1-0.glass") != std::string::npos);
    const auto faults = check_index(path);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].file.find("s1-0.glass") != std::string::npos);
    flip(folder.at("index/s1-0.glass"), at);
    CHECK(open_error(path).empty());
  }
}

TEST_CASE("a missing or cut segment is an error that names the file") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  make_index(path);
  std::filesystem::resize_file(folder.at("index/s2-0.glass"), 8192);
  CHECK(open_error(path).find("s2-0.glass") != std::string::npos);
  std::filesystem::remove(folder.at("index/s2-0.glass"));
  CHECK(open_error(path).find("s2-0.glass") != std::string::npos);
  CHECK(check_index(path).size() == 1);
}

TEST_CASE("repair sets a damaged segment aside and keeps the rest") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  make_index(path);
  flip(folder.at("index/s2-0.glass"), 9000);
  CHECK(check_index(path, true).size() == 1);
  CHECK(check_index(path).empty());
  CHECK(titles(path).size() == 39);
  CHECK(file_exists(folder.at("index/damaged/s2-0.glass")));
}

TEST_CASE("damaged or missing columns are made anew, in memory at open, on disk by repair") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  make_index(path);
  const auto good = read_file(folder.at("index/s1-0.columns"));
  const auto before = contents(path);
  flip(folder.at("index/s1-0.columns"), good.size() / 2);
  CHECK(contents(path) == before);
  CHECK(check_index(path).size() == 1);
  CHECK(check_index(path, true).size() == 1);
  CHECK(read_file(folder.at("index/s1-0.columns")) == good);
  std::filesystem::remove(folder.at("index/s1-0.columns"));
  CHECK(contents(path) == before);
  CHECK(check_index(path, true).size() == 1);
  CHECK(read_file(folder.at("index/s1-0.columns")) == good);
  CHECK(check_index(path).empty());
}

TEST_CASE("no column file of changed bytes is read beyond its bounds") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  make_index(path);
  const auto good = read_file(folder.at("index/s1-0.columns"));
  int refused = 0;
  for (std::size_t at = 0; at < good.size(); at += 3) {
    auto bytes = good;
    bytes[at] = static_cast<char>(bytes[at] ^ (at % 2 == 0 ? 0xFF : 0x01));
    try {
      const ColumnsFile file(bytes, "changed");
      const auto& c = file.columns();
      for (const auto* facet : {&c.factions, &c.regions, &c.sources}) {
        for (std::uint32_t i = 0; i < c.documents; ++i) {
          for (const auto value : facet->of(i)) CHECK(facet->name(value).size() < good.size());
        }
      }
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::index_damaged);
      ++refused;
    }
  }
  CHECK(refused > 0);
}

TEST_CASE("a lost list of removed articles is made from the hidden one, and the other way round") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  make_index(path);
  flip(folder.at("index/removed-2"), 0);
  CHECK(open_error(path).find("removed-2") != std::string::npos);
  CHECK(check_index(path, true).size() == 1);
  CHECK(check_index(path).empty());
  CHECK(titles(path).size() == 59);
  std::filesystem::remove(folder.at("index/hidden-3.glass"));
  CHECK(check_index(path, true).size() == 1);
  CHECK(check_index(path).empty());
  CHECK(titles(path).count("a3") == 0);
}

TEST_CASE("a lost manifest is restored from its copy") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  make_index(path);
  const auto before = contents(path);
  for (const std::uint64_t at : {3, 60, 200}) {
    flip(folder.at("index/XAPIANDB"), at);
    CHECK_FALSE(open_error(path).empty());
    CHECK(check_index(path).size() == 1);
    CHECK(check_index(path, true).size() == 1);
    CHECK(contents(path) == before);
  }
  std::filesystem::remove(folder.at("index/XAPIANDB"));
  CHECK_THROWS_AS(open_writer(path), Error);  // no new index over the lost one
  CHECK(check_index(path, true).size() == 1);
  CHECK(contents(path) == before);
}

TEST_CASE("a manifest of another format is refused with what to do") {
  const TemporaryFolder folder;
  Manifest manifest;
  manifest.format = "99";
  manifest.revision = 1;
  try {
    parse_manifest(write_manifest(manifest), "X");
    FAIL("read");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::index_version);
    CHECK_FALSE(e.hint().empty());
  }
}

TEST_CASE("no article record of changed or cut bytes is read beyond its end") {
  const auto record = encode_article(make_article(4), {"part", encode_places({{{1, 1000}, {}}})});
  for (std::size_t size = 0; size < record.size(); ++size) {
    CHECK_THROWS_AS(decode_article(std::string_view(record).substr(0, size)), Error);
  }
  for (std::size_t at = 0; at < record.size(); ++at) {
    for (const unsigned char change : {0x80, 0xFF, 0x01}) {
      auto changed = record;
      changed[at] = static_cast<char>(changed[at] ^ change);
      try {
        decode_article(changed);
      } catch (const Error& e) {
        CHECK(e.code() == ErrorCode::index_damaged);
      }
    }
  }
}

TEST_CASE("terms fit into Xapian whatever they are made of") {
  const auto stored = [](const std::string& term) {
    return term.size() + static_cast<std::size_t>(std::count(term.begin(), term.end(), '\0'));
  };
  for (const std::string& text :
       {std::string(1000, 'x'), std::string(1000, '\0'), std::string(119, '\0') + "ab",
        std::string("ن") + std::string(500, 'y')}) {
    CHECK(stored(id_term(text)) <= 245);
    CHECK(stored(bounded_term("XS", text)) <= 245);
  }
  CHECK(bounded_term("", std::string(239, 'x') + "نن").size() == 239);  // no half character
  CHECK(id_term("short") == "Qshort");
  CHECK(id_term(std::string(201, 'x')) != id_term(std::string(202, 'x')));
}

TEST_CASE("tags are split from arrays and from texts") {
  const auto split = [](const char* value, bool json) { return split_tags({"tags", value, json}); };
  CHECK(split("[\"a\", \" b c \", 3, \"\"]", true) == std::vector<std::string>{"a", "b c"});
  CHECK(split("[\"\\u062d\\u0631\\u0628\", \"q\\\"q\"]", true) ==
        std::vector<std::string>{"حرب", "q\"q"});
  CHECK(split("حرب، سلام ; x", false) == std::vector<std::string>{"حرب", "سلام", "x"});
  CHECK(split("[\"cut \\", true).size() <= 1);
}

TEST_CASE("merges keep every tier narrow and write no document twice at once") {
  std::vector<std::uint64_t> sizes;
  std::uint64_t written = 0;
  for (int i = 0; i < 5000; ++i) {
    sizes.push_back(1);
    const auto plan = plan_merges(sizes);
    std::vector<char> gone(sizes.size(), 0);
    for (const auto& set : plan) {
      REQUIRE(set.size() > 1);
      for (std::size_t m = 1; m < set.size(); ++m) {
        sizes[set[0]] += sizes[set[m]];
        REQUIRE(gone[set[m]] == 0);
        gone[set[m]] = 1;
      }
      written += sizes[set[0]];
    }
    for (std::size_t s = sizes.size(); s-- > 0;) {
      if (gone[s] != 0) sizes.erase(sizes.begin() + static_cast<std::ptrdiff_t>(s));
    }
    REQUIRE(sizes.size() <= 4 * 7);
  }
  CHECK(written < 5000u * 12);
}

}  // namespace fihris::index::test
