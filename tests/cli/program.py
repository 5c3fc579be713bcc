# SPDX-License-Identifier: GPL-2.0-or-later
"""The command as tests run it: its path is the first argument of the test."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

FIHRIS = os.path.abspath(sys.argv.pop(1))
SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "corpus" / "articles" / "sample.jsonl"
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("FIHRIS_INDEX", "PAGER", "FIHRIS_PAGER", "NO_COLOR")}


def call(*words, stdin=None, env=None, folder=None):
    """Exit status, output and messages."""
    done = subprocess.run([FIHRIS, *map(str, words)], input=stdin, capture_output=True, env={**ENVIRONMENT, **(env or {})},
                          cwd=folder, timeout=300, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


class WithSample(unittest.TestCase):
    """`db` is an index of the sample, in `folder`."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="fihris-cli-"))
        cls.db = cls.folder / "sample.idx"
        status, _, errors = call("index", SAMPLE, "--db", cls.db)
        assert status == 0, errors

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)
