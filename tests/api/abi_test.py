#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The binary interface of the C header is the stored one (tests/api/libfihris.abi, written by abidw).

abi_test.py [--update]. The dump is made of functions without bodies that a C compiler builds from lib/fihris.h: it holds
the declared interface and none of the C++ behind it, so that it does not depend on a compiler's library. That the
library exports just these functions is what symbols_test.py checks; that they are defined as declared, the C++
compiler. Exit status 77 (skipped) without abidw."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HEADER = HERE.parent.parent / "lib/fihris.h"
STORED = HERE / "libfihris.abi"


def stub():
    """The header with a body for every function."""
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(encoding="utf-8"), flags=re.S)

    def body(found):
        return found.group(1) + ("{}" if found.group(2).strip() == "void" else "{ return 0; }")

    text, count = re.subn(r"(FIHRIS_C_API\s+([^;(]*?)\bfihris_\w+\s*\([^;]*?\))\s*;", body, text)
    handles = set(re.findall(r"typedef struct (fihris_\w+) \1;", text))
    return text, count, handles


def main():
    if shutil.which("abidw") is None or shutil.which("abidiff") is None:
        print("abidw is not installed (package abigail-tools): skipped")
        return 77
    text, count, handles = stub()
    if count < 50 or len(handles) != 7:
        print(f"{count} functions and {len(handles)} handles found: has the form of the header changed?")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        library, dump = folder + "/libfihris.so", folder + "/now.abi"
        pathlib.Path(folder, "fihris.c").write_text(text, encoding="utf-8")
        subprocess.run(["gcc", "-std=c11", "-g", "-shared", "-fPIC", "-w", "-Wl,-soname,libfihris.so.0", "-o", library,
                        "fihris.c"], check=True, cwd=folder)
        subprocess.run(["abidw", "--no-show-locs", "--no-corpus-path", "--no-comp-dir-path", "--drop-undefined-syms",
                        library, "--out-file", dump], check=True)
        if "--update" in sys.argv:
            shutil.copy(dump, STORED)
            return 0
        done = subprocess.run(["abidiff", str(STORED), dump], capture_output=True, text=True)
    if done.returncode == 0:
        print(f"{count} functions as stored")
        return 0
    print(done.stdout + done.stderr)
    if done.returncode & 8:
        print("An incompatible change: programs that are built would break. Take it back, or raise the soversion.")
    print("What was only added is stored by tests/api/abi_test.py --update.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
