"""A graph as a network for analysis: one of six views, as a graph of NetworkX."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx
import pyoxigraph as ox

from ..graph.labels import value_of
from ..namespaces import DCAT, DCT, DKG, RDF, about_graph
from .edges import Tie, Witnesses, read_ties
from .nodes import SEPARATOR, Things, Values
from .views import DEFAULT_VIEW, VIEWS, View, find_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..graph.built import Graph

    Network = nx.Graph[str]

__all__ = ["VIEWS", "EmptyNetwork", "NotAcyclic", "edges_of", "flatten", "to_networkx"]


class EmptyNetwork(LookupError):
    """A view of a graph that has nothing to be seen in it; `view` is its name."""

    def __init__(self, view: View) -> None:
        self.view = view.name
        super().__init__(
            f"the graph holds nothing that the view {view.name} shows, so there is no network of it"
        )


class NotAcyclic(ValueError):
    """Units that stand above themselves; `units` holds their ids, in the order of the circle."""

    def __init__(self, units: list[str]) -> None:
        self.units = units
        circle = " → ".join([*units, units[0]])
        super().__init__(f"the order of battle goes in a circle: {circle}; mend unitOf or memberOf")


def to_networkx(
    graph: Graph,
    view: str = DEFAULT_VIEW,
    *,
    inferred: bool = False,
    flat: bool = False,
) -> Network:
    """Make a graph of NetworkX.

    A node is named by its id (``event/offensive``, ``kg:place/daraa``), and has a ``label``, a
    ``class`` (Event, PossibleEvent, Actor, Side, Place or Figure), a ``kind`` and an ``iri``; an
    actor its ``side``; an event its dates (``when`` in EDTF, ``start`` and ``end`` in ISO 8601),
    ``place``, coordinates in degrees and its sums of persons ``killed``, ``wounded``, ``captured``
    and ``missing``. What is not known is not there. An edge has its ``relation``, its ``weight``,
    its ``roles`` where it has any, its ``events`` and their ``dates``, the ``passages`` that state
    it, ``links`` that open the live article at them, and the ``sources`` for what no passage says.
    What each means in a view stands in the network's own attributes: ``nodes``, ``edges``,
    ``weight``.

    Args:
        graph: the graph.
        view: ``actors``, ``participation``, ``units``, ``places``, ``events`` or ``everything``.
        inferred: whether the view ``everything`` has the facts that rules added as well.
        flat: whether attributes with several values are one text, the values apart by ``; ``, as
            NetworkX's own writers of GraphML and GEXF need them.

    Raises:
        UnknownView: there is no such view.
        EmptyNetwork: the graph has nothing that the view shows.
        NotAcyclic: a unit stands above itself.
    """
    with _uncollected():
        network = _Builder(graph, find_view(view), inferred=inferred).build()
    return flatten(network) if flat else network


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no garbage meanwhile: all that is made stays, and looking takes long."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def flatten(network: Network) -> Network:
    """Give a copy in which every attribute is a text, a number or yes or no.

    Lists become texts, with ``; `` between the values; ``spells`` are left out, for ``start`` and
    ``end`` have their bounds.
    """
    plain = network.copy()
    for _, values in edges_of(plain):
        values.pop("spells", None)
        for name in [name for name, value in values.items() if isinstance(value, list)]:
            texts = values.pop(name)
            if texts:
                values[name] = SEPARATOR.join(texts)
    return plain


def edges_of(network: Network) -> Iterator[tuple[tuple[str, ...], Values]]:
    """Give each edge's ends, and its key if it has one, with its attributes."""
    edges: Any = network.edges
    keys = {"keys": True} if network.is_multigraph() else {}
    for *edge, values in edges(data=True, **keys):
        yield tuple(edge), values


# What joins a part to its whole.
_TO_A_WHOLE = (DKG + "partOf", DKG + "duringWhole")


class _Builder:
    """The making of one network."""

    def __init__(self, graph: Graph, view: View, *, inferred: bool) -> None:
        self.graph = graph
        self.store = graph.store
        self.view = view
        self.inferred = inferred
        self.things = Things(graph)
        self.witnesses = Witnesses(graph)
        self.attributes: dict[str, Values] = {}
        self._events: dict[str, _Event] = {}

    def build(self) -> Network:
        """Make the network: its nodes by name, its edges by the names of their ends."""
        ties, lonely = read_ties(self.store, self.view, inferred=self.inferred)
        nodes = {node for name in self.view.classes for node in self.things.members(name)}
        nodes.update(end for tie in ties for end in (tie.source, tie.target))
        nodes |= lonely
        if not nodes:
            raise EmptyNetwork(self.view)
        classes = {self.things.class_of.get(node, "") for node in nodes}
        if any(tie.events for tie in ties):
            classes.add("Event")
        self.attributes = self.things.attributes(classes)
        network: Network = getattr(nx, self.view.graph)(**self._described())
        self._add_nodes(network, nodes)
        self._add_edges(network, ties)
        if self.view.name == "units" and not nx.is_directed_acyclic_graph(network):
            raise NotAcyclic([source for source, *_ in nx.find_cycle(network)])
        return network

    def _described(self) -> Values:
        """Say in the network itself what it shows, and under which licence."""
        view, slug = self.view, self.graph.slug
        values: Values = {
            "name": f"{slug}: {view.name}",
            "view": view.name,
            "summary": view.summary,
            "nodes": view.nodes,
            "edges": view.edges,
            "weight": view.weight,
        }
        about = ox.NamedNode(about_graph(self.graph.base))
        kind, dataset = ox.NamedNode(RDF + "type"), ox.NamedNode(DCAT + "Dataset")
        for quad in self.store.quads_for_pattern(None, kind, dataset, about):
            terms = self.store.quads_for_pattern(
                quad.subject, ox.NamedNode(DCT + "license"), None, about
            )
            values.update(("license", value_of(term.object)) for term in terms)
        return values

    def _add_nodes(self, network: Network, nodes: set[str]) -> None:
        names = {self.things.short(iri): iri for iri in nodes}
        modes = self.view.name == "participation"
        for name in sorted(names):
            values = {"label": name, **self.attributes.get(names[name], {}), "iri": names[name]}
            if modes:
                values["bipartite"] = int(values.get("class") == "Event")
            network.add_node(name, **values)

    def _add_edges(self, network: Network, ties: list[Tie]) -> None:
        short, term, witnesses = self.things.short, self.things.term, self.witnesses
        edges: Any = network
        several = network.is_multigraph()
        named = [
            (short(tie.source), short(tie.target), tie.relation or term(tie.role), tie)
            for tie in ties
        ]
        for source, target, relation, tie in sorted(named):
            passages, sources, rules = witnesses.of(tie)
            inferred = not passages and not sources
            key = {"key": relation} if several else {}
            edges.add_edge(source, target, **key)
            values: Values = edges.get_edge_data(source, target, **key)
            values["relation"] = relation
            values["weight"] = len(tie.counted) or 1
            if tie.sign is not None:
                values["sign"] = tie.sign
                values["mutual"] = tie.mutual
            if tie.events or relation != term(tie.role):
                values["roles"] = sorted(self._role(*roles) for roles in tie.roles)
            values.update(self._when(tie))
            values["passages"] = passages
            values["links"] = witnesses.links(passages)
            values["sources"] = [short(iri) for iri in sources or (rules if inferred else ())]
            if self.inferred:
                values["inferred"] = inferred

    def _role(self, role: str, other: str | None) -> str:
        """Name the role of one, or those of both: ``perpetrator → target``."""
        name = self.things.term(role)
        return f"{name} → {self.things.term(other)}" if other else name

    def _when(self, tie: Tie) -> Values:
        """Give the events of an edge, or those that it joins, and when they were."""
        found = tie.events or self._ends(tie, "Event")
        if not found:
            return {}
        events = sorted(map(self._event, found))
        values: Values = {
            "events": [event.name for event in events],
            "dates": [event.when for event in events if event.when is not None],
        }
        at_work = events if tie.events else self._days_of_ends(tie)
        bounded = [event for event in at_work if event.bounds is not None]
        if bounded:
            values["spells"] = [(event.start, event.end) for event in bounded]
            values["bounds"] = [event.bounds for event in bounded]
            starts = [event.start for event in bounded if event.start is not None]
            ends = [event.end for event in bounded if event.end is not None]
            # An open end of one event leaves the whole open.
            if len(starts) == len(bounded):
                values["start"] = min(starts)
            if len(ends) == len(bounded):
                values["end"] = max(ends)
        return values

    def _ends(self, tie: Tie, *classes: str) -> list[str]:
        """Give the ends of an edge that are of one of some classes."""
        class_of = self.things.class_of
        return [iri for iri in (tie.source, tie.target) if class_of.get(iri) in classes]

    def _days_of_ends(self, tie: Tie) -> list[_Event]:
        """Give the days of an edge whose ends are happenings.

        With an actor, a place or a figure it has those of its event; to a whole, those of the
        part, for the whole is there for long after. That one event was before another, answers or
        breaks it has no days of its own: it is there where both are.
        """
        ends = [self._event(iri) for iri in self._ends(tie, "Event", "PossibleEvent")]
        if len(ends) == 2 and tie.role in _TO_A_WHOLE:
            return [ends[0].inside(ends[1])]
        return ends if len(ends) == 1 else []

    def _event(self, iri: str) -> _Event:
        event = self._events.get(iri)
        if event is None:
            values = self.attributes[iri]
            start, end = values.get("start"), values.get("end")
            event = self._events[iri] = _Event(
                start or end or "9999",
                iri,
                self.things.short(iri),
                values.get("when"),
                start,
                end,
                values.get("bounds"),
            )
        return event


class _Event(NamedTuple):
    """What edges say of an event; events sort by their days, those without any last."""

    day: str
    iri: str
    name: str
    when: str | None
    start: str | None
    end: str | None
    bounds: str | None

    def inside(self, whole: _Event) -> _Event:
        """Cut the days to those of a whole, as far as those are known."""
        start = max(filter(None, (self.start, whole.start)), default=None)
        end = min(filter(None, (self.end, whole.end)), default=None)
        bounds = None if start and end and start > end else self.bounds
        return self._replace(start=start, end=end, bounds=bounds)
