#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The figures of docs/performance.md in one run: building, size, memory, adding, opening, searching.

    figures.py BUILD ARTICLES.jsonl WORK [--times N] [--keep]

BUILD is a build folder; WORK, a folder on a disk with room for forty times the articles, is made, and removed at the end
without --keep. --times N: all of it again with the articles N times over (10; 1: leave that out). One program runs
at a time, and each builds once: let nothing else run. Ratios are those of this run to the plain Xapian
program. With the rights to drop the system's caches (root) opening is timed cold."""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("build", type=pathlib.Path)
parser.add_argument("articles", type=pathlib.Path)
parser.add_argument("work", type=pathlib.Path)
parser.add_argument("--times", type=int, default=10)
parser.add_argument("--keep", action="store_true")
args = parser.parse_args()

BENCH = (args.build / "tests" / "bench").resolve()
FIHRIS = (args.build / "tools" / "fihris" / "fihris").resolve()
QUESTION = "معارك حلب"


def say(name, value):
    print(f"{name}\t{value}", flush=True)


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def numbers(text):
    return {key: float(value) for key, value in re.findall(r"^(\w+) ([\d.]+)$", text, re.M)}


def megabytes(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def build(label, times):
    index, plain = args.work / f"fihris-{times}", args.work / f"plain-{times}"
    ours = numbers(run(BENCH / "index_bench", index, args.articles, "--times", times))
    theirs = numbers(run(BENCH / "plain_xapian", plain, args.articles, times))
    size = megabytes(index)
    say(f"{label}: articles", f"{ours['articles']:,.0f}, {ours['text_mb']:.1f} MB of text")
    for key in ["build_seconds", "processor_seconds", "peak_mb"]:
        say(f"{label}: {key}", f"{ours[key]:.1f}, plain {theirs[key]:.1f}, ratio {ours[key] / theirs[key]:.3f}")
    say(f"{label}: of which commit, seconds", f"{ours['commit_seconds']:.1f}")
    say(f"{label}: index MB", f"{size:.1f}, plain {megabytes(plain):.1f}")
    stored = stored_megabytes(index)
    say(f"{label}: without stored articles, of the text", f"{(size - stored) / ours['text_mb']:.3f} (stored {stored:.1f} MB)")
    shutil.rmtree(plain)
    return index, ours["build_seconds"]


def stored_megabytes(index):
    """Blocks of the documents' table: in a single file the tables lie one after the other."""
    stored = 0
    for segment in index.glob("s*.glass"):
        report = run("xapian-check", segment)
        ends = {name: (int(size) * 1024, int(end))
                for name, size, end in re.findall(r"^(\w+):\nblocksize=(\d+)K items=\d+ firstunused=(\d+)", report, re.M)}
        size, end = ends["docdata"]
        begin = max((other for _, other in ends.values() if other < end), default=0)
        stored += size * (end - begin)
    return stored / 1e6


def opening(label, index):
    cold, warm = [], []
    for _ in range(5):
        dropped = os.geteuid() == 0 and os.path.exists("/proc/sys/vm/drop_caches")
        if dropped:
            os.sync()
            pathlib.Path("/proc/sys/vm/drop_caches").write_text("3")
            run(FIHRIS, "tag", "--help")  # program and libraries stay warm
        for times in [cold, warm] if dropped else [warm]:
            begin = time.perf_counter()
            run(FIHRIS, "search", QUESTION, "--db", index)
            times.append(1000 * (time.perf_counter() - begin))
    if cold:
        say(f"{label}: a first answer, cold, ms", f"median {statistics.median(cold):.0f}, most {max(cold):.0f}")
    say(f"{label}: a first answer, warm, ms", f"median {statistics.median(warm):.0f}, most {max(warm):.0f}")


def searching(label, times, index):
    twin = args.work / f"twin-{times}"
    report = run(BENCH / "search_bench", index, twin, 3)
    shutil.rmtree(twin)
    say(f"{label}: search", next(line for line in report.splitlines() if "queries" in line))
    rows = {}
    for name, *figures in re.findall(r"^  (\S.*?) +mean +([\d.]+) +p50 +([\d.]+) +p95 +([\d.]+) +p99 +([\d.]+)$", report, re.M):
        rows.setdefault(name, []).append([float(figure) for figure in figures])
    means = {}
    for name, rounds in rows.items():  # the first round is the cold one
        middle = [statistics.median(column) for column in zip(*rounds[1:])]
        means[name] = middle[0]
        say(f"{label}: {name}, ms", "mean {:.3f}, p50 {:.3f}, p95 {:.3f}, p99 {:.3f}".format(*middle))
    facets = next(value for name, value in means.items() if name.startswith("with all facets"))
    totals = next(value for name, value in means.items() if name.startswith("totals and hits"))
    plain = next(value for name, value in means.items() if name.startswith("plain Xapian, split"))
    counting = next(value for name, value in means.items() if name.startswith("plain Xapian, totals"))
    say(f"{label}: facets against totals alone", f"{facets / totals:.3f}")
    say(f"{label}: facets against plain Xapian's totals alone", f"{facets / counting:.3f}")
    say(f"{label}: with all facets against plain Xapian", f"{facets / plain:.3f}")


def main():
    args.work.mkdir()
    small = None
    for times in sorted({1, args.times}):
        label = "once" if times == 1 else f"{times} times"
        index, seconds = build(label, times)
        if small is None:
            small = seconds
        else:
            say(f"{label}: against {times} times the small one", f"{seconds / (times * small):.3f}")
        opening(label, index)
        searching(label, times, index)
        if times == 1:
            added = numbers(run(BENCH / "index_bench", args.work / "single", args.articles, "--single", 200))
            say(f"{label}: one article added, ms",
                f"median {added['single_add_ms_median']:.1f}, p95 {added['single_add_ms_p95']:.1f}, most {added['single_add_ms_max']:.1f}")
    if not args.keep:
        shutil.rmtree(args.work)


sys.exit(main())
