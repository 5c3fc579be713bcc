// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "fihris/document.h"

namespace fihris::cli {

/// An article as one JSON object with the fields it was read with.
std::string article_json(const Article& article);

}  // namespace fihris::cli
