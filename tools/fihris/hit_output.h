// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "fihris/authority.h"
#include "fihris/search.h"

namespace fihris::cli {

/// A hit for a reader: title, id, day, source and the passages with their matches marked.
void print_hit(const Hit& hit);
/// A GeoJSON feature (RFC 7946): the tagged places of a hit that have coordinates as points, null
/// if none has.
std::string hit_geojson(const Hit& hit, const Authority& authority);

}  // namespace fihris::cli
