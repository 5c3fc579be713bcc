// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "reader/file_stream.h"

namespace fihris::reader {

/// gzip (RFC 1952), joined members read as one; checksum and length of each are checked.
std::unique_ptr<ByteStream> unpack_gzip(ByteStream& from, const std::string& path,
                                        const ByteSource::Note& note);
/// bzip2, xz or zstd through libarchive, one layer.
std::unique_ptr<ByteStream> unpack_filter(ByteStream& from, const std::string& path,
                                          Packing packing);

/// The regular files in a tar or zip.
class ArchiveMembers : public ByteStream {
 public:
  /// \param file  not null: a zip that can be read from any place; else `from` is read in order.
  static std::unique_ptr<ArchiveMembers> open(ByteStream& from, FileStream* file,
                                              const std::string& path, Packing packing,
                                              ByteSource::Note note);
  /// The name as it stands in the archive.
  virtual std::optional<std::string> next() = 0;
};

}  // namespace fihris::reader
