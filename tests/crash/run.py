#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Kills, failing calls, power cuts and damage against the index, by the drivers of ../shared/eval/faults.

  run.py SUBJECT [--long] [--only kill,fail,power,damage,powercut] [--seed N]

SUBJECT is the program crash_subject. Without the drivers nothing is tested, and the exit status is 77,
which test runners count as skipped. The short form takes a minute or two; --long are the figures of
docs/reliability.md. powercut (real file systems, root) runs only when it is asked for.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("subject")
parser.add_argument("--long", action="store_true")
parser.add_argument("--only", default="kill,fail,power,damage")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--scale", type=float, default=0, help="of the numbers of cases; 0: by --long")
args = parser.parse_args()

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
faults = os.path.join(os.path.dirname(top), "shared", "eval", "faults")
if not os.path.isdir(faults):
    print("skipped: the fault drivers are not at ../shared/eval/faults")
    sys.exit(77)

subject = os.path.abspath(args.subject)
work = tempfile.mkdtemp(prefix="fihris-crash-")
scale = args.scale or (1.0 if args.long else 0.03)
only = args.only.split(",")
bad = 0


def count(of_long, least):
    return max(least, int(of_long * scale))


def at(name):
    return os.path.join(work, name)


def drive(what, tool, *options):
    """Runs one driver and prints the last line that it says."""
    global bad
    begin = time.time()
    done = subprocess.run([sys.executable, os.path.join(faults, tool), *options], capture_output=True, text=True, errors="replace")
    lines = (done.stdout + done.stderr).strip().splitlines()
    print("%-4s %s (%.0f s): %s" % ("ok" if done.returncode == 0 else "FAIL", what, time.time() - begin,
                                    lines[-1] if lines else ""), flush=True)
    if done.returncode != 0:
        bad = 1
        print("\n".join(lines[-25:]))


WRITE = subject + " write {dir}/index {dir}/ack "
VERIFY = subject + " verify {dir}/index {dir}/ack"
seed = ["--seed", str(args.seed)]
print("seed %d, %s" % (args.seed, "long" if args.long else "short"))
try:
    if "kill" in only:
        drive("killed at any moment", "crash_loop.py", "--dir", at("kill"), "--run", WRITE + "4", "--check", VERIFY,
              "--runs", str(count(1000, 24)), "--path", "/kill/index", "--fresh-every", "6", *seed)
    if "fail" in only:
        drive("failing calls in a commit", "fault_sweep.py", "--dir", at("fail"), "--setup", WRITE + "5", "--run", WRITE + "1",
              "--check", VERIFY, "--path", "/fail/index", "--fault", "ENOSPC", "--fault", "EIO", "--fault",
              "tear:50%:ENOSPC", "--count", "1,all", "--max", str(count(60, 6)), "--error-exits", "3")
        drive("failing calls at creation", "fault_sweep.py", "--dir", at("make"), "--run", WRITE + "1",
              "--check", VERIFY, "--path", "/make/index", "--fault", "ENOSPC", "--fault", "EIO", "--count", "1,all",
              "--max", str(count(40, 4)), "--error-exits", "3")
        drive("failing calls in a merge", "fault_sweep.py", "--dir", at("merge"), "--setup", WRITE + "8", "--run",
              WRITE + "1", "--check", VERIFY, "--path", "/merge/index", "--fault", "ENOSPC", "--fault", "EIO",
              "--count", "1,all", "--max", str(count(60, 4)), "--error-exits", "3")
        # Xapian packs a database without a table that it cannot open, so every one of these counts.
        drive("failing opens in a merge", "fault_sweep.py", "--dir", at("opens"), "--setup", WRITE + "8", "--run",
              WRITE + "1", "--check", VERIFY, "--path", "/opens/index/build/", "--ops", "O", "--fault", "EIO",
              "--count", "1", "--max", "1000", "--error-exits", "3")
        if args.long:
            drive("failing allocations", "fault_sweep.py", "--dir", at("memory"), "--setup", WRITE + "2", "--run",
                  WRITE + "1", "--check", VERIFY, "--path", "-", "--ops", "A", "--fault", "ENOMEM", "--count", "1",
                  "--max", str(count(150, 10)), "--error-exits", "3,5")
    if "power" in only:
        os.makedirs(at("power"))
        env = dict(os.environ, FAULT_TRACE=at("trace.bin"), FAULT_PATH=at("power"),
                   LD_PRELOAD=subprocess.check_output([sys.executable, os.path.join(faults, "faultlib.py")], text=True).strip())
        subprocess.run([subject, "write", at("power/index"), at("power/ack"), "12"], check=True, env=env)
        for model in ["ordered", "ext4", "posix", "torn"]:
            drive("power loss, model " + model, "powerloss.py", "--trace", at("trace.bin"), "--root", at("power"),
                  "--dir", at("state"), "--instant", "ack", "--model", model, "--states", str(count(100, 12)),
                  "--check", VERIFY, *seed)
    if "damage" in only:
        subprocess.run([subject, "write", at("whole"), at("whole.ack"), "8"], check=True)
        drive("damaged files", "corrupt.py", "--index", at("whole"), "--read", subject + " read {dir}", "--cases",
              str(count(1000, 48)), "--error-exits", "3", "--strict", "--out", at("damage.tsv"), *seed)
    if "powercut" in only:
        for system in ["ext4", "xfs", "btrfs"]:
            drive("power cut on " + system, "powercut_fs.py", "--work", at("disk"), "--fs", system, "--seconds", "45",
                  "--cuts", str(count(70, 5)), "--run", subject + " write {dir}/index {out}/ack 100000",
                  "--check", subject + " verify {dir}/index {before}/ack {after}/ack", *seed)
finally:
    shutil.rmtree(work, ignore_errors=True)
sys.exit(bad)
