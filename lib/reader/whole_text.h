// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "reader/source.h"

namespace fihris::reader {

/// All of a stream, or why it was not taken.
struct WholeText {
  std::string text;
  std::string fault;
  std::string remedy;
};
WholeText whole_text(ByteStream& from, std::size_t max_bytes);

}  // namespace fihris::reader
