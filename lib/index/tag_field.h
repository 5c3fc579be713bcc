// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "fihris/document.h"

namespace fihris::index {

/// The keywords that a `tags` field gives: the strings of a JSON array, or the parts of a text
/// between commas, semicolons and line breaks; trimmed, none empty.
std::vector<std::string> split_tags(const Article::Field& field);

}  // namespace fihris::index
