// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "authority/image.h"
#include "fihris/authority.h"

namespace fihris {

/// What an Authority holds: an image, and the bytes it points into unless they are part of the
/// library.
struct Authority::Impl {
  explicit Impl(std::string_view linked) : image(linked) {}
  explicit Impl(std::string built) : bytes(std::move(built)), image(bytes) {}
  std::string bytes;
  authority::Image image;
};

}  // namespace fihris
