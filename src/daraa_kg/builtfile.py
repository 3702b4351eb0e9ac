"""Read a graph back from a file that was built with its evidence: TriG or N-Quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from .graph import Graph
from .labels import value_of
from .namespaces import BASE, DCAT, RDF, about_graph

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = {".trig": ox.RdfFormat.TRIG, ".nq": ox.RdfFormat.N_QUADS}
_DATASET = "/dataset"


class BuiltFileError(ValueError):
    """A file that does not hold a built graph; `path` is the file."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}")


def read_built(path: Path) -> Graph:
    """Read a graph from a ``.trig`` or ``.nq`` file; the article's text itself is not in it.

    The letters of its IRIs are not checked: the program that wrote the file has built them, and
    checking each again is a third of the reading.

    Raises:
        BuiltFileError: the file cannot be parsed, or holds no graph that daraa-kg has built.
        OSError: the file cannot be read.
    """
    store = ox.Store()
    try:
        store.load(path.read_bytes(), format=_FORMATS[path.suffix], lenient=True)
    except (SyntaxError, ValueError) as error:
        raise BuiltFileError(path, f"this is no {path.suffix[1:]} file: {error}") from error
    base, slug = _dataset(store, path)
    return Graph(store, base=base, slug=slug)


def _dataset(store: ox.Store, path: Path) -> tuple[str, str]:
    """Find the base and the article's name in the graph's account of itself."""
    tail = about_graph(BASE).removeprefix(BASE)
    for graph in store.named_graphs():
        if not isinstance(graph, ox.NamedNode) or not graph.value.endswith(tail):
            continue
        base = graph.value.removesuffix(tail)
        pattern = (None, ox.NamedNode(RDF + "type"), ox.NamedNode(DCAT + "Dataset"), graph)
        for quad in store.quads_for_pattern(*pattern):
            name = value_of(quad.subject)
            if name.startswith(base) and name.endswith(_DATASET):
                return base, name[len(base) : -len(_DATASET)]
    raise BuiltFileError(
        path, "this file has no account of where its facts come from; build one with daraa-kg build"
    )
