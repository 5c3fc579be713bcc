// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/words.h"
#include "fihris/timex.h"
#include "timex/calendar.h"
#include "timex/lexicon.h"

namespace fihris::timex {

/// What stands between two words; blanks beside a sign do not count.
enum class Gap : std::uint8_t { none, blank, slash, dash, dot, comma, open, close, colon, other };

enum class Tense : std::uint8_t { unknown, past, future };

constexpr int kFirstPlainYear = 1900;    ///< a bare number below is hardly a year of the news
constexpr int kFirstBracketYear = 1600;  ///< «(1881)»: the same between brackets
constexpr int kLastPlainYear = 2060;

/// An expression as the rules build it.
struct Expr {
  std::size_t next = 0;  ///< the token after it
  TimexType type = TimexType::date;
  std::string value;
  std::optional<DateRange> range;
  Unit unit = Unit::day;
  bool named = true;
  const char* rule = "";
  double confidence = 1;
  std::size_t end = 0;  ///< byte offset of its end if that is not the end of a token
};

/// A number and the token after it.
struct Count {
  double value = 0;
  std::size_t next = 0;
  bool digits = false;
};

/// A month by name, with what follows it: «آب/أغسطس 2015», «رمضان الماضي».
struct MonthName {
  int month = 0;
  bool hijri = false;
  bool weak = false;    ///< the name alone is no evidence of a month
  bool marked = false;  ///< شهر before it, or a gloss
  std::optional<int> year;
  Kind modifier = Kind::none;
  std::size_t next = 0;
  std::size_t end = 0;
};

/// Reads the expressions of one text. Rules begin at a token and give the expression found there,
/// or nothing. They live in files by subject; every rule looks at a bounded number of tokens, so
/// the time of the whole is linear.
class Grammar {
 public:
  Grammar(std::string_view text, const std::vector<analysis::TextToken>& tokens, LexCache& cache,
          const std::optional<Date>& published);

  std::vector<DateMention> run();
  /// The day that relative words of this text count from: the day of publication unless its date
  /// line or its weekdays say another. Known after `run`.
  const std::optional<Date>& anchor() const { return anchor_; }

 private:
  using Maybe = std::optional<Expr>;

  // grammar.cc: looking around.
  const Lex& lex(std::size_t at) const;
  Kind kind(std::size_t at) const { return lex(at).kind; }
  Gap gap(std::size_t at) const;    ///< before token `at`
  bool near(std::size_t at) const;  ///< only a blank, or nothing, before it
  bool soft(std::size_t at) const;  ///< the same, or the end of a bracket
  std::string_view folded(std::size_t at) const;
  std::size_t begin_of(std::size_t at) const;
  std::size_t closing(std::size_t at) const;  ///< end of ")" after token `at`, or 0
  bool starts_sentence(std::size_t at) const;
  Tense tense(std::size_t at, std::size_t next, bool day = true) const;
  std::optional<Date> anchor_from_weekdays() const;
  std::optional<Date> anchor_from_dateline();
  Maybe at(std::size_t first);
  void keep(std::size_t first, const Expr& expr, std::vector<DateMention>& found);
  void join_intervals(std::vector<DateMention>& found) const;

  // numbers.cc
  std::optional<Count> cardinal(std::size_t at) const;
  std::optional<Count> day_number(std::size_t at) const;
  std::optional<Count> year_number(std::size_t at) const;
  std::optional<Count> year_after(std::size_t at) const;
  bool is_plain_number(std::size_t at) const;

  // month_expr.cc, day_of_month.cc, years.cc
  std::optional<MonthName> named_month(std::size_t at) const;
  std::optional<int> inherited_year(std::size_t at, const MonthName& month) const;
  Maybe month_expr(std::size_t at);
  Maybe day_of_month(std::size_t at);
  Maybe year_expr(std::size_t at);
  Maybe plain_year(int year, std::size_t next) const;
  Maybe hijri_year_expr(std::size_t at) const;
  Maybe hijri_years(int first, int last, std::size_t next) const;

  // absolute.cc
  Maybe numeric_date(std::size_t at);
  Maybe day_list(std::size_t at, std::vector<std::pair<std::size_t, Expr>>& more);
  Maybe absolute_day(std::size_t at);
  Maybe make_day(int year, int month, int day, bool hijri, std::size_t next,
                 const char* rule) const;
  int guess_year(int month, int day, bool hijri, Tense tense, std::optional<int> day_of_week,
                 Kind modifier) const;

  // days.cc
  bool is_quoted(std::size_t at) const;
  Maybe day_word(std::size_t at);
  Maybe week_day(std::size_t at);
  Maybe nth_weekday(std::size_t at);
  Maybe day_expr(std::size_t at);
  Maybe with_date_tail(Expr expr);

  // periods.cc
  Maybe edge_expr(std::size_t at);
  Maybe fraction_expr(std::size_t at);
  Maybe period_expr(std::size_t at);

  // relative.cc
  Maybe unit_expr(std::size_t at);
  Maybe named_year(std::size_t at);
  Maybe school_year(int first, std::size_t next) const;
  Maybe unit_with(Unit unit, int shift, std::size_t next, const char* rule) const;
  Maybe ago(std::size_t at);
  Maybe after_expr(std::size_t at);
  Maybe this_expr(std::size_t at);
  int written_year(std::size_t at) const;
  std::optional<int> shift_of(std::size_t at, std::size_t& next) const;

  // durations.cc
  Maybe duration(std::size_t at);
  Maybe plural_window(std::size_t at);
  Maybe unit_duration(std::size_t at) const;
  Maybe counted_duration(std::size_t at) const;
  Maybe finish_duration(double count, Unit unit, std::size_t next) const;
  bool is_named_by(std::size_t next) const;
  bool stands_alone(std::size_t next) const;
  bool is_measured(std::size_t at) const;

  // sets.cc
  Maybe set_expr(std::size_t at) const;
  Maybe set_adverb(std::size_t at) const;
  Maybe set_adjective(std::size_t at) const;
  Maybe every_expr(std::size_t at) const;
  Maybe per_unit(std::size_t at, std::size_t i) const;
  Maybe repeated(std::string value, Unit unit, std::size_t next) const;

  // vague.cc
  Maybe vague_expr(std::size_t at);

  // time_of_day.cc
  Maybe day_part_expr(std::size_t at);
  Maybe clock_expr(std::size_t at);
  bool is_bare_hour(std::size_t at) const;
  bool is_counting(std::size_t at, std::size_t part) const;
  std::size_t minutes_after(std::size_t i, int& hour, int& minute) const;
  Maybe with_day_part(Expr day, int part, const char* rule) const;

  // named.cc
  Maybe decade_expr(std::size_t at);
  Maybe century_expr(std::size_t at);
  Maybe season_expr(std::size_t at);
  Maybe feast_expr(std::size_t at);

  std::string_view text_;
  const std::vector<analysis::TextToken>& tokens_;
  std::vector<Lex> lexes_;
  std::optional<Date> anchor_;
  std::optional<Date> focus_;  ///< the day last spoken of
};

/// The weekday that a folded word without the article names, 0 = Sunday; −1 if none.
int bare_weekday(std::string_view folded);

/// "MO" to "NI": TIMEX3's code of a part of the day, by Lex::value.
std::string_view day_part_code(int part);

/// "P3D", "PT10H", "P5.5Y".
std::string duration_value(double count, Unit unit);

}  // namespace fihris::timex
