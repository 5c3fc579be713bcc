// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "base/tsv.h"
#include "base/utf8.h"
#include "reader/clean.h"
#include "reader/formats.h"
#include "reader/json_record.h"
#include "reader/lines.h"

namespace fihris::reader {
namespace {

/// How often a quote may be looked for to the end of a record before only the next 64 KiB are
/// looked through, so that time stays in proportion to the length of the text.
constexpr int kLongSearches = 16;
constexpr std::size_t kShortSearch = 1 << 16;

struct TextLine {
  std::string text;
  std::uint64_t number = 0;
  bool too_long = false;
};

class CsvReader : public RecordReader {
 public:
  CsvReader(const TextInput& input, bool tabs)
      : lines_(*input.bytes, input.builder->options().max_record_bytes),
        builder_(input.builder),
        mark_(tabs ? '\t' : '\0') {}

  std::optional<Outcome> next() override {
    if (header_.empty() && !ended_) {
      if (auto fault = read_header()) {
        ended_ = true;
        return fault;
      }
    }
    while (!ended_) {
      auto line = next_line();
      if (!line) break;
      if (line->too_long) {
        return refuse(*line, "longer than " + std::to_string(builder_->options().max_record_bytes) +
                                 " bytes");
      }
      if (trim(line->text).empty() && header_.size() > 1 &&
          line->text.find(mark_) == line->text.npos) {
        continue;
      }
      return record(std::move(*line));
    }
    return std::nullopt;
  }

 private:
  /// The next line; while `log_` is set, it is kept to be read again.
  std::optional<TextLine> next_line() {
    if (again_at_ < again_.size()) {
      const auto end = again_.find('\n', again_at_);
      TextLine line{again_.substr(again_at_, end - again_at_), again_line_++, false};
      again_at_ = end + 1;
      line.too_long = again_at_ == again_.size() && last_too_long_;
      return line;
    }
    if (!log_) {
      again_.clear();
      again_at_ = 0;
    }
    const auto line = lines_.next();
    if (!line) return std::nullopt;
    if (log_) {
      if (again_.empty()) again_line_ = line->number;
      again_.append(line->text) += '\n';
      again_at_ = again_.size();
      again_line_ = line->number + 1;
      last_too_long_ = line->too_long;
    }
    return TextLine{std::string(line->text), line->number, line->too_long};
  }

  static Outcome refuse(const TextLine& line, std::string why) {
    return {std::nullopt, line.number, {std::move(why)}, {}, kept_raw(line.text)};
  }

  /// The record as it stood, with the lines that were taken for it.
  std::string raw(const TextLine& line) const {
    auto text = line.text.substr(0, kShortSearch);
    if (again_at_ > taken_) text += '\n' + again_.substr(taken_, again_at_ - taken_ - 1);
    return kept_raw(text);
  }

  /// The cells of a record that begins with `line`; further lines are taken where a quote is open.
  /// Empty if a quote is not closed; all further lines will then be read again.
  std::optional<std::vector<std::string>> cells(const TextLine& line) {
    std::vector<std::string> found(1);
    if (mark_ == '\t') {
      found.clear();
      for (const auto cell : split(line.text, '\t')) found.emplace_back(cell);
      return found;
    }
    TextLine taken;
    std::size_t length = 0;
    if (again_at_ > again_.size() / 2) again_.erase(0, std::exchange(again_at_, 0));
    const auto begin = taken_ = again_at_;
    const auto begin_line = line.number + 1;
    const auto give_up = [&]() -> std::optional<std::vector<std::string>> {
      again_at_ = begin;
      again_line_ = begin_line;
      ++searches_;
      return std::nullopt;
    };
    const auto bound =
        searches_ < kLongSearches ? builder_->options().max_record_bytes : kShortSearch;
    bool quoted = false;
    bool was_quoted = false;  // the cell began with a quote that was closed
    const std::string* text = &line.text;
    for (std::size_t i = 0;;) {
      if (i == text->size()) {
        if (!quoted) return found;
        log_ = true;
        auto more = next_line();
        log_ = false;
        if (!more) return give_up();
        taken = std::move(*more);
        length += taken.text.size() + 1;
        if (length > bound || taken.too_long) return give_up();
        text = &taken.text;
        found.back() += '\n';
        i = 0;
        continue;
      }
      const char c = (*text)[i++];
      if (quoted) {
        if (c != '"') {
          found.back() += c;
        } else if (i < text->size() && (*text)[i] == '"') {
          found.back() += '"';
          ++i;
        } else {
          quoted = false;
          was_quoted = true;
          // After lines were taken, a closing quote before more text is the opening quote of a
          // later cell: the quote of this one is missing.
          if (length > 0 && i < text->size() && (*text)[i] != mark_) return give_up();
        }
      } else if (c == mark_) {
        found.emplace_back();
        was_quoted = false;
      } else if (c == '"' && found.back().empty() && !was_quoted) {
        quoted = true;
      } else {
        found.back() += c;
      }
    }
  }

  /// A report if the text has no header that can be used.
  std::optional<Outcome> read_header() {
    std::optional<TextLine> line;
    do {
      line = next_line();
      if (!line) {
        ended_ = true;
        return std::nullopt;
      }
      if (line->text.starts_with("\xEF\xBB\xBF")) line->text.erase(0, 3);
      if (line->text.size() == 5 && line->text.starts_with("sep=")) {  // so says Excel
        mark_ = line->text[4];
        line->text.clear();
      }
    } while (trim(line->text).empty());
    if (mark_ == '\0') mark_ = find_mark(line->text);
    auto names = cells(*line);
    if (!names) return refuse(*line, "the header has a quote that is not closed");
    for (auto& name : *names) header_.push_back(one_line(utf8::sanitize(name)));
    const auto known = [&](const std::string& name) { return builder_->is_content(name); };
    if (std::any_of(header_.begin(), header_.end(), known)) return std::nullopt;
    std::string columns;
    for (std::size_t i = 0; i < header_.size() && columns.size() < 200; ++i) {
      columns +=
          (i == 0 ? "" : ", ") +
          header_[i].substr(
              0, utf8::floor_boundary(header_[i], std::min<std::size_t>(40, header_[i].size())));
    }
    auto outcome =
        refuse(*line, "the header has no column for a title or text; it has: " + columns);
    outcome.remedy = "name them in the first line, or with --map text=COLUMN";
    return outcome;
  }

  /// The mark that parts the header into most known names, else into most names.
  char find_mark(const std::string& header) {
    char best = ',';
    std::size_t most = 0;
    for (const char mark : {',', ';', '\t', '|'}) {
      std::size_t score = 0;
      for (auto name : split(header, mark)) {
        name = trim(name);
        if (name.size() > 1 && name.starts_with('"')) name = name.substr(1, name.size() - 2);
        score += builder_->is_content(name) ? 1001 : 1;
      }
      if (score > most) {
        most = score;
        best = mark;
      }
    }
    return best;
  }

  Outcome record(TextLine line) {
    const auto found = cells(line);
    if (!found) return refuse(line, "a quote is opened and not closed");
    auto count = found->size();
    while (count > header_.size() && (*found)[count - 1].empty()) --count;
    if (count != header_.size()) {
      line.text = raw(line);
      return refuse(line, "wanted " + std::to_string(header_.size()) + " cells, found " +
                              std::to_string(found->size()));
    }
    builder_->begin();
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view name = header_[i];
      builder_->add(name.empty() ? std::string_view("column") : name, (*found)[i]);
    }
    auto outcome = builder_->finish();
    outcome.line = line.number;
    if (!outcome.faults.empty()) outcome.raw = raw(line);
    return outcome;
  }

  LineReader lines_;
  RecordBuilder* builder_;
  char mark_;  ///< what parts the cells
  std::vector<std::string> header_;
  std::string again_;  ///< lines that are to be read again, as one text: there may be millions
  std::size_t again_at_ = 0;
  std::size_t taken_ = 0;         ///< where the lines begin that the last record took
  std::uint64_t again_line_ = 0;  ///< number of the line at `again_at_`
  bool last_too_long_ = false;    ///< of `again_`
  bool log_ = false;
  int searches_ = 0;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_csv(const TextInput& input, bool tabs) {
  return std::make_unique<CsvReader>(input, tabs);
}

}  // namespace fihris::reader
