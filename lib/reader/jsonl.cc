// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/formats.h"
#include "reader/json_record.h"
#include "reader/lines.h"

namespace fihris::reader {
namespace {

class JsonlReader : public RecordReader {
 public:
  explicit JsonlReader(const TextInput& input)
      : lines_(*input.bytes, input.builder->options().max_record_bytes),
        records_(*input.builder),
        max_bytes_(input.builder->options().max_record_bytes) {}

  std::optional<Outcome> next() override {
    while (ready_.empty()) {
      const auto line = lines_.next();
      if (!line) return std::nullopt;
      if (line->too_long) {
        return Outcome{std::nullopt,
                       line->number,
                       {"longer than " + std::to_string(max_bytes_) + " bytes"},
                       "--max-record sets the bound",
                       std::string(line->text)};
      }
      ready_ = records_.parse(line->text, line->number);
    }
    auto outcome = std::move(ready_.front());
    ready_.pop_front();
    return outcome;
  }

 private:
  LineReader lines_;
  JsonRecords records_;
  std::size_t max_bytes_;
  std::deque<Outcome> ready_;
};

}  // namespace

std::unique_ptr<RecordReader> read_jsonl(const TextInput& input) {
  return std::make_unique<JsonlReader>(input);
}

}  // namespace fihris::reader
