#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The installed headers: each compiles alone, names no type of another library, and says what everything in it is.

headers_test.py BUILD_LIB_DIR. The C header is compiled as C11 and C++17, the others as C++17, with g++ and, where it is
installed, clang++, which also looks at the docstrings."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
WARNINGS = ["-Wall", "-Wextra", "-Wshadow", "-pedantic", "-Werror", "-fsyntax-only"]
FOREIGN = re.compile(r"\b(Xapian|xapian/|icu|UChar|UnicodeString|unicode/|boost|simdjson|archive|libxml|xml[A-Z]\w*)\b(?!:/)")
def compiles(compiler, standard, suffix, include, folders):
    with tempfile.NamedTemporaryFile("w", suffix=suffix) as source:
        source.write(f"#include <{include}>\n#include <{include}>\n")
        source.flush()
        words = WARNINGS + (["-Wdocumentation"] if "clang" in compiler else [])
        command = [compiler, "-std=" + standard, *words, *folders, source.name]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
        if done.returncode != 0:
            print(f"{include} as {standard} with {compiler}:\n{done.stderr}")
        return done.returncode == 0


def undocumented(compiler, headers, folders):
    """What a user may name in a header and that has no docstring, as clang attaches them."""
    source = "".join(f"#include <fihris/{name}>\n" for name in headers)
    command = [compiler, "-std=c++17", "-x", "c++", *folders, "-fsyntax-only", "-Xclang", "-ast-dump=json", "-Xclang",
               "-ast-dump-filter=fihris", "-"]
    text = subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout
    found, seen = [], 0

    def look(node, name, access):
        nonlocal seen
        kind = node["kind"]
        inner = node.get("inner", [])
        said = any(child["kind"] == "FullComment" for child in inner)
        special = kind in ("CXXDestructorDecl", "FriendDecl") or re.search(r"\b(\w+) (const )?&&?\)", node.get("type", {}).get("qualType", "")) and (
            kind == "CXXConstructorDecl" or node.get("name") == "operator=")
        behind = node.get("name") in ("Impl", "impl")  # named in the header, defined in the library
        declared = kind in ("CXXRecordDecl", "EnumDecl", "FunctionDecl", "CXXMethodDecl", "CXXConstructorDecl", "FieldDecl", "VarDecl")
        if access == "public" and declared and not node.get("isImplicit") and not special and not behind:
            seen += 1
            if not said:
                found.append(f"{name}{node.get('name')} has no docstring")
        if kind == "CXXRecordDecl" and not behind:
            inside = "private" if node["tagUsed"] == "class" else "public"
            comment = json.dumps([child for child in inner if child["kind"] == "FullComment"])
            methods = [child for child in inner if child["kind"] == "CXXMethodDecl" and not child.get("isImplicit")]
            if node["tagUsed"] == "class" and methods and "thread" not in comment and node["name"] != "Error":
                found.append(f"{name}{node['name']} does not say which threads may use it")
            for child in inner:
                if child["kind"] == "AccessSpecDecl":
                    inside = child["access"]
                elif child["kind"].endswith("Decl"):
                    look(child, name + node["name"] + "::", inside if access == "public" else access)

    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        space, at = decoder.raw_decode(text, at)
        for node in space.get("inner", []):
            if node["kind"].endswith("Decl"):
                look(node, "fihris::", "public")
        at = text.find("{", at)
    if seen < 300:
        found.append(f"only {seen} declarations seen: is this the dump of all headers?")
    return found


def main():
    build = sys.argv[1]
    compilers = [name for name in (os.environ.get("FIHRIS_TEST_CXX", "g++"), "clang++-14", "clang++") if shutil.which(name)]
    compilers = compilers[:2]
    cc = os.environ.get("FIHRIS_TEST_CC", "gcc")
    headers = sorted(path.name for path in (TOP / "lib/fihris").glob("*.h"))
    listed = (TOP / "lib/fihris/meson.build").read_text(encoding="utf-8")
    faults = [f"{name} is not installed" for name in headers if f"'{name}'" not in listed]
    for name in headers:
        code = re.sub(r"//[^\n]*", "", (TOP / "lib/fihris" / name).read_text(encoding="utf-8"))
        faults += [f"{name} names {match.group(0)}" for match in FOREIGN.finditer(code)]
    in_c = (TOP / "lib/fihris.h").read_text(encoding="utf-8").split("/* --- Status", 1)[1]
    for match in re.finditer(r"([^\n]*)\nFIHRIS_C_API[^;(]*?\b(fihris_\w+)\s*\(", in_c):
        if not match.group(1).rstrip().endswith("*/") and not match.group(2).endswith(("_free", "_new")):
            faults.append(f"fihris.h: {match.group(2)} has no comment")
    # Headers as they lie when they are installed: version.h is made by the build.
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(TOP / "lib/fihris.h", folder + "/fihris.h")
        os.mkdir(folder + "/fihris")
        for name in headers:
            os.symlink(TOP / "lib/fihris" / name, folder + "/fihris/" + name)
        os.symlink(os.path.join(build, "fihris/version.h"), folder + "/fihris/version.h")
        where = ["-I", folder]
        good = compiles(cc, "c11", ".c", "fihris.h", where)
        for cxx in compilers:
            good &= compiles(cxx, "c++17", ".cc", "fihris.h", where)
            for name in [*headers, "version.h"]:
                good &= compiles(cxx, "c++17", ".cc", "fihris/" + name, where)
            if "clang" in cxx:
                faults += undocumented(cxx, headers, where)
    print("\n".join(faults) if faults else f"{len(headers) + 2} headers with {', '.join([cc, *compilers])}")
    return 0 if good and not faults and len(headers) >= 12 else 1


if __name__ == "__main__":
    sys.exit(main())
