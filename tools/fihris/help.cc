// SPDX-License-Identifier: GPL-2.0-or-later
#include "help.h"

#include <algorithm>
#include <cstring>
#include <iostream>
#include <sstream>

#include "option_table.h"
#include "output.h"

namespace fihris::cli {
namespace {

/// Writes `text` behind `line` in lines of 96 columns, the further ones indented.
void fill(std::ostream& out, std::string line, std::size_t indent, const std::string& text) {
  constexpr std::size_t kWidth = 96;
  std::size_t used = indent;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const auto wide = display_width(word);
    if (used > indent && used + 1 + wide > kWidth) {
      out << line << '\n';
      line = std::string(indent, ' ');
      used = indent;
    }
    if (used > indent) line += ' ', ++used;
    line += word;
    used += wide;
  }
  out << line << '\n';
}

}  // namespace

void print_help(std::ostream& out) {
  out << "fihris: full-text and entity search for Arabic news\n\n"
         "usage: fihris COMMAND [options]\n\n";
  std::size_t width = 0;
  for (const auto& command : commands()) width = std::max(width, std::strlen(command.name));
  constexpr std::pair<HelpGroup, const char*> kGroups[] = {
      {HelpGroup::write, "Make and look after an index:"},
      {HelpGroup::ask, "Ask an index:"},
      {HelpGroup::read, "Texts and names, without an index:"},
      {HelpGroup::other, "More:"}};
  for (const auto& [group, title] : kGroups) {
    out << (group == HelpGroup::write ? "" : "\n") << title << '\n';
    for (const auto& command : commands()) {
      if (command.group != group) continue;
      out << "  " << command.name << std::string(width + 2 - std::strlen(command.name), ' ')
          << command.summary << '\n';
    }
  }
  out << "\nFirst steps:\n"
         "  fihris index articles.jsonl --db news.idx\n"
         "  fihris search 'هدنة منطقة:إدلب' --db news.idx --facets\n";
  out << "\n`fihris COMMAND --help` explains a command, `fihris help query` the query language.\n"
         "--db DIR or FIHRIS_INDEX names the index. Exit status: 0 done or found, 1 nothing "
         "matched,\n"
         "2 wrong usage or query, 3 failure, 130 interrupted.\n";
}

void print_command_help(std::ostream& out, const Command& command) {
  constexpr std::size_t kColumn = 30;  // where descriptions begin
  out << "usage: fihris " << command.name << " [options]" << (*command.arguments != 0 ? " " : "")
      << command.arguments << "\n\n";
  fill(out, "", 0, std::string(command.summary) + ". " + command.about);
  out << "\noptions:\n";
  // Not by the library that reads the options: it breaks lines between the bytes of a letter.
  for (const auto& option : option_table(command)) {
    std::string line = option.letter.empty() ? "      " : "  -" + option.letter + ", ";
    line += "--" + option.name + (option.value.empty() ? "" : " " + option.value);
    auto used = display_width(line);
    if (used + 2 > kColumn) {
      out << line << '\n';
      line.clear();
      used = 0;
    }
    line += std::string(kColumn - used, ' ');
    fill(out, line, kColumn, option.description);
  }
  if (*command.examples == 0) return;
  out << "\nexamples:\n";
  std::istringstream lines(command.examples);
  for (std::string line; std::getline(lines, line);) out << "  " << line << '\n';
}

}  // namespace fihris::cli
