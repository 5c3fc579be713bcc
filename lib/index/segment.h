// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <span>
#include <string>
#include <vector>

#include "fihris/document.h"
#include "index/copies.h"
#include "index/manifest.h"

/// Segments as files: BASE.glass and BASE.columns. Nothing here is synced.
namespace fihris::index {

/// Size and checksum of a file as it is. \throws Error{not_found, io}
FileSum sum_file(const std::string& path);
/// Removes a file or a folder with all in it, if it is there. False if that failed.
bool remove_path(const std::string& path) noexcept;

/// Turns the database in folder `from` into BASE.glass, writes BASE.columns beside it, removes
/// `from`. \param signatures  one for each document.
SegmentEntry finish_segment(const std::string& from, const std::string& base,
                            std::span<const Signature> signatures, std::uint64_t text_bytes);
/// Merges segments in order: documents of the second follow those of the first.
SegmentEntry merge_segments(std::span<const std::string> bases, const std::string& base,
                            std::uint64_t text_bytes);
/// Writes a segment without its removed documents: the last ones move into the gaps, so that
/// documents stay dense.
SegmentEntry purge_segment(const std::string& from, std::span<const std::uint32_t> removed,
                           const std::string& base);
/// Opens BASE.glass.
Xapian::Database open_segment(const std::string& base);
/// Bytes of an article as it was read.
std::uint64_t text_bytes_of(const Article& article);

}  // namespace fihris::index
