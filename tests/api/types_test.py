#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The types of the Python package hold, and tell a program what is wrong with it. Exit status 77 without mypy."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PACKAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "lib/python"
PROGRAM = """\
import datetime
import fihris

with fihris.Indexer("x", threads=1) as indexer:
    indexer.add({"id": "1", "date": datetime.date(2015, 5, 29), "text": "x"})
    print(indexer.stats()["documents"] + 1)
with fihris.Searcher("x") as searcher:
    day: datetime.date | None = searcher.search("x", facets=["faction"], filters={"region": ["sy"]}).hits[0].date
    count: int = searcher.cooccur("x")[0]["a"]["count"]
    for hit in searcher.iterate("x", today=datetime.date(2015, 1, 1)):
        print(hit.title.upper(), hit.snippet.matches[0][0] + 1)
    searcher.search("x", limt=3)  # wrong
    searcher.search("x", sort="best")  # wrong
    searcher.timeline("x", by="decade")  # wrong
    searcher.cooccur("x")[0]["g3"]  # wrong
    searcher.places("x")[0]["lat"].upper()  # wrong
    searcher.similar("1").hits[0].titel  # wrong
fihris.Indexer("x", thread=1)  # wrong
fihris.Tagger().tag({"text": "x"})["persons"]  # wrong
fihris.Authority().find("person", "x")  # wrong
"""


def mypy(*words, **options):
    return subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--enable-incomplete-feature=Unpack",
                           "--ignore-missing-imports", *words], capture_output=True, text=True, **options)


def main():
    try:
        import mypy as _  # noqa: F401
        import typing_extensions as _  # noqa: F401
    except ImportError as error:
        print(f"{error}: skipped")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        cache = ["--cache-dir", folder + "/cache"]
        done = mypy(*cache, "fihris", cwd=PACKAGE)
        if done.returncode != 0:
            print(done.stdout + done.stderr)
            return 1
        program = pathlib.Path(folder, "program.py")
        program.write_text(PROGRAM, encoding="utf-8")
        done = mypy(*cache, str(program), env={**os.environ, "MYPYPATH": str(PACKAGE)})
    found = sorted({int(line) for line in re.findall(r"program\.py:(\d+): error", done.stdout)})
    wanted = [number for number, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith("# wrong")]
    if found != wanted:
        print(f"faults found in lines {found}, wanted {wanted}:\n{done.stdout}{done.stderr}")
        return 1
    print("types as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
