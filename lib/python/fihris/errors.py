# SPDX-License-Identifier: GPL-2.0-or-later
"""What is raised when a call cannot be done."""

from __future__ import annotations

import enum


class ErrorCode(enum.IntEnum):
    """Why a call could not be done; the numbers of ``fihris_status`` in fihris.h."""

    INVALID_ARGUMENT = 1
    NOT_FOUND = 2
    IO = 3
    BAD_FORMAT = 4
    INDEX_LOCKED = 5
    INDEX_DAMAGED = 6
    INDEX_VERSION = 7
    BAD_QUERY = 8
    LIMIT = 9
    REMOTE = 10
    UNSUPPORTED = 11
    INTERRUPTED = 12
    INTERNAL = 13
    NO_MEMORY = 14


class FihrisError(Exception):
    """A call that could not be done: ``code``, ``message`` (one sentence) and ``hint`` (the remedy, or "")."""

    def __init__(self, code: int, message: str, hint: str = "") -> None:
        super().__init__(f"{message} ({hint})" if hint else message)
        self.code = ErrorCode(code) if code in ErrorCode.__members__.values() else code
        self.message = message
        self.hint = hint


class InvalidArgument(FihrisError, ValueError):
    """A value that the call cannot take."""


class NotFound(FihrisError, LookupError):
    """A file or an index that is not there."""


class BadQuery(FihrisError, ValueError):
    """A query that strict reading refuses."""


class IndexLocked(FihrisError):
    """Another process is writing to the index."""


class IndexDamaged(FihrisError):
    """The index does not agree with its manifest."""


class IndexVersion(FihrisError):
    """The index was written in a format or with an analysis unknown here."""


class LimitPassed(FihrisError):
    """A stated limit was passed: a deadline, a size, a depth."""


class RemoteError(FihrisError, ConnectionError):
    """A remote shard does not answer, or answers wrongly."""


_CLASSES: dict[int, type[FihrisError]] = {
    ErrorCode.INVALID_ARGUMENT: InvalidArgument,
    ErrorCode.NOT_FOUND: NotFound,
    ErrorCode.INDEX_LOCKED: IndexLocked,
    ErrorCode.INDEX_DAMAGED: IndexDamaged,
    ErrorCode.INDEX_VERSION: IndexVersion,
    ErrorCode.BAD_QUERY: BadQuery,
    ErrorCode.LIMIT: LimitPassed,
    ErrorCode.REMOTE: RemoteError,
}


def make_error(code: int, message: str, hint: str) -> Exception:
    """The exception for a status."""
    if code == ErrorCode.NO_MEMORY:
        return MemoryError(message)
    return _CLASSES.get(code, FihrisError)(code, message, hint)
