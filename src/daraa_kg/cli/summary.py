"""Draw what a build has made: how much was read, what came of it, and where it is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode
from rich.table import Table
from rich.text import Text as Line

from ..diagnostics import counted
from ..graph.formats import FORMATS
from ..graph.labels import Labels, value_of
from ..graph.validation import unused_shapes
from ..namespaces import DKG, RDF
from ..text.coverage import measure_coverage
from ..why.evidence import Archive
from .tables import draw_sizes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..diagnostics import Fault
    from ..graph.built import Graph
    from ..stores.embedded import Stamp
    from ..text.coverage import Coverage

_TYPE = NamedNode(RDF + "type")
_NAMED = 12  # shapes that are named; a short article leaves most of them idle
_CLASSES = (
    ("events", "Event"),
    ("only spoken of", "PossibleEvent"),
    ("actors", "Actor"),
    ("places", "Place"),
)


def draw_summary(graph: Graph, *, validated: bool) -> Table:
    """Give a table of what a build has made.

    Args:
        graph: what was built.
        validated: whether the shapes were checked.
    """
    labels = Labels(graph.store, graph.base, graph.slug)
    counts = graph.summary()
    rows: list[tuple[str, int, str | Line]] = [
        ("passages", counts["passages"], _coverage_in_words(graph)),
        *((what, *_kinds(graph, labels, name)) for what, name in _CLASSES),
        ("figures", counts["figures"], ""),
        ("facts", counts["facts"], f"{counts['inferred']:,} of them added by rules"),
    ]
    table = Table.grid(padding=(0, 2))
    table.add_column(style="property", no_wrap=True)
    table.add_column(justify="right", style="number", no_wrap=True)
    table.add_column()
    for what, number, text in rows:
        table.add_row(what, f"{number:,}", text)
    table.add_row("validation", "", _validation(graph, validated=validated))
    return table


def draw_files(
    written: Iterable[Path], store: Path | None = None, stamp: Stamp | None = None
) -> Table:
    """Give a table of the files that a build has written, and of the store that it has filled.

    Args:
        written: the files.
        store: the folder of the store.
        stamp: what the store holds.
    """
    datasets = {path: FORMATS[path.suffix.removeprefix(".")].datasets for path in written}
    rows = [
        (path, "the facts with their evidence" if evidence else "the facts alone")
        for path, evidence in datasets.items()
    ]
    if store and stamp:
        rows.append((store, f"a store of {stamp.quads:,} quads, {stamp.facts:,} of them facts"))
    return draw_sizes(rows)


def describe(
    graph: Graph | None,
    faults: Iterable[Fault],
    *,
    validated: bool = False,
    written: Iterable[Path] = (),
    stale: Iterable[Path] = (),
    filled: tuple[Path, Stamp] | None = None,
) -> dict[str, Any]:
    """Say for programs what a build has come to.

    Args:
        graph: what was built; None where the statements do not hold.
        faults: what is wrong.
        validated: whether the shapes were checked.
        written: the files that were written; their sizes are in bytes.
        stale: the files that are not current.
        filled: the folder of the store that was filled, and what it holds.
    """
    coverage = coverage_of(graph) if graph else None
    return {
        "article": graph.slug if graph else None,
        "counts": graph.summary() if graph else {},
        "share": round(coverage.share, 4) if coverage else None,
        "validated": validated,
        "faults": [fault.to_dict() for fault in faults],
        "files": [{"file": str(path), "bytes": path.stat().st_size} for path in written],
        "stale": [{"file": str(path), "missing": not path.exists()} for path in stale],
        "store": {"folder": str(filled[0]), "quads": filled[1].quads, "facts": filled[1].facts}
        if filled
        else None,
    }


def _kinds(graph: Graph, labels: Labels, name: str) -> tuple[int, str]:
    """Count the things of a class, and say how many are of which kind."""
    things = graph.store.quads_for_pattern(None, _TYPE, NamedNode(DKG + name), DefaultGraph())
    kinds = Counter(labels.kind(value_of(quad.subject)) or "other" for quad in things)
    ordered = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    return sum(kinds.values()), ", ".join(f"{kind} {number}" for kind, number in ordered)


def coverage_of(graph: Graph) -> Coverage | None:
    """Measure how much of the article a graph's passages account for; None without a text."""
    if graph.article is None:
        return None
    archive = Archive(graph.store, Labels(graph.store, graph.base, graph.slug))
    spans = []
    for passage in graph.passages:
        quads = graph.store.quads_for_pattern(None, None, None, NamedNode(passage))
        _, start, end, _ = archive.order(passage)
        spans.append((start, end, sum(1 for _ in quads)))
    return measure_coverage(graph.article, spans)


def _coverage_in_words(graph: Graph) -> str:
    coverage = coverage_of(graph)
    if coverage is None:
        return ""
    return f"{coverage.share:.0%} of the article's words state something"


def _validation(graph: Graph, *, validated: bool) -> Line:
    if not validated:
        return Line("left out (--no-validate)", style="warning")
    warnings = len(graph.faults)
    said = "all shapes hold"
    if warnings:
        said += f", with {counted(warnings, 'warnings')}"
    unused = unused_shapes(graph)
    idle = f"; {len(unused)} of them had nothing to look at" if unused else ""
    if 0 < len(unused) <= _NAMED:
        idle += f": {', '.join(unused)}"
    return Line.assemble((said, "good"), (idle, "aside"))
