#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Manual pages and completions say what --help says; completions do it in the shells themselves, those that are
installed (a folder of FIHRIS_TEST_SHELLS too); the examples of the help run: manual_test.py FIHRIS"""
import fcntl
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import termios
import time

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
FIHRIS = os.path.realpath(sys.argv[1])
faults = []


def output(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode != 0:
        faults.append(f"{' '.join(words)}: status {done.returncode}: {done.stderr}")
    return done.stdout


def options_of_help(command):
    text = output(FIHRIS, command, "--help").split("options:")[-1].split("\nexamples:")[0]
    return set(re.findall(r"^  (?:-\w, |    )--([a-z-]+)", text, re.M))


def complete(script, line):
    """What bash offers for the last word of a line."""
    words = line.split(" ")
    program = (
        f"source {script}; COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}; _fihris; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return output("bash", "--norc", "-c", program).split()


# What is typed up to a tabulator, and the words that the command then gets.
TYPED = [
    ("fihris sea\t", "search"),
    ("fihris search --lim\t3", "search --limit 3"),
    ("fihris search --sort ol\t", "search --sort oldest"),
    ("fihris search --sort=ol\t", "search --sort=oldest"),
    ("fihris places --format geo\t", "places --format geojson"),
    ("fihris index --format media\t", "index --format mediawiki"),
    ("fihris index --progress no\t", "index --progress none"),
    ("fihris timeline --of ev\t", "timeline --of event"),
    ("fihris authority fi\t", "authority find"),
    ("fihris help ingest\t", "help ingest-check"),
    ("fihris index two\t", "index two words.jsonl"),
    ("fihris stats --db news\t", "stats --db news.idx"),
]
SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], "bind 'set bell-style none'; source {script}\n"),
    "zsh": (["-f", "-i"], "fpath=({folder} $fpath); autoload -U compinit; compinit -u -D\n"),
    "fish": (["--no-config", "-i"], "source {script}\n"),
}


def shell(name):
    folder = os.environ.get("FIHRIS_TEST_SHELLS")
    path = os.pathsep.join(filter(None, [folder, os.environ.get("PATH")]))
    return shutil.which(name, path=path)


def typed_in(program, folder, script):
    """What the command gets when the lines of TYPED are typed into a shell that loaded the completion."""
    words, load = SHELLS[pathlib.Path(program).name]
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "HOME": folder, "PS1": "$ ", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen([program, *words], stdin=slave, stdout=slave, stderr=slave, cwd=folder + "/here",
                               env=environment, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(slave)
    os.set_blocking(master, False)
    log = folder + "/got"
    seen = b""

    def wait(done, seconds=20):
        nonlocal seen
        end = time.monotonic() + seconds
        while time.monotonic() < end and not done():
            try:
                seen += os.read(master, 65536)
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:
                break

    def got():
        return open(log, encoding="utf-8").read().splitlines() if os.path.exists(log) else []

    try:
        os.write(master, load.format(script=script, folder=folder).encode())
        os.write(master, b"fihris ready\n")
        wait(lambda: len(got()) == 1)
        for number, (line, _) in enumerate(TYPED, 2):
            # A shell that sees more input coming may leave out what the tabulator asks for.
            before, after = line.split("\t")
            for part in (before, "\t", after + "\n"):
                size = len(seen)
                os.write(master, part.encode())
                wait(lambda size=size: len(seen) > size, 5)
                wait(lambda: False, 0.4)
            wait(lambda number=number: len(got()) == number)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return got()[1:]


def in_real_shells(scripts, folder):
    os.mkdir(folder + "/bin")
    os.mkdir(folder + "/here")
    os.mkdir(folder + "/here/news.idx")
    pathlib.Path(folder, "here/two words.jsonl").touch()
    command = pathlib.Path(folder, "bin/fihris")
    command.write_text(f'#!/bin/sh\necho "$*" >> {folder}/got\n', encoding="utf-8")
    command.chmod(0o755)
    os.environ["PATH"] = f"{folder}/bin:" + os.environ["PATH"]
    shutil.copy(scripts["zsh"], folder + "/_fihris")
    for name, script in scripts.items():
        program = shell(name)
        if program is None:
            print(f"{name} is not installed: its completions are not tried")
            continue
        pathlib.Path(folder, "got").unlink(missing_ok=True)
        for (line, wanted), found in zip(TYPED, typed_in(program, folder, script) + [None] * len(TYPED)):
            # A folder is offered with its slash, an option with the sign before its value.
            if found is None or found.strip().rstrip("/").replace("=", " ") != wanted.replace("=", " "):
                faults.append(f"{name}: {line!r} gives {found!r}, wanted {wanted!r}")
                if found is None:
                    break


def run_examples(examples, folder):
    """The calls in the help do what they say, in a folder with articles and an index of them."""
    play = folder + "/play"
    os.mkdir(play)
    shutil.copy(TOP / "corpus/articles/sample.jsonl", play + "/articles.jsonl")
    with open(play + "/articles.jsonl", "a", encoding="utf-8") as file:
        file.write('{"id":"group","date":"2015-06-01","text":"قاتل لواء «فرسان الشمال الحر» في إدلب."}\n')
    pathlib.Path(play, "queries.tsv").write_text("truce\tهدنة\n", encoding="utf-8")
    environment = {**os.environ, "PATH": f"{os.path.dirname(FIHRIS)}:{os.environ['PATH']}"}
    output(FIHRIS, "index", "articles.jsonl", "--db", "news.idx", "-q", cwd=play)
    for command, line in examples:
        done = subprocess.run(["sh", "-c", line], cwd=play, env=environment, capture_output=True, text=True)
        if done.returncode != 0 or "warning" in done.stderr:
            faults.append(f"example of {command}: {line}: status {done.returncode}: {done.stderr}")


def main():
    listed = re.findall(r"^  ([a-z-]+)  +\S", output(FIHRIS, "--help"), re.M)
    described = (TOP / "docs/cli.md").read_text(encoding="utf-8")
    if len(listed) < 20:
        faults.append(f"only {listed} listed")
    overview = output(FIHRIS, "help", "--as=man")
    fish = output(FIHRIS, "help", "--as=fish")
    zsh = output(FIHRIS, "help", "--as=zsh")
    with tempfile.TemporaryDirectory() as folder:
        scripts = {name: f"{folder}/fihris.{name}" for name in ("bash", "zsh", "fish")}
        for name, path in scripts.items():
            with open(path, "w", encoding="utf-8") as file:
                file.write(output(FIHRIS, "help", "--as=" + name))
            if shell_program := shell(name):
                output(shell_program, "-n", path)
        examples = []
        pages = {"fihris.1": overview, "fihris-query.7": output(FIHRIS, "help", "--as=man", "query")}
        for command in listed:
            wanted = options_of_help(command)
            if not re.search(rf"^\|.*`{command}\b", described, re.M):
                faults.append(f"docs/cli.md does not list {command}")
            text = output(FIHRIS, "help", command)
            if "\nexamples:\n" in text:
                examples += [(command, line.strip()) for line in text.split("\nexamples:\n")[1].splitlines()]
            elif command != "eval":
                faults.append(f"the help of {command} has no example")
            if max(map(len, text.split("\nexamples:")[0].splitlines())) > 96:
                faults.append(f"the help of {command} is wider than 96 columns")
            page = pages[f"fihris-{command}.1"] = output(FIHRIS, "help", "--as=man", command)
            found = {name.replace("\\", "") for name in re.findall(r"^(?:\S+, )?\\fB\\-\\-([a-z\\-]+)\\fR", page, re.M)}
            if found != wanted:
                faults.append(f"page of {command}: {sorted(found ^ wanted)}")
            if "fihris\\-" + command.replace("-", "\\-") not in overview:
                faults.append(f"fihris.1 does not name {command}")
            offered = {word[2:] for word in complete(scripts["bash"], f"fihris {command} --")}
            if offered != wanted:
                faults.append(f"bash offers for {command}: {sorted(offered ^ wanted)}")
            in_fish = set(re.findall(rf"__fihris_command {command}' -l ([a-z-]+)", fish))
            if in_fish != wanted:
                faults.append(f"fish offers for {command}: {sorted(in_fish ^ wanted)}")
            part = re.search(rf"^    {command}\)\n(.*?)^      ;;", zsh, re.M | re.S).group(1)
            in_zsh = set(re.findall(r"'\*--([a-z-]+)", part))
            if in_zsh != wanted:
                faults.append(f"zsh offers for {command}: {sorted(in_zsh ^ wanted)}")
        if sorted(complete(scripts["bash"], "fihris ")) != sorted([*listed, "--help", "--version"]):
            faults.append("bash does not offer the commands")
        for line, expected in (("fihris search --sort ", ["both", "date", "oldest", "relevance"]),
                               ("fihris search --format t", ["text", "trec", "tsv"]),
                               ("fihris help sea", ["search"]), ("fihris search --lim", ["--limit"]),
                               ("fihris index --progress ", ["auto", "json", "none"]),
                               ("fihris authority --facet ", ["faction", "region"]),
                               ("fihris search x", []), ("fihris authority ", ["add", "check", "find", "show"]),
                               ("fihris tag --input-format j", ["json", "jsonl"])):
            if sorted(complete(scripts["bash"], line)) != expected:
                faults.append(f"bash: {line!r}: {complete(scripts['bash'], line)}")
        run_examples(examples, folder)
        in_real_shells(scripts, folder)
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
