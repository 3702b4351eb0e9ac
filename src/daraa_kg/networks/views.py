"""The views of a graph as networks: what a node, an edge and a weight mean, as files say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from ..assets import asset
from ..queries.parts import compose
from ..text.nearest import suggestion

if TYPE_CHECKING:
    from pathlib import Path

# In the order in which an analyst needs them; the first one is what is meant when none is named.
VIEWS = ("actors", "participation", "units", "places", "events", "everything")
DEFAULT_VIEW = VIEWS[0]
# The line of a query that leaves out what rules have added.
_STATED_ONLY = re.compile(r"^.*# unless inferred facts are asked for\n", re.MULTILINE)


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
            the role does not.
        whole: the same, with the facts that rules have added.
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
    whole: str


@dataclass(frozen=True, slots=True)
class NodeQuery:
    """A question for the attributes of nodes.

    Attributes:
        classes: the classes whose things it is about.
        attributes: what it tells of them, in the order in which nodes have it.
        otherwise: what holds of those of which no row tells it; else it is not there.
        query: SPARQL whose rows say that the ``?node`` has the ``?attribute`` with this ``?value``;
            an IRI stands for the label of what it names. One row for each value, and not a column
            for each attribute, because an engine joins a column to the others row by row, which
            takes several times as long.
    """

    classes: tuple[str, ...]
    attributes: tuple[str, ...]
    otherwise: dict[str, Any]
    query: str


def find_view(name: str) -> View:
    """Give a view by its name.

    Raises:
        UnknownView: there is none of that name.
    """
    if name not in VIEWS:
        raise UnknownView(name)
    return _load(name)


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
        whole=_STATED_ONLY.sub("", text),
    )


@cache
def node_queries() -> tuple[NodeQuery, ...]:
    """Give the questions for the attributes of nodes."""
    folder: Path = asset("ontology", "networks", "nodes")
    return tuple(_node_query(compose(path)) for path in sorted(folder.glob("*.rq")))


def _node_query(text: str) -> NodeQuery:
    header = _header(text)
    return NodeQuery(
        classes=tuple(header["classes"]),
        attributes=tuple(header["attributes"]),
        otherwise=header.get("otherwise", {}),
        query=text,
    )


@cache
def mediators_query() -> str:
    """Give the SPARQL query for who mediated, between whom, and what else they did."""
    return asset("ontology", "networks", "mediators.rq").read_text(encoding="utf-8")


def _header(text: str) -> dict[str, Any]:
    """Read the `#+` lines at the top of a query, which are YAML."""
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    fields: dict[str, Any] = yaml.safe_load("\n".join(lines))
    return fields
