// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>

#include "fihris/authority.h"
#include "query/plan.h"
#include "query/query_impl.h"

namespace fihris::search {

/// The query with words that the index hardly knows changed to near ones that it knows well; empty
/// if there is nothing better. A name in Latin letters that the index knows better as an entity
/// becomes a field: "Houthis Aden" is `faction:Houthis region:Aden` where news are in Arabic.
/// \param spelling  how a folded form is written in full («رييس»: «رئيس»)
std::string better_spelling(const Query::Impl& query, const query::TermSource& terms,
                            const Authority& authority,
                            const std::function<std::string(const std::string&)>& spelling);

}  // namespace fihris::search
