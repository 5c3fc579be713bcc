// SPDX-License-Identifier: GPL-2.0-or-later
// What is written in one pass reads as what Xapian itself writes of the same documents.
#include "index/segment.h"

#include <xapian.h>

#include <random>

#include "base/file.h"
#include "fihris/error.h"
#include "fixture.h"
#include "index/columns_file.h"
#include "index/glass_table.h"
#include "index/part_postings.h"
#include "index/postings.h"
#include "index/words_file.h"

namespace fihris::index::test {
namespace {

struct Made {
  std::string data;
  std::map<std::string, std::uint32_t> terms;
  std::map<unsigned, std::string> values;
};

/// Documents with terms of every frequency, long values, long and strange terms.
std::vector<Made> random_documents(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Made> all(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& one = all[i];
    one.data = "document " + std::to_string(i);
    one.terms["everywhere"] = 1 + random() % 300;
    one.terms["Q" + std::to_string(i)] = 0;
    if (i % 7 == 0) one.terms[std::string("zero\0byte", 9)] = 2;
    if (i % 97 == 3) one.terms[std::string(240, 'x') + std::to_string(i % 5)] = 1;
    for (int n = 0; n < 30; ++n) {
      const auto term = random() % (1u << (1 + random() % 14));
      one.terms["كلمة" + std::to_string(term)] += 1 + random() % 3;
    }
    one.values[0] = Xapian::sortable_serialise(static_cast<double>(random() % 1000));
    if (i % 3 == 0) one.values[1] = std::string(random() % 60, 'v') + "w";
    if (i % 500 == 9) one.values[2] = std::string(9000, 'y') + std::to_string(i);
  }
  return all;
}

/// All that can be read of a database.
std::string dump(const Xapian::Database& db) {
  std::string out = std::to_string(db.get_doccount()) + ' ' + std::to_string(db.get_lastdocid()) +
                    ' ' + std::to_string(db.get_total_length()) + ' ' +
                    std::to_string(db.get_doclength_lower_bound()) + ' ' +
                    std::to_string(db.get_doclength_upper_bound()) + '\n';
  for (auto it = db.postlist_begin(""); it != db.postlist_end(""); ++it) {
    out += std::to_string(*it) + ':' + std::to_string(it.get_doclength()) + ' ';
    out += db.get_document(*it).get_data() + '\n';
  }
  for (unsigned slot = 0; slot < kSlots; ++slot) {
    out += std::to_string(db.get_value_freq(slot)) + db.get_value_lower_bound(slot) +
           db.get_value_upper_bound(slot) + '\n';
    for (auto it = db.valuestream_begin(slot); it != db.valuestream_end(slot); ++it) {
      out += std::to_string(it.get_docid()) + '=' + *it + '\n';
    }
  }
  for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
    out += *term + ' ' + std::to_string(term.get_termfreq()) + ' ' +
           std::to_string(db.get_collection_freq(*term));
    for (auto it = db.postlist_begin(*term); it != db.postlist_end(*term); ++it) {
      out += ' ' + std::to_string(*it) + '/' + std::to_string(it.get_wdf());
    }
    out += '\n';
  }
  return out;
}

/// The database that Xapian makes of the documents by itself.
std::string expected(const std::vector<Made>& documents, const std::string& folder) {
  Xapian::WritableDatabase db(folder, Xapian::DB_CREATE | Xapian::DB_NO_TERMLIST);
  for (const auto& one : documents) {
    Xapian::Document document;
    document.set_data(one.data);
    for (const auto& [term, frequency] : one.terms) document.add_term(term, frequency);
    for (const auto& [slot, value] : one.values) document.add_value(slot, value);
    db.add_document(document);
  }
  db.commit();
  return dump(db);
}

void write(const std::vector<Made>& documents, const std::string& base) {
  PartContents contents;
  std::vector<std::string> data;
  for (const auto& one : documents) {
    for (const auto& [term, frequency] : one.terms) contents.postings.add(term, frequency);
    for (const auto& [slot, value] : one.values) {
      contents.postings.value(static_cast<Slot>(slot), value);
    }
    contents.postings.end_document();
    contents.words.end_title();
    contents.words.end_document("");
    data.push_back(one.data);
  }
  write_part(base, data, contents, std::vector<Signature>(documents.size()));
}

}  // namespace

TEST_CASE("a segment of parts reads as the database that Xapian makes of the same documents") {
  for (const std::size_t count : {1, 2, 700, 40000}) {
    CAPTURE(count);
    const TemporaryFolder folder;
    const auto documents = random_documents(count, static_cast<unsigned>(count));
    const auto parts = count < 100 ? 1 : 3;
    std::vector<SegmentInput> inputs;
    std::size_t begin = 0;
    for (int part = 1; part <= parts; ++part) {
      const auto end = part == parts ? count : count * static_cast<std::size_t>(part) / 4;
      inputs.push_back({folder.at("part" + std::to_string(part)), true, {}});
      write({documents.begin() + static_cast<std::ptrdiff_t>(begin),
             documents.begin() + static_cast<std::ptrdiff_t>(end)},
            inputs.back().base);
      begin = end;
    }
    const auto entry = write_segment(inputs, folder.at("s"), 0);
    CHECK(entry.documents == count);
    CHECK(Xapian::Database::check(folder.at("s.glass"), 0, nullptr) == 0);
    const auto db = open_segment(folder.at("s"));
    CHECK(dump(db) == expected(documents, folder.at("x")));
    const auto last = db.get_document(static_cast<Xapian::docid>(count));
    CHECK(last.values_count() == documents.back().values.size());
  }
}

TEST_CASE("the table that is handed to Xapian has no errors that Xapian's check finds") {
  const TemporaryFolder folder;
  write(random_documents(30000, 5), folder.at("part"));
  CHECK(Xapian::Database::check(folder.at("part.data"), 0, nullptr) == 0);
  const ColumnsFile columns(folder.at("part.columns"));
  std::vector<MergeSource> sources;
  sources.push_back({read_postings(folder.at("part.postings")), columns.columns().length, {}});
  PostingTable table(folder.at("part.data"));
  merge_postings(sources, Xapian::Database(folder.at("part.data")), table);
  table.finish();
  CHECK(Xapian::Database::check(folder.at("part.data"), 0, nullptr) == 0);
}

TEST_CASE("merging leaves removed documents out and closes the gaps") {
  const TemporaryFolder folder;
  const auto first = random_documents(300, 1);
  const auto second = random_documents(200, 2);
  write(first, folder.at("a"));
  write(second, folder.at("b"));
  write_segment(std::vector<SegmentInput>{{folder.at("a"), true, {}}}, folder.at("sa"), 0);
  std::vector<SegmentInput> inputs = {{folder.at("sa"), false, {0, 5, 299}},
                                      {folder.at("b"), true, {7}}};
  std::vector<Made> kept;
  for (std::uint32_t i = 0; i < 300; ++i) {
    if (i != 0 && i != 5 && i != 299) kept.push_back(first[i]);
  }
  for (std::uint32_t i = 0; i < 200; ++i) {
    if (i != 7) kept.push_back(second[i]);
  }
  // The texts of removed documents are no article records here, so none may be counted off.
  CHECK_THROWS_AS(write_segment(inputs, folder.at("s"), 0), Error);
  for (auto& input : inputs) input.removed.clear();
  write_segment(inputs, folder.at("all"), 0);
  const ColumnsFile columns(folder.at("all.columns"));
  const auto all = open_segment(folder.at("all"));
  const std::vector<std::uint32_t> removed{0, 5, 299, 307};
  std::vector<MergeSource> sources;
  sources.push_back({make_cursor(all), columns.columns().length, removed});
  write(kept, folder.at("kept"));
  PostingTable table(folder.at("kept.data"));
  merge_postings(sources, Xapian::Database(folder.at("kept.data")), table);
  table.finish();
  CHECK(dump(Xapian::Database(folder.at("kept.data"))) == expected(kept, folder.at("x")));
}

TEST_CASE("postings of a part that are cut short are an error wherever the cut is") {
  const TemporaryFolder folder;
  write(random_documents(40, 4), folder.at("part"));
  const auto whole = read_file(folder.at("part.postings"));
  const auto read = [&] {
    const auto cursor = read_postings(folder.at("part.postings"));
    std::size_t terms = 0;
    std::vector<Posting> postings;
    for (; cursor->next(); ++terms) cursor->append_postings(postings);
    return terms;
  };
  const auto terms = read();
  std::size_t refused = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write_file(folder.at("part.postings"), std::string_view(whole).substr(0, size));
    try {
      const auto left = read();
      CHECK(left < terms);  // the cut is between two terms
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::io);
      ++refused;
    }
  }
  CHECK(refused > whole.size() / 2);
}

TEST_CASE("a word file does not depend on how its articles were parted") {
  const TemporaryFolder folder;
  std::mt19937 random(3);
  PartWords all, first, second;
  for (int article = 0; article < 50; ++article) {
    auto& part = article < 20 ? first : second;
    for (auto* words : {&all, &part}) {
      std::mt19937 same(static_cast<unsigned>(article));
      words->word(words->form("عنوان", "عنوان"));
      words->end_paragraph();
      words->end_title();
      for (int i = 0; i < 40; ++i) {
        const auto n = same() % (1u << (same() % 9));
        words->word(words->form("ال" + std::to_string(n), std::to_string(n)));
        if (i % 9 == 8) words->end_sentence();
      }
      words->end_paragraph();
      words->end_document(std::string(static_cast<std::size_t>(article % 4), '\1'));
    }
  }
  const WordSource one{all.view(), {}};
  write_words(folder.at("one"), {&one, 1});
  const std::vector<WordSource> two{{first.view(), {}}, {second.view(), {}}};
  write_words(folder.at("two"), two);
  CHECK(read_file(folder.at("one")) == read_file(folder.at("two")));
  const WordsFile file(folder.at("one"));
  ArticleWords article;
  file.view().read(49, article);
  CHECK(article.title == 1);
  CHECK(article.forms.size() == 41);
  CHECK(article.sentence_ends.size() == 6);
  CHECK(article.paragraph_ends.size() == 2);
  CHECK(file.view().mentions_of(49).size() == 1);
  REQUIRE(file.find_stem("عنوان"));
  CHECK(file.view().form_stems[article.forms[0]] == *file.find_stem("عنوان"));
  CHECK_FALSE(file.find_stem("غير"));
}

TEST_CASE("a word file of changed bytes is refused, or read without leaving it") {
  const TemporaryFolder folder;
  PartWords words;
  for (int i = 0; i < 300; ++i) {
    words.word(words.form("كلمة" + std::to_string(i), "كلمة"));
    if (i % 30 == 29) words.end_document("");
  }
  const WordSource source{words.view(), {}};
  write_words(folder.at("w"), {&source, 1});
  const auto good = read_file(folder.at("w"));
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    auto bytes = good;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 10 == 0) bytes.resize(random() % bytes.size());
    write_file(folder.at("w"), bytes);
    try {
      const WordsFile file(folder.at("w"));
      ArticleWords article;
      for (std::uint32_t i = 0; i < file.view().documents(); ++i) {
        file.view().read(i, article);
        for (const auto form : article.forms) file.view().stem(file.view().form_stems[form]);
      }
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::index_damaged);
    }
  }
}

}  // namespace fihris::index::test
