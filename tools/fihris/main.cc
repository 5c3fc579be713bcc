// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "command.h"
#include "fihris/error.h"
#include "help.h"
#include "output.h"
#include "pager.h"

namespace {

using fihris::cli::Exit;
namespace cli = fihris::cli;
namespace po = fihris::cli::po;

int status(Exit exit) { return static_cast<int>(exit); }

/// For a person, with nothing that a terminal would obey.
void complain(const std::string& message, const std::string& hint = {}) {
  std::cerr << "fihris: " << cli::printable(message) << '\n';
  // A hint may have several lines: the query, and a caret under the fault.
  for (std::size_t at = 0; at < hint.size();) {
    const auto end = std::min(hint.find('\n', at), hint.size());
    std::cerr << "  " << cli::printable(hint.substr(at, end - at)) << '\n';
    at = end + 1;
  }
}

Exit exit_of(const fihris::Error& error) {
  switch (error.code()) {
    case fihris::ErrorCode::bad_query:
    case fihris::ErrorCode::invalid_argument:
      return Exit::usage;
    case fihris::ErrorCode::interrupted:
      return Exit::interrupted;
    default:
      return Exit::failure;
  }
}

/// Stands before an argument that looks like an option; no text holds it.
constexpr char kArgumentMark = '\x01';

/// True for what begins with a minus and is part of a query: «-جيش», -faction:x, -"two words", -(a
/// b).
bool is_negated_query(const std::string& word) {
  if (word.size() < 2 || word[0] != '-') return false;
  const auto first = word.find_first_not_of('-');
  if (first == std::string::npos || first > 2) return false;
  if (static_cast<unsigned char>(word[first]) >= 0x80) return true;
  if (first > 1) return false;
  if (word.find_first_of("\"(=*@! \t") == 1 || word.find(' ') != std::string::npos) return true;
  const auto colon = word.find(':');
  return colon != std::string::npos && colon > 2 &&
         std::all_of(word.begin() + 1, word.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Marks such words up to "--", so that they are not read as options and keep their places.
std::vector<std::string> protect(std::vector<std::string> words) {
  for (auto& word : words) {
    if (word == "--") break;
    if (is_negated_query(word)) word.insert(word.begin(), kArgumentMark);
  }
  return words;
}
void unprotect(po::parsed_options& parsed) {
  for (auto& option : parsed.options) {
    for (auto& value : option.value) {
      if (!value.empty() && value.front() == kArgumentMark) value.erase(value.begin());
    }
  }
}

/// Options that want a number are given one: the library that reads them takes -1 for a large one.
void check_numbers(const po::options_description& options, const po::parsed_options& parsed) {
  for (const auto& given : parsed.options) {
    const auto* option = options.find_nothrow(given.string_key, false);
    if (option == nullptr || given.value.empty()) continue;
    const auto& wanted = option->semantic()->name();
    if (wanted != "N" && wanted != "MIB" && wanted != "MS") continue;
    const auto& value = given.value.front();
    if (value.empty() || value.find_first_not_of("0123456789.") != std::string::npos) {
      throw cli::UsageError("--" + given.string_key + " " + value + ": wanted a number");
    }
  }
}

Exit run_command(const cli::Command& command, const std::vector<std::string>& words) {
  po::options_description visible;
  command.options(visible);
  visible.add_options()("help,h", "show this help");
  po::options_description all;
  all.add(visible).add_options()("arguments", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("arguments", -1);
  po::variables_map given;
  using Style = po::command_line_style::style_t;
  auto parsed = po::command_line_parser(protect(words))
                    .options(all)
                    .positional(positional)
                    .style(po::command_line_style::unix_style & ~Style::allow_guessing)
                    .run();
  unprotect(parsed);
  check_numbers(visible, parsed);
  po::store(parsed, given);
  if (given.count("help") != 0) {
    cli::print_command_help(std::cout, command);
    return Exit::done;
  }
  po::notify(given);
  if (const auto rest = cli::arguments(given); *command.arguments == 0 && !rest.empty()) {
    const bool index = visible.find_nothrow("db", false) != nullptr;
    throw cli::UsageError("\"" + rest.front() + "\": no argument is wanted" +
                          (index ? "; --db DIR names the index" : ""));
  }
  return command.run(given);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::signal(SIGPIPE, SIG_DFL);
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty() || words[0] == "--help" || words[0] == "-h") {
    cli::print_help(words.empty() ? std::cerr : std::cout);
    return status(words.empty() ? Exit::usage : Exit::done);
  }
  if (words[0] == "--version") words[0] = "version";
  const auto& all = cli::commands();
  const auto command = std::find_if(all.begin(), all.end(),
                                    [&](const cli::Command& c) { return words[0] == c.name; });
  if (command == all.end()) {
    const auto near = cli::nearest_command(words[0]);
    complain("no command \"" + words[0] + "\"",
             (near.empty() ? "" : "did you mean `fihris " + near + "`? ") +
                 "`fihris --help` lists the commands");
    return status(Exit::usage);
  }
  words.erase(words.begin());
  try {
    const cli::Pager pager(command->name);
    const auto exit = run_command(*command, words);
    std::cout.flush();
    if (!std::cout) {
      complain("cannot write to standard output");
      return status(Exit::failure);
    }
    return status(exit);
  } catch (const po::error& error) {
    complain(std::string(command->name) + ": " + error.what(),
             "`fihris " + std::string(command->name) + " --help` lists its options");
    return status(Exit::usage);
  } catch (const cli::UsageError& error) {
    complain(std::string(command->name) + ": " + error.what(),
             "`fihris " + std::string(command->name) + " --help` says how it is called");
    return status(Exit::usage);
  } catch (const fihris::Error& error) {
    std::cout.flush();
    complain(error.what(), error.hint());
    return status(exit_of(error));
  } catch (const std::bad_alloc&) {
    complain("out of memory", "a smaller --memory, or smaller inputs, may help");
    return status(Exit::failure);
  } catch (const std::exception& error) {
    complain(std::string("internal fault: ") + error.what());
    return status(Exit::failure);
  }
}
