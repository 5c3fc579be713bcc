// SPDX-License-Identifier: GPL-2.0-or-later
// The writer that is killed, the verifier that knows what every article must be, and a reader.
//   crash_subject write INDEX ACK BATCHES   goes on from the checkpoint; appends to ACK what is
//   confirmed crash_subject verify INDEX BEFORE [AFTER]  exit 1 if anything confirmed is lost, or
//   anything is wrong crash_subject list INDEX                prints the ids of all articles
//   crash_subject read INDEX                prints what a reader can see; exit 3 and a message on
//   Error
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "base/file.h"
#include "fihris/error.h"
#include "index/hidden.h"
#include "index/index_writer.h"
#include "index/schema.h"
#include "index/snapshot.h"
#include "index/xapian_guard.h"

namespace fihris::index {
namespace {

/// New articles of a batch, counted from 1: some batches make several parts.
int size_of(int batch) { return batch % 6 == 4 ? 320 : 12; }

Article make_article(int number, int version) {
  static const char* const kWords[] = {"قصف",  "مدينة", "الجيش", "هدنة",
                                       "معبر", "حدود",  "قرية",  "طيران"};
  Article article;
  article.id = "article-" + std::to_string(number);
  article.source = number % 2 == 0 ? "sada" : "almasar";
  article.date = from_days(16000 + number % 700);
  article.title = "خبر " + std::to_string(number) + " طبعة " + std::to_string(version);
  unsigned state = static_cast<unsigned>(number * 131 + version * 17 + 1);
  for (int i = 0; i < 30; ++i) {
    state = state * 1664525u + 1013904223u;
    article.text += kWords[(state >> 20) % 8];
    article.text += ' ';
  }
  article.text += std::to_string(number);
  return article;
}

/// What happens in a batch: articles by number and version, and one that goes.
struct Batch {
  std::map<int, int> added;
  int removed = -1;
};

Batch make_batch(int batch) {
  int before = 0;
  for (int b = 1; b < batch; ++b) before += size_of(b);
  Batch result;
  for (int i = 0; i < size_of(batch); ++i) result.added[before + i] = 0;
  if (before > 0) {
    for (int i = 0; i < 3; ++i) result.added[(batch * 37 + i * 101) % before] = batch;
    result.removed = (batch * 53) % before;
    result.added.erase(result.removed);
  }
  return result;
}

std::map<std::string, std::string> expected_after(int batches) {
  std::map<std::string, std::string> texts;
  for (int b = 1; b <= batches; ++b) {
    const auto batch = make_batch(b);
    for (const auto& [number, version] : batch.added) {
      const auto article = make_article(number, version);
      texts[article.id] = article.title + '\n' + article.text;
    }
    if (batch.removed >= 0) texts.erase("article-" + std::to_string(batch.removed));
  }
  return texts;
}

TagSource no_tags() {
  TagSource tags;
  tags.version = "none";
  return tags;
}

int write(const std::string& path, const std::string& ack, int batches) {
  IndexOptions options;
  options.threads = 2;
  IndexWriter writer(path, no_tags(), options);
  int done = writer.checkpoint().empty() ? 0 : std::atoi(writer.checkpoint().c_str());
  const auto acknowledge = [&] {
    const int fd = ::open(ack.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    const auto line = "ack " + std::to_string(done) + '\n';
    const bool written = fd >= 0 && ::write(fd, line.data(), line.size()) > 0;
    if (fd >= 0) ::close(fd);
    return written;
  };
  // A run that was killed between its commit and this line has confirmed what is found here.
  if (done > 0 && !acknowledge()) return 4;
  for (int i = 0; i < batches; ++i) {
    ++done;
    const auto batch = make_batch(done);
    for (const auto& [number, version] : batch.added) writer.add(make_article(number, version));
    if (batch.removed >= 0) writer.remove("article-" + std::to_string(batch.removed));
    writer.set_checkpoint(std::to_string(done));
    writer.commit();
    if (!acknowledge()) return 4;
    if (done % 9 == 0) writer.compact();
  }
  return 0;
}

int acknowledged(const std::string& file) {
  if (!file_exists(file)) return 0;
  const auto lines = read_file(file);
  const auto last = lines.rfind("ack ");
  return last == lines.npos ? 0 : std::atoi(lines.c_str() + last + 4);
}

int fail(const std::string& what) {
  std::printf("WRONG: %s\n", what.c_str());
  return 1;
}

int verify(const std::string& path, const std::string& before, const std::string& after) {
  const int least = acknowledged(before);
  const int most = acknowledged(after) + 1;
  if (!file_exists(path + "/XAPIANDB")) {
    if (least > 0) return fail("no index, but batch " + std::to_string(least) + " was confirmed");
    if (!file_exists(path)) return 0;
  }
  // Writing has to be possible whatever happened, and cleans up.
  int done = 0;
  {
    IndexWriter writer(path, no_tags(), {});
    if (!writer.checkpoint().empty()) done = std::atoi(writer.checkpoint().c_str());
  }
  if (done < least) {
    return fail("batch " + std::to_string(least) + " was confirmed, " + std::to_string(done) +
                " is there");
  }
  if (done > most) return fail("batch " + std::to_string(done) + " is there, it was never begun");
  if (done == 0) return 0;
  auto expected = expected_after(done);
  std::string wrong;
  export_articles(path, [&](const Article& article) {
    const auto found = expected.find(article.id);
    if (found == expected.end()) {
      wrong = article.id + " should not be there";
    } else if (found->second != article.title + '\n' + article.text) {
      wrong = article.id + " has a wrong text";
    } else {
      expected.erase(found);
    }
    return wrong.empty();
  });
  if (!wrong.empty()) return fail(wrong);
  if (!expected.empty()) return fail(expected.begin()->first + " is lost");
  const auto faults = check_index(path);
  if (!faults.empty()) return fail(faults[0].file + ": " + faults[0].message);
  if (Snapshot::open(path)->documents() != expected_after(done).size()) return fail("wrong count");
  return 0;
}

int read(const std::string& path) {
  const auto snapshot = Snapshot::open(path);
  std::string out = std::to_string(snapshot->documents()) + " articles\n";
  guarded("reading " + path, [&] {
    const auto db = snapshot->database();
    for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
      out += *term + ' ' + std::to_string(term.get_termfreq());
      for (auto it = db.postlist_begin(*term); it != db.postlist_end(*term); ++it) {
        out += ' ' + std::to_string(*it) + '/' + std::to_string(it.get_wdf());
      }
      out += '\n';
    }
    for (std::size_t s = 0; s < snapshot->segments(); ++s) {
      const auto& columns = snapshot->columns(s);
      const auto& words = snapshot->words(s).view();
      ArticleWords read;
      for (std::uint32_t i = 0; i < columns.documents; ++i) {
        if (snapshot->removed(s, i)) continue;
        words.read(i, read);
        for (const auto form : read.forms) out.append(words.form(form)).append(" ");
        const auto id = static_cast<Xapian::docid>(i * snapshot->segments() + s + 1);
        const auto article = decode_article(db.get_document(id).get_data());
        out += article.id + ' ' + article.title + ' ' + article.text + ' ' +
               std::to_string(columns.day[i]) + ' ' + std::to_string(columns.length[i]);
        for (const auto value : columns.sources.of(i)) {
          out += ' ';
          out += columns.sources.name(value);
        }
        out += '\n';
      }
    }
  });
  std::printf("%s\n%s", hex64(fnv1a(out)).c_str(), out.substr(0, 300).c_str());
  return 0;
}

}  // namespace
}  // namespace fihris::index

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[1] : "";
  try {
    if (mode == "write" && argc == 5) {
      return fihris::index::write(argv[2], argv[3], std::atoi(argv[4]));
    }
    if (mode == "verify" && argc >= 4) {
      return fihris::index::verify(argv[2], argv[3], argv[argc > 4 ? 4 : 3]);
    }
    if (mode == "read") return fihris::index::read(argv[2]);
    if (mode == "list") {
      fihris::export_articles(argv[2], [](const fihris::Article& article) {
        std::printf("%s\n", article.id.c_str());
        return true;
      });
      return 0;
    }
  } catch (const fihris::Error& e) {
    std::fprintf(stderr, "error %s: %s\n", fihris::error_name(e.code()), e.what());
    return 3;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "exception: %s\n", e.what());
    return 5;
  }
  return 2;
}
