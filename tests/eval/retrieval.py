#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Ranking on the development collections: retrieval.py RETRIEVAL_EVAL [--data DIR] [--work DIR] [--check]

RETRIEVAL_EVAL is the program of that name from the build. DIR is the folder of collections
(../shared/eval/retrieval beside the project, if it is there); each has queries.tsv, qrels.txt and
collection.json, and docs.py prints its documents. --check runs the folder's own score.py over the
runs and compares. Standard library only.
"""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--data", default=os.path.join(HERE, "../../../shared/eval/retrieval"))
    parser.add_argument("--work", default="/tmp/fihris-retrieval")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    groups = {}
    for name in sorted(os.listdir(options.data)):
        path = os.path.join(options.data, name, "collection.json")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                about = json.load(file)
            groups.setdefault(about.get("docs") or about.get("ids"), []).append(name)
    means = {}
    for names in groups.values():
        documents = os.path.join(options.work, names[0] + ".jsonl")
        if not os.path.exists(documents):
            with open(documents, "w", encoding="utf-8") as out:
                subprocess.run([sys.executable, os.path.join(options.data, "docs.py"),
                                os.path.join(options.data, names[0])], stdout=out, check=True)
        index = os.path.join(options.work, names[0] + ".index")
        folders = [os.path.join(options.data, name) for name in names]
        done = subprocess.run([options.program, documents, index, *folders], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        for line in done.splitlines():
            cells = line.split("\t")
            means[cells[0]] = float(cells[4])
            print(line)
            if options.check:
                scored = subprocess.run(
                    [sys.executable, os.path.join(options.data, "score.py"), "--json", "--resamples", "100",
                     os.path.join(options.data, cells[0], "qrels.txt"), f"{index}.{cells[0]}.run"],
                    check=True, stdout=subprocess.PIPE, text=True).stdout
                theirs = json.loads(scored)["runs"]["A"]["nDCG@10"]["mean"]
                if abs(theirs - means[cells[0]]) > 0.0001:
                    sys.exit(f"{cells[0]}: nDCG@10 {means[cells[0]]} here, {theirs} by score.py")
    plain = [value for name, value in means.items() if name != "snn-morph"]
    print(f"mean without snn-morph\t{sum(plain) / len(plain):.4f}")


if __name__ == "__main__":
    main()
