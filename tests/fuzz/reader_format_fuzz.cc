// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer target, one program a format: any bytes are read to their end, and what comes out is
// valid UTF-8 without control characters.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.h"
#include "reader/formats.h"

namespace {

using fihris::reader::RecordReader;
using fihris::reader::TextInput;

/// The bytes in blocks of odd lengths, so that every boundary falls everywhere.
class Blocks : public fihris::reader::ByteStream {
 public:
  explicit Blocks(std::string_view bytes) : bytes_(bytes) {}
  std::string_view read() override {
    const auto block = bytes_.substr(0, 1 + size_++ % 61);
    bytes_.remove_prefix(block.size());
    return block;
  }

 private:
  std::string_view bytes_;
  std::size_t size_ = 0;
};

std::unique_ptr<RecordReader> open_text(const TextInput& input) {
#if FUZZ_TABS
  return fihris::reader::read_csv(input, true);
#elif FUZZ_CSV
  return fihris::reader::read_csv(input, false);
#else
  return fihris::reader::FUZZ_READER(input);
#endif
}

void check(std::string_view text, bool one_line) {
  if (!fihris::utf8::is_valid(text)) std::abort();
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && (one_line || (c != '\n' && c != '\t'))) || byte == 0x7F) std::abort();
  }
  for (auto at = text.find('\xC2'); at != text.npos; at = text.find('\xC2', at + 1)) {
    if (static_cast<unsigned char>(text[at + 1]) < 0xA0) std::abort();  // U+0080 to U+009F
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fihris::ReaderOptions options;
  options.max_record_bytes = 1 << 14;
  fihris::reader::RecordBuilder builder(options);
  Blocks bytes({reinterpret_cast<const char*>(data), size});
  const auto records = open_text({&bytes, &builder, "name"});
  std::size_t count = 0;
  while (const auto record = records->next()) {
    if (++count > size + 2) std::abort();  // does not move on
    if (!record->article && record->faults.empty()) std::abort();
    if (!record->article) continue;
    const auto& a = *record->article;
    for (const auto* line : {&a.id, &a.source, &a.url, &a.title, &a.author}) check(*line, true);
    check(a.text, false);
    if (a.id.empty()) std::abort();
    for (const auto& field : a.fields) {
      check(field.name, true);
      check(field.value, false);
    }
  }
  return 0;
}
