// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fihris::analysis {

/// What a character is to a tokenizer; `arabic` is a letter of that script, `letter` any other.
enum class CharClass : unsigned char { other, letter, arabic, digit, mark, ignorable };
CharClass char_class(char32_t code);

/// Marks, tatweel, joiners and direction controls dropped, presentation forms resolved to letters,
/// decomposed hamza composed; letters stay as written.
std::string to_light(std::string_view text);
/// The light form with أ إ آ ٱ as ا, ؤ as و, ئ and ى as ي, ة as ه, Persian letters as their Arabic
/// neighbours, digits as ASCII, Latin letters in lower case. Takes a light form.
std::string to_folded(std::string_view light);

}  // namespace fihris::analysis
