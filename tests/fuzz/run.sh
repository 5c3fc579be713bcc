#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh BUILD SECONDS [NAME...]: runs every fuzz target (or those named) of a build made with
#   CC=clang CXX=clang++ meson setup BUILD -Dfuzz=true -Db_lundef=false -Db_sanitize=address,undefined \
#     -Dcpp_args=-fsanitize=fuzzer-no-link
# for SECONDS each, from the seeds in tests/fuzz/seeds/NAME and tests/cases. Inputs that were found worth keeping go
# to BUILD/fuzz-corpus. FIHRIS_FUZZ_SEED=N draws the same inputs every time. Exit status 1 if a target found a fault: the input that shows it is named.
set -u
build=${1:?usage: run.sh BUILD SECONDS [NAME...]}
seconds=${2:?usage: run.sh BUILD SECONDS [NAME...]}
shift 2
here=$(cd "$(dirname "$0")" && pwd)
status=0
count=0
for target in "$build"/tests/fuzz/*_fuzz; do
  [ -x "$target" ] || continue
  name=$(basename "$target")
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  corpus=$build/fuzz-corpus/$name
  mkdir -p "$corpus"
  seeds=()
  [ -d "$here/seeds/${name%_fuzz}" ] && seeds+=("$here/seeds/${name%_fuzz}")
  dictionary=()
  [ -f "$here/${name%_fuzz}.dict" ] && dictionary+=("-dict=$here/${name%_fuzz}.dict")
  log=$build/fuzz-corpus/$name.log
  count=$((count + 1))
  if ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 "$target" -max_total_time="$seconds" \
    -timeout=10 -rss_limit_mb=1024 -max_len=65536 -seed="${FIHRIS_FUZZ_SEED:-0}" -artifact_prefix="$build/fuzz-corpus/$name-" \
    "${dictionary[@]}" "$corpus" "${seeds[@]}" >"$log" 2>&1; then
    printf 'ok    %-26s %s\n' "$name" "$(grep -c . <(ls "$corpus")) inputs kept, $(tail -n 1 "$log")"
  else
    printf 'FAIL  %-26s see %s\n' "$name" "$log"
    grep -E 'ERROR|runtime error|Test unit written' "$log" | head -5 | sed 's/^/        /'
    status=1
  fi
done
[ $count -gt 0 ] || { echo "no fuzz target in $build/tests/fuzz"; status=1; }
exit $status
