// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/clean.h"

#include <doctest/doctest.h>

#include "reader/wikitext.h"

using fihris::reader::Places;
using fihris::reader::without_controls;
using fihris::reader::without_markup;
using fihris::reader::without_references;

TEST_CASE("tags and references of HTML are resolved, what only looks like them stays") {
  struct Row {
    const char* given;
    const char* wanted;
  };
  const Row rows[] = {
      {"<p>أول</p><p>ثان</p>", "أول\nثان"},
      {"قال &quot;نعم&quot; &amp; مضى", "قال \"نعم\" & مضى"},
      {"3 < 5 و <name> و a<b", "3 < 5 و <name> و a<b"},
      {"x<script>var a = '<p>';</script>y", "xy"},
      {"x<!-- y -->z", "xz"},
      {"x<!-- y", "x<!-- y"},
      {"&#1573;&#x62F; &#0; &#x110000; &#xD800; &bogus; &", "إد \uFFFD \uFFFD \uFFFD &bogus; &"},
      {"&laquo;x&raquo;&nbsp;&#150;", "«x»\u00A0–"},
      {"a<br/>b<b>c</b>", "a\nbc"},
      {"<a href='x>y' title=\">\">z</a>", "z"},
      {"&lt;b&gt;", "<b>"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.given);
    CHECK(without_markup(row.given) == row.wanted);
  }
}

TEST_CASE("control characters go, and with kept places every byte stays where it was") {
  CHECK(without_controls("a\x01"
                         "b\r\nc\rd\u00ADe\u0085f\u009Bg«»",
                         Places::free) == "a b\nc\nde\nf g«»");
  const std::string text = "a\x01\r\n\u00AD\u0085\x7F";
  const auto kept = without_controls(text, Places::kept);
  CHECK(kept.size() == text.size());
  CHECK(kept == "a  \n\u00AD   ");
}

TEST_CASE("a flood of openings takes time in proportion") {
  std::string flood;
  for (int i = 0; i < 200000; ++i) flood += "<!--<script><p &#";
  CHECK(without_markup(flood).size() > 0);
  CHECK(without_references(std::string(1000000, '&')).size() == 1000000);
}

TEST_CASE("wikitext becomes the text that is shown") {
  CHECK(fihris::reader::without_wikitext(
            "{{قالب|x={{y}}}}'''حلب''' هي [[مدينة|المدينة]] في [[سوريا]]<ref name=a>كتاب</ref>.\n"
            "== تاريخ ==\n* بند [http://x/ رابط]\n[[تصنيف:مدن]][[en:Aleppo]][[ملف:a.jpg|thumb|صورة "
            "[[x]]]]\n{|\n|a\n|}\n") == "حلب هي المدينة في سوريا.\nتاريخ\nبند رابط");
  CHECK(fihris::reader::without_wikitext("{{{{{{ [[[[ x").find('x') != std::string::npos);
}
