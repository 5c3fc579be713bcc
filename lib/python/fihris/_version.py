# SPDX-License-Identifier: GPL-2.0-or-later
"""The version of the package; it is that of the library it was made with."""

__version__ = "0.1.0"
