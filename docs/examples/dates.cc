// SPDX-License-Identifier: GPL-2.0-or-later
// The days that a text names, counted from its day of publication: dates 2015-04-01 < TEXT
#include <fihris/timex.h>

#include <iostream>
#include <iterator>

int main(int count, char** words) {
  if (count != 2) return 2;
  const auto published = fihris::parse_iso_date(words[1]);
  if (!published) {
    std::cerr << words[1] << ": wanted a day YYYY-MM-DD\n";
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  fihris::DateReader reader;
  for (const auto& mention : reader.read(text, published)) {
    std::cout << text.substr(mention.begin, mention.end - mention.begin) << '\t' << mention.value;
    if (mention.range) {
      std::cout << '\t' << to_iso(mention.range->first) << '\t' << to_iso(mention.range->last);
    }
    std::cout << '\n';
  }
}
