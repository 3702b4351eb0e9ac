"""How a network looks when it is drawn: the colours, sizes and positions of its nodes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import networkx as nx

from .views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .projection import Network

    Position = tuple[float, float]

SEED = 20210729  # any number will do, as long as it stays: the first day of the offensive

# Okabe and Ito's colours, which can be told apart with every kind of colour vision.
_SIDES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#f0e442")
_BOTH = "#56b4e9"
_NEITHER = "#999999"
_CLASSES = {
    "Event": "#e69f00",
    "PossibleEvent": "#f5d9a0",
    "Place": "#009e73",
    "Figure": "#d9d9d9",
}
_GRID = 1.4  # between two nodes that have no edge, in units of the mean distance of those that have
_FORCE = 1000  # so many nodes are laid out by plain forces; more need scipy


def colors(network: Network) -> dict[str, str]:
    """Give each node its colour as ``#rrggbb``: that of its side, or of its class.

    Sides take their colours in the order of their names; who stands on several has one of its own,
    and who stands on none is grey.
    """
    sides = nx.get_node_attributes(network, "side")
    names = sorted({name for side in sides.values() for name in side.split("; ")})
    by_side = {name: _SIDES[place % len(_SIDES)] for place, name in enumerate(names)}
    return {
        node: by_side.get(sides[node], _BOTH)
        if node in sides and values.get("class") != "Figure"
        else _CLASSES.get(values.get("class", ""), _NEITHER)
        for node, values in network.nodes(data=True)
    }


def sizes(network: Network) -> dict[str, float]:
    """Give each node its size: its area grows with the number of its edges; 10 for none."""
    return {node: round(10 * math.sqrt(1 + degree), 2) for node, degree in network.degree()}


def positions(network: Network) -> dict[str, Position]:
    """Give each node its place, always the same for the same network.

    Nodes that hang together are laid out by force (the order of battle in layers, the highest body
    on top); groups stand side by side, the largest first, and nodes without an edge in rows below.

    Returns:
        x to the right and y upwards, in units of the mean distance between neighbours.
    """
    plain = _plain(sorted(network), ((a, b) for a, b in network.edges() if a != b))
    groups = sorted((sorted(group) for group in nx.connected_components(plain)), key=_size)
    joined = [group for group in groups if len(group) > 1]
    layered = network.graph.get("view") == VIEWS[2]
    drawn = [
        _layers(network, group) if layered else _forces(plain.subgraph(group)) for group in joined
    ]
    placed, width, height = _pack(drawn)
    lonely = [group[0] for group in groups if len(group) == 1]
    columns = max(math.ceil(math.sqrt(len(lonely))), int(width / _GRID) + 1)
    for place, node in enumerate(lonely):
        row, column = divmod(place, columns)
        placed[node] = (column * _GRID, -height - (row + 1) * _GRID)
    return {node: (round(x, 3), round(y, 3)) for node, (x, y) in placed.items()}


def _size(group: list[str]) -> tuple[int, list[str]]:
    return -len(group), group


def _plain(nodes: list[str], edges: Iterable[tuple[str, str]]) -> Network:
    """Make an undirected network with one edge between two nodes, in an order that stays."""
    plain: Network = nx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from(sorted((min(edge), max(edge)) for edge in edges))
    return plain


def _forces(group: Network) -> dict[str, Position]:
    """Lay out nodes that hang together by force (Fruchterman and Reingold, 1991)."""
    # A subgraph gives its nodes in the order of a set, which differs from run to run.
    ordered = _plain(sorted(group), group.edges())
    method: Literal["force", "auto"] = "force" if len(ordered) < _FORCE else "auto"
    spread = nx.spring_layout(ordered, seed=SEED, iterations=300, method=method)
    lengths = [math.dist(spread[a], spread[b]) for a, b in ordered.edges()]
    unit = sum(lengths) / len(lengths) or 1.0
    return {node: (float(x) / unit, float(y) / unit) for node, (x, y) in spread.items()}


def _layers(network: Network, group: list[str]) -> dict[str, Position]:
    """Lay out a group with each unit below the lowest body that it belongs to."""
    placed: dict[str, Position] = {}
    below = nx.DiGraph(network.subgraph(group))
    for depth, layer in enumerate(nx.topological_generations(below)):
        row = sorted(layer)
        for place, node in enumerate(row):
            placed[node] = ((place - (len(row) - 1) / 2) * _GRID, -depth * _GRID)
    return placed


def _pack(drawn: Sequence[Mapping[str, Position]]) -> tuple[dict[str, Position], float, float]:
    """Put drawings side by side in rows about as wide as the first one, or as all are high."""
    placed: dict[str, Position] = {}
    boxes = [_box(positions) for positions in drawn]
    area = sum((w + 2 * _GRID) * (h + 2 * _GRID) for _, _, w, h in boxes)
    limit = max([math.sqrt(area) * _GRID, *(w for _, _, w, _ in boxes)], default=0.0)
    x = top = lowest = widest = 0.0
    for positions, (left, upper, width, height) in zip(drawn, boxes, strict=True):
        if x and x + width > limit:
            x, top = 0.0, lowest + _GRID
        for node, (a, b) in positions.items():
            placed[node] = (x + a - left, b - upper - top)
        lowest = max(lowest, top + height)
        widest = max(widest, x + width)
        x += width + _GRID
    return placed, widest, lowest


def _box(positions: Mapping[str, Position]) -> tuple[float, float, float, float]:
    """Give the left and upper bound, the width and the height of a drawing."""
    xs, ys = zip(*positions.values(), strict=True)
    return min(xs), max(ys), max(xs) - min(xs), max(ys) - min(ys)
