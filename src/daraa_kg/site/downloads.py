"""The files beside a page: the graph in the formats in which others take it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..exports.eventtables import TABLES, EmptyTable
from ..exports.geojson import EmptyMap
from ..graph.formats import find_format, serialize
from ..networks.projection import EmptyNetwork

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..graph.built import Graph

_RDF = {
    "ttl": "the facts alone",
    "trig": "the facts with their evidence",
    "jsonld": "the facts with their evidence",
}
_NETWORKS = ("graphml", "gexf")
_VIEW = "everything"


@dataclass(frozen=True)
class Download:
    """A file beside the page: its name, what is in it, and its bytes."""

    file: str
    label: str
    data: bytes


def make_downloads(graph: Graph) -> Iterator[Download]:
    """Make the files; a table, a map or a network in which nothing stands is left out."""
    for name, what in _RDF.items():
        entry = find_format(name)
        file = f"{graph.slug}{entry.extension}"
        yield Download(file, f"{entry.title}: {what}", serialize(graph, name))
    for table, row in TABLES.items():
        try:
            data = serialize(graph, "csv", table=table)
        except EmptyTable:
            continue
        yield Download(f"{graph.slug}-{table}.csv", f"CSV: a row for each {row}", data)
    try:
        data = serialize(graph, "geojson")
        yield Download(f"{graph.slug}.geojson", "GeoJSON: places, routes and events", data)
    except EmptyMap:
        pass
    for name in _NETWORKS:
        entry = find_format(name)
        try:
            data = serialize(graph, name, view=_VIEW)
        except EmptyNetwork:
            continue
        yield Download(f"{graph.slug}{entry.extension}", f"{entry.title}: the network", data)
