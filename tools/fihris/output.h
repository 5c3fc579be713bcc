// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace fihris::cli {

/// `text` on one line for a terminal or a log: control characters and direction controls gone,
/// malformed UTF-8 replaced.
std::string printable(std::string_view text);
/// A cell of a table: tabs and line ends as blanks.
std::string tsv_cell(std::string_view text);
/// A CSV cell (RFC 4180); one that a spreadsheet would take for a formula begins with an
/// apostrophe.
std::string csv_cell(std::string_view text);

/// Rows of a table with a header, as the format asks: tsv, csv or aligned text.
enum class TableFormat { text, tsv, csv };
class Table {
 public:
  Table(std::vector<std::string> header, TableFormat format);
  void row(std::vector<std::string> cells);
  /// Writes what was collected.
  void print(std::ostream& out) const;

 private:
  TableFormat format_;
  std::vector<std::vector<std::string>> rows_;
};

/// True if standard output is a terminal, or a pager that shows it on one; colour is used there
/// unless NO_COLOR is set.
bool on_terminal();
bool use_colour();
/// Columns that `text` takes on a terminal: marks take none, wide characters two.
std::size_t display_width(std::string_view text);
/// `text` cut to so many columns, the last of them an ellipsis then.
std::string shortened(std::string_view text, std::size_t width);
/// `text` with spaces to fill `width` columns.
std::string padded(std::string_view text, std::size_t width);
/// On a terminal, `text` between first-strong isolates (U+2068, U+2069), so that what stands beside
/// it keeps its place; in a pipe `text` itself.
std::string isolated(std::string_view text);
/// 30,415.
std::string grouped(std::uint64_t number);
/// "1 article", "30,415 articles".
std::string counted(std::uint64_t number, std::string_view what);

}  // namespace fihris::cli
