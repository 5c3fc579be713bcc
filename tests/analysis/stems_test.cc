// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <string>

#include "base/file.h"
#include "base/tsv.h"
#include "fihris/analysis.h"

namespace {

std::string cases(const char* name) {
  return fihris::read_file(std::string(FIHRIS_SOURCE_DIR "/tests/cases/") + name);
}

}  // namespace

TEST_CASE("all forms of one word have one stem key, and look-alikes have others") {
  const auto text = cases("stems.tsv");
  const fihris::TsvTable table(text, "stems.tsv");
  REQUIRE(table.rows().size() > 60);
  fihris::Analyzer analyzer;
  for (const auto& row : table.rows()) {
    CAPTURE(row.line);
    std::string key;
    for (const auto word : fihris::split(table.cell(row, "same"), ' ')) {
      CAPTURE(std::string(word));
      if (key.empty()) key = analyzer.stem(word);
      CHECK(analyzer.stem(word) == key);
    }
    for (const auto word : fihris::split(table.cell(row, "apart"), ' ')) {
      CAPTURE(std::string(word));
      CHECK(analyzer.stem(word) != key);
    }
  }
}

TEST_CASE("the reading chosen for a word is the one that its grammar and lexicon speak for") {
  const auto text = cases("readings.tsv");
  const fihris::TsvTable table(text, "readings.tsv");
  fihris::Analyzer analyzer;
  for (const auto& row : table.rows()) {
    const std::string word(table.cell(row, "word"));
    CAPTURE(word);
    const auto readings = analyzer.explain(word);
    REQUIRE(!readings.empty());
    const auto& best = readings.front();
    CHECK(best.proclitics == table.cell(row, "proclitics"));
    CHECK(best.core == table.cell(row, "core"));
    CHECK(best.suffixes == table.cell(row, "suffixes"));
    CHECK(best.word_class == table.cell(row, "class"));
    CHECK(best.stem == table.cell(row, "stem"));
    CHECK(best.stem == analyzer.stem(word));
    CHECK_FALSE(best.reason.empty());
    for (std::size_t i = 1; i < readings.size(); ++i) {
      CHECK(readings[i - 1].weight >= readings[i].weight);
    }
  }
}

TEST_CASE("each reading that the manual shows is a case that is tested") {
  const auto rows = cases("readings.tsv");
  const auto manual = fihris::read_file(FIHRIS_SOURCE_DIR "/docs/analysis.md");
  const fihris::TsvTable table(rows, "readings.tsv");
  std::size_t shown = 0;
  for (const auto line : fihris::split(manual, '\n')) {
    // | word | proclitics | core | ending | class | key | why |
    const auto cells = fihris::split(line, '|');
    if (cells.size() != 9 || fihris::trim(cells[1]) == "word" || line.starts_with("|--")) continue;
    ++shown;
    CAPTURE(std::string(line));
    bool found = false;
    for (const auto& row : table.rows()) {
      found = found || (table.cell(row, "word") == fihris::trim(cells[1]) &&
                        table.cell(row, "proclitics") == fihris::trim(cells[2]) &&
                        table.cell(row, "core") == fihris::trim(cells[3]) &&
                        table.cell(row, "suffixes") == fihris::trim(cells[4]) &&
                        table.cell(row, "class") == fihris::trim(cells[5]) &&
                        table.cell(row, "stem") == fihris::trim(cells[6]));
    }
    CHECK(found);
  }
  CHECK(shown >= 10);
}

TEST_CASE("function words are stop words with any conjunction and pronoun, content words are not") {
  fihris::Analyzer analyzer;
  for (const auto* word : {"من", "وفي", "عليها", "إلى", "الى", "له", "التي", "فهو", "لأن", "هذه"}) {
    CAPTURE(word);
    const auto tokens = analyzer.analyze(word);
    REQUIRE(tokens.size() == 1);
    CHECK(tokens[0].stop);
  }
  for (const auto* word : {"حرب", "المدينة", "وقال", "سوريا", "وفد", "2015", "NATO"}) {
    CAPTURE(word);
    const auto tokens = analyzer.analyze(word);
    REQUIRE(tokens.size() == 1);
    CHECK_FALSE(tokens[0].stop);
  }
}

TEST_CASE("the version names the format and the content of the lexicon") {
  const auto version = fihris::Analyzer::version();
  REQUIRE(version.find('.') != version.npos);
  CHECK(version.size() == version.find('.') + 17);
}
