#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every installed header compiles alone: the C header as C11 and C++17, the others as C++17.

headers_test.py BUILD_LIB_DIR CXX CC..."""
import os
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"]


def compiles(compiler, standard, suffix, include, folders):
    with tempfile.NamedTemporaryFile("w", suffix=suffix) as source:
        source.write(f"#include <{include}>\n#include <{include}>\n")
        source.flush()
        command = [compiler, "-std=" + standard, *WARNINGS, *folders, source.name]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
        if done.returncode != 0:
            print(f"{include} as {standard} with {compiler}:\n{done.stderr}")
        return done.returncode == 0


def main():
    build = sys.argv[1]
    cxx = os.environ.get("FIHRIS_TEST_CXX", "g++")
    cc = os.environ.get("FIHRIS_TEST_CC", "gcc")
    headers = sorted(path.name for path in (TOP / "lib/fihris").glob("*.h"))
    # Headers as they lie when they are installed: version.h is made by the build.
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(TOP / "lib/fihris.h", folder + "/fihris.h")
        os.mkdir(folder + "/fihris")
        for name in headers:
            os.symlink(TOP / "lib/fihris" / name, folder + "/fihris/" + name)
        os.symlink(os.path.join(build, "version.h"), folder + "/fihris/version.h")
        where = ["-I", folder]
        good = compiles(cc, "c11", ".c", "fihris.h", where)
        good &= compiles(cxx, "c++17", ".cc", "fihris.h", where)
        for name in [*headers, "version.h"]:
            good &= compiles(cxx, "c++17", ".cc", "fihris/" + name, where)
    print(f"{len(headers) + 2} headers")
    return 0 if good and len(headers) >= 12 else 1


if __name__ == "__main__":
    sys.exit(main())
