#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks the Arabic lexicon (corpus/lexicon/*.tsv) mechanically.

usage: check_lexicon.py [--warn] [DIRECTORY]

Prints every fault as `file:line: fault` and exits with 1 if there is one. With --warn it also
prints what deserves a look but may be right (a plural that two lemmas claim, a plural that is
itself a lemma) as `file:line: warning: ...`; warnings do not change the exit status.
"""

import argparse
import pathlib
import re
import sys

ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+")
VOWELS = re.compile("[\u064b-\u0652]")
FOLDING = str.maketrans("أإآٱى", "ااااي")
SOUND = ("-", "+ات", "+ون")

# file name -> (columns that must be there, optional last columns, columns of Arabic words,
#               columns that together must be unique)
LAYOUT = {
    "nouns.tsv": (["lemma", "class", "plurals", "gloss"], ["variants"], ["lemma", "variants"],
                  ["lemma"]),
    "adjectives.tsv": (["lemma", "class", "feminine", "plurals", "elative", "gloss"], None,
                       ["lemma", "feminine", "plurals", "elative"], ["lemma"]),
    "verbs.tsv": (["lemma", "form", "imperfect", "masdars", "participles", "gloss"], None,
                  ["lemma", "imperfect", "masdars", "participles"],
                  ["lemma", "form", "imperfect"]),
}


class Checker:
    """Reads lexicon files and collects faults and warnings."""

    def __init__(self):
        self.faults = []
        self.warnings = []

    def fault(self, path, line, text):
        self.faults.append(f"{path}:{line}: {text}")

    def warn(self, path, line, text):
        self.warnings.append(f"{path}:{line}: warning: {text}")

    def read(self, path):
        """The rows of a file as (line number, {column: field}); faults of layout are noted."""
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            self.fault(path, 1, f"not UTF-8: {error.reason} at byte {error.start}")
            return []
        if text.startswith("\ufeff"):
            self.fault(path, 1, "byte order mark")
            text = text[1:]
        if "\r" in text:
            self.fault(path, 1, "carriage return")
        if text and not text.endswith("\n"):
            self.fault(path, text.count("\n") + 1, "no newline at the end")
        lines = text.split("\n")
        first = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
        header = lines[first].split("\t")
        if not re.fullmatch(r"[a-z_]+(\t[a-z_]+)+", lines[first]):
            self.fault(path, first + 1, "no header")
            return []
        needed, optional = LAYOUT.get(path.name, ([], None, [], []))[:2]
        if header[: len(needed)] != needed:
            self.fault(path, first + 1, f"header does not begin with {' '.join(needed)}")
            return []
        extra = header[len(needed):]
        if optional is not None and extra not in ([], optional):
            self.fault(path, first + 1, f"unknown columns: {' '.join(extra)}")
        rows = []
        for number, line in enumerate(lines[first + 1 :], first + 2):
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if not len(needed) <= len(fields) <= len(header):
                self.fault(path, number, f"{len(fields)} columns, not {len(header)}")
                continue
            if any(field != field.strip() for field in fields):
                self.fault(path, number, "space at the edge of a field")
            fields += [""] * (len(header) - len(fields))
            rows.append((number, dict(zip(header, fields))))
        return rows

    def check_words(self, path, rows, columns):
        """Every alternative of these columns is Arabic letters only (a mark + or - may lead)."""
        for number, row in rows:
            for column in columns:
                for word in filter(None, re.split(r"[|, ]", row.get(column, ""))):
                    if column == "lemma":
                        word = VOWELS.sub("", word)  # a vowel sign tells a homograph from the common word
                    if word != "-" and not ARABIC.fullmatch(word.removeprefix("+")):
                        self.fault(path, number, f"{column} is not Arabic letters: {word}")
                if column == "lemma" and not ARABIC.fullmatch(VOWELS.sub("", row["lemma"])):
                    self.fault(path, number, "lemma is not one Arabic word")

    def check_duplicates(self, path, rows, columns):
        seen = {}
        for number, row in rows:
            key = tuple(row.get(column, "") for column in columns)
            if key in seen:
                self.fault(path, number, f"duplicate of line {seen[key]}: {' '.join(key)}")
            seen.setdefault(key, number)

    def check_nouns(self, path, rows):
        lemmas = {row["lemma"]: number for number, row in rows}
        folded = {}
        for lemma, number in lemmas.items():
            other = folded.setdefault(lemma.translate(FOLDING), lemma)
            if other != lemma:
                self.warn(path, number, f"{lemma} differs from {other} only by hamza or ى")
        claims = {}
        variants = {}
        for number, row in rows:
            lemma, kind = row["lemma"], row["class"]
            if kind not in ("m", "t", "f", "c"):
                self.fault(path, number, f"unknown class {kind}")
            if (kind == "t") != lemma.endswith("ة") and kind not in "cf":
                self.fault(path, number, f"class {kind} does not fit {lemma}")
            if len(lemma) < 2:
                self.fault(path, number, "lemma of one letter")
            if not re.fullmatch(r"[A-Za-z][A-Za-z'.,()/ -]*", row["gloss"]):
                self.fault(path, number, f"gloss is not plain English: {row['gloss']!r}")
            self.check_plurals(path, number, row, claims)
            for variant in filter(None, row.get("variants", "").split("|")):
                if variant == lemma:
                    self.fault(path, number, "a variant equals the lemma")
                if variant in lemmas:
                    self.fault(path, number,
                               f"variant {variant} is a lemma (line {lemmas[variant]})")
                if variants.setdefault(variant, number) != number:
                    self.fault(path, number,
                               f"variant {variant} is claimed by line {variants[variant]} too")
        for plural, users in claims.items():
            if len(users) > 1:
                names = ", ".join(lemma for _, lemma in users)
                self.warn(path, users[1][0], f"plural {plural} is claimed by {names}")
            if plural in lemmas:
                self.warn(path, users[0][0],
                          f"plural {plural} is a lemma (line {lemmas[plural]})")

    def check_plurals(self, path, number, row, claims):
        lemma = row["lemma"]
        plurals = row["plurals"].split("|")
        if len(set(plurals)) != len(plurals):
            self.fault(path, number, "the same plural twice")
        if "-" in plurals and len(plurals) > 1:
            self.fault(path, number, "- together with a plural")
        for plural in plurals:
            if plural in SOUND:
                if plural == "+ون" and row["class"] == "t":
                    self.fault(path, number, "+ون with a noun in ة")
                if plural == "+ات" and lemma[-1] in "اى":
                    self.fault(path, number, f"the plural in ات of {lemma} is to be written out")
                continue
            if not ARABIC.fullmatch(plural):
                self.fault(path, number, f"plural is not Arabic letters: {plural!r}")
            elif plural == lemma:
                self.fault(path, number, "a plural equals the lemma")
            elif plural == lemma.removesuffix("ة") + "ات":
                self.fault(path, number, f"{plural} is to be written +ات")
            else:
                claims.setdefault(plural, []).append((number, lemma))

    def check_file(self, path):
        """Checks one file; of a file of unknown name only header and number of columns."""
        rows = self.read(path)
        _, _, words, key = LAYOUT.get(path.name, (None, None, [], []))
        self.check_words(path, rows, words)
        if key:
            self.check_duplicates(path, rows, key)
        if path.name == "nouns.tsv":
            self.check_nouns(path, rows)
        return len(rows)


def main():
    here = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory", nargs="?", default=here / "corpus" / "lexicon")
    parser.add_argument("--warn", action="store_true", help="print warnings too")
    args = parser.parse_args()
    files = sorted(pathlib.Path(args.directory).glob("*.tsv"))
    if not files:
        print(f"{args.directory}: no lexicon files", file=sys.stderr)
        return 1
    checker = Checker()
    counts = {path.name: checker.check_file(path) for path in files}
    for text in (checker.warnings if args.warn else []) + checker.faults:
        print(text)
    print(", ".join(f"{name} {count} rows" for name, count in counts.items())
          + f": {len(checker.faults)} faults, {len(checker.warnings)} warnings", file=sys.stderr)
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
