// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "fihris/error.h"
#include "index/index_writer.h"
#include "index/schema.h"
#include "index/snapshot.h"

namespace fihris::index::test {

/// A folder that goes away with its test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "fihris-index-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string at(const std::string& name) const { return path_ + '/' + name; }

 private:
  std::string path_;
};

/// An article that differs from every other number's in id, day and words.
inline Article make_article(int number, int version = 0) {
  static const char* const kWords[] = {"قصف",  "مدينة", "الجيش",  "المعارضة", "حلب",    "سوريا",
                                       "قرية", "معركة", "هدنة",   "قتلى",     "طيران",  "المفاوضات",
                                       "معبر", "حدود",  "لاجئون", "حكومة",    "انفجار", "ريف"};
  Article article;
  article.id = "a" + std::to_string(number);
  article.source = number % 3 == 0 ? "almasar" : "sada";
  article.url = "https://example.org/" + article.id;
  article.date = from_days(16000 + number);
  article.title = "خبر رقم " + std::to_string(number) + " نسخة " + std::to_string(version);
  article.author = "مراسل إدلب";
  unsigned state = static_cast<unsigned>(number) * 7919u + static_cast<unsigned>(version) * 31u + 1;
  for (int i = 0; i < 80; ++i) {
    state = state * 1664525u + 1013904223u;
    article.text += kWords[(state >> 16) % std::size(kWords)];
    article.text += i % 13 == 12 ? ".\n" : " ";
  }
  article.fields.push_back({"tags", "[\"حرب\",\"سياسة\"]", true});
  return article;
}

/// Tags for tests: every article names a faction, those of even number a region, all an event.
inline TagSource test_tags() {
  TagSource tags;
  tags.version = "test-1";
  tags.make_tagger = [] {
    return [](const Article& article, const ArticleTokens&, const analysis::WordTable&) {
      ArticleTags found;
      const auto mention = [](TextField field, std::size_t begin, std::size_t end) {
        Mention m;
        m.field = field;
        m.begin = begin;
        m.end = end;
        return m;
      };
      EntityTag faction;
      faction.entity.facet = Facet::faction;
      faction.entity.id = "nusra-front";
      faction.mentions = {mention(TextField::title, 0, 6), mention(TextField::text, 0, 4)};
      found.factions.push_back(faction);
      if (article.id.size() > 1 && (article.id.back() - '0') % 2 == 0) {
        EntityTag region;
        region.entity.facet = Facet::region;
        region.entity.id = "sy/idlib/ariha";
        region.entity.lat = 35.8;
        region.entity.lon = 36.6;
        region.mentions = {mention(TextField::text, 0, 4)};
        found.regions.push_back(region);
      }
      DateTag date;
      date.value = "2015-07";
      found.dates.push_back(date);
      return found;
    };
  };
  tags.tree = [](const Entity& entity) {
    if (entity.facet == Facet::region) {
      return std::vector<std::string>{"sy", "sy/idlib", "sy/idlib/ariha"};
    }
    return std::vector<std::string>{"jihadists", entity.id};
  };
  return tags;
}

inline std::unique_ptr<IndexWriter> open_writer(const std::string& path, unsigned threads = 1) {
  IndexOptions options;
  options.threads = threads;
  return std::make_unique<IndexWriter>(path, test_tags(), options);
}

/// Everything that a reader can see of an index, in document order, but for names made by chance.
inline std::vector<std::string> contents(const std::string& path) {
  const auto snapshot = Snapshot::open(path);
  const auto db = snapshot->database();
  std::vector<std::string> terms(db.get_lastdocid() + 1);
  for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
    for (auto it = db.postlist_begin(*term); it != db.postlist_end(*term); ++it) {
      terms[*it] += '\n' + *term + '/' + std::to_string(it.get_wdf());
    }
  }
  std::vector<std::string> all;
  for (std::size_t s = 0; s < snapshot->segments(); ++s) {
    const auto& columns = snapshot->columns(s);
    const auto& words = snapshot->words(s).view();
    ArticleWords article;
    for (std::uint32_t i = 0; i < columns.documents; ++i) {
      if (snapshot->removed(s, i)) continue;
      const auto id = static_cast<Xapian::docid>(i * snapshot->segments() + s + 1);
      const auto document = db.get_document(id);
      std::string text = document.get_data() + terms[id];
      for (unsigned slot = 0; slot < kSlots; ++slot) {
        text += '\n' + std::to_string(slot) + '=' + document.get_value(slot);
      }
      words.read(i, article);
      for (std::size_t w = 0; w < article.forms.size(); ++w) {
        const auto form = article.forms[w];
        text += '\n' + std::to_string(article.position(w)) + ' ';
        text.append(words.form(form)).append(" ").append(words.stem(words.form_stems[form]));
      }
      for (const auto& ends : {article.sentence_ends, article.paragraph_ends}) {
        text += '\n';
        for (const auto end : ends) text += ' ' + std::to_string(end);
      }
      text.append("\n").append(words.mentions_of(i));
      text += '\n' + std::to_string(columns.day[i]) + ' ' + std::to_string(columns.length[i]) +
              ' ' + std::to_string(columns.group[i]);
      all.push_back(std::move(text));
    }
  }
  return all;
}

/// Id and title of each live article.
inline std::map<std::string, std::string> titles(const std::string& path) {
  std::map<std::string, std::string> found;
  export_articles(path, [&](const Article& article) {
    CHECK(found.emplace(article.id, article.title).second);
    return true;
  });
  return found;
}

}  // namespace fihris::index::test
