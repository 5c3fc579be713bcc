// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "fihris/authority.h"
#include "query/plan.h"
#include "query/query_impl.h"

namespace fihris::query {

/// Weights of what raises the rank of an article. docs/search.md tells how they were measured.
namespace weight {
inline constexpr double kStem = 1.0;     ///< the word in any form
inline constexpr double kFolded = 0.25;  ///< in the form that was typed
inline constexpr double kLead = 0.3;     ///< among the first words of the text
inline constexpr double kTitle = 0.4;    ///< in the title
inline constexpr double kStop = 0.6;     ///< factor for words without content
inline constexpr double kAkin = 0.3;     ///< other words of the same consonants; as kRelated
inline constexpr double kRelated = 0.5;  ///< forms that look alike, where words are alternatives
inline constexpr double kEntity = 0.5;   ///< mentions of an entity that was asked for
}  // namespace weight

/// Turns a tree into what an index can match. \param any  bare words are alternatives.
Compiled compile(const Query::Impl& query, bool any, const Authority& authority,
                 const TermSource& index);

/// One term a line: what was understood, with the number of articles for each term.
std::string describe(const Plan& plan, const TermSource& index);

/// `written` without what no reader sees: tatweel, joiners and direction controls.
std::string visible(std::string_view written);

}  // namespace fihris::query
