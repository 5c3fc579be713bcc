// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/error.h"

namespace fihris {

Error::~Error() = default;

const char* error_name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_argument:
      return "invalid_argument";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::io:
      return "io";
    case ErrorCode::bad_format:
      return "bad_format";
    case ErrorCode::index_locked:
      return "index_locked";
    case ErrorCode::index_damaged:
      return "index_damaged";
    case ErrorCode::index_version:
      return "index_version";
    case ErrorCode::bad_query:
      return "bad_query";
    case ErrorCode::limit:
      return "limit";
    case ErrorCode::remote:
      return "remote";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::interrupted:
      return "interrupted";
    case ErrorCode::internal:
      return "internal";
  }
  return "unknown";
}

}  // namespace fihris
