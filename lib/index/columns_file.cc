// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/columns_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <type_traits>
#include <vector>

#include "fihris/date.h"
#include "fihris/error.h"
#include "index/schema.h"

namespace fihris::index {
namespace {

static_assert(std::endian::native == std::endian::little, "column files are little-endian");

constexpr std::string_view kMagic = "FIHRISC1";

/// Sections in the order of their file.
enum Section : std::size_t {
  kDay,
  kLength,
  kGroup,
  kEventEnds,
  kEvents,
  kSignatures,
  kFacets,  ///< factions, regions, sources: four sections each
  kSections = kFacets + 12
};

struct Header {
  std::array<char, 8> magic;
  std::uint32_t documents;
  std::uint32_t checksum;                      ///< CRC-32C of `sizes`
  std::array<std::uint64_t, kSections> sizes;  ///< bytes of each section, without padding
};
static_assert(std::is_trivially_copyable_v<Header>);

/// Calls `each` with every part of `text` between line feeds; an empty text has none.
template <class Each>
void split_lines(std::string_view text, Each&& each) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > 0) each(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Collects the values of a facet in document order.
class FacetBuilder {
 public:
  explicit FacetBuilder(std::uint32_t documents) { ends_.reserve(documents); }

  void add(std::string_view value) {
    auto found = numbers_.find(value);
    if (found == numbers_.end()) {
      found =
          numbers_.emplace(std::string(value), static_cast<std::uint32_t>(numbers_.size())).first;
    }
    entries_.push_back(found->second);
  }
  void end_document() { ends_.push_back(static_cast<std::uint32_t>(entries_.size())); }

  /// The four sections: name_ends, names, ends, numbers.
  std::array<std::string, 4> sections() {
    // Numbers were given in order of first sight; in the file they follow byte order.
    std::vector<std::uint32_t> rank(numbers_.size());
    std::vector<std::uint32_t> name_ends;
    std::string names;
    std::uint32_t next = 0;
    for (const auto& [name, number] : numbers_) {
      rank[number] = next++;
      names += name;
      name_ends.push_back(static_cast<std::uint32_t>(names.size()));
    }
    std::vector<std::uint32_t> sorted;
    sorted.reserve(entries_.size());
    std::vector<std::uint32_t> ends;
    ends.reserve(ends_.size());
    std::uint32_t begin = 0;
    for (const auto end : ends_) {
      const auto first = static_cast<std::ptrdiff_t>(sorted.size());
      for (auto i = begin; i < end; ++i) sorted.push_back(rank[entries_[i]]);
      std::sort(sorted.begin() + first, sorted.end());
      sorted.erase(std::unique(sorted.begin() + first, sorted.end()), sorted.end());
      ends.push_back(static_cast<std::uint32_t>(sorted.size()));
      begin = end;
    }
    return {to_bytes(name_ends), std::move(names), to_bytes(ends), to_bytes(sorted)};
  }

  template <class Value>
  static std::string to_bytes(const std::vector<Value>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
  }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::uint32_t> entries_;
  std::vector<std::uint32_t> ends_;
};

FacetBuilder read_facet(const Xapian::Database& db, Slot slot, std::uint32_t documents) {
  FacetBuilder facet(documents);
  std::uint32_t next = 1;
  for (auto it = db.valuestream_begin(slot); it != db.valuestream_end(slot); ++it) {
    for (; next < it.get_docid(); ++next) facet.end_document();
    split_lines(*it, [&](std::string_view value) { facet.add(value); });
    facet.end_document();
    ++next;
  }
  for (; next <= documents; ++next) facet.end_document();
  return facet;
}

}  // namespace

std::string make_columns(const Xapian::Database& db, std::span<const Signature> signatures,
                         std::span<const std::uint32_t> lengths) {
  const auto documents = static_cast<std::uint32_t>(db.get_lastdocid());
  std::array<std::string, kSections> sections;

  std::vector<std::int32_t> day(documents, kNoDay);
  for (auto it = db.valuestream_begin(kSlotDay); it != db.valuestream_end(kSlotDay); ++it) {
    day[it.get_docid() - 1] = static_cast<std::int32_t>(Xapian::sortable_unserialise(*it));
  }
  sections[kDay] = FacetBuilder::to_bytes(day);

  std::vector<std::uint32_t> length(lengths.begin(), lengths.end());
  length.resize(documents, 0);
  if (lengths.empty()) {
    for (auto it = db.postlist_begin(""); it != db.postlist_end(""); ++it) {
      length[*it - 1] = it.get_doclength();
    }
  }
  sections[kLength] = FacetBuilder::to_bytes(length);

  std::vector<std::uint64_t> group(documents, 0);
  for (auto it = db.valuestream_begin(kSlotGroup); it != db.valuestream_end(kSlotGroup); ++it) {
    group[it.get_docid() - 1] = parse_hex64(*it);
  }
  sections[kGroup] = FacetBuilder::to_bytes(group);

  std::vector<std::uint32_t> event_ends(documents, 0);
  std::vector<EventSpan> events;
  std::uint32_t next = 1;
  const auto end_documents = [&](std::uint32_t before) {
    for (; next < before; ++next) event_ends[next - 1] = static_cast<std::uint32_t>(events.size());
  };
  for (auto it = db.valuestream_begin(kSlotEvents); it != db.valuestream_end(kSlotEvents); ++it) {
    end_documents(it.get_docid());
    split_lines(*it, [&](std::string_view value) {
      const auto range = parse_iso_range(value);
      if (range) events.push_back({to_days(range->first), to_days(range->last)});
    });
  }
  end_documents(documents + 1);
  sections[kEventEnds] = FacetBuilder::to_bytes(event_ends);
  sections[kEvents] = FacetBuilder::to_bytes(events);

  std::vector<SignatureColumn::Bytes> fingerprints;
  fingerprints.reserve(documents);
  for (const auto& signature : signatures) fingerprints.push_back(signature.bytes);
  fingerprints.resize(documents);
  sections[kSignatures] = FacetBuilder::to_bytes(fingerprints);

  std::size_t at = kFacets;
  for (const auto slot : {kSlotFactions, kSlotRegions, kSlotSource}) {
    for (auto& section : read_facet(db, slot, documents).sections()) {
      sections[at++] = std::move(section);
    }
  }

  Header header{};
  std::copy(kMagic.begin(), kMagic.end(), header.magic.begin());
  header.documents = documents;
  for (std::size_t i = 0; i < kSections; ++i) header.sizes[i] = sections[i].size();
  header.checksum =
      crc32c({reinterpret_cast<const char*>(header.sizes.data()), sizeof header.sizes});
  std::string file(reinterpret_cast<const char*>(&header), sizeof header);
  for (const auto& section : sections) {
    file += section;
    file.resize((file.size() + 7) / 8 * 8);
  }
  return file;
}

ColumnsFile::ColumnsFile(const std::string& path) : file_(path) { read(path); }

ColumnsFile::ColumnsFile(std::string bytes, const std::string& name) : made_(std::move(bytes)) {
  read(name);
}

void ColumnsFile::read(const std::string& name) {
  const auto fail = [&](const std::string& what) {
    throw Error(ErrorCode::index_damaged, name + ": " + what,
                "run `fihris check --repair` on the index: columns are built anew");
  };
  const std::string_view bytes = this->bytes();
  Header header;
  if (bytes.size() < sizeof header) fail("shorter than the header of a column file");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != kMagic ||
      header.checksum !=
          crc32c({reinterpret_cast<const char*>(header.sizes.data()), sizeof header.sizes})) {
    fail("not a column file");
  }
  std::array<std::string_view, kSections> sections;
  std::uint64_t at = sizeof header;
  for (std::size_t i = 0; i < kSections; ++i) {
    const auto size = header.sizes[i];
    if (at > bytes.size() || size > bytes.size() - at) fail("cut short");
    sections[i] = bytes.substr(at, size);
    at = (at + size + 7) / 8 * 8;
  }
  const auto view = [&]<class Value>(std::size_t section, std::span<const Value>& to) {
    if (sections[section].size() % sizeof(Value) != 0) fail("a section has a wrong size");
    to = {reinterpret_cast<const Value*>(sections[section].data()),
          sections[section].size() / sizeof(Value)};
  };
  // An array of ends: ascending, and the last one is the size of what it parts.
  const auto check_ends = [&](std::span<const std::uint32_t> ends, std::size_t size) {
    if (!std::is_sorted(ends.begin(), ends.end()) || (ends.empty() ? 0 : ends.back()) != size) {
      fail("ends that do not ascend");
    }
  };
  auto& c = columns_;
  c.documents = header.documents;
  view(kDay, c.day);
  view(kLength, c.length);
  view(kGroup, c.group);
  view(kEventEnds, c.event_ends);
  view(kEvents, c.events);
  std::span<const SignatureColumn::Bytes> fingerprints;
  view(kSignatures, fingerprints);
  const std::size_t n = header.documents;
  if (c.day.size() != n || c.length.size() != n || c.group.size() != n ||
      c.event_ends.size() != n || fingerprints.size() != n) {
    fail("columns of unequal length");
  }
  signatures_ = {fingerprints, c.day};
  check_ends(c.event_ends, c.events.size());
  std::size_t section = kFacets;
  for (auto* facet : {&c.factions, &c.regions, &c.sources}) {
    view(section, facet->name_ends);
    facet->names = sections[section + 1];
    view(section + 2, facet->ends);
    view(section + 3, facet->numbers);
    section += 4;
    facet->values = static_cast<std::uint32_t>(facet->name_ends.size());
    check_ends(facet->name_ends, facet->names.size());
    if (facet->ends.size() != n) fail("columns of unequal length");
    check_ends(facet->ends, facet->numbers.size());
    const auto largest = std::max_element(facet->numbers.begin(), facet->numbers.end());
    if (largest != facet->numbers.end() && *largest >= facet->values) fail("a value out of range");
  }
}

}  // namespace fihris::index
