#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is installed is enough: programs outside are built against it with pkg-config, CMake and Meson, and run.

install_test.py BUILD [--subproject]: installs BUILD into a folder of its own; with --subproject an outside project
takes the whole tree as a Meson subproject instead, which compiles everything once more."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = sys.argv[1]
TEXT = "سيطرت جبهة النصرة أمس على مدينة أريحا."
CMAKE = """cmake_minimum_required(VERSION 3.16)
project(outside C CXX)
find_package(fihris 0.1 REQUIRED)
add_executable(outside tags.cc)
set_target_properties(outside PROPERTIES CXX_STANDARD 17 CXX_EXTENSIONS OFF)
target_link_libraries(outside PRIVATE fihris::fihris)
add_executable(outside_c tags.c)
target_link_libraries(outside_c PRIVATE fihris::fihris)
"""
MESON = """project('outside', 'cpp', 'c', default_options: ['cpp_std=c++17', 'c_std=c11'])
fihris = dependency('fihris', version: '>=0.1', default_options: ['werror=false', 'tools=false', 'python=false'])
executable('outside', 'tags.cc', dependencies: fihris)
executable('outside_c', 'tags.c', dependencies: fihris)
"""


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: status {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def try_programs(how, cpp, c, environment):
    out = run(cpp, input=TEXT, env=environment)
    if "who\tnusra-front\t" not in out or "when\t2015-03-31\t" not in out:
        sys.exit(f"{how}: {out}")
    out = run(c, '{"id":"1","text":"' + TEXT + '"}', env=environment)
    if '"nusra-front"' not in out:
        sys.exit(f"{how}, C: {out}")
    print(how, "ok")


def outside(folder, name, recipe, text):
    place = pathlib.Path(folder, name)
    place.mkdir()
    for source in ("tags.cc", "tags.c"):
        shutil.copy(TOP / "docs/examples" / source, place)
    (place / recipe).write_text(text, encoding="utf-8")
    return place


def installed(folder):
    root = folder + "/root"
    run("meson", "install", "-C", BUILD, "--destdir", root, "--no-rebuild", "--quiet")
    (config,) = pathlib.Path(root).rglob("fihris.pc")
    libraries = str(config.parent.parent)
    environment = {**os.environ, "PKG_CONFIG_PATH": str(config.parent), "PKG_CONFIG_SYSROOT_DIR": root,
                   "LD_LIBRARY_PATH": libraries}
    (command,) = pathlib.Path(root).rglob("bin/fihris")
    print(run(command, "version", env=environment).splitlines()[0])
    for page in ("fihris.1", "fihris-search.1", "fihris-query.7"):
        if not list(pathlib.Path(root).rglob(page)):
            sys.exit(f"{page} is not installed")

    place = outside(folder, "pkg-config", "README", "")
    flags = run("pkg-config", "--cflags", "--libs", "fihris", env=environment).split()
    run("g++", "tags.cc", "-o", "outside", *flags, cwd=place)
    run("gcc", "tags.c", "-o", "outside_c", *flags, cwd=place)
    try_programs("pkg-config", place / "outside", place / "outside_c", environment)

    place = outside(folder, "meson", "meson.build", MESON)
    run("meson", "setup", "build", cwd=place, env=environment)
    run("ninja", "-C", "build", cwd=place, env=environment)
    try_programs("meson", place / "build/outside", place / "build/outside_c", environment)

    if shutil.which("cmake"):
        place = outside(folder, "cmake", "CMakeLists.txt", CMAKE)
        plain = {key: value for key, value in os.environ.items() if not key.startswith("PKG_CONFIG")}
        config_folder = next(pathlib.Path(root).rglob("fihris-config.cmake")).parent
        run("cmake", "-S", ".", "-B", "build", f"-Dfihris_DIR={config_folder}", cwd=place, env=plain)
        run("cmake", "--build", "build", cwd=place, env=plain)
        try_programs("cmake", place / "build/outside", place / "build/outside_c", environment)
    else:
        print("cmake is not installed: not tried")

    (package,) = pathlib.Path(root).rglob("fihris/__init__.py")
    print(run(sys.executable, "-c", "import fihris; print(fihris.__version__, fihris.library_version())",
              env={**environment, "PYTHONPATH": str(package.parent.parent), "PYTHONDONTWRITEBYTECODE": "1"}).strip())


def as_subproject(folder):
    place = outside(folder, "subproject", "meson.build", MESON)
    (place / "subprojects").mkdir()
    os.symlink(TOP, place / "subprojects/fihris")
    run("meson", "setup", "build", "--buildtype=debug", "--wrap-mode=forcefallback", cwd=place)
    run("ninja", "-C", "build", cwd=place)
    try_programs("subproject", place / "build/outside", place / "build/outside_c", dict(os.environ))


with tempfile.TemporaryDirectory(prefix="fihris-install-") as made:
    (as_subproject if "--subproject" in sys.argv else installed)(made)
