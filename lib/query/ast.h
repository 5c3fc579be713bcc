// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/authority.h"

/// The syntax tree of a query. docs/query-language.md describes what each part means.
namespace fihris::query {

/// Bounds that no query passes; what is beyond is cut or taken literally, with a warning.
namespace limit {
inline constexpr std::size_t kBytes = 8192;
inline constexpr std::size_t kDepth = 32;
inline constexpr std::size_t kClauses = 256;
inline constexpr std::size_t kPhraseWords = 64;
inline constexpr int kDistance = 32;  ///< words of NEAR, ADJ and "…"~n
inline constexpr std::size_t kPatternLetters = 3;
inline constexpr std::size_t kExpansions = 1000;  ///< terms after expansion
inline constexpr int kDefaultDistance = 10;
inline constexpr std::size_t kWarnings = 20;
}  // namespace limit

enum class Kind : unsigned char { none, word, phrase, near, all, any, negation, field, scope };

/// How closely a word must agree with the text.
enum class Form : unsigned char {
  stem,     ///< any form of the word
  folded,   ///< `=x`: that form, spelling folded
  written,  ///< `==x`: as written
};

enum class Field : unsigned char {
  any,  ///< title and text; what a bare word searches
  text,
  title,
  source,
  author,
  faction,
  region,
  near,
  date,
  event,
  entity,
  about,
  has,
  lang,
  id,
  tag,
};

enum class Unit : unsigned char { sentence, paragraph };

struct EntityRef {
  Facet facet = Facet::faction;
  std::string id;
  friend bool operator==(const EntityRef&, const EntityRef&) = default;
};

/// Days since 1970-01-01, both included; an open end is the least or greatest number.
struct DayRange {
  std::int32_t first = INT32_MIN;
  std::int32_t last = INT32_MAX;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// A circle on the earth.
struct Circle {
  double lat = 0, lon = 0;  ///< degrees
  double metres = 25000;
  friend bool operator==(const Circle&, const Circle&) = default;
};

/// One value of a field as it was typed, and what it was resolved to.
struct Value {
  std::size_t begin = 0;  ///< bytes of the query
  std::size_t end = 0;
  std::string text;
  bool only = false;     ///< `=`: this entity without those below
  bool members = false;  ///< trailing `/`: with the members of a coalition
  std::vector<EntityRef> entities;
  std::optional<DayRange> days;
  std::vector<Circle> circles;
};

struct Node {
  Kind kind = Kind::none;
  std::size_t begin = 0;  ///< bytes of the query
  std::size_t end = 0;
  std::string text;  ///< of a word or phrase, escapes resolved
  Form form = Form::stem;
  bool pattern = false;      ///< the word holds `*`
  int fuzzy = -1;            ///< letters that may differ; 0: as many as its length allows; -1: none
  int distance = -1;         ///< of near, and of a phrase in any order; -1: none
  bool ordered = false;      ///< ADJ
  bool implicit = false;     ///< of `all`: joined by blanks, not by AND or parentheses
  Field field = Field::any;  ///< of a field; for words and phrases any, text, title or author
  Unit unit = Unit::sentence;
  std::vector<Value> values;
  std::vector<Node> children;
};

/// True if both ask the same, wherever they stand in the query.
bool same(const Node& a, const Node& b);

/// The English and the Arabic name; a field may have further names.
std::string_view field_name(Field field);
std::string_view field_name_ar(Field field);
/// The field of that name in either language, spelling folded; empty if there is none.
std::optional<Field> field_named(std::string_view name);
/// True for fields whose values are words of the text.
constexpr bool is_text_field(Field field) {
  return field == Field::text || field == Field::title || field == Field::author;
}

}  // namespace fihris::query
