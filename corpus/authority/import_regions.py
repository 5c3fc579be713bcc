#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes regions.tsv, the authority file of places, from open gazetteers and regions-curated.tsv.

usage: import_regions.py SOURCES [--curated FILE] [--common FILE] [--output FILE]

SOURCES is a folder with wof/<cc>.tsv (extracts of Who's On First: id, type, parent_id, region_id,
county_id, lat, lon, name_en, name_ar, variants_ar, variants_latin, population, geonames_id,
wikidata_id, iso, is_current), countries.tsv (code, iso3, name_en, name_ar, variants_ar) and
world-cities.tsv (geonames_id, name_ar, name_en, country, admin1_code, feature_code, population,
lat, lon).  All are UTF-8 TSV with a header line.

A row of the curated file wins over a source row for the same place: its filled cells replace those
of the source, its empty cells are taken from the source.  Which source row that is, is found by
country, level, name and place (see `Importer.claim`).  The same input gives the same bytes.
"""
import argparse
import collections
import csv
import os
import re
import sys

from region_names import (GENERIC_ADMIN, GENERIC_PLACE, GENERIC_WORD, PRECINCT, clash_key, clean,
                          distance_km, fold, inside, is_person, key_of, marks_of, number,
                          plain_latin, romanize, slug, split, strip_marks, useless)

HEAD = """\
# Places: the authority file of regions. Made by import_regions.py from open gazetteers and
# regions-curated.tsv: change that file, not this one. Origin, licences and marks: ../README.md.
# id: country / governorate / district / place, in lower-case ASCII; the part before the last slash is
#   the parent. A governorate, its district and its city of one name are three rows: sy/idlib,
#   sy/idlib/idlib, sy/idlib/idlib/idlib (where there is no such district: ly/benghazi/benghazi). Quarters
#   hang under their city, places of unknown district under the governorate or the country, what lies in
#   several countries under xx. Where two places would have one id, the smaller bears its GeoNames or
#   Who's On First number.
# kind: country, admin1, admin2, city, town, village, quarter, camp (of refugees), natural, area, crossing,
#   base, facility, sea, river, continent.
# names: further names, divided by |, each with its marks in brackets; marks: those of the name in ar.
#   context (an ordinary word or a person's name as well: counts only with evidence), ambiguous (several
#   bearers), query (understood in queries, not looked for in texts: «شمال العراق» speaks of the country),
#   pejorative, capital-for-government (often stands for its government).
# lat, lon: degrees (WGS 84), of natural areas approximate; population: of differing years, 0 unknown.
"""
COLUMNS = ("id kind country ar en names marks lat lon population geonames wikidata").split()
HERE = os.path.dirname(os.path.abspath(__file__))

# Codes of countries.tsv that are no territory of their own (organisations, test locales, islets).
NO_COUNTRY = set("AC CP CQ DG EA EU EZ IC QO TA UM UN XA XB ZZ".split())
ADMIN_KINDS = {"country", "admin1", "admin2"}
POINT_KINDS = {"city", "town", "village", "quarter", "camp", "base", "facility", "crossing"}
SMALL_KINDS = {"village", "quarter", "camp"}
WORLD_CITY_MIN_POPULATION = 50_000
CITY_POPULATION = 100_000
TOWN_POPULATION = 10_000


def read_tsv(path):
    with open(path, encoding="utf-8") as f:
        rows = (line for line in f if line.strip() and not line.startswith("#"))
        return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


class Place:
    """One row on its way to the output; `pos` is (lat, lon) or None, `names` are plain strings."""

    def __init__(self, level, country, ar, en, names=(), pos=None, population=0, geonames="",
                 wikidata="", source=""):
        self.level = level  # country, admin1, admin2, place, quarter
        self.country = country
        self.ar = ar
        self.en = en
        self.names = list(names)
        self.pos = pos
        self.population = population
        self.geonames = geonames
        self.wikidata = wikidata
        self.source = source  # number that makes an id unique, when the readable part is not
        self.id = ""
        self.kind = ""
        self.marks = set()
        self.region = self.county = None  # Place
        self.curated = False
        self.names_curated = False

    def keys(self):
        return {fold(n) for n in [self.ar] + self.names if n} - {""}


class Importer:
    def __init__(self, sources, curated, common):
        self.sources = sources
        self.curated_rows = read_tsv(curated) if curated else []
        words = read_tsv(common) if common else []
        self.common = {r["word"] for r in words}
        self.common_everywhere = {r["word"] for r in words if r["reach"] == "all"}
        self.rows = {}
        self.capitals = set()  # GeoNames ids
        self.spellings = set()  # (id, name) of the names that add_spellings made

    # --- reading ---------------------------------------------------------------------------

    def read_countries(self):
        for r in read_tsv(os.path.join(self.sources, "countries.tsv")):
            code = r["code"]
            if code.isdigit() or code in NO_COUNTRY:
                continue
            # Variants with a shadda come from a list under another licence: left out.
            names = [n for n in (r["variants_ar"] or "").split("|")
                     if n and "\u0651" not in n and not re.search("[(،]", n)]
            p = Place("country", code, clean(r["name_ar"]), r["name_en"], map(clean, names))
            p.kind = "country"
            p.id = code.lower()
            yield p

    def read_wof(self, code):
        by_id = {}
        rows = read_tsv(os.path.join(self.sources, "wof", code + ".tsv"))
        levels = {"region": "admin1", "county": "admin2", "locality": "place",
                  "localadmin": "place", "neighbourhood": "quarter"}
        for r in rows:
            if r["type"] not in levels:
                continue
            level = levels[r["type"]]
            lat, lon = number(r["lat"]), number(r["lon"])
            if lat is None or not inside(code, lat, lon):
                continue
            generic = GENERIC_ADMIN if level.startswith("admin") else GENERIC_PLACE
            ar = generic.sub("", clean(r["name_ar"]))
            if level in ("place", "quarter") and useless(ar):
                continue
            # The source gives villages of South Sudan the names of their namesakes: Bologna, Oman, «راهبة» for Nun.
            if level == "place" and code == "ss" and not number(r["population"]):
                continue
            if level == "admin2" and PRECINCT.search(ar):
                ar = ""
            names = [generic.sub("", clean(n)) for n in (r["variants_ar"] or "").split("|") if n]
            names = [n for n in names if len(n) > 1 and not re.search(r"[0-9٠-٩۰-۹a-zA-Z/;]", n)]
            p = Place(level, code.upper(), ar, self.english(r), names,
                      (lat, lon), int(number(r["population"]) or 0),
                      r["geonames_id"] or "", r["wikidata_id"] or "", r["geonames_id"] or r["id"])
            p.parent_source, p.region_source = r["parent_id"], r["region_id"]
            p.county_source = r["county_id"]
            by_id[r["id"]] = p
        for p in by_id.values():
            region, county = by_id.get(p.region_source), by_id.get(p.county_source)
            p.region = region if region and region.level == "admin1" and region is not p else None
            p.county = county if county and county.level == "admin2" and county is not p else None
            if p.county and p.region is None:
                p.region = by_id.get(p.county.region_source)
            parent = by_id.get(p.parent_source)
            p.town = parent if p.level == "quarter" and parent and parent.level == "place" else None
        return list(by_id.values())

    @staticmethod
    def english(row):
        """The usual English name; where the source has none, the Arabic one spelt in Latin."""
        name = re.sub(r"\(.*?\)", "", row["name_en"] or romanize(row["name_ar"]).title()).replace("`", "'").strip()
        return re.sub(r" (Province|Governorate|State|Region|District)$", "", plain_latin(name))

    # --- mending ---------------------------------------------------------------------------

    def mend_parents(self, places):
        """Gives places without a district (or amid another's) the one of their neighbours."""
        grid = collections.defaultdict(list)
        for p in places:
            if p.pos and p.region:
                grid[int(p.pos[0] * 10), int(p.pos[1] * 10)].append(p)
        changes = []
        for p in places:
            if not p.pos:
                continue
            y, x = int(p.pos[0] * 10), int(p.pos[1] * 10)
            near = sorted(((distance_km(p.pos, q.pos), q.source, q) for dy in (-1, 0, 1)
                           for dx in (-1, 0, 1) for q in grid[y + dy, x + dx] if q is not p),
                          key=lambda t: t[:2])[:7]
            votes = collections.Counter(q.region.source for _, _, q in near)
            if not votes:
                continue
            best, n = sorted(votes.items(), key=lambda t: (-t[1], t[0]))[0]
            if p.region is None or (best != p.region.source and n >= 7):
                donor = next(q for _, _, q in near if q.region.source == best)
                changes.append((p, donor))
            elif p.county is None and p.level == "place":
                donor = next((q for _, _, q in near if q.county and q.region is p.region), None)
                if donor:
                    changes.append((p, donor))
        for p, donor in changes:
            p.region, p.county = donor.region, donor.county
        return len(changes)

    @staticmethod
    def merge_doubles(places):
        """Drops a place within 3 km (villages: 8 km, they cannot be told apart) of a namesake."""
        groups = collections.defaultdict(list)
        for p in sorted(places, key=lambda p: (p.level != "place", -p.population, p.source)):
            groups[p.country, fold(p.ar)].append(p)
        out = []
        for group in groups.values():
            kept = []
            for p in group:
                twin = next((k for k in kept if p.pos and k.pos and
                             distance_km(p.pos, k.pos) < (3 if p.population else 8)),
                            None)
                if twin is None:
                    kept.append(p)
                    continue
                twin.names += p.names
                twin.population = max(twin.population, p.population)
                twin.geonames = twin.geonames or p.geonames
                twin.wikidata = twin.wikidata or p.wikidata
                p.merged_into = twin
            out += kept
        return out

    # --- curated rows ----------------------------------------------------------------------

    def claim(self, row, pool):
        """The source place that a curated row stands for, or None.

        Same country, a level that fits the kind and a common name; then the nearest within the
        reach of the kind, or, when the row has no position, the most populous under its parent."""
        kind = row["kind"]
        if kind in ("admin1", "admin2"):
            levels, reach = {kind}, 300 if kind == "admin1" else 120
        elif kind in POINT_KINDS:
            levels, reach = {"place", "quarter"}, {"city": 35, "town": 15}.get(kind, 8)
        else:
            return None
        country = row["country"]
        wanted = {fold(strip_marks(n)) for n in [row["ar"]] + split(row["names"])} - {""}
        lat, lon = number(row["lat"]), number(row["lon"])
        tail = row["id"].rsplit("/", 1)[-1]
        found = []
        for key in sorted(wanted | {"=" + tail, "=" + slug(row["en"])}):
            for p in pool.get((country, key), ()):
                if p.level not in levels or p.id or p in found:
                    continue
                if kind == "admin2" and p.region and p.region.id != row["id"].rsplit("/", 1)[0]:
                    continue
                if key.startswith("=") and kind not in ("admin1", "admin2") and \
                        (lat is None or kind not in ("city", "town")):
                    continue
                found.append(p)
        if lat is not None:
            found = [(distance_km((lat, lon), p.pos), p.source, p) for p in found if p.pos]
            found = sorted((t for t in found if t[0] <= reach),
                           key=lambda t: (t[0] - (8 if t[2].population > 5000 else 0), t[1]))
            return found[0][2] if found else None
        if kind in ("admin1", "admin2"):
            return min(found, key=lambda p: (fold(p.ar) != fold(row["ar"]), p.source)) \
                if found else None
        parts = row["id"].split("/")
        near = [p for p in found
                if (len(parts) < 3 or (p.region and p.region.id == "/".join(parts[:2])))]
        near = [p for p in near if len(parts) < 4 or not p.county
                or p.county.id == "/".join(parts[:3])] or near
        return min(near, key=lambda p: (-p.population, p.source)) if near else None

    def apply_curated(self, kinds, places):
        pool = collections.defaultdict(list)
        for p in places:
            for key in p.keys() | {"=" + slug(p.en)}:
                pool[p.country, key].append(p)
        for row in self.curated_rows:
            if row["kind"] not in kinds:
                continue
            source = self.claim(row, pool)
            if row["id"] in self.rows:  # countries: filled cells win
                source = self.rows[row["id"]]
            p = source or Place(row["kind"] if row["kind"] in ADMIN_KINDS else "place",
                                row["country"], "", "")
            p.curated = True
            p.id, p.kind, p.country = row["id"], row["kind"], row["country"]
            p.ar = row["ar"] or p.ar
            p.en = row["en"] or p.en
            p.marks = set(split(row["marks"], ","))
            if row["names"]:
                p.names, p.names_curated = split(row["names"]), True
            if row["lat"] and (p.pos is None or p.level in ADMIN_KINDS):
                p.pos = (float(row["lat"]), float(row["lon"]))
            p.population = int(row["population"] or p.population)
            p.geonames = row["geonames"] or p.geonames
            p.wikidata = row["wikidata"] or p.wikidata
            self.rows[p.id] = p

    def drop_shadows(self, places):
        """Source places that are a curated place over again: its name, not 12 km away."""
        curated = collections.defaultdict(list)
        for p in self.rows.values():
            if p.curated and p.pos and (p.kind in POINT_KINDS or p.kind == "area"):
                for key in p.keys():
                    curated[p.country, key].append(p)
        out = []
        for p in places:
            near = [] if p.id or not p.pos else \
                [q for q in curated[p.country, fold(p.ar)] if distance_km(p.pos, q.pos) < 12]
            if near:
                p.merged_into = near[0]
                near[0].population = max(near[0].population, p.population)
                near[0].geonames = near[0].geonames or p.geonames
                near[0].wikidata = near[0].wikidata or p.wikidata
            else:
                out.append(p)
        return out

    # --- ids, kinds, marks -----------------------------------------------------------------

    def give_id(self, p, parent):
        name = slug(p.en) or slug(romanize(p.ar)) or p.source
        p.id = f"{parent}/{name}"
        if p.id in self.rows:
            p.id += "-" + p.source
        self.rows[p.id] = p

    def tidy_names(self):
        """Drops names that only folding or a generic word tells from another of the row."""
        canonical = collections.defaultdict(list)
        for p in self.rows.values():
            canonical[p.country, key_of(p.ar)].append(p)
        countries = {key_of(p.ar) for p in self.rows.values() if p.kind == "country"}
        for p in self.rows.values():
            seen, names = {key_of(p.ar), ""}, []
            for n in p.names:
                key = key_of(strip_marks(n)) if re.search("[\u0600-\u06ff]", n) else n.lower()
                if key in seen:
                    continue
                if not p.names_curated:
                    others = canonical[p.country, key] if p.level.startswith("admin") else ()
                    if key in countries or GENERIC_WORD.match(key) or \
                            any(q.level != p.level or q is not p for q in others):
                        continue  # the capital's name given as a variant of its province
                seen.add(key)
                names.append(n)
            p.names = names if p.names_curated else names[:3]

    def set_kinds(self):
        seats = {(p.country, fold(p.ar)): p for p in self.rows.values() if p.level == "admin2"}
        capitals = {(p.country, fold(p.ar)): p for p in self.rows.values() if p.level == "admin1"}
        for p in self.rows.values():
            if p.kind:
                continue
            if p.level in ADMIN_KINDS:
                p.kind = p.level
            elif p.ar.startswith("مخيم "):
                p.kind = "camp"
            elif p.level == "quarter":
                p.kind = "quarter"
            else:
                def seat(of, km):
                    s = of.get((p.country, fold(p.ar)))
                    return s and s.pos and p.pos and distance_km(s.pos, p.pos) < km and \
                        p.id.startswith(s.id + "/")
                if p.population >= CITY_POPULATION or (seat(capitals, 150) and
                                                       p.population >= TOWN_POPULATION):
                    p.kind = "city"
                elif p.population >= TOWN_POPULATION or seat(seats, 30):
                    p.kind = "town"
                else:
                    p.kind = "village"

    def needs_context(self, p):
        """Whether a source place of low rank has the name of an ordinary word or a person."""
        if p.curated or p.kind == "country":
            return False
        key = key_of(p.ar)
        if key in self.common_everywhere:
            return True
        if p.kind in ("town", "admin2"):
            return is_person(key)
        return p.kind in SMALL_KINDS and (
            key in self.common or len(key.removeprefix("ال")) <= 3 or is_person(key))

    def add_spellings(self, arabic):
        """Gives places outside the countries `arabic`, whose G the sources write «غ», the «ج» of Egypt and the Gulf."""
        for p in self.rows.values():
            if p.country.lower() in arabic or p.kind not in ("city", "town", "admin1"):
                continue
            known = {key_of(strip_marks(n)) for n in [p.ar] + p.names}
            for n in [p.ar] + p.names:
                spelling = n.replace("غ", "ج")
                if "غ" in n and "[" not in n and len(n) > 5 and key_of(spelling) not in known:
                    known.add(key_of(spelling))
                    self.spellings.add((p.id, spelling))
                    p.names.append(spelling)

    def set_marks(self):
        bearers = collections.defaultdict(set)
        for p in self.rows.values():
            for n in [p.ar] + p.names:
                if re.search("[\u0600-\u06ff]", n):
                    bearers[clash_key(strip_marks(n))].add(p.id)

        def shared(key, pid):
            return any(not (q == pid or q.startswith(pid + "/") or pid.startswith(q + "/"))
                       for q in bearers[key])

        # «مانشستر» in England needs evidence, so its namesakes do.
        famous = {clash_key(p.ar) for p in self.rows.values()
                  if p.curated and "context" in p.marks and p.kind in ("city", "town")}
        for p in self.rows.values():
            if self.needs_context(p) or (not p.curated and p.kind in ("city", "town") and
                                         clash_key(p.ar) in famous):
                p.marks.add("context")
            if p.geonames and p.geonames in self.capitals and p.kind in ("city", "town"):
                p.marks.add("capital-for-government")
            if shared(clash_key(p.ar), p.id):
                p.marks.add("ambiguous")
            names = []
            for n in p.names:
                base, marks = strip_marks(n), set(marks_of(n))
                key = key_of(base)
                if re.search("[\u0600-\u06ff]", base):
                    if shared(clash_key(base), p.id):
                        marks.add("ambiguous")
                    if "context" in p.marks and (p.id, n) in self.spellings:
                        marks.add("context")
                    small = p.kind in SMALL_KINDS
                    if not p.names_curated and (key in (self.common if small else self.common_everywhere)
                                          or (small and (len(key) <= 3 or is_person(key)))):
                        marks.add("context")
                names.append(base + (f"[{','.join(sorted(marks))}]" if marks else ""))
            p.names = names

    # --- all -------------------------------------------------------------------------------

    def run(self):
        for p in self.read_countries():
            self.rows[p.id] = p
        codes = sorted(f[:-4] for f in os.listdir(os.path.join(self.sources, "wof"))
                       if f.endswith(".tsv"))
        source = [p for code in codes for p in self.read_wof(code)]
        populations = {}
        cities = read_tsv(os.path.join(self.sources, "world-cities.tsv"))
        for r in cities:
            populations[r["geonames_id"]] = int(number(r["population"]) or 0)
        for p in source:
            p.population = max(p.population, populations.get(p.geonames, 0)) \
                if p.level == "place" else p.population
        regions = [p for p in source if p.level == "admin1"]
        counties = [p for p in source if p.level == "admin2"]
        places = [p for p in source if p.level in ("place", "quarter")]
        self.mend_parents(places)
        places = self.merge_doubles(places)
        known = {p.geonames for p in source if p.level == "place"}
        self.capitals = {r["geonames_id"] for r in cities if r["feature_code"] == "PPLC"}
        for r in cities:
            p = Place("place", r["country"], clean(r["name_ar"]), r["name_en"], (),
                      (float(r["lat"]), float(r["lon"])), populations[r["geonames_id"]],
                      r["geonames_id"], "", r["geonames_id"])
            big = p.population >= WORLD_CITY_MIN_POPULATION or r["feature_code"] == "PPLC"
            if big and p.geonames not in known and len(fold(p.ar)) > 2 and not useless(p.ar):
                places.append(p)

        self.apply_curated({"country", "continent"}, [])
        self.apply_curated({"admin1"}, regions)
        for p in regions:
            if not p.id and p.ar:
                self.give_id(p, p.country.lower())
        self.apply_curated({"admin2"}, counties)
        for p in counties:
            region = p.region if p.region and p.region.id else None
            if region and fold(p.ar) == fold(region.ar) and \
                    sum(q.region is region for q in counties) == 1:
                continue  # the whole region over again
            if not p.id and p.ar and region:
                self.give_id(p, region.id)
        rest = {r["kind"] for r in self.curated_rows} - ADMIN_KINDS - {"continent"}
        self.apply_curated(rest, places)
        places = self.drop_shadows(places)
        order = {"place": 0, "quarter": 1}
        for p in sorted(places, key=lambda p: (order[p.level], -p.population, p.source)):
            if p.id:
                continue
            parent = p.country.lower()
            for q in (getattr(p, "town", None), p.county, p.region):
                while q is not None and getattr(q, "merged_into", None):
                    q = q.merged_into
                if q is not None and q.id and q.id.startswith(p.country.lower()):
                    parent = q.id
                    break
            self.give_id(p, parent)
        self.tidy_names()
        self.set_kinds()
        self.add_spellings({code for code in codes if code != "ss"})
        self.set_marks()

    def write(self, path):
        with open(path, "w", encoding="utf-8", newline="\n") as f:
            f.write(HEAD)
            f.write("\t".join(COLUMNS) + "\n")
            for pid in sorted(self.rows):
                p = self.rows[pid]
                lat, lon = ("", "") if p.pos is None else (
                    f"{c:.3f}".rstrip("0").rstrip(".") for c in p.pos)
                f.write("\t".join([pid, p.kind, p.country, p.ar, p.en, "|".join(p.names),
                                   ",".join(sorted(p.marks)), lat, lon,
                                   str(p.population or ""), p.geonames, p.wikidata]) + "\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("sources")
    ap.add_argument("--curated", default=os.path.join(HERE, "regions-curated.tsv"))
    ap.add_argument("--common", default=os.path.join(HERE, "common-words.tsv"))
    ap.add_argument("--output", default=os.path.join(HERE, "regions.tsv"))
    a = ap.parse_args()
    imp = Importer(a.sources, a.curated if os.path.exists(a.curated) else None,
                   a.common if os.path.exists(a.common) else None)
    imp.run()
    imp.write(a.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
