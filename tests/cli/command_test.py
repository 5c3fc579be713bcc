#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The command as its users see it: answers, messages and exit statuses. usage: command_test.py FIHRIS"""
import json
import subprocess
import tempfile
import time
import unittest

from program import FIHRIS, SAMPLE, WithSample, call


class Command(WithSample):
    def fresh(self, name, *lines):
        """An index of its own and a file of these lines."""
        folder = self.folder / name
        folder.mkdir()
        news = folder / "news.jsonl"
        news.write_bytes(b"".join(line if isinstance(line, bytes) else (line + "\n").encode() for line in lines))
        return news, folder / "idx"

    def hits(self, *words):
        status, out, errors = call("search", *words, "--db", self.db, "--format", "json", "--limit", 1000)
        records = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(status, 0 if records[0]["total"] else 1, errors)
        hits = [r for r in records if r["type"] == "hit"]
        self.assertEqual(len(hits), records[0]["total"])
        return {hit["id"] for hit in hits}

    def test_calls_that_cannot_be_understood_exit_with_2(self):
        for words in ([], ["no-such-command"], ["search", "--no-such-option"], ["search"], ["index"], ["tag"],
                      ["search", "x", "--db", self.db, "--format", "odd"], ["search", "x"], ["dates", "-p", "2015-02-30"],
                      ["search", "x", "--db", self.db, "--limit=-5"], ["index", SAMPLE, "--dry-run", "--max-record=-1"],
                      ["timeline", "--by", "decade", "--db", self.db]):
            status, out, errors = call(*words)
            self.assertEqual(status, 2, words)
            self.assertTrue(errors.strip(), words)
            self.assertEqual(out, "", words)

    def test_what_is_no_number_is_told(self):
        for words in (["--limit", "-1"], ["--limit=-1"], ["-n", "x"], ["--deadline", "1e3"], ["--top", "18446744073709551616"]):
            status, out, errors = call("search", "خبر", "--db", self.db, *words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertIn("search: ", errors)

    def test_an_argument_that_nobody_reads_is_told(self):
        for words in (["check", self.db], ["stats", self.db], ["export", self.db], ["compact", self.db], ["retag", self.db]):
            # with another index in the environment, which would be the one that is looked at
            status, out, errors = call(*words, env={"FIHRIS_INDEX": str(self.db)})
            self.assertEqual((status, out), (2, ""), words)
            self.assertIn("--db", errors)
        # a text where a file is wanted
        status, out, errors = call("dates", "أمس", stdin=b"")
        self.assertEqual((status, out), (3, ""))
        self.assertIn("أمس", errors)
        for words in (["version", "x"], ["serve", "--stdio", "x"]):
            status, out, errors = call(*words, stdin=b"")
            self.assertEqual((status, out), (2, ""), words)
            self.assertIn("no argument", errors)

    def test_a_misspelt_command_is_asked_for(self):
        for typed, meant in (("serach", "search"), ("indx", "index"), ("cooccurr", "cooccur"), ("tags", "tag")):
            for words in ([typed], ["help", typed]):
                status, _, errors = call(*words)
                self.assertEqual(status, 2)
                self.assertIn("did you mean", errors)
                self.assertIn(meant, errors)
        status, _, errors = call("frobnicate")
        self.assertEqual(status, 2)
        self.assertNotIn("did you mean", errors)

    def test_articles_like_one_that_is_not_there_are_told_of(self):
        status, out, errors = call("similar", "no-such-id", "--db", self.db)
        self.assertEqual((status, out), (1, ""))
        self.assertIn("no-such-id", errors)

    def test_help_is_data_and_exits_with_0(self):
        for words in (["--help"], ["search", "--help"], ["help", "query"], ["help", "index"], ["--version"]):
            status, out, errors = call(*words)
            self.assertEqual((status, errors), (0, ""), words)
            self.assertTrue(out.strip())

    def test_an_index_that_is_not_there_exits_with_3_and_is_named(self):
        for words in (["search", "x"], ["stats"], ["check"], ["export"], ["remove", "x"], ["add", SAMPLE], ["compact"]):
            status, _, errors = call(*words, "--db", self.folder / "nowhere")
            self.assertEqual(status, 3, words)
            self.assertIn("nowhere", errors)
        self.assertFalse((self.folder / "nowhere").exists())

    def test_a_missing_news_file_exits_with_3_and_is_named(self):
        status, _, errors = call("index", self.folder / "absent.jsonl", "--db", self.folder / "x.idx")
        self.assertEqual(status, 3)
        self.assertIn("absent.jsonl", errors)

    def test_bad_records_are_told_with_their_line_and_cost_no_other(self):
        news, db = self.fresh("bad", '{"id":"a","text":"خبر أول"}', '{"id":"b","text":"مقطوع', '[1]', '{"id":"c","text":5}',
                              b'{"id":"d","text":"\xff"}\n', '{"id":"e","date":"2015-02-30","text":"خبر أخير"}')
        status, _, errors = call("index", news, "--db", db)
        self.assertEqual(status, 0, errors)
        for line in (2, 3, 4, 5, 6):
            self.assertIn(f"news.jsonl:{line}:", errors)
        status, out, _ = call("search", "خبر", "--db", db, "--format", "tsv")
        self.assertEqual(status, 0)
        self.assertEqual({row.split("\t")[1] for row in out.splitlines()[1:]} - {"d"}, {"a", "e"})

    def test_a_second_writer_is_refused_at_once_and_told_who_writes(self):
        news, db = self.fresh("locked", '{"id":"a","text":"خبر"}')
        self.assertEqual(call("index", news, "--db", db)[0], 0)
        first = subprocess.Popen([FIHRIS, "add", "-", "--db", str(db)], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            first.stdin.write(b'{"id":"b","text":"x"}\n')
            first.stdin.flush()
            for _ in range(200):
                if (db / "lock").read_text().strip() == str(first.pid):
                    break
                time.sleep(0.05)
            status, _, errors = call("remove", "zzz", "--db", db)
            self.assertEqual(status, 3)
            self.assertIn(str(first.pid), errors)
        finally:
            first.stdin.close()
            first.wait(30)
        self.assertEqual(call("remove", "a", "--db", db)[0], 0)

    def test_words_find_all_their_forms(self):
        self.assertEqual(self.hits("معارك إدلب"), self.hits("المعارك بإدلب"))
        self.assertTrue(self.hits("معارك إدلب"))

    def test_nothing_matched_exits_with_1(self):
        self.assertEqual(self.hits("كلمةلاوجودلهاهنا"), set())

    def test_a_query_may_begin_with_a_minus(self):
        everything = self.hits("")
        with_word = self.hits("درعا")
        self.assertEqual(self.hits("-درعا"), everything - with_word)
        _, out, _ = call("search", "--db", self.db, "--format", "tsv", "--limit", 1000, "--", "-درعا")
        self.assertEqual({row.split("\t")[1] for row in out.splitlines()[1:]}, everything - with_word)

    def test_either_spelling_of_an_operator_means_the_same(self):
        for arabic, english in (("هدنة أو مصالحة", "هدنة OR مصالحة"), ('فصيل:"جبهة النصرة"', "faction:nusra-front"),
                                ("تاريخ:أيار-2015", "date:2015-05"), ("«جيش الفتح»", '"جيش الفتح"')):
            self.assertEqual(self.hits(arabic), self.hits(english), arabic)
            self.assertTrue(self.hits(arabic), arabic)

    def test_strict_refuses_what_is_not_understood(self):
        self.assertEqual(call("search", "region:لامكان", "--strict", "--db", self.db)[0], 2)
        status, _, errors = call("search", "region:لامكان", "--db", self.db)
        self.assertIn(status, (0, 1))
        self.assertIn("warning", errors)

    def test_facet_counts_equal_the_searches_they_stand_for(self):
        status, out, _ = call("facets", "معارك", "--by", "faction,region,source,published", "--top", 0, "--db", self.db, "--format",
                              "json")
        self.assertEqual(status, 0)
        checked = 0
        for line in out.splitlines():
            facet = json.loads(line)
            field = {"published": "date"}.get(facet["facet"], facet["facet"])
            for value in facet["values"][:15]:
                self.assertEqual(len(self.hits("--match", "all", f'معارك {field}:{value["id"]}')), value["count"], value)
                checked += 1
        self.assertGreater(checked, 20)

    def test_an_index_survives_being_written_again(self):
        news, db = self.fresh("again", '{"id":"a","text":"خبر قديم"}', '{"id":"b","text":"خبر باق"}')
        self.assertEqual(call("index", news, "--db", db)[0], 0)
        self.assertEqual(call("add", "-", "--db", db, stdin='{"id":"a","text":"نص جديد"}\n'.encode())[0], 0)
        self.assertEqual(call("search", "قديم", "--db", db)[0], 1)
        self.assertEqual(call("search", "جديد", "--db", db)[0], 0)
        self.assertEqual(call("remove", "b", "--db", db)[0], 0)
        self.assertEqual(call("remove", "b", "--db", db)[0], 1)
        self.assertEqual(call("search", "باق", "--db", db)[0], 1)
        for step in (["compact"], ["retag"], ["check"]):
            status, _, errors = call(*step, "--db", db)
            self.assertEqual(status, 0, errors)
        status, out, _ = call("export", "--db", db)
        self.assertEqual([json.loads(line)["id"] for line in out.splitlines()], ["a"])
        self.assertEqual(json.loads(call("stats", "--db", db, "--format", "json")[1])["documents"], 1)

    def test_export_gives_back_what_was_read(self):
        _, out, _ = call("export", "--db", self.db)
        given = {r["id"]: r for r in map(json.loads, SAMPLE.read_text(encoding="utf-8").splitlines())}
        back = {r["id"]: r for r in map(json.loads, out.splitlines())}
        self.assertEqual(set(given), set(back))
        for name, record in given.items():
            for field, value in record.items():
                self.assertEqual(back[name][field], value, (name, field))

    def test_a_damaged_index_is_an_error_and_never_an_answer(self):
        news, db = self.fresh("damaged", *['{"id":"%d","text":"خبر %d عن معارك"}' % (i, i) for i in range(50)])
        self.assertEqual(call("index", news, "--db", db)[0], 0)
        segment = next(db.glob("*.glass"))
        data = bytearray(segment.read_bytes())
        data[len(data) // 2] ^= 0x40
        segment.write_bytes(data)
        status, out, errors = call("search", "معارك", "--db", db)
        self.assertEqual((status, out), (3, ""))
        self.assertIn(segment.name, errors)
        self.assertEqual(call("check", "--db", db)[0], 3)

    def test_formats_other_than_text_hold_no_control_character(self):
        news, db = self.fresh("escape", json.dumps({"id": "x\ty", "title": "=1+1 \x1b[31m", "text": "كلمة \u202e <b>\x07"}))
        self.assertEqual(call("index", news, "--db", db)[0], 0)
        for form in ("text", "json", "tsv", "csv"):
            status, out, _ = call("search", "كلمة", "--db", db, "--format", form)
            self.assertEqual(status, 0)
            self.assertNotRegex(out, "[\x00-\x08\x0b\x0c\x0e-\x1f]")
        self.assertIn("'=1+1", call("search", "كلمة", "--db", db, "--format", "csv")[1])

    def test_the_environment_names_the_index(self):
        status, _, errors = call("search", "درعا", env={"FIHRIS_INDEX": str(self.db)})
        self.assertEqual(status, 0, errors)

    def test_tag_prints_who_where_and_when(self):
        status, out, _ = call("tag", SAMPLE, "--format", "json")
        self.assertEqual(status, 0)
        records = [json.loads(line) for line in out.splitlines()]
        texts = {r["id"]: r for r in map(json.loads, SAMPLE.read_text(encoding="utf-8").splitlines())}
        self.assertEqual(len(records), len(texts))
        mentions = 0
        for record in records:
            for tag in record["factions"] + record["regions"] + record["dates"]:
                for mention in tag["mentions"]:
                    field = texts[record["id"]][mention["field"]].encode()
                    self.assertEqual(field[mention["begin"]:mention["end"]].decode(), mention["text"])
                    mentions += 1
        self.assertGreater(mentions, 1000)

    def test_dates_of_a_file_are_those_of_its_text(self):
        with tempfile.NamedTemporaryFile(suffix=".txt") as file:
            file.write("غادر أمس".encode())
            file.flush()
            of_file = call("dates", "-p", "2015-07-29", file.name)
        self.assertEqual(of_file, call("dates", "-p", "2015-07-29", stdin="غادر أمس".encode()))
        self.assertIn("2015-07-28", of_file[1])

    def test_dates_count_from_the_day_of_publication(self):
        status, out, _ = call("dates", "-p", "2015-07-29", stdin="غادر أمس".encode())
        self.assertEqual(status, 0)
        self.assertEqual(out.split("\t")[2:6], ["DATE", "2015-07-28", "2015-07-28", "2015-07-28"])

    def test_stems_are_one_a_line(self):
        status, out, _ = call("analyze", "--stems", stdin="القوات\nقوات\nللقوات\n".encode())
        self.assertEqual(status, 0)
        rows = [line.split("\t") for line in out.splitlines()]
        self.assertEqual([row[0] for row in rows], ["القوات", "قوات", "للقوات"])
        self.assertEqual(len({row[1] for row in rows}), 1)

    def test_authority_is_looked_up_by_id_and_name(self):
        self.assertIn("nusra-front", call("authority", "find", "النصرة")[1])
        self.assertEqual(call("authority", "show", "no-such-id")[0], 1)
        self.assertEqual(call("authority", "show", "sy/idlib")[0], 0)

    def test_saved_queries_are_watched(self):
        folder = self.folder / "watch"
        folder.mkdir()
        (folder / "saved").write_text("idlib\tإدلب\n", encoding="utf-8")
        words = ["watch", "--saved", folder / "saved", "--state", folder / "state", "--db", self.db, "--format", "json"]
        self.assertEqual(call(*words)[0], 0)
        self.assertEqual(call(*words)[0], 1)


if __name__ == "__main__":
    unittest.main(verbosity=1)
