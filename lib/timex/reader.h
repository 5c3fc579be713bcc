// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analysis/words.h"
#include "fihris/timex.h"
#include "timex/lexicon.h"

namespace fihris::timex {

/// The mentions of an article; offsets count from the field.
struct ArticleDates {
  std::vector<DateMention> title;
  std::vector<DateMention> text;
};

/// The date reader for who has the words of a text already: the tagger and the indexer. Keeps what
/// it has learnt of the words of one WordTable; one object a table and thread.
class TokenReader {
 public:
  /// Mentions in text order, none overlapping.
  /// \param text    what the tokens were cut from.
  /// \param tokens  `analysis::tokenize(text, words)`, not trimmed since.
  std::vector<DateMention> read(std::string_view text,
                                const std::vector<analysis::TextToken>& tokens,
                                const analysis::WordTable& words,
                                const std::optional<Date>& published);

  /// Title and text of one article: the title counts from the day that the text counts from.
  ArticleDates read_article(std::string_view title,
                            const std::vector<analysis::TextToken>& title_tokens,
                            std::string_view text,
                            const std::vector<analysis::TextToken>& text_tokens,
                            const analysis::WordTable& words, const std::optional<Date>& published);

 private:
  LexCache cache_;
};

/// The days that a query means; see DateReader::parse.
std::optional<DateRange> parse_query_days(std::string_view text, const std::optional<Date>& today,
                                          analysis::WordTable& words, TokenReader& reader);

}  // namespace fihris::timex
