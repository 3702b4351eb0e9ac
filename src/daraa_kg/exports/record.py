"""What a file holds that was written: the record that commands print, in words or for programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..diagnostics import counted
from ..statements.naming import camel

if TYPE_CHECKING:
    from pathlib import Path

    from ..graph.built import Graph
    from ..graph.formats import Format

__all__ = ["FileRecord", "export_record"]

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was written.

    Attributes:
        path: the file; None for standard output.
        format: a name of `graph.formats.FORMATS`, or ``svg``, ``png`` or ``pdf``.
        size: in bytes.
        counts: how many of what it holds: rows, nodes, edges, features, …
        left_out: what of the graph it does not hold, and why, a clause each.
        options: the options that the format was given: ``view``, ``table``.
    """

    path: Path | None
    format: str
    size: int
    counts: Counts
    left_out: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as texts, numbers and lists, for JSON; the size is in bytes."""
        return {
            "file": None if self.path is None else str(self.path),
            "format": self.format,
            "options": self.options,
            "bytes": self.size,
            "counts": {camel(name): number for name, number in self.counts.items()},
            "leftOut": list(self.left_out),
        }

    def __str__(self) -> str:
        """Say it in a line; not the size, which changes with the versions of the writers."""
        held = ", ".join(counted(number, name) for name, number in self.counts.items())
        if self.path is None:
            return f"wrote {held} to standard output"
        return f"wrote {self.path}: {held}"


def export_record(
    graph: Graph, entry: Format, data: bytes, path: Path | None, options: dict[str, str]
) -> FileRecord:
    """Say what an export holds.

    Args:
        graph: what was written.
        entry: in which format.
        data: the bytes of the file.
        path: the file; None for standard output.
        options: those that the format was given.
    """
    left_out = []
    if entry.family == "rdf":
        counts = _statements(graph, entry)
        if not entry.datasets:
            graphs = counted(len(_named(graph)), "named graphs")
            left_out.append(f"evidence and vocabulary, which stand in {graphs}")
    else:
        counts = _contents(graph, entry, data, options)
        everything = "everything" in options.values() or options.get("table") == "places"
        if not everything and (possible := _possible(graph)):
            left_out.append(
                f"{counted(possible, 'possible events')}: what was only promised, demanded, "
                "threatened, planned or alleged"
            )
    return FileRecord(path, entry.name, len(data), counts, tuple(left_out), options)


def _statements(graph: Graph, entry: Format) -> Counts:
    facts = {"facts": len(graph.facts())}
    if not entry.datasets:
        return facts
    return {**facts, "quads": len(graph.quads()), "named graphs": len(_named(graph))}


def _named(graph: Graph) -> set[str]:
    return {name.value for name in graph.store.named_graphs() if hasattr(name, "value")}


def _possible(graph: Graph) -> int:
    (row,) = graph.query("SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a dkg:PossibleEvent }")
    return int(getattr(row["n"], "value", 0))


def _contents(graph: Graph, entry: Format, data: bytes, options: dict[str, str]) -> Counts:
    """Count what was written, in the bytes where that is cheap."""
    if entry.family == "network":
        from ..networks.views import DEFAULT_VIEW

        network = graph.to_networkx(options.get("view", DEFAULT_VIEW))
        return {"nodes": network.number_of_nodes(), "edges": network.number_of_edges()}
    if entry.extension == ".csv":
        return {"rows": sum(1 for _ in csv.reader(io.StringIO(data.decode()))) - 1}
    if entry.name == "crosswalk-json":
        return {"rows": len(json.loads(data)["events"])}
    if entry.family == "map":
        features = json.loads(data)["features"]
        layers = Counter(f"{feature['properties']['layer']}s" for feature in features)
        bare = sum(feature["geometry"] is None for feature in features)
        return {**layers, "without geometry": bare}
    from .eventtables import TABLES, ask

    if "table" in entry.options:
        return {"rows": len(ask(graph, options.get("table", next(iter(TABLES)))))}
    return {table: len(ask(graph, table)) for table in TABLES}
