# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the tagger's table of cue words from corpus/tagger/*.tsv.

usage: compile_cues.py OUT.cc FOLDER

Words are folded as lib/analysis/normalize.cc does; each stands once, in order, with a bit for each of its classes
and the country whose adjective it is.
"""
import pathlib
import sys

CLASSES = ["head-country", "head-admin", "head-city", "head-town", "head-quarter", "head-area", "head-natural",
           "head-base", "head-camp", "heads", "direction", "near", "preposition", "capital", "venue", "nameplate",
           "given", "kin", "title", "group-head", "group-people", "loyal", "against", "state-office", "generic",
           "base-adjective", "no-group", "parent-of", "names-group", "names-unit", "names-quoted",
           "before-verb", "sport", "club-before", "club-after", "club-rival",
           "club-name", "place-after"]
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه"})
MARKS = {chr(c) for c in range(0x64B, 0x660)} | {"\u0670", "\u0640"}


def fold(word):
    return "".join(c for c in word if c not in MARKS).translate(FOLD)


def rows(path):
    header = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) != 2:
            sys.exit(f"{path}:{number}: wanted two cells")
        else:
            yield number, cells[0], cells[1].split()


def adjective_forms(adjective):
    """The forms of a relative adjective: يمني gives يمنيه، يمنيين، يمنيون …"""
    stem = fold(adjective)
    if not stem.endswith("ي"):
        sys.exit(f"{adjective}: an adjective in ي is wanted")
    return [stem + ending for ending in ("", "ه", "ين", "ون", "و", "ي", "ان", "تين", "تان", "ات")]


def main():
    out, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    bits, countries = {}, {}
    for number, name, words in rows(folder / "cues.tsv"):
        if name not in CLASSES:
            sys.exit(f"{folder / 'cues.tsv'}:{number}: unknown class {name}")
        for word in words:
            key = fold(word)
            bits[key] = bits.get(key, 0) | 1 << CLASSES.index(name)
    for number, country, words in rows(folder / "nisbas.tsv"):
        for word in words:
            for form in [fold(word[1:])] if word.startswith("=") else adjective_forms(word):
                if countries.setdefault(form, country) != country:
                    sys.exit(f"{folder / 'nisbas.tsv'}:{number}: {form} is of {countries[form]} too")
    with open(out, "w", encoding="utf-8") as file:
        file.write("// Made by corpus/compile_cues.py.\n#include \"tagger/cues.h\"\n\nnamespace fihris::tagger {\n\n"
                   "extern const CueWord kCueWords[] = {\n")
        words = sorted(set(bits) | set(countries), key=lambda w: w.encode())
        for word in words:
            country = countries.get(word, "")
            file.write(f'    {{"{word}", {bits.get(word, 0)}ull, "{country}"}},\n')
        file.write(f"}};\nextern const std::size_t kCueWordCount = {len(words)};\n\n}}  // namespace fihris::tagger\n")


main()
