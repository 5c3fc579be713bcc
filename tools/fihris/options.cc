// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
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

void add_reader_options(po::options_description& options) {
  auto add = options.add_options();
  add("input-format", po::value<std::string>()->value_name("FORMAT"),
      "jsonl, json, csv, tsv, text, html, feed, mediawiki or trec instead of finding out");
  add("encoding", po::value<std::string>()->value_name("NAME"),
      "the character set of the input instead of finding out");
  add("map", po::value<Strings>()->composing()->value_name("FIELD=PATH"),
      "where a field stands in the input: date=meta.published; title= leaves it out");
  add("max-record", po::value<std::size_t>()->value_name("MIB"), "longest record (64)");
}

ReaderOptions reader_options(const po::variables_map& given) {
  ReaderOptions options;
  options.encoding = get<std::string>(given, "encoding");
  if (const auto mib = get<std::size_t>(given, "max-record"); mib > 0)
    options.max_record_bytes = mib << 20;
  for (const auto& pair : get<Strings>(given, "map")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UsageError("--map " + pair + ": wanted FIELD=PATH");
    }
    options.map.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  const auto format = get<std::string>(given, "input-format");
  const std::pair<const char*, InputFormat> known[] = {
      {"jsonl", InputFormat::jsonl}, {"json", InputFormat::json},
      {"csv", InputFormat::csv},     {"tsv", InputFormat::tsv},
      {"text", InputFormat::text},   {"html", InputFormat::html},
      {"feed", InputFormat::feed},   {"mediawiki", InputFormat::mediawiki},
      {"trec", InputFormat::trec}};
  if (format.empty()) return options;
  for (const auto& [name, value] : known) {
    if (format == name) {
      options.format = value;
      return options;
    }
  }
  throw UsageError("--input-format " + format + ": unknown format");
}

void add_format_option(po::options_description& options, const char* choices) {
  options.add_options()("format,f", po::value<std::string>()->value_name("FORMAT"), choices);
}

std::string output_format(const po::variables_map& given,
                          std::initializer_list<const char*> choices) {
  const auto format = get<std::string>(given, "format", *choices.begin());
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
