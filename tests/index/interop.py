#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Xapian's own tools and bindings read an index folder as it stands.

  interop.py CRASH_SUBJECT    (the program that writes an index of known articles)

Exit status 77 (skipped) without xapian-tools or Python's xapian module.
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

try:
    import xapian
except ImportError:
    print("skipped: no xapian module for Python")
    sys.exit(77)
if not all(shutil.which(tool) for tool in ["xapian-check", "xapian-delve", "xapian-tcpsrv"]):
    print("skipped: no xapian-tools")
    sys.exit(77)

work = tempfile.mkdtemp(prefix="fihris-interop-")
index = os.path.join(work, "index")


def take(data):
    """A number and what stands behind it (docs/index-format.md)."""
    number = shift = 0
    for at, byte in enumerate(data):
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, data[at + 1:]
    raise ValueError("no number")


def texts(data):
    """The strings of an article record."""
    assert data[0] == 2
    data, found = data[1:], []
    for _ in range(7):
        size, data = take(data)
        found.append(data[:size].decode())
        data = data[size:]
    return dict(zip(["id", "source", "url", "date", "title", "author", "text"], found))


def hidden(database):
    """The query for what was removed, from the metadata of the first database of the stub."""
    data, terms = database.get_metadata("fihris.hidden"), []
    while data:
        size, data = take(data)
        terms.append(data[:size])
        data = data[size:]
    pairs = zip(terms[::2], terms[1::2])
    return xapian.Query(xapian.Query.OP_OR, [xapian.Query(xapian.Query.OP_AND, [xapian.Query(a), xapian.Query(b)]) for a, b in pairs])


def ids(database):
    enquire = xapian.Enquire(database)
    enquire.set_query(xapian.Query(xapian.Query.OP_AND_NOT, xapian.Query.MatchAll, hidden(database)))
    return sorted(texts(match.document.get_data())["id"] for match in enquire.get_mset(0, 10000))


server = None
try:
    subprocess.run([sys.argv[1], "write", index, os.path.join(work, "ack"), "5"], check=True)
    segments = sorted(name for name in os.listdir(index) if name.endswith(".glass"))
    assert len(segments) > 2
    for name in segments:
        said = subprocess.run(["xapian-check", os.path.join(index, name)], capture_output=True, text=True)
        assert said.returncode == 0 and "No errors found" in said.stdout, said.stdout
    said = subprocess.run(["xapian-delve", "-d", "-t", "Qarticle-20", index], capture_output=True, text=True, errors="replace")
    assert said.returncode == 0 and "termfreq" in said.stdout.lower() or "Posting List" in said.stdout, said.stdout

    local = xapian.Database(index)
    expected = {}
    export = subprocess.run([sys.argv[1], "list", index], capture_output=True, text=True, check=True)
    expected = sorted(export.stdout.split())
    assert ids(local) == expected, "the binding sees other articles"
    one = next(local.postlist("Qarticle-20")).docid
    record = texts(local.get_document(one).get_data())
    assert record["id"] == "article-20" and record["source"] == "sada", record
    assert local.get_document(one).get_value(4) == b"sada"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(["xapian-tcpsrv", "--interface", "127.0.0.1", "--port", str(port), index], stdout=subprocess.DEVNULL)
    for _ in range(100):
        try:
            remote = xapian.remote_open("127.0.0.1", port)
            break
        except xapian.NetworkError:
            time.sleep(0.1)
    assert ids(remote) == expected, "xapian-tcpsrv shows other articles"
    assert remote.get_doccount() == local.get_doccount()
    print("ok: %d segments, %d articles, by file and by xapian-tcpsrv" % (len(segments), len(expected)))
finally:
    if server:
        server.kill()
        server.wait()
    shutil.rmtree(work, ignore_errors=True)
