"""The views of a graph as networks: what a node, an edge and a weight mean, as files say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import yaml

from .assets import asset
from .nearest import suggestion
from .queryparts import compose

if TYPE_CHECKING:
    from pathlib import Path

# In the order in which an analyst needs them; the first one is what is meant when none is named.
VIEWS = ("actors", "participation", "units", "places", "events", "everything")
DEFAULT_VIEW = VIEWS[0]


class UnknownView(ValueError):
    """A view that there is not; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        hint = suggestion(name, VIEWS)
        super().__init__(f"“{name}” is no view of the graph as a network; {hint}")


@dataclass(frozen=True, slots=True)
class View:
    """A way to see a graph as a network.

    Attributes:
        name: as asked for, such as ``actors``.
        summary: what it shows, in a sentence.
        nodes: what a node is.
        edges: what an edge is, and which relations there are.
        weight: what the weight of an edge means.
        classes: the classes whose things are nodes, with or without an edge.
        graph: the class of networkx that holds it.
        counts: the column of the query whose different values are counted as the weight.
        query: SPARQL that gives the edges. A row with an ``?event`` says that it has the
            ``?source`` in a ``?role`` and the ``?target`` in an ``?otherRole`` (which the
            ``?holder``, a figure of the event, has in its place where there is one). Any other row
            says that the source has the target as its role, or, where ``?inverse`` is true, the
            target the source; ``?why`` is a graph that says so. ``?relation`` names the edge where
            the role does not; ``?key`` tells apart edges of one relation between the same two
            nodes.
    """

    name: str
    summary: str
    nodes: str
    edges: str
    weight: str
    classes: tuple[str, ...]
    graph: str
    counts: str | None
    query: str


def find_view(name: str) -> View:
    """Give a view by its name.

    Raises:
        UnknownView: there is none of that name.
    """
    if name not in VIEWS:
        raise UnknownView(name)
    return _load(name)


def load_views() -> list[View]:
    """Give the views, in order."""
    return [_load(name) for name in VIEWS]


@cache
def _load(name: str) -> View:
    text = asset("ontology", "networks", f"{name}.rq").read_text(encoding="utf-8")
    header = _header(text)
    return View(
        name=header["name"],
        summary=header["summary"],
        nodes=" ".join(header["nodes"].split()),
        edges=" ".join(header["edges"].split()),
        weight=header["weight"],
        classes=tuple(header["classes"]),
        graph=header["graph"],
        counts=header.get("counts"),
        query=text,
    )


@cache
def node_queries() -> tuple[tuple[frozenset[str], str], ...]:
    """Give the SPARQL queries whose columns are attributes of the ``?node``.

    Each stands with the classes of the nodes that it describes.
    """
    folder: Path = asset("ontology", "networks", "nodes")
    queries = [compose(path) for path in sorted(folder.glob("*.rq"))]
    return tuple((frozenset(_header(query)["classes"]), query) for query in queries)


@cache
def mediators_query() -> str:
    """Give the SPARQL query for who mediated, between whom, and what else they did."""
    return asset("ontology", "networks", "mediators.rq").read_text(encoding="utf-8")


def _header(text: str) -> dict[str, str]:
    """Read the `#+` lines at the top of a query, which are YAML."""
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    fields: dict[str, str] = yaml.safe_load("\n".join(lines))
    return fields
