// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "fihris/authority.h"

namespace fihris::cli {

struct StdioOptions {
  std::vector<std::string> indexes;  ///< none: only what needs no index is answered
  bool write = false;                ///< `add`, `remove`, `commit` are answered too
};

/// Answers requests, one JSON object a line, until `in` ends: {"id", "method", "params"} in, {"id",
/// "result"} or {"id", "error"} out, in order (docs/cli.md, "serve"). A request that fails ends
/// nothing.
void serve_stdio(std::istream& in, std::ostream& out, const Authority& authority,
                 const StdioOptions& options);

}  // namespace fihris::cli
