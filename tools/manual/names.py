# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints the names in the table of commands, so that the build knows which pages there will be."""
import pathlib
import re

table = pathlib.Path(__file__).resolve().parent.parent / "fihris/commands.cc"
print(*re.findall(r'^\s*\{"([a-z-]+)",', table.read_text(encoding="utf-8"), re.M))
