#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds the Debian packages, unpacks them all into one folder, and asks the command and the Python package there. Status
# 77 (skipped) without debhelper. debian_test.sh FOLDER takes the packages that lie there.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
command -v dpkg-buildpackage >/dev/null && command -v dh_auto_build >/dev/null && command -v dh_python3 >/dev/null || {
  echo "debhelper or dh-python is not installed: skipped"
  exit 77
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
debs=${1:-$folder/debs}
[ $# -gt 0 ] || "$top/tools/packaging/deb.sh" "$debs"
for package in libfihris0 libfihris-dev fihris python3-fihris; do
  set -- "$debs/${package}_"*.deb
  [ -f "$1" ] || { echo "no package $package"; exit 1; }
  dpkg-deb -x "$1" "$folder/root"
done
LD_LIBRARY_PATH=$(dirname "$(find "$folder/root" -name 'libfihris.so.0')")
export LD_LIBRARY_PATH
cd "$folder"
root/usr/bin/fihris index "$top/corpus/articles/sample.jsonl" --db index --quiet
root/usr/bin/fihris search هدنة --db index --limit 1 | grep -q article
PYTHONPATH=root/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import fihris
assert fihris.__version__ == fihris.library_version()
with fihris.Searcher("index") as searcher:
    assert len(searcher) == 144 and searcher.search("هدنة").total > 0
'
test -f root/usr/share/man/man1/fihris-search.1.gz
test -f root/usr/share/bash-completion/completions/fihris
pkg=$(dirname "$(find root -name fihris.pc)")
PKG_CONFIG_PATH=$pkg PKG_CONFIG_SYSROOT_DIR=$folder/root pkg-config --cflags --libs fihris
echo "packages work"
