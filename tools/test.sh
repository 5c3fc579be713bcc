#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs what is missing, builds, and runs the tests; those of the suite "slow" (installed packages, minutes) are run by
# `meson test -C build --suite slow`.
set -eu
cd "$(dirname "$0")/.."
tools/setup/install.sh
tools/setup/build.sh build
exec meson test -C build --print-errorlogs --no-suite slow "$@"
