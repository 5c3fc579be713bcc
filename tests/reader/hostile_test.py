#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the hostile inputs of a folder beside the checkout through the command, if they are there.

  hostile_test.py FIHRIS [--only PREFIX] [--time-factor N]

Each row of ../shared/eval/hostile/manifest.tsv is checked with that folder's own checker: exit status, time, memory,
articles indexed, reports, words found. Exit status 77 (skipped) where the folder is not there."""
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
FOLDER = TOP.parent / "shared" / "eval" / "hostile"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if not (FOLDER / "check_hostile.py").exists():
        print(f"skipped: no {FOLDER.relative_to(TOP.parent)} beside the checkout")
        return 77
    fihris = pathlib.Path(sys.argv[1]).resolve()
    checker = [sys.executable, str(FOLDER / "check_hostile.py")]
    # Nothing but hits: the table's header is left out.
    find = f"set -o pipefail; {fihris} search --format tsv --db {{db}} -- {{query}} | tail -n +2"
    index = f"{fihris} index --db {{db}}"
    count = ["--count", f"{fihris} stats --db {{db}}"]
    more = sys.argv[2:] or ["--time-factor", "4"]
    # The row's reader names the format; of archives it is found out.
    named = subprocess.run(checker + ["--index", f"{index} --format {{reader}} {{file}}", "--find", find,
                                      "--readers", "jsonl,csv,text,html,feed"] + count + more)
    found = subprocess.run(checker + ["--index", f"{index} {{file}}", "--find", find, "--readers", "archive"] + count + more)
    return 1 if named.returncode or found.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
