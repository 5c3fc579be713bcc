// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "fihris/query.h"
#include "query/ast.h"

namespace fihris {

struct Query::Impl {
  std::string text;  ///< as given; empty for a tree
  query::Node root;
  std::vector<QueryWarning> warnings;
  QueryOptions options;
};

}  // namespace fihris
