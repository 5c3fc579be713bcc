# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading files and writing indexes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from ctypes import byref, c_int32, c_uint64, string_at
from typing import TYPE_CHECKING, Any

from . import _native
from .shapes import Article, IndexFault, IndexOptions, Mark, ReaderOptions, ReadFault, Stats
from .texts import Authority, article_text, path_list

if TYPE_CHECKING:
    from typing_extensions import Unpack


def _fault_callback(handler: Callable[[ReadFault], object], raised: list[BaseException]) -> Any:
    def told(_: Any, data: Any, size: int) -> None:
        if raised:
            return
        try:
            handler(json.loads(string_at(data, size)))
        except BaseException as error:  # raised again by the call that reads
            raised.append(error)

    return _native.FaultCallback(told)


class ArticleReader(_native.Handle):
    """Articles of files of all known formats, packed or not, of folders, patterns and "-": an iterator of dicts.

    :param on_fault: called with a dict for every record that was skipped or kept without a field.
    :param options: `format`, `encoding`, `map`, `selector` and the other members of docs/c-api.md.
    """

    _kind = "reader"

    def __init__(
        self,
        inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
        *,
        on_fault: Callable[[ReadFault], object] | None = None,
        **options: Unpack[ReaderOptions],
    ) -> None:
        names = _native.views(path_list(inputs))
        super().__init__(self._open("fihris_reader_open", names, json.dumps(options)))
        self._raised: list[BaseException] = []
        self._callback = _fault_callback(on_fault, self._raised) if on_fault else None
        if self._callback is not None:
            _native.library.fihris_reader_on_fault(self._pointer, self._callback, None)

    def _told(self) -> None:
        if self._raised:
            raise self._raised.pop()

    def __iter__(self) -> Iterator[Article]:
        return self

    def __next__(self) -> Article:
        def read(pointer: Any) -> str | None:
            article, origin = _native.CString(), _native.CString()
            _native.call("fihris_reader_next", pointer, byref(article), byref(origin))
            _native.take(origin)
            return _native.take(article)

        text = self._with(read)
        self._told()
        if text is None:
            raise StopIteration
        article: Article = json.loads(text)
        return article

    def marks(self) -> list[Mark]:
        """How far each file was read, for the option ``done`` of a later reader."""
        marks: list[Mark] = self._ask_json("fihris_reader_marks")
        return marks


class Indexer(_native.Handle):
    """Writes an index. Nothing is visible, or safe, before `commit`. As a context manager it commits at the end of the
    block, unless an exception leaves it.

    :param options: `create`, `threads`, `memory_mb`, `group_copies`.
    """

    _kind = "indexer"

    def __init__(
        self, path: str | os.PathLike[str], authority: Authority | None = None, **options: Unpack[IndexOptions]
    ) -> None:
        authority = authority or Authority()
        super().__init__(
            authority._with(
                lambda pointer: self._open("fihris_indexer_open", os.fspath(path), pointer, json.dumps(options))
            )
        )

    def add(self, article: Mapping[str, Any]) -> None:
        """Adds an article, or replaces the one of the same ``id``. Known: ``id``, ``source``, ``url``, ``date``,
        ``title``, ``author``, ``text``; all else is kept and given back."""
        self._call("fihris_indexer_add", article_text(article))

    def add_all(self, articles: Iterable[Mapping[str, Any]]) -> int:
        """Adds articles one after another; returns how many."""
        count = 0
        for article in articles:
            self.add(article)
            count += 1
        return count

    def add_files(
        self,
        inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
        *,
        on_fault: Callable[[ReadFault], object] | None = None,
        **options: Unpack[ReaderOptions],
    ) -> int:
        """Adds what an `ArticleReader` with these arguments reads; returns how many articles."""
        step = 1000  # so that an interrupt from the keyboard is heard
        total = 0
        with ArticleReader(inputs, on_fault=on_fault, **options) as reader:
            while True:
                added = c_uint64()
                reader._with(
                    lambda source: self._call("fihris_indexer_add_from", source, step, byref(added))
                )
                reader._told()
                total += added.value
                if added.value < step:
                    return total

    def remove(self, id: str) -> bool:
        """Removes an article; False if there was none of that id."""
        removed = c_int32()
        self._call("fihris_indexer_remove", id, byref(removed))
        return bool(removed.value)

    @property
    def checkpoint(self) -> str:
        """A text that the next commit keeps, such as how far a source was read; reading gives that of the last
        commit."""
        return self._ask("fihris_indexer_checkpoint") or ""

    @checkpoint.setter
    def checkpoint(self, text: str) -> None:
        self._call("fihris_indexer_set_checkpoint", text)

    def commit(self) -> None:
        """Makes all changes visible and durable at once."""
        self._call("fihris_indexer_commit")

    def retag(self) -> None:
        """Tags all stored articles anew with this indexer's authority, then commits."""
        self._call("fihris_indexer_retag")

    def compact(self) -> None:
        """Merges all segments into one, then commits."""
        self._call("fihris_indexer_compact")

    def stats(self) -> Stats:
        """Figures of the index."""
        stats: Stats = self._ask_json("fihris_indexer_stats")
        return stats

    def __exit__(self, *raised: object) -> None:
        try:
            if not raised or raised[0] is None:
                self.commit()
        finally:
            self.close()


def index_stats(path: str | os.PathLike[str]) -> Stats:
    """Figures of an index that need not be open."""
    stats: Stats = _native.ask_json("fihris_index_stats", os.fspath(path))
    return stats


def check_index(path: str | os.PathLike[str], *, repair: bool = False) -> list[IndexFault]:
    """What is wrong with an index: ``file``, ``message``, ``remedy``. Empty: nothing. ``repair``: what can be made
    from the rest is made anew."""
    faults: list[IndexFault] = _native.ask_json("fihris_index_check", os.fspath(path), int(repair))
    return faults


def export_articles(path: str | os.PathLike[str], each: Callable[[Article], object]) -> None:
    """Calls ``each`` with every article in index order; an exception of ``each`` ends it and is raised here."""
    raised: list[BaseException] = []

    def told(_: Any, data: Any, size: int) -> int:
        try:
            each(json.loads(string_at(data, size)))
            return 0
        except BaseException as error:
            raised.append(error)
            return 1

    try:
        _native.call("fihris_index_export", os.fspath(path), (_native.EachCallback(told), None))
    except Exception:
        if not raised:
            raise
    if raised:
        raise raised[0]
