// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fihris {

/// A row of a tab-separated file. Views point into the text that was parsed.
struct TsvRow {
  std::uint64_t line = 0;  ///< 1-based, for messages
  std::vector<std::string_view> cells;
};

/// A tab-separated text with a header line: no quoting, `#` at the start of a line makes a comment,
/// empty lines are passed over, CR before LF is dropped.
class TsvTable {
 public:
  /// \param text  must outlive the table.  \param file  a name for messages.
  /// \throws Error{bad_format} for a missing header or a row with more cells than the header.
  TsvTable(std::string_view text, std::string file);

  const std::vector<TsvRow>& rows() const { return rows_; }
  const std::vector<std::string_view>& header() const { return header_; }
  bool has(std::string_view column) const;
  /// The cell in `column`; empty where the row is short or the table lacks the column.
  std::string_view cell(const TsvRow& row, std::string_view column) const;
  const std::string& file() const { return file_; }
  /// "file:line".
  std::string where(const TsvRow& row) const;

 private:
  std::string file_;
  std::vector<std::string_view> header_;
  std::vector<TsvRow> rows_;
};

/// The parts of `text` between `separator`s; none for an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);
/// `text` without blanks, tabs, CR and LF at its ends.
std::string_view trim(std::string_view text);

}  // namespace fihris
