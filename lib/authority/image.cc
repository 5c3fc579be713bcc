// SPDX-License-Identifier: GPL-2.0-or-later
#include "authority/image.h"

#include <algorithm>
#include <cstring>

#include "authority/image_layout.h"
#include "base/file.h"
#include "fihris/error.h"

namespace fihris::authority {
namespace {

template <class Record>
std::span<const Record> section(std::string_view bytes, const ImageHeader& header, Section which) {
  const auto part = bytes.substr(header.begin[which], header.bytes[which]);
  return {reinterpret_cast<const Record*>(part.data()), part.size() / sizeof(Record)};
}

}  // namespace

std::string_view tail_of(std::string_view id) { return id.substr(id.rfind('/') + 1); }

Image::Image(std::string_view bytes) {
  ImageHeader header;
  if (bytes.size() < sizeof header)
    throw Error(ErrorCode::bad_format, "authority image: too short");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != ImageHeader::kMagic) {
    throw Error(ErrorCode::bad_format, "authority image: not of this version");
  }
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    if (std::uint64_t{header.begin[i]} + header.bytes[i] > bytes.size()) {
      throw Error(ErrorCode::bad_format, "authority image: cut short");
    }
  }
  entities_ = section<EntityRecord>(bytes, header, kEntities);
  names_ = section<NameRecord>(bytes, header, kNames);
  conditions_ = section<ConditionRecord>(bytes, header, kConditions);
  extras_ = section<ExtraRecord>(bytes, header, kExtras);
  by_parent_ = section<std::uint32_t>(bytes, header, kByParent);
  by_tail_ = section<std::uint32_t>(bytes, header, kByTail);
  words_ = section<StringRef>(bytes, header, kWords);
  word_table_ = section<std::uint32_t>(bytes, header, kWordTable);
  nodes_ = section<NodeRecord>(bytes, header, kNodes);
  edges_ = section<EdgeRecord>(bytes, header, kEdges);
  bearers_ = section<BearerRecord>(bytes, header, kBearers);
  pool_ = bytes.substr(header.begin[kPool], header.bytes[kPool]);
  version_ = hex64(header.version);
}

std::uint32_t Image::find(Facet facet, std::string_view id) const {
  const auto before = [&](const EntityRecord& record, std::string_view wanted) {
    if (record.facet != static_cast<std::uint8_t>(facet)) {
      return record.facet < static_cast<std::uint8_t>(facet);
    }
    return text(record.id) < wanted;
  };
  const auto found = std::lower_bound(entities_.begin(), entities_.end(), id, before);
  const auto index = static_cast<std::uint32_t>(found - entities_.begin());
  return found == entities_.end() || this->facet(index) != facet || this->id(index) != id ? kNone
                                                                                          : index;
}

std::vector<std::uint32_t> Image::with_tail(Facet facet, std::string_view tail) const {
  const auto last = tail_of(tail);
  const auto key = [&](std::uint32_t index) { return tail_of(id(index)); };
  const auto before = [&](std::uint32_t index, std::string_view wanted) {
    if (this->facet(index) != facet) return this->facet(index) < facet;
    return key(index) < wanted;
  };
  std::vector<std::uint32_t> found;
  for (auto at = std::lower_bound(by_tail_.begin(), by_tail_.end(), last, before);
       at != by_tail_.end() && this->facet(*at) == facet && key(*at) == last; ++at) {
    const auto whole = id(*at);
    if (whole == tail || (whole.ends_with(tail) && whole[whole.size() - tail.size() - 1] == '/')) {
      found.push_back(*at);
    }
  }
  return found;
}

std::vector<std::uint32_t> Image::children(std::uint32_t entity) const {
  const auto before = [&](std::uint32_t index, std::uint32_t parent) {
    return entities_[index].parent < parent;
  };
  std::vector<std::uint32_t> found;
  for (auto at = std::lower_bound(by_parent_.begin(), by_parent_.end(), entity, before);
       at != by_parent_.end() && entities_[*at].parent == entity; ++at) {
    found.push_back(*at);
  }
  return found;
}

std::uint32_t Image::word(std::string_view key) const {
  const auto mask = static_cast<std::uint32_t>(word_table_.size() - 1);
  for (auto at = static_cast<std::uint32_t>(fnv1a(key)) & mask;; at = (at + 1) & mask) {
    const auto word = word_table_[at];
    if (word == kNone || text(words_[word]) == key) return word;
  }
}

std::uint32_t Image::next(std::uint32_t node, std::uint32_t word) const {
  const auto mask = static_cast<std::uint32_t>(edges_.size() - 1);
  for (auto at = edge_hash(node, word) & mask;; at = (at + 1) & mask) {
    const auto& edge = edges_[at];
    if (edge.node == kNone) return kNone;
    if (edge.node == node && edge.word == word) return edge.next;
  }
}

Entity Image::decode(std::uint32_t index) const {
  const auto& record = entities_[index];
  Entity entity;
  entity.facet = static_cast<Facet>(record.facet);
  entity.id = text(record.id);
  entity.kind = text(record.kind);
  entity.country = text(record.country);
  entity.population = record.population;
  if (record.has_point != 0) {
    entity.lat = record.lat;
    entity.lon = record.lon;
  }
  if (record.parent != kNone) entity.parent = id(record.parent);
  for (auto n = record.names_begin; n < record.names_end; ++n) {
    const auto& from = names_[n];
    EntityName name;
    name.text = text(from.text);
    name.context = (from.flags & kContext) != 0;
    name.ambiguous = (from.flags & kAmbiguous) != 0;
    name.pejorative = (from.flags & kPejorative) != 0;
    name.short_form = (from.flags & kShort) != 0;
    name.exact = (from.flags & kExact) != 0;
    name.query_only = (from.flags & kQueryOnly) != 0;
    if (const auto* when = condition(from)) {
      const auto in = text(when->in);
      for (std::size_t i = 0; i + 2 <= in.size(); i += 2) name.in.emplace_back(in.substr(i, 2));
      name.from = text(when->from);
      name.until = text(when->until);
    }
    entity.names.push_back(std::move(name));
  }
  std::size_t canonical = 0;
  if (record.has_ar != 0) entity.ar = entity.names[canonical++].text;
  if (record.has_en != 0) entity.en = entity.names[canonical].text;
  for (auto e = record.extra_begin; e < record.extra_end; ++e) {
    const std::string value(text(extras_[e].text));
    switch (extras_[e].kind) {
      case kMemberOf:
        entity.member_of.push_back(value);
        break;
      case kFrom:
        entity.from = value;
        break;
      case kUntil:
        entity.until = value;
        break;
      case kSuccessor:
        entity.successor = value;
        break;
      case kWikidata:
        entity.wikidata = value;
        break;
      case kGeonames:
        entity.geonames = value;
        break;
    }
  }
  return entity;
}

}  // namespace fihris::authority
