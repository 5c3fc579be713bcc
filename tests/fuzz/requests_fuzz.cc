// SPDX-License-Identifier: GPL-2.0-or-later
// Requests and articles of other programs: whatever they send, it is read or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fihris/error.h"
#include "fihris/json.h"

namespace {

template <class Read>
void try_to(Read&& read) {
  try {
    read();
  } catch (const fihris::Error&) {  // refused
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_to([&] { fihris::parse_search_request(text); });
  try_to([&] { fihris::parse_index_options(text); });
  try_to([&] { fihris::parse_reader_options(text); });
  try_to([&] {
    // What was read is written as JSON that reads the same.
    const auto once = article_json(fihris::parse_article(text));
    if (article_json(fihris::parse_article(once)) != once) std::abort();
  });
  return 0;
}
