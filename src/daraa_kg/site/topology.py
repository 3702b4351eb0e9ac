"""TopoJSON: which shapes hold a point, and a part of a topology with as many points as it needs.

Source: Bostock and Metcalf, "The TopoJSON Format Specification", sections 2.1 and 2.2.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Record = dict[str, Any]
    Point = tuple[float, float]
    Box = tuple[float, float, float, float]

_GRID = 0.001  # degrees between two positions in what is written: 111 m at most


class Topology:
    """The shapes of one object of a topology, in degrees.

    Args:
        data: the topology.
        name: the object, a collection of polygons.
    """

    def __init__(self, data: Record, name: str) -> None:
        self._data = data
        self.geometries: list[Record] = data["objects"][name]["geometries"]

    @cached_property
    def _arcs(self) -> dict[int, list[Point]]:
        return {}

    def arc(self, number: int) -> list[Point]:
        """Give the points of an arc; a number below 0 stands for one that is walked backwards."""
        index = ~number if number < 0 else number
        if index not in self._arcs:
            self._arcs[index] = list(self._decoded(index))
        points = self._arcs[index]
        return points[::-1] if number < 0 else points

    def _decoded(self, index: int) -> Iterator[Point]:
        transform = self._data["transform"]
        (width, height), (west, south) = transform["scale"], transform["translate"]
        x = y = 0
        for across, up in self._data["arcs"][index]:
            x, y = x + across, y + up
            yield x * width + west, y * height + south

    def holds(self, geometry: Record, point: Point) -> bool:
        """Say whether a point lies in a shape: a line from it crosses the edge an odd time.

        Source: Shimrat, "Algorithm 112: Position of point relative to polygon", CACM 5 (1962).
        """
        crossed = 0
        for ring in rings(geometry):
            line = [point for number in ring for point in self.arc(number)]
            crossed += sum(_crosses(point, *edge) for edge in pairwise(line))
        return crossed % 2 == 1

    def part(
        self, chosen: Iterable[Record], name: str, tolerance: Callable[[Point], float]
    ) -> Record:
        """Give some of the shapes as a topology of their own, with fewer points.

        Each arc is thinned by itself, so that neighbours keep their common edge.

        Args:
            chosen: the shapes.
            name: what the new object is called.
            tolerance: how far apart two points at a place have to be, in degrees.
        """
        numbers: dict[int, int] = {}
        arcs: list[list[list[int]]] = []

        def renumbered(arc: int) -> int:
            index = ~arc if arc < 0 else arc
            if index not in numbers:
                numbers[index] = len(arcs)
                arcs.append(_written(_thinned(self.arc(index), tolerance)))
            return ~numbers[index] if arc < 0 else numbers[index]

        geometries = [
            {
                "type": geometry["type"],
                "properties": {"name": geometry.get("properties", {}).get("name", "")},
                "arcs": _each(geometry["arcs"], renumbered),
            }
            for geometry in chosen
            if geometry["type"] in ("Polygon", "MultiPolygon")
        ]
        return {
            "type": "Topology",
            "transform": {"scale": [_GRID, _GRID], "translate": [0, 0]},
            "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": arcs,
        }


def rings(geometry: Record) -> Iterator[list[int]]:
    """Give the rings of a polygon, or of several, each as the numbers of its arcs."""
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _crosses(point: Point, start: Point, end: Point) -> bool:
    """Say whether a line from a point to the east crosses an edge."""
    x, y = point
    if (start[1] > y) == (end[1] > y):
        return False
    return x < start[0] + (y - start[1]) / (end[1] - start[1]) * (end[0] - start[0])


def _thinned(arc: list[Point], tolerance: Callable[[Point], float]) -> list[Point]:
    kept = arc[:1]
    for point in arc[1:-1]:
        far = max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1]))
        if far >= tolerance(point):
            kept.append(point)
    return kept + arc[-1:]


def _written(arc: list[Point]) -> list[list[int]]:
    """Give the steps between the points of an arc, in units of the grid."""
    found: list[list[int]] = []
    x = y = 0
    for long, lat in arc:
        across, up = round(long / _GRID) - x, round(lat / _GRID) - y
        if not found or across or up:
            found.append([across, up])
        x, y = x + across, y + up
    return found if len(found) > 1 else [*found, [0, 0]]


def _each(arcs: Any, change: Callable[[int], int]) -> Any:  # noqa: ANN401 - lists of lists
    return change(arcs) if isinstance(arcs, int) else [_each(inner, change) for inner in arcs]
