// SPDX-License-Identifier: GPL-2.0-or-later
// `fihris ingest-check FILE...`: what the files are taken for, and their first articles as they
// would be indexed.
#include <iostream>

#include "base/json_writer.h"
#include "commands.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "fihris/reader.h"
#include "ingest_report.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {

void ingest_check_options(po::options_description& options) {
  auto add = options.add_options();
  add("limit,n", po::value<std::uint64_t>()->value_name("N"), "articles to show (3)");
  add("all", po::bool_switch(),
      "read the files to their end, and tell how many articles they hold");
  add("output", po::value<std::string>()->value_name("text|json"),
      "text (default) or json: whole articles, one object a line");
  add_input_options(options);
}

namespace {

constexpr std::size_t kShownText = 400;  // bytes

std::string shortened(std::string_view text) {
  if (text.size() <= kShownText) return printable(text);
  auto end = kShownText;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return printable(text.substr(0, end)) + "… (" + grouped(text.size()) + " bytes)";
}

void print_text(const Article& article, const Origin& origin) {
  const auto line = [](const char* name, const std::string& value) {
    if (!value.empty()) std::cout << "  " << name << "  " << isolated(shortened(value)) << '\n';
  };
  std::cout << printable(origin.str()) << '\n';
  line("id    ", article.id);
  line("source", article.source);
  line("url   ", article.url);
  line("date  ", article.date ? to_iso(*article.date) : "none");
  line("title ", article.title);
  line("author", article.author);
  line("text  ", article.text);
  for (const auto& field : article.fields) {
    std::cout << "  + " << printable(field.name) << ": " << isolated(shortened(field.value))
              << '\n';
  }
}

void print_json(const Article& article, const Origin& origin) {
  JsonWriter json;
  json.begin_object().field("format", kJsonFormat).field("origin", origin.str());
  json.field("id", article.id).field("source", article.source).field("url", article.url);
  if (article.date) json.field("date", to_iso(*article.date));
  json.field("title", article.title).field("author", article.author).field("text", article.text);
  json.key("fields").begin_object();
  for (const auto& field : article.fields) {
    json.key(field.name);
    if (field.json) {
      json.raw(field.value);
    } else {
      json.value(field.value);
    }
  }
  std::cout << json.end_object().end_object().str() << '\n';
}

}  // namespace

Exit run_ingest_check(const po::variables_map& given) {
  const auto inputs = input_files(given);
  if (inputs.empty()) throw UsageError("which articles? Name files, or - for standard input");
  const auto limit = get<std::uint64_t>(given, "limit", 3);
  const bool all = get<bool>(given, "all");
  const auto output = get<std::string>(given, "output", "text");
  if (output != "text" && output != "json") {
    throw UsageError("--output " + output + ": wanted one of text, json");
  }
  auto options = reader_options(given, "format");
  if (!all) options.set_tails_apart = false;  // nothing is to be learnt from a few articles
  ArticleReader reader(inputs, options);
  IngestReport report(ProgressKind::none, !all, {});
  reader.on_fault([&](const ReadFault& fault) { report.fault(fault); });
  reader.on_text([&](const ReadText& text) {
    std::cerr << printable(text.name) << ": " << input_format_name(text.format) << ", "
              << printable(text.encoding) << '\n';
  });
  while (all || report.articles() < limit) {
    const auto next = reader.next();
    if (!next) break;
    report.article(next->first);
    if (report.articles() > limit) continue;
    if (output == "json") {
      print_json(next->first, next->second);
    } else {
      print_text(next->first, next->second);
    }
  }
  report.end(reader, "read");
  if (report.any_failure()) return Exit::failure;
  if (report.articles() > 0) return Exit::done;
  if (report.skipped() > 0) return Exit::failure;
  std::cerr << "fihris: no record found\n";
  return Exit::nothing;
}

}  // namespace fihris::cli
