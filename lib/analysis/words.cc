// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/words.h"

#include <deque>
#include <unordered_map>

#include "analysis/normalize.h"
#include "analysis/stem.h"
#include "base/utf8.h"

namespace fihris::analysis {

struct WordTable::Impl {
  struct Entry {
    std::string written, light, folded, stem;
    Word word;
  };
  std::size_t max_words;
  std::deque<Entry> entries;
  std::unordered_map<std::string_view, const Word*> index;
};

WordTable::WordTable(std::size_t max_words) : impl_(std::make_unique<Impl>()) {
  impl_->max_words = max_words;
}
WordTable::~WordTable() = default;

std::size_t WordTable::size() const { return impl_->entries.size(); }

void WordTable::trim() {
  if (impl_->entries.size() <= impl_->max_words) return;
  impl_->index.clear();
  impl_->entries.clear();
  ++generation_;
}

const Word& WordTable::get(std::string_view written) {
  if (const auto found = impl_->index.find(written); found != impl_->index.end()) {
    return *found->second;
  }
  auto& entry = impl_->entries.emplace_back();
  entry.written = written;
  entry.light = to_light(written);
  entry.folded = to_folded(entry.light);
  TokenKind kind = TokenKind::other;
  if (!entry.light.empty()) {
    const char32_t first = utf8::decode(entry.light, 0).code;
    if (char_class(first) == CharClass::digit) {
      kind = TokenKind::number;
    } else if (first < 0x0250) {
      kind = TokenKind::latin;
    } else if (first >= 0x0600 && first <= 0x06FF) {
      kind = TokenKind::arabic;
    }
  }
  const auto stemmed = stem_word(entry.light, entry.folded, kind, entry.stem);
  entry.word = {entry.written,
                entry.light,
                entry.folded,
                stemmed.stem,
                static_cast<std::uint32_t>(impl_->entries.size() - 1),
                kind,
                stemmed.stop};
  impl_->index.emplace(entry.written, &entry.word);
  return entry.word;
}

}  // namespace fihris::analysis
