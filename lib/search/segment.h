// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/columns.h"
#include "index/snapshot.h"
#include "query/plan.h"
#include "search/bits.h"
#include "search/verify.h"

namespace fihris::search {

/// The articles of a segment that hold a term, by 0-based number, with the frequency of the term.
struct Postings {
  std::vector<std::uint32_t> documents;
  std::vector<std::uint32_t> frequencies;
};

/// Throws Error{limit} once its time is over. Looking at the clock costs: it does so at every
/// 1024th call only.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds time)
      : end_(std::chrono::steady_clock::now() + time) {}
  void check() {
    if (++calls_ % 1024 == 0) check_now();
  }
  void check_now() const;

 private:
  std::chrono::steady_clock::time_point end_;
  std::uint32_t calls_ = 0;
};

/// One segment of a local index: matches plans with posting lists and columns. Belongs to one
/// thread.
class Segment {
 public:
  Segment(const index::Snapshot& snapshot, std::size_t number);

  std::uint32_t size() const { return columns_.documents; }
  const index::Columns& columns() const { return columns_; }
  Xapian::Database& database() { return database_; }
  const Bits& live() const { return live_; }

  /// The articles that match; removed ones never do.
  Bits match(const query::Plan& plan, Deadline& deadline);
  /// Posting list of a term, decoded; the latest ones are kept. The reference is good until the
  /// next call.
  const Postings& postings(const std::string& term);
  Article article(std::uint32_t document) const;
  /// Positions (schema.h) of a stem key, with prefix::kTitle in the title alone, of a folded form
  /// (prefix::kRaw), or of the mentions of an entity (prefix::kFaction, prefix::kRegion).
  std::vector<std::uint32_t> positions(std::uint32_t document, const std::string& term);
  const index::ArticleWords& words(std::uint32_t document);
  const index::WordsView& word_table() const { return words_.view(); }

 private:
  class View;
  Bits evaluate(const query::Plan& plan, const Bits* within, bool relaxed, Deadline& deadline);
  Bits intersect(const query::Plan& plan, const Bits* within, bool relaxed, Deadline& deadline);
  Bits verify(const query::Plan& plan, Bits candidates, Deadline& deadline);

  /// What a term stands for in the word file.
  struct TermPlaces {
    enum class Kind : unsigned char { none, stem, form, faction, region } kind = Kind::none;
    bool title = false;                  ///< only there
    std::vector<std::uint32_t> numbers;  ///< of the stem, the forms, or the entity in its column
    std::optional<std::vector<std::uint32_t>> forms;  ///< of a stem; found when they are asked for
  };
  const TermPlaces& places_of(const std::string& term);
  /// The forms that a stem key or a folded form stands for.
  const std::vector<std::uint32_t>& forms_of(const std::string& term);
  /// Articles of `candidates` with a phrase of words one after the other: `verify` for what phrases
  /// mostly are. Empty if `plan` is something else.
  std::optional<Bits> verify_phrase(const query::Plan& plan, const Bits& candidates,
                                    Deadline& deadline);
  /// True if so many words are in a title that they have no positions of their own.
  bool has_long_title(std::uint32_t document) const;
  std::vector<std::uint32_t> mentions(std::uint32_t document, const TermPlaces& places) const;

  const index::Columns& columns_;
  const index::WordsFile& words_;
  Xapian::Database database_;
  Bits live_;
  Verifier verifier_;
  /// Decoded posting lists, the one used last in front.
  struct Kept {
    std::string term;
    Postings postings;
  };
  std::list<Kept> kept_;
  std::unordered_map<std::string, std::list<Kept>::iterator> kept_by_term_;
  std::size_t kept_bytes_ = 0;
  std::unordered_map<std::string, TermPlaces> places_;
  index::ArticleWords current_;  ///< the words of the article read last
  std::uint32_t current_document_ = UINT32_MAX;
  std::vector<std::uint64_t> roles_;  ///< of forms in the phrase that is verified; else all zero
};

}  // namespace fihris::search
