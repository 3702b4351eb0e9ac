"""The places of a page: their points with how exact they are, their lines, and their events."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..exports.geojson import EmptyMap, feature_collection

if TYPE_CHECKING:
    from ..graph.built import Graph
    from ..graph.labels import Labels

    Record = dict[str, Any]


def places(graph: Graph, labels: Labels, incidents: list[Record]) -> list[Record]:
    """Give a record for each place, as the map of the graph has it, by its id.

    Args:
        graph: the graph.
        labels: its names.
        incidents: the records of its events, in the order in which each place lists them.
    """
    events: dict[str, list[str]] = defaultdict(list)
    for incident in incidents:
        for place in incident["places"]:
            events[place].append(incident["id"])
    try:
        features = feature_collection(graph)["features"]
    except EmptyMap:
        return []
    found = [
        _place(feature, labels, events)
        for feature in features
        if feature["properties"]["layer"] != "event"
    ]
    return sorted(found, key=lambda place: str(place["id"]))


def _place(feature: Record, labels: Labels, events: dict[str, list[str]]) -> Record:
    said = feature["properties"]
    near = labels.values(feature["id"], "near")
    return {
        "id": said["place"],
        "label": said["place_label"] or said["place"],
        "kindLabel": said["kind"],
        "point": _geometry(feature["geometry"], "Point"),
        "line": _geometry(feature["geometry"], "LineString"),
        "accuracy": said["accuracy"],
        "vicinityOf": labels.id(near[0]) if near else None,
        "source": said["sources"],
        "events": events.get(said["place"], []),
    }


def _geometry(geometry: Record | None, kind: str) -> list[Any] | None:
    """Give the coordinates of the first geometry of a kind; None where there is none."""
    if geometry is None:
        return None
    for part in geometry.get("geometries", [geometry]):
        if part["type"] == kind:
            coordinates: list[Any] = part["coordinates"]
            return coordinates
        if part["type"] == f"Multi{kind}":
            first: list[Any] = part["coordinates"][0]
            return first
    return None
