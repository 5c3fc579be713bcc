#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A wheel and an archive of the sources are built without a network, installed into a folder, and imported.

wheel_test.py LIBRARY: once without the library in the wheel, once with it. Exit status 77 without setuptools or wheel."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "lib/python"
PROGRAM = """
import fihris, pathlib, sys
assert pathlib.Path(fihris.__file__).is_relative_to(sys.argv[1]), fihris.__file__
assert fihris.__version__ == fihris.library_version()
with fihris.Analyzer() as analyzer:
    print(fihris.__version__, analyzer.stem("والمعارك"))
"""


def main():
    try:
        import setuptools  # noqa: F401
        import wheel  # noqa: F401
    except ImportError as error:
        print(f"{error}: skipped")
        return 77
    library = os.path.realpath(sys.argv[1])
    for bundle in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            sources = shutil.copytree(PACKAGE, folder + "/python", ignore=shutil.ignore_patterns("__pycache__"))
            environment = {key: value for key, value in os.environ.items() if not key.startswith("FIHRIS_")}
            environment.pop("PYTHONPATH", None)
            if bundle:
                environment["FIHRIS_BUNDLE"] = library
            subprocess.run([sys.executable, "setup.py", "-q", "sdist", "bdist_wheel"], cwd=sources, env=environment,
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            made = sorted(path.name for path in pathlib.Path(sources, "dist").iterdir())
            print(*made)
            (archive,) = pathlib.Path(sources, "dist").glob("*.whl")
            if not pathlib.Path(sources, "dist", archive.name.split("-py3")[0] + ".tar.gz").exists():
                print("no archive of the sources")
                return 1
            with zipfile.ZipFile(archive) as opened:
                opened.extractall(folder + "/site")
                names = opened.namelist()
            if "fihris/py.typed" not in names or ("fihris/libfihris.so.0" in names) != bundle:
                print(names)
                return 1
            if not bundle:
                environment["FIHRIS_LIBRARY"] = library
            environment["PYTHONPATH"] = folder + "/site"
            subprocess.run([sys.executable, "-c", PROGRAM, folder], env=environment, cwd=folder, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
