// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/date.h"
#include "fihris/export.h"

namespace fihris {

/// The kinds of TIMEX3: a calendar date, a time of day, a length of time, a repeated time.
enum class TimexType : unsigned char { date, time, duration, set };

/// A temporal expression of a text, after TIMEX3 (ISO 24617-1).
struct DateMention {
  std::size_t begin = 0;             ///< byte offset of the first byte in the UTF-8 text
  std::size_t end = 0;               ///< byte offset one past the last byte
  TimexType type = TimexType::date;  ///< what it is
  std::string value;  ///< TIMEX3 value: "2015-07-29", "2015-W31", "P3D", "2015-07-28TEV"
  std::optional<DateRange> range;  ///< the days meant; empty for sets and what is undetermined
  /// «من 3 إلى 5 آب»: the days from this expression to the end of the next, where this one is the
  /// first end of an interval.
  std::optional<DateRange> interval;
  bool named = true;  ///< the facet counts it (false: vague, a window of weeks, uncertain anchor)
  std::string rule;   ///< which rule read it
  double confidence = 1;  ///< over 0 to 1
};

/// Finds temporal expressions and resolves them against the day of publication.
/// A handle keeps a cache of words: one handle a thread. One that was moved from can only be
/// assigned to or destroyed. Months have the names of all Arab countries; Hijri dates follow Umm
/// al-Qura (ICU calendar "islamic-umalqura").
class FIHRIS_API DateReader {
 public:
  /// Cheap: its tables are compiled into the library.
  DateReader();
  ~DateReader();
  DateReader(DateReader&&) noexcept;
  DateReader& operator=(DateReader&&) noexcept;

  /// The expressions of a text.
  /// \param text       UTF-8, any bytes.
  /// \param published  the day «اليوم» means; empty: relative expressions stay undetermined.
  /// \return mentions in text order, none overlapping.
  std::vector<DateMention> read(std::string_view text, const std::optional<Date>& published);

  /// The days that a person means by `text` in a query («أيار-2015», «رمضان-1436», «أمس»,
  /// "last-7d", "2015-04..2015-06"), counted from `today`. Empty if the text is no date.
  std::optional<DateRange> parse(std::string_view text, const std::optional<Date>& today);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// "DATE", "TIME", "DURATION", "SET".
FIHRIS_API const char* timex_type_name(TimexType type) noexcept;

}  // namespace fihris
