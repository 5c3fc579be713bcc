// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/hidden.h"

#include "fihris/error.h"
#include "index/article_data.h"
#include "index/schema.h"
#include "index/segment.h"
#include "index/xapian_guard.h"

namespace fihris::index {

std::vector<HiddenVersion> hidden_versions(const Xapian::Database& segment,
                                           std::span<const std::uint32_t> removed) {
  std::vector<HiddenVersion> versions;
  for (const auto document : removed) {
    const auto record = decode_record(segment.get_document(document + 1).get_data());
    versions.emplace_back(id_term(record.article.id),
                          bounded_term(prefix::kPart, record.tail.part));
  }
  return versions;
}

void write_hidden(const std::vector<HiddenVersion>& versions, const std::string& path,
                  const std::string& scratch) {
  std::string text;
  for (const auto& [id, part] : versions) {
    for (const auto& term : {id, part}) {
      put_number(text, term.size());
      text += term;
    }
  }
  remove_path(scratch);
  guarded("writing " + path, [&] {
    Xapian::WritableDatabase db(
        scratch, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    db.set_metadata(kHiddenKey, text);
    db.commit();
    db.compact(path, Xapian::DBCOMPACT_SINGLE_FILE, 2048);
  });
  remove_path(scratch);
}

Xapian::Query hidden_query(const Xapian::Database& database) {
  const auto text =
      guarded("reading the removed articles", [&] { return database.get_metadata(kHiddenKey); });
  std::string_view rest = text;
  const auto take = [&] {
    const auto size = take_number(rest);
    if (!size || *size > rest.size()) {
      throw Error(ErrorCode::index_damaged, "the list of removed articles cannot be read",
                  "run `fihris check` on the index");
    }
    std::string term(rest.substr(0, *size));
    rest.remove_prefix(*size);
    return term;
  };
  std::vector<Xapian::Query> versions;
  while (!rest.empty()) {
    auto id = take();
    auto part = take();
    versions.emplace_back(Xapian::Query::OP_AND, Xapian::Query(id), Xapian::Query(part));
  }
  if (versions.empty()) return {};
  return {Xapian::Query::OP_OR, versions.begin(), versions.end()};
}

}  // namespace fihris::index
