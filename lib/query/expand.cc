// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/expand.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

#include "base/utf8.h"
#include "fihris/analysis.h"
#include "index/schema.h"

namespace fihris::query {
namespace {

constexpr std::size_t kFuzzyForms = 50;

/// Clitics that may stand before a word, as they are written together.
constexpr std::array<std::string_view, 15> kProclitics{
    "", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ك", "كال", "ف", "فال", "وب", "ول", "وبال"};

/// Groups of letters that are taken for each other: by sound, by shape, or by keyboard of dialects.
constexpr std::array<std::u32string_view, 9> kConfused{U"ضظ", U"سص", U"تط",  U"دذض", U"حه",
                                                       U"قك", U"ثس", U"ذزظ", U"اوي"};

bool confused(char32_t a, char32_t b) {
  for (const auto group : kConfused) {
    if (group.find(a) != group.npos && group.find(b) != group.npos) return true;
  }
  return false;
}

/// True if `text` is the pieces in order, the first at its start and the last at its end; an empty
/// piece at an end leaves that end open.
bool matches(std::string_view text, const std::vector<std::string>& pieces) {
  if (!text.starts_with(pieces.front())) return false;
  text.remove_prefix(pieces.front().size());
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    const auto at = text.find(pieces[i]);
    if (at == text.npos) return false;
    text.remove_prefix(at + pieces[i].size());
  }
  return text.ends_with(pieces.back());
}

}  // namespace

std::u32string decode_letters(std::string_view text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    letters.push_back(c.code);
    at += c.length;
  }
  return letters;
}

Forms expand_pattern(std::string_view pattern, bool exact, const TermSource& index) {
  std::vector<std::string> pieces;
  while (true) {
    const auto star = std::min(pattern.find('*'), pattern.size());
    pieces.push_back(Analyzer::fold(pattern.substr(0, star)));
    if (star == pattern.size()) break;
    pattern.remove_prefix(star + 1);
  }
  std::vector<const TermSource::Entry*> found;
  const auto& all = index.with_prefix(std::string(index::prefix::kRaw));
  const auto collect = [&](const std::string& start) {
    auto each = pieces;
    each.front() = start;
    const auto term = std::string(index::prefix::kRaw) + start;
    auto at = std::ranges::lower_bound(all, term, {}, &TermSource::Entry::term);
    for (; at != all.end() && at->term.starts_with(term); ++at) {
      if (matches(std::string_view(at->term).substr(index::prefix::kRaw.size()), each)) {
        found.push_back(&*at);
      }
    }
  };
  for (const auto clitic : kProclitics) {
    if (pieces.front().empty() || exact) {
      collect(pieces.front());
      break;
    }
    collect(std::string(clitic) + pieces.front());
  }
  std::ranges::sort(found, [](const auto* a, const auto* b) {
    return std::tuple(b->documents, std::string_view(a->term)) <
           std::tuple(a->documents, std::string_view(b->term));
  });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  Forms result;
  result.cut = found.size() > limit::kExpansions;
  if (result.cut) found.resize(limit::kExpansions);
  for (const auto* entry : found) {
    result.forms.push_back(entry->term.substr(index::prefix::kRaw.size()));
  }
  return result;
}

int confusion_distance(std::u32string_view a, std::u32string_view b, int bound) {
  const auto n = a.size();
  const auto m = b.size();
  const auto longer = static_cast<int>(std::max(n, m));
  const auto shorter = static_cast<int>(std::min(n, m));
  if (longer - shorter > bound || longer > 60) return bound + 1;  // a gap costs one at least
  std::array<std::array<int, 64>, 3> rows{};
  const auto gap = [](std::u32string_view text, std::size_t i) {
    return i > 0 && text[i] == text[i - 1] ? 1 : 2;  // a doubled letter
  };
  for (std::size_t j = 1; j <= m; ++j) rows[0][j] = rows[0][j - 1] + gap(b, j - 1);
  for (std::size_t i = 1; i <= n; ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = above[0] + gap(a, i - 1);
    int least = row[0];
    for (std::size_t j = 1; j <= m; ++j) {
      int change = 2;
      if (a[i - 1] == b[j - 1]) {
        change = 0;
      } else if (confused(a[i - 1], b[j - 1])) {
        change = 1;
      }
      row[j] =
          std::min({above[j - 1] + change, above[j] + gap(a, i - 1), row[j - 1] + gap(b, j - 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 2);
      }
      least = std::min(least, row[j]);
    }
    if (least > bound + 2) return bound + 1;  // a swap may come back by two, not by more
  }
  return std::min(rows[n % 3][m], bound + 1);
}

Forms expand_fuzzy(std::string_view folded, int distance, const TermSource& index) {
  const auto letters = decode_letters(folded);
  if (distance <= 0) distance = letters.size() <= 4 ? 1 : 2;
  const int bound = std::min(distance, 2) * 2;
  struct Found {
    int distance;
    std::uint32_t documents;
    std::string_view form;
  };
  std::vector<Found> found;
  for (const auto& entry : index.with_prefix(std::string(index::prefix::kRaw))) {
    const auto form = std::string_view(entry.term).substr(index::prefix::kRaw.size());
    // letters of Arabic have two bytes: a quick look at the length spares most of the work
    const auto bytes = static_cast<int>(form.size()) - static_cast<int>(folded.size());
    if (bytes > 2 * bound || bytes < -2 * bound) continue;
    const int d = confusion_distance(letters, decode_letters(form), bound);
    if (d <= bound) found.push_back({d, entry.documents, form});
  }
  std::ranges::sort(found, [](const Found& a, const Found& b) {
    return std::tuple(a.distance, b.documents, a.form) <
           std::tuple(b.distance, a.documents, b.form);
  });
  Forms result;
  result.cut = found.size() > kFuzzyForms;
  if (result.cut) found.resize(kFuzzyForms);
  for (const auto& each : found) {
    result.forms.emplace_back(each.form);
    result.distances.push_back(each.distance);
  }
  return result;
}

}  // namespace fihris::query
