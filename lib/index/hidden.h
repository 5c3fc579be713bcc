// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace fihris::index {

/// Removed articles that are still in a segment, for those who read an index through Xapian alone,
/// as clients of xapian-tcpsrv do: the first database of the stub carries them as metadata.
inline constexpr const char* kHiddenKey = "fihris.hidden";

/// One removed version of an article: its id term, which the version that replaced it has too, and
/// the term of the part it was built in, which that one has not.
using HiddenVersion = std::pair<std::string, std::string>;

/// The versions removed from a segment. \param removed  0-based document numbers
std::vector<HiddenVersion> hidden_versions(const Xapian::Database& segment,
                                           std::span<const std::uint32_t> removed);
/// Writes an empty single-file database that carries `versions` to `path`; `scratch` is a folder
/// that may be made and removed.
void write_hidden(const std::vector<HiddenVersion>& versions, const std::string& path,
                  const std::string& scratch);
/// What a database says is hidden in it: for the right side of OP_AND_NOT. Empty if nothing is.
/// \param database  one index, local or remote; of several combined ones only the first is asked.
/// \throws Error{index_damaged, remote}
Xapian::Query hidden_query(const Xapian::Database& database);

}  // namespace fihris::index
