# SPDX-License-Identifier: GPL-2.0-or-later
"""The package is Python alone and looks for libfihris.so.0 on the system. FIHRIS_BUNDLE=FILE puts that library into
the wheel, which is then one of this platform; Xapian and ICU are still taken from the system."""
import os
import pathlib
import shutil

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

BUNDLE = os.environ.get("FIHRIS_BUNDLE")


class Build(build_py):
    def run(self):
        super().run()
        if BUNDLE:
            shutil.copyfile(BUNDLE, pathlib.Path(self.build_lib, "fihris", "libfihris.so.0"))


class Package(Distribution):
    def has_ext_modules(self):
        return bool(BUNDLE)


commands = {"build_py": Build}
if BUNDLE:
    from wheel.bdist_wheel import bdist_wheel

    class Wheel(bdist_wheel):
        def get_tag(self):
            # ctypes: any Python 3, this platform
            return "py3", "none", super().get_tag()[2]

    commands["bdist_wheel"] = Wheel

setup(cmdclass=commands, distclass=Package)
