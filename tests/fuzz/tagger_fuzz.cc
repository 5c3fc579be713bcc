// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer target: any bytes are tagged, and every mention lies in its field and says what stands
// there.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fihris/tagger.h"

namespace {

void check(const std::vector<fihris::Mention>& mentions, std::string_view title,
           std::string_view text) {
  for (const auto& mention : mentions) {
    const auto field = mention.field == fihris::TextField::title ? title : text;
    if (mention.begin >= mention.end || mention.end > field.size()) std::abort();
    if (field.substr(mention.begin, mention.end - mention.begin) != mention.surface) std::abort();
    if (!(mention.confidence > 0) || mention.confidence > 1) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fihris::Tagger tagger(fihris::Authority::builtin());
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto title = all.substr(0, size / 4);
  const auto text = all.substr(size / 4);
  const auto tags = tagger.tag(title, text, fihris::Date{2015, 8, 1});
  for (const auto& tag : tags.factions) check(tag.mentions, title, text);
  for (const auto& tag : tags.regions) check(tag.mentions, title, text);
  for (const auto& tag : tags.candidates) check(tag.mentions, title, text);
  return 0;
}
