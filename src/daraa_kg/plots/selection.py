"""What a picture of a network shows, and where: what hangs together, and nothing that clutters.

Nodes stand where Kamada and Kawai (1989) put them, so that the distance on paper is the distance in
the network; the order of battle stands in layers; what is small stands in columns at the right.
Lengths are in inches.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..networks.analysis import simple
from ..networks.projection import edges_of
from ..networks.views import VIEWS

if TYPE_CHECKING:
    Network = nx.Graph[str]
    Position = tuple[float, float]

_EDGE, _GAP = 1.1, 1.1
_MANY, _MOST = 120, 45  # of more than so many nodes no picture can be read: so many are drawn
_SMALL = 5  # nodes of a group that stands in the columns at the right
_STEP, _ROW, _COLUMN = 0.45, 0.6, 1.95  # between nodes of a chain, between groups, of a column
_PAGE = 15.0  # the width of all, without the margins
_COLUMNS = 4


@dataclass
class Picture:
    """What is drawn: nodes with their places, in inches, and how many of what are left out."""

    network: Network
    places: dict[str, Position]
    notes: list[str]


def select(network: Network) -> Picture:
    """Choose what a picture of a network shows, and place it.

    Of a network of more than 120 nodes that have a tie the 45 with the most ties are drawn.
    """
    layered = network.graph["view"] == VIEWS[2]
    shown = network.copy()
    notes = [] if layered else _without_lonely(shown)
    notes += _without_rest(shown)
    notes += _without_hub(shown)
    plain = simple(shown)
    groups = sorted(map(sorted, nx.connected_components(plain)), key=lambda g: (-len(g), g))
    if not layered:
        groups = [group for group in groups if len(group) > 1]
    large = [group for group in groups if len(group) > _SMALL] or groups[:1]
    batches: dict[str, list[dict[str, Position]]] = defaultdict(list)
    for group in sorted(groups[len(large) :], key=lambda group: _place_in_columns(shown, group)):
        side = "" if len(group) > 1 else shown.nodes[group[0]].get("side", "none")
        batches[side].append(_layers(shown.subgraph(group)) if layered else _chain(plain, group))
    places = _pack(
        [_layers(shown.subgraph(g)) if layered else _springs(plain, g) for g in large],
        list(batches.values()),
    )
    shown.remove_nodes_from([node for node in network if node not in places])
    return Picture(shown, places, notes)


def _place_in_columns(network: Network, group: list[str]) -> tuple[int, str, str]:
    """Sort groups by size, and single nodes by side, those on none last."""
    values = network.nodes[group[0]]
    side = values.get("side", "\uffff") if len(group) == 1 else ""
    return -len(group), side, str(values.get("label", group[0]))


def _without_lonely(network: Network) -> list[str]:
    """Take out the nodes without a tie, or with one to themselves alone."""
    lonely = list(nx.isolates(simple(network)))
    if not lonely:
        return []
    what = _nodes(network, len(lonely))
    network.remove_nodes_from(lonely)
    return [f"Not drawn: {what} without a tie."]


def _without_rest(network: Network) -> list[str]:
    """Take out all but the nodes with the most ties, if there are too many for a picture."""
    if len(network) <= _MANY:
        return []
    degrees = dict(simple(network).degree())
    order = sorted(degrees, key=lambda node: (-degrees[node], node))
    what = _nodes(network, len(order))
    network.remove_nodes_from(order[_MOST:])
    return [
        f"Drawn: the {_MOST} with the most ties among {what}, and the ties between them; "
        f"{len(order) - _MOST} others are left out."
    ]


def _nodes(network: Network, number: int) -> str:
    """Say what so many nodes of a network are: ``1 event``, ``35 actors and events``."""
    kinds = {values.get("class") for _, values in network.nodes(data=True)}
    if kinds <= {"Event", "PossibleEvent"}:
        words = ("event", "events")
    elif kinds <= {"Actor", "Side"}:
        words = ("actor", "actors")
    elif kinds <= {"Place"}:
        words = ("place", "places")
    elif kinds <= {"Actor", "Side", "Event"}:
        words = ("actor or event", "actors and events")
    else:
        words = ("thing", "things")
    return f"{number} {words[number != 1]}"


def _without_hub(network: Network) -> list[str]:
    """Take out the ties of one relation by which one node holds more than half of the others."""
    held: dict[str, list[Any]] = defaultdict(list)
    for edge, values in edges_of(network):
        if values["relation"] == "part of":
            held[edge[1]].append(edge)
    notes = []
    for hub, edges in sorted(held.items()):
        parts = {edge[0] for edge in edges}
        events = [n for n, values in network.nodes(data=True) if values.get("class") == "Event"]
        if len(parts) > len(events) / 2:
            network.remove_edges_from(edges)
            lonely = sum(not nx.degree(network, part) for part in parts)
            label = network.nodes[hub].get("label", hub)
            note = f"{len(parts)} events are part of “{label}”; these ties are not drawn"
            more = f", and so neither are {lonely} events that have no other" if lonely > 1 else ""
            more = ", and so neither is 1 event that has no other" if lonely == 1 else more
            notes.append(f"{note}{more}.")
    return notes


def _springs(plain: Network, group: list[str]) -> dict[str, Position]:
    """Lay out nodes that hang together, tied ones about an inch apart (Kamada and Kawai 1989)."""
    ordered: Network = nx.Graph()
    ordered.add_nodes_from(group)
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in plain.subgraph(group).edges()))
    spread = nx.kamada_kawai_layout(ordered)
    lengths = [math.dist(spread[a], spread[b]) for a, b in ordered.edges()]
    unit = _EDGE * min(1 + len(group) / 60, 1.6) / (sum(lengths) / len(lengths))
    placed = {node: (float(x) * unit, float(y) * unit) for node, (x, y) in spread.items()}
    xs, ys = zip(*placed.values(), strict=True)
    if max(ys) - min(ys) > max(xs) - min(xs):  # a page is wider than it is high
        placed = {node: (y, -x) for node, (x, y) in placed.items()}
    return placed


def _chain(plain: Network, group: list[str]) -> dict[str, Position]:
    """Lay out a small group below each other, along its ties, so that names stand beside it."""
    first = min(group, key=lambda node: (plain.degree(node), node))
    order = nx.dfs_preorder_nodes(plain, first, sort_neighbors=sorted)
    return {node: (0.0, -place * _STEP) for place, node in enumerate(order)}


def _layers(group: Network) -> dict[str, Position]:
    """Lay out a group with each body above those that belong to it."""
    below = nx.DiGraph(group)
    placed = {}
    for depth, layer in enumerate(nx.topological_generations(below)):
        row = sorted(layer)
        for place, node in enumerate(row):
            placed[node] = ((place - (len(row) - 1) / 2) * 1.9, -depth * _EDGE)
    return placed


def _pack(
    large: list[dict[str, Position]], batches: list[list[dict[str, Position]]]
) -> dict[str, Position]:
    """Put large groups beside each other, and small ones at their right, in columns as high.

    The large ones are made smaller until all has room on the page; each batch begins a column.
    """
    highs = [sum(_extent(places)[1] + _ROW for places in batch) for batch in batches]
    scale = 1.0
    for _ in range(8):
        scaled = [{node: (x * scale, y * scale) for node, (x, y) in g.items()} for g in large]
        placed = _beside(scaled)
        width, height = _extent(placed)
        height = max(height, sum(highs) / _COLUMNS)
        columns = _in_columns(batches, height)
        room = _PAGE - _COLUMN * len(columns)
        if width <= room + 1e-6:
            break
        scale *= room / width
    left = max(x for x, _ in placed.values())
    top = max(y for _, y in placed.values())
    for number, column in enumerate(columns, 1):
        down = 0.0
        for places in column:
            _put(placed, places, left + number * _COLUMN, down - top)
            down += _extent(places)[1] + _ROW
    return placed


def _beside(groups: list[dict[str, Position]]) -> dict[str, Position]:
    """Put groups beside each other: the largest at the left, the others in columns as high."""
    placed: dict[str, Position] = {}
    left = top = width = height = 0.0
    for places in groups:
        wide, high = _extent(places)
        if placed and (top + high > height or top == 0.0):
            left, top, width = left + width + _GAP * 1.6, 0.0, 0.0
        _put(placed, places, left, top)
        top += high + _GAP
        width, height = max(width, wide), max(height, high)
    return placed


def _in_columns(
    batches: list[list[dict[str, Position]]], height: float
) -> list[list[dict[str, Position]]]:
    """Part small groups into columns of about one height, each batch beginning one."""
    columns: list[list[dict[str, Position]]] = []
    for batch in batches:
        whole = sum(_extent(places)[1] + _ROW for places in batch)
        number = max(1, round(whole / (height + _ROW)))
        down = 0.0
        parts: list[list[dict[str, Position]]] = [[] for _ in range(number)]
        for places in batch:
            high = _extent(places)[1] + _ROW
            parts[min(int((down + high / 2) * number / whole), number - 1)].append(places)
            down += high
        columns += filter(None, parts)
    return columns


def _extent(places: dict[str, Position]) -> Position:
    """Give the width and the height of what is placed."""
    xs, ys = zip(*places.values(), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def _put(placed: dict[str, Position], places: dict[str, Position], left: float, top: float) -> None:
    """Place a group with its left upper corner there, `top` being measured downwards."""
    corner = min(x for x, _ in places.values()), max(y for _, y in places.values())
    for node, (x, y) in places.items():
        placed[node] = (left + x - corner[0], y - corner[1] - top)
