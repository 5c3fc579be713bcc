// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "command.h"
#include "fihris/authority.h"
#include "fihris/date.h"
#include "fihris/reader.h"

/// Options that several commands share, and how they are read.
namespace fihris::cli {

/// --db; with `several` more than one.
void add_db_option(po::options_description& options, bool several = false);
/// The folder of the index: --db, else FIHRIS_INDEX. \throws UsageError if neither is there
std::string db_path(const po::variables_map& given);
std::vector<std::string> db_paths(const po::variables_map& given);

/// --authority, --no-builtin.
void add_authority_options(po::options_description& options);
Authority read_authority(const po::variables_map& given);

/// Format, --map, --encoding and the bounds of readers.
/// \param format_option  "input-format", or "format,f" in a command that prints in one format.
void add_reader_options(po::options_description& options,
                        const char* format_option = "input-format");
ReaderOptions reader_options(const po::variables_map& given,
                             const char* format_option = "input-format");
/// The same with --format for the input, and --files-from.
void add_input_options(po::options_description& options);
/// The arguments and what the lists of --files-from name.
std::vector<std::string> input_files(const po::variables_map& given);

/// --format=A|B|…: `choices` in order, the first is the default.
void add_format_option(po::options_description& options, const char* choices);
/// \throws UsageError if it is none of the choices that the command declared.
std::string output_format(const po::variables_map& given,
                          std::initializer_list<const char*> choices);

/// A day from the command line. \throws UsageError
std::optional<Date> read_day(const po::variables_map& given, const char* option);
/// The day it is, by the local clock.
Date today();
/// All of standard input.
std::string read_standard_input();

/// The value of an option. \throws UsageError for a number below zero: "-5" is read as 2^64 - 5.
template <class Value>
Value get(const po::variables_map& given, const char* option, Value otherwise = {}) {
  const auto found = given.find(option);
  if (found == given.end() || found->second.empty()) return otherwise;
  auto value = found->second.as<Value>();
  if constexpr (std::is_unsigned_v<Value> && !std::is_same_v<Value, bool>) {
    if (value > std::numeric_limits<Value>::max() / 2) {
      throw UsageError("--" + std::string(option) + ": the number is below zero or too large");
    }
  }
  return value;
}

}  // namespace fihris::cli
