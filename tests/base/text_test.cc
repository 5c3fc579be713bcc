// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "fihris/error.h"

namespace utf8 = fihris::utf8;

TEST_CASE("malformed UTF-8 is replaced and never swallows what follows") {
  CHECK(utf8::sanitize("a\xC3\"b") == "a\xEF\xBF\xBD\"b");
  CHECK(utf8::sanitize("\xED\xA0\x80x") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDx");  // a surrogate
  CHECK(utf8::sanitize("\xC0\xAF") == "\xEF\xBF\xBD\xEF\xBF\xBD");                    // overlong
  CHECK(utf8::sanitize("\xF0\x9F\x98x") == "\xEF\xBF\xBDx");                          // cut short
  CHECK(utf8::sanitize("جبهة") == "جبهة");
}

TEST_CASE("lengths count code points and UTF-16 units") {
  CHECK(utf8::length("جبهة") == 4);
  CHECK(utf8::utf16_length("a\xF0\x9F\x98\x80") == 3);
  CHECK(utf8::floor_boundary("جب", 1) == 0);
  CHECK(utf8::floor_boundary("جب", 2) == 2);
  CHECK(utf8::floor_boundary("جب", 9) == 4);
}

TEST_CASE("JSON output is escaped and valid whatever the text holds") {
  fihris::JsonWriter json;
  json.begin_object().field("a\"", "x\ny\x1b").key("n").value(0.5).key("list").begin_array();
  json.value(1).value(true).null().end_array().field("bad", "\xFF").end_object();
  CHECK(json.str() ==
        "{\"a\\\"\":\"x\\ny\\u001b\",\"n\":0.5,\"list\":[1,true,null],\"bad\":\"\xEF\xBF\xBD\"}");
}

TEST_CASE("a table reads rows with their lines and refuses cells that no header names") {
  const fihris::TsvTable table("# note\nid\tname\n\nx\tاسم\r\ny\n", "t.tsv");
  REQUIRE(table.rows().size() == 2);
  CHECK(table.cell(table.rows()[0], "name") == "اسم");
  CHECK(table.cell(table.rows()[1], "name").empty());
  CHECK(table.where(table.rows()[1]) == "t.tsv:5");
  CHECK_THROWS_AS(fihris::TsvTable("a\n1\t2\n", "t.tsv"), fihris::Error);
  CHECK_THROWS_AS(fihris::TsvTable("# only a comment\n", "t.tsv"), fihris::Error);
}

TEST_CASE("the checksum is CRC-32C") {
  CHECK(fihris::crc32c("123456789") ==
        0xE3069283u);  // RFC 3720, appendix B.4's polynomial; the usual check value
  CHECK(fihris::crc32c("56789", fihris::crc32c("1234")) == 0xE3069283u);
}
