// SPDX-License-Identifier: GPL-2.0-or-later
// Input that was made to do harm. What is said here of single files holds for all: no crash, time
// and memory in proportion to the length, and nothing is lost without a word.
#include <doctest/doctest.h>

#include "base/utf8.h"
#include "reading.h"

using fihris::test::read_bytes;

namespace {

std::string times(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

bool is_clean(std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return false;
  }
  for (auto at = text.find('\xC2'); at != text.npos; at = text.find('\xC2', at + 1)) {
    if (at + 1 == text.size() || static_cast<unsigned char>(text[at + 1]) < 0xA0) return false;
  }
  return fihris::utf8::is_valid(text);
}

}  // namespace

TEST_CASE("nesting beyond the bound is a fault of its line") {
  const std::string good = "{\"id\":\"a\",\"text\":\"x\"}\n";
  const auto read =
      read_bytes(good + "{\"text\":\"x\",\"d\":" + times("[", 100000) + times("]", 100000) + "}\n" +
                     times("[", 100000) + "\n" + times("{\"a\":", 100000) + "\n" + good,
                 "a.jsonl");
  CHECK(read.articles.size() == 2);
  CHECK(read.faults.size() == 3);
  for (const auto& fault : read.faults)
    CHECK(fault.message.find("nested deeper than 64") != std::string::npos);
}

TEST_CASE("a record longer than the bound is a fault and the next is read") {
  fihris::ReaderOptions options;
  options.max_record_bytes = 200000;
  const std::string good = "{\"id\":\"a\",\"text\":\"x\"}";
  const auto big = "{\"text\":\"" + std::string(5000000, 'x') + "\"}";
  CHECK(read_bytes(big + "\n" + good, "a.jsonl", options).articles.size() == 1);
  CHECK(read_bytes("[" + big + "," + good + "]", "a.json", options).articles.size() == 1);
  CHECK(read_bytes("id,text\na," + std::string(5000000, 'x') + "\nb,y\n", "a.csv", options)
            .articles.size() == 1);
  const auto item = [](const std::string& text) {
    return "<item><title>" + text + "</title></item>";
  };
  const auto feed = read_bytes(
      "<rss><channel>" + item(std::string(5000000, 'x')) + item("y") + "</channel></rss>", "a.xml",
      options);
  CHECK(feed.articles.size() == 1);
  CHECK(feed.faults.size() == 1);
  CHECK(read_bytes(std::string(5000000, 'x'), "a.txt", options).faults.size() == 1);
}

TEST_CASE("zero bytes at the end of a file are one report") {
  const auto read =
      read_bytes(std::string("{\"text\":\"x\"}\n") + std::string(100000, '\0'), "a.jsonl");
  CHECK(read.articles.size() == 1);
  CHECK(read.faults.size() == 1);
}

TEST_CASE("floods of quotes, angles, ampersands and openings take time in proportion") {
  const char* names[] = {"a.csv", "a.html", "a.xml",   "a.sgml",
                         "a.txt", "a.json", "a.jsonl", "dump.xml"};
  const char* pieces[] = {
      "\"",   "<",          "&",     "<p>", "<item>", "<item a=\"",      "</item>", "<![CDATA[",
      "<!--", "<!ENTITY [", "{{",    "[[",  "[{",     "{\"articles\":[", "<doc>",   "<page>",
      "\"\n", "<a href='",  "<div>", "&#",  "]]>",    "a,\"b\n",         "\\u",     "<script>"};
  const char* heads[] = {
      "",      "id,text\n", "<rss><channel><item>", "<html><body>", "<mediawiki><page>",
      "<doc>", "[",         "{\"text\":\""};
  for (const auto* piece : pieces) {
    const auto flood = times(piece, 20000);
    for (std::size_t i = 0; i < 8; ++i) {
      CAPTURE(piece);
      CAPTURE(names[i]);
      for (const auto* head : {"", heads[i]}) {
        const auto read = read_bytes(head + flood, names[i]);
        for (const auto& article : read.articles) CHECK(is_clean(article.text));
        CHECK(read.articles.size() + read.faults.size() >= 1);
      }
    }
  }
}

TEST_CASE("no control character and no malformed UTF-8 comes out of any field") {
  const std::string bad = "\x01\x1B[31m\xC2\x9B\xED\xA0\x80\xFFx\r\n\x7F";
  const std::pair<std::string, const char*> texts[] = {
      {"{\"id\":\"" + bad + "\",\"title\":\"" + bad + "\",\"text\":\"" + bad + "\",\"k" + bad +
           "\":\"" + bad + "\"}",
       "a.jsonl"},
      {"{\"id\":\"\\u0000\\u001b\",\"title\":\"\\u0000\",\"text\":\"a\\u0000b\\u009b\\u001b\","
       "\"k\\u0000\":\"\\u0007\"}",
       "a.jsonl"},
      {"{\"text\":\"x\",\"k\":[\"a\x7F\xC2\x9B\xC2\x85\x62\"],\"m\":{\"n\":\"a\x7F\xC2\x9B\"}}",
       "a.jsonl"},
      {"{\"text\":\"x\x01\",\"k\":[\"a\x7F\xC2\x9B\xC2\x85\x62\"]}", "a.jsonl"},
      {"id,title,text,k\n" + bad.substr(0, 10) + ",\"" + bad + "\",\"" + bad + "\"," +
           bad.substr(0, 5) + "\n",
       "a.csv"},
      {"<rss><item><guid>" + bad + "</guid><title>" + bad + "</title><description>&#1;&#27;" + bad +
           "</description></item></rss>",
       "a.xml"},
      {"<doc><docno>" + bad + "</docno><text>" + bad + "</text><x>" + bad + "</x></doc>", "a.sgml"},
      {"<html><title>" + bad + "</title><body>" + bad + "&#27;&#155;</body></html>", "a.html"},
  };
  for (const auto& [text, name] : texts) {
    const std::string file = name;
    CAPTURE(file);
    const auto read = read_bytes(text, name);
    CHECK(read.articles.size() + read.faults.size() >= 1);
    for (const auto& a : read.articles) {
      for (const auto& value : {a.id, a.source, a.url, a.title, a.author, a.text})
        CHECK(is_clean(value));
      for (const auto& field : a.fields) {
        CHECK(is_clean(field.name));
        CHECK(is_clean(field.value));
      }
      CHECK(!a.id.empty());
    }
  }
}

#ifdef FIHRIS_HTML
TEST_CASE("of very many attributes the first are kept, and the text is whole") {
  std::string attributes;
  for (int i = 0; i < 100000; ++i) attributes += " a" + std::to_string(i) + "=\"<b>\"";
  const auto read = read_bytes("<p" + attributes + ">نص</p><p>آخر</p>", "a.html");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].text == "نص\nآخر");
}

TEST_CASE("a page nested without end is no overflow, and unclosed scripts stay out of the text") {
  const auto deep = read_bytes(times("<div>", 200000) + "x" + times("</div>", 200000), "a.html");
  CHECK(deep.articles.size() + deep.faults.size() >= 1);
  const auto script = read_bytes("<p>نص</p><script>while(1){} <p>z</p>", "a.html");
  REQUIRE(script.articles.size() == 1);
  CHECK(script.articles[0].text == "نص");
}
#endif
