# SPDX-License-Identifier: GPL-2.0-or-later
"""What needs no index: entities, words, dates, tags."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from ctypes import byref, c_uint64
from typing import Any

from . import _native
from .shapes import AuthorityFault, Day, Entity, Facet, Tags

_FACETS = {"faction": 0, "region": 1}


def _facet(name: str) -> int:
    if name not in _FACETS:
        raise ValueError(f"facet {name!r}: wanted 'faction' or 'region'")
    return _FACETS[name]


def path_list(names: Iterable[str | os.PathLike[str]] | str | os.PathLike[str]) -> list[str]:
    """One name or several as a list of str."""
    return [os.fspath(name) for name in ([names] if isinstance(names, (str, os.PathLike)) else names)]


def day_text(day: Day) -> str:
    """A day as the library reads it: ISO, or "" for none."""
    if day is None:
        return ""
    if isinstance(day, datetime.datetime):
        day = day.date()
    return day.isoformat() if isinstance(day, datetime.date) else day


def article_text(article: Mapping[str, Any]) -> str:
    """An article as JSON; days may be datetime.date."""

    def plain(value: Any) -> Any:
        if isinstance(value, (datetime.date, datetime.datetime)):
            return day_text(value)
        raise TypeError(f"{type(value).__name__} in an article")

    return json.dumps(dict(article), ensure_ascii=False, default=plain, allow_nan=False)


class Authority(_native.Handle):
    """The factions and regions that tags and filters speak of: those of the library, with files of your own laid over
    them. May be shared by threads.

    :param files: authority files (TSV), laid over in order.
    :param builtin: False: the files alone.
    """

    _kind = "authority"

    def __init__(
        self, files: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (), *, builtin: bool = True
    ) -> None:
        names = _native.views(path_list(files))
        super().__init__(self._open("fihris_authority_load", names, int(builtin)))

    def size(self, facet: Facet) -> int:
        """Number of entities."""
        number = c_uint64()
        self._call("fihris_authority_size", _facet(facet), byref(number))
        return int(number.value)

    @property
    def version(self) -> str:
        """A hash over all entities: an index records which authority tagged it."""
        return self._ask("fihris_authority_version") or ""

    def find(self, facet: Facet, id: str) -> Entity | None:
        """The entity with this id; None if there is none."""
        entity: Entity | None = self._ask_json("fihris_authority_find", _facet(facet), id)
        return entity

    def find_by_name(self, facet: Facet, name: str) -> list[Entity]:
        """All entities that bear a name in any language, best known first."""
        entities: list[Entity] = self._ask_json("fihris_authority_find_by_name", _facet(facet), name)
        return entities

    def resolve(self, facet: Facet, typed: str) -> list[Entity]:
        """What a person meant by an id, the tail of an id, or a name: one entity if that is clear, all candidates if
        not, none if unknown."""
        entities: list[Entity] = self._ask_json("fihris_authority_resolve", _facet(facet), typed)
        return entities

    def ancestors(self, facet: Facet, id: str) -> list[str]:
        """Ids from the parent up to the root."""
        ids: list[str] = self._ask_json("fihris_authority_ancestors", _facet(facet), id)
        return ids

    def children(self, facet: Facet, id: str) -> list[str]:
        """Ids of the entities directly below."""
        ids: list[str] = self._ask_json("fihris_authority_children", _facet(facet), id)
        return ids


def check_authority(files: Iterable[str | os.PathLike[str]] | str | os.PathLike[str]) -> list[AuthorityFault]:
    """Faults of authority files: ``file``, ``line``, ``message``."""
    faults: list[AuthorityFault] = _native.ask_json("fihris_authority_check", _native.views(path_list(files)))
    return faults


@dataclasses.dataclass(frozen=True)
class Reading:
    """One reading of a word that the stemmer weighed."""

    proclitics: str
    core: str
    suffixes: str
    word_class: str
    stem: str
    weight: float
    reason: str


@dataclasses.dataclass(frozen=True)
class Token:
    """A word of a text; ``begin`` and ``end`` are indexes of the str."""

    begin: int
    end: int
    text: str
    kind: str
    folded: str
    stem: str
    stop: bool
    readings: Sequence[Reading] = ()


def _reading(entry: dict[str, Any]) -> Reading:
    return Reading(word_class=entry.pop("class"), **entry)


class Analyzer(_native.Handle):
    """Text to words and stem keys: the same for indexing, queries and snippets."""

    _kind = "analyzer"

    def __init__(self) -> None:
        super().__init__(self._open("fihris_analyzer_new"))

    def analyze(self, text: str, *, explain: bool = False) -> list[Token]:
        """The words of a text in order; ``explain``: with all readings of each."""
        at = _native.Offsets(text)
        tokens = []
        for entry in self._ask_json("fihris_analyzer_analyze", text, int(explain)):
            entry["readings"] = tuple(_reading(each) for each in entry.get("readings", ()))
            entry.update(begin=at(entry["begin"]), end=at(entry["end"]))
            tokens.append(Token(**entry))
        return tokens

    def stem(self, word: str) -> str:
        """The stem key of one word: the same for all its forms."""
        return self._ask("fihris_analyzer_stem", word) or ""

    def explain(self, word: str) -> list[Reading]:
        """All readings of one word, best first."""
        return [_reading(entry) for entry in self._ask_json("fihris_analyzer_explain", word)]


def fold(text: str) -> str:
    """The folded spelling: marks, hamza carriers, digits, case."""
    return _native.ask("fihris_fold", text) or ""


@dataclasses.dataclass(frozen=True)
class DateMention:
    """A temporal expression (TIMEX3); ``begin`` and ``end`` are indexes of the str. ``interval``: the days from this
    expression to the end of the next, in ISO 8601, where it is the first end of an interval."""

    begin: int
    end: int
    text: str
    type: str
    value: str
    first: datetime.date | None
    last: datetime.date | None
    interval: str | None
    facet: bool
    rule: str
    confidence: float


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


class DateReader(_native.Handle):
    """Finds temporal expressions and says which days they mean."""

    _kind = "dates"

    def __init__(self) -> None:
        super().__init__(self._open("fihris_dates_new"))

    def read(self, text: str, published: Day = None) -> list[DateMention]:
        """The expressions of a text, counted from the day it was published."""
        at = _native.Offsets(text)
        fields = {field.name for field in dataclasses.fields(DateMention)}
        mentions = []
        for entry in self._ask_json("fihris_dates_read", text, day_text(published)):
            known = {key: value for key, value in entry.items() if key in fields}
            known["begin"], known["end"] = at(entry["begin"]), at(entry["end"])
            known["first"], known["last"] = _day(entry.get("first")), _day(entry.get("last"))
            known["interval"] = entry.get("interval")
            mentions.append(DateMention(**known))
        return mentions

    def parse(self, text: str, today: Day = None) -> tuple[datetime.date, datetime.date] | None:
        """First and last of the days that a person means in a query; None if the text is no date."""
        found = self._ask_json("fihris_dates_parse", text, day_text(today))
        if found is None:
            return None
        return datetime.date.fromisoformat(found["first"]), datetime.date.fromisoformat(found["last"])


class Tagger(_native.Handle):
    """Finds the factions, regions and dates that an article names."""

    _kind = "tagger"

    def __init__(self, authority: Authority | None = None) -> None:
        authority = authority or Authority()
        super().__init__(authority._with(lambda pointer: self._open("fihris_tagger_new", pointer)))

    def tag(self, article: Mapping[str, Any], *, explain: bool = False) -> Tags:
        """``factions``, ``regions``, ``dates`` and ``candidates``, each with its ``mentions``: ``field``, ``begin``,
        ``end`` (indexes of the str), ``text``. ``article`` has ``title``, ``text``, ``date``."""
        tags: Tags = self._ask_json("fihris_tagger_tag", article_text(article), int(explain))
        at = {field: _native.Offsets(str(article.get(field) or "")) for field in ("title", "text")}
        for tag in (*tags["factions"], *tags["regions"], *tags["dates"], *tags["candidates"]):
            for mention in tag["mentions"]:
                offsets = at[mention["field"]]
                mention["begin"], mention["end"] = offsets(mention["begin"]), offsets(mention["end"])
        return tags
