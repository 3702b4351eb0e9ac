"""The networks of a page, laid out here, for a browser is slow at it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..graph.labels import value_of
from ..networks.look import positions
from ..networks.nodes import SEPARATOR
from ..networks.projection import EmptyNetwork, edges_of, to_networkx
from .entities import TYPES
from .families import family_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..graph.built import Graph
    from ..graph.labels import Labels
    from ..networks.projection import Network
    from .passages import Passages

    Record = dict[str, Any]
    Position = tuple[float, float]
    Row = tuple[str | None, int]  # None: the caption

VIEWS = ("everything", "actors", "units")
# The order of battle: so many rows stand below each other before a new column begins; so much of a
# column is a step inwards, and all steps together.
_ROWS = 16
_STEP, _STEPS = 0.09, 0.45


def networks(graph: Graph, passages: Passages, sides: list[Record]) -> list[Record]:
    """Give each view that has something to be seen: its nodes with their places, and its edges."""
    by_label = {side["label"]: side["id"] for side in sides}
    found = []
    for view in VIEWS:
        try:
            network = to_networkx(graph, view)
        except EmptyNetwork:
            continue
        if view == "units":
            found.append(_OrderOfBattle(graph, network, passages, sides).record())
            continue
        nodes = _nodes(network, passages.reader.labels, by_label)
        placed = _in_unit_square(positions(network))
        for node in nodes:
            node["x"], node["y"] = placed[node["id"]]
        found.append({"view": view, "nodes": nodes, "edges": _edges(network, passages)})
    return found


def _nodes(network: Network, labels: Labels, sides: Mapping[str, str]) -> list[Record]:
    """Give the nodes, which are still to be placed; `sides` are their ids by their labels."""
    found = []
    for name, values in network.nodes(data=True):
        record: Record = {
            "id": name,
            "label": values["label"],
            "type": TYPES[values["class"]],
            "kind": values.get("kind", values["class"]),
            "side": name if values["class"] == "Side" else sides.get(values.get("side", "")),
            "weight": network.degree(name),
        }
        if values["class"] == "Event":
            record["family"] = family_of(labels, values["iri"])
        found.append(record)
    return found


def _in_unit_square(placed: Mapping[str, Position]) -> dict[str, Position]:
    """Give positions between 0 and 1, of one scale, and downwards as a screen counts."""
    left, top = (min(place[axis] for place in placed.values()) for axis in (0, 1))
    wide, high = (
        max(place[axis] for place in placed.values()) - low for axis, low in ((0, left), (1, top))
    )
    scale = max(wide, high, 1e-9)
    return {
        name: (round((x - left) / scale, 4), round((high - (y - top)) / scale, 4))
        for name, (x, y) in placed.items()
    }


def _edges(network: Network, passages: Passages) -> list[Record]:
    return [
        {
            "source": source,
            "target": target,
            "relation": values["relation"],
            "sign": values.get("sign", 0),
            "mutual": values.get("mutual", False),
            "events": values.get("events", []),
            "passages": sorted({passages.number[iri] for iri in values["passages"]}),
        }
        for (source, target, *_), values in edges_of(network)
    ]


class _OrderOfBattle:
    """The order of battle as a page shows it: every unit below what it is a unit of, or its side.

    The network of the graph has the bodies alone. Here each side is a root; that a unit stands on
    it is an edge of its own (`on this side`), for a side is no body and has no units. Units of
    which neither a side is stated nor a body above them stand below a caption.
    """

    def __init__(
        self, graph: Graph, network: Network, passages: Passages, sides: list[Record]
    ) -> None:
        self.graph = graph
        self.network = network
        self.passages = passages
        self.sides = {side["label"]: side["id"] for side in sides}
        self.labels = {side["id"]: side["label"] for side in sides}
        self.below: dict[str, list[str]] = {name: [] for name in network}
        for body, unit in network.edges():
            self.below[body].append(unit)
        units = {unit for below in self.below.values() for unit in below}
        self.roots = [name for name in network if name not in units]

    def record(self) -> Record:
        """Give the view with its sides, its captions and all places."""
        groups = self._groups()
        placed = _in_columns(self._rows(groups))
        nodes = _nodes(self.network, self.passages.reader.labels, self.sides)
        nodes += [self._side(side, len(roots)) for side, roots in groups.items() if side]
        for node in nodes:
            node["x"], node["y"] = placed[node["id"]]
        on = [self._on(side, root) for root in self.roots for side in self._sides_of(root)]
        captions = [
            {"text": "Side not stated", "x": placed[None][0], "y": placed[None][1]}
            for side in groups
            if side is None
        ]
        edges = [*_edges(self.network, self.passages), *on]
        return {"view": "units", "nodes": nodes, "edges": edges, "captions": captions}

    def _side(self, side: str, weight: int) -> Record:
        return {
            "id": side,
            "label": self.labels[side],
            "type": "side",
            "kind": "side",
            "side": side,
            "weight": weight,
        }

    def _on(self, side: str, unit: str) -> Record:
        """Say that a unit stands on a side, with the passages that name it there."""
        ends = (ox.NamedNode(self.graph.iri(name)) for name in (side, unit))
        quads = self.graph.store.quads_for_pattern(next(ends), None, next(ends), None)
        graphs = {value_of(quad.graph_name) for quad in quads}
        return {
            "source": side,
            "target": unit,
            "relation": "on this side",
            "sign": 0,
            "mutual": False,
            "events": [],
            "passages": sorted(
                self.passages.number[iri] for iri in graphs & self.passages.number.keys()
            ),
        }

    def _sides_of(self, unit: str) -> list[str]:
        """Give the sides of a unit; on more than one stands who is named on each."""
        names = self.network.nodes[unit].get("side", "").split(SEPARATOR)
        return [self.sides[name] for name in names if name in self.sides]

    def _groups(self) -> dict[str | None, list[str]]:
        """Give the roots of each side that has any, and under None those of no side.

        Who stands on several sides is in the group of the first.
        """
        groups: dict[str | None, list[str]] = {side: [] for side in (*self.labels, None)}
        named: set[str | None] = set()
        for root in self.roots:
            sides: list[str | None] = [*self._sides_of(root)] or [None]
            groups[sides[0]].append(root)
            named.update(sides)
        return {side: self._ordered(roots) for side, roots in groups.items() if side in named}

    def _ordered(self, units: Iterable[str]) -> list[str]:
        """Sort by label, the 4th before the 112th."""

        def key(unit: str) -> tuple[list[tuple[int, str]], str]:
            parts = re.split(r"(\d+)", self.network.nodes[unit]["label"].casefold())
            return [(int(one), "") if one.isdecimal() else (-1, one) for one in parts], unit

        return sorted(units, key=key)

    def _rows(self, groups: Mapping[str | None, list[str]]) -> list[list[Row]]:
        """Give each group from top to bottom: what stands in a row, and how far below its root."""
        seen: set[str] = set()
        found = []
        for side, roots in groups.items():
            rows: list[Row] = [(side, 0)]
            waiting = [(root, 1) for root in reversed(roots)]
            while waiting:
                unit, depth = waiting.pop()
                if unit in seen:  # a unit of two bodies stands below the first
                    continue
                seen.add(unit)
                rows.append((unit, depth))
                below = reversed(self._ordered(self.below[unit]))
                waiting += [(one, depth + 1) for one in below]
            found.append(rows)
        return found


def _in_columns(groups: list[list[Row]]) -> dict[str | None, Position]:
    """Place rows below each other, groups together where a column has room, between 0 and 1.

    The right edge of the last column is 1, so that names have the room of a column.
    """
    total = sum(map(len, groups)) + len(groups) - 1
    limit = max(_ROWS, math.ceil(math.sqrt(2 * total)))
    spots: list[tuple[str | None, int, int, int]] = []
    column = row = 0
    for rows in groups:
        row += row > 0  # an empty row between two groups
        if row and row + min(len(rows), limit) > limit:
            column, row = column + 1, 0
        for name, depth in rows:
            if row == limit:
                column, row = column + 1, 0
            spots.append((name, column, row, depth))
            row += 1
    high = max(row for _, _, row, _ in spots) or 1
    step = min(_STEP, _STEPS / max(depth for *_, depth in spots))
    return {
        name: (round((column + step * depth) / (spots[-1][1] + 1), 4), round(row / high, 4))
        for name, column, row, depth in spots
    }
