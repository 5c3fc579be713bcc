// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/wait.h>

#include "base/file.h"
#include "fixture.h"
#include "index/article_data.h"
#include "index/hidden.h"
#include "index/manifest.h"
#include "index/schema.h"

namespace fihris::index::test {
namespace {

void add(IndexWriter& writer, int first, int last, int version = 0) {
  for (int i = first; i < last; ++i) writer.add(make_article(i, version));
}

template <class Body>
ErrorCode code_of(Body&& body) {
  try {
    body();
  } catch (const Error& e) {
    return e.code();
  }
  return ErrorCode{};
}

}  // namespace

TEST_CASE("articles come back as they were added, in order, with all their fields") {
  const TemporaryFolder folder;
  auto writer = open_writer(folder.at("index"));
  add(*writer, 0, 20);
  CHECK(code_of([&] { Snapshot::open(folder.at("index")); }) == ErrorCode::not_found);
  writer->commit();
  int number = 0;
  export_articles(folder.at("index"), [&](const Article& article) {
    const auto expected = make_article(number++);
    CHECK(article.id == expected.id);
    CHECK(article.source == expected.source);
    CHECK(article.url == expected.url);
    CHECK(article.date == expected.date);
    CHECK(article.title == expected.title);
    CHECK(article.author == expected.author);
    CHECK(article.text == expected.text);
    REQUIRE(article.fields.size() == 1);
    CHECK(article.fields[0].value == expected.fields[0].value);
    CHECK(article.fields[0].json);
    return true;
  });
  CHECK(number == 20);
}

TEST_CASE("the same articles give the same index whatever the number of threads") {
  const TemporaryFolder folder;
  for (const unsigned threads : {1u, 4u}) {
    auto writer = open_writer(folder.at("index" + std::to_string(threads)), threads);
    add(*writer, 0, 1100);
    writer->commit();
  }
  const auto one = contents(folder.at("index1"));
  CHECK(one.size() == 1100);
  CHECK(one == contents(folder.at("index4")));
}

TEST_CASE("an article of a known id replaces the old one, in one batch and across commits") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path, 2);
  add(*writer, 0, 600);
  add(*writer, 590, 600, 1);  // still in the open part
  add(*writer, 0, 10, 1);     // their part is closed
  writer->commit();
  CHECK(titles(path).size() == 600);
  CHECK(titles(path)["a3"] == make_article(3, 1).title);
  CHECK(titles(path)["a595"] == make_article(595, 1).title);
  add(*writer, 3, 4, 2);
  writer->commit();
  CHECK(titles(path).size() == 600);
  CHECK(titles(path)["a3"] == make_article(3, 2).title);
  CHECK(Snapshot::open(path)->documents() == 600);
  CHECK(check_index(path).empty());
}

TEST_CASE("a removed article is gone, from the counts too, and can be added again") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  add(*writer, 0, 100);
  writer->commit();
  CHECK(writer->remove("a7"));
  CHECK_FALSE(writer->remove("a7"));
  CHECK_FALSE(writer->remove("nobody"));
  writer->commit();
  CHECK(titles(path).count("a7") == 0);
  CHECK(Snapshot::open(path)->documents() == 99);
  CHECK(index_stats(path).removed == 1);
  add(*writer, 7, 8, 5);
  writer->commit();
  CHECK(titles(path)["a7"] == make_article(7, 5).title);
  CHECK(writer->remove("a8"));
  add(*writer, 200, 201);
  CHECK(writer->remove("a200"));  // added and not yet committed
  writer->commit();
  CHECK(titles(path).size() == 99);
  CHECK(check_index(path).empty());
}

TEST_CASE("clients of Xapian alone can hide what was removed or replaced") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  add(*writer, 0, 100);
  writer->commit();
  CHECK(hidden_query(Xapian::Database(path)).empty());
  CHECK(writer->remove("a7"));
  add(*writer, 9, 10, 1);
  writer->commit();
  const Xapian::Database db(path);
  Xapian::Enquire enquire(db);
  enquire.set_query(
      Xapian::Query(Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, hidden_query(db)));
  std::map<std::string, std::string> found;
  const auto matches = enquire.get_mset(0, 1000);
  for (auto it = matches.begin(); it != matches.end(); ++it) {
    const auto article = decode_article(it.get_document().get_data());
    CHECK(found.emplace(article.id, article.title).second);
  }
  CHECK(found == titles(path));
}

TEST_CASE("compacting leaves one segment without removed articles") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  for (int batch = 0; batch < 4; ++batch) {
    add(*writer, batch * 30, batch * 30 + 30);
    writer->commit();
  }
  for (const char* id : {"a0", "a5", "a31", "a118", "a119"}) CHECK(writer->remove(id));
  writer->commit();
  const auto before = titles(path);
  writer->compact();
  const auto stats = index_stats(path);
  CHECK(stats.segments == 1);
  CHECK(stats.removed == 0);
  CHECK(stats.documents == 115);
  CHECK(titles(path) == before);
  CHECK(Xapian::Database(path).get_doccount() == 115);
  CHECK(Xapian::Database(path).get_lastdocid() == 115);
  CHECK(check_index(path).empty());
}

TEST_CASE("many small commits leave few segments and few files") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  for (int i = 0; i < 80; ++i) {
    add(*writer, i, i + 1);
    writer->commit();
  }
  const auto stats = writer->stats();
  CHECK(stats.documents == 80);
  CHECK(stats.segments < 16);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    files += entry.is_regular_file() ? 1 : 0;
  }
  CHECK(files <= static_cast<int>(3 * stats.segments + 3));  // lock, manifest and its copy
  CHECK(titles(path).size() == 80);
  CHECK(check_index(path).empty());
}

TEST_CASE("a reader keeps its revision while the index is rewritten") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  add(*writer, 0, 50);
  writer->commit();
  const auto snapshot = Snapshot::open(path);
  CHECK_FALSE(snapshot->stale());
  for (int i = 0; i < 50; ++i) writer->remove("a" + std::to_string(i));
  add(*writer, 100, 120);
  writer->commit();
  writer->compact();
  CHECK(snapshot->stale());
  CHECK(snapshot->documents() == 50);
  const auto db = snapshot->database();  // its files have no name any more
  CHECK(db.get_doccount() == 50);
  CHECK(decode_article(db.get_document(50).get_data()).id == "a49");
  CHECK(Snapshot::open(path)->documents() == 20);
}

TEST_CASE("a second writer is told the process that writes; a dead one holds no lock") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  try {
    open_writer(path);
    FAIL("two writers");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::index_locked);
    CHECK(std::string(e.what()).find(std::to_string(::getpid())) != std::string::npos);
  }
  writer.reset();
  const pid_t child = ::fork();
  if (child == 0) {
    auto other = open_writer(path);
    ::_exit(0);  // without letting go
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK_NOTHROW(open_writer(path));
}

TEST_CASE("a checkpoint is committed with the articles before it and survives the writer") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  {
    auto writer = open_writer(path);
    CHECK(writer->checkpoint().empty());
    add(*writer, 0, 3);
    writer->set_checkpoint("سطر 3\nof % file");
    writer->commit();
    writer->set_checkpoint("never committed");
    add(*writer, 3, 6);
  }
  auto writer = open_writer(path);
  CHECK(writer->checkpoint() == "سطر 3\nof % file");
  CHECK(titles(path).size() == 3);
}

TEST_CASE("an article that cannot be indexed is refused and costs no other") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  add(*writer, 0, 5);
  auto bad = make_article(6);
  bad.date = Date{2015, 2, 30};
  CHECK(code_of([&] { writer->add(bad); }) == ErrorCode::invalid_argument);
  auto large = make_article(7);
  large.text.assign((64u << 20) + 1, 'x');
  CHECK(code_of([&] { writer->add(large); }) == ErrorCode::invalid_argument);
  auto odd = make_article(8);
  odd.id = std::string(3000, 'i') + '\0';
  odd.source = std::string(500, 's');
  odd.text = std::string(100000, 'w') + " \xFF\xFE " + std::string("\0\0 word", 7);
  odd.fields.push_back({std::string(1000, 'f'), "value", false});
  writer->add(odd);
  writer->commit();
  const auto all = titles(path);
  CHECK(all.size() == 6);
  CHECK(all.count(odd.id) == 1);
  CHECK(writer->remove(odd.id));
}

TEST_CASE("a folder that holds something else is left alone") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.at("home"));
  write_file(folder.at("home/letter.txt"), "dear");
  CHECK(code_of([&] { open_writer(folder.at("home")); }) == ErrorCode::invalid_argument);
  CHECK_FALSE(file_exists(folder.at("home/lock")));
}

TEST_CASE("terms, words, places, values and columns are those of the schema") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  auto writer = open_writer(path);
  add(*writer, 2, 3);
  writer->commit();
  const Xapian::Database db(path);
  CHECK(db.get_termfreq("Qa2") == 1);
  CHECK(db.get_termfreq("XSsada") == 1);
  CHECK(db.get_termfreq("XFnusra-front") == 1);
  CHECK(db.get_collection_freq("XFnusra-front") == 2);  // mentions
  CHECK(db.get_termfreq("XBnusra-front") == 1);         // in the title
  CHECK(db.get_termfreq("XCsy/idlib/ariha") == 0);
  for (const char* id : {"XTsy", "XTsy/idlib", "XTsy/idlib/ariha", "XGjihadists", "XGnusra-front",
                         "XHfaction", "XHregion", "XHevent", "XHdate", "XHtags", "Kحرب", "Lar"}) {
    CAPTURE(id);
    CHECK(db.get_termfreq(id) == 1);
  }
  const auto document = db.get_document(1);
  CHECK(document.get_value(kSlotFactions) == "nusra-front");
  CHECK(document.get_value(kSlotEvents) == "2015-07");
  CHECK(document.get_value(kSlotSource) == "sada");
  CHECK(Xapian::sortable_unserialise(document.get_value(kSlotDay)) == 16002);
  const auto snapshot = Snapshot::open(path);
  const auto& words = snapshot->words(0).view();
  ArticleWords article;
  words.read(0, article);
  CHECK(article.title == 5);  // خبر رقم 2 نسخة 0
  CHECK(article.forms.size() == 85);
  CHECK(words.form(article.forms[0]) == "خبر");
  CHECK(article.position(0) == 1);
  CHECK(article.position(5) == kTextStart);
  CHECK(article.sentence_ends.front() == 5);
  CHECK(article.paragraph_ends.back() == kTextStart + 79);
  const auto places = decode_places(words.mentions_of(0)).entities;
  REQUIRE(places.size() == 2);  // the faction, then the region
  CHECK(places[0] == std::vector<std::uint32_t>{1, kTextStart});
  CHECK(places[1] == std::vector<std::uint32_t>{kTextStart});
  const auto& columns = snapshot->columns(0);
  CHECK(columns.documents == 1);
  CHECK(columns.day[0] == 16002);
  CHECK(columns.length[0] == db.get_doclength(1));
  REQUIRE(columns.factions.of(0).size() == 1);
  CHECK(columns.factions.name(columns.factions.of(0)[0]) == "nusra-front");
  CHECK(columns.regions.name(columns.regions.of(0)[0]) == "sy/idlib/ariha");
  CHECK(columns.sources.name(columns.sources.of(0)[0]) == "sada");
  REQUIRE(columns.events.size() == 1);
  CHECK(columns.events[0].first == to_days(Date{2015, 7, 1}));
  CHECK(columns.events[0].last == to_days(Date{2015, 7, 31}));
}

TEST_CASE("retagging applies another authority to the stored articles") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  {
    auto writer = open_writer(path);
    add(*writer, 0, 300);
    writer->commit();
    writer->remove("a5");
    writer->commit();
  }
  TagSource other = test_tags();
  other.version = "test-2";
  other.make_tagger = [] {
    return [](const Article&, const ArticleTokens&, const analysis::WordTable&) {
      return ArticleTags{};
    };
  };
  IndexWriter writer(path, other, {});
  writer.retag();
  const Xapian::Database db(path);
  CHECK(db.get_termfreq("XFnusra-front") == 0);
  CHECK(db.get_doccount() == 299);
  CHECK(index_stats(path).authority == "test-2");
  CHECK(check_index(path).empty());
}

TEST_CASE("an index of another analysis is refused until it is retagged") {
  const TemporaryFolder folder;
  const auto path = folder.at("index");
  {
    auto writer = open_writer(path);
    add(*writer, 0, 10);
    writer->commit();
  }
  auto manifest = read_manifest(path);
  manifest.analyzer = "of old";
  write_file(folder.at("index/XAPIANDB"), write_manifest(manifest));
  CHECK(code_of([&] { Snapshot::open(path); }) == ErrorCode::index_version);
  auto writer = open_writer(path);
  CHECK(code_of([&] { writer->add(make_article(11)); }) == ErrorCode::index_version);
  writer->retag();
  CHECK(titles(path).size() == 10);
  writer->add(make_article(11));
  writer->commit();
  CHECK(titles(path).size() == 11);
}

TEST_CASE("a build that was interrupted takes up its finished parts and gives the same index") {
  const TemporaryFolder folder;
  {
    auto writer = open_writer(folder.at("whole"));
    add(*writer, 0, 4100);
    writer->commit();
  }
  const pid_t child = ::fork();
  if (child == 0) {
    auto writer = open_writer(folder.at("index"));
    add(*writer, 0, 4100);
    ::sleep(60);  // the parent ends it
    ::_exit(0);
  }
  const auto done = [&] {
    int count = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder.at("index/build"), error)) {
      count += entry.path().extension() == ".done" ? 1 : 0;
    }
    return count;
  };
  for (int i = 0; i < 1000 && done() < 2; ++i) ::usleep(20000);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  REQUIRE(done() == 2);
  auto writer = open_writer(folder.at("index"));
  add(*writer, 0, 4100);
  writer->commit();
  CHECK(contents(folder.at("index")) == contents(folder.at("whole")));
  CHECK_FALSE(file_exists(folder.at("index/build")));
}

}  // namespace fihris::index::test
