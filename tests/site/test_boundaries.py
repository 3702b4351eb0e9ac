"""Boundaries: the right countries for any article, and TopoJSON that other readers understand."""

from __future__ import annotations

import os
from typing import Any

import pytest

from daraa_kg.assets import AssetMissing, asset
from daraa_kg.site.boundaries import boundaries
from daraa_kg.site.topology import Topology

Record = dict[str, Any]

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    try:
        asset("explorer", "dist", "boundaries", "index.json")
    except AssetMissing:
        if IN_CI:
            raise
        pytest.skip("needs the built page: python -m pip install -e . (or npm run build)")


def names(found: Record) -> set[str]:
    shapes = found["topology"]["objects"][found["object"]]["geometries"]
    return {shape["properties"]["name"] for shape in shapes}


DARAA, DAMASCUS, HADRUT = [36.1021, 32.6189], [36.2913, 33.5102], [47.0314, 39.5217]


def test_the_provinces_of_the_country_and_the_countries_around() -> None:
    countries, provinces = boundaries([DARAA, None, DAMASCUS])
    assert (countries["object"], provinces["object"]) == ("countries", "provinces")
    assert {"Syria", "Jordan", "Lebanon", "Israel", "Iraq"} <= names(countries)
    assert "France" not in names(countries)
    assert {"Dar`a", "Quneitra", "As Suwayda'", "Idlib"} <= names(provinces)
    assert "Natural Earth" in provinces["attribution"]


def test_another_part_of_the_world() -> None:
    countries, *provinces = boundaries([HADRUT])
    assert {"Azerbaijan", "Armenia", "Iran"} <= names(countries)
    assert len(provinces) == 1
    assert "Xocavənd" in names(provinces[0])


def test_no_places_no_boundaries() -> None:
    assert boundaries([]) == []
    assert boundaries([None, None]) == []


def test_places_at_sea_have_at_most_the_countries_around() -> None:
    (countries,) = boundaries([[-26.5, 40.0]])
    assert names(countries) == {"Portugal"}  # the Azores
    assert boundaries([[-40.0, 45.0]]) == []


def test_what_is_written_holds_the_same_places() -> None:
    """Thinned and put on a grid, the province of Daraa still has Daraa in it, and not Damascus."""
    _, provinces = boundaries([DARAA, DAMASCUS])
    topology = Topology(provinces["topology"], "provinces")
    holding = {
        shape["properties"]["name"]
        for point in (DARAA, DAMASCUS)
        for shape in topology.geometries
        if topology.holds(shape, (point[0], point[1]))
    }
    assert holding == {"Dar`a", "Damascus"}


def test_neighbours_keep_their_common_edge() -> None:
    """An arc that two shapes share is written once: forwards in one, backwards in the other."""
    _, provinces = boundaries([DARAA])
    used: dict[int, set[int]] = {}

    def collect(arcs: object, shape: int) -> None:
        if isinstance(arcs, int):
            used.setdefault(~arcs if arcs < 0 else arcs, set()).add(shape)
        elif isinstance(arcs, list):
            for inner in arcs:
                collect(inner, shape)

    for number, shape in enumerate(provinces["topology"]["objects"]["provinces"]["geometries"]):
        collect(shape["arcs"], number)
    assert sorted(used) == list(range(len(provinces["topology"]["arcs"])))
    assert any(len(shapes) == 2 for shapes in used.values())


SQUARES: Record = {
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [10, 20]},
    "objects": {
        "squares": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "west"}},
                {"type": "MultiPolygon", "arcs": [[[~1, 2]]], "properties": {"name": "east"}},
                {"type": "Point", "coordinates": [0, 0]},
            ],
        }
    },
    # The west's own three edges; the edge between the two, upwards; the east's three edges.
    "arcs": [
        [[2, 2], [-2, 0], [0, -2], [2, 0]],
        [[2, 0], [0, 2]],
        [[2, 0], [2, 0], [0, 2], [-2, 0]],
    ],
}


def test_points_in_and_out_of_shapes() -> None:
    topology = Topology(SQUARES, "squares")
    west, east, _ = topology.geometries
    assert topology.holds(west, (11.0, 21.0))
    assert not topology.holds(west, (13.0, 21.0))
    assert topology.holds(east, (13.0, 21.0))
    assert not topology.holds(east, (11.0, 21.0))
    assert not topology.holds(east, (13.0, 23.0))


def test_a_part_is_thinned_and_numbered_anew() -> None:
    topology = Topology(SQUARES, "squares")
    part = topology.part(topology.geometries[1:], "east", lambda _: 0.5)
    (shape,) = part["objects"]["east"]["geometries"]
    assert shape == {
        "type": "MultiPolygon",
        "properties": {"name": "east"},
        "arcs": [[[~0, 1]]],
    }
    again = Topology(part, "east")
    assert again.holds(again.geometries[0], (13.0, 21.0))
    assert again.arc(0) == [pytest.approx((12, 20)), pytest.approx((12, 22))]
    assert again.arc(~0) == again.arc(0)[::-1]
    coarse = topology.part(topology.geometries[:1], "west", lambda _: 99.0)
    assert [len(arc) for arc in coarse["arcs"]] == [2, 2]  # the ends stay
