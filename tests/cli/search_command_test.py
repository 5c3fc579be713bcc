#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Searching from the command: how queries are typed, paged, printed. usage: search_command_test.py FIHRIS"""
import csv
import io
import json
import os
import pty
import subprocess
import unittest

from program import ENVIRONMENT, FIHRIS, WithSample, call

ISOLATE = "\u2068"


def on_terminal(*words, env=None):
    """Standard output of the command when it is a terminal."""
    main, other = pty.openpty()
    with subprocess.Popen([FIHRIS, *map(str, words)], stdout=other, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                          env={**ENVIRONMENT, **(env or {})}) as process:
        os.close(other)
        out = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
        process.wait(60)
    os.close(main)
    return out.decode("utf-8")


class Search(WithSample):
    def ids(self, *words):
        _, out, errors = call("search", "--db", self.db, "--format", "tsv", "--all", *words)
        rows = out.splitlines()
        self.assertEqual(rows[:1], ["rank\tid\tdate\tsource\tscore\ttitle"], errors)
        return [row.split("\t")[1] for row in rows[1:]]

    def test_what_begins_with_a_minus_is_a_query_wherever_it_stands(self):
        everything = set(self.ids(""))
        for query, positive in (("-faction:islamic-state", "faction:islamic-state"), ("-has:event", "has:event"),
                                ("-(حلب أو درعا)", "حلب أو درعا"), ('-"جيش الفتح"', '"جيش الفتح"'), ("-=حلب", "=حلب")):
            self.assertEqual(set(self.ids(query)), everything - set(self.ids(positive)), query)
        self.assertEqual(self.ids("--حلب"), self.ids("حلب"))
        self.assertEqual(set(self.ids("-درعا", "أو", "حلب")), set(self.ids("-درعا أو حلب")))
        self.assertEqual(self.ids("حلب", "-faction:islamic-state"), self.ids("حلب -faction:islamic-state"))
        for word in ("-z", "--no-such-option", "-zx"):
            self.assertEqual(call("search", "حلب", word, "--db", self.db)[0], 2, word)

    def test_numbers_below_zero_are_refused(self):
        for words in (["--limit", "-5"], ["--limit=-5"], ["-n", "-5"], ["--offset", "-1"]):
            status, out, errors = call("search", "حلب", "--db", self.db, *words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertIn("-", errors)

    def test_a_strict_query_is_shown_with_a_caret_below_its_fault(self):
        status, out, errors = call("search", "هدنة (حلب", "--strict", "--db", self.db)
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(errors.splitlines()[1:], ["  هدنة (حلب", "       ^"])

    def test_a_date_that_is_none_and_finds_nothing_is_a_wrong_query(self):
        for query in ("date:2015-02-30..2015-04-31", "حدث:99999999999999999999"):
            for command in ("search", "facets"):
                status, _, errors = call(command, query, "--db", self.db)
                self.assertEqual(status, 2, query)
                self.assertIn("warning", errors)
        self.assertEqual(call("search", "date:1950", "--db", self.db)[0], 1)

    def test_warnings_do_not_flood(self):
        for query in ("(" * 4000, '"حلب ' * 500, " ".join(f"region:لا{n}" for n in range(300)), "حلب " * 3000):
            _, _, errors = call("search", query, "--db", self.db, "--limit", 0)
            self.assertTrue(errors)
            self.assertLess(len(errors), 6000, query[:20])

    def test_all_hits_and_pages_by_cursor_are_the_same_in_the_same_order(self):
        whole = self.ids("النظام")
        self.assertGreater(len(whole), 20)
        pages, cursor = [], []
        while True:
            status, out, _ = call("search", "النظام", "--db", self.db, "--format", "json", "--limit", 7, *cursor)
            self.assertEqual(status, 0)
            head, *hits = map(json.loads, out.splitlines())
            pages += [hit["id"] for hit in hits]
            if not head["next_cursor"]:
                break
            cursor = ["--cursor", head["next_cursor"]]
        self.assertEqual(pages, whole)
        for words in (["--limit", 3], ["--offset", 3], ["--collapse"]):
            self.assertEqual(call("search", "النظام", "--all", "--db", self.db, *words)[0], 2, words)
        self.assertEqual(call("search", "النظام", "--cursor", "odd", "--db", self.db)[0], 2)

    def test_pages_that_there_cannot_be_are_refused(self):
        for words in (["--limit", "-1"], ["--limit=-5"], ["--offset", "-1"], ["--limit", "1e3"], ["--half-life", "3"],
                      ["--sort", "both", "--half-life", "0"], ["--sort", "up"], ["--cursor", "0123456789abcdef--5"]):
            status, out, errors = call("search", "النظام", "--db", self.db, *words)
            self.assertEqual((status, out), (2, ""), words)
            self.assertTrue(errors.startswith("fihris: "), errors)

    def test_both_orders_are_those_of_their_ends(self):
        def order(*words):
            status, out, _ = call("search", "النظام", "--db", self.db, "--format", "tsv", "--limit", 50, *words)
            self.assertEqual(status, 0)
            return [row.split("\t")[1:3] for row in out.splitlines()[1:]]

        days = [[day for _, day in order("--sort", *by)[:10]] for by in (["both", "--half-life", 1], ["date"])]
        self.assertEqual(*days)
        self.assertEqual(order("--sort", "both", "--half-life", 1000000000), order())
        self.assertEqual(order("--sort", "both"), order("--sort", "both", "--half-life", 60))

    def test_a_tree_that_was_printed_can_be_asked(self):
        for query in ("معارك إدلب", 'فصيل:"جبهة النصرة" -حلب', "«جيش الفتح» أو مقاتل*", "قوات NEAR/5 النظام date:2015"):
            status, tree, _ = call("explain", query, "--format", "json", "--db", self.db)
            self.assertEqual(status, 0)
            self.assertEqual(self.ids("--tree", tree), self.ids(query), query)
        self.assertEqual(call("search", "--tree", "{}", "--db", self.db)[0], 2)

    def test_hits_are_features_of_a_map(self):
        status, out, _ = call("search", "سراقب", "--format", "geojson", "--limit", 5, "--db", self.db)
        self.assertEqual(status, 0)
        features = json.loads(out)["features"]
        self.assertEqual([f["properties"]["id"] for f in features], self.ids("سراقب")[:5])
        self.assertTrue(any("sy/idlib" in place for f in features for place in f["properties"]["places"]))
        for feature in features:
            places = feature["properties"]["places"]
            if not places:
                self.assertIsNone(feature["geometry"])
                continue
            self.assertEqual(feature["geometry"]["type"], "MultiPoint")
            self.assertEqual(len(feature["geometry"]["coordinates"]), len(places))
            for lon, lat in feature["geometry"]["coordinates"]:
                self.assertTrue(-180 <= lon <= 180 and -90 <= lat <= 90)
        self.assertEqual(json.loads(call("search", "كلمةلاتوجد", "--format", "geojson", "--db", self.db)[1])["features"], [])

    def test_a_terminal_gets_isolates_colours_and_a_pager_and_a_pipe_none(self):
        words = ["search", "حلب", "--db", self.db, "--limit", 2]
        plain = call(*words)[1]
        self.assertNotIn(ISOLATE, plain)
        self.assertNotIn("\033", plain)
        self.assertIn("[", plain)
        shown = on_terminal(*words, env={"PAGER": "cat"})
        self.assertIn(ISOLATE, shown)
        self.assertIn("\033[1m", shown)
        self.assertNotIn("\033", on_terminal(*words, env={"PAGER": "", "NO_COLOR": "1"}))
        paged = on_terminal(*words, env={"FIHRIS_PAGER": "sed s/^/PAGED:/", "PAGER": "cat"})
        self.assertTrue(all(line.startswith("PAGED:") for line in paged.splitlines()), paged)
        self.assertIn(ISOLATE, paged)
        self.assertNotIn("PAGED", on_terminal("stats", "--db", self.db, env={"PAGER": "sed s/^/PAGED:/"}))

    def test_a_cross_table_has_lines_and_columns_for_a_reader(self):
        words = ["cross", "النظام", "--by", "faction,year", "--top", 4, "--db", self.db]
        rows = list(csv.DictReader(io.StringIO(call(*words, "--format", "csv")[1])))
        lines = call(*words)[1].splitlines()
        years = sorted({row["published"] for row in rows})
        self.assertEqual(lines[0].split(), ["faction", *years, "ar"])
        self.assertEqual({line.split()[0] for line in lines[1:]}, {row["faction"] for row in rows})
        for row in rows:
            line = next(line for line in lines if line.split()[0] == row["faction"])
            at = lines[0].index(row["published"])
            self.assertEqual(line[at:].split()[0], row["count"], row)

    def test_a_chart_leaves_out_long_stretches_without_articles(self):
        news = self.folder / "far.jsonl"
        news.write_text("".join(json.dumps({"id": date, "date": date, "text": "خبر"}) + "\n" for date in ("1990-05-01", "2015-05-01")),
                        encoding="utf-8")
        db = self.folder / "far.idx"
        self.assertEqual(call("index", news, "--db", db)[0], 0)
        status, out, _ = call("timeline", "--by", "year", "--db", db)
        self.assertEqual(status, 0)
        self.assertLess(len(out.splitlines()), 8)
        self.assertIn("24 without an article", out)
        self.assertEqual(len(call("timeline", "--by", "year", "--format", "csv", "--db", db)[1].splitlines()), 27)

    def test_filters_take_names_and_tell_of_unknown_ones(self):
        for name, value in (("faction=جبهة النصرة", "faction=nusra-front"), ("region=idlib", "region=sy/idlib"),
                            ("region=إدلب,حلب", "region=sy/idlib,sy/aleppo")):
            self.assertTrue(self.ids("", "--filter", value), value)
            self.assertLessEqual(set(self.ids("", "--filter", value)), set(self.ids("", "--filter", name)), name)
        status, _, errors = call("search", "حلب", "--filter", "faction=لا أحد", "--db", self.db)
        self.assertEqual(status, 1)
        self.assertIn("لا أحد", errors)

    def test_articles_like_one_that_is_not_there_are_none_and_it_is_said(self):
        status, out, errors = call("similar", "nowhere", "--db", self.db)
        self.assertEqual((status, out), (1, ""))
        self.assertIn("nowhere", errors)

    def test_a_watched_query_says_why_an_article_matched(self):
        saved = self.folder / "saved"
        saved.write_text("idlib\tإدلب\n", encoding="utf-8")
        status, out, _ = call("watch", "--saved", saved, "--state", self.folder / "state", "--db", self.db, "--limit", 1)
        self.assertEqual(status, 0)
        self.assertRegex(out, r"^@idlib: \d\d articles\n1\. ")
        saved.write_text("nobody\tفصيل:لا-احد-هنا\n", encoding="utf-8")
        status, _, errors = call("watch", "--saved", saved, "--state", self.folder / "state", "--db", self.db)
        self.assertEqual(status, 1)
        self.assertIn("no faction of this name", errors)
        self.assertIn("matched: ", out)

    def test_the_facet_of_pairs_is_named_before_the_query(self):
        for words, option in ((["faction"], ["--of", "faction"]), (["region", "هدنة"], ["هدنة", "--of", "region"])):
            status, out, _ = call("cooccur", *words, "--db", self.db, "--format", "tsv")
            self.assertEqual(status, 0)
            self.assertGreater(len(out.splitlines()), 3)
            self.assertEqual(out, call("cooccur", *option, "--db", self.db, "--format", "tsv")[1])
        # with --of all words are the query
        self.assertEqual(call("cooccur", "faction", "--of", "faction", "--db", self.db)[0], 1)


if __name__ == "__main__":
    unittest.main(verbosity=1)
