// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/charset.h"

#include <doctest/doctest.h>
#include <unicode/ucnv.h>

#include "reading.h"

using fihris::test::read_bytes;

namespace {

const std::string kText =
    "أعلنت وزارة الداخلية في بيان لها اليوم أن الاجتماع الذي عقد في العاصمة انتهى إلى الاتفاق على "
    "تشكيل لجنة تتولى متابعة تنفيذ القرارات، وقال المتحدث باسم الوزارة إن اللجنة ستبدأ عملها "
    "الأسبوع المقبل.";

std::string encoded(const std::string& text, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 8, '\0');
  const auto size =
      ucnv_convert(charset, "UTF-8", out.data(), static_cast<std::int32_t>(out.size()), text.data(),
                   static_cast<std::int32_t>(text.size()), &status);
  REQUIRE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

}  // namespace

TEST_CASE("Arabic is read in every encoding that archives have, found out or named") {
  for (const char* charset :
       {"UTF-8", "windows-1256", "ISO-8859-6", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"}) {
    CAPTURE(charset);
    const auto bytes = encoded(kText, charset);
    const auto read = read_bytes(bytes, "a.txt");
    REQUIRE(read.articles.size() == 1);
    CHECK(read.articles[0].text == kText);
    CHECK(read.faults.empty());
  }
  fihris::ReaderOptions named;
  named.encoding = "windows-1256";
  const auto read = read_bytes(encoded("إدلب", "windows-1256"), "a.txt", named);
  CHECK(read.articles.at(0).text == "إدلب");
}

TEST_CASE("records and tables are converted too") {
  const std::string line = std::string(R"({"id":"a","text":")") + kText + "\"}\n";
  for (const char* charset : {"windows-1256", "UTF-16LE", "UTF-16BE"}) {
    CAPTURE(charset);
    CHECK(read_bytes(encoded(line, charset), "a.jsonl").articles.at(0).text == kText);
    CHECK(read_bytes(encoded(std::string("id,text\na,\"") + kText + "\"\n", charset), "a.csv")
              .articles.at(0)
              .text == kText);
  }
}

TEST_CASE("what a page says of its encoding is believed unless it reads as something else") {
  const std::string body = std::string("<body><p>") + kText + "</p></body></html>";
  const auto honest = read_bytes(
      encoded("<html><head><meta charset=windows-1256></head>" + body, "windows-1256"), "a.html");
  CHECK(honest.articles.at(0).text == kText);
  const auto liar = read_bytes(
      encoded("<html><head><meta charset=utf-8></head>" + body, "windows-1256"), "a.html");
  CHECK(liar.articles.at(0).text == kText);
}

TEST_CASE(
    "a text in no encoding that can be told is refused with a remedy, never read as rubbish") {
  const auto shortest = read_bytes(encoded("إدلب", "windows-1256"), "a.txt");
  CHECK(shortest.articles.empty());
  REQUIRE(shortest.faults.size() == 1);
  CHECK(shortest.faults[0].remedy.find("--encoding") != std::string::npos);
  std::string noise;
  unsigned state = 1;
  for (int i = 0; i < 5000; ++i)
    noise += static_cast<char>((state = state * 1103515245 + 12345) >> 16);
  CHECK(read_bytes(noise, "a.txt").articles.empty());
  CHECK(read_bytes(std::string(5000, '\0'), "a.txt").faults.size() == 1);
}

TEST_CASE("a few bad bytes leave a UTF-8 text UTF-8") {
  std::string text = kText;
  text.insert(text.find(' '), "\xFF");
  const auto read = read_bytes(text, "a.txt");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].text.find("\uFFFD") != std::string::npos);
  REQUIRE(read.faults.size() == 1);
  CHECK_FALSE(read.faults[0].skipped);
}

TEST_CASE("parts in another encoding never turn the UTF-8 round them into wrong letters") {
  const auto other = encoded(kText, "windows-1256");
  const auto text = read_bytes(kText + "\n" + other + "\n" + other, "a.txt");
  REQUIRE(text.articles.size() == 1);
  CHECK(text.articles[0].text.starts_with(kText));
  CHECK(text.faults.size() == 1);
  std::string most = kText + "\n";
  for (int i = 0; i < 20; ++i) most += other + "\n";
  const auto told = read_bytes(most, "a.txt");
  REQUIRE(told.articles.size() == 1);
  REQUIRE(told.faults.size() == 1);
  CHECK(told.faults[0].message.starts_with("parts of it are UTF-8"));
  const auto line = [](const std::string& words) { return "{\"text\":\"" + words + "\"}\n"; };
  std::string lines = line(kText);
  for (int i = 0; i < 20; ++i) lines += line(other);
  const auto records = read_bytes(lines, "a.jsonl");
  REQUIRE(records.articles.size() == 21);
  CHECK(records.articles[0].text == kText);
  CHECK(records.faults.size() == 20);
}

TEST_CASE("what cannot be converted is counted and told") {
  const auto half = std::string("\x00\xD8", 2);
  const auto read = read_bytes(
      "\xFF\xFE" + encoded(kText, "UTF-16LE") + half + encoded(kText, "UTF-16LE") + half + "x",
      "a.txt");
  REQUIRE(read.articles.size() == 1);
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].message.starts_with("not all of it is UTF-16LE: "));
  CHECK_FALSE(read.faults[0].skipped);
}
