# SPDX-License-Identifier: GPL-2.0-or-later
"""The C interface through ctypes: loading, prototypes, strings, errors, handles. Not part of the public interface."""

from __future__ import annotations

import ctypes
import json
import os
import pathlib
import threading
from collections.abc import Callable, Iterable
from ctypes import POINTER, byref, c_char, c_char_p, c_int32, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any, ClassVar, TypeVar

from .errors import make_error

SONAME = "libfihris.so.0"


class CError(ctypes.Structure):
    _fields_ = [
        ("status", c_int32),
        ("message_size", c_uint32),
        ("hint_size", c_uint32),
        ("message", c_char * 1024),
        ("hint", c_char * 512),
    ]


class CView(ctypes.Structure):
    _fields_ = [("data", c_char_p), ("size", c_size_t)]


class CString(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("size", c_size_t)]


FaultCallback = ctypes.CFUNCTYPE(None, c_void_p, POINTER(c_char), c_size_t)
EachCallback = ctypes.CFUNCTYPE(c_int32, c_void_p, POINTER(c_char), c_size_t)

# The arguments of every function that returns a status, without the error that closes each list:
# h handle, p handle out, s string in, v list of strings in, o string out, i int32, I int32 out, u uint64,
# U uint64 out, e callback with its pointer.
PROTOTYPES = {
    "fihris_authority_builtin": "p",
    "fihris_authority_load": "vip",
    "fihris_authority_size": "hiU",
    "fihris_authority_version": "ho",
    "fihris_authority_find": "hiso",
    "fihris_authority_find_by_name": "hiso",
    "fihris_authority_resolve": "hiso",
    "fihris_authority_ancestors": "hiso",
    "fihris_authority_children": "hiso",
    "fihris_authority_check": "vo",
    "fihris_analyzer_new": "p",
    "fihris_analyzer_analyze": "hsio",
    "fihris_analyzer_stem": "hso",
    "fihris_analyzer_explain": "hso",
    "fihris_fold": "so",
    "fihris_dates_new": "p",
    "fihris_dates_read": "hsso",
    "fihris_dates_parse": "hsso",
    "fihris_tagger_new": "hp",
    "fihris_tagger_tag": "hsio",
    "fihris_reader_open": "vsp",
    "fihris_reader_next": "hoo",
    "fihris_reader_marks": "ho",
    "fihris_indexer_open": "shsp",
    "fihris_indexer_add": "hs",
    "fihris_indexer_add_from": "hhuU",
    "fihris_indexer_remove": "hsI",
    "fihris_indexer_set_checkpoint": "hs",
    "fihris_indexer_checkpoint": "ho",
    "fihris_indexer_commit": "h",
    "fihris_indexer_retag": "h",
    "fihris_indexer_compact": "h",
    "fihris_indexer_stats": "ho",
    "fihris_index_stats": "so",
    "fihris_index_check": "sio",
    "fihris_index_export": "se",
    "fihris_searcher_open": "vhp",
    "fihris_searcher_reopen": "hI",
    "fihris_searcher_documents": "hU",
    "fihris_searcher_search": "hsso",
    "fihris_searcher_facets": "hsso",
    "fihris_searcher_cross": "hsso",
    "fihris_searcher_cooccur": "hsso",
    "fihris_searcher_places": "hsso",
    "fihris_searcher_explain": "hsso",
    "fihris_searcher_similar": "hsso",
    "fihris_searcher_watch": "hssso",
    "fihris_searcher_each": "hsseU",
    "fihris_searcher_article": "hso",
}
_TYPES: dict[str, list[Any]] = {
    "h": [c_void_p],
    "p": [POINTER(c_void_p)],
    "s": [c_char_p, c_size_t],
    "v": [POINTER(CView), c_size_t],
    "o": [POINTER(CString)],
    "i": [c_int32],
    "I": [POINTER(c_int32)],
    "u": [c_uint64],
    "U": [POINTER(c_uint64)],
    "e": [EachCallback, c_void_p],
}
FREE = ("authority", "analyzer", "dates", "tagger", "reader", "indexer", "searcher")


def _load() -> ctypes.CDLL:
    """The library: the file that FIHRIS_LIBRARY names, one that lies in this package, or the system's."""
    beside = pathlib.Path(__file__).with_name(SONAME)
    name = os.environ.get("FIHRIS_LIBRARY") or (str(beside) if beside.exists() else SONAME)
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        raise ImportError(
            f"{error}; install libfihris, or let FIHRIS_LIBRARY name the file {SONAME}"
        ) from error
    for function, arguments in PROTOTYPES.items():
        prototype = getattr(library, function)
        prototype.restype = c_int32
        prototype.argtypes = [kind for letter in arguments for kind in _TYPES[letter]] + [POINTER(CError)]
    for what in FREE:
        free = getattr(library, f"fihris_{what}_free")
        free.restype = None
        free.argtypes = [c_void_p]
    library.fihris_string_free.restype = None
    library.fihris_string_free.argtypes = [POINTER(CString)]
    library.fihris_reader_on_fault.restype = None
    library.fihris_reader_on_fault.argtypes = [c_void_p, FaultCallback, c_void_p]
    for function in ("fihris_version", "fihris_analyzer_version"):
        getattr(library, function).restype = c_char_p
        getattr(library, function).argtypes = []
    library.fihris_json_format.restype = c_int32
    library.fihris_json_format.argtypes = []
    return library


library = _load()


def encode(text: str) -> bytes:
    """UTF-8; half a surrogate pair becomes "?"."""
    return text.encode("utf-8", "replace")


def views(texts: Iterable[str]) -> tuple[Any, int]:
    """A list of strings as two arguments."""
    data = [encode(text) for text in texts]
    array = (CView * max(len(data), 1))(*[CView(each, len(each)) for each in data])
    return array, len(data)


def call(name: str, *arguments: Any) -> None:
    """Calls a function; str becomes address and size. Raises what its status says."""
    given: list[Any] = []
    for argument in arguments:
        if isinstance(argument, str):
            data = encode(argument)
            given += [data, len(data)]
        elif isinstance(argument, tuple):
            given += argument
        else:
            given.append(argument)
    error = CError()
    if getattr(library, name)(*given, byref(error)) != 0:
        raise make_error(
            error.status,
            ctypes.string_at(ctypes.addressof(error) + CError.message.offset, error.message_size).decode(
                "utf-8", "replace"
            ),
            error.hint.decode("utf-8", "replace"),
        )


def take(string: CString) -> str | None:
    """The text of a string, which is freed; None for nothing."""
    if not string.data:
        return None
    try:
        return ctypes.string_at(string.data, string.size).decode("utf-8", "replace")
    finally:
        library.fihris_string_free(byref(string))


def ask(name: str, *arguments: Any) -> str | None:
    """Calls a function whose last argument is a string out."""
    string = CString()
    call(name, *arguments, byref(string))
    return take(string)


def ask_json(name: str, *arguments: Any) -> Any:
    """The same for a JSON text; None for nothing."""
    text = ask(name, *arguments)
    return None if text is None else json.loads(text)


Self = TypeVar("Self", bound="Handle")


class Handle:
    """An open handle of the library. Use it in a ``with`` block or close it; a handle that is forgotten is closed when
    it is collected. Calls from several threads wait for each other; a callback must not use the handle that calls
    it."""

    _kind: ClassVar[str]

    def __init__(self, pointer: c_void_p) -> None:
        self._pointer: c_void_p | None = pointer
        self._lock = threading.Lock()
        self._owner: int | None = None

    @staticmethod
    def _open(name: str, *arguments: Any) -> c_void_p:
        pointer = c_void_p()
        call(name, *arguments, byref(pointer))
        return pointer

    def _with(self, work: Callable[[c_void_p], Any]) -> Any:
        """Runs `work` with the pointer, alone."""
        if self._owner == threading.get_ident():
            raise RuntimeError("a callback may not use the handle that calls it")
        with self._lock:
            if self._pointer is None:
                raise ValueError(f"the {type(self).__name__} is closed")
            self._owner = threading.get_ident()
            try:
                return work(self._pointer)
            finally:
                self._owner = None

    def _call(self, name: str, *arguments: Any) -> None:
        self._with(lambda pointer: call(name, pointer, *arguments))

    def _ask(self, name: str, *arguments: Any) -> str | None:
        text: str | None = self._with(lambda pointer: ask(name, pointer, *arguments))
        return text

    def _ask_json(self, name: str, *arguments: Any) -> Any:
        return self._with(lambda pointer: ask_json(name, pointer, *arguments))

    def close(self) -> None:
        """Frees the handle; closing again does nothing."""
        if self._owner == threading.get_ident():
            raise RuntimeError("a callback may not close the handle that calls it")
        with self._lock:
            pointer, self._pointer = self._pointer, None
            if pointer is not None:
                getattr(library, f"fihris_{self._kind}_free")(pointer)

    @property
    def closed(self) -> bool:
        """True once it is closed."""
        return self._pointer is None

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        pointer = getattr(self, "_pointer", None)
        if pointer is not None:
            self._pointer = None
            getattr(library, f"fihris_{self._kind}_free")(pointer)


class Offsets:
    """Byte offsets of a text as indexes of its str."""

    def __init__(self, text: str) -> None:
        self._at: dict[int, int] | None = None
        if not text.isascii():
            self._at = {}
            byte = 0
            for index, character in enumerate(text):
                self._at[byte] = index
                code = ord(character)
                if code < 0x80 or 0xD800 <= code < 0xE000:
                    byte += 1
                else:
                    byte += 2 if code < 0x800 else 3 if code < 0x10000 else 4
            self._at[byte] = len(text)

    def __call__(self, byte: int) -> int:
        return byte if self._at is None else self._at[byte]
