#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The same articles and the same questions put to SQLite's FTS5 and to fihris; plain_xapian does it for Xapian.

    compare.py queries ARTICLES.jsonl > QUERIES      300 questions made of the articles: words, two words, phrases
    compare.py fts5-build DATABASE ARTICLES.jsonl    processor seconds and size
    compare.py fts5-ask DATABASE QUERIES             milliseconds for a total and the best ten
    compare.py fihris-ask INDEX QUERIES              the same; FIHRIS_LIBRARY and PYTHONPATH=lib/python
    plain_xapian DATABASE ARTICLES.jsonl; plain_xapian DATABASE --ask QUERIES

FTS5 is used as its manual shows it: one table, the tokenizer unicode61 that it has by itself, text kept in the table, bm25.
A question is a line KIND<TAB>WORDS: a word, words that all stand in the article, a phrase. No side
makes snippets. A first round warms the caches; the second is told. The numbers of matches differ: fihris finds the forms of a
word, FTS5 the word as it is written, Xapian's stemmer something between."""

import json
import os
import pathlib
import random
import re
import resource
import sqlite3
import sys
import time

WORD = re.compile(r"[\u0621-\u064A]{3,}")


def articles(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def queries(path):
    """One word, two words of one text, two words beside each other: a hundred each, the same every time."""
    chance = random.Random(7)
    texts = [words for words in (WORD.findall(article.get("text") or "") for article in articles(path)) if len(words) > 20]
    for _ in range(100):
        print("word", chance.choice(chance.choice(texts)), sep="\t")
    for _ in range(100):
        print("words", " ".join(chance.sample(chance.choice(texts), 2)), sep="\t")
    for _ in range(100):
        words = chance.choice(texts)
        at = chance.randrange(len(words) - 1)
        print("phrase", " ".join(words[at : at + 2]), sep="\t")


def build(database, path):
    begin = time.monotonic()
    pathlib.Path(database).unlink(missing_ok=True)
    connection = sqlite3.connect(database)
    connection.execute("CREATE VIRTUAL TABLE news USING fts5(title, text, id UNINDEXED, source UNINDEXED, url UNINDEXED, date UNINDEXED)")
    fields = ("title", "text", "id", "source", "url", "date")
    rows = ([article.get(field) or "" for field in fields] for article in articles(path))
    count = connection.executemany("INSERT INTO news(title, text, id, source, url, date) VALUES (?,?,?,?,?,?)", rows).rowcount
    connection.commit()
    connection.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"sqlite {sqlite3.sqlite_version}\narticles {count}\nbuild_seconds {time.monotonic() - begin:.2f}\n"
          f"processor_seconds {used.ru_utime + used.ru_stime:.2f}\npeak_mb {used.ru_maxrss / 1024:.0f}\n"
          f"index_mb {os.path.getsize(database) / 1e6:.0f}")


def ask(answer, path):
    """Times `answer(kind, words)`, which returns the number of matches; a line for each kind."""
    asked = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    for _ in range(2):
        spent, matches = {}, {}
        for kind, words in asked:
            begin = time.perf_counter()
            found = answer(kind, words)
            spent.setdefault(kind, []).append((time.perf_counter() - begin) * 1000)
            matches[kind] = matches.get(kind, 0) + found
    for kind, times in spent.items():
        times.sort()
        print(f"{kind}\tmatches {matches[kind]}\tmean_ms {sum(times) / len(times):.3f}\tp50_ms {times[len(times) // 2]:.3f}\t"
              f"p95_ms {times[len(times) * 95 // 100]:.3f}")


def fts5(database):
    connection = sqlite3.connect(database)

    def answer(kind, words):
        text = f'"{words}"' if kind == "phrase" else " ".join(f'"{word}"' for word in words.split())
        connection.execute("SELECT id, bm25(news) FROM news WHERE news MATCH ? ORDER BY rank LIMIT 10", (text,)).fetchall()
        return connection.execute("SELECT count(*) FROM news WHERE news MATCH ?", (text,)).fetchone()[0]

    return answer


def fihris(index):
    import fihris as package

    searcher = package.Searcher(index)

    def answer(kind, words):
        text = f'"{words}"' if kind == "phrase" else words
        return searcher.search(text, match="all", snippets=False, suggest=False).total

    return answer


def main():
    words = sys.argv[1:]
    if words[:1] == ["queries"] and len(words) == 2:
        queries(words[1])
    elif words[:1] == ["fts5-build"] and len(words) == 3:
        build(words[1], words[2])
    elif words[:1] == ["fts5-ask"] and len(words) == 3:
        ask(fts5(words[1]), words[2])
    elif words[:1] == ["fihris-ask"] and len(words) == 3:
        ask(fihris(words[1]), words[2])
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
