// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <boost/program_options.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fihris::cli {

namespace po = boost::program_options;

/// The exit statuses of the command.
enum class Exit : int { done = 0, nothing = 1, usage = 2, failure = 3, interrupted = 130 };

/// Where a command stands in the help.
enum class HelpGroup { write, ask, read, other };

/// One command of `fihris`: the table of these is what help, manual pages and completions are made
/// from.
struct Command {
  const char* name;
  const char* arguments;  ///< "FILE…", as shown in the usage line
  const char* summary;    ///< one line, for the list
  /// Adds the command's options.
  void (*options)(po::options_description&);
  /// Does the work. Data goes to standard output, all else to standard error.
  Exit (*run)(const po::variables_map&);
  HelpGroup group;
  const char* about;     ///< what the summary leaves out: sentences for help and manual page
  const char* examples;  ///< calls, one a line, that a test runs; "news.idx" is an index
};

/// All commands, in the order of the help.
const std::vector<Command>& commands();

/// The command whose name is spelled most like `typed`, or empty if none is near.
std::string nearest_command(std::string_view typed);

/// A wrong call: printed with the usage line, exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The positional arguments of a command.
std::vector<std::string> arguments(const po::variables_map& given);

}  // namespace fihris::cli
