#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The shared library shows what its headers declare, and nothing else.

symbols_test.py LIBRARY: the C functions of lib/fihris.h are exactly the C symbols exported; every other exported
symbol belongs to namespace fihris."""
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    header = (TOP / "lib/fihris.h").read_text(encoding="utf-8")
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    declared = set(re.findall(r"FIHRIS_C_API[^;(]*?\b(fihris_\w+)\s*\(", header))
    listed = subprocess.run(["nm", "-D", "--defined-only", sys.argv[1]], check=True, capture_output=True,
                            text=True).stdout
    exported = {line.split()[-1].split("@")[0] for line in listed.splitlines()}
    exported -= {"FIHRIS_0", "FIHRIS_CXX_0.1"}  # the version nodes themselves
    in_c = {name for name in exported if not name.startswith("_Z")}
    foreign = {name for name in exported if name.startswith("_Z")
               and not re.match(r"_Z(T[ISV]N|NK?)6fihris", name)}
    faults = [f"declared but not exported: {name}" for name in sorted(declared - in_c)]
    faults += [f"exported but not declared: {name}" for name in sorted(in_c - declared)]
    faults += [f"exported from outside namespace fihris: {name}" for name in sorted(foreign)]
    called = (TOP / "tests/api/c_api_test.c").read_text(encoding="utf-8")
    faults += [f"never called in c_api_test.c: {name}" for name in sorted(declared) if name + "(" not in called]
    if len(declared) < 50 or len(exported) <= len(declared):
        faults.append(f"only {len(declared)} functions declared, {len(exported)} symbols exported: is this the library?")
    print("\n".join(faults) if faults else f"{len(declared)} C functions, {len(exported) - len(in_c)} C++ symbols")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
