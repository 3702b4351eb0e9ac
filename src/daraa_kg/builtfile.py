"""Read a graph back from a file that was built with its evidence: TriG or N-Quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from .graph import Graph
from .labels import value_of
from .namespaces import DCAT, RDF, about_graph

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {".trig": ox.RdfFormat.TRIG, ".nq": ox.RdfFormat.N_QUADS}
_DATASET = "/dataset"
ABOUT = about_graph("")  # how the IRI of a dataset's account of itself ends


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
        store.load(path.read_bytes(), format=FORMATS[path.suffix])
    except (SyntaxError, ValueError) as error:
        raise BuiltFileError(path, f"this is no {path.suffix[1:]} file: {error}") from error
    base, slug = _dataset(store, path)
    return Graph(store, base=base, slug=slug)


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
