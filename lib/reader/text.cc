// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/tsv.h"
#include "base/utf8.h"
#include "reader/formats.h"
#include "reader/whole_text.h"

namespace fihris::reader {
namespace {

constexpr std::size_t kLongestTitle = 150;  // characters

class TextReader : public RecordReader {
 public:
  explicit TextReader(const TextInput& input) : input_(input) {}

  std::optional<Outcome> next() override {
    if (done_) return std::nullopt;
    done_ = true;
    const auto whole = whole_text(*input_.bytes, input_.builder->options().max_record_bytes);
    if (!whole.fault.empty()) return Outcome{std::nullopt, 0, {whole.fault}, whole.remedy, {}};
    std::string_view text = whole.text;
    if (trim(text).empty()) return std::nullopt;
    input_.builder->begin();
    const auto first = text.find_first_not_of("\r\n\t ");
    const auto end = std::min(text.find('\n', first), text.size());
    const auto line = trim(text.substr(first, end - first));
    const auto below = text.substr(std::min(end + 1, text.size()));
    const bool parted = trim(below.substr(0, below.find('\n'))).empty() && !trim(below).empty();
    if (parted && utf8::length(line) <= kLongestTitle) {
      input_.builder->add("title", line);
      text = trim(below);
    }
    input_.builder->add("text", trim(text));
    return input_.builder->finish(input_.name);
  }

 private:
  TextInput input_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_text(const TextInput& input) {
  return std::make_unique<TextReader>(input);
}

WholeText whole_text(ByteStream& from, std::size_t max_bytes) {
  WholeText whole;
  for (auto block = from.read(); !block.empty(); block = from.read()) {
    if (whole.text.size() + block.size() > max_bytes) {
      return {
          {}, "longer than " + std::to_string(max_bytes) + " bytes", "--max-record sets the bound"};
    }
    whole.text += block;
  }
  return whole;
}

}  // namespace fihris::reader
