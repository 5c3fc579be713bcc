#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures the built command against gold data and compares every figure with its floor in floors.tsv.

  run.py FIHRIS [--eval DIR] [--only NAME] [--update]

FIHRIS is the built command. DIR is the folder of the evaluation (../shared/eval beside the checkout if not given): its
scorers are run as they are. Parts whose gold is absent are skipped, and said to be. The sample corpus of the project is
always measured. --update writes what was measured, less a margin for noise, into floors.tsv where it is higher.
Exit status 1 if a figure is below its floor."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
FLOORS = HERE / "floors.tsv"
MARGIN = 0.005  # an update leaves so much room


def run(command, stdin=None, check=True):
    done = subprocess.run([str(word) for word in command], input=stdin, stdout=subprocess.PIPE, check=False)
    if check and done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(map(str, command))}: exit status {done.returncode}")
    return done.stdout.decode("utf-8")


def stemming(fihris, folder, scratch):
    for name in ("dev", "dev_pud"):
        gold = folder / "stemming" / f"{name}.tsv"
        score = folder / "stemming" / "score.py"
        words = run([sys.executable, score, "--words", gold])
        system = scratch / "stems.tsv"
        system.write_text(run([fihris, "analyze", "--stems"], words.encode()), encoding="utf-8")
        figures = json.loads(run([sys.executable, score, gold, system, "--json"]))
        yield f"{name} types F1", figures["types"]["F1"]
        yield f"{name} types precision", figures["types"]["P"]
        yield f"{name} retrieval F1", figures["retrieval"]["F1"]
        yield f"{name} broken plurals recall", figures["broken"]["R"]


def tag_figures(fihris, score, articles, gold, scratch):
    system = scratch / "tags.jsonl"
    system.write_text(run([fihris, "tag", "--format", "json", articles]), encoding="utf-8")
    for line in run([sys.executable, score, gold, system]).splitlines():
        cells = line.split()
        if len(cells) > 3 and cells[0] in ("factions", "regions", "countries", "dates"):
            yield f"{cells[0]} F1", float(cells[3])


def tags(fihris, folder, scratch):
    score = folder / "tags" / "score.py"
    yield from tag_figures(fihris, score, folder / "tags" / "dev.articles.jsonl", folder / "tags" / "dev.gold.jsonl", scratch)


def sample(fihris, folder, scratch):
    articles = TOP / "corpus" / "articles"
    yield from tag_figures(fihris, folder / "tags" / "score.py", articles / "sample.jsonl", articles / "gold.jsonl", scratch)


def dates(fihris, folder, scratch):
    for name in ("dev.jsonl", "recognizers/dev.jsonl"):
        gold = folder / "dates" / name
        system = scratch / "dates.jsonl"
        system.write_text(run([fihris, "dates", "--format", "timex", gold]), encoding="utf-8")
        figures = json.loads(run([sys.executable, folder / "dates" / "score.py", gold, system, "--json"]))
        yield f"{name.split('/')[0].removesuffix('.jsonl')} relaxed F1", figures["relaxed"]["F1"]
        yield f"{name.split('/')[0].removesuffix('.jsonl')} value F1", figures["value_F1"]


def entities(fihris, folder, scratch):
    """Places of ANERcorp: the sentences are tagged as texts, and a token is LOC if a mention covers a byte of it."""
    gold = folder / "entities" / "anercorp" / "dev.tsv"
    sentences = [[]]
    for line in gold.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            continue
        if line.strip():
            sentences[-1].append(line.split("\t")[0])
        elif sentences[-1]:
            sentences.append([])
    sentences = [s for s in sentences if s]
    articles = scratch / "sentences.jsonl"
    with articles.open("w", encoding="utf-8") as out:
        for number, tokens in enumerate(sentences):
            out.write(json.dumps({"id": str(number), "text": " ".join(tokens)}, ensure_ascii=False) + "\n")
    mentions = {}
    for line in run([fihris, "tag", "--format", "json", articles]).splitlines():
        record = json.loads(line)
        mentions[int(record["id"])] = [m for r in record["regions"] for m in r["mentions"]]
    system = scratch / "entities.tsv"
    with system.open("w", encoding="utf-8") as out:
        for number, tokens in enumerate(sentences):
            at = 0
            for token in tokens:
                end = at + len(token.encode())
                label = "O"
                for mention in mentions.get(number, []):
                    if mention["begin"] < end and at < mention["end"]:
                        label = "B-LOC" if at <= mention["begin"] else "I-LOC"
                out.write(f"{token}\t{label}\n")
                at = end + 1
            out.write("\n")
    figures = run([sys.executable, folder / "entities" / "score.py", gold, system, "--types", "LOC", "--json"])
    figures = json.loads(figures)
    yield "anercorp LOC overlap F1", figures["LOC"]["overlap"]["F1"]


def retrieval(fihris, folder, scratch):
    """nDCG@10 of the development sets by `fihris eval`; score.py of the folder has to agree."""
    collections = sorted(p.parent for p in (folder / "retrieval").glob("*/queries.tsv"))
    total = []
    for line in run([fihris, "eval", *collections, "--format", "json", "--runs", scratch / "runs"]).splitlines():
        figures = json.loads(line)
        name, value = figures["collection"], figures["nDCG@10"]
        theirs = json.loads(run([sys.executable, folder / "retrieval" / "score.py", folder / "retrieval" / name / "qrels.txt",
                                 scratch / "runs" / f"{name}.run", "--json", "--resamples", "2"]))
        theirs = theirs["runs"]["A"]["nDCG@10"]["mean"]
        if abs(theirs - value) > 0.0002:
            raise RuntimeError(f"{name}: nDCG@10 {value} by fihris eval, {theirs} by score.py")
        yield f"{name} nDCG@10", value
        if name != "snn-morph":
            total.append(value)
    yield "mean nDCG@10 without snn-morph", sum(total) / len(total)


PARTS = {"stemming": stemming, "tags": tags, "sample": sample, "dates": dates, "entities": entities, "retrieval": retrieval}


def floors():
    table = {}
    if FLOORS.exists():
        for line in FLOORS.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#") and not line.startswith("part\t"):
                part, figure, floor = line.split("\t")
                table[part, figure] = float(floor)
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fihris")
    parser.add_argument("--eval", default=TOP.parent / "shared" / "eval", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--update", action="store_true")
    given = parser.parse_args()
    if not given.eval.is_dir():
        print(f"evaluation skipped: no folder {given.eval}")
        return 0
    wanted = floors()
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for part, measure in PARTS.items():
            if given.only and given.only not in part:
                continue
            for figure, value in measure(given.fihris, given.eval, pathlib.Path(scratch)):
                floor = wanted.get((part, figure), 0.0)
                low = value < floor
                failed += low
                print(f"{'LOW' if low else 'ok ':4} {part:10} {figure:34} {value:.4f}  floor {floor:.4f}", flush=True)
                if given.update:
                    wanted[part, figure] = max(floor, round(value - MARGIN, 3))
    if given.update:
        rows = [f"{part}\t{figure}\t{floor:.3f}\n" for (part, figure), floor in sorted(wanted.items())]
        FLOORS.write_text("# No figure of tests/eval/run.py may fall below its floor.\npart\tfigure\tfloor\n" + "".join(rows),
                          encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
