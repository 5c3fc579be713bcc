// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/tagger.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "base/file.h"
#include "base/tsv.h"
#include "tagger/article_tagger.h"

using fihris::Authority;
using fihris::Tagger;

namespace {

Tagger& tagger() {
  static Tagger shared(Authority::builtin());
  return shared;
}

std::vector<std::string> ids(const std::vector<fihris::EntityTag>& tags) {
  std::vector<std::string> all;
  for (const auto& tag : tags) all.push_back(tag.entity.id);
  return all;
}

bool holds(const std::vector<std::string>& list, const std::string& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::vector<std::string> words(std::string_view cell) {
  std::vector<std::string> all;
  std::istringstream in{std::string(cell)};
  for (std::string word; in >> word;) {
    if (word != "-") all.push_back(word);
  }
  return all;
}

std::vector<std::string> candidates(std::string_view text) {
  std::vector<std::string> names;
  for (const auto& tag : tagger().tag("", text, std::nullopt).candidates) names.push_back(tag.name);
  return names;
}

}  // namespace

TEST_CASE("texts are given the factions and places of the table") {
  const std::string path = FIHRIS_SOURCE_DIR "/tests/cases/tags.tsv";
  const auto text = fihris::read_file(path);
  const fihris::TsvTable table(text, path);
  std::size_t rows = 0;
  for (const auto& row : table.rows()) {
    const std::string article(table.cell(row, "text"));
    CAPTURE(article);
    const auto tags = tagger().tag("", article, fihris::parse_iso_date(table.cell(row, "date")));
    const auto factions = ids(tags.factions);
    const auto regions = ids(tags.regions);
    for (const auto& id : words(table.cell(row, "factions"))) {
      CAPTURE(id);
      CHECK(holds(factions, id));
    }
    for (const auto& id : words(table.cell(row, "regions"))) {
      CAPTURE(id);
      CHECK(holds(regions, id));
    }
    for (const auto& id : words(table.cell(row, "not"))) {
      CAPTURE(id);
      CHECK_FALSE(holds(factions, id));
      CHECK_FALSE(holds(regions, id));
    }
    ++rows;
  }
  CHECK(rows > 20);
}

TEST_CASE("a mention holds whole words as they are written, with what is joined to them") {
  const std::string title = "معارك في حلب";
  const std::string text = "وللحوثيين مواقع في اليمن";
  const auto tags = tagger().tag(title, text, std::nullopt);
  REQUIRE(tags.factions.size() == 1);
  const auto& mention = tags.factions.front().mentions.front();
  CHECK(mention.surface == "وللحوثيين");
  CHECK(text.substr(mention.begin, mention.end - mention.begin) == mention.surface);
  CHECK_FALSE(mention.rule.empty());
  CHECK(mention.confidence > 0);
  CHECK(mention.confidence <= 1);
  bool in_title = false;
  for (const auto& tag : tags.regions) {
    for (const auto& m : tag.mentions) {
      const auto& field = m.field == fihris::TextField::title ? title : text;
      CHECK(field.substr(m.begin, m.end - m.begin) == m.surface);
      in_title = in_title || m.field == fihris::TextField::title;
    }
  }
  CHECK(in_title);
}

TEST_CASE("spelling, elongation, quotes and line breaks do not hide a name") {
  for (const char* text : {"سيطرت جبهه النصره على البلدة", "سيطرت جبهـــة النصرة على البلدة",
                           "سيطرت «جبهة النصرة» على البلدة", "سيطرت جبهة «النصرة» على البلدة",
                           "سيطرت جبهة\nالنصرة على البلدة", "سيطرت جَبهةُ النُّصرة على البلدة"}) {
    CAPTURE(text);
    CHECK(holds(ids(tagger().tag("", text, std::nullopt).factions), "nusra-front"));
  }
}

TEST_CASE("groups that no file knows are candidates") {
  CHECK(candidates("أعلن لواء «زهور الوادي الأخضر» انضمامه إلى غرفة العمليات") ==
        std::vector<std::string>{"لواء زهور الوادي الأخضر"});
  CHECK(candidates("قتل قائد كتيبة شهداء السفرجلية في المعركة") ==
        std::vector<std::string>{"كتيبة شهداء السفرجلية"});
}

TEST_CASE("ordinary movements, armies and known groups are no candidates") {
  CHECK(candidates("عادت حركة السير في الشارع وحركة الطيران في المطار").empty());
  CHECK(candidates("انسحب جيش الاحتلال من المخيم").empty());
  CHECK(candidates("وصفته الوزارة بأنه تنظيم «إرهابي» خطير").empty());
  CHECK(candidates("أعلن جيش الإسلام وحركة أحرار الشام الهدنة").empty());
}

TEST_CASE("any bytes are tagged without harm") {
  for (const std::string& text : {std::string(), std::string("\xff\xfe\x80 حلب\xd8"),
                                  std::string(5000, '\n'), std::string("و و و و، ، «»«»\"")}) {
    tagger().tag(text, text, std::nullopt);
  }
}

TEST_CASE("what an index asks for are the same entities at the same places") {
  const std::string title = "معارك في ريف حلب";
  const std::string text = "وللحوثيين مواقع في اليمن، وتنظيم «داعش» في تدمر منذ 20 أيار 2015.";
  fihris::analysis::WordTable words;
  const auto title_tokens = fihris::analysis::tokenize(title, words);
  const auto text_tokens = fihris::analysis::tokenize(text, words);
  fihris::tagger::ArticleTagger brief(Authority::builtin(),
                                      fihris::tagger::TagDetail::places_of_mentions);
  const auto day = fihris::parse_iso_date("2015-06-01");
  const auto found = brief.tag(title, title_tokens, text, text_tokens, words, day);
  const auto whole = tagger().tag(title, text, day);
  REQUIRE(ids(found.factions) == ids(whole.factions));
  REQUIRE(ids(found.regions) == ids(whole.regions));
  REQUIRE(found.dates.size() == whole.dates.size());
  for (std::size_t i = 0; i < found.regions.size(); ++i) {
    const auto& a = found.regions[i];
    const auto& b = whole.regions[i];
    CHECK(a.entity.lat == b.entity.lat);
    REQUIRE(a.mentions.size() == b.mentions.size());
    CHECK(a.mentions.front().begin == b.mentions.front().begin);
    CHECK(a.mentions.front().end == b.mentions.front().end);
    CHECK(a.mentions.front().field == b.mentions.front().field);
  }
}

TEST_CASE("the same text gets the same tags from a new tagger and from one that has seen others") {
  const std::string text = "قصف النظام بلدتي نبل والزهراء في ريف حلب في سوريا";
  tagger().tag("", "نص آخر عن تركيا", std::nullopt);
  Tagger fresh(Authority::builtin());
  CHECK(ids(fresh.tag("", text, std::nullopt).regions) ==
        ids(tagger().tag("", text, std::nullopt).regions));
}
