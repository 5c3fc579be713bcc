// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

#include "fihris/error.h"

namespace fihris::cli {
namespace {

using Strings = std::vector<std::string>;

}  // namespace

std::vector<std::string> arguments(const po::variables_map& given) {
  return get<Strings>(given, "arguments");
}

void add_db_option(po::options_description& options, bool several) {
  if (several) {
    options.add_options()("db", po::value<Strings>()->composing()->value_name("DIR"),
                          "the index; more than one are searched as one, also xapian://HOST:PORT "
                          "(else FIHRIS_INDEX)");
  } else {
    options.add_options()("db", po::value<std::string>()->value_name("DIR"),
                          "the index (else FIHRIS_INDEX)");
  }
}

std::vector<std::string> db_paths(const po::variables_map& given) {
  if (given.count("db") != 0) return given["db"].as<Strings>();
  if (const char* path = std::getenv("FIHRIS_INDEX"); path != nullptr && *path != 0) return {path};
  throw UsageError("which index? --db DIR or FIHRIS_INDEX names it");
}

std::string db_path(const po::variables_map& given) {
  if (given.count("db") != 0) return given["db"].as<std::string>();
  if (const char* path = std::getenv("FIHRIS_INDEX"); path != nullptr && *path != 0) return path;
  throw UsageError("which index? --db DIR or FIHRIS_INDEX names it");
}

void add_authority_options(po::options_description& options) {
  auto add = options.add_options();
  add("authority", po::value<Strings>()->composing()->value_name("FILE"),
      "factions or regions of your own (TSV), laid over the built-in ones; may be given again");
  add("no-builtin", po::bool_switch(), "the files of --authority alone");
}

Authority read_authority(const po::variables_map& given) {
  return Authority::load(get<Strings>(given, "authority"), !get<bool>(given, "no-builtin"));
}

void add_reader_options(po::options_description& options, const char* format_option) {
  auto add = options.add_options();
  add(format_option, po::value<std::string>()->value_name("FORMAT"),
      "format of the input instead of finding out: jsonl, json, csv, tsv, text, html, feed, "
      "mediawiki or trec");
  add("encoding", po::value<std::string>()->value_name("NAME"),
      "the character set of the input instead of finding out");
  add("map", po::value<Strings>()->composing()->value_name("FIELD=PATH"),
      "where a field stands in the input: date=meta.published; title= leaves it out");
  add("selector", po::value<std::string>()->value_name("CSS"),
      "HTML: the element that holds the article, such as div.story");
  add("max-record", po::value<std::size_t>()->value_name("MIB"), "longest record (16)");
  add("max-depth", po::value<std::size_t>()->value_name("N"), "deepest nesting of JSON (64)");
  add("max-members", po::value<std::size_t>()->value_name("N"),
      "most files in an archive (1,000,000)");
  add("max-unpacked", po::value<std::uint64_t>()->value_name("MIB"),
      "most that one packed file may hold (262,144)");
  add("max-ratio", po::value<double>()->value_name("N"),
      "most that data may grow by unpacking, after the first 64 MiB (200)");
}

ReaderOptions reader_options(const po::variables_map& given, const char* format_option) {
  ReaderOptions options;
  options.encoding = get<std::string>(given, "encoding");
  options.selector = get<std::string>(given, "selector");
  // Commands that print places in the text are not offered these: the text stays as it stands.
  options.clean = given.count("as-is") != 0 && !get<bool>(given, "as-is");
  options.set_tails_apart = given.count("keep-tails") != 0 && !get<bool>(given, "keep-tails");
  if (const auto mib = get<std::size_t>(given, "max-record"); mib > 0)
    options.max_record_bytes = std::min<std::size_t>(mib, 1024) << 20;
  options.max_depth = std::min<std::size_t>(get(given, "max-depth", options.max_depth), 1000);
  options.max_members = get(given, "max-members", options.max_members);
  if (const auto mib = get<std::uint64_t>(given, "max-unpacked"); mib > 0)
    options.max_member_bytes = mib << 20;
  options.max_ratio = get(given, "max-ratio", options.max_ratio);
  for (const auto& pair : get<Strings>(given, "map")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UsageError("--map " + pair + ": wanted FIELD=PATH");
    }
    options.map.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  const auto name = get<std::string>(given, format_option);
  if (name.empty()) return options;
  const auto format = parse_input_format(name);
  if (!format) {
    throw UsageError("--" + std::string(format_option) + " " + name + ": no format of that name");
  }
  options.format = *format;
  return options;
}

void add_input_options(po::options_description& options) {
  auto add = options.add_options();
  add("files-from", po::value<Strings>()->composing()->value_name("FILE"),
      "a list of files, one a line (or parted by zero bytes); - for standard input");
  add("as-is", po::bool_switch(), "leave tags and character references in the text as they stand");
  add("keep-tails", po::bool_switch(), "index the lines that end many articles of a source, too");
  add_reader_options(options, "format,f");
}

std::vector<std::string> input_files(const po::variables_map& given) {
  auto files = arguments(given);
  for (const auto& list : get<Strings>(given, "files-from")) {
    std::string names;
    if (list == "-") {
      names = read_standard_input();
    } else {
      std::ifstream in(list, std::ios::binary);
      if (!in) throw Error(ErrorCode::not_found, list + ": cannot open the list of files");
      names.assign(std::istreambuf_iterator<char>(in), {});
    }
    const char end = names.find('\0') == std::string::npos ? '\n' : '\0';
    for (std::size_t at = 0; at < names.size();) {
      const auto stop = std::min(names.find(end, at), names.size());
      auto name = names.substr(at, stop - at);
      if (end == '\n' && name.ends_with('\r')) name.pop_back();
      if (!name.empty()) files.push_back(std::move(name));
      at = stop + 1;
    }
  }
  return files;
}

void add_format_option(po::options_description& options, const char* choices) {
  options.add_options()("format,f", po::value<std::string>()->value_name("FORMAT"), choices);
}

std::string output_format(const po::variables_map& given,
                          std::initializer_list<const char*> choices) {
  auto format = get<std::string>(given, "format", *choices.begin());
  std::string listed;
  for (const auto* choice : choices) {
    if (format == choice) return format;
    listed += (listed.empty() ? "" : ", ") + std::string(choice);
  }
  throw UsageError("--format " + format + ": wanted one of " + listed);
}

std::optional<Date> read_day(const po::variables_map& given, const char* option) {
  const auto text = get<std::string>(given, option);
  if (text.empty()) return std::nullopt;
  if (text == "today") return today();
  if (const auto day = parse_iso_date(text)) return day;
  throw UsageError(std::string("--") + option + " " + text + ": wanted a day YYYY-MM-DD");
}

Date today() {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  ::localtime_r(&now, &local);
  return {static_cast<std::int16_t>(local.tm_year + 1900),
          static_cast<std::uint8_t>(local.tm_mon + 1), static_cast<std::uint8_t>(local.tm_mday)};
}

std::string read_standard_input() { return {std::istreambuf_iterator<char>(std::cin), {}}; }

}  // namespace fihris::cli
