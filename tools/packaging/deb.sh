#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# deb.sh FOLDER: builds the Debian packages of this tree into FOLDER, in a copy: the tree itself is not written to.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/fihris"
if git -C "$top" rev-parse --git-dir >/dev/null 2>&1; then
  (cd "$top" && git ls-files -z --cached --others --exclude-standard | xargs -0 -I{} sh -c 'test -e "$1" && echo "$1"' _ {}) >"$work/files"
else
  (cd "$top" && find . -path ./build -prune -o -type f -print) >"$work/files"
fi
tar -C "$top" -cf - -T "$work/files" | tar -C "$work/fihris" -xf -
cp -r "$top/tools/packaging/debian" "$work/fihris/debian"
cd "$work/fihris"
if [ -d /usr/lib/ccache ]; then PATH=/usr/lib/ccache:$PATH; export PATH; fi
# What is needed to build is installed by tools/setup, and meson says what is missing.
DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" dpkg-buildpackage -b -us -uc --no-check-builddeps >"$out/build.log" 2>&1 || {
  tail -n 40 "$out/build.log" >&2
  exit 1
}
cp "$work"/*.deb "$out/"
ls "$out"
