// SPDX-License-Identifier: GPL-2.0-or-later
#include "hit_output.h"

#include <iostream>

#include "output.h"

namespace fihris::cli {
namespace {

void print_marked(const Snippet& snippet) {
  const bool colour = use_colour();
  std::size_t at = 0;
  std::string line;
  for (const auto& span : snippet.matches) {
    line += printable(snippet.text.substr(at, span.begin - at));
    if (span.begin > at && snippet.text[span.begin - 1] == ' ') line += ' ';
    const auto word = printable(snippet.text.substr(span.begin, span.end - span.begin));
    line += colour ? "\033[1m" + word + "\033[0m" : "[" + word + "]";
    at = span.end;
    if (at < snippet.text.size() && snippet.text[at] == ' ') line += ' ', ++at;
  }
  line += printable(snippet.text.substr(at));
  std::cout << "   " << isolated(line) << '\n';
}

}  // namespace

void print_hit(const Hit& hit) {
  std::cout << hit.rank << ". " << isolated(printable(hit.title.empty() ? hit.id : hit.title))
            << '\n';
  std::cout << "   " << printable(hit.id);
  if (hit.date) std::cout << "  " << to_iso(*hit.date);
  if (!hit.source.empty()) std::cout << "  " << isolated(printable(hit.source));
  if (hit.copies > 1) std::cout << "  " << hit.copies << " versions";
  std::cout << '\n';
  if (!hit.snippet.text.empty()) print_marked(hit.snippet);
}

}  // namespace fihris::cli
