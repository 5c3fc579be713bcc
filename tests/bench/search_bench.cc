// SPDX-License-Identifier: GPL-2.0-or-later
// Searching timed: search_bench INDEX PLAIN [ROUNDS]
//
// PLAIN is a folder for a database as a plain program would make it of the same articles: the same
// stem keys and spellings with positions, the same values, one database. It is made if it is not
// there.
//
// 300 mixed queries made from the articles of the index itself: frequent and rare words, AND, OR,
// phrases, prefixes, filters, dates. Each runs (a) for totals and ten hits, (b) with all facets as
// well, and (c) as a plain Xapian program would: the same words on PLAIN through an Enquire, a spy
// that splits the joined facet strings, every match looked at; without the spy too. Mean, p50, p95,
// p99 in milliseconds; the first round, with cold caches, is told apart. No hit is formatted:
// snippets cost the same on all sides. Parsing is left out on both sides, compiling is timed.
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "analysis/words.h"
#include "base/file.h"
#include "fihris/error.h"
#include "fihris/search.h"
#include "index/schema.h"
#include "index/snapshot.h"
#include "query/compile.h"
#include "query/query_impl.h"
#include "search/engine.h"

namespace {

using fihris::Authority;
using fihris::FacetField;
using fihris::FacetRequest;

constexpr std::size_t kQueries = 300;
constexpr std::size_t kHits = 10;

/// A query for fihris and what a plain program makes of it.
struct Pair {
  std::string text;
  Xapian::Query plain;
  std::shared_ptr<const fihris::Query> parsed;
};

class Queries {
 public:
  explicit Queries(const Xapian::Database& database) : database_(database), random_(3) {
    for (Xapian::docid at = 1; at <= database.get_lastdocid() && texts_.size() < 2000;
         at += 1 + database.get_doccount() / 2000) {
      try {
        const auto article = fihris::index::decode_article(database.get_document(at).get_data());
        std::vector<const fihris::analysis::Word*> words;
        for (const auto& token : fihris::analysis::tokenize(article.text, table_)) {
          words.push_back(token.word);
        }
        if (words.size() > 20) texts_.push_back(std::move(words));
      } catch (const Xapian::DocNotFoundError&) {
        continue;
      }
    }
  }

  std::vector<Pair> make() {
    std::vector<Pair> all;
    while (all.size() < kQueries) all.push_back(one(all.size() % 10));
    return all;
  }

 private:
  using Word = fihris::analysis::Word;
  const Word& word(bool frequent) {
    for (int tries = 0;; ++tries) {
      const auto& text = texts_[random_() % texts_.size()];
      const auto& word = *text[random_() % text.size()];
      if (word.stop || word.stem.size() < 4) continue;
      const auto n = database_.get_termfreq(std::string(word.stem));
      const bool is_frequent = n > database_.get_doccount() / 50;
      if (is_frequent == frequent || tries > 1000) return word;
    }
  }
  static Xapian::Query term(const Word& word) { return Xapian::Query(std::string(word.stem)); }
  static Xapian::Query join(Xapian::Query::op op, const Xapian::Query& a, const Xapian::Query& b) {
    return Xapian::Query(op, a, b);
  }

  Pair one(std::size_t kind) {
    const auto& a = word(true);
    const auto& b = word(kind % 2 == 0);
    const std::string x(a.written), y(b.written);
    using Q = Xapian::Query;
    switch (kind) {
      case 0:
        return {x, term(a)};
      case 1:
        return {y, term(b)};
      case 2:
      case 3:
        return {x + " AND " + y, join(Q::OP_AND, term(a), term(b))};
      case 4:
        return {x + " OR " + y, join(Q::OP_OR, term(a), term(b))};
      case 5: {
        const auto& text = texts_[random_() % texts_.size()];
        const auto at = random_() % (text.size() - 1);
        const auto& first = *text[at];
        const auto& second = *text[at + 1];
        const std::string terms[] = {std::string(first.stem), std::string(second.stem)};
        return {"\"" + std::string(first.written) + " " + std::string(second.written) + "\"",
                Q(Q::OP_PHRASE, terms, terms + 2)};
      }
      case 6: {
        // Four letters, two bytes each; with fewer than three a prefix is refused.
        if (a.folded.size() < 8) return one(kind);
        const auto start = std::string(a.folded.substr(0, 8));
        return {"=" + start + "*", Q(Q::OP_WILDCARD, "R" + start, 1000,
                                     Q::WILDCARD_LIMIT_MOST_FREQUENT, Q::OP_SYNONYM)};
      }
      case 7:
        return {x + " region:sa", join(Q::OP_FILTER, term(a), Q("XTsa"))};
      case 8: {
        const auto low = Xapian::sortable_serialise(fihris::to_days({2015, 8, 1}));
        const auto high = Xapian::sortable_serialise(fihris::to_days({2015, 8, 15}));
        return {x + " date:2015-08-01..2015-08-15",
                join(Q::OP_FILTER, term(a), Q(Q::OP_VALUE_RANGE, 0, low, high))};
      }
      default: {
        const auto& c = word(true);
        return {x + " OR " + y + " OR " + std::string(c.written),
                join(Q::OP_OR, join(Q::OP_OR, term(a), term(b)), term(c))};
      }
    }
  }

  const Xapian::Database& database_;
  std::mt19937 random_;
  fihris::analysis::WordTable table_;
  std::vector<std::vector<const Word*>> texts_;
};

/// Counts the parts of joined strings, as programs do that know nothing better.
class SplitSpy : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double) override {
    ++total;
    for (const auto slot :
         {fihris::index::kSlotFactions, fihris::index::kSlotRegions, fihris::index::kSlotEvents,
          fihris::index::kSlotSource, fihris::index::kSlotDay}) {
      const auto value = document.get_value(slot);
      std::size_t at = 0;
      while (at < value.size()) {
        const auto end = std::min(value.find('\n', at), value.size());
        ++counts[slot][value.substr(at, end - at)];
        at = end + 1;
      }
    }
  }
  std::uint64_t total = 0;
  std::map<unsigned, std::map<std::string, std::uint64_t>> counts;
};

/// The database of a plain program: TermGenerator's way, with the words that fihris found.
void make_plain(const fihris::index::Snapshot& snapshot, const std::string& path) {
  std::fprintf(stderr, "making %s\n", path.c_str());
  Xapian::WritableDatabase plain(path + ".tmp",
                                 Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
  for (std::size_t s = 0; s < snapshot.segments(); ++s) {
    const auto database = snapshot.segment_database(s);
    const auto& words = snapshot.words(s).view();
    const auto& columns = snapshot.columns(s);
    fihris::index::ArticleWords article;
    for (std::uint32_t i = 0; i < columns.documents; ++i) {
      const auto old = database.get_document(i + 1);
      Xapian::Document document;
      document.set_data(old.get_data());
      for (auto it = old.values_begin(); it != old.values_end(); ++it) {
        document.add_value(it.get_valueno(), *it);
      }
      words.read(i, article);
      for (std::size_t w = 0; w < article.forms.size(); ++w) {
        const auto form = article.forms[w];
        const std::string stem(words.stem(words.form_stems[form]));
        if (!stem.empty()) document.add_posting(stem, article.position(w));
        document.add_term(fihris::index::bounded_term("R", words.form(form)));
      }
      for (const auto region : columns.regions.of(i)) {
        const auto id = columns.regions.name(region);
        for (std::size_t at = id.find('/');; at = id.find('/', at + 1)) {
          document.add_boolean_term("XT" + std::string(id.substr(0, at)));
          if (at == id.npos) break;
        }
      }
      plain.add_document(document);
    }
  }
  plain.commit();
  plain.close();
  fihris::rename_file(path + ".tmp", path);
}

double now() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void report(const char* name, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  double sum = 0;
  for (const auto t : times) sum += t;
  const auto at = [&](double part) {
    return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
  };
  std::printf("%-31s mean %8.3f  p50 %8.3f  p95 %8.3f  p99 %8.3f\n", name,
              sum / static_cast<double>(times.size()), at(0.5), at(0.95), at(0.99));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: search_bench INDEX PLAIN [ROUNDS]\n");
    return 2;
  }
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 3;
  try {
    const auto snapshot = fihris::index::Snapshot::open(argv[1]);
    if (!fihris::file_exists(argv[2])) make_plain(*snapshot, argv[2]);
    const Xapian::Database database(argv[2]);
    const auto authority = Authority::builtin();
    const auto engine = fihris::search::open_local({argv[1]}, authority);
    Queries maker(database);
    auto queries = maker.make();
    for (auto& pair : queries) {
      pair.parsed =
          std::make_shared<const fihris::Query>(fihris::Query::parse(pair.text, authority));
    }
    fihris::search::Wanted plain_wanted;
    plain_wanted.count = kHits;
    auto with_facets = plain_wanted;
    for (const auto field : {FacetField::faction, FacetField::region, FacetField::source,
                             FacetField::published, FacetField::event}) {
      FacetRequest request;
      request.field = field;
      with_facets.facets.push_back(request);
    }
    for (int round = 0; round <= rounds; ++round) {
      std::vector<double> matches, facets, plain, counted_alone;
      std::uint64_t differences = 0, total = 0;
      for (const auto& pair : queries) {
        const auto run = [&](const fihris::search::Wanted& wanted) {
          const auto compiled =
              fihris::query::compile(pair.parsed->impl(), false, authority, engine->terms());
          fihris::search::Deadline deadline(std::chrono::minutes(1));
          return engine->search({&compiled, {}}, wanted, deadline).total;
        };
        if (round > 0) run(with_facets);  // both are timed with warm caches
        auto begin = now();
        run(plain_wanted);
        matches.push_back(now() - begin);
        begin = now();
        const auto counted = run(with_facets);
        facets.push_back(now() - begin);
        if (std::getenv("SKIP_PLAIN")) continue;
        Xapian::Enquire enquire(database);
        enquire.set_query(pair.plain);
        begin = now();
        enquire.get_mset(0, kHits, database.get_doccount());
        counted_alone.push_back(now() - begin);
        begin = now();
        SplitSpy spy;
        enquire.add_matchspy(&spy);
        enquire.get_mset(0, kHits, database.get_doccount());
        plain.push_back(now() - begin);
        if (spy.total != counted) {
          ++differences;
          if (round == 0) {
            std::fprintf(stderr, "%s: %llu articles, plain %llu\n", pair.text.c_str(),
                         static_cast<unsigned long long>(counted),
                         static_cast<unsigned long long>(spy.total));
          }
        }
        total += counted;
      }
      if (round == 0) {
        std::printf(
            "%u articles, %zu queries, %.0f matches a query; other totals than plain: %llu\n",
            database.get_doccount(), queries.size(),
            static_cast<double>(total) / static_cast<double>(queries.size()),
            static_cast<unsigned long long>(differences));
      }
      std::printf("round %d%s\n", round, round == 0 ? " (cold)" : "");
      static const char* const kKinds[] = {"frequent", "rare",   "AND",    "AND rare", "OR",
                                           "phrase",   "prefix", "region", "days",     "OR of 3"};
      for (std::size_t kind = 0; kind < 10; ++kind) {
        std::vector<double> own;
        for (std::size_t i = kind; i < matches.size(); i += 10) own.push_back(matches[i]);
        report((std::string("  totals: ") + kKinds[kind]).c_str(), own);
        own.clear();
        for (std::size_t i = kind; i < facets.size(); i += 10) own.push_back(facets[i]);
        report((std::string("  facets: ") + kKinds[kind]).c_str(), own);
      }
      report("  totals and hits", matches);
      report("  with all facets", facets);
      if (plain.empty()) continue;
      report("  plain Xapian, totals and hits", counted_alone);
      report("  plain Xapian, split strings", plain);
    }
  } catch (const fihris::Error& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 3;
  }
  return 0;
}
