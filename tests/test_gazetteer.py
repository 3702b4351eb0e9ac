"""The shipped places and actors, against the article and against the registers they name.

Read with a plain YAML loader, so that a fault of our own reader cannot hide one of the data.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from shapely.geometry import Point, box, shape
from shapely.ops import unary_union

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"
ARTICLE = DATA / "articles" / "2021-daraa-offensive" / "article.txt"

needs_shared = pytest.mark.skipif(
    not (SHARED / "gazetteer").is_dir() or not (SHARED / "map").is_dir(),
    reason="the registers and boundaries that places.yaml was made from are not distributed with it",
)

# ------------------------------------------------------------------------------- reading


class Fact(NamedTuple):
    """One value of one property of one thing, and the source that gives it."""

    subject: str
    key: str
    value: str
    source: str


def load(name: str) -> dict[str, Any]:
    text = (DATA / name).read_text(encoding="utf-8")
    # BaseLoader makes nothing but strings, lists and mappings.
    document: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    return document


def facts(document: dict[str, Any]) -> list[Fact]:
    found = []
    for entry in document["entries"]:
        for node in entry["states"]:
            for key, value in node.items():
                values = value if isinstance(value, list) else [value]
                found += [Fact(node["id"], key, one, entry["source"]) for one in values]
    return found


PLACES = load("places.yaml")
ACTORS = load("actors.yaml")
PLACE_FACTS = facts(PLACES)
ACTOR_FACTS = facts(ACTORS)
ALL_FACTS = PLACE_FACTS + ACTOR_FACTS


def values(subject: str, key: str) -> list[str]:
    return [fact.value for fact in ALL_FACTS if fact.subject == subject and fact.key == key]


def subjects(key: str) -> list[str]:
    return sorted({fact.subject for fact in ALL_FACTS if fact.key == key})


# ---------------------------------------------------------- the article's names, counted by hand

# Every name of a place in the article and how often it stands there, longest name first
# ("Daraa al-Balad" is not counted again under "Daraa"); then what it may name.
PLACE_NAMES: dict[str, tuple[int, tuple[str, ...]]] = {
    "north-western countryside of Daraa": (1, ("north-western-daraa-countryside",)),
    "eastern Daraa countryside": (1, ("eastern-daraa-countryside",)),
    "west of Daraa countryside": (1, ("western-daraa-countryside",)),
    "Daraa Governorate": (2, ("daraa-governorate",)),
    "Daraa province": (1, ("daraa-governorate",)),
    "Daraa city": (2, ("daraa",)),
    "Daraa al-Balad": (12, ("daraa-al-balad",)),
    "al-Balad": (2, ("daraa-al-balad",)),
    "Darás": (1, ("daraa",)),
    "Daraa": (6, ("daraa", "daraa-governorate")),
    "al-Mansheya area": (1, ("al-mansheya",)),
    "al-Kaziyah": (1, ("al-kaziyah",)),
    "Nawa": (2, ("nawa",)),
    "Jasim": (1, ("jasim",)),
    "Muzayrib": (1, ("muzayrib",)),
    "near Tafas": (1, ("near-tafas",)),
    "Tafas city": (1, ("tafas",)),
    "al-Shajara": (1, ("al-shajara",)),
    "Nahtah": (2, ("nahtah",)),
    "Basr al-Harir": (1, ("basr-al-harir",)),
    "Maskin city": (1, ("sheikh-maskeen",)),
    "Sheikh Maskeen": (1, ("sheikh-maskeen",)),
    "al-Sanamayn city": (1, ("al-sanamayn",)),
    "al-Shabrouq road": (1, ("al-shabrouq-road",)),
    "Nafaa": (1, ("nafaa",)),
    "Ain Zakr": (1, ("ain-zakr",)),
    "al-Ruba’i checkpoint": (1, ("al-rubai-checkpoint",)),
    "al-Msifrah": (1, ("al-msifrah",)),
    "al-Jizah": (1, ("al-jizah",)),
    "Idlib Governorate": (2, ("idlib-governorate",)),
    "Idlib": (2, ("idlib", "idlib-governorate")),
    "al-Bab": (1, ("al-bab",)),
    "main road connecting Arbin, Mesraba and Madira": (1, ("road-arbin-mesraba-madira",)),
    "Ghouta region": (1, ("ghouta",)),
    "Rif Dimashq": (1, ("rif-dimashq",)),
    "Syria's North": (1, ("syrias-north",)),
    "Syria": (1, ("syria",)),
}

# Names that stand inside a longer one of the list above, or that it words as a whole phrase.
NAMES_INSIDE = {
    "Tafas": "tafas",
    "Maskin": "sheikh-maskeen",
    "al-Sanamayn": "al-sanamayn",
    "al-Mansheya": "al-mansheya",
    "Arbin": "arbin",
    "Mesraba": "mesraba",
    "Madira": "madira",
    "Ghouta": "ghouta",
}

ACTOR_NAMES: dict[str, tuple[int, str]] = {
    "Syrian Observatory for Human Rights": (1, "sohr"),
    "pro-government media": (1, "pro-government-media"),
    "Military Intelligence Directorate": (2, "military-intelligence-directorate"),
    "Air Force Intelligence Directorate": (2, "air-force-intelligence-directorate"),
    "Russian military police": (2, "russian-military-police"),
    "Syrian state security": (1, "syrian-state-security"),
    "Syrian state forces": (1, "syrian-state-security"),
    "Syrian Armed Forces": (1, "syrian-armed-forces"),
    "Syrian Armed forces": (2, "syrian-armed-forces"),
    "Syrian Government": (1, "syrian-government"),
    "Syrian government": (4, "syrian-government"),
    "Syrian Army": (10, "syrian-army"),  # and once more inside "Free Syrian Army"
    "Syrian army": (9, "syrian-army"),
    "4th Division": (3, "4th-division"),
    "5th Division": (2, "5th-division"),
    "9th Division": (2, "9th-division"),
    "112th Brigade": (1, "112th-brigade"),
    "5th Assault Corps": (1, "5th-corps"),
    "5th Corps": (1, "5th-corps"),
    "8th Brigade": (1, "8th-brigade"),
    "Free Syrian Army": (1, "free-syrian-army"),
    "FSA": (1, "free-syrian-army"),
    "Ahmad al-Awda": (1, "ahmad-al-awda"),
    "Firas Issa": (1, "firas-issa"),
    # The infobox writes it once more, run together with "KIA".
    "Mohamed Hilal Zatima": (2, "mohamed-hilal-zatima"),
    "Central Committee": (1, "central-committee"),
    "negotiation committees of Daraa": (1, "negotiation-committees-of-daraa"),
    "the Russians": (2, "russia"),
    "Russia": (1, "russia"),
}

EVENT_NAMES = {"2021 Daraa offensive": 2, "Daraa insurgency": 2, "March 2020 Daraa clashes": 1}

# Capitalised, and no name of a place or an actor: the infobox's keys, the first words of sentences,
# months, adjectives, and words of the article's own making.
OTHER_CAPITALS = """
Infobox Partof Date Place Territory Result Combatant1 Combatant2 Commander1 Commander2 Units1
Units2 Casualties1 Casualties2 Casualties3 Background Clashes Reactions See
The Therefore Reconciliation Those Despite This By Following As After According However In Anti
While Overall Both On There Between These Fierce Protests Rebels Reconciled Armed Unknown
Unnamed BrigadierKIA KIA IED A
March June July August September
Syrian Russian
"""


def name_pattern(names: list[str]) -> re.Pattern[str]:
    """One pattern for all names, the longest first; "KIA" may stick to a name (infobox)."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(
        r"(?<![\w’-])(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?=KIA|\b)"
    )


def all_names() -> dict[str, int]:
    counts = {name: count for name, (count, _) in PLACE_NAMES.items()}
    counts |= {name: count for name, (count, _) in ACTOR_NAMES.items()}
    return counts | EVENT_NAMES


def test_the_names_stand_in_the_article_as_often_as_counted() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    counted = Counter(name_pattern(list(all_names())).findall(text))
    assert dict(counted) == all_names()


def test_no_capitalised_word_of_the_article_is_overlooked() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    rest = name_pattern(list(all_names())).sub("~", text)
    words = set(re.findall(r"(?:al-)?[A-ZÀ-Þ][\w’]*", rest))
    assert words == set(OTHER_CAPITALS.split())


def test_every_place_name_of_the_article_is_a_spelling_of_its_place() -> None:
    expected = {(name, f"kg:place/{id_}") for name, (_, ids) in PLACE_NAMES.items() for id_ in ids}
    expected |= {(name, f"kg:place/{id_}") for name, id_ in NAMES_INSIDE.items()}
    spelled = {(f.value, f.subject) for f in PLACE_FACTS if f.key in {"label", "altLabel"}}
    assert expected - spelled == set()


def test_every_actor_name_of_the_article_is_a_spelling_of_its_actor() -> None:
    expected = {(name, f"kg:actor/{id_}") for name, (_, id_) in ACTOR_NAMES.items()}
    spelled = {(f.value, f.subject) for f in ACTOR_FACTS if f.key in {"label", "altLabel"}}
    assert expected - spelled == set()


def test_an_alternative_label_is_a_spelling_that_an_article_uses() -> None:
    texts = "\n".join(p.read_text(encoding="utf-8") for p in DATA.glob("articles/*/article.txt"))
    unused = [f for f in ALL_FACTS if f.key == "altLabel" and f.value not in texts]
    assert unused == []


# ------------------------------------------------------------------------------ the two files


@pytest.mark.parametrize("document", [PLACES, ACTORS], ids=["places", "actors"])
class TestAFileOfEntries:
    def test_declares_the_sources_it_uses_and_uses_those_it_declares(
        self, document: dict[str, Any]
    ) -> None:
        declared = [source["id"] for source in document["sources"]]
        assert len(declared) == len(set(declared))
        assert {entry["source"] for entry in document["entries"]} == set(declared)

    def test_credits_every_source(self, document: dict[str, Any]) -> None:
        assert all(source["label"] and source["attribution"] for source in document["sources"])

    def test_gives_the_reason_of_every_entry(self, document: dict[str, Any]) -> None:
        assert all(entry.get("because", "").strip() for entry in document["entries"])

    def test_gives_each_thing_one_kind_and_one_name(self, document: dict[str, Any]) -> None:
        found = facts(document)
        for subject in {fact.subject for fact in found}:
            assert len(values(subject, "type")) == 1, subject
            assert len(values(subject, "label")) == 1, subject

    def test_names_and_judgements_are_the_editors(self, document: dict[str, Any]) -> None:
        ours = {"type", "label", "altLabel", "note", "near", "between", "accuracy"}
        taken = {"latitude", "longitude", "west", "south", "east", "north", *IDENTIFIERS}
        for fact in facts(document):
            if fact.key in ours:
                assert fact.source == "kg:source/editors", fact
            if fact.key in taken:
                assert fact.source != "kg:source/editors", fact

    def test_says_nothing_twice(self, document: dict[str, Any]) -> None:
        said = Counter(fact[:3] for fact in facts(document) if fact.key != "id")
        assert [fact for fact, times in said.items() if times > 1] == []

    def test_ids_are_kebab_case(self, document: dict[str, Any]) -> None:
        for subject in {fact.subject for fact in facts(document)}:
            assert re.fullmatch(r"kg:(place|actor)/[a-z0-9]+(-[a-z0-9]+)*", subject), subject


IDENTIFIERS = ("geonamesId", "pcode", "iso3166", "wikidataId", "wikipediaTitle")


def test_a_source_of_both_files_is_described_alike() -> None:
    places = {source["id"]: source for source in PLACES["sources"]}
    actors = {source["id"]: source for source in ACTORS["sources"]}
    assert all(places[one] == actors[one] for one in places.keys() & actors.keys())


def test_every_source_is_credited_in_the_licence_file() -> None:
    text = (DATA / "LICENSE-DATA.md").read_text(encoding="utf-8")
    for document in (PLACES, ACTORS):
        for source in document["sources"]:
            assert f"`{source['id']}`" in text
            assert source.get("license", "") in text


def test_an_alternative_label_differs_from_the_label() -> None:
    for subject in subjects("altLabel"):
        assert not set(values(subject, "label")) & set(values(subject, "altLabel")), subject


def test_places_lie_in_or_near_places_that_are_declared() -> None:
    declared = set(subjects("type"))
    links = [fact for fact in ALL_FACTS if fact.key in {"within", "near", "between"}]
    assert {fact.value for fact in links} <= declared
    assert all(fact.value != fact.subject for fact in links)


def test_a_point_has_both_coordinates_and_an_accuracy() -> None:
    assert subjects("latitude") == subjects("longitude") == subjects("accuracy")
    for subject in subjects("latitude"):
        for key in ("latitude", "longitude", "accuracy"):
            assert len(values(subject, key)) == 1, (subject, key)


def test_roads_regions_and_the_checkpoint_have_no_point() -> None:
    lines_and_areas = {"Road", "Region", "Checkpoint", "Vicinity", "Locality"}
    assert {values(s, "type")[0] for s in subjects("latitude")} & lines_and_areas == set()


def test_numbers_are_plain_decimals() -> None:
    keys = {"latitude", "longitude", "west", "south", "east", "north", "accuracy"}
    numbers = [fact.value for fact in ALL_FACTS if fact.key in keys]
    assert all(re.fullmatch(r"\d+(\.\d+)?", number) for number in numbers)


def test_points_and_extents_lie_in_the_extents_of_what_contains_them() -> None:
    checked = 0
    for subject in subjects("within"):
        for container in containers(subject):
            if not values(container, "west"):
                continue
            outer = extent(container)
            if values(subject, "latitude"):
                assert outer.covers(point(subject)), (subject, container)
                checked += 1
            if values(subject, "west"):
                assert outer.covers(extent(subject)), (subject, container)
    assert checked > 20


def containers(subject: str) -> set[str]:
    found: set[str] = set()
    waiting = values(subject, "within")
    while waiting:
        container = waiting.pop()
        if container not in found:
            found.add(container)
            waiting += values(container, "within")
    return found


def point(subject: str) -> BaseGeometry:
    return Point(float(values(subject, "longitude")[0]), float(values(subject, "latitude")[0]))


def extent(subject: str) -> BaseGeometry:
    west, south, east, north = (
        float(values(subject, key)[0]) for key in ("west", "south", "east", "north")
    )
    return box(west, south, east, north)


# ------------------------------------------------------------------- the gazetteer's own rows

# Which row of the gazetteer each place was read from.
ROW_OF_PLACE = {
    "daraa": "Daraa",
    "daraa-al-balad": "Daraa al-Balad",
    "al-mansheya": "al-Mansheya",
    "al-kaziyah": "al-Kaziyah",
    "nawa": "Nawa",
    "jasim": "Jasim",
    "muzayrib": "Muzayrib",
    "tafas": "Tafas",
    "al-shajara": "al-Shajara",
    "nahtah": "Nahtah",
    "basr-al-harir": "Basr al-Harir",
    "sheikh-maskeen": "Sheikh Maskeen",
    "al-sanamayn": "al-Sanamayn",
    "nafaa": "Nafaa",
    "ain-zakr": "Ain Zakr",
    "al-shabrouq-road": "al-Shabrouq (road)",
    "al-msifrah": "al-Msifrah",
    "al-jizah": "al-Jizah",
    "al-rubai-checkpoint": "al-Ruba'i checkpoint",
    "idlib": "Idlib",
    "al-bab": "al-Bab",
    "arbin": "Arbin",
    "mesraba": "Mesraba",
    "madira": "Madira",
    "ghouta": "Ghouta",
    "daraa-governorate": "Daraa Governorate",
    "idlib-governorate": "Idlib Governorate",
    "rif-dimashq": "Rif Dimashq",
    "syria": "Syria",
}

# A village's point, which the gazetteer gives for a road: not carried over.
POINT_OF_ANOTHER_THING = {"al-shabrouq-road"}

SOURCE_OF_ROW = {
    "GeoNames cities500": "kg:source/geonames",
    "OCHA COD-AB": "kg:source/cod-ab",
    "zh.wikipedia copy of Module": "kg:source/wikipedia-map-module",
    "repo SpocWiki/_Standards": "kg:source/spocwiki-standards",
}

ROW_OF_ENTITY = {
    "syrian-armed-forces": "Syrian Armed Forces",
    "syrian-army": "Syrian Arab Army",
    "4th-division": "4th Division",
    "5th-division": "5th Division",
    "9th-division": "9th Division",
    "112th-brigade": "112th Brigade",
    "5th-corps": "5th Corps",
    "8th-brigade": "8th Brigade",
    "military-intelligence-directorate": "Military Intelligence Directorate",
    "air-force-intelligence-directorate": "Air Force Intelligence Directorate",
    "free-syrian-army": "Free Syrian Army",
    "sohr": "Syrian Observatory for Human Rights",
    "ahmad-al-awda": "Ahmad al-Awda",
    "russian-military-police": "Russian military police",
}

ENTITY_OF_PLACE = {
    "syria": "Syria",
    "daraa-governorate": "Daraa Governorate",
    "idlib-governorate": "Idlib Governorate",
    "nahtah": "Nahtah",
    "nafaa": "Nafaa",
    "basr-al-harir": "Basr al-Harir",
    "al-shajara": "al-Shajara",
    "sheikh-maskeen": "Maskin / Sheikh Maskeen",
    "tafas": "Tafas",
    "nawa": "Nawa",
    "al-bab": "al-Bab",
    "idlib": "Idlib",
    "ghouta": "Ghouta",
}

AL_BALAD_QUARTERS = ("N0505", "N0506", "N0507", "N0509", "N0510", "N0511")


def rows(name: str, key: str) -> dict[str, dict[str, str]]:
    with (SHARED / "gazetteer" / name).open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def row_source(row: dict[str, str]) -> str:
    return next(
        source for start, source in SOURCE_OF_ROW.items() if row["source"].startswith(start)
    )


@needs_shared
class TestTheRegisters:
    def test_every_coordinate_is_the_row_s_and_stands_under_its_source(self) -> None:
        gazetteer = rows("places.csv", "source_name")
        expected = set()
        for name, row_name in ROW_OF_PLACE.items():
            row = gazetteer[row_name]
            if row["lat"] and name not in POINT_OF_ANOTHER_THING:
                place, source = f"kg:place/{name}", row_source(row)
                expected.add(Fact(place, "latitude", row["lat"], source))
                expected.add(Fact(place, "longitude", row["lon"], source))
        given = {fact for fact in PLACE_FACTS if fact.key in {"latitude", "longitude"}}
        assert given == expected

    def test_the_gazetteer_has_no_other_place_but_context(self) -> None:
        context = {"Damascus", "Maskin"}  # the capital; a second spelling of Sheikh Maskeen
        assert set(rows("places.csv", "source_name")) - context == set(ROW_OF_PLACE.values())

    def test_a_second_spelling_has_the_same_point(self) -> None:
        gazetteer = rows("places.csv", "source_name")
        maskin, sheikh = gazetteer["Maskin"], gazetteer["Sheikh Maskeen"]
        assert [maskin[k] for k in ("geonames_id", "lat", "lon")] == [
            sheikh[k] for k in ("geonames_id", "lat", "lon")
        ]

    def test_every_geonames_number_is_the_row_s(self) -> None:
        gazetteer = rows("places.csv", "source_name")
        expected = {
            (f"kg:place/{name}", gazetteer[row_name]["geonames_id"])
            for name, row_name in ROW_OF_PLACE.items()
            if gazetteer[row_name]["geonames_id"]
        }
        given = {(f.subject, f.value) for f in PLACE_FACTS if f.key == "geonamesId"}
        assert given == expected

    def test_geonames_itself_has_that_number_at_that_point(self) -> None:
        cities = rows("sy_cities500.csv", "geonameid")
        numbers = [fact for fact in PLACE_FACTS if fact.key == "geonamesId"]
        checked = [fact for fact in numbers if fact.subject != "kg:place/syria"]
        assert len(checked) == 13
        for fact in checked:
            city = cities[fact.value]
            assert (city["lat"], city["lon"]) == (
                values(fact.subject, "latitude")[0],
                values(fact.subject, "longitude")[0],
            )

    def test_geonames_puts_the_places_of_daraa_governorate_there(self) -> None:
        cities = rows("sy_cities500.csv", "geonameid")
        numbers = [fact for fact in PLACE_FACTS if fact.key == "geonamesId"]
        there = [f for f in numbers if "kg:place/daraa-governorate" in containers(f.subject)]
        assert {cities[fact.value]["admin1"] for fact in there} == {"06"}

    def test_homonyms_are_not_taken(self) -> None:
        numbers = {fact.value for fact in PLACE_FACTS if fact.key == "geonamesId"}
        assert "171126" not in numbers  # Busra ash-Sham, not Basr al-Harir
        assert "170654" not in numbers  # Damascus, which the article does not name
        assert values("kg:place/basr-al-harir", "geonamesId") == []
        near_adra = Point(36.597, 33.659)  # the other Ash Shajarah, in Rif Dimashq
        assert point("kg:place/al-shajara").distance(near_adra) > 0.5

    def test_codes_of_other_registers_are_the_row_s(self) -> None:
        gazetteer = rows("places.csv", "source_name")
        for fact in PLACE_FACTS:
            if fact.key in {"pcode", "iso3166"}:
                row = gazetteer[ROW_OF_PLACE[fact.subject.removeprefix("kg:place/")]]
                told = f"{row['other_ids']} {row['cod_adm1_pcode']}"
                assert re.search(rf"(?<![\w-]){fact.value}(?![\w-])", told), fact

    def test_a_wikipedia_title_is_the_one_seen_and_every_seen_one_is_given(self) -> None:
        entities = rows("entities.csv", "entity")
        names = {f"kg:actor/{n}": e for n, e in ROW_OF_ENTITY.items()}
        names |= {f"kg:place/{n}": e for n, e in ENTITY_OF_PLACE.items()}
        expected = {
            (subject, entities[entity]["wikipedia_title"])
            for subject, entity in names.items()
            if not entities[entity]["wikipedia_title"].startswith("not verified")
        }
        given = {(f.subject, f.value) for f in ALL_FACTS if f.key == "wikipediaTitle"}
        assert given == expected

    def test_every_entity_of_the_gazetteer_is_a_place_an_actor_or_an_event(self) -> None:
        events = {
            "2021 Daraa offensive",
            "March 2020 Daraa clashes",
            "Daraa insurgency",
            "Syrian civil war",
        }
        known = {*ROW_OF_ENTITY.values(), *ENTITY_OF_PLACE.values(), *events}
        assert set(rows("entities.csv", "entity")) == known

    def test_a_wikidata_item_is_the_one_seen(self) -> None:
        given = [(f.subject, f.value) for f in ALL_FACTS if f.key == "wikidataId"]
        seen = rows("entities.csv", "entity")["Syria"]["wikidata_qid"]
        assert given == [("kg:place/syria", seen)]


# ----------------------------------------------------------------------------------- the map


def polygons(name: str) -> dict[str, BaseGeometry]:
    layer = json.loads((SHARED / "map" / name).read_text(encoding="utf-8"))
    return {f["properties"]["PCODE"]: shape(f["geometry"]) for f in layer["features"]}


def areas() -> dict[str, BaseGeometry]:
    """The polygons that each place with an extent stands for."""
    governorates = polygons("syr_admin1.geojson")
    subdistricts = polygons("daraa_subdistricts.geojson")
    quarters = polygons("daraa_city_neighbourhoods.geojson")
    return {
        "kg:place/syria": unary_union(list(governorates.values())),
        "kg:place/daraa-governorate": unary_union([governorates["SY12"], *subdistricts.values()]),
        "kg:place/idlib-governorate": governorates["SY07"],
        "kg:place/rif-dimashq": governorates["SY03"],
        "kg:place/daraa": unary_union(list(quarters.values())),
        "kg:place/daraa-al-balad": unary_union([quarters[code] for code in AL_BALAD_QUARTERS]),
        "kg:place/al-mansheya": quarters["N0506"],
    }


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (longitude, latitude) points, in metres (haversine)."""
    (west, south), (east, north) = a, b
    lower, upper = math.radians(south), math.radians(north)
    across = math.radians(east - west)
    half = math.sin((upper - lower) / 2) ** 2
    half += math.cos(lower) * math.cos(upper) * math.sin(across / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(half))


def corners(area: BaseGeometry) -> list[tuple[float, float]]:
    parts = getattr(area, "geoms", [area])
    return [(x, y) for part in parts for x, y in part.exterior.coords]


@needs_shared
class TestTheMap:
    def test_every_point_lies_in_its_governorate(self) -> None:
        gazetteer = rows("places.csv", "source_name")
        governorates = polygons("syr_admin1.geojson")
        for subject in subjects("latitude"):
            row = gazetteer[ROW_OF_PLACE[subject.removeprefix("kg:place/")]]
            assert governorates[row["cod_adm1_pcode"]].contains(point(subject)), subject

    def test_every_point_of_daraa_lies_in_its_sub_district(self) -> None:
        gazetteer = rows("places.csv", "source_name")
        subdistricts = polygons("daraa_subdistricts.geojson")
        seen: dict[str, list[str]] = defaultdict(list)
        for subject in subjects("latitude"):
            code = gazetteer[ROW_OF_PLACE[subject.removeprefix("kg:place/")]]["cod_adm3_pcode"]
            if code.startswith("SY12"):
                assert subdistricts[code].contains(point(subject)), subject
                seen[code].append(subject)
        assert len(seen) == 11
        assert sum(map(len, seen.values())) == 16

    def test_within_follows_the_polygons(self) -> None:
        area = areas()
        checked = 0
        for subject in subjects("latitude"):
            for container in containers(subject) & area.keys():
                assert area[container].contains(point(subject)), (subject, container)
                checked += 1
        assert checked > 30

    def test_al_bab_lies_in_aleppo_which_the_article_does_not_name(self) -> None:
        assert polygons("syr_admin1.geojson")["SY02"].contains(point("kg:place/al-bab"))
        assert values("kg:place/al-bab", "within") == ["kg:place/syria"]

    def test_the_quarters_points_lie_in_their_quarters(self) -> None:
        quarters = polygons("daraa_city_neighbourhoods.geojson")
        assert quarters["N0506"].contains(point("kg:place/al-mansheya"))
        balad = unary_union([quarters[code] for code in AL_BALAD_QUARTERS])
        assert balad.contains(point("kg:place/daraa-al-balad"))

    def test_the_city_s_point_lies_in_the_quarter_that_its_note_names(self) -> None:
        quarters = polygons("daraa_city_neighbourhoods.geojson")
        at = [
            code for code, quarter in quarters.items() if quarter.contains(point("kg:place/daraa"))
        ]
        assert at == ["N0505"]
        assert "Karak (N0505)" in values("kg:place/daraa", "note")[0]

    def test_every_quarter_belongs_to_the_city(self) -> None:
        path = SHARED / "map" / "daraa_city_neighbourhoods.geojson"
        layer = json.loads(path.read_text(encoding="utf-8"))
        communities = {feature["properties"]["ADM4_PCODE"] for feature in layer["features"]}
        assert communities == set(values("kg:place/daraa", "pcode"))

    def test_computed_points_are_what_their_reason_says(self) -> None:
        area = areas()
        for name in ("daraa-governorate", "idlib-governorate", "rif-dimashq"):
            centre = polygons("syr_admin1.geojson")[values(f"kg:place/{name}", "pcode")[0]].centroid
            # The map's polygons are simpler than those that the gazetteer was computed from.
            assert centre.distance(point(f"kg:place/{name}")) < 0.0005
        path = SHARED / "map" / "daraa_city_neighbourhoods.geojson"
        layer = json.loads(path.read_text(encoding="utf-8"))
        marks = {f["properties"]["PCODE"]: f["properties"] for f in layer["features"]}
        balad = [marks[code] for code in AL_BALAD_QUARTERS]
        mean = Point(
            sum(mark["LONGITUDE"] for mark in balad) / len(balad),
            sum(mark["LATITUDE"] for mark in balad) / len(balad),
        )
        assert mean.distance(point("kg:place/daraa-al-balad")) < 0.0001
        quarter = marks["N0506"]
        mansheya = Point(quarter["LONGITUDE"], quarter["LATITUDE"])
        assert mansheya.distance(point("kg:place/al-mansheya")) < 0.00001
        assert area["kg:place/daraa-al-balad"].contains(mean)

    def test_every_extent_holds_its_polygons_and_hardly_more(self) -> None:
        area = areas()
        assert subjects("west") == sorted(area)
        for subject, polygon in area.items():
            west, south, east, north = polygon.bounds
            outer = extent(subject).bounds
            spare = (west - outer[0], south - outer[1], outer[2] - east, outer[3] - north)
            # The outermost corners are rounded outward, by less than one unit of the last decimal.
            assert all(-1e-9 <= margin < 1.0001e-4 for margin in spare), (subject, spare)

    def test_an_accuracy_taken_from_a_polygon_reaches_its_farthest_corner(self) -> None:
        area = areas()
        for subject in sorted(area.keys() & set(subjects("accuracy"))):
            centre = point(subject)
            reach = max(metres((centre.x, centre.y), corner) for corner in corners(area[subject]))
            accuracy = float(values(subject, "accuracy")[0])
            assert reach <= accuracy < reach * 1.1, (subject, reach)

    def test_sheikh_maskeen_lies_where_its_note_says(self) -> None:
        city, town = point("kg:place/daraa"), point("kg:place/sheikh-maskeen")
        assert round(metres((city.x, city.y), (town.x, town.y)) / 1000) == 24
        east = (town.x - city.x) * math.cos(math.radians(city.y))
        assert round(math.degrees(math.atan2(east, town.y - city.y))) == 13
        assert "24 km north" in values("kg:place/sheikh-maskeen", "note")[0]
