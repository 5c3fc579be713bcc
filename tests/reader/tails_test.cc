// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include "reading.h"

namespace {

std::string record(int i, const std::string& source, const std::string& tail) {
  const auto n = std::to_string(i);
  return R"({"id":")" + source + n + R"(","source":")" + source + R"(","text":"خبر رقم )" + n +
         " عن حدث جرى أمس\\nوقال المصدر إن الأمر " + n + " انتهى." + tail + "\"}\n";
}

}  // namespace

TEST_CASE(
    "lines that end many articles of a source are set apart and kept, for the first articles too") {
  std::string lines;
  for (int i = 0; i < 20; ++i) {
    lines +=
        record(i, "s", "\\nمقالات أخرى للكاتب\\nعنوان مقال " + std::to_string(i * 7) + " عن شيء");
    lines += record(i, "t", "");
  }
  const auto read = fihris::test::read_bytes(lines, "a.jsonl");
  REQUIRE(read.articles.size() == 40);
  for (std::size_t i = 0; i < 40; i += 2) {
    CHECK(read.articles[i].text.ends_with("انتهى."));
    CHECK(read.field(i, "boilerplate").starts_with("مقالات أخرى للكاتب\n"));
    CHECK(read.field(i + 1, "boilerplate").empty());
  }
  fihris::ReaderOptions options;
  options.set_tails_apart = false;
  CHECK(fihris::test::read_bytes(lines, "a.jsonl", options).articles[0].text.find("مقالات") !=
        std::string::npos);
}

TEST_CASE(
    "a line that repeats in the midst of a text, or copies of one article, set nothing apart") {
  std::string lines;
  for (int i = 0; i < 20; ++i)
    lines += record(
        i, "s",
        "\\nوأضاف البيان:\\nهذه جملة تامة تقول شيئا عن الحدث رقم " + std::to_string(i) + ".");
  for (int i = 0; i < 20; ++i) lines += record(5, "c", "\\nسطر قصير أخير");
  const auto read = fihris::test::read_bytes(lines, "a.jsonl");
  for (std::size_t i = 0; i < read.articles.size(); ++i)
    CHECK(read.field(i, "boilerplate").empty());
}
