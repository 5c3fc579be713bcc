// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fihris/authority.h"

/// All entities and names in one block of bytes that is used as it lies in memory: made at build
/// time for the entities that come with the library, at run time when a user's files are laid over
/// them.
namespace fihris::authority {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;
inline constexpr std::uint32_t kRoot = 0;  ///< the node before the first word of any name

/// What an authority file says of a name.
enum NameFlag : std::uint16_t {
  kContext = 1,
  kAmbiguous = 2,
  kPejorative = 4,
  kShort = 8,
  kExact = 16,
  kQueryOnly = 32,     ///< understood in queries, never looked for in texts
  kArticle = 64,       ///< the first word has the article
  kConditional = 128,  ///< has a ConditionRecord
};

struct StringRef {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

struct NameRecord {
  StringRef text;
  std::uint32_t condition = kNone;  ///< index of a ConditionRecord
  std::uint16_t flags = 0;
  std::uint16_t words = 0;  ///< of its key; 0: never matched
};

/// When and where a name counts.
struct ConditionRecord {
  StringRef in;           ///< country codes of two letters, one after the other; empty: everywhere
  StringRef from, until;  ///< as written
  std::int32_t from_day = INT32_MIN;   ///< first day, since 1970-01-01
  std::int32_t until_day = INT32_MAX;  ///< last day
};

struct EntityRecord {
  StringRef id, kind, country;
  std::uint32_t names_begin = 0,
                names_end =
                    0;  ///< canonical Arabic first, then English (either may be absent: see flags)
  std::uint32_t extra_begin = 0, extra_end = 0;  ///< ExtraRecords
  std::uint32_t parent = kNone;                  ///< index of an entity
  std::uint32_t population = 0;
  float lat = 0, lon = 0;
  std::uint8_t facet = 0, has_point = 0, has_ar = 0, has_en = 0;
};

enum ExtraKind : std::uint32_t { kMemberOf, kFrom, kUntil, kSuccessor, kWikidata, kGeonames };
struct ExtraRecord {
  ExtraKind kind;
  StringRef text;
};

/// From a node by a word to the next node.
struct EdgeRecord {
  std::uint32_t node = kNone, word = 0, next = 0;
};

struct NodeRecord {
  std::uint32_t bearers_begin = 0, bearers_end = 0;  ///< names that end here
};

/// An entity that bears a name; with what decides most look-ups at hand.
struct BearerRecord {
  std::uint32_t entity = 0, name = 0;
  std::uint16_t flags = 0;  ///< of the name
  std::uint16_t facet = 0;  ///< of the entity
};

/// Reads an image. Points into bytes that must outlive it.
class Image {
 public:
  /// \throws Error{bad_format} if `bytes` is no image of this version.
  explicit Image(std::string_view bytes);

  /// In order of facet and id.
  std::span<const EntityRecord> entities() const { return entities_; }
  const EntityRecord& entity(std::uint32_t index) const { return entities_[index]; }
  const NameRecord& name(std::uint32_t index) const { return names_[index]; }
  const ConditionRecord* condition(const NameRecord& name) const {
    return name.condition == kNone ? nullptr : &conditions_[name.condition];
  }
  const ExtraRecord& extra(std::uint32_t index) const { return extras_[index]; }
  std::string_view text(const StringRef& ref) const { return pool_.substr(ref.begin, ref.size); }
  std::string_view id(std::uint32_t entity) const { return text(entities_[entity].id); }
  Facet facet(std::uint32_t entity) const { return static_cast<Facet>(entities_[entity].facet); }

  /// Index of the entity, or kNone.
  std::uint32_t find(Facet facet, std::string_view id) const;
  /// All entities of the facet whose id is `tail` or ends in "/" + `tail`, in order of id.
  std::vector<std::uint32_t> with_tail(Facet facet, std::string_view tail) const;
  std::vector<std::uint32_t> children(std::uint32_t entity) const;
  /// The number of a key word, or kNone if no name has it.
  std::uint32_t word(std::string_view key) const;
  /// The node reached from `node` by `word`, or kNone.
  std::uint32_t next(std::uint32_t node, std::uint32_t word) const;
  std::span<const BearerRecord> bearers(std::uint32_t node) const {
    return bearers_.subspan(nodes_[node].bearers_begin,
                            nodes_[node].bearers_end - nodes_[node].bearers_begin);
  }
  std::string_view version() const { return version_; }
  Entity decode(std::uint32_t entity) const;

 private:
  friend class Builder;
  std::span<const EntityRecord> entities_;
  std::span<const NameRecord> names_;
  std::span<const ConditionRecord> conditions_;
  std::span<const ExtraRecord> extras_;
  std::span<const std::uint32_t> by_parent_;  // entities that have a parent, in order of it
  std::span<const std::uint32_t> by_tail_;    // entities in order of facet and last part of the id
  std::span<const StringRef> words_;
  std::span<const std::uint32_t> word_table_;  // open addressing by FNV-1a; kNone is free
  std::span<const NodeRecord> nodes_;
  std::span<const EdgeRecord> edges_;  // open addressing
  std::span<const BearerRecord> bearers_;
  std::string_view pool_;
  std::string version_;
};

/// The image of `entities`, whose parents must all be among them.
std::string build_image(const std::vector<Entity>& entities);
/// The image of all that `below` holds without `removed`, and of `entities`, which replace those of
/// the same id. Costs little more than a copy of `below`.
std::string build_image_over(const Image& below, const std::vector<Entity>& entities,
                             const std::set<std::pair<Facet, std::string>>& removed);

/// The last part of an id: "ariha" of "sy/idlib/ariha".
std::string_view tail_of(std::string_view id);

}  // namespace fihris::authority
