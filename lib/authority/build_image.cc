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
  /// Begins with the strings of another image, whose references stay good.
  void start_with(std::string_view bytes) { bytes_ = bytes; }
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

}  // namespace

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
    const auto number_of = [&](Facet facet, std::string_view id) {
      const auto found = index.find({facet, id});
      return found == index.end() ? kNone : found->second;
    };
    for (const auto* entity : entities) add(*entity, number_of);
    return assemble();
  }

  std::string build_over(const Image& below, std::vector<const Entity*> entities,
                         const std::set<std::pair<Facet, std::string>>& removed) {
    below_ = &below;
    std::sort(entities.begin(), entities.end(), [](const Entity* a, const Entity* b) {
      return std::tie(a->facet, a->id) < std::tie(b->facet, b->id);
    });
    pool_.start_with(below.pool_);
    names_.assign(below.names_.begin(), below.names_.end());
    conditions_.assign(below.conditions_.begin(), below.conditions_.end());
    extras_.assign(below.extras_.begin(), below.extras_.end());
    words_.assign(below.words_.begin(), below.words_.end());
    nodes_.resize(below.nodes_.size());

    // Which entities stay, and the number that each has from now on.
    const auto old_count = static_cast<std::uint32_t>(below.entities_.size());
    std::vector<std::uint32_t> moved(old_count, 0);
    const auto drop = [&](Facet facet, std::string_view id) {
      if (const auto at = below.find(facet, id); at != kNone) moved[at] = kNone;
    };
    for (const auto& [facet, id] : removed) drop(facet, id);
    for (const auto* entity : entities) drop(entity->facet, entity->id);
    std::map<std::pair<Facet, std::string_view>, std::uint32_t> fresh;
    std::uint32_t next = 0;
    auto at = entities.begin();
    const auto number_fresh_before = [&](std::uint32_t old) {
      for (; at != entities.end() &&
             (old == old_count || std::pair{(*at)->facet, std::string_view((*at)->id)} <
                                      std::pair{below.facet(old), below.id(old)});
           ++at) {
        fresh[{(*at)->facet, (*at)->id}] = next++;
      }
    };
    for (std::uint32_t old = 0; old < old_count; ++old) {
      number_fresh_before(old);
      if (moved[old] != kNone) moved[old] = next++;
    }
    number_fresh_before(old_count);
    const auto number_of = [&](Facet facet, std::string_view id) {
      if (const auto found = fresh.find({facet, id}); found != fresh.end()) return found->second;
      const auto old = below.find(facet, id);
      return old == kNone ? kNone : moved[old];
    };

    entities_.resize(next);
    for (std::uint32_t old = 0; old < old_count; ++old) {
      if (moved[old] == kNone) continue;
      auto record = below.entities_[old];
      if (record.parent != kNone) {
        record.parent = number_of(below.facet(old), below.id(record.parent));
        if (record.parent == kNone) {
          throw Error(ErrorCode::bad_format,
                      std::string(below.id(old)) + ": its parent was removed",
                      "remove it too, or give it a row of its own");
        }
      }
      entities_[moved[old]] = record;
    }
    for (std::uint32_t node = 0; node < below.nodes_.size(); ++node) {
      for (const auto& bearer : below.bearers(node)) {
        if (moved[bearer.entity] != kNone)
          bearers_.push_back(
              {node, {moved[bearer.entity], bearer.name, bearer.flags, bearer.facet}});
      }
    }
    for (const auto old : below.by_tail_) {
      if (moved[old] != kNone) by_tail_.push_back(moved[old]);
    }
    for (const auto* entity : entities) {
      place_ = fresh[{entity->facet, entity->id}];
      add(*entity, number_of);
    }
    return assemble();
  }

 private:
  template <class NumberOf>
  void add(const Entity& entity, const NumberOf& number_of) {
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
      record.parent = number_of(entity.facet, entity.parent);
      if (record.parent == kNone) {
        throw Error(ErrorCode::bad_format,
                    entity.id + ": parent \"" + entity.parent + "\" is not defined");
      }
    }
    const auto number = below_ == nullptr ? static_cast<std::uint32_t>(entities_.size()) : place_;
    record.names_begin = static_cast<std::uint32_t>(names_.size());
    for (const auto& name : entity.names) add_name(name, number, entity.facet);
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
    if (below_ == nullptr) {
      entities_.push_back(record);
    } else {
      entities_[number] = record;
      late_.push_back(number);
    }
  }

  std::uint32_t word_number(const std::string& text) {
    if (below_ != nullptr) {
      if (const auto known = below_->word(text); known != kNone) return known;
    }
    const auto [word, fresh] =
        word_numbers_.try_emplace(text, static_cast<std::uint32_t>(words_.size()));
    if (fresh) words_.push_back(pool_.add(text));
    return word->second;
  }

  std::uint32_t next_node(std::uint32_t node, std::uint32_t word) {
    if (below_ != nullptr && node < below_->nodes_.size() && word < below_->words_.size()) {
      if (const auto known = below_->next(node, word); known != kNone) return known;
    }
    const auto [edge, fresh] = edges_.try_emplace(std::uint64_t{node} << 32 | word,
                                                  static_cast<std::uint32_t>(nodes_.size()));
    if (fresh) nodes_.emplace_back();
    return edge->second;
  }

  void add_name(const EntityName& name, std::uint32_t entity, Facet facet) {
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
      record.flags = static_cast<std::uint16_t>(record.flags | kConditional);
      record.condition = static_cast<std::uint32_t>(conditions_.size());
      conditions_.push_back(condition);
    }
    const auto number = static_cast<std::uint32_t>(names_.size());
    names_.push_back(record);
    if (key.words.empty()) return;
    std::uint32_t node = kRoot;
    for (const auto& text : key.words) node = next_node(node, word_number(text));
    bearers_.push_back({node, {entity, number, record.flags, static_cast<std::uint16_t>(facet)}});
  }

  std::string assemble() {
    std::vector<std::uint32_t> by_parent;
    for (std::uint32_t i = 0; i < entities_.size(); ++i) {
      if (entities_[i].parent != kNone) by_parent.push_back(i);
      if (below_ == nullptr) late_.push_back(i);
    }
    std::stable_sort(by_parent.begin(), by_parent.end(),
                     [&](auto a, auto b) { return entities_[a].parent < entities_[b].parent; });
    const auto tail = [&](std::uint32_t i) {
      const auto& ref = entities_[i].id;
      return tail_of(std::string_view(pool_.bytes()).substr(ref.begin, ref.size));
    };
    const auto by_facet_and_tail = [&](std::uint32_t a, std::uint32_t b) {
      if (entities_[a].facet != entities_[b].facet) return entities_[a].facet < entities_[b].facet;
      const auto order = tail(a).compare(tail(b));
      return order != 0 ? order < 0 : a < b;
    };
    std::sort(late_.begin(), late_.end(), by_facet_and_tail);
    const auto middle = static_cast<std::ptrdiff_t>(by_tail_.size());
    by_tail_.insert(by_tail_.end(), late_.begin(), late_.end());
    std::inplace_merge(by_tail_.begin(), by_tail_.begin() + middle, by_tail_.end(),
                       by_facet_and_tail);

    std::vector<std::uint32_t> word_table(table_size(words_.size()), kNone);
    const auto put_word = [&](std::string_view text, std::uint32_t number) {
      auto at = static_cast<std::uint32_t>(fnv1a(text));
      while (word_table[at &= static_cast<std::uint32_t>(word_table.size() - 1)] != kNone) ++at;
      word_table[at] = number;
    };
    if (below_ != nullptr && below_->word_table_.size() == word_table.size()) {
      word_table.assign(below_->word_table_.begin(), below_->word_table_.end());
    } else if (below_ != nullptr) {
      for (std::uint32_t i = 0; i < below_->words_.size(); ++i)
        put_word(below_->text(below_->words_[i]), i);
    }
    for (const auto& [text, number] : word_numbers_) put_word(text, number);

    const auto edge_count = edges_.size() + (below_ == nullptr ? 0 : below_->nodes_.size() - 1);
    std::vector<EdgeRecord> edge_table(table_size(edge_count));
    const auto put_edge = [&](const EdgeRecord& edge) {
      auto at = edge_hash(edge.node, edge.word);
      while (edge_table[at &= static_cast<std::uint32_t>(edge_table.size() - 1)].node != kNone)
        ++at;
      edge_table[at] = edge;
    };
    if (below_ != nullptr && below_->edges_.size() == edge_table.size()) {
      edge_table.assign(below_->edges_.begin(), below_->edges_.end());
    } else if (below_ != nullptr) {
      for (const auto& edge : below_->edges_) {
        if (edge.node != kNone) put_edge(edge);
      }
    }
    for (const auto& [from, to] : edges_) {
      put_edge({static_cast<std::uint32_t>(from >> 32), static_cast<std::uint32_t>(from), to});
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
    put_all(kByTail, by_tail_);
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

  const Image* below_ = nullptr;
  std::uint32_t place_ = 0;             // of the entity that is being added, over another image
  std::vector<std::uint32_t> by_tail_;  // those of the image below, then all
  std::vector<std::uint32_t> late_;     // entities still to be put into by_tail_
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

std::string build_image(const std::vector<Entity>& entities) {
  std::vector<const Entity*> all;
  all.reserve(entities.size());
  for (const auto& entity : entities) all.push_back(&entity);
  return Builder().build(std::move(all));
}

std::string build_image_over(const Image& below, const std::vector<Entity>& entities,
                             const std::set<std::pair<Facet, std::string>>& removed) {
  std::vector<const Entity*> all;
  all.reserve(entities.size());
  for (const auto& entity : entities) all.push_back(&entity);
  return Builder().build_over(below, std::move(all), removed);
}

}  // namespace fihris::authority
