# SPDX-License-Identifier: GPL-2.0-or-later
"""Types of what goes in as keywords and of what comes back as dicts: plain dicts at run time, known to a type checker.
Their members are described in docs/c-api.md (requests) and docs/cli.md (answers)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Dict, List, Literal, TypedDict, Union

Facet = Literal["faction", "region"]
Day = Union[datetime.date, str, None]
Step = Literal["day", "week", "month", "year"]
Article = Dict[str, Any]
"""``id``, ``source``, ``url``, ``date``, ``title``, ``author``, ``text``, and the other fields of its record."""


class FacetRequest(TypedDict, total=False):
    """A facet to count. ``top`` 0: all values; ``below``: an id, or "/" for the top; ``named``: part of a name;
    ``direct``: tags alone, not for what they belong to."""

    facet: str
    step: Step
    top: int
    min: int
    below: str
    named: str
    direct: bool


FacetSpec = Union[str, FacetRequest, Mapping[str, Any]]
"""A facet to count: "faction", "region", "source", "kind", "published:month", "event:day", or a `FacetRequest`."""


class QueryOptions(TypedDict, total=False):
    """What all methods of a `Searcher` that take a query take by keyword."""

    match: Literal["auto", "all", "any"]
    plain: bool
    strict: bool
    tree: bool
    today: Day
    saved: Mapping[str, str]
    filters: Mapping[str, Union[str, Sequence[str]]]
    deadline: int
    partial: bool


class HitOptions(QueryOptions, total=False):
    """The same where hits come back."""

    half_life: int
    snippet_bytes: int
    suggest: bool


class SimilarOptions(TypedDict, total=False):
    """What `Searcher.similar` takes by keyword."""

    offset: int
    filters: Mapping[str, Union[str, Sequence[str]]]
    snippets: bool
    snippet_bytes: int
    deadline: int
    partial: bool


class IndexOptions(TypedDict, total=False):
    """How an index is written."""

    create: bool
    threads: int
    memory_mb: int
    group_copies: bool


class Mark(TypedDict):
    """How far a file was read."""

    file: str
    size: int
    modified: int
    records: int
    complete: bool


class ReaderOptions(TypedDict, total=False):
    """What is read of files."""

    format: Literal["auto", "jsonl", "json", "csv", "tsv", "text", "html", "feed", "mediawiki", "trec"]
    encoding: str
    map: Mapping[str, str]
    selector: str
    clean: bool
    set_tails_apart: bool
    max_record_bytes: int
    max_depth: int
    max_members: int
    max_member_bytes: int
    max_ratio: float
    done: Sequence[Mark]


class ReadFault(TypedDict):
    """A record that was skipped, or kept without a field (``skipped`` False)."""

    file: str
    line: int
    message: str
    skipped: bool
    failed: bool
    remedy: str
    raw: str


class IndexFault(TypedDict):
    """What is wrong with an index."""

    file: str
    message: str
    remedy: str


class AuthorityFault(TypedDict):
    """What is wrong with an authority file."""

    file: str
    line: int
    message: str


class Stats(TypedDict):
    """Figures of an index."""

    format: int
    documents: int
    segments: int
    terms: int
    bytes: int
    text_bytes: int
    removed: int
    revision: int
    index_format: str
    analyzer: str
    authority: str
    first_date: str
    last_date: str


class Side(TypedDict):
    """One of two entities that stand in the same articles."""

    id: str
    ar: str
    en: str
    count: int


class Pair(TypedDict):
    """Two entities that stand in the same articles: ``g2`` after Dunning 1993, ``pmi`` in bits."""

    a: Side
    b: Side
    count: int
    expected: float
    g2: float
    pmi: float


class Place(TypedDict):
    """A tagged place, in degrees of WGS 84."""

    id: str
    ar: str
    en: str
    kind: str
    lat: float
    lon: float
    count: int


class QueryWarning(TypedDict):
    """A part of a query that was not understood; ``begin`` and ``end`` are bytes."""

    begin: int
    end: int
    message: str


class Explanation(TypedDict):
    """How a query is understood."""

    type: str
    format: int
    text: str
    tree: Dict[str, Any]
    warnings: List[QueryWarning]


class EntityName(TypedDict):
    """A name with its marks, as authority files write them."""

    text: str
    marks: str


class _EntityAlways(TypedDict):
    facet: Facet
    id: str
    kind: str
    country: str
    ar: str
    en: str
    names: List[EntityName]
    path: List[str]


_EntityFrom = TypedDict("_EntityFrom", {"from": str}, total=False)


class Entity(_EntityAlways, _EntityFrom, total=False):
    """A faction or a place of an authority; ``path`` are the ids from the root down."""

    member_of: List[str]
    lat: float
    lon: float
    population: int
    until: str
    successor: str
    wikidata: str
    geonames: str


class _MentionAlways(TypedDict):
    field: Literal["title", "text"]
    begin: int
    end: int
    text: str


class Mention(_MentionAlways, total=False):
    """Where something is named: ``begin`` and ``end`` are indexes of the str."""

    rule: str
    confidence: float


class _EntityTagAlways(TypedDict):
    id: str
    ar: str
    en: str
    kind: str
    mentions: List[Mention]


class EntityTag(_EntityTagAlways, total=False):
    """A faction or place that an article speaks of."""

    country: str
    parent: str
    names: List[str]
    path: List[str]
    lat: float
    lon: float
    confidence: float


class DateTag(TypedDict):
    """A day or interval that an article speaks of, in ISO 8601."""

    value: str
    first: str
    last: str
    mentions: List[Mention]


class CandidateTag(TypedDict):
    """A group that no authority file knows."""

    name: str
    mentions: List[Mention]


class Tags(TypedDict):
    """Who, where and when."""

    id: str
    factions: List[EntityTag]
    regions: List[EntityTag]
    dates: List[DateTag]
    candidates: List[CandidateTag]
