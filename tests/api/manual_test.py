#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Manual pages and completions say what --help says: manual_test.py FIHRIS"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

FIHRIS = os.path.realpath(sys.argv[1])
faults = []


def output(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode != 0:
        faults.append(f"{' '.join(words)}: status {done.returncode}: {done.stderr}")
    return done.stdout


def options_of_help(command):
    text = output(FIHRIS, command, "--help").split("options:")[-1]
    return set(re.findall(r"^  (?:-\w, |    )--([a-z-]+)", text, re.M))


def complete(script, line):
    """What bash offers for the last word of a line."""
    words = line.split(" ")
    program = (
        f"source {script}; COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}; _fihris; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return output("bash", "--norc", "-c", program).split()


def main():
    listed = re.findall(r"^  ([a-z-]+)  +\S", output(FIHRIS, "--help"), re.M)
    if len(listed) < 20:
        faults.append(f"only {listed} listed")
    overview = output(FIHRIS, "help", "--as=man")
    fish = output(FIHRIS, "help", "--as=fish")
    zsh = output(FIHRIS, "help", "--as=zsh")
    with tempfile.TemporaryDirectory() as folder:
        scripts = {shell: f"{folder}/fihris.{shell}" for shell in ("bash", "zsh", "fish")}
        for shell, path in scripts.items():
            with open(path, "w", encoding="utf-8") as file:
                file.write(output(FIHRIS, "help", "--as=" + shell))
            if shutil.which(shell):
                output(shell, "-n", path)
        pages = {"fihris.1": overview, "fihris-query.7": output(FIHRIS, "help", "--as=man", "query")}
        for command in listed:
            wanted = options_of_help(command)
            page = pages[f"fihris-{command}.1"] = output(FIHRIS, "help", "--as=man", command)
            found = {name.replace("\\", "") for name in re.findall(r"^(?:\S+, )?\\fB\\-\\-([a-z\\-]+)\\fR", page, re.M)}
            if found != wanted:
                faults.append(f"page of {command}: {sorted(found ^ wanted)}")
            if "fihris\\-" + command.replace("-", "\\-") not in overview:
                faults.append(f"fihris.1 does not name {command}")
            offered = {word[2:] for word in complete(scripts["bash"], f"fihris {command} --")}
            if offered != wanted:
                faults.append(f"bash offers for {command}: {sorted(offered ^ wanted)}")
            in_fish = set(re.findall(rf"seen_subcommand_from {command}' -l ([a-z-]+)", fish))
            if in_fish != wanted:
                faults.append(f"fish offers for {command}: {sorted(in_fish ^ wanted)}")
            part = re.search(rf"^    {command}\)\n(.*?)^      ;;", zsh, re.M | re.S).group(1)
            in_zsh = set(re.findall(r"'\*--([a-z-]+)", part))
            if in_zsh != wanted:
                faults.append(f"zsh offers for {command}: {sorted(in_zsh ^ wanted)}")
        if sorted(complete(scripts["bash"], "fihris ")) != sorted([*listed, "--help", "--version"]):
            faults.append("bash does not offer the commands")
        for line, expected in (("fihris search --sort ", ["date", "oldest", "relevance"]),
                               ("fihris search --format t", ["text", "trec", "tsv"]),
                               ("fihris help sea", ["search"]), ("fihris search --lim", ["--limit"])):
            if sorted(complete(scripts["bash"], line)) != expected:
                faults.append(f"bash: {line!r}: {complete(scripts['bash'], line)}")
        if shutil.which("man"):
            for name, page in pages.items():
                path = f"{folder}/{name}"
                with open(path, "w", encoding="utf-8") as file:
                    file.write(page)
                done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path],
                                      capture_output=True, text=True)
                if done.returncode != 0 or done.stderr:
                    faults.append(f"{name}: {done.stderr}")
    print("\n".join(faults) if faults else f"{len(listed)} commands: pages and completions agree with --help")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
