// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/authority.h"
#include "fihris/date.h"
#include "fihris/export.h"
#include "fihris/timex.h"

namespace fihris {

/// Which part of an article an offset counts in.
enum class TextField : unsigned char { title, text };

/// A place in an article where something is named.
struct Mention {
  TextField field = TextField::text;  ///< where
  std::size_t begin = 0;              ///< byte offset in the field
  std::size_t end = 0;                ///< byte offset one past the last byte
  std::string surface;                ///< the bytes between, as written
  std::string rule;       ///< which rule accepted it: "name", "trigger", "short-form" …
  double confidence = 1;  ///< over 0 to 1; orders mentions, and is no probability
};

/// An entity that an article speaks of, with every mention.
struct EntityTag {
  Entity entity;                  ///< as its authority has it
  std::vector<Mention> mentions;  ///< title first, then in text order; at least one
  double confidence = 1;          ///< of the best mention
};

/// A day or interval that an article speaks of.
struct DateTag {
  std::string value;              ///< ISO 8601: day, month, year or "start/end"
  DateRange range;                ///< first and last day, both included
  std::vector<Mention> mentions;  ///< as for entities
};

/// A group named by a pattern («لواء …») that no authority file knows.
struct CandidateTag {
  std::string name;               ///< as first written
  std::vector<Mention> mentions;  ///< as for entities
};

/// Who, where and when: each list in order of first mention.
struct ArticleTags {
  std::vector<EntityTag> factions;       ///< who
  std::vector<EntityTag> regions;        ///< where; without what lies above them
  std::vector<DateTag> dates;            ///< when
  std::vector<CandidateTag> candidates;  ///< who perhaps: never among the factions
};

/// Finds the factions, places and dates that an article names, and decides which entity each name
/// means. A handle keeps caches of words: one handle a thread; the Authority may be shared. One
/// that was moved from can only be assigned to or destroyed.
class FIHRIS_API Tagger {
 public:
  /// Keeps what it needs of the authority. Cheap for the built-in one.
  explicit Tagger(Authority authority);
  ~Tagger();
  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;

  /// The tags of one article. It is read alone: nothing of another one is remembered.
  /// \param title      UTF-8, any bytes; may be empty.
  /// \param text       the same.
  /// \param published  the day that relative dates count from; empty: those that need it are left
  /// out.
  ArticleTags tag(std::string_view title, std::string_view text,
                  const std::optional<Date>& published);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fihris
