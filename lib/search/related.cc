// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/related.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "index/schema.h"
#include "query/expand.h"

namespace fihris::search {
namespace {

constexpr std::size_t kPiece = 3;
constexpr std::size_t kCommonPiece = 20000;  ///< a piece of more forms says nothing
constexpr double kAlike = 0.5;

/// The distinct pieces of a form, with a mark before its first and after its last letter.
std::vector<std::uint64_t> pieces_of(std::string_view folded) {
  const auto letters = U"_" + query::decode_letters(folded) + U"_";
  std::vector<std::uint64_t> pieces;
  for (std::size_t i = 0; i + kPiece <= letters.size(); ++i) {
    pieces.push_back(std::uint64_t{letters[i]} << 42 | std::uint64_t{letters[i + 1]} << 21 |
                     letters[i + 2]);
  }
  std::ranges::sort(pieces);
  pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
  if (pieces.size() > UINT8_MAX) pieces.resize(UINT8_MAX);
  return pieces;
}

}  // namespace

RelatedForms::RelatedForms(const std::vector<query::TermSource::Entry>& forms) : forms_(forms) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> all;
  counts_.reserve(forms.size());
  for (std::uint32_t i = 0; i < forms.size(); ++i) {
    const auto form = std::string_view(forms[i].term).substr(index::prefix::kRaw.size());
    const auto pieces = pieces_of(form);
    counts_.push_back(static_cast<std::uint8_t>(pieces.size()));
    for (const auto piece : pieces) all.emplace_back(piece, i);
  }
  std::ranges::sort(all);
  holders_.reserve(all.size());
  for (const auto& [piece, form] : all) {
    if (pieces_.empty() || pieces_.back() != piece) {
      pieces_.push_back(piece);
      ends_.push_back(static_cast<std::uint32_t>(holders_.size()));
    }
    holders_.push_back(form);
    ends_.back() = static_cast<std::uint32_t>(holders_.size());
  }
}

std::vector<query::TermSource::Related> RelatedForms::find(std::string_view folded,
                                                           std::size_t most) const {
  const auto own = pieces_of(folded);
  std::unordered_map<std::uint32_t, std::uint32_t> shared;
  for (const auto piece : own) {
    const auto at = std::ranges::lower_bound(pieces_, piece);
    if (at == pieces_.end() || *at != piece) continue;
    const auto n = static_cast<std::size_t>(at - pieces_.begin());
    const auto begin = n == 0 ? 0 : ends_[n - 1];
    if (ends_[n] - begin > kCommonPiece) continue;
    for (auto i = begin; i < ends_[n]; ++i) ++shared[holders_[i]];
  }
  std::vector<query::TermSource::Related> found;
  for (const auto& [form, n] : shared) {
    const double dice = 2.0 * n / static_cast<double>(own.size() + counts_[form]);
    const auto text = std::string_view(forms_[form].term).substr(index::prefix::kRaw.size());
    if (dice < kAlike || text == folded) continue;
    found.push_back({std::string(text), forms_[form].documents, dice});
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return std::tie(b.likeness, b.documents, a.form) < std::tie(a.likeness, a.documents, b.form);
  });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace fihris::search
