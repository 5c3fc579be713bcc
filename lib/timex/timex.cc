// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/timex.h"

#include "analysis/words.h"
#include "timex/grammar.h"
#include "timex/reader.h"

namespace fihris {

std::vector<DateMention> timex::TokenReader::read(std::string_view text,
                                                  const std::vector<analysis::TextToken>& tokens,
                                                  const analysis::WordTable& words,
                                                  const std::optional<Date>& published) {
  cache_.attach(words);
  return Grammar(text, tokens, cache_, published).run();
}

timex::ArticleDates timex::TokenReader::read_article(
    std::string_view title, const std::vector<analysis::TextToken>& title_tokens,
    std::string_view text, const std::vector<analysis::TextToken>& text_tokens,
    const analysis::WordTable& words, const std::optional<Date>& published) {
  cache_.attach(words);
  ArticleDates dates;
  Grammar body(text, text_tokens, cache_, published);
  dates.text = body.run();
  dates.title = Grammar(title, title_tokens, cache_, body.anchor()).run();
  return dates;
}

struct DateReader::Impl {
  analysis::WordTable words;
  timex::TokenReader reader;
};

DateReader::DateReader() : impl_(std::make_unique<Impl>()) {}
DateReader::~DateReader() = default;
DateReader::DateReader(DateReader&&) noexcept = default;
DateReader& DateReader::operator=(DateReader&&) noexcept = default;

std::vector<DateMention> DateReader::read(std::string_view text,
                                          const std::optional<Date>& published) {
  impl_->words.trim();
  const auto tokens = analysis::tokenize(text, impl_->words);
  return impl_->reader.read(text, tokens, impl_->words, published);
}

std::optional<DateRange> DateReader::parse(std::string_view text,
                                           const std::optional<Date>& today) {
  impl_->words.trim();
  return timex::parse_query_days(text, today, impl_->words, impl_->reader);
}

const char* timex_type_name(TimexType type) noexcept {
  switch (type) {
    case TimexType::date:
      return "DATE";
    case TimexType::time:
      return "TIME";
    case TimexType::duration:
      return "DURATION";
    case TimexType::set:
      return "SET";
  }
  return "";
}

}  // namespace fihris
