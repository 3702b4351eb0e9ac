"""What is to be put into a store: quads that can be read again and again, and how many there are.

A file is read from the disk each time, so that its size does not count; of its graphs the names and
sizes alone are kept.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..graph.account import dataset_iri
from ..graph.builtfile import ABOUT, FORMATS, BuiltFileError, Said, dataset_name
from ..namespaces import DCAT, RDF, about_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from ..graph.built import Graph

__all__ = ["Plan", "plan_file", "plan_graph"]

_TYPE, _DATASET = ox.NamedNode(RDF + "type"), ox.NamedNode(DCAT + "Dataset")


@dataclass(frozen=True)
class Plan:
    """What is to be put into a store.

    Attributes:
        base: where the IRIs of its things start.
        slugs: the names that its articles have in IRIs.
        facts: how many triples the default graph has.
        graphs: how many triples each named graph has, by its IRI.
        digest: SHA-256 of the quads, in the order in which they are read.
        quads: reads them once more.
    """

    base: str
    slugs: tuple[str, ...]
    facts: int
    graphs: Mapping[str, int]
    digest: str
    quads: Callable[[], Iterator[ox.Quad]]

    @property
    def about(self) -> str:
        """The graph in which the dataset describes itself, and lists its graphs."""
        return about_graph(self.base)

    @property
    def datasets(self) -> set[str]:
        """The IRIs of the datasets."""
        return {dataset_iri(self.base, slug) for slug in self.slugs}

    @property
    def mark(self) -> str:
        """The graph that says what is being loaded, and in which named graph the facts are."""
        return f"{self.base}graph/load"


def plan_graph(graph: Graph) -> Plan:
    """Plan to load a graph that has been built.

    Raises:
        ValueError: it has blank nodes.
    """
    quads = graph.quads()
    count = _Count(quads)
    return Plan(
        graph.base, (graph.slug,), count.facts, count.graphs, count.digest, lambda: iter(quads)
    )


def plan_file(path: Path) -> Plan:
    """Plan to load a ``.trig`` or ``.nq`` file that was built, without keeping it in memory.

    Raises:
        BuiltFileError: it cannot be parsed, or holds no graph that daraa-kg has built.
        CutShort: it holds less than it says of itself.
        OSError: it cannot be read.
    """

    def read() -> Iterator[ox.Quad]:
        return ox.parse(path=path, format=FORMATS[path.suffix])

    try:
        count = _Count(read())
    except (SyntaxError, ValueError) as error:
        raise BuiltFileError(path, f"this is no {path.suffix[1:]} file: {error}") from error
    if count.blank:
        problem = f"this file has the blank node {count.blank}, which a store would take in anew"
        raise BuiltFileError(path, f"{problem} each time; load a file that daraa-kg build wrote")
    bases = {base for base, _ in count.datasets}
    if len(bases) != 1:
        told = "datasets of several bases" if bases else "no account of where its facts come from"
        problem = f"this file has {told}; build one with daraa-kg build"
        raise BuiltFileError(path, problem)
    slugs = tuple(sorted(slug for _, slug in count.datasets))
    plan = Plan(bases.pop(), slugs, count.facts, count.graphs, count.digest, read)
    count.said.check(path, plan.datasets, plan.facts, plan.graphs)
    return plan


class _Count:
    """What is seen in going through quads once."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        sizes: Counter[str] = Counter()
        digest = hashlib.sha256()
        self.facts = 0
        self.blank = ""
        self.datasets: set[tuple[str, str]] = set()
        self.said = Said()
        for quad in quads:
            digest.update(f"{quad} .\n".encode())
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                self.blank = str(quad.subject if isinstance(quad.subject, ox.BlankNode) else quad)
            if not isinstance(quad.graph_name, ox.NamedNode):
                self.facts += 1
                continue
            graph = quad.graph_name.value
            sizes[graph] += 1
            if not graph.endswith(ABOUT):
                continue
            self.said.note(quad)
            if quad.predicate == _TYPE and quad.object == _DATASET:
                found = dataset_name(graph, str(getattr(quad.subject, "value", "")))
                self.datasets.update([found] if found else [])
        self.graphs: dict[str, int] = dict(sizes)
        self.digest = digest.hexdigest()
