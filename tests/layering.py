#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the #include lines of lib/ and tools/ and refuses one that goes against the order of the stages.

A stage may include its own files, the public headers and what it is said to use below. Public headers are C++17 and
name no Xapian, ICU or Boost header. Exit status 1 and a line a fault if there is one."""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
USES = {
    "base": set(),
    "analysis": {"base"},
    "authority": {"base", "analysis"},
    "timex": {"base", "analysis"},
    "tagger": {"base", "analysis", "authority", "timex"},
    "reader": {"base", "analysis", "timex"},
    "index": {"base", "analysis", "authority", "timex", "tagger"},
    "query": {"base", "analysis", "authority", "timex", "index"},
    "search": {"base", "analysis", "authority", "timex", "index", "query"},
    "capi": {"base"},
    "fihris": set(),
}
# Stages that may know a library, by the start of the header's name.
LIBRARIES = {
    "xapian": {"index", "query", "search"},
    "unicode/": {"base", "analysis", "timex", "reader"},
    "simdjson": {"reader"},
    "archive": {"reader"},
    "libxml/": {"reader"},
    "boost/": set(),
}


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1)


def main():
    faults = []
    seen = 0
    for path in sorted((TOP / "lib").glob("*/*")):
        if path.suffix not in (".h", ".cc"):
            continue
        seen += 1
        stage = path.parent.name
        if stage not in USES:
            faults.append(f"{path.relative_to(TOP)}: \"{stage}\" is no stage")
            continue
        for number, name in includes(path):
            where = f"{path.relative_to(TOP)}:{number}"
            top = name.split("/")[0]
            if top in USES and "/" in name and top not in ("fihris", stage) and top not in USES[stage]:
                faults.append(f"{where}: {stage}/ may not include {name}")
            for library, stages in LIBRARIES.items():
                if name.startswith(library) and stage not in stages:
                    faults.append(f"{where}: {stage}/ may not know {name}")
    for path in sorted((TOP / "tools").rglob("*.cc")) + sorted((TOP / "tools").rglob("*.h")):
        seen += 1
        for number, name in includes(path):
            top = name.split("/")[0]
            if name.startswith("xapian") or (top in USES and "/" in name and top not in ("fihris", "base")):
                faults.append(f"{path.relative_to(TOP)}:{number}: the command knows the public headers alone, not {name}")
    if seen == 0:
        faults.append("no source file found")
    print("\n".join(faults) if faults else f"layering: {seen} files in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
