// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest_marks.h"

#include <charconv>
#include <unordered_map>

#include "base/file.h"
#include "base/tsv.h"

namespace fihris::cli {
namespace {

constexpr std::string_view kHeader = "fihris-ingest 1";

/// One line a file, so tabs, line ends and backslashes of a name are written as two characters.
std::string escaped(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out;
}

std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
    } else {
      const char c = text[++i];
      out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
  }
  return out;
}

template <class Number>
bool read_number(std::string_view text, Number& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

IngestMarks::IngestMarks(std::string_view checkpoint) {
  const auto lines = split(checkpoint, '\n');
  if (lines.empty() || lines[0] != kHeader) return;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = split(lines[i], '\t');
    if (cells.size() != 6) continue;
    Entry entry;
    entry.mark.complete = cells[0] == "all";
    entry.options = cells[4];
    entry.mark.file = plain(cells[5]);
    if (read_number(cells[1], entry.mark.size) && read_number(cells[2], entry.mark.modified) &&
        read_number(cells[3], entry.mark.records)) {
      entries_.push_back(std::move(entry));
    }
  }
}

std::vector<ReadMark> IngestMarks::of(std::string_view options) const {
  std::vector<ReadMark> marks;
  for (const auto& entry : entries_) {
    if (entry.options == options) marks.push_back(entry.mark);
  }
  return marks;
}

void IngestMarks::update(const std::vector<ReadMark>& marks, std::string_view options) {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < entries_.size(); ++i) places[entries_[i].mark.file] = i;
  for (const auto& mark : marks) {
    const auto [place, fresh] = places.try_emplace(mark.file, entries_.size());
    if (fresh) entries_.emplace_back();
    entries_[place->second] = {mark, std::string(options)};
  }
}

std::string IngestMarks::text() const {
  std::string out(kHeader);
  for (const auto& [mark, options] : entries_) {
    out += '\n';
    out += mark.complete ? "all" : "part";
    out += '\t' + std::to_string(mark.size) + '\t' + std::to_string(mark.modified) + '\t' +
           std::to_string(mark.records) + '\t' + options + '\t' + escaped(mark.file);
  }
  return out;
}

std::string options_key(const ReaderOptions& options) {
  std::string all = input_format_name(options.format);
  all += '\n' + options.encoding + '\n' + options.selector + '\n';
  all += options.clean ? 'c' : '-';
  all += options.set_tails_apart ? 't' : '-';
  for (const auto& [field, path] : options.map) {
    all.append("\n").append(field).append("=").append(path);
  }
  return hex64(fnv1a(all));
}

}  // namespace fihris::cli
