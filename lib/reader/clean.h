// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fihris::reader {

enum class Places : unsigned char {
  free,  ///< characters may go
  kept,  ///< every byte keeps its place
};

/// `text` without control characters: they become blanks, CR LF and U+0085 line ends; with
/// `Places::free` soft hyphens go too. Valid UTF-8 in, valid UTF-8 out.
std::string without_controls(std::string_view text, Places places);
/// The same on one line, without blanks at its ends.
std::string one_line(std::string_view text);

/// True if `text` holds something that `without_markup` might change.
inline bool may_hold_markup(std::string_view text) {
  return text.find('<') != text.npos || text.find('&') != text.npos;
}
/// `text` without HTML tags, comments, scripts and styles, and with character references resolved.
/// Blocks and breaks part lines. What only looks like a tag («3 < 5», "<name>") stays. Linear time.
std::string without_markup(std::string_view text);
/// `text` with character references resolved; references to no character become U+FFFD, unknown
/// names stay as they are.
std::string without_references(std::string_view text);

/// Finds where tags end, in one text. Quotes that are left open send each search to the end of the
/// text; so after some long searches in vain only what is near is looked at, and time stays in
/// proportion to the length.
class TagEnds {
 public:
  enum class Found : unsigned char {
    end,   ///< `at` is the place of ">"
    none,  ///< another "<" comes first, or the end is too far away: this is no tag
    more,  ///< the text ends before the tag does
  };
  struct Result {
    Found found;
    std::size_t at;
  };
  /// \param at  where the name of the tag ends
  Result find(std::string_view text, std::size_t at);

 private:
  int in_vain_ = 0;
};

/// The character that an HTML name stands for ("quot", "nbsp", "laquo"), or 0.
char32_t named_character(std::string_view name);

struct Reference {
  char32_t code = 0;
  std::size_t length = 0;  ///< bytes; 0: no reference
};
/// The character reference that begins at `at` with "&" and ends with ";".
Reference reference_at(std::string_view text, std::size_t at);

}  // namespace fihris::reader
