// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fihris/document.h"

namespace fihris::index {

/// Numbers as they stand in document data: seven bits a byte, low ones first, the top bit set on
/// all but the last (LEB128).
void put_number(std::string& to, std::uint64_t number);
/// Takes a number from the front of `from`; empty if there is none whole.
std::optional<std::uint64_t> take_number(std::string_view& from);

/// The record that document data holds: docs/index-format.md. `decode_article` (snapshot.h) reads
/// it.
std::string encode_article(const Article& article);

}  // namespace fihris::index
