// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fihris::reader {

/// The text that a page of wikitext shows: without templates, tables, references, files and
/// categories; links as their labels. Linear time; what is not closed is taken as it stands.
std::string without_wikitext(std::string_view text);

}  // namespace fihris::reader
