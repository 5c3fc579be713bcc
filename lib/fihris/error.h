// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "fihris/export.h"

namespace fihris {

/// Why a call could not be done. Codes are never renumbered; callers match codes, not messages.
enum class ErrorCode : int {
  invalid_argument = 1,  ///< a value that the call cannot take
  not_found = 2,         ///< a file or an index that is not there
  io = 3,                ///< the system refused to read or write (disk full, permission, EIO)
  bad_format = 4,        ///< a file that is not what it should be; the message names file and line
  index_locked = 5,      ///< another process is writing to the index
  index_damaged = 6,     ///< the index does not agree with its manifest
  index_version = 7,     ///< the index was written in a format or with an analysis unknown here
  bad_query = 8,         ///< a query that strict reading refuses
  limit = 9,             ///< a stated limit was passed (deadline, size, nesting)
  remote = 10,           ///< a remote shard does not answer or answers wrongly
  unsupported = 11,      ///< left out of this build, or not possible on this kind of index
  interrupted = 12,      ///< the caller asked to stop
  internal = 13,         ///< a fault of fihris itself
};

/// What is thrown by every function of the library that cannot do what it was asked to.
///
/// `what()` is one sentence: where, what was found, what was wanted
/// ("regions.tsv:41: parent \"sy/idlb\" is not defined"). `hint()` is the remedy, or empty.
class FIHRIS_API Error : public std::runtime_error {
 public:
  /// \param message  becomes `what()`.
  Error(ErrorCode code, const std::string& message, std::string hint = {})
      : std::runtime_error(message),
        code_(code),
        hint_(std::make_shared<const std::string>(std::move(hint))) {}
  ~Error() override;
  Error(const Error&) = default;
  Error& operator=(const Error&) = default;

  /// What to act on.
  ErrorCode code() const noexcept { return code_; }
  /// What the user may do about it; empty if nothing is known.
  const std::string& hint() const noexcept { return *hint_; }

 private:
  ErrorCode code_;
  std::shared_ptr<const std::string> hint_;  // copying an exception must not throw another
};

/// The name of a code, as in JSON output: "not_found".
FIHRIS_API const char* error_name(ErrorCode code) noexcept;

}  // namespace fihris
