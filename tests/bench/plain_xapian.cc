// SPDX-License-Identifier: GPL-2.0-or-later
// What a program without fihris does: TermGenerator with Snowball's Arabic stemmer, values for
// source and day, the text as document data, one growing database.
//   plain_xapian DATABASE ARTICLES.jsonl [TIMES]
//   plain_xapian DATABASE --ask QUERIES    the questions of compare.py: an exact total, the best
//   ten
#include <sys/resource.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "bench/json_articles.h"

namespace {

int ask(const char* path, const char* file) {
  const Xapian::Database db(path);
  const Xapian::Stem stem("arabic");
  std::vector<std::pair<std::string, std::vector<std::string>>> questions;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    std::vector<std::string> asked;
    for (std::string word; words >> word;) asked.push_back(word);
    questions.emplace_back(kind, std::move(asked));
  }
  struct Kind {
    std::vector<double> spent;
    std::uint64_t matches = 0;
  };
  std::map<std::string, Kind> kinds;
  for (int round = 0; round < 2; ++round) {
    kinds.clear();
    for (const auto& [kind, words] : questions) {
      const auto begin = std::chrono::steady_clock::now();
      const bool phrase = kind == "phrase";
      std::vector<std::string> terms;
      for (const auto& word : words) terms.push_back(phrase ? word : "Z" + stem(word));
      Xapian::Enquire enquire(db);
      enquire.set_query(Xapian::Query(phrase ? Xapian::Query::OP_PHRASE : Xapian::Query::OP_AND,
                                      terms.begin(), terms.end()));
      const auto found = enquire.get_mset(0, 10, db.get_doccount());
      for (auto at = found.begin(); at != found.end(); ++at) at.get_document().get_data();
      kinds[kind].matches += found.get_matches_estimated();
      kinds[kind].spent.push_back(
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
              .count());
    }
  }
  for (auto& [kind, one] : kinds) {
    auto& spent = one.spent;
    std::sort(spent.begin(), spent.end());
    std::printf(
        "%s\tmatches %llu\tmean_ms %.3f\tp50_ms %.3f\tp95_ms %.3f\n", kind.c_str(),
        static_cast<unsigned long long>(one.matches),
        std::accumulate(spent.begin(), spent.end(), 0.0) / static_cast<double>(spent.size()),
        spent[spent.size() / 2], spent[spent.size() * 95 / 100]);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  if (argc == 4 && std::string_view(argv[2]) == "--ask") return ask(argv[1], argv[3]);
  const int times = argc > 3 ? std::atoi(argv[3]) : 1;
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t count = 0;
  {
    Xapian::WritableDatabase db(argv[1], Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("arabic"));
    for (int round = 0; round < times; ++round) {
      fihris::bench::read_articles(argv[2], [&](const fihris::Article& article) {
        Xapian::Document document;
        generator.set_document(document);
        generator.set_termpos(0);
        generator.index_text(article.title, 1, "S");
        generator.index_text(article.title);
        generator.increase_termpos();
        generator.index_text(article.text);
        const auto id = "Q" + article.id + (round > 0 ? "-" + std::to_string(round) : "");
        document.add_boolean_term(id);
        document.add_boolean_term("XS" + article.source);
        document.add_value(0, article.source);
        if (article.date) {
          document.add_value(1, Xapian::sortable_serialise(fihris::to_days(*article.date)));
        }
        document.set_data(article.title + '\n' + article.url + '\n' + article.text);
        db.replace_document(id, document);
        ++count;
      });
    }
    db.commit();
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("articles %llu\nbuild_seconds %.2f\nprocessor_seconds %.2f\npeak_mb %.0f\n",
              static_cast<unsigned long long>(count),
              std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
              static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec),
              static_cast<double>(usage.ru_maxrss) / 1024);
  return 0;
}
