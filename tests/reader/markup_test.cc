// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include "fihris/error.h"
#include "reading.h"

using fihris::Date;
using fihris::test::read_bytes;

TEST_CASE("a feed gives an article an item, with the channel as source") {
  const auto read = read_bytes(
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>صحيفة</title>"
      "<item><guid>a</guid><title><![CDATA[خبر & آخر]]></title><link>http://x/a</link>"
      "<description>&lt;p&gt;ملخص&lt;/p&gt;</description><content:encoded><![CDATA[<p>نص</"
      "p><script>z</script>]]></content:encoded>"
      "<pubDate>Wed, 29 Jul 2015 10:00:00 "
      "+0300</pubDate><dc:creator>كاتب</dc:creator><category>سياسة</category></item>"
      "</channel></rss>",
      "a.xml");
  REQUIRE(read.articles.size() == 1);
  const auto& a = read.articles[0];
  CHECK(a.id == "a");
  CHECK(a.title == "خبر & آخر");
  CHECK(a.text == "نص");
  CHECK(a.source == "صحيفة");
  CHECK(a.author == "كاتب");
  CHECK(a.url == "http://x/a");
  CHECK(a.date == Date{2015, 7, 29});
  CHECK(read.field(0, "summary") == "ملخص");
  CHECK(read.field(0, "tags") == R"(["سياسة"])");
  CHECK(read.faults.empty());
}

TEST_CASE("Atom entries are read with their links and authors") {
  const auto read = read_bytes(
      "<feed "
      "xmlns=\"http://www.w3.org/2005/Atom\"><title>f</title><entry><id>i</id><title>t</title>"
      "<link rel=\"self\" href=\"http://x/self\"/><link rel=\"alternate\" "
      "href=\"http://x/a?b=1&amp;c=2\"/>"
      "<author><name>n</name></author><updated>2015-07-29T00:00:00Z</updated>"
      "<content type=\"xhtml\"><div><p>أ</p><p>ب</p></div></content></entry></feed>",
      "a.atom");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].url == "http://x/a?b=1&c=2");
  CHECK(read.articles[0].author == "n");
  CHECK(read.articles[0].text == "أ\nب");
}

TEST_CASE("entities of a document's own are never expanded, and one broken item costs no other") {
  const auto read = read_bytes(
      "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY l "
      "\"lolol\">]><rss><channel><title>c</title>"
      "<item><guid>a</guid><title>t</title><description>one &x; &l; two</description></item>\n"
      "<item><guid>b</guid><title>u\n<item><guid>c</guid><title>v</title></item>\n<item><guid>d</"
      "guid><title>w",
      "a.xml");
  REQUIRE(read.articles.size() == 2);
  CHECK(read.articles[0].text == "one     two");
  CHECK(read.articles[1].id == "c");
  REQUIRE(read.faults.size() == 3);
  CHECK_FALSE(read.faults[0].skipped);
  CHECK(read.faults[1].origin.line == 2);
  CHECK(read.faults[2].origin.line == 4);
}

TEST_CASE("TREC and Gigaword documents are read") {
  const auto read = read_bytes(
      "<DOC>\n<DOCNO> X-1 </DOCNO>\n<HEADLINE>ع</HEADLINE>\n<TEXT>\n<P>\nأول\n</P>\n<P>\nثان & 3 < "
      "5\n</P>\n</TEXT>\n</DOC>\n"
      "<DOC id=\"AFP_ARB_20030115.0042\" type=\"story\">\n<TEXT>نص</TEXT></DOC>\n",
      "a.sgml");
  REQUIRE(read.articles.size() == 2);
  CHECK(read.articles[0].id == "X-1");
  CHECK(read.articles[0].text == "أول\n\nثان & 3 < 5");
  CHECK(read.articles[1].date == Date{2003, 1, 15});
  CHECK(read.field(1, "type") == "story");
}

TEST_CASE("text that stands in a document of TREC itself is read") {
  const auto read =
      read_bytes("<DOC>\n<DOCNO>X-1</DOCNO>\n<HEADLINE>ع</HEADLINE>\nأول <P>ثان\n</DOC>", "a.sgml");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].title == "ع");
  CHECK(read.articles[0].text == "أول \nثان");
}

TEST_CASE("pages of a MediaWiki export are read, redirects and other name spaces counted") {
  const auto read = read_bytes(
      "<mediawiki><siteinfo><sitename>ويكي</sitename></siteinfo>"
      "<page><title>حلب</title><ns>0</ns><id>7</id><revision><timestamp>2015-07-29T01:02:03Z</"
      "timestamp><text>'''حلب''' [[مدينة]]</text></revision></page>"
      "<page><title>x</title><ns>1</ns><id>8</id></page><page><title>y</title><ns>0</ns><redirect "
      "title=\"z\"/></page></mediawiki>",
      "dump.xml");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].id == "7");
  CHECK(read.articles[0].source == "ويكي");
  CHECK(read.articles[0].text == "حلب مدينة");
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].message.starts_with("2 pages"));
}

#ifdef FIHRIS_HTML
TEST_CASE("of a page the article is taken, without what stands round it") {
  std::string paragraphs;
  for (int i = 0; i < 12; ++i) {
    paragraphs +=
        "<p>فقرة طويلة من نص الخبر تتحدث عن الاجتماع الذي عقد في العاصمة أمس وما انتهى إليه من "
        "قرارات " +
        std::to_string(i) + "</p>";
  }
  std::string menu;
  for (int i = 0; i < 30; ++i) menu += "<li><a href=x>رابط إلى خبر آخر من أخبار اليوم</a></li>";
  const auto page = [&](const std::string& open, const std::string& close) {
    return "<!doctype html><html><head><title>عنوان الخبر - الصحيفة</title><meta "
           "property=\"article:published_time\" "
           "content=\"2015-07-29T08:00:00+03:00\"><link rel=canonical "
           "href=\"http://x/a\"></head><body><nav>قائمة</nav><ul class=\"main-menu\">" +
           menu + "</ul>" + open + "<h1>عنوان الخبر</h1>" + paragraphs + "<script>z()</script>" +
           close +
           "<div class=\"sharedaddy\">شارك الخبر</div><div class=\"related-posts\">مقالات "
           "أخرى</div><footer>حقوق</footer></body></html>";
  };
  for (const auto& [open, close] : {std::pair{"<article>", "</article>"},
                                    {"<div id=x>", "</div>"},
                                    {"<main><div>", "</div></main>"}}) {
    const std::string element = open;
    CAPTURE(element);
    const auto read = read_bytes(page(open, close), "a.html");
    REQUIRE(read.articles.size() == 1);
    const auto& a = read.articles[0];
    CHECK(a.title == "عنوان الخبر");
    CHECK(a.date == Date{2015, 7, 29});
    CHECK(a.url == "http://x/a");
    CHECK(a.text.find("فقرة طويلة") != a.text.npos);
    CHECK(a.text.find("قرارات 11") != a.text.npos);
    for (const char* outside : {"قائمة", "رابط إلى", "مقالات أخرى", "شارك الخبر", "حقوق", "z()"})
      CHECK(a.text.find(outside) == a.text.npos);
  }
  fihris::ReaderOptions options;
  options.selector = "div.related-posts";
  CHECK(read_bytes(page("<div>", "</div>"), "a.html", options).articles.at(0).text ==
        "مقالات أخرى");
}

TEST_CASE(
    "what a page writes with references is text and no tag, and angles that begin no tag stay") {
  const auto read = read_bytes("<p>3 < 5 و a<b ثم &lt;script&gt;x&lt;/script&gt;</p>", "a.html");
  CHECK(read.articles.at(0).text == "3 < 5 و a<b ثم <script>x</script>");
}

TEST_CASE("JSON-LD says what an article is") {
  const auto read = read_bytes(
      "<html><head><script "
      "type=\"application/"
      "ld+json\">{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"no\"},{\"@type\":[\"NewsArticle\"],"
      "\"headline\":\"عنوان\",\"datePublished\":\"2015-07-29\",\"author\":[{\"name\":\"أ\"},{"
      "\"name\":\"ب\"}],\"publisher\":{\"name\":\"ص\"},"
      "\"keywords\":[\"x\",\"y\"]}]}</script></head><body><p>نص</p></body></html>",
      "a.html");
  REQUIRE(read.articles.size() == 1);
  CHECK(read.articles[0].title == "عنوان");
  CHECK(read.articles[0].author == "أ، ب");
  CHECK(read.articles[0].source == "ص");
  CHECK(read.articles[0].date == Date{2015, 7, 29});
  CHECK(read.field(0, "tags") == R"(["x","y"])");
}

TEST_CASE("JSON-LD is found behind the marks that old pages put round scripts") {
  for (const std::string open : {"//<![CDATA[\n", "/*<![CDATA[*/ [", "<!--\n", "\n[ ", ""}) {
    CAPTURE(open);
    const auto read = read_bytes("<head><script type=\"application/ld+json\">" + open +
                                     "{\"@type\":\"NewsArticle\",\"headline\":\"عنوان\"}" +
                                     (open.ends_with("[ ") || open.ends_with(" [") ? "]" : "") +
                                     "</script></head><p>نص</p>",
                                 "a.html");
    REQUIRE(read.articles.size() == 1);
    CHECK(read.articles[0].title == "عنوان");
  }
}

TEST_CASE("a selector that cannot be read is an error at once") {
  fihris::ReaderOptions options;
  options.selector = "div > p:first-child";
  CHECK_THROWS_AS(fihris::ArticleReader({}, options), fihris::Error);
}
#endif
