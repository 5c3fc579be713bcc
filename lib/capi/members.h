// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.h"

namespace fihris::capi {

/// The members of a JSON object of options, read one by one. A member that is null counts as
/// absent.
class Members {
 public:
  /// Reads `json`; an empty text is an empty object. \param what  for messages: "index options".
  /// \throws Error{bad_format}; Error{invalid_argument} for what is no object
  Members(std::string_view json, std::string what);
  /// The members of a value that stood in another; it must live as long as this.
  Members(const JsonValue& object, std::string what);

  /// The member, or nullptr; it counts as known from then on.
  const JsonValue* take(std::string_view name);
  // The value, or `otherwise` where it is absent. \throws Error{invalid_argument} for another kind
  bool truth(std::string_view name, bool otherwise);
  std::string text(std::string_view name, std::string otherwise = {});
  double number(std::string_view name, double otherwise);
  /// A whole number from 0 to 2^53, or to `most`.
  std::uint64_t count(std::string_view name, std::uint64_t otherwise,
                      std::uint64_t most = std::uint64_t{1} << 53);
  /// A string, or an array of strings.
  std::vector<std::string> texts(std::string_view name);
  /// \throws Error{invalid_argument} if a member was never asked for.
  void finish() const;

  const JsonValue& object() const { return *object_; }
  [[noreturn]] void wrong(std::string_view name, std::string_view wanted) const;

 private:
  JsonValue parsed_;
  const JsonValue* object_;
  std::string what_;
  std::set<std::string, std::less<>> known_;
};

/// JSON without the blanks between its parts. \param json  one value, already read.
std::string without_blanks(std::string_view json);

}  // namespace fihris::capi
