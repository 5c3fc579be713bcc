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

/// Cuts a stream of JSON into the texts of its records, without reading the values.
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
        if (start_ != kNone) {
          fault(start_line_, "the text ends inside the record", rest());
        } else if (in_list_) {
          fault(line_, "the list does not end: the text was cut short", {});
        }
        return;
      }
      const char c = buffer_[at_++];
      if (c == '\n') ++line_;
      if (start_ == kNone) {
        between(c);
      } else {
        inside(c);
      }
    }
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
      start_line_ = line_;
      depth_ = c == '{' || c == '[' ? 1 : 0;
      in_string_ = c == '"';
      escaped_ = false;
      scalar_ = depth_ == 0;
      too_long_ = false;
      if (after_list_ && c == '}') end();
    }
  }

  void inside(char c) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"' || c == '\n') {  // no string holds a line end: a quote is missing
        in_string_ = false;
      }
      return;
    }
    switch (c) {
      case '"':
        in_string_ = true;
        return;
      case '[':
        if (depth_ == 1 && !in_list_ && !after_list_ && opens_list()) return;
        ++depth_;
        return;
      case '{':
        ++depth_;
        return;
      case ']':
      case '}':
        if (scalar_ && depth_ == 0) {
          --at_;
          end();
        } else if (--depth_ == 0 && !scalar_) {
          end();
        }
        return;
      case ',':
      case '\n':
        if (scalar_ && depth_ == 0) {
          if (c == '\n') --line_;
          --at_;
          end();
        }
        return;
      default:
        return;
    }
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
  std::size_t depth_ = 0;
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
