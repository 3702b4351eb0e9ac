"""What a picture of a network shows, and where: what hangs together, and nothing that clutters.

Nodes stand where Kamada and Kawai (1989) put them, so that the distance on paper is the distance in
the network; the order of battle stands in layers. Lengths are in inches.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from .network import edges_of
from .networkanalysis import simple
from .networkviews import VIEWS

if TYPE_CHECKING:
    Network = nx.Graph[str]
    Position = tuple[float, float]

_EDGE, _GAP = 1.25, 1.1
_PAIRS, _CROWD = 4, 90


@dataclass
class Picture:
    """What is drawn: nodes with their places, and how many of what are left out."""

    network: Network
    places: dict[str, Position]
    notes: list[str]
    crowded: bool


def select(network: Network) -> Picture:
    """Choose what a picture of a network shows, and place it."""
    shown, notes = network.copy(), []
    isolates = len(list(nx.isolates(simple(shown))))
    if isolates:
        notes.append(f"Not drawn: {isolates} {_nodes(network)} without a tie.")
    notes += _without_hub(shown)
    plain = simple(shown)
    groups = sorted(map(sorted, nx.connected_components(plain)), key=lambda g: (-len(g), g))
    tied = [group for group in groups if len(group) > 1]
    pairs = [group for group in tied if len(group) == 2]
    if len(pairs) > _PAIRS:
        tied = [group for group in tied if len(group) > 2] or pairs
        if tied is not pairs:
            notes.append(f"Not drawn: {len(pairs)} pairs with a tie to each other alone.")
    layered = network.graph["view"] == VIEWS[2]
    drawn = [
        _layers(shown.subgraph(group)) if layered else _springs(plain, group) for group in tied
    ]
    places = _pack(drawn)
    shown.remove_nodes_from([node for node in network if node not in places])
    return Picture(shown, places, notes, crowded=len(places) > _CROWD)


def _nodes(network: Network) -> str:
    kinds = {values.get("class") for _, values in network.nodes(data=True)}
    if kinds <= {"Event", "PossibleEvent"}:
        return "events"
    if kinds <= {"Actor", "Side"}:
        return "actors"
    return "actors and events" if kinds <= {"Actor", "Side", "Event"} else "nodes"


def _without_hub(network: Network) -> list[str]:
    """Take out the ties of one relation by which one node holds more than half of the others."""
    held: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for edge, values in edges_of(network):
        if values["relation"] == "part of":
            held[edge[1], values["relation"]].append(edge)
    notes = []
    for (hub, relation), edges in sorted(held.items()):
        if len(edges) > len(network) / 2:
            network.remove_edges_from(edges)
            lonely = sum(not nx.degree(network, edge[0]) for edge in edges)
            label = network.nodes[hub].get("label", hub)
            notes.append(
                f"{len(edges)} {_nodes(network)} are {relation} “{label}”; these ties are not "
                f"drawn, and so neither are {lonely} that have no other."
            )
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


def _layers(group: Network) -> dict[str, Position]:
    """Lay out a group with each body above those that belong to it."""
    below = nx.DiGraph(group)
    placed = {}
    for depth, layer in enumerate(nx.topological_generations(below)):
        row = sorted(layer)
        for place, node in enumerate(row):
            placed[node] = ((place - (len(row) - 1) / 2) * 1.9, -depth * _EDGE)
    return placed


def _pack(drawn: list[dict[str, Position]]) -> dict[str, Position]:
    """Put groups beside each other: the largest at the left, the others in columns as high."""
    placed: dict[str, Position] = {}
    left = top = width = 0.0
    height = 0.0
    for places in drawn:
        xs, ys = zip(*places.values(), strict=True)
        high, wide = max(ys) - min(ys), max(xs) - min(xs)
        if placed and (top + high > height or top == 0.0):
            left, top, width = left + width + _GAP * 1.6, 0.0, 0.0
        for node, (x, y) in places.items():
            placed[node] = (left + x - min(xs), y - max(ys) - top)
        top += high + _GAP
        width, height = max(width, wide), max(height, high)
    return placed
