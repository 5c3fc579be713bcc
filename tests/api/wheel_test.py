#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A wheel and an archive of the sources are built and installed by pip into fresh environments, without a network and
without another package, and imported.

wheel_test.py LIBRARY: a wheel without the library, one with it, the archive, and the folder itself. Exit status 77
without pip or venv."""
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "lib/python"
PROGRAM = """
import fihris, pathlib, sys
assert pathlib.Path(fihris.__file__).is_relative_to(sys.argv[1]), fihris.__file__
assert pathlib.Path(fihris.__file__).with_name("py.typed").exists()
assert fihris.__version__ == fihris.library_version()
import importlib.metadata
assert importlib.metadata.version("fihris") == fihris.__version__
with fihris.Analyzer() as analyzer:
    print(fihris.__version__, analyzer.stem("والمعارك"))
"""


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: status {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def listing():
    return sorted(str(path) for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts)


def main():
    if subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode != 0:
        print("pip or venv is not installed: skipped")
        return 77
    library = os.path.realpath(sys.argv[1])
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FIHRIS_")}
    environment.update(PIP_NO_INDEX="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONDONTWRITEBYTECODE="1")
    environment.pop("PYTHONPATH", None)
    before = listing()
    with tempfile.TemporaryDirectory() as folder:
        dist = pathlib.Path(folder, "dist")
        run(sys.executable, "-m", "venv", folder + "/make")
        pip = folder + "/make/bin/pip"
        run(pip, "wheel", "--no-deps", "-w", dist, PACKAGE, env=environment)
        run(pip, "wheel", "--no-deps", "-w", dist, PACKAGE, env={**environment, "FIHRIS_BUNDLE": library})
        run(sys.executable, "-c", "import sys; sys.path.insert(0, '.'); import build_backend; "
            "print(build_backend.build_sdist(sys.argv[1]))", dist, cwd=PACKAGE, env=environment)
        (plain,) = dist.glob("*-any.whl")
        (bundled,) = (path for path in dist.glob("*.whl") if path != plain)
        (sources,) = dist.glob("*.tar.gz")
        again = pathlib.Path(folder, "again")
        run(pip, "wheel", "--no-deps", "-w", again, sources, env=environment)
        if (again / plain.name).read_bytes() != plain.read_bytes():
            sys.exit("the archive of the sources gives another wheel")
        for path, bundle in ((plain, False), (bundled, True)):
            names = zipfile.ZipFile(path).namelist()
            if "fihris/py.typed" not in names or ("fihris/libfihris.so.0" in names) != bundle:
                sys.exit(f"{path.name}: {names}")
        for number, what in enumerate((plain, bundled, sources, PACKAGE)):
            place = f"{folder}/env{number}"
            run(sys.executable, "-m", "venv", place)
            run(place + "/bin/pip", "install", what, env=environment)
            own = environment if what == bundled else {**environment, "FIHRIS_LIBRARY": library}
            print(what.name, run(place + "/bin/python", "-c", PROGRAM, place, env=own, cwd=folder).strip())
    if listing() != before:
        sys.exit(f"building left {set(listing()) ^ set(before)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
