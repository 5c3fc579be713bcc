#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Long runs as their users see them: reports, rejects, progress, interruption, second runs. usage: ingest_test.py FIHRIS"""
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import unittest

from program import ENVIRONMENT, FIHRIS, call

SANITIZED = "ASAN_OPTIONS" in os.environ


def record(number, **more):
    return json.dumps({"id": f"n{number}", "source": "جريدة النهر", "date": "2015-07-29", "title": f"خبر {number}",
                       "text": f"وصل الوفد رقم {number} إلى المدينة صباح اليوم وعقد اجتماعا مع الأهالي", **more}, ensure_ascii=False)


class Ingest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fihris-ingest-"))
        self.db = self.folder / "idx"

    def tearDown(self):
        shutil.rmtree(self.folder)

    def file(self, name, *lines):
        path = self.folder / name
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    def documents(self):
        return json.loads(call("stats", "--db", self.db, "--format", "json")[1])["documents"]

    def test_every_record_is_an_article_or_one_report_and_the_rejects_hold_it_once(self):
        lines = [record(1), '{"id":"2","title":{"a":1},"author":5}', '{"id":"3","text":5}', '{"id":"4"', record(5, date="2015-02-30")]
        news, rejects = self.file("news.jsonl", *lines), self.folder / "rejects"
        status, _, errors = call("index", news, "--db", self.db, "--rejects", rejects)
        self.assertEqual(status, 0, errors)
        self.assertEqual(rejects.read_text(encoding="utf-8").splitlines(), lines[1:4])
        for line in (2, 3, 4):
            self.assertEqual(errors.count(f"news.jsonl:{line}: "), 1, errors)
        self.assertIn("2 articles indexed", errors)
        self.assertIn("3 reports of what was skipped, 1 report on records that were kept", errors)
        self.assertEqual(self.documents(), 2)

    def test_rejects_never_overwrite_an_input_and_a_full_disk_is_told(self):
        news = self.file("news.jsonl", record(1), "{")
        self.assertEqual(call("index", news, "--db", self.db, "--rejects", self.folder / "." / "news.jsonl")[0], 2)
        self.assertEqual(len(news.read_text(encoding="utf-8").splitlines()), 2)
        if pathlib.Path("/dev/full").exists():
            status, _, errors = call("index", news, "--db", self.db, "--rejects", "/dev/full")
            self.assertEqual((status, self.documents()), (3, 1))
            self.assertIn("/dev/full: cannot write", errors)

    def test_a_run_ends_with_counts_by_source_month_and_language(self):
        news = self.file("news.jsonl", record(1), record(2, date="2016-01-02", source="ص"), json.dumps({"text": "english words only"}))
        _, _, errors = call("index", news, "--db", self.db)
        for part in ("جريدة النهر 1", "(no source) 1", "2015-07 1", "2016-01 1", "(no date) 1", "Arabic 2", "Latin script 1"):
            self.assertIn(part, errors)

    def test_progress_for_programs_is_json_and_ends_with_the_summary(self):
        news = self.file("news.jsonl", *map(record, range(3)), "{")
        status, _, errors = call("index", news, "--db", self.db, "--progress=json")
        events = [json.loads(line) for line in errors.splitlines() if line.startswith("{")]
        self.assertEqual((status, events[-1]["event"]), (0, "done"))
        self.assertEqual([events[-1][k] for k in ("articles", "skipped", "sources", "months", "languages")],
                         [3, 1, {"جريدة النهر": 3}, {"2015-07": 3}, {"Arabic": 3}])
        self.assertEqual(events[-1]["bytes_read"], news.stat().st_size)

    def test_a_dry_run_reads_all_and_writes_nothing(self):
        status, _, errors = call("index", self.file("news.jsonl", record(1)), "--dry-run", "--db", self.db)
        self.assertEqual((status, self.db.exists()), (0, False))
        self.assertIn("1 article read", errors)
        self.assertEqual(call("index", self.folder / "news.jsonl", "--dry-run")[0], 0)

    def test_files_are_named_by_lists_patterns_and_folders(self):
        self.file("a.jsonl", record(1))
        self.file("b.jsonl", record(2))
        self.file("list", "a.jsonl", "b.jsonl")
        (self.folder / "zeros").write_bytes(b"a.jsonl\0b.jsonl\0")
        for words in (["--files-from", "list"], ["--files-from", "zeros"], ["*.jsonl"], ["a.jsonl", "b.jsonl", "a.jsonl"]):
            status, _, errors = call("index", *words, "--dry-run", folder=self.folder)
            self.assertEqual(status, 0, errors)
            self.assertIn("2 articles read", errors)
        self.assertIn("2 articles read", call("index", "--files-from", "-", "--dry-run", stdin=b"a.jsonl\nb.jsonl\n", folder=self.folder)[2])
        self.assertIn("4 articles read", call("index", ".", "--dry-run", folder=self.folder)[2])  # the lists are texts

    def test_a_second_run_passes_over_what_has_not_changed(self):
        first, second = self.file("a.jsonl", record(1)), self.file("b.jsonl", record(2))
        call("index", first, second, "--db", self.db)
        status, _, errors = call("index", first, second, "--db", self.db)
        self.assertEqual(status, 0)
        self.assertIn("0 articles indexed", errors)
        self.assertIn("2 files unchanged", errors)
        self.file("b.jsonl", record(2), record(3))
        self.assertIn("2 articles indexed", call("index", first, second, "--db", self.db)[2])
        self.assertIn("3 articles indexed", call("index", first, second, "--db", self.db, "--again")[2])
        self.assertIn("3 articles indexed", call("index", first, second, "--db", self.db, "--map", "author=title")[2])
        self.assertEqual(self.documents(), 3)

    def interrupted(self, news, how):
        """Indexes with small commits, and ends the run when it has begun in earnest."""
        run = subprocess.Popen([FIHRIS, "index", news, "--db", self.db, "--progress=json", "--commit-every", "500", "--threads", "1"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
        for line in run.stderr:
            if line.startswith(b"{") and json.loads(line)["articles"] > 600:
                break
        run.send_signal(how)
        rest = run.stderr.read().decode("utf-8")
        run.stderr.close()
        return run.wait(timeout=120), rest

    def test_an_interrupted_run_commits_what_is_whole_and_the_same_command_goes_on(self):
        count = 12000
        news = self.file("news.jsonl", *(record(i, text=f"كلمات {i} " * 200) for i in range(count)))
        status, rest = self.interrupted(news, signal.SIGINT)
        self.assertEqual(status, 130, rest)
        self.assertIn("the same command goes on from here", rest)
        done = [json.loads(line) for line in rest.splitlines() if line.startswith("{")][-1]
        self.assertEqual(self.documents(), done["articles"])
        self.assertLess(done["articles"], count)
        status, _, errors = call("index", news, "--db", self.db)
        self.assertEqual(status, 0, errors)
        self.assertIn(f"{count - done['articles']:,} articles indexed", errors)
        self.assertEqual(self.documents(), count)

    def test_a_killed_run_goes_on_where_its_last_commit_was(self):
        count = 12000
        news = self.file("news.jsonl", *(record(i, text=f"كلمات {i} " * 200) for i in range(count)))
        self.assertEqual(self.interrupted(news, signal.SIGKILL)[0], -signal.SIGKILL)
        there = self.documents()
        self.assertEqual(there % 500, 0)
        self.assertGreater(there, 0)
        status, _, errors = call("index", news, "--db", self.db)
        self.assertEqual(status, 0, errors)
        self.assertIn(f"{count - there:,} articles indexed", errors)
        self.assertEqual(self.documents(), count)

    def test_lines_that_end_the_articles_of_a_source_are_set_apart(self):
        tails = "\nمقالات أخرى للكاتب\nرابط الخبر المختصر"
        news = self.file("news.jsonl", *(record(i, text=f"نص الخبر رقم {i} ينتهي هنا." + tails) for i in range(30)))
        call("index", news, "--db", self.db)
        self.assertEqual(call("search", "المختصر", "--db", self.db)[0], 1)
        article = json.loads(call("show", "n3", "--db", self.db, "--format", "json")[1])
        self.assertEqual(article["boilerplate"].strip(), tails.strip())
        call("index", news, "--db", self.db, "--keep-tails")
        self.assertEqual(call("search", "المختصر", "--db", self.db)[0], 0)

    def test_texts_from_standard_input_have_ids_of_their_own(self):
        for text in ("نص أول عن المدينة", "نص ثان عن القرية"):
            self.assertEqual(call("index", "-", "--db", self.db, stdin=text.encode())[0], 0)
        self.assertEqual(self.documents(), 2)

    def test_exit_statuses_say_whether_anything_was_read(self):
        self.assertEqual(call("index", self.file("empty.jsonl"), "--db", self.db)[0], 1)
        self.assertEqual(call("ingest-check", self.folder / "empty.jsonl")[0], 1)
        self.assertEqual(call("index", self.file("bad.jsonl", "{"), "--db", self.db)[0], 3)
        status, _, errors = call("index", self.folder / "none.jsonl", self.file("a.jsonl", record(1)), "--db", self.db)
        self.assertEqual((status, self.documents()), (3, 1), errors)
        self.assertIn("none.jsonl: cannot open", errors)

    @unittest.skipIf(SANITIZED, "a sanitizer's shadow takes the memory")
    def test_memory_does_not_grow_with_the_file(self):
        long = self.folder / "long.jsonl"
        with long.open("w", encoding="utf-8") as out:
            for i in range(20000):
                out.write(record(i, text=f"كلمات {i} " * 300) + "\n")
        self.assertGreater(long.stat().st_size, 90 << 20)
        done = subprocess.run([FIHRIS, "index", "--dry-run", str(long)], capture_output=True, env=ENVIRONMENT, check=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (64 << 20, 64 << 20)))
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
