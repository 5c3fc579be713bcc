// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "fihris/tagger.h"

namespace fihris::cli {

/// The tags of an article as one JSON object (docs/cli.md, "tag"). \param explain  rules and
/// confidence of every mention too.
std::string tags_json(std::string_view id, const ArticleTags& tags, const Authority& authority,
                      bool explain);

}  // namespace fihris::cli
