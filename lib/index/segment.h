// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <span>
#include <string>
#include <vector>

#include "fihris/document.h"
#include "index/build_document.h"
#include "index/copies.h"
#include "index/manifest.h"

/// Segments as files: BASE.glass, BASE.columns and BASE.words. Nothing here is synced.
namespace fihris::index {

/// Size and checksum of a file as it is. \throws Error{not_found, io}
FileSum sum_file(const std::string& path);
/// Removes a file or a folder with all in it, if it is there. False if that failed.
bool remove_path(const std::string& path) noexcept;

/// A finished part on disk, as merging takes it: BASE.data is a database of documents with their
/// data and values, BASE.postings holds their terms (part_postings.h), BASE.columns and BASE.words
/// are as those of a segment. \param data  of each document, in order
void write_part(const std::string& base, std::span<const std::string> data, PartContents& contents,
                std::span<const Signature> signatures);
/// Size and checksum of database and postings of a part together.
FileSum sum_part(const std::string& base);

/// A part or a segment that is merged.
struct SegmentInput {
  std::string base;
  bool part = false;
  std::vector<std::uint32_t> removed;  ///< documents that are left out: 0-based, ascending
};
/// Merges parts and segments in order into one segment: documents of the second follow those of
/// the first, without gaps. \param text_bytes  of all inputs, removed documents among them
/// \param threads  1 or 2; the result is the same
SegmentEntry write_segment(std::span<const SegmentInput> inputs, const std::string& base,
                           std::uint64_t text_bytes, unsigned threads = 1);
/// Opens BASE.glass.
Xapian::Database open_segment(const std::string& base);
/// Bytes of an article as it was read.
std::uint64_t text_bytes_of(const Article& article);

}  // namespace fihris::index
