// SPDX-License-Identifier: GPL-2.0-or-later
#include "capi/status.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "base/utf8.h"
#include "fihris/analysis.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "fihris/version.h"

namespace fihris::capi {
namespace {

/// Copies as much of `text` as there is room for, in whole characters, and replaces what is no
/// UTF-8 (a message quotes what a caller gave); returns the bytes.
template <std::size_t kSize>
std::uint32_t fill(char (&room)[kSize], std::string_view text) noexcept {
  constexpr std::string_view kReplacement = "\uFFFD";
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto decoded = utf8::decode(text, at);
    const bool sound = decoded.valid && decoded.code != 0;
    const auto bytes = sound ? text.substr(at, decoded.length) : kReplacement;
    if (size + bytes.size() >= kSize) break;
    std::memcpy(room + size, bytes.data(), bytes.size());
    size += bytes.size();
    at += decoded.length;
  }
  room[size] = 0;
  return static_cast<std::uint32_t>(size);
}

fihris_status describe(fihris_error* error, fihris_status status, std::string_view message,
                       std::string_view hint) noexcept {
  if (error != nullptr) {
    error->status = status;
    error->message_size = fill(error->message, message);
    error->hint_size = fill(error->hint, hint);
  }
  return status;
}

}  // namespace

fihris_status report(fihris_error* error) noexcept {
  try {
    throw;
  } catch (const Error& e) {
    return describe(error, static_cast<fihris_status>(e.code()), e.what(), e.hint());
  } catch (const std::bad_alloc&) {
    return describe(error, FIHRIS_NO_MEMORY, "out of memory", "");
  } catch (const std::exception& e) {
    return describe(error, FIHRIS_INTERNAL, e.what(), "");
  } catch (...) {
    return describe(error, FIHRIS_INTERNAL, "an exception of a callback", "");
  }
}

fihris_status succeed(fihris_error* error) noexcept { return describe(error, FIHRIS_OK, "", ""); }

void refuse_null(const char* name) {
  throw Error(ErrorCode::invalid_argument, std::string(name) + " is NULL");
}

std::string_view view(const char* data, std::size_t size) {
  if (size == 0) return {};
  if (data == nullptr) {
    throw Error(ErrorCode::invalid_argument,
                "a string is NULL and said to have " + std::to_string(size) + " bytes");
  }
  return {data, size};
}

std::vector<std::string> strings(const fihris_view* views, std::size_t count) {
  std::vector<std::string> all;
  if (count > 0) need(views, "a list of strings");
  for (std::size_t i = 0; i < count; ++i) all.emplace_back(view(views[i].data, views[i].size));
  return all;
}

std::optional<Date> day(std::string_view text, const char* name) {
  if (text.empty()) return std::nullopt;
  const auto date = parse_iso_date(text);
  if (!date) {
    throw Error(ErrorCode::invalid_argument,
                std::string(name) + " \"" + std::string(text) + "\": wanted a day YYYY-MM-DD");
  }
  return date;
}

fihris_string own(std::string_view text) {
  auto* data = static_cast<char*>(std::malloc(text.size() + 1));
  if (data == nullptr) throw std::bad_alloc();
  if (!text.empty()) std::memcpy(data, text.data(), text.size());
  data[text.size()] = 0;
  return {data, text.size()};
}

}  // namespace fihris::capi

const char* fihris_version(void) { return FIHRIS_VERSION_STRING; }

int32_t fihris_json_format(void) { return fihris::kJsonFormat; }

const char* fihris_analyzer_version(void) {
  static const std::string kVersion(fihris::Analyzer::version());
  return kVersion.c_str();
}

const char* fihris_status_name(fihris_status status) {
  if (status == FIHRIS_OK) return "ok";
  if (status == FIHRIS_NO_MEMORY) return "no_memory";
  return fihris::error_name(static_cast<fihris::ErrorCode>(status));
}

void fihris_string_free(fihris_string* string) {
  if (string == nullptr) return;
  std::free(string->data);
  *string = {nullptr, 0};
}
