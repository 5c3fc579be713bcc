// SPDX-License-Identifier: GPL-2.0-or-later
#include <iostream>

#include "base/file.h"
#include "base/json_writer.h"
#include "commands.h"
#include "fihris/json.h"
#include "fihris/reader.h"
#include "fihris/timex.h"
#include "options.h"
#include "output.h"
#include "text.h"

namespace fihris::cli {

void dates_options(po::options_description& options) {
  options.add_options()("published,p", po::value<std::string>()->value_name("DAY"),
                        "the day that the text counts from: YYYY-MM-DD or today");
  add_format_option(options,
                    "text (default), json: one object an expression, or timex: JSON Lines of {id, "
                    "dct, text} in, {id, timex} "
                    "with TIMEX3 types and values and offsets in code points out");
}

namespace {

/// The code point that begins at each byte offset asked for, in ascending order.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {}
  std::size_t at(std::size_t byte) {
    while (at_ < byte && at_ < text_.size()) {
      const auto lead = static_cast<unsigned char>(text_[at_]);
      if ((lead & 0xC0) != 0x80) ++count_;
      ++at_;
    }
    return count_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
};

Exit run_timex(const std::vector<std::string>& inputs) {
  ReaderOptions options;
  options.map = {{"date", "dct"}};
  ArticleReader reader(inputs.empty() ? std::vector<std::string>{"-"} : inputs, options);
  reader.on_fault([](const ReadFault& fault) {
    std::cerr << printable(fault.origin.str() + ": " + fault.message) << '\n';
  });
  DateReader dates;
  while (const auto next = reader.next()) {
    const auto& article = next->first;
    CodePoints points(article.text);
    JsonWriter json;
    json.begin_object().field("id", article.id).key("timex").begin_array();
    for (const auto& mention : dates.read(article.text, article.date)) {
      const auto begin = points.at(mention.begin);
      json.begin_object().field("start", begin).field("end", points.at(mention.end));
      json.field("type", timex_type_name(mention.type)).field("value", mention.value).end_object();
    }
    std::cout << json.end_array().end_object().str() << '\n';
  }
  return Exit::done;
}

}  // namespace

Exit run_dates(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "json", "timex"});
  const auto inputs = arguments(given);
  if (format == "timex") return run_timex(inputs);
  if (inputs.size() > 1) {
    throw UsageError("one text at a time; --format timex reads several files of JSON Lines");
  }
  const auto published = read_day(given, "published");
  const auto text =
      inputs.empty() || inputs[0] == "-" ? read_standard_input() : read_file(inputs[0]);
  DateReader dates;
  const auto mentions = dates.read(text, published);
  for (const auto& mention : mentions) {
    const auto surface = std::string_view(text).substr(mention.begin, mention.end - mention.begin);
    if (format == "json") {
      std::cout << date_json(mention, text) << '\n';
    } else {
      std::cout << mention.begin << '\t' << mention.end << '\t' << timex_type_name(mention.type)
                << '\t' << mention.value << '\t'
                << (mention.range ? to_iso(mention.range->first) : "-") << '\t'
                << (mention.range ? to_iso(mention.range->last) : "-") << '\t'
                << isolated(printable(surface)) << '\n';
    }
  }
  return mentions.empty() ? Exit::nothing : Exit::done;
}

}  // namespace fihris::cli
