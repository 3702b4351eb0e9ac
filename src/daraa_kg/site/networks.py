"""The networks of a page, laid out here, for a browser is slow at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..network import EmptyNetwork, edges_of, to_networkx
from ..networklook import positions, relation_name
from .entities import TYPES
from .families import family_of

if TYPE_CHECKING:
    from ..graph import Graph
    from ..labels import Labels
    from ..network import Network
    from .passages import Passages

    Record = dict[str, Any]

VIEWS = ("everything", "actors", "units")


def networks(graph: Graph, passages: Passages, sides: list[Record]) -> list[Record]:
    """Give each view that has something to be seen: its nodes with their places, and its edges."""
    by_label = {side["label"]: side["id"] for side in sides}
    found = []
    for view in VIEWS:
        try:
            network = to_networkx(graph, view)
        except EmptyNetwork:
            continue
        found.append(
            {
                "view": view,
                "nodes": _nodes(network, passages.reader.labels, by_label),
                "edges": _edges(network, passages),
            }
        )
    return found


def _nodes(network: Network, labels: Labels, sides: dict[str, str]) -> list[Record]:
    """Give the nodes; x and y lie between 0 and 1, and are of one scale."""
    placed = positions(network)
    left, top = (min(place[axis] for place in placed.values()) for axis in (0, 1))
    spread = [
        max(place[axis] for place in placed.values()) - low for axis, low in ((0, left), (1, top))
    ]
    scale = max(*spread, 1e-9)
    found = []
    for name, values in network.nodes(data=True):
        x, y = placed[name]
        record: Record = {
            "id": name,
            "label": values["label"],
            "type": TYPES[values["class"]],
            "kind": values.get("kind", values["class"]),
            "side": sides.get(values.get("side", "")),
            "x": round((x - left) / scale, 4),
            # A screen counts downwards.
            "y": round((spread[1] - (y - top)) / scale, 4),
            "weight": network.degree(name),
        }
        if values["class"] == "Event":
            record["family"] = family_of(labels, values["iri"])
        found.append(record)
    return found


def _edges(network: Network, passages: Passages) -> list[Record]:
    """Give the edges; those of one direction and one sign between two nodes are one."""
    merged: dict[tuple[str, str, int], Record] = {}
    for (source, target, *_), values in edges_of(network):
        sign = values.get("sign", 0)
        record = merged.setdefault(
            (source, target, sign),
            {
                "source": source,
                "target": target,
                "roles": [],
                "sign": sign,
                "events": [],
                "passages": [],
            },
        )
        record["roles"].append(relation_name(values))
        record["events"] += values.get("events", [])
        record["passages"] += [passages.number[iri] for iri in values["passages"]]
    for record in merged.values():
        record["roles"] = list(dict.fromkeys(record["roles"]))
        record["events"] = list(dict.fromkeys(record["events"]))
        record["passages"] = sorted(set(record["passages"]))
    return list(merged.values())
