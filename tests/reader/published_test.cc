// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include "base/file.h"
#include "base/tsv.h"
#include "fihris/reader.h"

TEST_CASE("dates of publication are read in all forms, and days that do not exist are no dates") {
  const auto text = fihris::read_file(FIHRIS_SOURCE_DIR "/tests/cases/publication-dates.tsv");
  const fihris::TsvTable table(text, "publication-dates.tsv");
  REQUIRE(table.rows().size() > 40);
  for (const auto& row : table.rows()) {
    const std::string given(table.cell(row, "given"));
    CAPTURE(given);
    const auto date = fihris::parse_publication_date(given);
    CHECK((date ? fihris::to_iso(*date) : std::string("-")) == table.cell(row, "day"));
  }
}
