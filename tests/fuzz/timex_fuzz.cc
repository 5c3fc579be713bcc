// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer target: any bytes are read, with offsets in order and days that exist.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fihris/timex.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fihris::DateReader reader;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const fihris::Date published{2015, 8, 10};
  std::size_t last = 0;
  for (const auto& mention : reader.read(text, published)) {
    if (mention.begin < last || mention.end <= mention.begin || mention.end > size) std::abort();
    if (mention.value.empty()) std::abort();
    if (mention.range && (!is_valid(mention.range->first) || !is_valid(mention.range->last) ||
                          mention.range->last < mention.range->first)) {
      std::abort();
    }
    last = mention.end;
  }
  const auto days = reader.parse(text, published);
  if (days && days->last < days->first) std::abort();
  return 0;
}
