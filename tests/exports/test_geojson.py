"""The map: a GeoJSON that other programs read, and no point that nobody gave.

The expected points are those of data/places.yaml; which event has which place was read in the
article.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geojson as reference
import pytest
import shapely

from daraa_kg.exports.geojson import EmptyMap, bounding_box, feature_collection, geojson
from daraa_kg.graph.formats import FORMATS, serialize

if TYPE_CHECKING:
    from collections.abc import Callable

    from daraa_kg.graph.built import Graph

AL_BALAD = [36.0982, 32.6092]  # longitude first
JASIM = [36.06093, 32.99125]
MUZAYRIB = [36.02751, 32.71084]


@pytest.fixture(scope="module")
def data(graph: Graph) -> bytes:
    return geojson(graph)


@pytest.fixture(scope="module")
def collection(data: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(data)
    return document


@pytest.fixture(scope="module")
def features(collection: dict[str, Any], graph: Graph) -> dict[str, dict[str, Any]]:
    return {graph.shorten(feature["id"]): feature for feature in collection["features"]}


# --- RFC 7946 ------------------------------------------------------------------------------------


def test_it_is_geojson_as_the_rfc_has_it(collection: dict[str, Any]) -> None:
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection  # section 4: WGS 84 and nothing else
    assert len({feature["id"] for feature in collection["features"]}) == len(collection["features"])
    for feature in collection["features"]:
        assert list(feature) == ["type", "id", "geometry", "properties"]
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        for value in feature["properties"].values():
            assert value is None or isinstance(value, str | int | float)
        # section 7.1: the members that GeoJSON itself defines stand in no other place
        assert not {"coordinates", "geometries", "geometry", "features"} & set(
            feature["properties"]
        )


def test_the_reference_library_finds_it_valid(data: bytes) -> None:
    document = reference.loads(data)
    assert document.is_valid
    assert not document.errors()
    assert sum(feature.geometry is None for feature in document.features) > 40


def test_geos_reads_every_geometry(collection: dict[str, Any]) -> None:
    """GEOS itself; features without a geometry, which the RFC allows, it does not read."""
    placed = {**collection, "features": [f for f in collection["features"] if f["geometry"]]}
    read = shapely.from_geojson(json.dumps(placed))
    assert len(read.geoms) == len(placed["features"]) > 50
    assert all(shape.is_valid and not shape.is_empty for shape in read.geoms)
    assert list(read.bounds) == collection["bbox"]
    for shape, feature in zip(read.geoms, placed["features"], strict=True):
        assert json.loads(shapely.to_geojson(shape)) == feature["geometry"]


def test_the_box_is_that_of_the_places(collection: dict[str, Any]) -> None:
    # al-Shajara in the west, al-Jizah in the south, al-Bab in the east and north
    assert collection["bbox"] == [35.88202, 32.57034, 37.5157, 36.37051]


def test_the_bytes_are_always_the_same(graph: Graph, data: bytes) -> None:
    assert serialize(graph, "geojson") == data
    assert data.endswith(b"}}\n]}\n")
    assert len(data.splitlines()) == 1 + len(feature_collection(graph)["features"]) + 1
    assert FORMATS["geojson"].media_type == "application/geo+json"  # section 12


# --- what is on it -------------------------------------------------------------------------------


def test_every_event_and_every_place_is_there(features: dict[str, dict[str, Any]]) -> None:
    layers = [feature["properties"]["layer"] for feature in features.values()]
    assert layers.count("event") == 70
    assert layers.count("route") == 3
    assert layers == sorted(layers, key=["place", "route", "event"].index)


@pytest.mark.parametrize(
    ("event", "geometry", "accuracy", "unplaced"),
    [
        ("bombardment-of-14-august", ("Point", AL_BALAD), 1800, None),
        ("clashes-of-29-30-august", ("Point", [36.2244, 32.8565]), 61_000, None),
        (
            "al-shabrouq-ied",  # on the road between Nafaa and Ain Zakr
            ("LineString", [[35.906, 32.8588], [35.8926, 32.809]]),
            None,
            None,
        ),
        ("ambush-at-al-rubai", None, None, "al-Ruba’i checkpoint"),
        ("fighting-at-al-kaziyah", None, None, "al-Kaziyah"),
        (
            "firing-at-residential-areas",
            ("MultiPoint", [AL_BALAD, JASIM, MUZAYRIB]),
            2000,
            "vicinity of Tafas",
        ),
        ("road-block-in-ghouta", None, None, "main road connecting Arbin, Mesraba and Madira"),
        (
            "seizure-of-18-positions",
            None,
            None,
            "eastern Daraa countryside; western Daraa countryside",
        ),
        ("truce-of-1-september", None, None, None),
    ],
)
def test_an_event_has_the_geometry_of_its_places(
    features: dict[str, dict[str, Any]],
    event: str,
    geometry: tuple[str, Any] | None,
    accuracy: float | None,
    unplaced: str | None,
) -> None:
    feature = features[f"event/{event}"]
    found = feature["geometry"]
    assert (found and (found["type"], found["coordinates"])) == geometry
    assert feature["properties"]["accuracy"] == accuracy
    assert feature["properties"]["unplaced"] == unplaced


@pytest.mark.parametrize(
    ("place", "layer", "kind"),
    [
        ("kg:place/daraa", "place", "Point"),
        ("kg:place/al-shabrouq-road", "route", "LineString"),
        ("kg:place/road-arbin-mesraba-madira", "place", None),  # two of its ends have no point
        (
            "kg:place/al-rubai-checkpoint",
            "place",
            None,
        ),  # it lies between two towns, and that is all
        ("kg:place/near-tafas", "place", None),
        ("kg:place/ghouta", "place", None),
    ],
)
def test_places_and_routes(
    features: dict[str, dict[str, Any]], place: str, layer: str, kind: str | None
) -> None:
    feature = features[place]
    assert feature["properties"]["layer"] == layer
    assert (feature["geometry"] and feature["geometry"]["type"]) == kind


def test_an_event_without_a_date_has_the_days_that_its_order_allows(
    features: dict[str, dict[str, Any]],
) -> None:
    """“This follows Syrian army bombardments on Tafas city”: before the IED of 26 August."""
    said = features["event/bombardment-of-tafas"]["properties"]
    days = [said[name] for name in ("when", "earliest", "latest", "bounds")]
    assert days == [None, "2021-07-29", "2021-08-26", "inferred"]
    assert features["event/ied-of-26-august"]["properties"]["bounds"] == "stated"


def test_what_an_event_says(features: dict[str, dict[str, Any]]) -> None:
    said = features["event/ied-of-26-august"]["properties"]
    assert features["event/ied-of-26-august"]["id"] == (
        "https://w3id.org/daraa-kg/id/2021-daraa-offensive/event/ied-of-26-august"
    )
    wanted = ("kind", "when", "earliest", "latest", "casualties", "killed", "wounded", "places")
    assert [said[name] for name in wanted] == [
        "bombing",
        "2021-08-26",
        "2021-08-26",
        "2021-08-26",
        "1 killed; 4 wounded",
        1,
        4,
        "road between Nawa and Sheikh Maskeen",
    ]
    assert said["quote"].startswith("On 26 August, one Syrian soldier was killed")
    assert said["link"].startswith(
        "https://en.wikipedia.org/wiki/2021_Daraa_offensive#:~:text=On%2026%20August"
    )


def test_licences_go_with_it(collection: dict[str, Any]) -> None:
    labels = {source["label"] for source in collection["sources"]}
    assert {"2021 Daraa offensive", "GeoNames", "OCHA COD-AB Syria"} <= labels
    assert all(source["attribution"] for source in collection["sources"])


# --- other graphs --------------------------------------------------------------------------------


def test_a_road_of_three_towns_and_an_event_at_a_town_and_a_road(
    make: Callable[[str], Graph],
) -> None:
    made = make(
        """
        <place/a> a dkg:Place ; dkg:kind dkg:Town ; wgs84:lat 1.0 ; wgs84:long 10.0 ; dkg:accuracy 50 .
        <place/r> a dkg:Place ; dkg:kind dkg:Road ; geo:hasGeometry <place/r#route> .
        <place/r#route> a <http://www.opengis.net/ont/sf#LineString> ;
          geo:asWKT "LINESTRING(10.0 1.0, -11.5 2.0)", "LINESTRING(-11.5 2.0, 12.0 -3.0)" .
        <event/x> a dkg:Event ; dkg:kind dkg:Clash ; dkg:involvesPlace <place/a>, <place/r> .
        """
    )
    document = feature_collection(made)
    lines = [[[-11.5, 2.0], [12.0, -3.0]], [[10.0, 1.0], [-11.5, 2.0]]]
    place, road, event = document["features"]
    assert place["geometry"] == {"type": "Point", "coordinates": [10.0, 1.0]}
    assert road["geometry"] == {"type": "MultiLineString", "coordinates": lines}
    assert event["geometry"] == {
        "type": "GeometryCollection",
        "geometries": [place["geometry"], road["geometry"]],
    }
    assert event["properties"]["accuracy"] == 50
    assert document["bbox"] == [-11.5, -3.0, 12.0, 2.0]
    assert reference.loads(geojson(made)).is_valid


def test_a_graph_without_places(make: Callable[[str], Graph]) -> None:
    made = make("<event/x> a dkg:Event ; dkg:kind dkg:Clash .")
    document = json.loads(geojson(made))
    assert [feature["geometry"] for feature in document["features"]] == [None]
    assert "bbox" not in document


def test_an_empty_graph(make: Callable[[str], Graph]) -> None:
    message = r"^the graph has neither a place nor an event, so there is no map to write$"
    with pytest.raises(EmptyMap, match=message):
        geojson(make(""))


def test_the_box_of_nothing() -> None:
    assert bounding_box([None]) is None
