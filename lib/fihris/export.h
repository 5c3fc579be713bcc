// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

/// Marks what the shared library shows; all else is hidden (-fvisibility=hidden).
#define FIHRIS_API __attribute__((visibility("default")))
