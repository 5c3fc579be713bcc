// SPDX-License-Identifier: GPL-2.0-or-later
#include "output.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "text.h"

namespace fihris::cli {

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for_each_character(text, [&](char32_t code, std::string_view bytes) {
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool direction = code == 0x061C || code == 0x200E || code == 0x200F ||
                           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    if (control) {
      if (!clean.empty() && clean.back() != ' ') clean += ' ';
    } else if (!direction) {
      clean += bytes;
    }
  });
  while (!clean.empty() && clean.back() == ' ') clean.pop_back();
  return clean;
}

std::string tsv_cell(std::string_view text) { return printable(text); }

std::string csv_cell(std::string_view text) {
  std::string clean = printable(text);
  if (!clean.empty() && std::string_view("=+-@").find(clean[0]) != std::string_view::npos) {
    // Numbers may begin with a sign.
    if (clean.find_first_not_of("+-0123456789.eE") != std::string::npos) clean.insert(0, "'");
  }
  if (clean.find_first_of(",\"\n") == std::string::npos) return clean;
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

Table::Table(std::vector<std::string> header, TableFormat format) : format_(format) {
  rows_.push_back(std::move(header));
}

void Table::row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

void Table::print(std::ostream& out) const {
  std::vector<std::size_t> widths;
  if (format_ == TableFormat::text) {
    for (const auto& cells : rows_) {
      widths.resize(std::max(widths.size(), cells.size()));
      for (std::size_t i = 0; i < cells.size(); ++i) {
        widths[i] = std::max(widths[i], display_width(printable(cells[i])));
      }
    }
  }
  for (const auto& cells : rows_) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool last = i + 1 == cells.size();
      switch (format_) {
        case TableFormat::text: {
          const auto cell = printable(cells[i]);
          out << isolated(cell);
          if (!last) out << std::string(widths[i] - display_width(cell) + 2, ' ');
          break;
        }
        case TableFormat::tsv:
          out << tsv_cell(cells[i]) << (last ? "" : "\t");
          break;
        case TableFormat::csv:
          out << csv_cell(cells[i]) << (last ? "\r" : ",");
          break;
      }
    }
    out << '\n';
  }
}

bool on_terminal() {
  static const bool kTerminal = ::isatty(STDOUT_FILENO) != 0;
  return kTerminal;
}

bool use_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  return on_terminal() && (no_colour == nullptr || *no_colour == 0);
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_character(text, [&](char32_t code, std::string_view) { width += columns(code); });
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  std::string cut;
  std::size_t used = 0, whole = 0;
  for_each_character(text, [&](char32_t code, std::string_view bytes) {
    used += columns(code);
    if (used < width) whole = cut.size() + bytes.size();
    cut += bytes;
  });
  return used <= width ? cut : cut.substr(0, whole) + "…";
}

std::string padded(std::string_view text, std::size_t width) {
  const auto used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string isolated(std::string_view text) {
  if (!on_terminal()) return std::string(text);
  return "\u2068" + std::string(text) + "\u2069";
}

std::string grouped(std::uint64_t number) {
  auto digits = std::to_string(number);
  for (auto at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string counted(std::uint64_t number, std::string_view what) {
  return grouped(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

}  // namespace fihris::cli
