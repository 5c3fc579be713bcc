// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// THE field table: what stands where in a Xapian document of an index. docs/index-format.md says
/// the same for other programs. Whatever changes here changes `kFormatVersion`.
namespace fihris::index {

inline constexpr std::string_view kFormatVersion = "2";

/// Term prefixes. A stem key of title and text has no prefix. No term has positions in Xapian: the
/// word file beside the segment has the words of each article in order.
namespace prefix {
inline constexpr std::string_view kId = "Q";       ///< Q + id (hashed when long); one document each
inline constexpr std::string_view kRaw = "R";      ///< folded form of title and text
inline constexpr std::string_view kTitle = "S";    ///< stem key in the title
inline constexpr std::string_view kLead = "XL";    ///< stem key among the first words of the text
inline constexpr std::string_view kAuthor = "A";   ///< stem key of the author
inline constexpr std::string_view kSource = "XS";  ///< XS + source, boolean
inline constexpr std::string_view kLanguage = "L";  ///< "ar" …
inline constexpr std::string_view kFaction = "XF";  ///< XF + faction id; frequency: its mentions
inline constexpr std::string_view kFactionTree =
    "XG";  ///< XG + id of the faction and of each of its ancestors
inline constexpr std::string_view kRegion = "XR";  ///< XR + region id; frequency: its mentions
inline constexpr std::string_view kRegionTree =
    "XT";  ///< XT + id of the region and of each of its ancestors
inline constexpr std::string_view kFactionAbout =
    "XB";  ///< XB + id: in the title or mentioned three times
inline constexpr std::string_view kRegionAbout = "XC";  ///< XC + id: the same for regions
inline constexpr std::string_view kHas =
    "XH";  ///< XH + field that the document has: faction, region, event, date …
inline constexpr std::string_view kEvent = "XD";  ///< XD + ISO value of each date tag, boolean
inline constexpr std::string_view kTag = "K";     ///< values of a `tags` field
inline constexpr std::string_view kPart =
    "XV";  ///< XV + name of the part that a document was built in: with Q it names one version
}  // namespace prefix

/// Positions number the words of an article: the title from 1, the text from `kTextStart`.
inline constexpr std::uint32_t kTextStart = 1000;
/// The last position that a word of the title can have; later ones share it. The text begins after
/// a gap, so that no phrase runs from one to the other.
inline constexpr std::uint32_t kTitleEnd = kTextStart - 100;
constexpr std::uint32_t title_position(std::size_t word) {
  return word < kTitleEnd ? static_cast<std::uint32_t>(word) + 1 : kTitleEnd;
}

/// So many words of a text are its lead: news say there what they are about.
inline constexpr std::uint32_t kLeadWords = 30;

/// Value slots.
enum Slot : unsigned {
  kSlotDay = 0,       ///< day of publication: sortable_serialise(days since 1970-01-01)
  kSlotFactions = 1,  ///< ids of the faction tags joined by '\n'
  kSlotRegions = 2,   ///< ids of the region tags joined by '\n'
  kSlotEvents = 3,    ///< ISO values of the date tags joined by '\n'
  kSlotSource = 4,
  kSlotGroup = 5,  ///< near-identical articles share it
  kSlotPoints =
      6,  ///< places with coordinates, for Xapian's geospatial classes: LatLongCoords serialised
  kSlots = 7
};

/// The unique term of an article: prefix and id, or a hash of ids over 200 bytes. A NUL counts
/// twice.
std::string id_term(std::string_view id);
/// A term cut to what Xapian can hold (245 bytes, a NUL counting as two), at a character boundary.
std::string bounded_term(std::string_view prefix, std::string_view value);

}  // namespace fihris::index
