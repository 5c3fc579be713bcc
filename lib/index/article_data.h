// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/document.h"

namespace fihris::index {

/// Numbers as they stand in document data: seven bits a byte, low ones first, the top bit set on
/// all but the last (LEB128).
void put_number(std::string& to, std::uint64_t number);
/// Takes a number from the front of `from`; empty if there is none whole.
std::optional<std::uint64_t> take_number(std::string_view& from);

/// Where an article names its entities: for each faction, then for each region, by id, the
/// positions (schema.h) of its mentions in ascending order.
struct MentionPlaces {
  std::vector<std::vector<std::uint32_t>> entities;
};
/// For each entity the count of its positions and then each as the step from the one before.
std::string encode_places(const MentionPlaces& places);
/// \throws Error{index_damaged}
MentionPlaces decode_places(std::string_view bytes);

/// What document data holds beside the article.
struct RecordTail {
  std::string part;    ///< the part that the document was built in, as its term says
  std::string places;  ///< `encode_places`
};

/// The record that document data holds: docs/index-format.md. `decode_article` (snapshot.h) reads
/// the article of it.
std::string encode_article(const Article& article, const RecordTail& tail);
struct Record {
  Article article;
  RecordTail tail;
};
/// \throws Error{index_damaged}
Record decode_record(std::string_view data);

}  // namespace fihris::index
