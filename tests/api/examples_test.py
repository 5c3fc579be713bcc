#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the programs of docs/examples and looks at what they print; none may be longer than sixty lines.

examples_test.py FOLDER_OF_PROGRAMS PYTHON; the Python example needs FIHRIS_LIBRARY and PYTHONPATH."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = TOP / "docs/examples"
SAMPLE = str(TOP / "corpus/articles/sample.jsonl")
TEXT = "سيطرت جبهة النصرة أمس على مدينة أريحا في محافظة إدلب، وأضربت نقابة عمال المرفأ في 3 نيسان 2015."
faults = []


def run(*words, text=""):
    done = subprocess.run([str(word) for word in words], input=text, capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        faults.append(f"{words[0]}: status {done.returncode}: {done.stderr}")
    return done.stdout


def expect(condition, what, output):
    if not condition:
        faults.append(f"{what}:\n{output}")


def main():
    programs = pathlib.Path(sys.argv[1])
    for source in [*EXAMPLES.glob("*.cc"), *EXAMPLES.glob("*.c")]:
        lines = len(source.read_text(encoding="utf-8").splitlines())
        expect(lines < 60, f"{source.name} is too long", lines)
    with tempfile.TemporaryDirectory() as folder:
        index = folder + "/index"
        out = run(programs / "example_index_search", SAMPLE, index, "معارك منطقة:إدلب")
        expect(" of 144 articles\n1. " in out and "<mark>" in out and "\tahrar-al-sham\t" in out, "index_search", out)

        done = subprocess.run([programs / "example_index_search", SAMPLE, "/dev/null/index", "x"], capture_output=True, text=True)
        expect(done.returncode == 3 and "/dev/null/index" in done.stderr, "an error is caught outside", done.stderr)

        out = run(programs / "example_as_you_type", index, text="مع\nمعا\nمعارك\nمعارك إد\nمعارك إدلب\n")
        totals = [int(line.split()[-1]) for line in out.splitlines() if line.startswith("«")]
        expect(len(totals) == 5 and totals[2] > 0 and totals[4] > 0, "as_you_type", out)

        out = run(programs / "example_live", SAMPLE, folder + "/live")
        expect("144 articles in " in out and out.count("found ") == 2, "live", out)
        found = {line for line in out.splitlines() if line.startswith("found ")}
        expect(len(found) == 1 and "found 0" not in found, "live: both threads see all in the end", out)

        out = run(programs / "example_tags", text=TEXT)
        expect("who\tnusra-front\t" in out and "where\tsy/idlib\t" in out and "when\t2015-03-31\t" in out, "tags", out)

        out = run(programs / "example_dates", "2015-04-01", text=TEXT)
        expect(out.startswith("أمس\t2015-03-31\t2015-03-31\t2015-03-31\n") and "\t2015-04-03\t" in out, "dates", out)

        out = run(programs / "example_own_authority", EXAMPLES / "factions.tsv", text=TEXT)
        expect(out.startswith("1 added\n") and "harbour-guild\t" in out and "nusra-front\t" in out, "own_authority", out)

        out = run(programs / "example_c_search", SAMPLE, folder + "/c", "هدنة")
        first, answer = out.split("\n", 1)
        expect(first == "144 articles indexed" and json.loads(answer)["total"] > 0, "search.c", out)

        article = json.dumps({"id": "1", "date": "2015-04-01", "text": TEXT}, ensure_ascii=False)
        tags = json.loads(run(programs / "example_c_tags", article))
        expect("nusra-front" in [tag["id"] for tag in tags["factions"]], "tags.c", tags)

        if sys.argv[2] == "none":
            print("Python cannot load a library with a sanitizer: analysis.py not run")
            return finish()
        out = run(sys.argv[2], EXAMPLES / "analysis.py", SAMPLE, folder + "/python", folder + "/tables", "سوريا")
        expect(out.startswith("144 articles indexed\n20"), "analysis.py", out)
        for name in ("cross", "matrix", "timeline", "pairs"):
            with open(f"{folder}/tables/{name}.csv", encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            expect(len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows), name + ".csv", rows[:3])
    return finish()


def finish():
    print("\n".join(faults) if faults else "all examples as expected")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
