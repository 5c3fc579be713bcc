// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/phrase_scan.h"

#include <cstring>

#include "index/words_file.h"

namespace fihris::search {

using index::kWordMarks;
using Byte = unsigned char;

namespace {

constexpr std::size_t kPairs = 1u << 16;
constexpr auto kEndOfTitle = static_cast<std::uint32_t>(index::WordMark::end_of_title);

/// Numbers are LEB128: all bytes but the last have the high bit.
bool is_last(Byte byte) { return byte < 0x80; }

const Byte* start_of(const Byte* last, const Byte* begin) {
  while (last != begin && !is_last(last[-1])) --last;
  return last;
}

std::uint32_t number(const Byte* at, const Byte* last) {
  std::uint32_t code = 0;
  for (unsigned shift = 0; at <= last; ++at, shift += 7) code |= (*at & 0x7Fu) << (shift & 31);
  return code;
}

}  // namespace

PhraseScan::PhraseScan(const std::vector<std::vector<std::uint32_t>>& words, std::size_t rarest,
                       std::span<std::uint64_t> roles)
    : words_(words.size()), rarest_(rarest), roles_(roles), ends_(kPairs) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const auto form : words[i]) {
      roles_[form] |= std::uint64_t{1} << i;
      forms_.push_back(form);
    }
  }
  for (const auto form : words[rarest]) {
    auto code = form + kWordMarks;
    std::uint32_t before = 0;
    for (; code >= 0x80; code >>= 7) before = 0x80 | (code & 0x7F);
    if (before != 0) {
      ends_[code << 8 | before] = 1;
      continue;
    }
    for (before = 0; before < 0x80; ++before) ends_[code << 8 | before] = 1;
  }
}

PhraseScan::~PhraseScan() {
  for (const auto form : forms_) roles_[form] = 0;
}

bool PhraseScan::in(std::string_view article) const {
  const auto* const begin = reinterpret_cast<const Byte*>(article.data());
  const auto* const end = begin + article.size();
  const auto* at = begin;
  std::uint32_t before = 0;  // as if a number had ended here
  for (; end - at >= 8; at += 8) {
    std::uint64_t block = 0;
    std::memcpy(&block, at, sizeof block);
    const auto found = [&](unsigned i) { return ends_[block >> (8 * i) & 0xFFFF]; };
    const auto first = ends_[(block & 0xFF) << 8 | before];
    before = static_cast<std::uint32_t>(block >> 56);
    const auto any =
        first | found(0) | found(1) | found(2) | found(3) | found(4) | found(5) | found(6);
    if (any == 0) continue;
    if (first != 0 && stands_at(at, begin, end)) return true;
    for (unsigned i = 0; i < 7; ++i) {
      if (found(i) != 0 && stands_at(at + i + 1, begin, end)) return true;
    }
  }
  for (; at != end; before = *at++) {
    if (ends_[std::uint32_t{*at} << 8 | before] != 0 && stands_at(at, begin, end)) return true;
  }
  return false;
}

bool PhraseScan::is_word(std::uint32_t code, std::size_t word) const {
  const auto form = code - kWordMarks;
  return code >= kWordMarks && form < roles_.size() && (roles_[form] >> word & 1) != 0;
}

bool PhraseScan::stands_at(const Byte* last, const Byte* begin, const Byte* end) const {
  const auto* const start = start_of(last, begin);
  if (!is_word(number(start, last), rarest_)) return false;
  const auto* at = start;
  for (auto word = rarest_; word > 0;) {
    if (at == begin) return false;
    const auto* const end_before = at - 1;
    at = start_of(end_before, begin);
    const auto code = number(at, end_before);
    if (code < kWordMarks && code != kEndOfTitle) continue;
    if (!is_word(code, --word)) return false;
  }
  at = last + 1;
  for (auto word = rarest_ + 1; word < words_;) {
    const auto* const from = at;
    while (at != end && !is_last(*at)) ++at;
    if (at == end) return false;
    const auto code = number(from, at++);
    if (code < kWordMarks && code != kEndOfTitle) continue;
    if (!is_word(code, word++)) return false;
  }
  return true;
}

}  // namespace fihris::search
