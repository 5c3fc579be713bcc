// SPDX-License-Identifier: GPL-2.0-or-later
#include <iostream>

#include "command.h"
#include "fihris/json.h"
#include "fihris/reader.h"
#include "fihris/tagger.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {

void tag_options(po::options_description& options) {
  add_format_option(options, "text (default) or json: one object a line");
  options.add_options()("explain", po::bool_switch(),
                        "the rule and the confidence of every mention");
  add_authority_options(options);
  add_reader_options(options);
}

namespace {

void print_text(const Article& article, const ArticleTags& tags, bool explain) {
  std::cout << printable(article.id) << (article.title.empty() ? "" : "  ")
            << isolated(printable(article.title)) << '\n';
  const auto list = [&](const char* what, const std::vector<EntityTag>& entities) {
    for (const auto& tag : entities) {
      std::cout << "  " << what << "  " << tag.entity.id << "  " << isolated(tag.entity.ar) << "  x"
                << tag.mentions.size() << '\n';
      if (!explain) continue;
      for (const auto& mention : tag.mentions) {
        std::cout << "      " << (mention.field == TextField::title ? "title" : "text") << ':'
                  << mention.begin << '-' << mention.end << "  " << mention.rule << "  "
                  << mention.confidence << "  " << isolated(printable(mention.surface)) << '\n';
      }
    }
  };
  list("faction", tags.factions);
  list("region ", tags.regions);
  for (const auto& tag : tags.dates) {
    std::cout << "  date     " << tag.value << "  "
              << isolated(printable(tag.mentions.front().surface)) << '\n';
  }
  for (const auto& tag : tags.candidates) {
    std::cout << "  candidate  " << isolated(printable(tag.name)) << "  x" << tag.mentions.size()
              << '\n';
  }
}

}  // namespace

Exit run_tag(const po::variables_map& given) {
  const bool json = output_format(given, {"text", "json"}) == "json";
  const bool explain = get<bool>(given, "explain");
  const auto inputs = arguments(given);
  if (inputs.empty()) throw UsageError("which articles? Name files, or - for standard input");
  const auto authority = read_authority(given);
  Tagger tagger(authority);
  ArticleReader reader(inputs, reader_options(given));
  std::uint64_t faults = 0;
  reader.on_fault([&](const ReadFault& fault) {
    ++faults;
    std::cerr << printable(fault.origin.str() + ": " + fault.message)
              << (fault.skipped ? " (skipped)\n" : "\n");
  });
  std::uint64_t articles = 0;
  while (const auto next = reader.next()) {
    const auto& article = next->first;
    const auto tags = tagger.tag(article.title, article.text, article.date);
    ++articles;
    if (json) {
      std::cout << tags_json(article.id, tags, authority, explain) << '\n';
    } else {
      print_text(article, tags, explain);
    }
  }
  return articles == 0 ? (faults == 0 ? Exit::nothing : Exit::failure) : Exit::done;
}

}  // namespace fihris::cli
