// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <random>
#include <string>

#include "analysis/words.h"
#include "base/file.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "fihris/analysis.h"

namespace {

std::string describe(const std::vector<fihris::Token>& tokens) {
  std::string text;
  for (const auto& token : tokens) {
    text += text.empty() ? "" : " ";
    text += "alno"[static_cast<std::size_t>(token.kind)];
    text += ":" + token.folded;
  }
  return text;
}

/// Bytes that are mostly Arabic letters, with marks, blanks, joiners and broken sequences among
/// them.
std::string random_text(std::mt19937& random, std::size_t length) {
  std::string text;
  while (text.size() < length) {
    const auto dice = random() % 100;
    if (dice < 70) {
      fihris::utf8::append(text, static_cast<char32_t>(0x621 + random() % 42));
    } else if (dice < 85) {
      text += ' ';
    } else if (dice < 90) {
      fihris::utf8::append(text, static_cast<char32_t>(0x600 + random() % 256));
    } else if (dice < 94) {
      fihris::utf8::append(text, static_cast<char32_t>(random() % 0x11000));
    } else {
      text += static_cast<char>(random() % 256);
    }
  }
  return text;
}

}  // namespace

TEST_CASE("a text falls into words of one kind, folded") {
  const auto text = fihris::read_file(FIHRIS_SOURCE_DIR "/tests/cases/tokens.tsv");
  const fihris::TsvTable table(text, "tokens.tsv");
  REQUIRE(table.rows().size() >= 12);
  fihris::Analyzer analyzer;
  for (const auto& row : table.rows()) {
    CAPTURE(row.line);
    CHECK(describe(analyzer.analyze(table.cell(row, "text"))) == table.cell(row, "words"));
  }
}

TEST_CASE("offsets are those of the bytes that make the word, marks and joiners inside included") {
  fihris::Analyzer analyzer;
  const std::string text = "«مُدُن» \u200Fكل\u200Cها\u200F.";
  const auto tokens = analyzer.analyze(text);
  REQUIRE(tokens.size() == 2);
  CHECK(text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin) == "مُدُن");
  CHECK(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin) == "كل\u200Cها");
}

TEST_CASE("any bytes give words in order, none overlapping, and the same ones each time") {
  std::mt19937 random(20150401);
  fihris::Analyzer analyzer;
  for (int round = 0; round < 400; ++round) {
    const auto text = random_text(random, 1 + random() % 600);
    CAPTURE(round);
    const auto tokens = analyzer.analyze(text);
    std::size_t last = 0;
    for (const auto& token : tokens) {
      REQUIRE(token.begin >= last);
      REQUIRE(token.end > token.begin);
      REQUIRE(token.end <= text.size());
      REQUIRE(fihris::utf8::is_valid(text.substr(token.begin, token.end - token.begin)));
      REQUIRE(fihris::utf8::is_valid(token.stem));
      REQUIRE_FALSE(token.folded.empty());
      REQUIRE_FALSE(token.stem.empty());
      last = token.end;
    }
    fihris::Analyzer fresh;
    const auto again = fresh.analyze(text);
    REQUIRE(again.size() == tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      REQUIRE(again[i].stem == tokens[i].stem);
      REQUIRE(again[i].folded == tokens[i].folded);
      REQUIRE(again[i].begin == tokens[i].begin);
      REQUIRE(again[i].stop == tokens[i].stop);
    }
  }
}

TEST_CASE("a word of any length is one word with a key") {
  fihris::Analyzer analyzer;
  std::string word;
  for (int i = 0; i < 100000; ++i) word += "وال";
  const auto tokens = analyzer.analyze(word);
  REQUIRE(tokens.size() == 1);
  CHECK(tokens[0].stem == word);
}

TEST_CASE("a table that is full forgets its words and counts its generations") {
  fihris::analysis::WordTable table(3);
  const auto id = table.get("حرب").id;
  CHECK(table.get("حرب").id == id);
  for (const auto* word : {"سلم", "هدنة", "صلح"}) table.get(word);
  CHECK(table.size() == 4);
  table.trim();
  CHECK(table.size() == 0);
  CHECK(table.generation() == 1);
  CHECK(table.get("هدنة").id == 0);
}

TEST_CASE("words that are akin share a skeleton, and function words have none") {
  fihris::analysis::WordTable table;
  for (const auto* word : {"انسحب", "الانسحاب", "انسحابهم", "سحب", "ينسحبون"}) {
    CAPTURE(word);
    CHECK(table.get(word).skeleton == "سحب");
  }
  CHECK(table.get("يقاتلون").skeleton == table.get("المقاتلين").skeleton);
  CHECK(table.get("استخدام").skeleton == table.get("يستخدم").skeleton);
  CHECK(table.get("من").skeleton.empty());
  CHECK(table.get("2015").skeleton.empty());
}

TEST_CASE("sentences end at a stop before a blank, and paragraphs at a line break") {
  fihris::analysis::WordTable words;
  const std::string text = "قال 3.5 نعم. ثم لا؟ بلى\nنعم";
  const auto tokens = fihris::analysis::tokenize(text, words);
  const auto units = fihris::analysis::find_units(text, tokens);
  const std::vector<std::uint32_t> sentences{0, 0, 0, 0, 1, 1, 2, 3};
  const std::vector<std::uint32_t> paragraphs{0, 0, 0, 0, 0, 0, 0, 1};
  CHECK(units.sentence == sentences);
  CHECK(units.paragraph == paragraphs);
}
