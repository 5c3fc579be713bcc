// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/article_data.h"

#include "fihris/error.h"
#include "index/snapshot.h"

namespace fihris::index {
namespace {

constexpr char kRecordVersion = '\x02';

void put_text(std::string& to, std::string_view text) {
  put_number(to, text.size());
  to.append(text);
}

[[noreturn]] void fail() {
  throw Error(ErrorCode::index_damaged, "document data: not an article record of a known version",
              "run `fihris check` on the index");
}

std::string take_text(std::string_view& from) {
  const auto size = take_number(from);
  if (!size || *size > from.size()) fail();
  std::string text(from.substr(0, *size));
  from.remove_prefix(*size);
  return text;
}

}  // namespace

void put_number(std::string& to, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) to.push_back(static_cast<char>(number | 0x80));
  to.push_back(static_cast<char>(number));
}

std::optional<std::uint64_t> take_number(std::string_view& from) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64 && !from.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return number;
  }
  return std::nullopt;
}

std::string encode_article(const Article& article, const RecordTail& tail) {
  std::string record;
  record.reserve(article.text.size() + article.title.size() + article.url.size() + 128);
  record.push_back(kRecordVersion);
  put_text(record, article.id);
  put_text(record, article.source);
  put_text(record, article.url);
  put_text(record, article.date ? to_iso(*article.date) : std::string());
  put_text(record, article.title);
  put_text(record, article.author);
  put_text(record, article.text);
  put_number(record, article.fields.size());
  for (const auto& field : article.fields) {
    record.push_back(field.json ? 'j' : 's');
    put_text(record, field.name);
    put_text(record, field.value);
  }
  put_text(record, tail.part);
  put_text(record, tail.places);
  return record;
}

std::string encode_places(const MentionPlaces& places) {
  std::string bytes;
  for (const auto& entity : places.entities) {
    put_number(bytes, entity.size());
    std::uint32_t last = 0;
    for (const auto position : entity) {
      put_number(bytes, position - last);
      last = position;
    }
  }
  return bytes;
}

MentionPlaces decode_places(std::string_view bytes) {
  MentionPlaces places;
  while (!bytes.empty()) {
    const auto count = take_number(bytes);
    if (!count || *count > bytes.size()) fail();
    auto& entity = places.entities.emplace_back();
    std::uint64_t position = 0;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto step = take_number(bytes);
      if (!step) fail();
      entity.push_back(static_cast<std::uint32_t>(position += *step));
    }
  }
  return places;
}

Article decode_article(std::string_view data) { return decode_record(data).article; }

Record decode_record(std::string_view data) {
  if (data.empty() || data.front() != kRecordVersion) fail();
  data.remove_prefix(1);
  Record record;
  auto& article = record.article;
  article.id = take_text(data);
  article.source = take_text(data);
  article.url = take_text(data);
  if (const auto date = take_text(data); !date.empty()) {
    article.date = parse_iso_date(date);
    if (!article.date) fail();
  }
  article.title = take_text(data);
  article.author = take_text(data);
  article.text = take_text(data);
  const auto count = take_number(data);
  if (!count || *count > data.size()) fail();
  article.fields.reserve(*count);
  for (std::uint64_t i = 0; i < *count; ++i) {
    if (data.empty() || (data.front() != 'j' && data.front() != 's')) fail();
    Article::Field field;
    field.json = data.front() == 'j';
    data.remove_prefix(1);
    field.name = take_text(data);
    field.value = take_text(data);
    article.fields.push_back(std::move(field));
  }
  record.tail.part = take_text(data);
  record.tail.places = take_text(data);
  if (!data.empty()) fail();
  return record;
}

}  // namespace fihris::index
