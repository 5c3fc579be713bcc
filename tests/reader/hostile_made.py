#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes hostile files and has the command read them.

  hostile_made.py FIHRIS [--sanitized] [--only PREFIX] [--keep FOLDER]

Each case says how many articles there are, how many reports, the exit status, and what the reports must say or the articles
must hold. Every run has ten seconds of one core and 1 GiB of memory (with --sanitized: sixty, and no bound on memory, as a
sanitizer's shadow needs more). Whatever comes out is valid UTF-8 without control characters, nothing is written, and nothing
that a file names is read. --keep leaves the files in a folder, as seeds for the fuzz targets."""
import argparse
import bz2
import gzip
import io
import json
import lzma
import os
import pathlib
import resource
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile

CASES = []
NEWS = "وصل الوفد إلى المدينة صباح اليوم وعقد اجتماعا مع الأهالي وبحث معهم شؤون المياه والكهرباء "


def case(name, data, articles, reports, status=0, says=(), holds=(), never=()):
    """articles, reports: a number or (least, most); status: 0, 1 or 3; says: in the reports; holds, never: in the articles."""
    CASES.append((name, data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), articles, reports, status, says, holds, never))


def record(name, text=None):
    return json.dumps({"id": name, "text": text or "خبر " + name}, ensure_ascii=False)


def between(*lines):
    """Lines of JSON between two good ones."""
    return "\n".join([record("first"), *lines, record("last")]) + "\n"


def with_bytes(line):
    return record("first").encode() + b"\n" + line + b"\n" + record("last").encode() + b"\n"


def json_cases():
    case("depth.jsonl", between('{"text":"x","d":' + '{"a":' * 50000 + "1" + "}" * 50000 + "}"), 2, 1, says=["depth.jsonl:2: not JSON: nested deeper than 64"])
    case("depth-bound.jsonl", between('{"id":"in","text":"x","d":' + "[" * 63 + "]" * 63 + "}", '{"id":"out","text":"x","d":' + "[" * 64 + "]" * 64 + "}"), 3, 1)
    case("numbers.jsonl", between('{"text":"x","n":' + "9" * 100000 + "}", '{"text":"y","n":-1e-999999999}', '{"id":' + "7" * 300 + ',"text":"z"}'), 5, 0)
    case("names.jsonl", between('{"text":"x","' + "k" * 1000000 + '":1}', '{"text":"y",' + ",".join('"f%d":1' % i for i in range(100000)) + "}"), 4, 0)
    case("author-twice.jsonl", between('{"text":"x",' + ",".join('"author":"%d"' % i for i in range(100000)) + "}"), 3, 1, says=['"author" stands more than once'])
    case("content-twice.jsonl", between("{" + ",".join('"content":"%d"' % i for i in range(100000)) + ',"text":"x"}'), 3, 1)
    case("one-report.jsonl", between('{"id":"n","title":{"a":1},"date":"2015-02-30"}'), 2, 1, says=["expected a string, found an object; date"])
    case("surrogates.jsonl", between(r'{"id":"n\ud800","text":"x \udc00 y","\ud83d":"\ud83d\ud83d\ude00"}'), 3, 1, holds=["x \ufffd y"])
    case("zero.jsonl", with_bytes(b'{"id":"n","text":"x\0y"}\n\0\0\0'), 3, 2, holds=['"x y"'])
    case("marks.jsonl", "\ufeff" + record("a") + "\n\ufeff" + record("b") + "\n\ufeff\n" + record("c"), 3, 0)
    case("sequence.jsonl", "\x1e" + record("a") + "\n\x1e" + record("b") + "\n", 2, 0)
    case("separators.jsonl", record("a") + "\u2028" + record("b") + "\n" + record("c") + "\x0b" + record("d") + "\n" + record("e") + "\0" + record("f") + "\n", 6, 0)
    case("control.jsonl", between("\x07" + record("n")), 2, 1, says=["U+0007"])
    case("cr.jsonl", "\r".join([record("a"), '{"id":"b"', record("c"), record("d")]) + "\r", 3, 1)
    case("two.jsonl", between(record("a") + " " + '{"id":"b","text":}'), 3, 1, holds=['"a"'])
    case("overlong.jsonl", with_bytes(b'{"id":"n","text":"\xc0\xaf \xe0\x80\xaf \xf8\x88\x80\x80\x80 x"}'), 3, 1, says=[":2: not valid UTF-8"])
    case("swallow.jsonl", with_bytes(b'{"id":"n","text":"\xe0","title":"mine"}'), 3, 1, holds=["mine"])
    case("utf16-odd.jsonl", between().encode("utf-16-le") + b"\x00", 2, 2)
    long_1256 = [json.dumps({"id": "w%d" % i, "text": NEWS}, ensure_ascii=False).encode("cp1256") for i in range(5)]
    case("mixed.jsonl", b"\n".join([record("a", NEWS).encode()] + long_1256 + [record("z", NEWS).encode()]), 7, 5, holds=[NEWS.strip()], says=["not valid UTF-8"])
    case("bidi.jsonl", between(json.dumps({"id": "n\u202e", "title": "\u202eevil\u2066", "text": "\u202e\u2067حلب\u2069"})), 3, 0)
    for name, text in {"word": "ب" * 3000000, "marks-on-one": "ب" + "\u064b" * 500000, "tatweel": "ح" + "ـ" * 500000 + "لب", "joiners": "ح" + "\u200d" * 300000 + "لب", "forms": "ﷲ ﷺ ﻻ ﻹ " * 10000}.items():
        case(name + ".jsonl", between(json.dumps({"id": "n", "text": text}, ensure_ascii=False)), 3, 0)
    case("long-fields.jsonl", between(json.dumps({f: f * 300000 for f in ("id", "title", "author", "source", "text")})), 3, 0)
    dates = ["{}", "[]", "true", "1e300", "-1", "9" * 20, '"' + "9" * 1000 + '"', '["2015-07-29"]']
    case("dates.jsonl", between(*['{"id":"d%d","text":"x","date":%s}' % (i, d) for i, d in enumerate(dates)]), 10, 8)
    case("rubbish.jsonl", between("// c", "{id:1}", "{'id':1}", '{"id":"n","text":"x",}', '{"id":"n" "text":"x"}', "NaN", '{"text":NaN}', r'{"text":"\x41"}', '{"text":"x\\'), 2, 9)
    case("empty-objects.jsonl", "{}\n" * 200000 + record("a"), 1, (100, 102), says=["199,900 more reports"])
    case("lines.jsonl", "\n" * 5000000 + record("a"), 1, 0)
    # Records in a list.
    case("quote.json", '[\n{"id":"a","text":"open},\n' + record("b") + ",\n" + record("c") + "\n]", 2, 1, says=["quote.json:2: "])
    case("quote-one-line.json", '[{"id":"a","text":"open},' + record("b") + "," + record("c") + "]", 2, 1)
    case("brace.json", '[{"id":"a","text":"x",\n' + record("b") + ",\n" + record("c") + "]", 2, 1)
    case("bracket.json", '[{"id":"a","text":"x","k":[1,2},\n' + record("b") + ",\n" + record("c") + "]", 2, 1)
    case("quotes.json", "[" + ",".join(['{"id":"a","text":"open}', record("b")] * 2000) + "]", 2000, (100, 102))
    case("tear-flood.json", '[{"a":"},{"},{"' * 200000, 0, (1, 102), status=3)
    case("record-number.json", "[" + record("a") + ',{"id":"n"},' + record("b") + "]", 2, 1, says=["(record 2)"])
    case("cut.json", "[" + record("a") + ',{"id":"b","text":"' + "x" * 100000, 1, 1)
    case("deep.json", "[" * 2000000, 0, 1, status=3)
    case("commas.json", "[" + "," * 5000000 + record("a") + "]", 1, 0)
    case("blanks.json", " " * 20000000 + "[" + record("a") + "]", 1, 0)
    case("giant-string.json", '["' + "x" * 30000000 + '",' + record("a") + "]", 1, 1, says=["longer than 16777216 bytes"])


def table_cases():
    case("unclosed.csv", 'id,text\na,x\nb,"open\n' + "".join("r%d,y\n" % i for i in range(50000)), 50001, 1, says=["unclosed.csv:3: a quote is opened and not closed"])
    case("all-unclosed.csv", "id,text\n" + 'a,"x\n' * 50000, 0, (100, 102), status=3)
    case("lines-in-cell.csv", 'id,text\na,"' + "y\n" * 9000000 + '"\nb,z\n', (1, 2), (0, 102))
    case("cell.csv", 'id,text\na,"' + "y" * 20000000 + '"\nb,z\n', 1, 1)
    case("again.csv", "id,text\n" + "".join('a%d,"x\nb%d,"y\n' % (i, i) for i in range(20000)), (0, 40000), (0, 102), status=(0, 3))
    case("commas.csv", "id,text\n" + "," * 5000000 + "\na,x\n", 1, 1)
    case("columns.csv", "id,text," + ",".join("c%d" % i for i in range(50000)) + "\na,x," + ",".join("1" for i in range(50000)) + "\n", 1, 0)
    case("header.csv", "h" * 20000000 + "\na,x\n", 0, 1, status=3)
    case("cr.csv", 'id,text\ra,x\rb,"y\rz"\r', 2, 0)
    case("joined.csv", "id,text\na,x\n\ufeffid,text\nb,y\n", (2, 3), (0, 1))
    case("utf16.csv", ("id,text\n" + "".join("r%d,%s\n" % (i, NEWS) for i in range(5))).encode("utf-16-le"), 5, 0)
    case("arabic.csv", "العنوان;تاريخ النشر;النص;المصدر\nع;2015-07-29;" + NEWS + ";جريدة\n", 1, 0, holds=['"date":"2015-07-29"', '"source":"جريدة"'])
    case("tabs.tsv", "id\ttext\n" + "\t" * 1000000 + "\na\tx\n", 1, 1)


def text_cases():
    case("random.txt", bytes((i * 2654435761 >> 13) & 255 for i in range(100000)), 0, 1, status=3)
    case("terminal.txt", "\x1b[2J\x1b]0;evil\x07" + NEWS + "\x08\x7f\u009b31m", 1, 0)
    case("half.txt", b"\xff\xfe" + NEWS.encode("utf-16-le") + b"\x00\xd8" + NEWS.encode("utf-16-le"), 1, 1, says=["not all of it is UTF-16LE: 1 character became U+FFFD"])
    case("odd.txt", b"\xff\xfe" + NEWS.encode("utf-16-le") + b"\xd8", 1, 1)
    case("parts.txt", (NEWS * 3).encode() + (NEWS * 5).encode("cp1256"), 1, 1, says=["not valid UTF-8"], holds=[NEWS.strip()])
    case("short.txt", "حلب".encode("cp1256"), 0, 1, status=3, says=["--encoding"])
    case("ff.txt", b"\xff" * 1000, 0, 1, status=3)
    case("big.txt", NEWS * 200000, 0, 1, status=3, says=["longer than 16777216 bytes"])
    case("blanks.txt", " " * 10000000, 0, 0, status=1)


def markup_cases():
    def page(body, head=""):
        return "<!doctype html><html><head><title>خبر</title>" + head + "</head><body>" + body + "</body></html>"

    news = "<p>" + NEWS + "</p>"
    case("attributes.html", page("<p " + " ".join('a%d="%d"' % (i, i) for i in range(200000)) + ">" + NEWS + "</p>"), 1, 0, holds=[NEWS.strip()], never=["a1="])
    case("attribute.html", page('<p title="' + "x" * 12000000 + '">' + NEWS + "</p>"), 1, 0, holds=[NEWS.strip()])
    case("deep.html", page("<b>" * 300000 + NEWS), (0, 1), (0, 1), status=(0, 3))
    case("tables.html", page("<table><tr><td>" * 50000 + NEWS), 1, (0, 1))
    case("references.html", page("&#" * 500000 + NEWS), 1, 0)
    case("comments.html", page("<!--" * 100000 + NEWS), (0, 1), (0, 1))
    case("entity.xhtml", '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>&e; ' + NEWS + "</p></body></html>", 1, 0, never=["root:"])
    case("frames.html", page('<base href="http://127.0.0.1:9/"><img src="file:///etc/passwd"><iframe src="/etc/passwd"></iframe>' + news), 1, 0, never=["root:"])
    case("ld.html", page(news, '<script type="application/ld+json">' + "[" * 100000 + "</script>"), 1, 0)
    case("metas.html", page(news, "".join('<meta name="k%d" content="v">' % i for i in range(50000))), 1, 0)
    case("charset.html", page(NEWS * 3, '<meta charset="ibm037">').encode("cp1256"), 1, 0, holds=[NEWS.strip()])

    def feed(items, head=""):
        return '<?xml version="1.0"?>' + head + '<rss version="2.0"><channel><title>قناة</title>' + items + "</channel></rss>"

    def item(name, more=""):
        return "<item><guid>" + name + "</guid><title>خبر</title><description>" + NEWS + "</description>" + more + "</item>"

    laughs = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join("<!ENTITY a%d \"%s\">" % (i, ("&a%s;" % (i - 1 if i else "")) * 10) for i in range(10)) + "]>"
    case("laughs.xml", feed(item("a") + "<item><guid>b</guid><title>&a9;</title><description>&a9;</description></item>", laughs), 1, 1, says=["&a9; is not expanded"])
    case("outside.xml", feed(item("a", "<category>&x;</category>"), '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 1, 1, never=["root:"])
    case("include.xml", feed(item("a", '<xi:include href="file:///etc/passwd" parse="text"/>')), 1, 0, never=["root:"])
    case("declared.xml", feed(item("a"), '<!DOCTYPE rss [<!ENTITY x "]>"><!ENTITY y "<item>bad</item>">]>'), (1, 2), (0, 1))
    case("items.xml", feed("<item>" * 50000 + item("a")), 1, (100, 102))
    case("cdata.xml", feed("<item><title><![CDATA[x" * 5000 + item("a")), 1, (100, 102))
    case("links.xml", feed(item("a", "<link>http://x/</link>" * 50000)), 1, 0)
    case("days.xml", feed("".join(item("d%d" % i, "<pubDate>" + d + "</pubDate>") for i, d in enumerate(["Mon, 31 Feb 2015 10:00:00 GMT", "0000-00-00", "yesterday", ""]))), 4, 3)
    case("utf16.xml", feed(item("a")).encode("utf-16"), 1, 0, holds=[NEWS.strip()])
    case("nonsense.xml", feed(item("a")).replace('"1.0"?', '"1.0" encoding="nonsense"?'), 1, 0)
    case("wiki.xml", "<mediawiki>" + "".join("<page><title>x</title><ns>0</ns><id>%d</id><revision><text>%s%s</text></revision></page>" % (i, t * 200000, NEWS) for i, t in enumerate(["{{", "[[", "''", "&lt;ref>"])) + "</mediawiki>", 4, (0, 4))
    case("open.sgml", "<DOC>" * 20000 + "<DOCNO>a</DOCNO><TEXT>x", 0, (100, 102), status=3)
    case("below.sgml", "<DOC><DOCNO>a</DOCNO>\n" + "<P>" * 50000 + NEWS + "</DOC>\n<DOC><DOCNO>b</DOCNO><TEXT>y</TEXT></DOC>", 2, 0, holds=[NEWS.strip()])
    # Quotes that are never closed, in tags that never end: each search for an end goes through the whole text.
    for name, head in {"html": "<html><body>", "xml": "<rss><channel><item><title>t</title><description>", "sgml": "<doc><docno>1</docno><text>"}.items():
        for element in ("p", "item", "doc"):
            flood = ('<%s b="" c="' % element) * 200000
            case("flood-%s.%s" % (element, name), head + flood, (0, 1), (0, 102), status=(0, 1, 3))
            case("flood-%s-closed.%s" % (element, name), head + flood + "</description></item></channel></rss>" if name == "xml" else head + flood + "</text></doc>", (0, 1), (0, 102), status=(0, 1, 3))
    case("flood.jsonl", json.dumps({"id": "a", "text": '<p b="" c="' * 200000}), 1, 0)


def packed_cases():
    lines = (record("a") + "\n" + record("b") + "\n").encode()
    many = "".join(record(str(i)) + "\n" for i in range(20000)).encode()
    packed = gzip.compress(lines)
    case("after.jsonl.gz", packed + b"garbage" * 100, 2, 1)
    case("padded.jsonl.gz", packed + b"\0" * 100000, 2, 0)
    case("members.jsonl.gz", b"".join(gzip.compress((record(str(i)) + "\n").encode()) for i in range(1000)), 1000, 0)
    case("split.jsonl.gz", gzip.compress(lines[:20]) + gzip.compress(lines[20:]), 2, 0)
    case("cut.jsonl.gz", gzip.compress(many)[:-2000], (10000, 19999), 1, status=3, says=["cut short"])
    case("sum.jsonl.gz", packed[:-8] + b"\0\0\0\0" + packed[-4:], (0, 2), 1, status=3)
    case("head.jsonl.gz", packed[:5], 0, 1, status=3)
    case("long-name.jsonl.gz", b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 5000000, 0, 1, status=3)
    for ending, pack in {"xz": lzma.compress, "bz2": bz2.compress}.items():
        whole = pack(many)
        case("cut.jsonl." + ending, whole[: len(whole) // 2], (0, 19999), 1, status=3, says=["cannot unpack"])
        case("start.jsonl." + ending, whole[:200], 0, 1, status=3, says=["cannot unpack"])
        case("changed.jsonl." + ending, whole[:300] + bytes([whole[300] ^ 255]) + whole[301:], (0, 19999), 1, status=3, says=["cannot unpack"])
        case("members.jsonl." + ending, pack(lines) + pack(many), 20002, 0)
        case("bomb.jsonl." + ending, pack(b" " * (200 << 20)), 0, 1, status=3, says=["200 times its size"])
    case("magic.xz", b"\xfd7zXZ\0", 0, 1, status=3)
    case("magic.zst", b"\x28\xb5\x2f\xfd\0\xff" + b"\0" * 100, 0, 1, status=3)
    case("bomb.jsonl.gz", gzip.compress(b" " * (200 << 20), 1), 0, 1, status=3, says=["200 times its size", "--max-ratio"])
    case("begins-BZh.txt", "BZh is no archive. " + NEWS, 1, 0)

    def zipped(members):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data, *mode in members:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = mode[0] << 16 if mode else 0
                archive.writestr(info, data)
        return out.getvalue()

    names = zipped([("../../../evil.jsonl", record("a")), ("/tmp/evil.jsonl", record("b")), ("C:\\evil.jsonl", record("c")), ("x\x1b[31m.jsonl", record("d")),
                    ("خبر.jsonl", record("e") + "\n{"), ("link.jsonl", "/etc/passwd", 0o120777), ("n" * 60000 + ".jsonl", record("f"))])
    case("names.zip", names, 6, 2, says=["names.zip:خبر.jsonl:2:", "link.jsonl: a link, not followed"], never=["root:"])
    case("cut.zip", names[: len(names) // 2], (1, 6), (1, 4), status=3, never=["root:"])
    case("magic.zip", b"PK\x03\x04", 0, 1, status=3)
    case("nested.zip", zipped([("b.zip", names), ("c.jsonl", record("c"))]), 1, 1, says=["packed more than once"])
    case("empty-members.zip", zipped([("%d.txt" % i, "") for i in range(20000)]), 0, 0, status=1)
    case("bomb.zip", zipped([("a.txt", "x" * (100 << 20)), ("b.jsonl", record("b"))]), 1, 1)
    two = zipped([("a.jsonl", record("a") + "\n"), ("b.jsonl", record("b"))])
    central = two.find(b"PK\x01\x02")

    def patched(places):
        out = bytearray(two)
        for at, value in places:
            out[at : at + len(value)] = value
        return bytes(out)

    case("sum.zip", patched([(14, b"\0\0\0\0"), (central + 16, b"\0\0\0\0")]), 2, 1, status=3, says=["sum.zip:a.jsonl: damaged"])
    case("size.zip", patched([(22, struct.pack("<I", 0xFFFFFFF0)), (central + 24, struct.pack("<I", 0xFFFFFFF0))]), (1, 2), 1, status=3)
    case("locked.zip", patched([(6, b"\1"), (central + 8, b"\1")]), 1, 1, status=3, says=["no password can be given"])

    def tarred(members, form=tarfile.PAX_FORMAT):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=form) as archive:
            for name, data, kind, target in members:
                info = tarfile.TarInfo(name)
                info.type, info.linkname, info.size = kind, target, len(data)
                archive.addfile(info, io.BytesIO(data) if data else None)
        return out.getvalue()

    members = [("../../evil.jsonl", record("a").encode(), b"0", ""), ("/abs/evil.jsonl", record("b").encode(), b"0", ""), ("l", b"", b"2", "/etc/passwd"), ("h", b"", b"1", "/etc/shadow"),
               ("c", b"", b"3", ""), ("f", b"", b"6", ""), ("ملف/خبر.jsonl", record("c").encode(), b"0", ""), ("x" * 300 + ".jsonl", record("d").encode(), b"0", "")]
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        case("names-%d.tar" % form, tarred(members, form), 4, 4, never=["root:"])
    tar = tarred(members)
    case("names.tar.xz", lzma.compress(tar), 4, 4)
    case("cut.tar.gz", gzip.compress(tar)[:-300], (0, 4), (1, 5), status=3)
    case("nested.tar", tarred([("in.tar", tar, b"0", ""), ("a.jsonl", record("a").encode(), b"0", "")]), 1, 1, says=["packed more than once"])
    one = bytearray(tarred([("a.jsonl", record("a").encode(), b"0", "")], tarfile.USTAR_FORMAT))
    for name, size in {"size": b"77777777777\0", "size64": b"\x80" + b"\xff" * 11}.items():
        one[124:136] = size
        one[148:156] = b" " * 8
        one[148:156] = b"%06o\0 " % sum(one[:512])
        case(name + ".tar", bytes(one), (0, 1), 1, status=3)


def run(fihris, folder, given, sanitized):
    name, data, articles, reports, status, says, holds, never = given
    (folder / name).write_bytes(data)
    before = sorted(os.listdir(folder))

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60) if sanitized else (10, 10))
        if not sanitized:
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    done = subprocess.run([fihris, "ingest-check", "--all", "--limit", "1000000", "--output", "json", name], cwd=folder, capture_output=True, preexec_fn=limit)
    faults = []
    try:
        out, told = done.stdout.decode(), done.stderr.decode()
    except UnicodeDecodeError:
        return ["malformed UTF-8 comes out"]
    if any(ord(c) < 32 and c != "\n" or 0x7F <= ord(c) < 0xA0 for c in out + told):
        faults.append("a control character comes out")
    if done.returncode not in (status if isinstance(status, tuple) else (status,)):
        faults.append("status %d, wanted %s" % (done.returncode, status))
    found = out.count("\n")
    listed = [line for line in told.split("\n") if line.startswith(name) and not line.endswith((", UTF-8", ", UTF-16LE", ", UTF-16BE", ", windows-1256"))]
    for what, number, wanted in (("articles", found, articles), ("reports", len(listed), reports)):
        least, most = wanted if isinstance(wanted, tuple) else (wanted, wanted)
        if not least <= number <= most:
            faults.append("%d %s, wanted %s" % (number, what, wanted))
    faults += ["no report says " + repr(text) for text in says if text not in told]
    faults += ["no article holds " + repr(text[:60]) for text in holds if text not in out]
    faults += ["%r comes out" % text for text in never if text in out + told]
    if sorted(os.listdir(folder)) != before:
        faults.append("something was written")
    if faults:
        faults += ["    " + line[:200] for line in told.split("\n")[:8] + told.split("\n")[-6:] if line]
    return faults


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("fihris")
    options.add_argument("--sanitized", action="store_true")
    options.add_argument("--only", default="")
    options.add_argument("--keep")
    given = options.parse_args()
    fihris = pathlib.Path(given.fihris).resolve()
    for make in (json_cases, table_cases, text_cases, markup_cases, packed_cases):
        make()
    failed = count = 0
    with tempfile.TemporaryDirectory(prefix="fihris-hostile-") as scratch:
        folder = pathlib.Path(given.keep or scratch)
        folder.mkdir(exist_ok=True)
        for one in CASES:
            if not one[0].startswith(given.only):
                continue
            count += 1
            faults = run(fihris, folder, one, given.sanitized)
            if not given.keep:
                (folder / one[0]).unlink()
            if faults:
                failed += 1
                print("FAIL %s\n  %s" % (one[0], "\n  ".join(faults)), flush=True)
    print("%d cases, %d failed" % (count, failed))
    return 1 if failed or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
