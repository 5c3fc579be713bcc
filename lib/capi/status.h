// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fihris.h"
#include "fihris/date.h"

/// What every function of the C interface is made of: checked arguments, owned results, and a wall
/// that no exception passes.
namespace fihris::capi {

/// Fills `error` (if it is there) from the exception that is being handled; returns its status.
fihris_status report(fihris_error* error) noexcept;
/// Marks success.
fihris_status succeed(fihris_error* error) noexcept;

/// Runs `body`; whatever it throws becomes a status.
template <class Body>
fihris_status guarded(fihris_error* error, Body&& body) noexcept {
  try {
    body();
    return succeed(error);
  } catch (...) {
    return report(error);
  }
}

[[noreturn]] void refuse_null(const char* name);
/// \throws Error{invalid_argument} for NULL.
template <class Pointed>
Pointed& need(Pointed* pointer, const char* name) {
  if (pointer == nullptr) refuse_null(name);
  return *pointer;
}

/// The bytes that a caller gave. \throws Error{invalid_argument} for NULL with a size.
std::string_view view(const char* data, std::size_t size);
std::vector<std::string> strings(const fihris_view* views, std::size_t count);
/// A day YYYY-MM-DD, or none for an empty text. \throws Error{invalid_argument}
std::optional<Date> day(std::string_view text, const char* name);
/// A copy of `text` that fihris_string_free frees. \throws std::bad_alloc
fihris_string own(std::string_view text);

/// "[a,b]" of texts that are JSON already.
template <class List, class ToJson>
std::string array_of(const List& list, ToJson&& to_json) {
  std::string out = "[";
  for (const auto& each : list) {
    if (out.size() > 1) out += ',';
    out += to_json(each);
  }
  return out + "]";
}

}  // namespace fihris::capi
