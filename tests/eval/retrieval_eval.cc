// SPDX-License-Identifier: GPL-2.0-or-later
// Ranking measured on a TREC-like collection:
//
//   retrieval_eval DOCUMENTS.jsonl INDEX COLLECTION_DIR...
//
// writes INDEX from the documents (one JSON object a line: id, text, perhaps title and date) unless
// it is there, runs queries.tsv of each collection (qid TAB words, no operators), writes
// INDEX.NAME.run in TREC format and prints one line of means per collection. The measures are those
// of trec_eval: queries without a relevant document are left out, unanswered ones count zero, ties
// in score are ordered by document id, descending.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/json_reader.h"
#include "base/tsv.h"
#include "fihris/error.h"
#include "fihris/index.h"
#include "fihris/search.h"

namespace {

using namespace std::string_literals;
using fihris::Authority;

constexpr std::size_t kDepth = 100;

/// No entities: collections are ranked by words, and tagging them takes time.
Authority no_entities() { return Authority::load({}, false); }

void write_index(const std::string& documents, const std::string& path) {
  fihris::Indexer indexer(path, no_entities());
  std::ifstream in(documents);
  for (std::string line; std::getline(in, line);) {
    const auto json = fihris::parse_json(line);
    const auto field = [&](std::string_view name) {
      const auto* value = json.find(name);
      return value == nullptr ? std::string() : value->string;
    };
    fihris::Article article;
    article.id = field("id");
    article.title = field("title");
    article.text = field("text");
    article.date = fihris::parse_iso_date(field("date"));
    indexer.add(std::move(article));
  }
  indexer.commit();
}

using Grades = std::map<std::string, int>;

std::map<std::string, Grades> read_qrels(const std::string& path) {
  std::map<std::string, Grades> qrels;
  std::ifstream in(path);
  std::string query, zero, document;
  for (int grade = 0; in >> query >> zero >> document >> grade;) qrels[query][document] = grade;
  return qrels;
}

struct Means {
  double ndcg = 0, mrr = 0, recall = 0;
  std::size_t queries = 0;
};

void score(const std::vector<std::string>& ranked, const Grades& grades, Means& means) {
  std::vector<int> gains;
  for (const auto& [document, grade] : grades) {
    if (grade > 0) gains.push_back(grade);
  }
  if (gains.empty()) return;
  ++means.queries;
  std::ranges::sort(gains, std::greater<>());
  const auto discount = [](std::size_t i) { return std::log2(static_cast<double>(i) + 2); };
  double ideal = 0, dcg = 0;
  for (std::size_t i = 0; i < gains.size() && i < 10; ++i) ideal += gains[i] / discount(i);
  std::size_t found = 0;
  bool first = true;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const auto grade = grades.find(ranked[i]);
    if (grade == grades.end() || grade->second <= 0) continue;
    if (i < 10) dcg += grade->second / discount(i);
    if (i < 10 && first) means.mrr += 1 / (static_cast<double>(i) + 1);
    first = false;
    if (i < 100) ++found;
  }
  means.ndcg += dcg / ideal;
  means.recall += static_cast<double>(found) / static_cast<double>(gains.size());
}

void run_collection(fihris::Searcher& searcher, const std::string& index,
                    const std::string& folder) {
  const auto name = std::filesystem::path(folder).filename().string();
  const auto qrels = read_qrels(folder + "/qrels.txt");
  std::ifstream in(folder + "/queries.tsv");
  std::ofstream out(index + "." + name + ".run");
  Means means;
  double milliseconds = 0;
  fihris::QueryOptions how;
  how.plain = true;
  how.match = fihris::QueryOptions::Match::any;
  fihris::SearchOptions options;
  options.limit = kDepth;
  options.snippets = false;
  options.suggest = false;
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    const auto id = line.substr(0, tab);
    const auto judged = qrels.find(id);
    if (judged == qrels.end()) continue;
    const auto query = fihris::Query::parse(line.substr(tab + 1), searcher.authority(), how);
    auto results = searcher.search(query, options);
    milliseconds += results.milliseconds;
    std::ranges::stable_sort(results.hits, [](const auto& a, const auto& b) {
      return std::tie(b.score, b.id) < std::tie(a.score, a.id);
    });
    std::vector<std::string> ranked;
    for (const auto& hit : results.hits) {
      ranked.push_back(hit.id);
      out.precision(17);
      out << id << " Q0 " << hit.id << ' ' << ranked.size() << ' ' << hit.score << " fihris\n";
    }
    score(ranked, judged->second, means);
  }
  const auto n = static_cast<double>(std::max<std::size_t>(means.queries, 1));
  std::cout.precision(4);
  std::cout << std::fixed << name << "\tqueries\t" << means.queries << "\tnDCG@10\t"
            << means.ndcg / n << "\tMRR@10\t" << means.mrr / n << "\tR@100\t" << means.recall / n
            << "\tms\t" << milliseconds / n << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: retrieval_eval DOCUMENTS.jsonl INDEX COLLECTION_DIR...\n";
    return 2;
  }
  try {
    if (!std::filesystem::exists(argv[2])) write_index(argv[1], argv[2]);
    fihris::Searcher searcher({argv[2]}, no_entities());
    for (int i = 3; i < argc; ++i) run_collection(searcher, argv[2], argv[i]);
  } catch (const fihris::Error& e) {
    std::cerr << e.what() << '\n';
    return 3;
  }
  return 0;
}
