"""Read a graph back from a file that was built with its evidence: TriG or N-Quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..namespaces import DCAT, RDF, VOID, about_graph
from .built import Graph
from .labels import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMATS = {".trig": ox.RdfFormat.TRIG, ".nq": ox.RdfFormat.N_QUADS}
_DATASET = "/dataset"
_TRIPLES, _SUBSET = ox.NamedNode(VOID + "triples"), ox.NamedNode(VOID + "subset")
_SIZES = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_AGAIN = "copy or build it again"
ABOUT = about_graph("")  # how the IRI of a dataset's account of itself ends


class BuiltFileError(ValueError):
    """A file that does not hold a built graph; `path` is the file."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}")


class CutShort(BuiltFileError, LookupError):
    """A file that holds less than it says of itself; what is missing is not known."""


class Said:
    """What the datasets of a file say that they hold, in their accounts of themselves.

    Attributes:
        triples: how many triples a dataset or a named graph has, by its IRI; the most that is said.
        subsets: the IRIs of the named graphs that they list.
    """

    def __init__(self) -> None:
        self.triples: dict[str, int] = {}
        self.subsets: set[str] = set()

    def note(self, quad: ox.Quad) -> None:
        """Take note of a quad of an account."""
        if quad.predicate == _TRIPLES:
            about, number = value_of(quad.subject), value_of(quad.object)
            self.triples[about] = max(
                int(number) if number.isdecimal() else 0, self.triples.get(about, 0)
            )
        elif quad.predicate == _SUBSET:
            self.subsets.add(value_of(quad.object))

    def check(
        self, path: Path, datasets: Iterable[str], facts: int, graphs: Mapping[str, int]
    ) -> None:
        """See that a file is whole: each graph that is listed is there, and not too small.

        A file that is cut at the end of a line can be parsed, and so can one without its middle.

        Args:
            path: the file.
            datasets: the IRIs of its datasets.
            facts: how many triples its default graph has.
            graphs: how many triples each of its named graphs has.

        Raises:
            CutShort: it holds less than is said.
        """
        expected = max((self.triples.get(dataset, 0) for dataset in datasets), default=0)
        if not expected:
            raise CutShort(path, f"this file breaks off before it says what it holds; {_AGAIN}")
        if facts < expected:
            problem = f"this file says that it has {expected:,} facts, and {facts:,} are in it"
            raise CutShort(path, f"{problem}: it was cut short; {_AGAIN}")
        wanted = {graph: self.triples.get(graph, 1) for graph in self.subsets}
        lacking = sorted(graph for graph, size in wanted.items() if graphs.get(graph, 0) < size)
        if lacking:
            problem = (
                f"{len(lacking):,} of the {len(wanted):,} graphs that this file lists are not in "
                f"it, or not whole, such as <{lacking[0]}>"
            )
            raise CutShort(path, f"{problem}: it was cut short; {_AGAIN}")


def read_built(path: Path) -> Graph:
    """Read a graph from a ``.trig`` or ``.nq`` file; the article's text itself is not in it.

    Raises:
        BuiltFileError: the file cannot be parsed, or holds no graph that daraa-kg has built.
        CutShort: it holds less than it says of itself.
        OSError: the file cannot be read.
    """
    store = ox.Store()
    try:
        store.load(path.read_bytes(), format=FORMATS[path.suffix])
    except (SyntaxError, ValueError) as error:
        raise BuiltFileError(path, f"this is no {path.suffix[1:]} file: {error}") from error
    base, slug = _dataset(store, path)
    _check_whole(store, path, base, slug)
    return Graph(store, base=base, slug=slug)


def _check_whole(store: ox.Store, path: Path, base: str, slug: str) -> None:
    """See that a file holds what it says.

    Raises:
        CutShort: it holds less.
    """
    said = Said()
    about = ox.NamedNode(about_graph(base))
    for predicate in (_TRIPLES, _SUBSET):
        for quad in store.quads_for_pattern(None, predicate, None, about):
            said.note(quad)
    sizes = store.query(_SIZES)
    assert isinstance(sizes, ox.QuerySolutions)  # noqa: S101 - what a SELECT gives
    graphs = {value_of(graph): int(value_of(number)) for graph, number in sizes}
    facts = len(store) - sum(graphs.values())
    said.check(path, [f"{base}{slug}{_DATASET}"], facts, graphs)


def _dataset(store: ox.Store, path: Path) -> tuple[str, str]:
    """Find the base and the article's name in the graph's account of itself."""
    pattern = (None, ox.NamedNode(RDF + "type"), ox.NamedNode(DCAT + "Dataset"), None)
    for quad in store.quads_for_pattern(*pattern):
        found = dataset_name(value_of(quad.graph_name), value_of(quad.subject))
        if found:
            return found
    raise BuiltFileError(
        path, "this file has no account of where its facts come from; build one with daraa-kg build"
    )


def dataset_name(graph: str, dataset: str) -> tuple[str, str] | None:
    """Give the base and the article's name that a dataset's IRI has in it; None if it is not ours.

    Args:
        graph: the graph that says that it is a dataset.
        dataset: its IRI.
    """
    if not graph.endswith(ABOUT):
        return None
    base = graph.removesuffix(ABOUT)
    if not dataset.startswith(base) or not dataset.endswith(_DATASET):
        return None
    return base, dataset[len(base) : -len(_DATASET)]
