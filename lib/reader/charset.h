// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "reader/source.h"

namespace fihris::reader {

/// What a text is written in.
struct Charset {
  enum class Kind : unsigned char {
    utf8,     ///< also with malformed sequences here and there
    other,    ///< `name` is to be converted
    unknown,  ///< neither UTF-8 nor anything that reads as Arabic
    binary,   ///< no text
  };
  Kind kind = Kind::utf8;
  std::string name;      ///< as ICU calls it: "windows-1256"
  std::size_t mark = 0;  ///< bytes of the byte order mark
  bool mixed = false;    ///< parts of the text are UTF-8 all the same
};

/// Finds out what `head`, the start of a text, is written in. A byte order mark decides; then zero
/// bytes in every other place (UTF-16); then UTF-8 if more of it is well formed than not; then
/// `declared`; then whichever of windows-1256, ISO-8859-6 and the guess of ICU reads best as
/// Arabic. \param declared  what the text says of itself, or empty. \param whole  `head` is all
/// there is.
Charset detect_charset(std::string_view head, std::string_view declared, bool whole);

/// A charset that the user named. \throws Error{invalid_argument} if ICU does not know it.
Charset named_charset(const std::string& name);

/// How well `text` reads as Arabic, 0 to 1: common words and letters where they belong.
double arabic_score(std::string_view utf8);

/// True if a line of `head` is UTF-8 beyond doubt: then a file of records is, whatever bytes its
/// other lines hold.
bool has_utf8_line(std::string_view head);

/// A stream that comes out as UTF-8; what cannot be converted becomes U+FFFD.
class ConvertingStream : public ByteStream {
 public:
  /// How many U+FFFD came out.
  virtual std::uint64_t replaced() const = 0;
};
std::unique_ptr<ConvertingStream> convert_stream(ByteStream& from, const std::string& charset);
std::string convert(std::string_view bytes, const std::string& charset);

}  // namespace fihris::reader
