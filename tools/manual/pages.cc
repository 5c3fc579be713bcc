// SPDX-License-Identifier: GPL-2.0-or-later
#include <sstream>

#include "fihris/version.h"
#include "manual.h"
#include "option_table.h"
#include "query_help.h"

namespace fihris::cli {
namespace {

/// Text that roff takes literally, in one paragraph.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begin = true;
  for (const char c : text) {
    if (line_begin && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_begin = c == '\n';
  }
  return out;
}

std::string upper(std::string text) {
  for (auto& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

/// One line for `apropos`.
void head(std::ostream& out, const std::string& name, int section, std::string_view summary) {
  out << ".TH \"" << roff(upper(name)) << "\" " << section
      << " \"\" \"fihris " FIHRIS_VERSION_STRING << "\" \"fihris\"\n.ad l\n.SH NAME\n"
      << roff(name) << " \\- " << roff(summary) << '\n';
}

void write_options(std::ostream& out, const Command& command) {
  out << ".SH OPTIONS\n";
  for (const auto& option : option_table(command)) {
    out << ".TP\n";
    if (!option.letter.empty()) out << "\\fB\\-" << option.letter << "\\fR, ";
    out << "\\fB\\-\\-" << roff(option.name) << "\\fR";
    if (!option.value.empty()) out << "=\\fI" << roff(option.value) << "\\fR";
    out << '\n' << roff(option.description) << ".\n";
  }
}

void exit_status(std::ostream& out) {
  out << ".SH EXIT STATUS\n"
         "0 done or found, 1 nothing matched, 2 wrong usage or query, 3 failure (an index that is "
         "missing, damaged or locked; nothing readable), 130 interrupted.\n";
}

}  // namespace

std::string overview_page() {
  std::ostringstream out;
  head(out, "fihris", 1, "full-text and entity search for Arabic news");
  out << ".SH SYNOPSIS\n\\fBfihris\\fR \\fICOMMAND\\fR [\\fIoptions\\fR]\n.SH DESCRIPTION\n"
         "Indexes news in Arabic, tags each article with the factions, regions and dates that it "
         "speaks of, and answers queries with ranked articles, snippets and exact counts. Data go "
         "to standard output, all else to standard error.\n.SH COMMANDS\n";
  for (const auto& command : commands()) {
    out << ".TP\n\\fBfihris\\-" << roff(command.name) << "\\fR(1)\n"
        << roff(command.summary) << ".\n";
  }
  out << ".SH ENVIRONMENT\n.TP\n\\fBFIHRIS_INDEX\\fR\nthe index, where \\fB\\-\\-db\\fR does not "
         "name one.\n.TP\n\\fBNO_COLOR\\fR\nif set, no colour is used on a terminal.\n";
  exit_status(out);
  out << ".SH SEE ALSO\n\\fBfihris\\-query\\fR(7)\n";
  return out.str();
}

std::string command_page(const Command& command) {
  std::ostringstream out;
  const std::string name = std::string("fihris-") + command.name;
  head(out, name, 1, command.summary);
  out << ".SH SYNOPSIS\n\\fBfihris " << roff(command.name) << "\\fR [\\fIoptions\\fR]";
  if (*command.arguments != 0) out << ' ' << roff(command.arguments);
  out << "\n.SH DESCRIPTION\n" << roff(std::string(command.summary) + ". " + command.about) << '\n';
  write_options(out, command);
  if (*command.examples != 0) out << ".SH EXAMPLES\n.nf\n" << roff(command.examples) << "\n.fi\n";
  exit_status(out);
  out << ".SH SEE ALSO\n\\fBfihris\\fR(1)";
  if (std::string_view(command.arguments).find("QUERY") != std::string_view::npos)
    out << ", \\fBfihris\\-query\\fR(7)";
  out << '\n';
  return out.str();
}

std::string query_page() {
  std::ostringstream out;
  head(out, "fihris-query", 7, "the query language of fihris");
  out << ".SH DESCRIPTION\n.nf\n"
      << roff(kQueryHelp) << ".fi\n.SH SEE ALSO\n\\fBfihris\\-search\\fR(1)\n";
  return out.str();
}

}  // namespace fihris::cli
