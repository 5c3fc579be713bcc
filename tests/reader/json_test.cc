// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include "reading.h"

using fihris::test::read_bytes;

TEST_CASE("a record's own fields are kept with their values, unknown ones as they stand") {
  const auto read = read_bytes(
      R"({"id":"a","source":"s","date":"2015-07-29","title":"عنوان","text":"نص","tags":["x","y"],"n":1.50})",
      "a.jsonl");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.faults.empty());
  CHECK(read.articles[0].id == "a");
  CHECK(read.articles[0].date == fihris::Date{2015, 7, 29});
  CHECK(read.field(0, "tags") == R"(["x","y"])");
  CHECK(read.field(0, "n") == "1.5");
  CHECK(read.articles[0].fields[0].json);
}

TEST_CASE("names of other programs stand in for fields that are not there") {
  const auto read = read_bytes(
      R"({"headline":"h","content":"c","link":"http://a/","published_at":"2015-07-29T10:00:00Z","publisher":"p"})",
      "a.jsonl");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].title == "h");
  CHECK(read.articles[0].text == "c");
  CHECK(read.articles[0].url == "http://a/");
  CHECK(read.articles[0].source == "p");
  CHECK(read.articles[0].date == fihris::Date{2015, 7, 29});
}

TEST_CASE("a field's own name goes before another that means the same, which is kept") {
  const auto read = read_bytes(R"({"content":"c","text":"t"})", "a.jsonl");
  CHECK(read.articles.at(0).text == "t");
  CHECK(read.field(0, "content") == "c");
}

TEST_CASE("map says where a field stands, into objects too, and what is left out") {
  fihris::ReaderOptions options;
  options.map = {
      {"date", "meta.published"}, {"title", ""}, {"kind", "type"}, {"author", "by.0.name"}};
  const auto read = read_bytes(
      R"({"title":"x","text":"t","type":"k","meta":{"published":"2015-07-29"},"by":[{"name":"n"}]})",
      "a.jsonl", options);
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].title.empty());
  CHECK(read.articles[0].date == fihris::Date{2015, 7, 29});
  CHECK(read.articles[0].author == "n");
  CHECK(read.field(0, "kind") == "k");
}

TEST_CASE("one line that is cut or wrong costs no other, and is told with its number and column") {
  const auto read = read_bytes(
      "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"x\",}\n[1]\n{\"id\":\"c\",\"text\":"
      "\"x\"}\n{\"id\":\"d\",\"te",
      "a.jsonl");
  REQUIRE(read.articles.size() == 2);
  CHECK(read.articles[1].id == "c");
  CHECK(read.origins[1].line == 4);
  REQUIRE(read.faults.size() == 3);
  CHECK(read.faults[0].origin.line == 2);
  CHECK(read.faults[0].message.find("(column 22)") != std::string::npos);
  CHECK(read.faults[0].raw == R"({"id":"b","text":"x",})");
  CHECK(read.faults[1].message == "expected an object, found an array");
  CHECK(read.faults[2].origin.line == 5);
}

TEST_CASE("several records on a line, and lines that end with CR, are all read") {
  CHECK(read_bytes(R"({"text":"a"} {"text":"b"})"
                   "\n"
                   R"({"text":"c"})",
                   "a.jsonl")
            .articles.size() == 3);
  CHECK(read_bytes("{\"text\":\"a\"}\r{\"text\":\"b\"}\r", "a.jsonl").articles.size() == 2);
}

TEST_CASE("records in a list, in a list inside an object, or spread over lines are read") {
  const char* texts[] = {
      R"([{"text":"a"},{"text":"b"}])",
      "[\n  {\n    \"text\": \"a\"\n  },\n  {\n    \"text\": \"b, ] } \\\" c\"\n  }\n]\n",
      R"({"status":"ok","articles":[{"text":"a"},{"text":"b"}],"total":2})",
      "{\n \"text\": \"a\"\n}\n{\n \"text\": \"b\"\n}\n",
  };
  for (const auto* text : texts) {
    CAPTURE(text);
    const auto read = read_bytes(text, "a.json");
    CHECK(read.articles.size() == 2);
    CHECK(read.faults.empty());
  }
  for (const auto* text : {texts[0], texts[1], texts[3]}) {
    CHECK(read_bytes(text, "a.jsonl").articles.size() == 2);
  }
}

TEST_CASE("a broken element of a list costs no other, and a list that is cut short is told") {
  const auto read = read_bytes(
      "[{\"text\":\"a\"},\n{\"text\":},\n{\"text\":\"c\"},\n7,\n{\"text\":\"d\"", "a.json");
  CHECK(read.articles.size() == 2);
  REQUIRE(read.faults.size() == 3);
  CHECK(read.faults[0].origin.line == 2);
  CHECK(read.faults[1].origin.line == 4);
  CHECK(read.faults[2].origin.line == 5);
}

TEST_CASE("what simdjson refuses and can be mended is mended and told") {
  struct Row {
    const char* line;
    const char* text;
  };
  const Row rows[] = {
      {"{\"text\":\"a\x1F"
       "b\"}",
       "a b"},
      {"{\"text\":\"a\\ud800b\"}", "a\uFFFDb"},
      {"{\"text\":\"a\xFF"
       "b\"}",
       "a\uFFFDb"},
      {"{\"text\":\"a\xD8\"}", "a\uFFFD"},
      {"{\"text\":\"a\",\"n\":1e999}", "a"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.line);
    const auto read = read_bytes(std::string("{\"text\":\"أول\"}\n") + row.line, "a.jsonl");
    REQUIRE(read.articles.size() == 2);
    CHECK(read.articles[1].text == row.text);
    CHECK(read.faults.size() ==
          (std::string_view(row.line).find("999") == std::string_view::npos ? 1u : 0u));
  }
}

TEST_CASE("of a name that stands twice the last value is taken, and that is told") {
  const auto read = read_bytes(R"({"text":"a","text":"b"})", "a.jsonl");
  CHECK(read.articles.at(0).text == "b");
  REQUIRE(read.faults.size() == 1);
  CHECK_FALSE(read.faults[0].skipped);
}

TEST_CASE("a wrong title or date is left out and told, a wrong text skips the record") {
  const auto read = read_bytes(
      "{\"title\":{\"a\":1},\"text\":\"t\"}\n{\"date\":\"2015-02-30\",\"text\":\"t\"}\n{\"text\":5}"
      "\n",
      "a.jsonl");
  CHECK(read.articles.size() == 2);
  CHECK_FALSE(read.articles[1].date);
  REQUIRE(read.faults.size() == 3);
  CHECK_FALSE(read.faults[1].skipped);
  CHECK(read.faults[2].skipped);
}

TEST_CASE("a missing quote or bracket costs its element of a list and no other") {
  const std::string rest = "{\"id\":\"b\",\"text\":\"x\"},\n{\"id\":\"c\",\"text\":\"y\"}";
  const char* broken[] = {
      "{\"id\":\"a\",\"text\":\"open}",
      "{\"id\":\"a\",\"text\":\"open",
      "{\"id\":\"a\",\"text\":\"x\"",
      "{\"id\":\"a\",\"text\":[\"x\"}",
      "{\"id\":\"a\",\"text\":\"x\",\"k\":[1,2}",
      "{\"id\":\"a\",\"text\":\"x\"]}",
      "{\"id\":\"a\",text\":\"x\"}",
  };
  for (const auto* element : broken) {
    for (const char* parted : {",\n", ",", ", ", "\n  , "}) {
      CAPTURE(element);
      CAPTURE(parted);
      const auto read =
          read_bytes(std::string("[\n") + element + parted + rest + "\n]\n", "a.json");
      REQUIRE(read.articles.size() == 2);
      CHECK(read.articles[0].id == "b");
      CHECK(read.articles[1].id == "c");
      REQUIRE(read.faults.size() == 1);
      CHECK(read.faults[0].origin.line == 2);
      CHECK(read.faults[0].skipped);
    }
  }
}

TEST_CASE("records between control characters are read, and one that is broken costs no other") {
  CHECK(read_bytes("\x1E{\"text\":\"a\"}\n\x1E{\"text\":\"b\"}\n", "a.jsonl").articles.size() == 2);
  CHECK(read_bytes("{\"text\":\"a\"}\u2028{\"text\":\"b\"}\n", "a.jsonl").articles.size() == 2);
  const auto read = read_bytes("{\"text\":\"a\"}\r{\"text\":}\r{\"text\":\"c\"}\r", "a.jsonl");
  CHECK(read.articles.size() == 2);
  CHECK(read.faults.size() == 1);
}

TEST_CASE("a record that is skipped is one report, whatever is wrong with it") {
  const auto read = read_bytes(R"({"title":{"a":1},"author":5})", "a.jsonl");
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].message.find("neither title nor text") != std::string::npos);
}

TEST_CASE("a record without title and text says which names it has, and what to do") {
  const auto read = read_bytes(R"({"heading":"x","paras":["y"]})", "a.jsonl");
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].message == "neither title nor text; it has \"heading\", \"paras\"");
  CHECK(read.faults[0].remedy.find("--map text=") != std::string::npos);
}

TEST_CASE("fields that are objects in WordPress, NewsAPI and MongoDB are found in them") {
  const auto read = read_bytes(
      R"({"_id":{"$oid":"55b8"},"title":{"rendered":"&laquo;ع&raquo;"},"content":{"rendered":"<p>ن</p>"},)"
      R"("date":{"$date":"2015-07-29T10:00:00Z"},"source":{"id":"p","name":"جريدة"}})"
      "\n"
      R"({"text":"x","date":{"$date":{"$numberLong":"1438128000000"}}})",
      "a.jsonl");
  REQUIRE(read.articles.size() == 2);
  CHECK(read.faults.empty());
  CHECK(read.articles[0].id == "55b8");
  CHECK(read.articles[0].title == "«ع»");
  CHECK(read.articles[0].text == "ن");
  CHECK(read.articles[0].source == "جريدة");
  CHECK(read.articles[0].date == fihris::Date{2015, 7, 29});
  CHECK(read.articles[1].date == fihris::Date{2015, 7, 29});
}

TEST_CASE("a name that stands in a record very often is told once") {
  std::string line = "{\"text\":\"x\"";
  for (int i = 0; i < 1000; ++i) line += ",\"author\":\"" + std::to_string(i) + "\"";
  const auto read = read_bytes(line + "}", "a.jsonl");
  CHECK(read.articles.at(0).author == "999");
  CHECK(read.faults.size() == 1);
}
