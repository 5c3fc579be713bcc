// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authority/image.h"
#include "fihris/authority.h"

namespace fihris::authority {

/// Entities by facet and id, with the place each came from.
struct EntitySet {
  struct Entry {
    Entity entity;
    std::string file;
    std::uint64_t line = 0;
  };
  std::map<std::pair<Facet, std::string>, Entry> entries;
  /// Entities of the image below that are taken away.
  std::set<std::pair<Facet, std::string>> removed;

  std::vector<Entity> entities() const;
};

/// Lays the rows of one authority file over `set`: a known id is replaced, `-id` removed, another
/// added. `below`, if given, holds what the set itself lies over. Faults go to `faults`; with none
/// given the first one is thrown as Error{bad_format}.
void overlay(EntitySet& set, std::string_view text, const std::string& file,
             std::vector<AuthorityFault>* faults = nullptr, const Image* below = nullptr);

/// What is wrong between the entities: unknown and circular parents, names shared without a mark,
/// coordinates that are none. \param below  entities that links may lead to as well.
std::vector<AuthorityFault> check(const EntitySet& set, const Image& below);

}  // namespace fihris::authority
