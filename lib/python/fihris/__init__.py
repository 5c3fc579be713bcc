# SPDX-License-Identifier: GPL-2.0-or-later
"""fihris: full-text and entity search for Arabic news.

    import fihris

    with fihris.Indexer("news.idx") as indexer:
        indexer.add_files("articles.jsonl")
    with fihris.Searcher("news.idx") as searcher:
        for hit in searcher.search("معارك منطقة:إدلب", facets=["faction"]):
            print(hit.date, hit.title)

All calls raise `FihrisError` (or one of its kinds) when they cannot be done. The library does the work outside the
interpreter's lock; see docs/python.md.
"""

from . import _native, shapes
from ._version import __version__
from .errors import (
    BadQuery,
    ErrorCode,
    FihrisError,
    IndexDamaged,
    IndexLocked,
    IndexVersion,
    InvalidArgument,
    LimitPassed,
    NotFound,
    RemoteError,
)
from .index import ArticleReader, Indexer, check_index, export_articles, index_stats
from .search import CrossTable, FacetCounts, FacetValue, Hit, Results, Searcher, Snippet
from .texts import (
    Analyzer,
    Authority,
    DateMention,
    DateReader,
    Reading,
    Tagger,
    Token,
    check_authority,
    fold,
)


def library_version() -> str:
    """The version of the library that was loaded."""
    version: bytes = _native.library.fihris_version()
    return version.decode()


def analyzer_version() -> str:
    """Changes whenever any word gets another stem key."""
    version: bytes = _native.library.fihris_analyzer_version()
    return version.decode()


__all__ = [
    "Analyzer",
    "ArticleReader",
    "Authority",
    "BadQuery",
    "CrossTable",
    "DateMention",
    "DateReader",
    "ErrorCode",
    "FacetCounts",
    "FacetValue",
    "FihrisError",
    "Hit",
    "IndexDamaged",
    "IndexLocked",
    "IndexVersion",
    "Indexer",
    "InvalidArgument",
    "LimitPassed",
    "NotFound",
    "Reading",
    "RemoteError",
    "Results",
    "Searcher",
    "Snippet",
    "Tagger",
    "Token",
    "__version__",
    "analyzer_version",
    "check_authority",
    "check_index",
    "export_articles",
    "fold",
    "index_stats",
    "library_version",
    "shapes",
]
