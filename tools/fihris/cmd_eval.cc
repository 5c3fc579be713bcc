// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "base/file.h"
#include "base/json_reader.h"
#include "base/json_writer.h"
#include "commands.h"
#include "fihris/error.h"
#include "fihris/index.h"
#include "fihris/reader.h"
#include "fihris/search.h"
#include "options.h"
#include "output.h"

namespace fihris::cli {

void eval_options(po::options_description& options) {
  auto add = options.add_options();
  add("runs", po::value<std::string>()->value_name("DIR"),
      "keep the runs: DIR/NAME.run in TREC format");
  add("work", po::value<std::string>()->value_name("DIR"),
      "keep the indexes in DIR and use those that are there (else a temporary folder)");
  add_format_option(options, "text (default), tsv or json");
}

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDepth = 100;

/// A folder with collection.json, queries.tsv (qid TAB words) and qrels.txt (qid 0 docid grade).
struct Collection {
  std::string folder, name;
  std::string documents;         ///< file of articles
  std::string ids;               ///< file of the ids that belong to it, or empty
  std::set<std::string> fields;  ///< that are indexed
};

/// `path` from `folder` or from a folder above it.
std::string locate(const std::string& folder, const std::string& path) {
  for (auto at = fs::absolute(folder);; at = at.parent_path()) {
    if (fs::exists(at / path)) return (at / path).string();
    if (at == at.parent_path()) break;
  }
  throw Error(ErrorCode::not_found,
              folder + "/collection.json: no file " + path + " here or above");
}

Collection read_collection(const std::string& folder) {
  Collection collection{
      folder, fs::path(folder).lexically_normal().filename().string(), "", "", {}};
  if (collection.name.empty())
    collection.name = fs::path(folder).lexically_normal().parent_path().filename().string();
  const auto about = parse_json(read_file(folder + "/collection.json"));
  for (const auto* key : {"docs", "corpus"}) {
    if (const auto* value = about.find(key)) collection.documents = locate(folder, value->string);
  }
  if (collection.documents.empty()) {
    throw Error(ErrorCode::bad_format, folder + "/collection.json: wanted \"docs\" or \"corpus\"");
  }
  if (const auto* value = about.find("ids")) collection.ids = locate(folder, value->string);
  if (const auto* value = about.find("index_fields")) {
    for (const auto& field : value->items) collection.fields.insert(field.string);
  }
  return collection;
}

/// Without entities: collections are ranked by words.
Authority no_entities() { return Authority::load({}, false); }

void write_index(const Collection& collection, const std::string& path) {
  std::set<std::string> wanted;
  if (!collection.ids.empty()) {
    std::istringstream in(read_file(collection.ids));
    for (std::string id; in >> id;) wanted.insert(id);
  }
  Indexer indexer(path, no_entities());
  ReaderOptions as_it_stands;
  as_it_stands.format = InputFormat::jsonl;
  ArticleReader reader({collection.documents}, as_it_stands);
  while (auto next = reader.next()) {
    auto& given = next->first;
    if (!wanted.empty() && !wanted.contains(given.id)) continue;
    Article article;
    article.id = given.id;
    article.date = given.date;
    if (collection.fields.contains("title")) article.title = std::move(given.title);
    if (collection.fields.contains("text")) article.text = std::move(given.text);
    indexer.add(std::move(article));
  }
  indexer.commit();
}

using Grades = std::map<std::string, int>;

std::map<std::string, Grades> read_qrels(const std::string& path) {
  std::map<std::string, Grades> qrels;
  std::istringstream in(read_file(path));
  std::string query, zero, document;
  for (int grade = 0; in >> query >> zero >> document >> grade;) qrels[query][document] = grade;
  return qrels;
}

/// Means over the queries that have a relevant document, as trec_eval takes them: unanswered ones
/// count zero, ties in score are ordered by document id, descending; the grade itself is the gain
/// of nDCG (Järvelin and Kekäläinen 2002).
struct Means {
  double ndcg = 0, mrr = 0, recall = 0;
  std::size_t queries = 0;

  void add(const std::vector<std::string>& ranked, const Grades& grades) {
    std::vector<int> gains;
    for (const auto& [document, grade] : grades) {
      if (grade > 0) gains.push_back(grade);
    }
    if (gains.empty()) return;
    ++queries;
    std::sort(gains.begin(), gains.end(), std::greater<>());
    const auto discount = [](std::size_t i) { return std::log2(static_cast<double>(i) + 2); };
    double ideal = 0;
    double dcg = 0;
    for (std::size_t i = 0; i < gains.size() && i < 10; ++i) ideal += gains[i] / discount(i);
    std::size_t found = 0;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      const auto grade = grades.find(ranked[i]);
      if (grade == grades.end() || grade->second <= 0) continue;
      if (i < 10) dcg += grade->second / discount(i);
      if (i < 10 && found == 0) mrr += 1 / (static_cast<double>(i) + 1);
      ++found;
    }
    ndcg += dcg / ideal;
    recall += static_cast<double>(found) / static_cast<double>(gains.size());
  }
};

Means run_queries(Searcher& searcher, const Collection& collection, std::ostream* run) {
  const auto qrels = read_qrels(collection.folder + "/qrels.txt");
  std::istringstream in(read_file(collection.folder + "/queries.tsv"));
  QueryOptions how;
  how.plain = true;
  how.match = QueryOptions::Match::any;
  SearchOptions options;
  options.limit = kDepth;
  options.snippets = false;
  options.suggest = false;
  Means means;
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const auto id = line.substr(0, tab);
    const auto judged = qrels.find(id);
    if (judged == qrels.end()) continue;
    auto hits =
        searcher.search(Query::parse(line.substr(tab + 1), searcher.authority(), how), options)
            .hits;
    std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
      return std::tie(b.score, b.id) < std::tie(a.score, a.id);
    });
    std::vector<std::string> ranked;
    for (const auto& hit : hits) {
      ranked.push_back(hit.id);
      if (run != nullptr)
        *run << id << " Q0 " << hit.id << ' ' << ranked.size() << ' ' << hit.score << " fihris\n";
    }
    means.add(ranked, judged->second);
  }
  return means;
}

/// A folder that goes with the object.
class Scratch {
 public:
  Scratch() {
    auto name = (fs::temp_directory_path() / "fihris-eval-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw Error(ErrorCode::io, name + ": cannot make the folder");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

Exit run_eval(const po::variables_map& given) {
  const auto format = output_format(given, {"text", "tsv", "json"});
  const auto folders = arguments(given);
  if (folders.empty())
    throw UsageError(
        "which collections? Name folders with collection.json, queries.tsv and qrels.txt");
  const Scratch scratch;
  const auto work = get<std::string>(given, "work", scratch.path());
  const auto runs = get<std::string>(given, "runs");
  fs::create_directories(work);
  if (!runs.empty()) fs::create_directories(runs);
  Table table({"collection", "queries", "nDCG@10", "MRR@10", "R@100"},
              format == "tsv" ? TableFormat::tsv : TableFormat::text);
  const auto four = [](double sum, std::size_t n) {
    std::ostringstream out;
    out.precision(4);
    out << std::fixed << (n == 0 ? 0.0 : sum / static_cast<double>(n));
    return out.str();
  };
  for (const auto& folder : folders) {
    const auto collection = read_collection(folder);
    // Collections of the same documents and fields share an index.
    std::string key = collection.documents + "\n" + collection.ids;
    for (const auto& field : collection.fields) key += "\n" + field;
    const auto index = work + "/" + hex64(fnv1a(key)) + ".idx";
    if (!fs::exists(index)) write_index(collection, index);
    Searcher searcher({index}, no_entities());
    std::ofstream run;
    if (!runs.empty()) {
      run.open(runs + "/" + collection.name + ".run");
      run.precision(17);
    }
    const auto means = run_queries(searcher, collection, runs.empty() ? nullptr : &run);
    const std::vector<std::string> row{
        collection.name, std::to_string(means.queries), four(means.ndcg, means.queries),
        four(means.mrr, means.queries), four(means.recall, means.queries)};
    if (format == "json") {
      JsonWriter json;
      json.begin_object().field("collection", row[0]).field("queries", means.queries);
      json.key("nDCG@10")
          .raw(row[2])
          .key("MRR@10")
          .raw(row[3])
          .key("R@100")
          .raw(row[4])
          .end_object();
      std::cout << json.str() << '\n';
    } else {
      table.row(row);
    }
  }
  if (format != "json") table.print(std::cout);
  return Exit::done;
}

}  // namespace fihris::cli
