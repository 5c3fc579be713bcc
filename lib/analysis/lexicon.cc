// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/lexicon.h"

#include <array>

namespace fihris::analysis::lexicon {
namespace {

constexpr std::uint8_t code(char32_t c) { return static_cast<std::uint8_t>(c - 0x620); }

constexpr std::array<std::uint8_t, 256> make_folds() {
  std::array<std::uint8_t, 256> folds{};
  for (unsigned i = 0; i < 256; ++i) folds[i] = static_cast<std::uint8_t>(i);
  folds[code(U'أ')] = folds[code(U'إ')] = folds[code(U'آ')] = code(U'ا');
  folds[code(U'ؤ')] = code(U'و');
  folds[code(U'ئ')] = folds[code(U'ى')] = code(U'ي');
  folds[code(U'ة')] = code(U'ه');
  return folds;
}
constexpr auto kFolds = make_folds();

}  // namespace

std::uint8_t fold_letter(std::uint8_t letter) { return kFolds[letter]; }

const LexEntry* find(const std::uint8_t* stem, std::size_t length, std::uint32_t hash) {
  const std::uint32_t mask = (1u << kTableBits) - 1;
  const std::uint32_t mixed = (hash ^ hash >> 15) * 0x2C1B3C6Du;
  const std::uint32_t bit = mixed >> (32 - kFilterBits);
  if ((kFilter[bit >> 6] >> (bit & 63) & 1) == 0) return nullptr;
  std::uint32_t at = mixed >> (32 - kTableBits);
  for (;; at = (at + 1) & mask) {
    const std::uint32_t cell = kTable[at];
    if (cell == 0) return nullptr;
    if (cell >> 24 != (hash & 0xFF)) continue;
    const LexEntry* entry = kEntries + ((cell & 0xFFFFFF) - 1);
    if (entry->length != length) continue;
    const unsigned char* known = kStems + entry->stem_at;
    std::size_t i = 0;
    while (i < length && kFolds[known[i]] == stem[i]) ++i;
    if (i == length) return entry;
  }
}

}  // namespace fihris::analysis::lexicon
