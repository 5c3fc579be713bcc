// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "fihris/reader.h"

namespace fihris::reader {

/// The format of a text, by its name and its first bytes (UTF-8). Never `automatic`. Where the two
/// disagree, the content decides for what begins like JSON, XML or HTML, else the name.
/// \param name  of the file or member; an ending such as ".gz" is passed over.
InputFormat detect_format(std::string_view head, std::string_view name);

/// True if JSON objects stand over several lines or in a list, rather than one on a line.
bool is_json_stream(std::string_view head);

/// What a text says it is written in: an XML declaration or a <meta> of HTML. Empty if nothing.
std::string declared_charset(std::string_view head);

}  // namespace fihris::reader
