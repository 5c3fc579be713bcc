#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs what is missing, builds, indexes the sample corpus and asks it a question: who fought where in Idlib
# in the spring and summer of 2015?
set -eu
cd "$(dirname "$0")/.."
tools/setup/install.sh
tools/setup/build.sh build
fihris=build/tools/fihris/fihris
rm -rf build/sample.idx
$fihris index corpus/articles/sample.jsonl --db build/sample.idx
set -x
$fihris search 'معارك منطقة:إدلب تاريخ:2015' --db build/sample.idx --facets --limit 3
