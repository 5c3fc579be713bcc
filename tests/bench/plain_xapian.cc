// SPDX-License-Identifier: GPL-2.0-or-later
// What a program without fihris does: TermGenerator with Snowball's Arabic stemmer, values for
// source and day, the text as document data, one growing database.
//   plain_xapian DATABASE ARTICLES.jsonl [TIMES]
#include <sys/resource.h>
#include <xapian.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bench/json_articles.h"

int main(int argc, char** argv) {
  if (argc < 3) return 2;
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
