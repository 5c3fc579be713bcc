// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/date.h"
#include "fihris/export.h"

namespace fihris {

/// What an entity is: an armed or political group, a state's forces; or a place.
enum class Facet : unsigned char { faction, region };

/// A name of an entity, with what its file says about it.
struct EntityName {
  std::string text;         ///< UTF-8, as it is written in the file
  bool context = false;     ///< also a common word: counts only with evidence in the article
  bool ambiguous = false;   ///< several entities bear it
  bool pejorative = false;  ///< what opponents say; tagged like any other
  bool short_form = false;  ///< counts only beside a full name of the same entity
  bool exact = false;       ///< matched as written (Latin acronyms)
  bool query_only = false;  ///< understood in queries, never looked for in texts
  std::vector<std::string>
      in;                   ///< counts only in articles about one of these countries (ISO codes)
  std::string from, until;  ///< ISO dates of validity, empty if open
};

/// A faction or a place of an authority file.
struct Entity {
  Facet facet = Facet::faction;        ///< which file it stands in
  std::string id;                      ///< stable: "nusra-front", "sy/idlib/ariha"
  std::string kind;                    ///< "rebel-group", "city" …
  std::string country;                 ///< ISO 3166-1 alpha-2, "XX" or "*" for none of one country
  std::string ar;                      ///< canonical Arabic name
  std::string en;                      ///< usual English name
  std::vector<EntityName> names;       ///< all names, the canonical ones first
  std::string parent;                  ///< id, or empty
  std::vector<std::string> member_of;  ///< ids of coalitions
  std::string from, until;             ///< ISO dates between which it existed, empty if open
  std::string successor;               ///< id of what it became, or empty
  std::optional<double> lat, lon;      ///< degrees, WGS 84
  std::uint32_t population = 0;        ///< inhabitants; 0 if unknown
  std::string wikidata, geonames;      ///< "Q1234"; the number in GeoNames; or empty
};

/// A fault that `Authority::check` found.
struct AuthorityFault {
  std::string file;        ///< as it was named
  std::uint64_t line = 0;  ///< 1-based; 0 for the file as a whole
  std::string message;     ///< one sentence
};

/// The entities that tags and filters speak of: those compiled into the library, and a user's own.
/// Immutable once made: share one object among threads.
class FIHRIS_API Authority {
 public:
  /// The entities that come with the library. Cheap: nothing is parsed.
  static Authority builtin();
  /// The built-in entities with `files` laid over them in order: a row with a known id replaces it,
  /// a row `-id` removes it, another adds it. The facet of a file is told from its header (`parent`
  /// and `member_of` for factions, `lat` and `lon` for regions). \param with_builtin  false: the
  /// files alone. \throws Error{not_found, bad_format} naming file and line.
  static Authority load(const std::vector<std::string>& files, bool with_builtin = true);

  Authority(const Authority&);
  Authority(Authority&&) noexcept;
  Authority& operator=(const Authority&);
  Authority& operator=(Authority&&) noexcept;
  ~Authority();

  /// Number of entities.
  std::size_t size(Facet facet) const noexcept;
  /// The entity with exactly this id; empty if there is none.
  std::optional<Entity> find(Facet facet, std::string_view id) const;
  /// All entities that bear `name` in any language, spelling folded; best known first.
  std::vector<Entity> find_by_name(Facet facet, std::string_view name) const;
  /// The unambiguous meaning of what a person typed: an id, a tail of an id, or a name. Several:
  /// all candidates. Empty: unknown.
  std::vector<Entity> resolve(Facet facet, std::string_view typed) const;
  /// Ids from the parent up to the root (coalitions not counted); empty for a root and for an id
  /// that is not known.
  std::vector<std::string> ancestors(Facet facet, std::string_view id) const;
  /// Ids of the entities directly below, in order of id.
  std::vector<std::string> children(Facet facet, std::string_view id) const;
  /// A hash over all entities, 16 hexadecimal digits: an index records which authority tagged it.
  std::string version() const;

  /// Faults of authority files, in file order; reads them one by one as `load` does. Parents,
  /// coalitions and successors may be built-in entities. A file that cannot be read is a fault,
  /// too: nothing is thrown for it.
  static std::vector<AuthorityFault> check(const std::vector<std::string>& files);

  struct Impl;
  const Impl& impl() const noexcept { return *impl_; }

 private:
  explicit Authority(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace fihris
