// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fihris {

struct JsonMember;

/// A JSON value (RFC 8259) with the place where it stood.
struct JsonValue {
  enum class Kind : unsigned char { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool truth = false;
  double number = 0;
  std::string string;
  std::vector<JsonValue> items;     ///< of an array
  std::vector<JsonMember> members;  ///< of an object, in order
  std::size_t at = 0;               ///< byte offset of its first byte
  std::size_t end = 0;              ///< one past its last byte

  /// The member `name`, or nullptr; the last one wins where a name stands twice.
  const JsonValue* find(std::string_view name) const;
};

/// A name of an object and what stands under it.
struct JsonMember {
  std::string name;
  JsonValue value;
};

/// Reads exactly one JSON value with blanks round it: strict, UTF-8 checked, at most `max_depth`
/// arrays and objects inside each other. For small texts such as queries and settings; news files
/// are read by `reader/`.
/// \throws Error{bad_format} that names the byte offset.
JsonValue parse_json(std::string_view text, std::size_t max_depth = 64);

}  // namespace fihris
