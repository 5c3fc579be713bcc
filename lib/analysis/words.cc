// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/words.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>

#include "analysis/lexicon.h"
#include "analysis/normalize.h"
#include "analysis/stem.h"
#include "base/utf8.h"

namespace fihris::analysis {
namespace {

std::uint64_t load(const char* bytes, std::size_t count) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, count);
  return value;
}

/// A multiplication for each eight bytes, folded. Not for a hostile reader of the table: it is
/// trimmed, and a flood of collisions costs no more than the words it is made of.
std::uint64_t hash_bytes(std::string_view text) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = text.size() * kFactor;
  const auto mix = [&](std::uint64_t part) {
    hash = (hash ^ part) * kFactor;
    hash ^= hash >> 32;
  };
  while (text.size() > 8) {
    mix(load(text.data(), 8));
    text.remove_prefix(8);
  }
  mix(load(text.data(), text.size()));
  return hash;
}

TokenKind kind_of(std::string_view light) {
  if (light.empty()) return TokenKind::other;
  const char32_t first = utf8::decode(light, 0).code;
  if (char_class(first) == CharClass::digit) return TokenKind::number;
  if (first < 0x0250) return TokenKind::latin;
  return first >= 0x0600 && first <= 0x06FF ? TokenKind::arabic : TokenKind::other;
}

/// Whether nothing but the 36 letters from ء to ي stands in `text`, without marks and tatweel.
bool is_plain_arabic(std::string_view text) {
  if (text.empty() || text.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto trail = static_cast<unsigned char>(text[i + 1]);
    const bool low = lead == 0xD8 && trail >= 0xA1 && trail <= 0xBA;   // ء to غ
    const bool high = lead == 0xD9 && trail >= 0x81 && trail <= 0x8A;  // ف to ي
    if (!low && !high) return false;
  }
  return true;
}

}  // namespace

struct WordTable::Impl {
  struct Slot {
    const Word* word = nullptr;
    std::uint64_t hash = 0;
  };

  static constexpr std::size_t kFirstSlots = 1u << 12;
  static constexpr std::size_t kChunk = 1u << 16;

  std::size_t max_words = 0;
  std::size_t count = 0;
  std::vector<Slot> slots{kFirstSlots};
  std::vector<std::unique_ptr<char[]>> chunks;
  std::size_t room = 0;  ///< bytes left in the last chunk
  char* next = nullptr;
  std::string buffer;

  char* take(std::size_t size) {
    if (size > room) {
      room = std::max(kChunk, size);
      chunks.push_back(std::make_unique<char[]>(room));
      next = chunks.back().get();
    }
    char* const taken = next;
    next += size;
    room -= size;
    return taken;
  }

  std::string_view keep(std::string_view text) {
    char* const kept = take(text.size());
    std::copy(text.begin(), text.end(), kept);
    return {kept, text.size()};
  }

  /// The folded form of plain Arabic: as to_folded, two bytes a letter.
  std::string_view fold_plain(std::string_view plain) {
    char* const folded = take(plain.size());
    for (std::size_t i = 0; i < plain.size(); i += 2) {
      const auto code = static_cast<std::uint8_t>((plain[i] & 0x03) << 6 | (plain[i + 1] & 0x3F));
      const auto letter = 0x620u + lexicon::fold_letter(static_cast<std::uint8_t>(code - 0x20));
      folded[i] = static_cast<char>(0xC0 | letter >> 6);
      folded[i + 1] = static_cast<char>(0x80 | (letter & 0x3F));
    }
    return {folded, plain.size()};
  }

  /// A word with its written form behind it, so that a look-up touches one place.
  Word& make_word(std::string_view written) {
    static_assert(std::is_trivially_destructible_v<Word>);
    const std::size_t size = sizeof(Word) + written.size();
    if (size + alignof(Word) > room) room = 0;
    const std::size_t skip =
        room == 0 ? 0 : -reinterpret_cast<std::uintptr_t>(next) & (alignof(Word) - 1);
    char* const place = take(size + skip) + skip;
    Word& word = *new (place) Word;
    std::copy(written.begin(), written.end(), place + sizeof(Word));
    word.written = {place + sizeof(Word), written.size()};
    return word;
  }

  void grow() {
    std::vector<Slot> larger(slots.size() * 2);
    for (const auto& slot : slots) {
      if (slot.word != nullptr) larger[free_slot(larger, slot.hash)] = slot;
    }
    slots.swap(larger);
  }

  static std::size_t free_slot(const std::vector<Slot>& slots, std::uint64_t hash) {
    std::size_t at = hash & (slots.size() - 1);
    while (slots[at].word != nullptr) at = (at + 1) & (slots.size() - 1);
    return at;
  }

  const Word& add(std::string_view written, std::uint64_t hash) {
    Word& word = make_word(written);
    if (is_plain_arabic(written)) {
      word.light = word.written;
      word.folded = fold_plain(written);
      word.kind = TokenKind::arabic;
    } else {
      const std::string light = to_light(written);
      word.light = light == written ? word.written : keep(light);
      const std::string folded = to_folded(light);
      word.folded = folded == light ? word.light : keep(folded);
      word.kind = kind_of(word.light);
    }
    const auto stemmed = stem_word(word.light, word.folded, word.kind, buffer);
    word.stem = stemmed.stem.data() == buffer.data() ? keep(stemmed.stem) : stemmed.stem;
    word.stop = stemmed.stop;
    if (word.kind == TokenKind::arabic && !word.stop) word.skeleton = keep(skeleton_of(word.stem));
    word.id = static_cast<std::uint32_t>(count++);
    if (count * 2 > slots.size()) grow();
    slots[free_slot(slots, hash)] = {&word, hash};
    return word;
  }
};

WordTable::WordTable(std::size_t max_words) : impl_(std::make_unique<Impl>()) {
  impl_->max_words = max_words;
}
WordTable::~WordTable() = default;

std::size_t WordTable::size() const { return impl_->count; }

void WordTable::trim() {
  if (impl_->count <= impl_->max_words) return;
  const std::size_t max_words = impl_->max_words;
  impl_ = std::make_unique<Impl>();
  impl_->max_words = max_words;
  ++generation_;
}

std::uint64_t WordTable::hash_of(std::string_view written) { return hash_bytes(written); }

void WordTable::expect(std::uint64_t hash) const {
  const auto& slots = impl_->slots;
  __builtin_prefetch(&slots[hash & (slots.size() - 1)]);
}

const Word& WordTable::get(std::string_view written) { return get(written, hash_bytes(written)); }

const Word& WordTable::get(std::string_view written, std::uint64_t hash) {
  const auto& slots = impl_->slots;
  for (std::size_t at = hash & (slots.size() - 1);; at = (at + 1) & (slots.size() - 1)) {
    const auto& slot = slots[at];
    if (slot.word == nullptr) return impl_->add(written, hash);
    if (slot.hash == hash && slot.word->written == written) return *slot.word;
  }
}

}  // namespace fihris::analysis
