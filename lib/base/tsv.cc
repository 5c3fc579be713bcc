// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/tsv.h"

#include <algorithm>
#include <utility>

#include "fihris/error.h"

namespace fihris {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  std::size_t start = 0;
  for (;;) {
    const auto end = text.find(separator, start);
    parts.push_back(text.substr(start, end == text.npos ? text.npos : end - start));
    if (end == text.npos) return parts;
    start = end + 1;
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

TsvTable::TsvTable(std::string_view text, std::string file) : file_(std::move(file)) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    auto cells = split(line, '\t');
    if (header_.empty()) {
      header_ = std::move(cells);
      continue;
    }
    if (cells.size() > header_.size()) {
      throw Error(ErrorCode::bad_format,
                  file_ + ":" + std::to_string(number) + ": found " + std::to_string(cells.size()) +
                      " cells, the header has " + std::to_string(header_.size()));
    }
    rows_.push_back({number, std::move(cells)});
  }
  if (header_.empty()) throw Error(ErrorCode::bad_format, file_ + ": no header line");
}

bool TsvTable::has(std::string_view column) const {
  return std::find(header_.begin(), header_.end(), column) != header_.end();
}

std::string_view TsvTable::cell(const TsvRow& row, std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  const auto index = static_cast<std::size_t>(found - header_.begin());
  return index < row.cells.size() ? row.cells[index] : std::string_view{};
}

std::string TsvTable::where(const TsvRow& row) const {
  return file_ + ":" + std::to_string(row.line);
}

}  // namespace fihris
