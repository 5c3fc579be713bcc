#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# build.sh DIR [meson options]: configures DIR if it is new, and builds everything in it.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
shift
if [ ! -f "$build/build.ninja" ]; then
  command -v ccache >/dev/null && : "${CC:=ccache gcc}" "${CXX:=ccache g++}"
  command -v mold >/dev/null && : "${CC_LD:=mold}" "${CXX_LD:=mold}"
  export CC="${CC:-gcc}" CXX="${CXX:-g++}" CC_LD="${CC_LD:-}" CXX_LD="${CXX_LD:-}"
  [ -n "$CC_LD" ] || unset CC_LD
  [ -n "$CXX_LD" ] || unset CXX_LD
  meson setup "$build" "$top" "$@" >&2
fi
ninja -C "$build" >&2
