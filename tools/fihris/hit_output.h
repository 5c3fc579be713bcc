// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "fihris/search.h"

namespace fihris::cli {

/// A hit for a reader: title, id, day, source and the passages with their matches marked.
void print_hit(const Hit& hit);

}  // namespace fihris::cli
