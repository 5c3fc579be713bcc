#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`fihris serve --stdio` answers each request with one line, in order, whatever it is asked: serve_test.py FIHRIS"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
FIHRIS = os.path.realpath(sys.argv[1])
faults = []


def serve(lines, *words):
    text = "".join((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)
    done = subprocess.run([FIHRIS, "serve", "--stdio", *words], input=text, capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        faults.append(f"status {done.returncode}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def expect(condition, what):
    if not condition:
        faults.append(str(what))


def main():
    article = {"id": "n1", "date": "2015-04-01", "title": "خبر", "text": "سيطرت جبهة النصرة أمس على مدينة أريحا.", "n": 12345678901234567890}
    with tempfile.TemporaryDirectory() as folder:
        index = folder + "/index"
        subprocess.run([FIHRIS, "index", "-q", str(TOP / "corpus/articles/sample.jsonl"), "--db", index], check=True)
        requests = [
            ("version", {}), ("search", {"query": "معارك منطقة:إدلب", "limit": 2, "facets": ["faction"]}),
            ("facets", None), ("cross", {"by": ["faction", "month"]}), ("cooccur", {"of": "faction", "top": 3}),
            ("places", {"top": 3}), ("explain", {"query": "هدنة"}), ("similar", {"id": "sample-001"}),
            ("watch", {"query": "سوريا"}), ("article", {"id": "sample-001"}), ("article", {"id": "none"}),
            ("stats", {}), ("reopen", {}), ("tag", {"article": article, "explain": True}),
            ("dates", {"text": "وصل أمس", "published": "2015-04-01"}), ("parse_date", {"text": "2015-04"}),
            ("analyze", {"text": "والمعارك", "explain": True}), ("stem", {"word": "والمعارك"}), ("fold", {"text": "إدلبُ"}),
            ("entity", {"facet": "region", "id": "sy/idlib"}), ("resolve", {"facet": "faction", "name": "جبهة النصرة"}),
            ("children", {"facet": "region", "id": "sy"}), ("find_by_name", {"facet": "region", "name": "إدلب"}),
            ("search", {"tree": {"all": []}}),
        ]
        answers = serve([{"id": number, "method": method, "params": params}
                         for number, (method, params) in enumerate(requests)], "--db", index)
        expect([answer["id"] for answer in answers] == list(range(len(requests))), "one answer each, in order")
        results = {}
        for (method, _), answer in zip(requests, answers):
            if "result" not in answer and method != "search":
                faults.append(f"{method}: {answer}")
            results.setdefault(method, answer.get("result"))
        expect(results["version"]["format"] == 1, results["version"])
        expect(results["search"]["total"] > 0 and len(results["search"]["hits"]) == 2, results["search"])
        expect(results["facets"]["facets"][2]["facet"] == "published", results["facets"])
        expect(results["cross"]["by"] == ["faction", "published"] and results["cross"]["rows"], results["cross"])
        expect(results["article"]["id"] == "sample-001" and answers[10]["result"] is None, results["article"])
        expect(results["stats"]["documents"] == 144, results["stats"])
        expect(results["dates"][0]["value"] == "2015-03-31", results["dates"])
        expect(results["fold"] == "ادلب", results["fold"])
        expect(results["entity"]["id"] == "sy/idlib", results["entity"])
        expect("sy/idlib" in results["children"], results["children"])
        expect("sy/idlib" in [each["id"] for each in results["find_by_name"]], results["find_by_name"])
        (unknown,) = serve([{"id": 1, "method": "serach"}])
        asked = {method for method, _ in requests} | {"add", "remove", "commit"}
        expect(set(unknown["error"]["hint"].removeprefix("known are ").split(", ")) == asked, "a method that is not asked here")
        tree = results["explain"]["tree"]
        (again, asked) = serve([{"id": "a", "method": "search", "params": {"tree": tree}},
                                {"id": "b", "method": "search", "params": {"query": "هدنة"}}], "--db", index)
        expect(again["result"]["total"] == asked["result"]["total"] > 0, "a tree asks what its query asks")

        wrong = ["this is no JSON", "[1]", '{"id":7}', '{"id":[1],"method":"version"}', '{"id":1,"method":"shutdown"}',
                 '{"id":2,"method":"search","params":{"limt":1}}', '{"id":3,"method":"search","params":[]}',
                 '{"id":4,"method":"add","params":{"article":{}}}', '{"id":"\\ud800","method":"version"}',
                 '{"id":5,"method":"tag","params":{}}', "{" * 10000,
                 '{"id":6,"method":"search","params":{"query":"faction:","strict":true}}',
                 '{"id":7,"method":"dates","params":{"text":"أمس","publishd":"2015-04-01"}}',
                 '{"id":8,"method":"stats","params":{"db":"x"}}', '{"id":9,"method":"stem","params":{"word":["x"]}}']
        answers = serve([*wrong, {"id": "last", "method": "version"}], "--db", index)
        expect(len(answers) == len(wrong) + 1, "bad requests end nothing")
        for line, answer in zip(wrong, answers):
            expect(set(answer) == {"id", "error"} and set(answer["error"]) == {"code", "status", "message", "hint"},
                   f"{line[:60]}: {answer}")
        expect(answers[5]["error"]["code"] == "invalid_argument" and "limit" in answers[5]["error"]["hint"], answers[5])
        expect(answers[11]["error"]["code"] == "bad_query", answers[11])
        expect("result" in answers[-1], answers[-1])

        if shutil.which("node"):
            done = subprocess.run(["node", str(TOP / "docs/examples/serve.mjs"), FIHRIS, index, "هدنة"], capture_output=True,
                                  text=True, timeout=60)
            expect(done.returncode == 0 and f"{asked['result']['total']} articles\n1. " in done.stdout and
                   done.stdout.endswith("invalid_argument\n"), done)
        else:
            print("node is not installed: docs/examples/serve.mjs not run")

        written = serve([{"id": 1, "method": "add", "params": {"article": article}},
                         {"id": 2, "method": "article", "params": {"id": "n1"}},
                         {"id": 3, "method": "commit"}, {"id": 4, "method": "article", "params": {"id": "n1"}},
                         {"id": 5, "method": "remove", "params": {"id": "n1"}}, {"id": 6, "method": "commit"},
                         {"id": 7, "method": "article", "params": {"id": "n1"}}], "--db", index, "--write")
        shown = [answer.get("result") for answer in written]
        expect(shown[0] == {"id": "n1"} and shown[1] is None and shown[2]["documents"] == 145, written[:3])
        expect(shown[3]["n"] == article["n"] and shown[4] == {"removed": True} and shown[6] is None, written[3:])
        (alone, refused) = serve([{"id": 1, "method": "stem", "params": {"word": "كتب"}}, {"id": 2, "method": "search"}])
        expect("result" in alone and "error" in refused, (alone, refused))
    print("\n".join(faults) if faults else "every request answered")
    return 1 if faults else 0


if __name__ == "__main__":
    os.environ.pop("FIHRIS_INDEX", None)
    sys.exit(main())
