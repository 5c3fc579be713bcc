// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer target: any bytes are in some encoding or none, and what they are converted to is
// valid.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.h"
#include "reader/charset.h"
#include "reader/detect.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace reader = fihris::reader;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto declared = reader::declared_charset(text);
  for (const bool whole : {false, true}) {
    const auto charset = reader::detect_charset(text, declared, whole);
    if (charset.kind != reader::Charset::Kind::other) continue;
    const auto converted = reader::convert(text, charset.name);
    if (!fihris::utf8::is_valid(converted)) std::abort();
  }
  reader::detect_format(text, "a");
  reader::is_json_stream(text);
  fihris::parse_publication_date(text);
  return 0;
}
