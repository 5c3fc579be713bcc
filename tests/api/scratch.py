#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""scratch.py PROGRAM ARGUMENT...: runs a program in a folder of its own that goes afterwards; {folder} in an argument
is its path."""
import os
import shutil
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory(prefix="fihris-api-") as folder:
    words = [os.path.abspath(shutil.which(sys.argv[1]) or sys.argv[1]), *(word.replace("{folder}", folder) for word in sys.argv[2:])]
    sys.exit(subprocess.run(words, cwd=folder).returncode)
