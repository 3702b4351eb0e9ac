"""The edges of a network: what a view's query finds, put together, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..graph.labels import value_of
from ..namespaces import DKG, about_graph, rule_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..graph.built import Graph
    from .views import View

Fact = tuple[str, str, str]

_BARE = ["source", "target", "role", "why"]
_SPAN = re.compile(r"#char=(\d+),(\d+)$")


@dataclass(slots=True, order=True)
class Tie:
    """All rows of a query that are one edge.

    Attributes:
        source: the IRI of the node that it starts from.
        target: the IRI of the node that it leads to.
        role: the IRI of the property that the edge stands for; of several, the first.
        relation: what it is called; the role's label when empty.
        sign: -1 or 1 in a signed view.
        mutual: whether it has no direction.
        roles: the properties of the two ends, the second one None where there is only one.
        events: the IRIs of the events that it rests on.
        counted: what its weight counts.
        facts: the facts that it rests on: subject, property, object.
        told: the graphs that state it, where the query has found them already.
    """

    source: str
    target: str
    role: str
    relation: str = ""
    sign: int | None = field(default=None, compare=False)
    mutual: bool = field(default=False, compare=False)
    roles: set[tuple[str, str | None]] = field(default_factory=set, compare=False)
    events: set[str] = field(default_factory=set, compare=False)
    counted: set[str] = field(default_factory=set, compare=False)
    facts: set[Fact] = field(default_factory=set, compare=False)
    told: set[str] | None = field(default=None, compare=False)


def read_ties(store: ox.Store, view: View, *, inferred: bool = False) -> tuple[list[Tie], set[str]]:
    """Ask a view's query, and put its rows together.

    Args:
        store: the graph.
        view: the view.
        inferred: whether the facts that rules have added are asked for as well.

    Returns:
        The edges; and the nodes of rows that name a ``?source`` alone.
    """
    answer = store.query(view.whole if inferred else view.query)
    assert isinstance(answer, ox.QuerySolutions)  # noqa: S101 - each view is a SELECT
    names = [variable.value for variable in answer.variables]
    if names == _BARE:
        return _read_facts(answer), set()
    ties: dict[tuple[str, str, str], Tie] = {}
    lonely: set[str] = set()
    for solution in answer:
        terms = zip(names, solution, strict=True)
        row = {name: value_of(term) for name, term in terms if term is not None}
        if "target" not in row:
            lonely.add(row["source"])
            continue
        name = row.get("relation") or row["role"]
        tie = ties.get((row["source"], row["target"], name))
        if tie is None:
            tie = ties[row["source"], row["target"], name] = _begin(row)
        _add(tie, row, view.counts)
    return list(ties.values()), lonely


def _read_facts(answer: ox.QuerySolutions) -> list[Tie]:
    """Read rows that are facts with the graph of each: the many edges of ``everything``."""
    ties: dict[Fact, set[str]] = {}
    solutions: Iterable[Any] = answer  # of IRIs alone: two things, a property and a graph
    for source, target, role, why in solutions:
        ends = source.value, target.value, role.value
        if ends in ties:
            ties[ends].add(why.value)
        else:
            ties[ends] = {why.value}
    nothing: set[Any] = set()
    return [
        Tie(*ends, roles=nothing, events=nothing, counted=nothing, facts=nothing, told=told)
        for ends, told in ties.items()
    ]


def _begin(row: dict[str, str]) -> Tie:
    return Tie(
        row["source"],
        row["target"],
        row["role"],
        relation=row.get("relation", ""),
        sign=int(row["sign"]) if "sign" in row else None,
        mutual=row.get("mutual") == "true",
    )


def _add(tie: Tie, row: dict[str, str], counts: str | None) -> None:
    role, other, event = row["role"], row.get("otherRole"), row.get("event")
    tie.role = min(tie.role, role)
    tie.roles.add((role, other))
    if counts in row:
        tie.counted.add(row[counts])
    if event is not None:
        tie.events.add(event)
        tie.facts.add((event, role, tie.source))
        if other is not None:
            tie.facts.add((row.get("holder", event), other, tie.target))
    elif row.get("inverse") == "true":
        tie.facts.add((tie.target, role, tie.source))
    else:
        tie.facts.add((tie.source, role, tie.target))


class Witnesses:
    """The passages, sources and rules of a graph, and what is known of each.

    Attributes:
        rules: where the IRIs of rules start.
    """

    def __init__(self, graph: Graph) -> None:
        self.store = graph.store
        self.rules = rule_graph(graph.base, "")
        about = ox.NamedNode(about_graph(graph.base))
        quads = self.store.quads_for_pattern(None, ox.NamedNode(DKG + "textFragment"), None, about)
        self._links = {value_of(quad.subject): value_of(quad.object) for quad in quads}
        self._order: dict[str, tuple[int, int, int, str]] = {}

    def of(self, tie: Tie) -> tuple[list[str], list[str], list[str]]:
        """Give the passages, in the order of the text, the sources and the rules of an edge."""
        graphs = self._telling(tie.facts) if tie.told is None else tie.told
        parts: tuple[list[str], list[str], list[str]] = ([], [], [])
        for iri in sorted(graphs, key=self._place) if len(graphs) > 1 else graphs:
            parts[self._place(iri)[0]].append(iri)
        return parts

    def links(self, passages: list[str]) -> list[str]:
        """Give the deep links of passages."""
        links = self._links
        return [links[iri] for iri in passages if iri in links]

    def _telling(self, facts: Iterable[Fact]) -> set[str]:
        return {
            value_of(quad.graph_name)
            for subject, role, value in facts
            for quad in self.store.quads_for_pattern(
                ox.NamedNode(subject), ox.NamedNode(role), ox.NamedNode(value), None
            )
            if isinstance(quad.graph_name, ox.NamedNode)
        }

    def _place(self, iri: str) -> tuple[int, int, int, str]:
        """Sort passages by where they stand, then sources, then rules."""
        place = self._order.get(iri)
        if place is None:
            span = _SPAN.search(iri)
            kind = 2 if iri.startswith(self.rules) else 1
            place = (0, int(span[1]), int(span[2]), iri) if span else (kind, 0, 0, iri)
            self._order[iri] = place
        return place
