// SPDX-License-Identifier: GPL-2.0-or-later
// The commands that look at one thing: show, similar, explain, version, help.
#include <iostream>

#include "commands.h"
#include "fihris/analysis.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "fihris/search.h"
#include "fihris/tagger.h"
#include "fihris/version.h"
#include "help.h"
#include "hit_output.h"
#include "manual.h"
#include "options.h"
#include "output.h"
#include "query_help.h"
#include "search_options.h"

namespace fihris::cli {
namespace {

std::string one_argument(const po::variables_map& given, const char* what) {
  const auto words = arguments(given);
  if (words.size() != 1) throw UsageError(std::string("wanted one ") + what);
  return words.front();
}

}  // namespace

void show_options(po::options_description& options) {
  add_db_option(options, true);
  options.add_options()("tags", po::bool_switch(),
                        "the tags of the article too, as this authority sees them");
  add_authority_options(options);
  add_format_option(options, "text (default) or json");
}

Exit run_show(const po::variables_map& given) {
  const bool json = output_format(given, {"text", "json"}) == "json";
  const auto id = one_argument(given, "id");
  const auto authority = read_authority(given);
  Searcher searcher(db_paths(given), authority);
  const auto article = searcher.article(id);
  if (!article) {
    std::cerr << "fihris: no article \"" << printable(id) << "\"\n";
    return Exit::nothing;
  }
  if (json) {
    std::cout << article_json(*article) << '\n';
  } else {
    std::cout << isolated(printable(article->title)) << '\n' << printable(article->id);
    if (article->date) std::cout << "  " << to_iso(*article->date);
    if (!article->source.empty()) std::cout << "  " << isolated(printable(article->source));
    if (!article->author.empty()) std::cout << "  " << isolated(printable(article->author));
    std::cout << '\n';
    if (!article->url.empty()) std::cout << printable(article->url) << '\n';
    std::cout << '\n';
    for (std::size_t at = 0; at < article->text.size();) {
      const auto end = std::min(article->text.find('\n', at), article->text.size());
      std::cout << isolated(printable(article->text.substr(at, end - at))) << '\n';
      at = end + 1;
    }
  }
  if (get<bool>(given, "tags")) {
    const auto tags = Tagger(authority).tag(article->title, article->text, article->date);
    std::cout << tags_json(article->id, tags, authority, true) << '\n';
  }
  return Exit::done;
}

void similar_options(po::options_description& options) {
  add_search_options(options);
  options.add_options()("limit,n", po::value<std::size_t>()->value_name("N"),
                        "articles to show (10)");
  add_format_option(options, "text (default) or json");
}

Exit run_similar(const po::variables_map& given) {
  const bool json = output_format(given, {"text", "json"}) == "json";
  auto options = search_options(given);
  options.limit = get<std::size_t>(given, "limit", 10);
  Searcher searcher(db_paths(given), read_authority(given));
  const auto id = one_argument(given, "id");
  if (!searcher.article(id)) {
    std::cerr << "fihris: no article \"" << printable(id) << "\"\n";
    return Exit::nothing;
  }
  const auto results = searcher.more_like(id, options);
  for (const auto& hit : results.hits) {
    if (json) {
      std::cout << hit_json(hit) << '\n';
    } else {
      print_hit(hit);
    }
  }
  return results.hits.empty() ? Exit::nothing : Exit::done;
}

void explain_options(po::options_description& options) {
  add_search_options(options);
  add_format_option(
      options,
      "text (default): every stage and its counts; json: the tree, which programs ask again");
}

Exit run_explain(const po::variables_map& given) {
  const bool json = output_format(given, {"text", "json"}) == "json";
  const auto authority = read_authority(given);
  const auto query = read_query(given, authority);
  if (json) {
    std::cout << query.json() << '\n';
  } else {
    Searcher searcher(db_paths(given), authority);
    std::cout << searcher.explain(query);
  }
  return Exit::done;
}

void version_options(po::options_description&) {}

Exit run_version(const po::variables_map&) {
  std::cout << "fihris " << FIHRIS_VERSION_STRING << "\nanalyzer " << Analyzer::version()
            << "\nauthority " << Authority::builtin().version() << '\n';
  return Exit::done;
}

void help_options(po::options_description& options) {
  options.add_options()(
      "as", po::value<std::string>()->value_name("text|man|bash|zsh|fish"),
      "text (default); man: a manual page (`query` too); the others: completions for that shell");
}

Exit run_help(const po::variables_map& given) {
  const auto words = arguments(given);
  const auto kind = get<std::string>(given, "as", "text");
  if (kind == "bash" || kind == "zsh" || kind == "fish") {
    std::cout << (kind == "bash"  ? bash_completion()
                  : kind == "zsh" ? zsh_completion()
                                  : fish_completion());
    return Exit::done;
  }
  const bool page = kind == "man";
  if (!page && kind != "text")
    throw UsageError("--as " + kind + ": wanted text, man, bash, zsh or fish");
  if (words.empty()) {
    if (page) {
      std::cout << overview_page();
      return Exit::done;
    }
    print_help(std::cout);
    return Exit::done;
  }
  if (words.front() == "query") {
    std::cout << (page ? query_page() : std::string(kQueryHelp));
    return Exit::done;
  }
  for (const auto& command : commands()) {
    if (words.front() == command.name) {
      if (page) {
        std::cout << command_page(command);
      } else {
        print_command_help(std::cout, command);
      }
      return Exit::done;
    }
  }
  const auto near = nearest_command(words.front());
  throw UsageError("no help on \"" + words.front() + "\"" +
                   (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

}  // namespace fihris::cli
