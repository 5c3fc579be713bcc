# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the wheel and the archive of sources (PEP 517, 427, 625) with nothing but the standard library, so that pip needs
no network for it.

FIHRIS_BUNDLE=FILE puts that library into the wheel, which is then one of this platform; Xapian and ICU are still taken
from the system."""

import base64
import hashlib
import os
import pathlib
import re
import sysconfig
import tarfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
VERSION = re.search(r'__version__ = "(.+)"', (HERE / "fihris/_version.py").read_text(encoding="utf-8")).group(1)
NAME = f"fihris-{VERSION}"
TIME = (2020, 1, 1, 0, 0, 0)  # the same files give the same archive
METADATA = f"""Metadata-Version: 2.1
Name: fihris
Version: {VERSION}
Summary: Full-text and entity search for Arabic news
License: GPL-2.0-or-later
Classifier: License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)
Classifier: Natural Language :: Arabic
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: Python :: 3
Classifier: Topic :: Text Processing :: Indexing
Classifier: Typing :: Typed
Requires-Python: >=3.9
Provides-Extra: pandas
Requires-Dist: pandas; extra == 'pandas'
Description-Content-Type: text/markdown

"""


def _metadata():
    return (METADATA + (HERE / "README.md").read_text(encoding="utf-8")).encode()


def _modules():
    return sorted(path for path in (HERE / "fihris").iterdir() if path.suffix == ".py" or path.name == "py.typed")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    bundle = os.environ.get("FIHRIS_BUNDLE")
    platform = re.sub(r"\W", "_", sysconfig.get_platform()) if bundle else "any"
    tag = f"py3-none-{platform}"
    files = [(f"fihris/{path.name}", path.read_bytes()) for path in _modules()]
    if bundle:
        files.append(("fihris/libfihris.so.0", pathlib.Path(bundle).read_bytes()))
    info = f"{NAME}.dist-info"
    purelib = "false" if bundle else "true"
    files.append((f"{info}/METADATA", _metadata()))
    files.append((f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: fihris\nRoot-Is-Purelib: {purelib}\nTag: {tag}\n".encode()))
    record = ""
    for name, data in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    files.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode()))
    wheel = f"{NAME}-{tag}.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, wheel), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, TIME)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return wheel


def build_sdist(sdist_directory, config_settings=None):
    name = f"{NAME}.tar.gz"
    with tarfile.open(pathlib.Path(sdist_directory, name), "w:gz", format=tarfile.PAX_FORMAT) as archive:
        information = pathlib.Path(sdist_directory, "PKG-INFO")
        information.write_bytes(_metadata())
        archive.add(information, f"{NAME}/PKG-INFO")
        information.unlink()
        for path in [*_modules(), *(HERE / file for file in ("README.md", "pyproject.toml", "build_backend.py"))]:
            archive.add(path, f"{NAME}/{path.relative_to(HERE)}")
    return name
