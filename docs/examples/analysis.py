#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""From articles to tables: who is named where and when.

    analysis.py ARTICLES.jsonl INDEX OUTPUT_FOLDER [QUERY]

Indexes the articles, then writes into the folder
  cross.csv     articles by faction, region and month (long form: one row for each combination)
  matrix.csv    the same summed to faction by month (a pandas pivot if pandas is there, the standard library if not)
  timeline.csv  articles by month of publication and by month that they tell of
  pairs.csv     factions that stand in the same articles, most unexpected first
and prints a timeline."""

import collections
import csv
import pathlib
import sys

import fihris


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def matrix(table, path):
    """Factions by months, with pandas or without."""
    try:
        frame = table.to_pandas()
    except ImportError:
        counts = collections.Counter()
        for row in table:
            counts[row["faction"], row["published"]] += row["count"]
        months = sorted({month for _, month in counts})
        factions = sorted({faction for faction, _ in counts})
        write(path, ["faction", *months], ([who, *(counts[who, month] for month in months)] for who in factions))
        return
    frame.pivot_table(index="faction", columns="published", values="count", aggfunc="sum", fill_value=0).to_csv(path)


def main():
    articles, index, output = sys.argv[1:4]
    query = sys.argv[4] if len(sys.argv) > 4 else ""
    folder = pathlib.Path(output)
    folder.mkdir(parents=True, exist_ok=True)

    def complain(fault):
        print(f"{fault['file']}:{fault['line']}: {fault['message']}", file=sys.stderr)

    with fihris.Indexer(index) as indexer:
        print(indexer.add_files(articles, on_fault=complain), "articles indexed")

    with fihris.Searcher(index) as searcher:
        with open(folder / "cross.csv", "w", newline="", encoding="utf-8") as file:
            searcher.cross(query, ["faction", "region", "month"]).to_csv(file)
        matrix(searcher.cross(query, ["faction", "month"]), folder / "matrix.csv")

        published = dict(searcher.timeline(query))
        told_of = dict(searcher.timeline(query, of="event"))
        months = sorted({*published, *told_of})
        write(
            folder / "timeline.csv",
            ["month", "published", "told_of"],
            ([month, published.get(month, 0), told_of.get(month, 0)] for month in months),
        )
        write(
            folder / "pairs.csv",
            ["a", "b", "articles", "expected", "g2"],
            ([pair["a"]["id"], pair["b"]["id"], pair["count"], round(pair["expected"], 2), round(pair["g2"], 1)]
             for pair in searcher.cooccur(query)),
        )
        for month, count in published.items():
            if count:
                print(month, "#" * count, count)


if __name__ == "__main__":
    main()
