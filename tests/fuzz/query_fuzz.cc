// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer target: any bytes parse, write their tree, and the tree is read back alike.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fihris/error.h"
#include "fihris/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kAuthority = fihris::Authority::builtin();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto query = fihris::Query::parse(text, kAuthority);
  for (const auto& warning : query.warnings()) {
    if (warning.begin > warning.end || warning.end > size) std::abort();
  }
  const auto json = query.json();
  if (fihris::Query::from_json(json, kAuthority).json() != json) std::abort();
  try {
    fihris::Query::from_json(text, kAuthority);
  } catch (const fihris::Error&) {
  }
  return 0;
}
