// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include "reading.h"

using fihris::test::read_bytes;

TEST_CASE("quoted cells hold marks, doubled quotes and line ends") {
  const auto read =
      read_bytes("id,title,text\na,\"x, y\",\"قال: \"\"نعم\"\"\nسطر\"\nb,t,وسط \"هنا\"\n", "a.csv");
  REQUIRE(read.articles.size() == 2);
  CHECK(read.articles[0].title == "x, y");
  CHECK(read.articles[0].text == "قال: \"نعم\"\nسطر");
  CHECK(read.articles[1].text == "وسط \"هنا\"");
  CHECK(read.origins[1].line == 4);
}

TEST_CASE("the header tells what parts the cells") {
  for (const char* text : {"id;title;text\na;t;x, y\n", "id|title|text\na|t|x, y\n",
                           "id\ttitle\ttext\na\tt\tx, y\n", "sep=;\nid;title;text\na;t;x, y\n"}) {
    CAPTURE(text);
    const auto read = read_bytes(text, "a.csv");
    REQUIRE(read.articles.size() == 1);
    CHECK(read.articles[0].text == "x, y");
  }
}

TEST_CASE("with tabs a quote is a letter") {
  const auto read = read_bytes("id\ttext\na\tx \"y\nb\tz\n", "a.tsv");
  CHECK(read.articles.size() == 2);
  CHECK(read.faults.empty());
}

TEST_CASE("a quote that is not closed is told where it opened and swallows nothing") {
  std::string text = "id,text\na,x\nb,\"open\n";
  for (int i = 0; i < 50; ++i) text += "c" + std::to_string(i) + ",\"quoted, too\"\n";
  const auto read = read_bytes(text, "a.csv");
  CHECK(read.articles.size() == 51);
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].origin.line == 3);
}

TEST_CASE("rows of another width are told, empty cells at the end are not counted") {
  const auto read = read_bytes("id,text\na,x\nb\nc,x,y\nd,x,,\n", "a.csv");
  CHECK(read.articles.size() == 2);
  CHECK(read.faults.size() == 2);
  CHECK(read.fault_at(3) != nullptr);
}

TEST_CASE(
    "without a header that names a title or a text nothing is read and the columns are told") {
  const auto read = read_bytes("a,2015-07-21,x\nb,2015-07-21,y\n", "a.csv");
  CHECK(read.articles.empty());
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].message.find("2015-07-21") != std::string::npos);
  CHECK(!read.faults[0].remedy.empty());
}

TEST_CASE("columns may have Arabic names") {
  for (const char* name : {"a.csv", "a"}) {
    const auto read = read_bytes("العنوان;تاريخ النشر;النص;المصدر\nع;2015-07-29;نص;جريدة\n", name);
    REQUIRE(read.articles.size() == 1);
    CHECK(read.articles[0].title == "ع");
    CHECK(read.articles[0].text == "نص");
    CHECK(read.articles[0].source == "جريدة");
    CHECK(read.articles[0].date == fihris::Date{2015, 7, 29});
  }
}

TEST_CASE("a row that is skipped is kept whole for the rejects, with all its lines") {
  const auto read = read_bytes("id,text\na,\"x\ny\",z\nb,\"open\nc,\"x\ny\"\n", "a.csv");
  REQUIRE(read.faults.size() == 2);
  CHECK(read.faults[0].raw == "a,\"x\ny\",z");
  CHECK(read.faults[1].raw == "b,\"open");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].text == "x\ny");
  CHECK(read.origins[0].line == 5);
}
