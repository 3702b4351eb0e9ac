"""Which colour and shape each side has, the same in every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .page import NEUTRAL, NEUTRAL_SHAPE, PALETTE, SHAPES

if TYPE_CHECKING:
    from ..graph.built import Graph

BOTH, NONE = "several sides", "no side stated"


def side_marks(graph: Graph) -> dict[str, tuple[str, str]]:
    """Give colour and marker of each side of the graph, by its label, in alphabetical order."""
    rows = graph.query(
        "SELECT DISTINCT ?label { ?side a dkg:Side ; rdfs:label ?label } ORDER BY ?label"
    )
    names = [str(getattr(row["label"], "value", "")) for row in rows]
    return {
        name: (PALETTE[i % len(PALETTE)], SHAPES[i % len(SHAPES)]) for i, name in enumerate(names)
    }


def acting_sides(graph: Graph) -> dict[str, str]:
    """Give the labels of the sides that act in each event, or are party to it, by the event's IRI.

    Whoever only suffers in an event does not count: the colour of a mark is that of its doers.
    """
    rows = graph.query(
        """SELECT DISTINCT ?event ?label {
          VALUES ?role { dkg:agent dkg:party }
          ?event a dkg:Event ; ?role ?actor .
          { ?side dkg:sideMember ?actor } UNION { ?event ?role ?side }
          ?side a dkg:Side ; rdfs:label ?label
        } ORDER BY ?event ?label"""
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        event, label = (str(getattr(row[name], "value", "")) for name in ("event", "label"))
        found.setdefault(event, []).append(label)
    return {event: "; ".join(labels) for event, labels in found.items()}


def mark_of(sides: str | None, marks: dict[str, tuple[str, str]]) -> tuple[str, str, str]:
    """Give the legend's name, the colour and the marker for an event's sides.

    Args:
        sides: the labels, parted by semicolons; None when no side is stated.
        marks: what `side_marks` gave.
    """
    names = [name for name in (sides or "").split("; ") if name]
    if len(names) == 1 and names[0] in marks:
        return (names[0], *marks[names[0]])
    if names:
        return BOTH, "#24292f", "h"
    return NONE, NEUTRAL, NEUTRAL_SHAPE
