"""The map as GeoJSON (RFC 7946): places, routes as lines, and every event, placed or not.

No point is made up. An event has the geometry of the places that are named for it: the point of a
town or of an area, with its accuracy; the line of a road; the points of several places together;
and none where no place is named or the place has none, such as a checkpoint between two towns.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from ..queries.results import SEPARATOR
from .eventtables import Record, records, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..graph.built import Graph

__all__ = ["EmptyMap", "dumps", "feature_collection", "geojson"]

_LINE = re.compile(r"LINESTRING\s*\(([^()]+)\)")
_GEOMETRY = ("latitude", "longitude", "lines")  # columns that the geometry says

Position = list[float]
Geometry = dict[str, Any]
Feature = dict[str, Any]


class EmptyMap(LookupError):
    """A graph that has nothing to put on a map."""

    def __init__(self) -> None:
        super().__init__("the graph has neither a place nor an event, so there is no map to write")


def geojson(graph: Graph) -> bytes:
    """Write the map of a graph as GeoJSON.

    Raises:
        EmptyMap: the graph has neither places nor events.
    """
    return dumps(feature_collection(graph))


def dumps(collection: dict[str, Any]) -> bytes:
    """Write a FeatureCollection as UTF-8, a feature a line."""
    head = _json({key: value for key, value in collection.items() if key != "features"})
    body = ",\n".join(map(_json, collection["features"]))
    return f'{head.removesuffix("}")}, "features": [\n{body}\n]}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def feature_collection(graph: Graph) -> dict[str, Any]:
    """Give the map of a graph as a FeatureCollection (RFC 7946, section 3.3).

    The properties of a feature are the columns of the tables of places and events; ``layer`` says
    whether it is a ``place``, a ``route`` or an ``event``. An event's ``accuracy``, in metres, is
    that of the least exact of its points, and ``unplaced`` names those of its places that have no
    geometry. The collection's ``sources`` carry the licences of what is in it.

    Raises:
        EmptyMap: the graph has neither places nor events.
    """
    places = records(graph, "places")
    events = records(graph, "events")
    if not places and not events:
        raise EmptyMap
    by_id = {place["place"]: place for place in places}
    features = [_place(graph, place) for place in places]
    features.sort(key=lambda feature: feature["properties"]["layer"])
    features.extend(_event(graph, event, by_id) for event in events)
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": graph.slug,
        "sources": sources(graph),
    }
    box = bounding_box(feature["geometry"] for feature in features)
    if box:
        collection["bbox"] = box
    return {**collection, "features": features}


def _place(graph: Graph, place: Record) -> Feature:
    lines = list(_lines(place))
    layer = "route" if lines else "place"
    return _feature(graph, place["place"], layer, _combined(_points(place), lines), place)


def _event(graph: Graph, event: Record, by_id: dict[str, Record]) -> Feature:
    ids = event["place_ids"].split(SEPARATOR) if event["place_ids"] else []
    places = [by_id[name] for name in ids if name in by_id]
    points = [point for place in places for point in _points(place)]
    lines = [line for place in places for line in _lines(place)]
    radii = [p["accuracy"] for p in places if p["latitude"] is not None and p["accuracy"]]
    bare = [p["place_label"] or p["place"] for p in places if not _points(p) and not p["lines"]]
    said = {
        **event,
        "accuracy": max(radii, default=None),
        "unplaced": SEPARATOR.join(bare) or None,
    }
    return _feature(graph, event["event"], "event", _combined(points, lines), said)


def _feature(
    graph: Graph, name: str, layer: str, geometry: Geometry | None, said: Record
) -> Feature:
    return {
        "type": "Feature",
        "id": graph.iri(name),
        "geometry": geometry,
        "properties": {
            "layer": layer,
            **{
                column: value.isoformat() if isinstance(value, date) else value
                for column, value in said.items()
                if column not in _GEOMETRY
            },
        },
    }


# --- geometries ----------------------------------------------------------------------------------


def _points(place: Record) -> list[Position]:
    """Give the point of a place, the longitude first (RFC 7946, section 3.1.1)."""
    if place["latitude"] is None or place["longitude"] is None:
        return []
    return [[place["longitude"], place["latitude"]]]


def _lines(place: Record) -> Iterator[list[Position]]:
    """Give the lines of a road, which the graph holds as well-known text."""
    for text in _LINE.findall(place["lines"] or ""):
        yield [[float(number) for number in pair.split()] for pair in text.split(",")]


def _geometry(kind: str, found: list[Any]) -> Geometry:
    """Make one geometry of those of one kind."""
    if len(found) == 1:
        return {"type": kind, "coordinates": found[0]}
    return {"type": f"Multi{kind}", "coordinates": found}


def _combined(points: list[Position], lines: list[list[Position]]) -> Geometry | None:
    """Make one geometry of points and lines; None of nothing."""
    parts = [_geometry("Point", points)] if points else []
    if lines:
        parts.append(_geometry("LineString", lines))
    if len(parts) > 1:
        return {"type": "GeometryCollection", "geometries": parts}
    return parts[0] if parts else None


def bounding_box(geometries: Iterable[Geometry | None]) -> list[float] | None:
    """Give the west, south, east and north of geometries (section 5); None where there are none."""
    positions = [p for geometry in geometries for p in _positions(geometry)]
    if not positions:
        return None
    east_west, north_south = zip(*positions, strict=True)
    return [min(east_west), min(north_south), max(east_west), max(north_south)]


def _positions(geometry: Geometry | None) -> Iterator[Position]:
    if geometry is None:
        return
    for part in geometry.get("geometries", ()):
        yield from _positions(part)
    yield from _flat(geometry.get("coordinates", []))


def _flat(coordinates: list[Any]) -> Iterator[Position]:
    if coordinates and isinstance(coordinates[0], float):
        yield coordinates
        return
    for inner in coordinates:
        yield from _flat(inner)
