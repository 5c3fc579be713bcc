// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <bit>
#include <cstring>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_map>

#include "analysis/words.h"
#include "authority/image.h"
#include "authority/image_layout.h"
#include "authority/names.h"
#include "base/file.h"
#include "fihris/error.h"

namespace fihris::authority {
namespace {

/// Strings, each kept once.
class Pool {
 public:
  StringRef add(std::string_view text) {
    if (const auto found = index_.find(text); found != index_.end()) return found->second;
    const StringRef ref{static_cast<std::uint32_t>(bytes_.size()),
                        static_cast<std::uint32_t>(text.size())};
    bytes_ += text;
    index_.emplace(kept_.emplace_back(text), ref);
    return ref;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::deque<std::string> kept_;
  std::unordered_map<std::string_view, StringRef> index_;
};

std::uint32_t table_size(std::size_t entries) {
  return static_cast<std::uint32_t>(std::bit_ceil(entries * 2 + 2));
}

std::int32_t day_of(std::string_view iso, bool last, std::int32_t otherwise) {
  const auto range = parse_iso_range(iso);
  if (!range) return otherwise;
  return to_days(last ? range->last : range->first);
}

class Builder {
 public:
  std::string build(std::vector<const Entity*> entities) {
    std::sort(entities.begin(), entities.end(), [](const Entity* a, const Entity* b) {
      return std::tie(a->facet, a->id) < std::tie(b->facet, b->id);
    });
    nodes_.emplace_back();  // the root
    std::map<std::pair<Facet, std::string_view>, std::uint32_t> index;
    for (const auto* entity : entities) {
      index.emplace(std::pair{entity->facet, std::string_view(entity->id)},
                    static_cast<std::uint32_t>(index.size()));
    }
    for (const auto* entity : entities) add(*entity, index);
    return assemble();
  }

 private:
  void add(const Entity& entity,
           const std::map<std::pair<Facet, std::string_view>, std::uint32_t>& index) {
    EntityRecord record;
    record.id = pool_.add(entity.id);
    record.kind = pool_.add(entity.kind);
    record.country = pool_.add(entity.country);
    record.population = entity.population;
    record.facet = static_cast<std::uint8_t>(entity.facet);
    record.has_point = entity.lat && entity.lon ? 1 : 0;
    record.lat = static_cast<float>(entity.lat.value_or(0));
    record.lon = static_cast<float>(entity.lon.value_or(0));
    record.has_ar = entity.ar.empty() ? 0 : 1;
    record.has_en = entity.en.empty() ? 0 : 1;
    if (!entity.parent.empty()) {
      const auto parent = index.find({entity.facet, entity.parent});
      if (parent == index.end()) {
        throw Error(ErrorCode::bad_format,
                    entity.id + ": parent \"" + entity.parent + "\" is not defined");
      }
      record.parent = parent->second;
    }
    const auto number = static_cast<std::uint32_t>(entities_.size());
    record.names_begin = static_cast<std::uint32_t>(names_.size());
    for (const auto& name : entity.names) add_name(name, number);
    record.names_end = static_cast<std::uint32_t>(names_.size());
    record.extra_begin = static_cast<std::uint32_t>(extras_.size());
    for (const auto& id : entity.member_of) extras_.push_back({kMemberOf, pool_.add(id)});
    for (const auto& [kind, text] : {std::pair{kFrom, &entity.from},
                                     {kUntil, &entity.until},
                                     {kSuccessor, &entity.successor},
                                     {kWikidata, &entity.wikidata},
                                     {kGeonames, &entity.geonames}}) {
      if (!text->empty()) extras_.push_back({kind, pool_.add(*text)});
    }
    record.extra_end = static_cast<std::uint32_t>(extras_.size());
    entities_.push_back(record);
  }

  void add_name(const EntityName& name, std::uint32_t entity) {
    const auto key = name_key(name.text, table_);
    NameRecord record;
    record.text = pool_.add(name.text);
    record.words = static_cast<std::uint16_t>(std::min<std::size_t>(key.words.size(), 0xFFFF));
    const auto flag = [](bool on, std::uint16_t bit) { return on ? bit : std::uint16_t{0}; };
    record.flags = static_cast<std::uint16_t>(
        flag(name.context, kContext) | flag(name.ambiguous, kAmbiguous) |
        flag(name.pejorative, kPejorative) | flag(name.short_form, kShort) |
        flag(name.exact, kExact) | flag(name.query_only, kQueryOnly) | flag(key.article, kArticle));
    if (!name.in.empty() || !name.from.empty() || !name.until.empty()) {
      ConditionRecord condition;
      std::string in;
      for (const auto& country : name.in) in += country.substr(0, 2);
      condition.in = pool_.add(in);
      condition.from = pool_.add(name.from);
      condition.until = pool_.add(name.until);
      condition.from_day = day_of(name.from, false, INT32_MIN);
      condition.until_day = day_of(name.until, true, INT32_MAX);
      record.condition = static_cast<std::uint32_t>(conditions_.size());
      conditions_.push_back(condition);
    }
    const auto number = static_cast<std::uint32_t>(names_.size());
    names_.push_back(record);
    if (key.words.empty()) return;
    std::uint32_t node = kRoot;
    for (const auto& text : key.words) {
      const auto word = word_numbers_.try_emplace(text, static_cast<std::uint32_t>(words_.size()));
      if (word.second) words_.push_back(pool_.add(text));
      const auto next = edges_.try_emplace(std::uint64_t{node} << 32 | word.first->second,
                                           static_cast<std::uint32_t>(nodes_.size()));
      if (next.second) nodes_.emplace_back();
      node = next.first->second;
    }
    bearers_.push_back({node, {entity, number}});
  }

  std::string assemble() {
    std::vector<std::uint32_t> by_parent;
    std::vector<std::uint32_t> by_tail;
    for (std::uint32_t i = 0; i < entities_.size(); ++i) {
      if (entities_[i].parent != kNone) by_parent.push_back(i);
      by_tail.push_back(i);
    }
    std::stable_sort(by_parent.begin(), by_parent.end(),
                     [&](auto a, auto b) { return entities_[a].parent < entities_[b].parent; });
    const auto tail = [&](std::uint32_t i) {
      const auto& ref = entities_[i].id;
      return tail_of(std::string_view(pool_.bytes()).substr(ref.begin, ref.size));
    };
    std::stable_sort(by_tail.begin(), by_tail.end(), [&](auto a, auto b) {
      if (entities_[a].facet != entities_[b].facet) return entities_[a].facet < entities_[b].facet;
      return tail(a) < tail(b);
    });

    std::vector<std::uint32_t> word_table(table_size(words_.size()), kNone);
    for (const auto& [text, number] : word_numbers_) {
      auto at = static_cast<std::uint32_t>(fnv1a(text));
      while (word_table[at &= word_table.size() - 1] != kNone) ++at;
      word_table[at] = number;
    }
    std::vector<EdgeRecord> edge_table(table_size(edges_.size()));
    for (const auto& [from, next] : edges_) {
      const auto node = static_cast<std::uint32_t>(from >> 32);
      const auto word = static_cast<std::uint32_t>(from);
      auto at = edge_hash(node, word);
      while (edge_table[at &= static_cast<std::uint32_t>(edge_table.size() - 1)].node != kNone)
        ++at;
      edge_table[at] = {node, word, next};
    }
    std::stable_sort(bearers_.begin(), bearers_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<BearerRecord> bearers;
    for (const auto& [node, bearer] : bearers_) {
      auto& record = nodes_[node];
      if (record.bearers_end == 0)
        record.bearers_begin = static_cast<std::uint32_t>(bearers.size());
      bearers.push_back(bearer);
      record.bearers_end = static_cast<std::uint32_t>(bearers.size());
    }

    ImageHeader header;
    std::string body;
    const auto put = [&](Section which, const void* data, std::size_t bytes) {
      body.append((8 - (sizeof header + body.size()) % 8) % 8, '\0');
      header.begin[which] = static_cast<std::uint32_t>(sizeof header + body.size());
      header.bytes[which] = static_cast<std::uint32_t>(bytes);
      body.append(static_cast<const char*>(data), bytes);
    };
    const auto put_all = [&](Section which, const auto& records) {
      put(which, records.data(), records.size() * sizeof records[0]);
    };
    put_all(kEntities, entities_);
    put_all(kNames, names_);
    put_all(kConditions, conditions_);
    put_all(kExtras, extras_);
    put_all(kByParent, by_parent);
    put_all(kByTail, by_tail);
    put_all(kWords, words_);
    put_all(kWordTable, word_table);
    put_all(kNodes, nodes_);
    put_all(kEdges, edge_table);
    put_all(kBearers, bearers);
    put_all(kPool, pool_.bytes());
    header.version = fnv1a(body);
    std::string image(reinterpret_cast<const char*>(&header), sizeof header);
    return image + body;
  }

  analysis::WordTable table_;
  Pool pool_;
  std::vector<EntityRecord> entities_;
  std::vector<NameRecord> names_;
  std::vector<ConditionRecord> conditions_;
  std::vector<ExtraRecord> extras_;
  std::vector<StringRef> words_;
  std::map<std::string, std::uint32_t>
      word_numbers_;  // in order, so that the image is always the same
  std::map<std::uint64_t, std::uint32_t> edges_;
  std::vector<NodeRecord> nodes_;
  std::vector<std::pair<std::uint32_t, BearerRecord>> bearers_;
};

}  // namespace

std::string build_image(const std::vector<Entity>& entities) {
  std::vector<const Entity*> all;
  all.reserve(entities.size());
  for (const auto& entity : entities) all.push_back(&entity);
  return Builder().build(std::move(all));
}

}  // namespace fihris::authority
