// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fihris::reader {

enum class ValueKind : unsigned char { null, boolean, number, string, array, object };
/// "a string", "an object" …, for messages.
const char* kind_name(ValueKind kind);

/// A value of a record: the characters of a string, or the JSON text of anything else.
struct JsonItem {
  ValueKind kind = ValueKind::null;
  std::string text;
};

/// What a tolerant reading found. Members stand in their order; a name may stand twice.
struct JsonParse {
  ValueKind kind = ValueKind::null;
  JsonItem value;                                         ///< unless it is an object
  std::vector<std::pair<std::string, JsonItem>> members;  ///< of an object
  std::size_t end = 0;                                    ///< byte after the value
  std::vector<std::string> notes;                         ///< what was put up with
};

/// Why a text is no JSON.
struct JsonFault {
  std::size_t at = 0;  ///< byte
  std::string reason;
};

struct JsonResult {
  std::optional<JsonParse> value;  ///< else `fault` says why
  JsonFault fault;
};

/// Reads the value that begins at byte `at`, after blanks. Slower than simdjson and more
/// forgiving: it is asked when that one refuses. Put up with, and noted: raw control characters in
/// strings (they become blanks), halves of surrogate pairs (U+FFFD), numbers of any size (kept as
/// they stand).
/// \param text  valid UTF-8.
JsonResult parse_json_value(std::string_view text, std::size_t at, std::size_t max_depth);

/// The strings of a JSON array that holds nothing else.
std::optional<std::vector<std::string>> string_array(std::string_view json, std::size_t max_depth);
/// The elements of a JSON array.
std::vector<JsonItem> array_items(std::string_view json, std::size_t max_depth);
/// What stands at a dotted path below an object: "meta.published", "authors.0.name".
std::optional<JsonItem> find_path(const JsonItem& from, std::string_view path,
                                  std::size_t max_depth);

}  // namespace fihris::reader
