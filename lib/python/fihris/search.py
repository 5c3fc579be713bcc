# SPDX-License-Identifier: GPL-2.0-or-later
"""Asking an index."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from ctypes import byref, c_int32, c_uint64, string_at
from typing import IO, TYPE_CHECKING, Any, Literal

from . import _native
from .shapes import (
    Article,
    Explanation,
    Facet,
    FacetSpec,
    HitOptions,
    Pair,
    Place,
    QueryOptions,
    SimilarOptions,
    Step,
)
from .texts import Authority, day_text, path_list

if TYPE_CHECKING:
    import pandas
    from typing_extensions import Unpack


@dataclasses.dataclass(frozen=True)
class Snippet:
    """The best passages of a hit. ``matches`` are the matched words as (begin, end) indexes of ``text``."""

    text: str
    html: str
    right_to_left: bool
    matches: Sequence[tuple[int, int]]


@dataclasses.dataclass(frozen=True)
class Hit:
    """An article that was found. ``factions`` and ``regions`` are pairs of id and Arabic name."""

    rank: int
    id: str
    score: float
    source: str
    url: str
    title: str
    date: datetime.date | None
    factions: Sequence[tuple[str, str]]
    regions: Sequence[tuple[str, str]]
    copies: int
    why: Sequence[str]
    title_snippet: Snippet
    snippet: Snippet


@dataclasses.dataclass(frozen=True)
class FacetValue:
    """A value of a facet with the number of matching articles."""

    id: str
    ar: str
    en: str
    count: int


@dataclasses.dataclass(frozen=True)
class FacetCounts:
    """Counts of one facet over all matches."""

    facet: str
    distinct: int
    without: int
    values: Sequence[FacetValue]


@dataclasses.dataclass(frozen=True)
class Results:
    """The answer to a search: ``total`` matches, some of them as ``hits``; iterating gives the hits."""

    total: int
    hits: Sequence[Hit]
    facets: Sequence[FacetCounts]
    warnings: Sequence[str]
    any_instead_of_all: bool
    did_you_mean: str
    next_cursor: str
    cursor_outdated: bool
    failed_shards: Sequence[str]
    milliseconds: float

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def facet(self, name: str) -> FacetCounts:
        """The counts of the facet with this name. :raises KeyError: if it was not asked for."""
        for counts in self.facets:
            if counts.facet == name:
                return counts
        raise KeyError(name)


@dataclasses.dataclass(frozen=True)
class CrossTable:
    """Counts over two or three facets: ``rows`` are dicts with a member for each of ``by`` (and its Arabic name, such
    as ``faction_ar``) and ``count``."""

    by: Sequence[str]
    rows: Sequence[dict[str, Any]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> list[str]:
        """Names of the columns in order."""
        named = {"faction", "region"}
        return [
            column
            for name in self.by
            for column in ((name, name + "_ar") if name.split("_")[0] in named else (name,))
        ] + ["count"]

    def to_csv(self, file: IO[str]) -> None:
        """Writes a CSV table with a header; open the file with newline=""."""
        writer = csv.DictWriter(file, self.columns)
        writer.writeheader()
        writer.writerows(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas.DataFrame with a row for each row. :raises ImportError: where pandas is not installed."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=self.columns)


def _snippet(entry: dict[str, Any]) -> Snippet:
    at = _native.Offsets(entry["text"])
    matches = tuple((at(match["begin"]), at(match["end"])) for match in entry["matches"])
    return Snippet(entry["text"], entry["html"], entry["dir"] == "rtl", matches)


def _hit(entry: dict[str, Any]) -> Hit:
    return Hit(
        rank=entry["rank"],
        id=entry["id"],
        score=entry["score"],
        source=entry["source"],
        url=entry["url"],
        title=entry["title"],
        date=datetime.date.fromisoformat(entry["date"]) if "date" in entry else None,
        factions=tuple((tag["id"], tag["ar"]) for tag in entry["factions"]),
        regions=tuple((tag["id"], tag["ar"]) for tag in entry["regions"]),
        copies=entry["copies"],
        why=tuple(entry["why"]),
        title_snippet=_snippet(entry["title_snippet"]),
        snippet=_snippet(entry["snippet"]),
    )


def _facet(entry: dict[str, Any]) -> FacetCounts:
    values = tuple(
        FacetValue(value["id"], value.get("ar", ""), value.get("en", ""), value["count"])
        for value in entry["values"]
    )
    return FacetCounts(entry["facet"], entry["distinct"], entry["without"], values)


def _results(entry: dict[str, Any]) -> Results:
    return Results(
        total=entry["total"],
        hits=tuple(_hit(hit) for hit in entry["hits"]),
        facets=tuple(_facet(counts) for counts in entry["facets"]),
        warnings=tuple(warning["message"] for warning in entry["warnings"]),
        any_instead_of_all=entry["any_instead_of_all"],
        did_you_mean=entry["did_you_mean"],
        next_cursor=entry["next_cursor"],
        cursor_outdated=entry["cursor_outdated"],
        failed_shards=tuple(entry["failed_shards"]),
        milliseconds=entry["milliseconds"],
    )


def _specs(facets: Iterable[FacetSpec] | FacetSpec) -> list[FacetSpec]:
    """One facet or several as a list."""
    if isinstance(facets, str):
        return [facets]
    return [facets] if isinstance(facets, Mapping) else list(facets)


class Searcher(_native.Handle):
    """Searches one or several indexes as one: folders, or remote shards "xapian://HOST:PORT". Answers from the revision
    it opened until `reopen`.

    The methods that take a query share these options, by keyword:

    - ``match``: "auto" (all words; if nothing matches, any), "all" or "any"
    - ``plain``: words only, no operators; ``strict``: what is not understood raises `BadQuery`
    - ``today``: the day that «أمس» counts from; ``saved``: dict of the queries that ``@name`` means
    - ``tree``: the query is the JSON tree that `explain` gives
    - ``filters``: {"faction": ["nusra-front"], "published": "2015-05"}
    - ``deadline`` in milliseconds; ``partial``: answer without a shard that does not

    :param paths: one index or several.
    :param authority: names of tags and filters; give that of the index where it has entities of your own.
    """

    _kind = "searcher"

    def __init__(
        self,
        paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
        authority: Authority | None = None,
    ) -> None:
        names = _native.views(path_list(paths))
        authority = authority or Authority()
        super().__init__(authority._with(lambda pointer: self._open("fihris_searcher_open", names, pointer)))

    @staticmethod
    def _request(options: Mapping[str, Any], **more: Any) -> str:
        request = {**options, **more}
        if "today" in request:
            request["today"] = day_text(request["today"])
        return json.dumps(request, ensure_ascii=False)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Literal["relevance", "date", "oldest", "both"] = "relevance",
        facets: Iterable[FacetSpec] | FacetSpec = (),
        snippets: bool = True,
        collapse: bool = False,
        cursor: str = "",
        **options: Unpack[HitOptions],
    ) -> Results:
        """Ranked hits with snippets, the exact total, and the facets asked for. ``sort``: "relevance", "date" (newest
        first), "oldest", or "both": relevant and recent, an article loses half its score in ``half_life`` days (60).
        ``cursor``: ``next_cursor`` of the page before."""
        request = self._request(
            options,
            limit=limit,
            offset=offset,
            sort=sort,
            facets=_specs(facets),
            snippets=snippets,
            collapse=collapse,
            cursor=cursor,
        )
        return _results(self._ask_json("fihris_searcher_search", query, request))

    def iterate(
        self,
        query: str,
        *,
        page: int = 500,
        sort: Literal["relevance", "date", "oldest", "both"] = "relevance",
        snippets: bool = False,
        collapse: bool = False,
        **options: Unpack[HitOptions],
    ) -> Iterator[Hit]:
        """All matches in order, fetched page by page; takes the options of `search`."""
        cursor = ""
        while True:
            results = self.search(
                query, limit=page, sort=sort, snippets=snippets, collapse=collapse, cursor=cursor, **options
            )
            yield from results.hits
            cursor = results.next_cursor
            if not cursor:
                return

    def each(
        self,
        query: str,
        each: Callable[[Hit], object],
        *,
        sort: Literal["relevance", "date", "oldest", "both"] = "relevance",
        snippets: bool = True,
        **options: Unpack[HitOptions],
    ) -> int:
        """Calls ``each`` with all matches, however many, until it returns False; returns how many were given."""
        raised: list[BaseException] = []

        def told(_: Any, data: Any, size: int) -> int:
            try:
                return int(each(_hit(json.loads(string_at(data, size)))) is False)
            except BaseException as error:
                raised.append(error)
                return 1

        given = c_uint64()
        self._call(
            "fihris_searcher_each",
            query,
            self._request(options, sort=sort, snippets=snippets),
            (_native.EachCallback(told), None),
            byref(given),
        )
        if raised:
            raise raised[0]
        return int(given.value)

    def facets(
        self, query: str = "", facets: Iterable[FacetSpec] | FacetSpec = (), **options: Unpack[QueryOptions]
    ) -> Sequence[FacetCounts]:
        """Counts alone; factions, regions and months if ``facets`` is empty."""
        request = self._request(options, facets=_specs(facets))
        return _results(self._ask_json("fihris_searcher_facets", query, request)).facets

    def timeline(
        self,
        query: str = "",
        *,
        by: Step = "month",
        of: Literal["published", "event"] = "published",
        **options: Unpack[QueryOptions],
    ) -> list[tuple[str, int]]:
        """Days, weeks, months or years with the number of matches, in order, the empty ones too. ``of``: "published"
        or "event", the days that articles tell of."""
        facet: FacetSpec = {"facet": of, "step": by, "top": 0}
        return [(value.id, value.count) for value in self.facets(query, [facet], **options)[0].values]

    def cross(
        self, query: str = "", by: Iterable[FacetSpec] = ("faction", "region"), **options: Unpack[QueryOptions]
    ) -> CrossTable:
        """Counts over two or three facets at once."""
        table = self._ask_json("fihris_searcher_cross", query, self._request(options, by=_specs(by)))
        return CrossTable(tuple(table["by"]), tuple(table["rows"]))

    def cooccur(
        self, query: str = "", *, of: Facet = "faction", top: int = 50, min: int = 2, **options: Unpack[QueryOptions]
    ) -> list[Pair]:
        """Which factions, or regions, stand in the same articles: ``a``, ``b``, ``count``, ``expected``, ``g2``,
        ``pmi``; most unexpected first."""
        request = self._request(options, of=of, top=top, min=min)
        pairs: list[Pair] = self._ask_json("fihris_searcher_cooccur", query, request)["pairs"]
        return pairs

    def places(
        self, query: str = "", *, top: int = 0, min: int = 1, **options: Unpack[QueryOptions]
    ) -> list[Place]:
        """Tagged places with coordinates: ``id``, ``ar``, ``en``, ``kind``, ``lat``, ``lon``, ``count``; ``top`` 0:
        all."""
        request = self._request(options, top=top, min=min)
        places: list[Place] = self._ask_json("fihris_searcher_places", query, request)["places"]
        return places

    def similar(self, id: str, *, limit: int = 10, **options: Unpack[SimilarOptions]) -> Results:
        """Articles like the one with this id; no hits if it is unknown."""
        return _results(self._ask_json("fihris_searcher_similar", id, self._request(options, limit=limit)))

    def watch(
        self,
        query: str,
        state: str = "",
        *,
        limit: int = 10,
        snippets: bool = True,
        **options: Unpack[HitOptions],
    ) -> tuple[list[Hit], str]:
        """What matches now and did not when ``state`` was returned, newest first, and the new state."""
        request = self._request(options, limit=limit, snippets=snippets)
        found = self._ask_json("fihris_searcher_watch", query, state, request)
        return [_hit(hit) for hit in found["hits"]], found["state"]

    def explain(self, query: str, **options: Unpack[QueryOptions]) -> Explanation:
        """How a query is understood: ``text``, ``tree``, ``warnings``."""
        explanation: Explanation = self._ask_json("fihris_searcher_explain", query, self._request(options))
        return explanation

    def article(self, id: str) -> Article | None:
        """The stored article, or None."""
        article: Article | None = self._ask_json("fihris_searcher_article", id)
        return article

    def reopen(self) -> bool:
        """Follows what was committed since; True if anything changed."""
        changed = c_int32()
        self._call("fihris_searcher_reopen", byref(changed))
        return bool(changed.value)

    def __len__(self) -> int:
        """Number of articles."""
        documents = c_uint64()
        self._call("fihris_searcher_documents", byref(documents))
        return int(documents.value)

    def __bool__(self) -> bool:
        return True
