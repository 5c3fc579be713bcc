// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fihris::index {

/// Size and checksum that a file must have.
struct FileSum {
  std::uint64_t size = 0;
  std::uint32_t crc = 0;  ///< CRC-32C

  friend bool operator==(const FileSum&, const FileSum&) = default;
};

/// A segment: NAME.glass is a single-file Xapian database, NAME.columns its column file, NAME.words
/// its word file.
struct SegmentEntry {
  std::string name;
  std::uint32_t documents = 0;   ///< local ids 1 to this, removed ones among them
  std::uint64_t text_bytes = 0;  ///< of the articles as they were read, removed ones among them
  FileSum glass;
  FileSum columns;
  FileSum words;
};

/// What an index consists of at one revision. Its file is the Xapian stub database of the folder at
/// the same time: what is fihris' own stands in comments, so that one rename switches both.
struct Manifest {
  std::string index;           ///< 16 hexadecimal digits, drawn when the index was made
  std::uint64_t revision = 0;  ///< counts commits, from 1
  std::string format, analyzer, authority;
  std::string checkpoint;              ///< any bytes
  std::vector<SegmentEntry> segments;  ///< oldest first
  std::optional<FileSum> removed;      ///< of `removed_name()`
  std::optional<FileSum> hidden;       ///< of `hidden_name()`

  /// Tombstones of this revision, for fihris; docs/index-format.md.
  std::string removed_name() const { return "removed-" + std::to_string(revision); }
  /// An empty Xapian database that tells clients of remote shards what not to show.
  std::string hidden_name() const { return "hidden-" + std::to_string(revision) + ".glass"; }
  /// The names of all files that it lists.
  std::vector<std::string> files() const;
};

inline constexpr std::string_view kManifestName = "XAPIANDB";

std::string write_manifest(const Manifest& manifest);
/// \param path  for messages. \throws Error{index_damaged, index_version}
Manifest parse_manifest(std::string_view bytes, const std::string& path);
/// Reads the manifest of the index in `folder`.
/// \throws Error{not_found} if there is no index; the others as `parse_manifest`.
Manifest read_manifest(const std::string& folder);

/// Document numbers (0-based, ascending) of each segment that are removed.
using Removed = std::vector<std::vector<std::uint32_t>>;
std::string write_removed(const Removed& removed);
/// \throws Error{index_damaged} unless it fits `manifest`.
Removed parse_removed(std::string_view bytes, const Manifest& manifest, const std::string& path);

}  // namespace fihris::index
