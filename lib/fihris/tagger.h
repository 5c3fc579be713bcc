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

enum class TextField : unsigned char { title, text };

/// A place in an article where something is named.
struct Mention {
  TextField field = TextField::text;
  std::size_t begin = 0;  ///< byte offset in the field
  std::size_t end = 0;    ///< byte offset one past the last byte
  std::string surface;    ///< the bytes between, as written
  std::string rule;       ///< which rule accepted it: "name", "trigger", "short-form" …
  double confidence = 1;
};

/// An entity that an article speaks of, with every mention.
struct EntityTag {
  Entity entity;
  std::vector<Mention> mentions;
  double confidence = 1;  ///< of the best mention
};

/// A day or interval that an article speaks of.
struct DateTag {
  std::string value;  ///< ISO 8601: day, month, year or "start/end"
  DateRange range;
  std::vector<Mention> mentions;
};

/// A group named by a pattern («لواء …») that no authority file knows.
struct CandidateTag {
  std::string name;  ///< as first written
  std::vector<Mention> mentions;
};

/// Who, where and when: each list in order of first mention.
struct ArticleTags {
  std::vector<EntityTag> factions;
  std::vector<EntityTag> regions;
  std::vector<DateTag> dates;
  std::vector<CandidateTag> candidates;
};

/// Finds the factions, places and dates that an article names, and decides which entity each name
/// means. A handle keeps caches of words: one handle a thread; the Authority may be shared.
class FIHRIS_API Tagger {
 public:
  explicit Tagger(Authority authority);
  ~Tagger();
  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;

  /// \param title, text  UTF-8, any bytes.
  /// \param published    the day that relative dates count from.
  ArticleTags tag(std::string_view title, std::string_view text,
                  const std::optional<Date>& published);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fihris
