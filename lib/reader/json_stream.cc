// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>

#include "base/tsv.h"
#include "reader/formats.h"
#include "reader/json_record.h"
#include "reader/lines.h"

namespace fihris::reader {
namespace {

/// Names under which programs put their list of articles.
constexpr std::array<std::string_view, 13> kLists{
    "articles", "data",  "docs",    "documents", "entries", "hits", "items",
    "news",     "posts", "records", "response",  "results", "rows"};

constexpr std::size_t kKeptOfLong = 1 << 16;
constexpr std::size_t kDeepest = 1 << 16;  // brackets that are counted; the bound on depth is lower

/// Cuts a stream of JSON into the texts of its records, without reading the values.
///
/// A record where a quote or a bracket is missing has no end that could be counted out. It ends
/// before the next «, {"», which begins an element of the list in all but odd cases.
class JsonStreamReader : public RecordReader {
 public:
  explicit JsonStreamReader(const TextInput& input)
      : from_(input.bytes),
        records_(*input.builder),
        max_bytes_(input.builder->options().max_record_bytes) {}

  std::optional<Outcome> next() override {
    for (;;) {
      if (!ready_.empty()) {
        auto outcome = std::move(ready_.front());
        ready_.pop_front();
        return outcome;
      }
      if (ended_) return std::nullopt;
      step();
    }
  }

 private:
  bool more() {
    if (at_ < buffer_.size()) return true;
    if (start_ == kNone) {
      buffer_.clear();
      at_ = 0;
    } else if (start_ > 0) {
      buffer_.erase(0, start_);
      at_ -= start_;
      string_ -= std::min(string_, start_);
      start_ = 0;
    }
    if (start_ != kNone && buffer_.size() > max_bytes_) {
      too_long_ = true;
      buffer_.resize(kKeptOfLong);
      at_ = buffer_.size();
    }
    const auto block = from_->read();
    buffer_.append(block);
    return !block.empty();
  }

  void fault(std::uint64_t line, std::string message, std::string_view raw,
             std::string remedy = {}) {
    ready_.push_back({std::nullopt, line, {std::move(message)}, std::move(remedy), kept_raw(raw)});
  }

  void step() {
    while (ready_.empty()) {
      if (!more()) {
        ended_ = true;
        if (start_ != kNone && torn_ && !too_long_) {
          end();
        } else if (start_ != kNone) {
          fault(start_line_, "the text ends inside the record", rest());
        } else if (in_list_) {
          fault(line_, "the list does not end: the text was cut short", {});
        }
        return;
      }
      if (start_ != kNone && in_string_ && !escaped_ && !torn_ && !pass_string()) continue;
      const char c = buffer_[at_++];
      if (c == '\n') ++line_;
      if (start_ == kNone) {
        between(c);
      } else if (torn_) {
        beyond(c);
      } else {
        inside(c);
      }
    }
  }

  /// Goes to what may end a string; false if that is not in the buffer.
  bool pass_string() {
    const char* at = buffer_.data() + at_;
    const char* const end = buffer_.data() + buffer_.size();
    while (at != end && *at != '"' && *at != '\\' && *at != '\n') ++at;
    at_ = static_cast<std::size_t>(at - buffer_.data());
    return at != end;
  }

  std::string_view rest() const { return std::string_view(buffer_).substr(start_); }

  void between(char c) {
    if (c == '\n' || c == ' ' || c == '\t' || c == '\r' || c == ',') return;
    if (c == '\xEF' || c == '\xBB' || c == '\xBF') return;  // a byte order mark
    if (c == '[' && !in_list_ && !after_list_) {
      in_list_ = true;
    } else if (c == ']' && in_list_) {
      in_list_ = false;
      after_list_ = wrapped_;
    } else {
      start_ = at_ - 1;
      begin_record(line_);
      open_.clear();
      if (c == '{' || c == '[') open_ += c;
      in_string_ = c == '"';
      escaped_ = after_string_ = torn_ = too_long_ = false;
      string_ = at_;
      scalar_ = open_.empty();
      last_ = c;
      if (after_list_ && c == '}') end();
    }
  }

  void begin_record(std::uint64_t line) {
    ++number_;
    same_line_ = line == start_line_ && number_ > 1;
    start_line_ = line;
  }

  /// The record is broken; the next one may have begun at `from`, behind `last`. Without a list
  /// around them nothing tells where a record begins.
  void tear(std::size_t from, char last) {
    if (!in_list_ && open_.size() < kDeepest) return;
    from = std::min(from, at_);
    line_ -= static_cast<std::uint64_t>(
        std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(from),
                   buffer_.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
    at_ = from;
    torn_ = true;
    last_ = last;
    candidate_ = false;
  }

  /// Looks for the next record behind one that is broken.
  void beyond(char c) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') return;
    if (candidate_ && c == '"') {
      const auto quote = at_ - 1;
      at_ = std::max(quote, start_ + 1) - 1;  // the place of "{", or of a blank behind it
      end();
      start_ = at_;
      buffer_[at_++] = '{';
      begin_record(candidate_line_);
      open_ = "{";
      in_string_ = escaped_ = after_string_ = torn_ = too_long_ = scalar_ = false;
      last_ = '{';
      return;
    }
    candidate_ = c == '{' && last_ == ',';
    if (candidate_) candidate_line_ = line_;
    last_ = c;
  }

  void inside(char c) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
        after_string_ = true;
        last_ = c;
      } else if (c == '\n') {  // no string holds a line end: a quote is missing
        in_string_ = false;
        tear(string_, ' ');
      }
      return;
    }
    switch (c) {
      case ' ':
      case '\t':
      case '\r':
        after_string_ = false;
        return;
      case '"':
        in_string_ = true;
        string_ = at_;
        return;
      case '[':
        if (open_.size() == 1 && !in_list_ && !after_list_ && opens_list()) return;
        if (open_.size() >= kDeepest) return tear(at_ - 1, last_);
        open_ += c;
        break;
      case '{':
        if (last_ != ':' && open_.ends_with('{')) return tear(at_ - 1, last_);
        if (open_.size() >= kDeepest) return tear(at_ - 1, last_);
        open_ += c;
        break;
      case ']':
      case '}':
        if (open_.empty()) {
          if (scalar_) {
            --at_;
            end();
          }
          return;
        }
        if (open_.back() != (c == ']' ? '[' : '{')) return tear(at_ - 1, last_);
        open_.pop_back();
        if (open_.empty() && !scalar_) end();
        break;
      case ',':
      case '\n':
        if (scalar_ && open_.empty()) {
          if (c == '\n') --line_;
          --at_;
          end();
          return;
        }
        if (c == ',') break;
        after_string_ = false;
        return;
      default:
        if (after_string_ && c != ':') return tear(string_, ' ');
        break;
    }
    after_string_ = false;
    last_ = c;
  }

  /// True if a "[" in an object outside of any list is the list of the records.
  bool opens_list() {
    std::string_view before = trim(rest().substr(0, at_ - 1 - start_));
    if (!before.ends_with(':')) return false;
    before = trim(before.substr(0, before.size() - 1));
    if (!before.ends_with('"')) return false;
    before.remove_suffix(1);
    const auto quote = before.rfind('"');
    if (quote == before.npos ||
        std::find(kLists.begin(), kLists.end(), before.substr(quote + 1)) == kLists.end()) {
      return false;
    }
    auto look = at_;  // the first element has to be an object
    for (;; ++look) {
      if (look == buffer_.size()) {
        const auto block = from_->read();
        if (block.empty()) return false;
        buffer_.append(block);
      }
      const char c = buffer_[look];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') break;
    }
    if (buffer_[look] != '{') return false;
    wrapped_ = in_list_ = true;
    start_ = kNone;
    return true;
  }

  void end() {
    auto text = rest().substr(0, at_ - start_);
    if (after_list_) {
      // The other members of the object that held the list.
    } else if (too_long_) {
      fault(start_line_, "longer than " + std::to_string(max_bytes_) + " bytes", text,
            "--max-record sets the bound");
    } else {
      std::string padded(text);
      padded.append(LineReader::kPadding, ' ');
      ready_ = records_.parse(std::string_view(padded).substr(0, text.size()), start_line_);
    }
    start_ = kNone;
    if (!same_line_) return;
    // A line number says little where the whole file is one line.
    for (auto& outcome : ready_) {
      if (!outcome.faults.empty()) {
        outcome.faults.back() += " (record " + std::to_string(number_) + ")";
      }
    }
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  ByteStream* from_;
  JsonRecords records_;
  std::size_t max_bytes_;
  std::deque<Outcome> ready_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t start_ = kNone;
  std::uint64_t line_ = 1;
  std::uint64_t start_line_ = 1;
  std::string open_;        ///< the brackets that are open
  std::size_t string_ = 0;  ///< where the last string begins
  char last_ = ' ';         ///< the last character outside of strings that is no blank
  std::uint64_t candidate_line_ = 0;
  std::uint64_t number_ = 0;  ///< of records that have begun
  bool same_line_ = false;    ///< the record begins on the line of the one before it
  bool candidate_ = false;    ///< «, {» was read
  bool after_string_ = false;
  bool torn_ = false;  ///< the record is broken: its end is looked for
  bool in_string_ = false;
  bool escaped_ = false;
  bool scalar_ = false;
  bool too_long_ = false;
  bool in_list_ = false;
  bool wrapped_ = false;
  bool after_list_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_json(const TextInput& input) {
  return std::make_unique<JsonStreamReader>(input);
}

}  // namespace fihris::reader
