// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>

#include "reading.h"

using fihris::test::Folder;
using fihris::test::read_files;

namespace {

std::string lines(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i)
    text += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"x\"}\nbad\n";
  return text;
}

}  // namespace

TEST_CASE("a second run passes over what has not changed, and reads again what has") {
  const Folder folder;
  const auto a = folder.file("a.jsonl", lines(0, 3));
  const auto b = folder.file("b.jsonl", lines(3, 5));
  const auto first = read_files({folder.path()});
  CHECK(first.articles.size() == 5);
  REQUIRE(first.marks.size() == 2);
  CHECK(first.marks[0].complete);
  CHECK(first.marks[0].records == 6);
  fihris::ReaderOptions options;
  options.done = first.marks;
  const auto second = read_files({folder.path()}, options);
  CHECK(second.articles.empty());
  CHECK(second.faults.empty());
  CHECK(second.marks[1].records == 4);
  folder.file("b.jsonl", lines(3, 6));
  CHECK(read_files({a, b}, options).articles.size() == 3);
}

TEST_CASE("a run that was broken off goes on behind the last article that was given out") {
  const Folder folder;
  const auto file = folder.file("a.jsonl", lines(0, 50));
  fihris::ArticleReader reader({file});
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(reader.next()->first.id);
  fihris::ReaderOptions options;
  options.done = reader.marks();
  REQUIRE(options.done.size() == 1);
  CHECK_FALSE(options.done[0].complete);
  for (const auto& article : read_files({file}, options).articles) ids.push_back(article.id);
  REQUIRE(ids.size() == 50);
  for (int i = 0; i < 50; ++i) CHECK(ids[static_cast<std::size_t>(i)] == std::to_string(i));
}

TEST_CASE("the sign to stop ends the reading, and what was not given out is in no mark") {
  const Folder folder;
  const auto file = folder.file("a.jsonl", lines(0, 50));
  std::atomic<bool> stop{false};
  fihris::ReaderOptions options;
  options.stop = &stop;
  fihris::ArticleReader reader({file}, options);
  CHECK(reader.next());
  stop = true;
  CHECK_FALSE(reader.next());
  REQUIRE(reader.marks().size() == 1);
  CHECK_FALSE(reader.marks()[0].complete);
  CHECK(reader.marks()[0].records == 1);
}

TEST_CASE("folders are walked in the order of names; links, pipes and what is missing are told") {
  const Folder folder;
  folder.file("b/2.jsonl", "{\"id\":\"2\",\"text\":\"x\"}");
  folder.file("b/1.jsonl", "{\"id\":\"1\",\"text\":\"x\"}");
  folder.file("a.jsonl", "{\"id\":\"0\",\"text\":\"x\"}");
  folder.file(".hidden", "{\"id\":\"h\",\"text\":\"x\"}");
  std::filesystem::create_symlink("..", folder.path() + "/up");
  std::filesystem::create_symlink("loop", folder.path() + "/loop");
  REQUIRE(::mkfifo((folder.path() + "/pipe").c_str(), 0600) == 0);
  const auto read = read_files({folder.path()});
  REQUIRE(read.articles.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(read.articles[i].id == std::to_string(i));
  CHECK(read.faults.size() == 3);
  const auto odd = read_files({folder.path() + "/pipe", folder.path() + "/none.jsonl",
                               folder.path() + "/loop", "/dev/zero", folder.path() + "/b/*.jsonl"});
  CHECK(odd.articles.size() == 2);
  CHECK(odd.faults.size() == 3);
  CHECK(odd.faults.back().failed);
}
