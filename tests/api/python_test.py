# SPDX-License-Identifier: GPL-2.0-or-later
"""The Python package over the sample corpus. Run by pytest with the package and FIHRIS_LIBRARY in the environment."""

import csv
import datetime
import inspect
import io
import json
import pathlib
import re
import threading

import fihris
import pytest
from fihris import _native

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = TOP / "corpus/articles/sample.jsonl"


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    path = tmp_path_factory.mktemp("fihris") / "sample.idx"
    with fihris.Indexer(path, threads=1) as indexer:
        assert indexer.add_files(SAMPLE) == 144
    return path


@pytest.fixture
def searcher(index):
    with fihris.Searcher(index) as opened:
        yield opened


def test_prototypes_are_those_of_the_header():
    header = (TOP / "lib/fihris.h").read_text(encoding="utf-8")
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    patterns = [
        (r"const char \*\w+, size_t \w+_size,", "s"),
        (r"const fihris_view \*\w+, size_t count,", "v"),
        (r"fihris_each_callback \w+, void \*user,", "e"),
        (r"fihris_string \*\w+,", "o"),
        (r"int32_t \*\w+,", "I"),
        (r"uint64_t \*\w+,", "U"),
        (r"(?:int32_t|fihris_facet) \w+,", "i"),
        (r"uint64_t \w+,", "u"),
        (r"(?:const )?fihris_(?!string|view|error)\w+ \*\w+,", "h"),
        (r"fihris_\w+ \*\*\w+,", "p"),
    ]
    declared = {}
    for name, arguments in re.findall(r"FIHRIS_C_API fihris_status (fihris_\w+)\(([^;]*)\);", header):
        rest = re.sub(r"\s+", " ", arguments)
        letters = ""
        while rest != "fihris_error *error":
            for pattern, letter in patterns:
                found = re.match(pattern + r" ?", rest)
                if found:
                    letters += letter
                    rest = rest[found.end() :]
                    break
            else:
                pytest.fail(f"{name}: {rest}")
        declared[name] = letters
    assert declared == _native.PROTOTYPES
    codes = {
        name: int(number) for name, number in re.findall(r"\bFIHRIS_(\w+) = (\d+)", header) if name.isupper()
    }
    for name in ("OK", "FACTION", "REGION"):
        codes.pop(name)
    assert codes == {code.name: code.value for code in fihris.ErrorCode}


def test_the_package_has_the_version_of_its_library():
    assert fihris.__version__ == fihris.library_version()


def test_everything_public_has_a_docstring():
    for name in fihris.__all__:
        thing = getattr(fihris, name)
        if inspect.isclass(thing) or inspect.isroutine(thing):
            assert inspect.getdoc(thing), name
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_") and (inspect.isroutine(value) or isinstance(value, property)):
                    assert inspect.getdoc(value), f"{name}.{member}"
    for name, thing in vars(fihris.shapes).items():
        if inspect.isclass(thing) and thing.__module__ == fihris.shapes.__name__ and not name.startswith("_"):
            assert thing.__doc__, f"shapes.{name}"


def known(call, *arguments, **options):
    """The members that a request may have, as its refusal lists them."""
    with pytest.raises(fihris.InvalidArgument) as refused:
        call(*arguments, **options, no_such_member=1)
    return set(refused.value.hint.removeprefix("known are ").split(", "))


def test_keywords_are_those_of_the_library(searcher, tmp_path):
    shapes = fihris.shapes
    named = {"limit", "offset", "cursor", "sort", "facets", "snippets", "collapse", "by", "of", "top", "min"}
    assert shapes.HitOptions.__annotations__.keys() | named == known(searcher.search, "x")
    assert shapes.SimilarOptions.__annotations__.keys() <= known(searcher.search, "x")
    assert shapes.ReaderOptions.__annotations__.keys() == known(fihris.ArticleReader, SAMPLE)
    assert shapes.IndexOptions.__annotations__.keys() == known(fihris.Indexer, tmp_path / "no.idx")
    with pytest.raises(fihris.InvalidArgument) as refused:
        searcher.facets("x", {"fact": 1})
    assert shapes.FacetRequest.__annotations__.keys() == set(refused.value.hint.removeprefix("known are ").split(", "))


def has_shape(value, shape):
    every = shape.__annotations__.keys()
    assert shape.__required_keys__ <= value.keys() <= every, (shape.__name__, value.keys() ^ every)


def test_answers_have_the_shapes_that_types_say(searcher, index, tmp_path):
    shapes = fihris.shapes
    has_shape(searcher.cooccur("سوريا")[0], shapes.Pair)
    has_shape(searcher.cooccur("سوريا")[0]["a"], shapes.Side)
    has_shape(searcher.places("سوريا")[0], shapes.Place)
    has_shape(searcher.explain("faction:"), shapes.Explanation)
    has_shape(searcher.explain("faction:")["warnings"][0], shapes.QueryWarning)
    has_shape(fihris.index_stats(index), shapes.Stats)
    has_shape(fihris.check_authority(tmp_path / "none.tsv")[0], shapes.AuthorityFault)
    with fihris.Authority() as authority:
        for facet, id in (("faction", "nusra-front"), ("faction", "ahrar-al-sham"), ("region", "sy/idlib"), ("region", "sy")):
            has_shape(authority.find(facet, id), shapes.Entity)
            has_shape(authority.find(facet, id)["names"][0], shapes.EntityName)
        with pytest.raises(ValueError, match="person"):
            authority.find("person", "x")
    text = "سيطرت جبهة النصرة أمس على مدينة أريحا، وقاتل لواء «فرسان الشمال الحر» في إدلب"
    for explain in (False, True):
        tags = fihris.Tagger().tag({"text": text, "date": "2015-04-01"}, explain=explain)
        has_shape(tags, shapes.Tags)
        for shape, kind in ((shapes.EntityTag, "factions"), (shapes.EntityTag, "regions"), (shapes.DateTag, "dates"), (shapes.CandidateTag, "candidates")):
            assert tags[kind], kind
            for tag in tags[kind]:
                has_shape(tag, shape)
                has_shape(tag["mentions"][0], shapes.Mention)
    bad = tmp_path / "bad.jsonl"
    bad.write_text("no record\n", encoding="utf-8")
    faults = []
    with fihris.ArticleReader(bad, on_fault=faults.append) as reader:
        assert list(reader) == []
        has_shape(reader.marks()[0], shapes.Mark)
    has_shape(faults[0], shapes.ReadFault)
    with fihris.Indexer(tmp_path / "broken.idx") as indexer:
        indexer.add({"id": "1", "text": "خبر"})
    next(file for file in (tmp_path / "broken.idx").rglob("*") if file.is_file() and file.stat().st_size > 1000).write_bytes(b"x")
    has_shape(fihris.check_index(tmp_path / "broken.idx")[0], shapes.IndexFault)


def test_one_facet_may_stand_for_a_list_of_them(searcher):
    assert searcher.facets("سوريا", "faction") == searcher.facets("سوريا", ["faction"])
    asked = {"facet": "region", "below": "sy", "top": 3}
    counts = searcher.search("سوريا", facets=asked).facet("region")
    assert 0 < len(counts.values) <= 3 and all(value.id.count("/") == 1 for value in counts.values)


def test_values_of_one_facet_are_any_of_them_and_of_several_all(searcher):
    one = searcher.search("", filters={"region": "sy/idlib"}, limit=0).total
    two = searcher.search("", filters={"region": "sy/hama"}, limit=0).total
    either = searcher.search("", filters={"region": ["sy/idlib", "sy/hama"]}, limit=0, facets=["region", "faction"])
    assert max(one, two) <= either.total <= one + two
    narrowed = searcher.search("", filters={"region": ["sy/idlib"], "published": "2015"}, limit=0).total
    assert 0 < narrowed < one
    # A facet's own counts leave its own filter out: what is not chosen can still be chosen.
    alone = searcher.facets("", [{"facet": "region", "top": 0}])[0]
    filtered = searcher.facets("", [{"facet": "region", "top": 0}], filters={"region": "sy/idlib"})[0]
    assert filtered.values == alone.values


def test_relative_days_count_from_today(searcher):
    day = next(hit.date for hit in searcher.iterate("سوريا") if hit.date)
    found = searcher.search("تاريخ:أمس", today=day + datetime.timedelta(days=1), match="all")
    assert day in {hit.date for hit in found}


def test_hits_have_titles_days_and_marked_words(searcher):
    assert len(searcher) == 144
    results = searcher.search("معارك منطقة:إدلب", limit=3, facets=["faction", "published:month"])
    assert results.total > 0
    assert 0 < len(results) <= 3
    hit = results.hits[0]
    assert hit.rank == 1
    assert isinstance(hit.date, datetime.date)
    assert any(id.startswith("sy/idlib") for id, _ in hit.regions)
    marked = [hit.snippet.text[begin:end] for begin, end in hit.snippet.matches]
    assert marked == re.findall("<mark>(.*?)</mark>", hit.snippet.html)
    assert results.facet("faction").values[0].count <= results.total
    with pytest.raises(KeyError):
        results.facet("source")


def test_pages_hold_what_one_long_page_holds(searcher):
    whole = [hit.id for hit in searcher.search("سوريا", limit=1000).hits]
    assert len(whole) > 5
    assert [hit.id for hit in searcher.iterate("سوريا", page=2)] == whole
    seen = []
    assert searcher.each("سوريا", lambda hit: seen.append(hit.id)) == len(whole)
    assert sorted(seen) == sorted(whole)


def test_a_callback_that_returns_false_stops(searcher):
    assert searcher.each("سوريا", lambda hit: False) == 1


def test_an_exception_of_a_callback_comes_through(searcher):
    with pytest.raises(ZeroDivisionError):
        searcher.each("سوريا", lambda hit: 1 // 0)
    with pytest.raises(RuntimeError):
        searcher.each("سوريا", lambda hit: len(searcher))
    assert len(searcher) == 144


def test_counts_agree_with_each_other(searcher):
    timeline = searcher.timeline("سوريا")
    assert sum(count for _, count in timeline) == searcher.search("سوريا", limit=0).total
    assert [month for month, _ in timeline] == sorted(month for month, _ in timeline)
    table = searcher.cross("سوريا", ["faction", "month"])
    assert table.columns == ["faction", "faction_ar", "published", "count"]
    by_faction = {value.id: value.count for value in searcher.facets("سوريا", [{"facet": "faction", "top": 0}])[0].values}
    for faction, count in by_faction.items():
        assert sum(row["count"] for row in table if row["faction"] == faction) == count
    file = io.StringIO(newline="")
    table.to_csv(file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert len(rows) == len(table)
    assert rows[0]["faction"] == table.rows[0]["faction"]


def test_a_cross_table_is_a_data_frame(searcher):
    pandas = pytest.importorskip("pandas")
    frame = searcher.cross("سوريا", ["faction", "month"]).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["faction", "faction_ar", "published", "count"]


def test_pairs_and_places_are_found(searcher):
    pairs = searcher.cooccur("سوريا", top=5)
    assert pairs and all(pair["a"]["id"] < pair["b"]["id"] for pair in pairs)
    places = searcher.places("سوريا", top=4)
    assert len(places) == 4
    assert all(20 < place["lat"] < 45 for place in places)


def test_filters_narrow_what_matches(searcher):
    everything = searcher.search("سوريا").total
    some = searcher.search("سوريا", filters={"published": "2015-05"}).total
    assert 0 < some < everything


def test_a_watched_query_tells_news_once(searcher):
    hits, state = searcher.watch("سوريا", limit=3)
    assert len(hits) == 3
    assert searcher.watch("سوريا", state)[0] == []


def test_an_article_comes_back_as_it_was(searcher):
    first = json.loads(SAMPLE.read_text(encoding="utf-8").splitlines()[0])
    assert searcher.article(first["id"]) == first
    assert searcher.article("no such id") is None
    assert searcher.similar(first["id"]).hits[0].id != first["id"]


def test_a_query_is_explained_and_its_tree_asks_the_same(searcher):
    explained = searcher.explain("معارك أو هدنة")
    tree = json.dumps(explained["tree"], ensure_ascii=False)
    assert searcher.search(tree, tree=True).total == searcher.search("معارك أو هدنة").total


def test_errors_have_codes_and_kinds(searcher, tmp_path):
    with pytest.raises(fihris.NotFound) as missing:
        fihris.Searcher(tmp_path / "nothing")
    assert missing.value.code == fihris.ErrorCode.NOT_FOUND
    with pytest.raises(fihris.BadQuery):
        searcher.search("faction:", strict=True)
    with pytest.raises(fihris.InvalidArgument, match="limt"):
        searcher.search("x", limt=3)
    with fihris.Indexer(tmp_path / "new.idx"), pytest.raises(fihris.IndexLocked):
        fihris.Indexer(tmp_path / "new.idx")


def test_a_closed_handle_says_so(index):
    searcher = fihris.Searcher(index)
    searcher.close()
    searcher.close()
    assert searcher.closed
    with pytest.raises(ValueError, match="closed"):
        searcher.search("x")


def test_writing_is_seen_after_a_commit(tmp_path):
    path = tmp_path / "live.idx"
    day = datetime.date(2015, 5, 29)
    with fihris.Indexer(path) as indexer:
        indexer.add({"id": "1", "title": "خبر", "text": "نص الخبر", "date": day, "pages": [1, 2]})
        indexer.checkpoint = "here"
    with fihris.Searcher(path) as searcher, fihris.Indexer(path, create=False) as indexer:
        assert indexer.checkpoint == "here"
        assert searcher.article("1")["date"] == "2015-05-29"
        assert searcher.article("1")["pages"] == [1, 2]
        assert indexer.remove("1")
        assert not indexer.remove("2")
        assert not searcher.reopen()
        indexer.commit()
        assert searcher.reopen()
        assert len(searcher) == 0
    assert fihris.index_stats(path)["documents"] == 0
    assert fihris.check_index(path) == []


def test_an_exception_in_the_block_drops_what_was_added(tmp_path):
    path = tmp_path / "dropped.idx"
    with fihris.Indexer(path) as indexer:
        indexer.add({"id": "1", "text": "خبر"})
    with pytest.raises(KeyboardInterrupt), fihris.Indexer(path) as indexer:
        indexer.add({"id": "2", "text": "خبر"})
        raise KeyboardInterrupt
    assert fihris.index_stats(path)["documents"] == 1


def test_files_are_read_and_faults_told(tmp_path):
    file = tmp_path / "news.jsonl"
    file.write_text('{"id":"1","text":"خبر"}\nthis is no record\n{"id":"2","text":"نبأ"}\n', encoding="utf-8")
    faults = []
    with fihris.ArticleReader(file, on_fault=faults.append) as reader:
        assert [article["id"] for article in reader] == ["1", "2"]
        assert reader.marks()[0]["complete"]
    assert len(faults) == 1 and faults[0]["line"] == 2

    def refuse(fault):
        raise RuntimeError(fault["message"])

    with fihris.Indexer(tmp_path / "i.idx") as indexer, pytest.raises(RuntimeError):
        indexer.add_files(file, on_fault=refuse)


def test_articles_are_exported(index):
    ids = []
    fihris.export_articles(index, lambda article: ids.append(article["id"]))
    assert len(ids) == 144

    def stop(article):
        raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):
        fihris.export_articles(index, stop)


def test_offsets_are_indexes_of_the_text():
    text = "سيطرت 𝔸 جبهة النصرة أمس على مدينة أريحا"
    with fihris.Analyzer() as analyzer:
        for token in analyzer.analyze(text, explain=True):
            assert text[token.begin : token.end] == token.text
        assert analyzer.stem("والمعارك") == analyzer.stem("معركة")
        assert analyzer.explain("كتاب")[0].stem == analyzer.stem("كتاب")
    with fihris.DateReader() as dates:
        (mention,) = dates.read(text, datetime.date(2015, 4, 1))
        assert text[mention.begin : mention.end] == "أمس"
        assert mention.first == datetime.date(2015, 3, 31) and mention.interval is None
        assert dates.parse("2015-04") == (datetime.date(2015, 4, 1), datetime.date(2015, 4, 30))
        assert dates.parse("كتاب") is None
    with fihris.Tagger() as tagger:
        tags = tagger.tag({"title": "", "text": text, "date": "2015-04-01"}, explain=True)
        assert "nusra-front" in [tag["id"] for tag in tags["factions"]]
        for tag in tags["factions"] + tags["regions"] + tags["dates"]:
            for mention in tag["mentions"]:
                assert text[mention["begin"] : mention["end"]] == mention["text"]
    assert fihris.fold("إدلبُ") == "ادلب"


def test_entities_are_looked_up(tmp_path):
    with fihris.Authority() as authority:
        assert authority.size("faction") > 100
        assert authority.find("faction", "nusra-front")["ar"]
        assert authority.find("region", "nowhere") is None
        assert "sy/idlib" in authority.children("region", "sy")
        assert authority.ancestors("region", "sy/idlib") == ["sy"]
        assert authority.resolve("faction", "جبهة النصرة")[0]["id"] == "nusra-front"
    own = tmp_path / "own.tsv"
    own.write_text("id\tkind\tcountry\tar\ten\tnames\tparent\tmember_of\nx-press\tgroup\tSY\tفريق التحرير\tX\tفريق التحرير\t\t\n", encoding="utf-8")
    assert fihris.check_authority([own]) == []
    with fihris.Authority([own]) as mine:
        assert mine.find("faction", "x-press")["en"] == "X"


def test_many_threads_ask_one_searcher(searcher):
    found = []

    def ask():
        for _ in range(5):
            found.append(searcher.search("سوريا", limit=1).total)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20 and len(set(found)) == 1
