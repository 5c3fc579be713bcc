#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the examples of the documentation.

    docs_test.py FIHRIS [--update] [FILE.md...]

- ```console: lines that begin with "$ " are run by bash in a scratch folder of the document, which holds the sample
  corpus as `articles.jsonl`; what follows is what they print (both outputs). "..." stands for anything, and so
  does a line that is nothing but "…".
- ```python: run one after another by one interpreter, in the same folder. Lines of a ```text block right after are what
  they print.
- ```cpp and ```c: stand so, but for their indentation, in a file of docs/examples, which another test runs; a few lines
  of C++ that do not are compiled as the body of a function.

- links to other files of the project lead somewhere.

--update writes what was printed into the document, where what stands there does not match."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def matches(expected, found):
    """True if the output is as expected, "..." for anything, blanks at line ends left out."""
    def clean(text):
        return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())

    expected = re.sub(r"^ *…$", "...", expected, flags=re.M)
    pattern = ".*?".join(re.escape(part) for part in clean(expected).split("..."))
    return re.fullmatch(pattern, clean(found), re.S) is not None


def commands_of(block):
    """Commands with the output that is expected of them."""
    parts = []
    for line in block.splitlines():
        if line.startswith("$ ") or (parts and parts[-1][0].endswith("\\") and not parts[-1][1]):
            if line.startswith("$ "):
                parts.append([line[2:], ""])
            else:
                parts[-1][0] += "\n" + line
        else:
            parts[-1][1] += line + "\n"
    return parts


def compiles(lines):
    """True if the lines are the body of a function."""
    headers = "".join(f"#include <fihris/{each.name}>\n" for each in (TOP / "lib/fihris").glob("*.h"))
    text = f"{headers}#include <iostream>\nvoid example() {{\n{lines}}}\n"
    compiler = os.environ.get("FIHRIS_TEST_CXX", "g++")
    done = subprocess.run([compiler, "-std=c++17", "-fsyntax-only", "-I", str(TOP / "lib"), "-x", "c++", "-"], input=text,
                          capture_output=True, text=True)
    return done.returncode == 0


class Document:
    def __init__(self, path, fihris, environment):
        self.path, self.environment, self.faults, self.ran = path, environment, [], 0
        self.fihris = fihris
        self.text = path.read_text(encoding="utf-8")

    def check(self, folder):
        updated = self.text
        python = ""
        blocks = list(BLOCK.finditer(self.text))
        for number, block in enumerate(blocks):
            kind, body = block.groups()
            if kind == "console":
                new = self.console(body, folder)
                if new != body:
                    updated = updated.replace(body, new, 1)
            elif kind == "python":
                before = self.python(python, folder) if python else ""
                python += body
                follows = blocks[number + 1] if number + 1 < len(blocks) else None
                wanted = follows is not None and follows.group(1) == "text" and \
                    self.text[block.end() : follows.start()].strip() == ""
                found = self.python(python, folder)
                if wanted and not matches(follows.group(2), found[len(before) :]):
                    self.faults.append(f"{body}\n  printed\n{found[len(before):]}\n  not\n{follows.group(2)}")
                    updated = updated.replace(follows.group(2), found[len(before) :], 1)
            elif kind in ("cpp", "c"):
                self.ran += 1
                def squeeze(text):
                    return re.sub(r"\s+", " ", text).strip()
                suffix = ".c" if kind == "c" else ".cc"
                sources = [squeeze(each.read_text(encoding="utf-8")) for each in (TOP / "docs/examples").glob("*" + suffix)]
                for part in body.split("// …\n"):
                    if not any(squeeze(part) in source for source in sources) and not (kind == "cpp" and compiles(part)):
                        self.faults.append(f"in no example of docs/examples, and no body of a function:\n{part}")
        return updated

    def run(self, words, folder):
        self.ran += 1
        done = subprocess.run(words, cwd=folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, timeout=120)
        return done.stdout.decode("utf-8", "replace"), done.returncode

    def console(self, body, folder):
        new = ""
        for command, expected in commands_of(body):
            found, _ = self.run(["bash", "--norc", "-c", command], folder)
            if not matches(expected, found):
                self.faults.append(f"$ {command}\n{found}\n  is not what the document says:\n{expected}")
                expected = found if not found or found.endswith("\n") else found + "\n"
            new += f"$ {command}\n{expected}"
        return new

    def python(self, program, folder):
        with tempfile.TemporaryDirectory() as fresh:
            shutil.copy(pathlib.Path(folder, "articles.jsonl"), fresh)
            found, status = self.run([sys.executable, "-c", program], fresh)
        if status != 0:
            self.faults.append(f"{program}\n  ended with\n{found}")
        return found


def main():
    words = sys.argv[2:]
    update = "--update" in words
    named = [pathlib.Path(word) for word in words if word != "--update"]
    documents = named or sorted([*TOP.glob("README*.md"), *(TOP / "docs").glob("*.md")])
    fihris = os.path.realpath(sys.argv[1])
    faults, ran = 0, 0
    for path in documents:
        for link in LINK.findall(re.sub(r"`[^`\n]+`", "", BLOCK.sub("", path.read_text(encoding="utf-8")))):
            ran += 1
            if not (path.parent / link).exists():
                print(f"{path.name}: a link leads nowhere: {link}\n")
                faults += 1
        if not BLOCK.search(path.read_text(encoding="utf-8")):
            continue
        with tempfile.TemporaryDirectory(prefix="fihris-docs-") as scratch:
            os.mkdir(scratch + "/bin")
            os.symlink(fihris, scratch + "/bin/fihris")
            folder = scratch + "/work"
            os.mkdir(folder)
            shutil.copy(TOP / "corpus/articles/sample.jsonl", folder + "/articles.jsonl")
            os.symlink(TOP / "corpus", folder + "/corpus")
            environment = {**os.environ, "PATH": scratch + "/bin:" + os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8",
                           "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
            environment.pop("FIHRIS_INDEX", None)
            document = Document(path, fihris, environment)
            updated = document.check(folder)
        ran += document.ran
        for fault in document.faults:
            print(f"{path.name}: {fault}\n")
        faults += len(document.faults)
        if update and updated != document.text:
            path.write_text(updated, encoding="utf-8")
    print(f"{ran} examples and links tried, {faults} faults")
    return 1 if faults or ran == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
