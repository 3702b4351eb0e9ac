"""What an analyst asks of a network first: size, centralities, communities, go-betweens.

Every measure is NetworkX's own, taken on the simple undirected network in which two actors are tied
by the number of events that tie them (PageRank on the directed one, in which what is mutual leads
both ways), so that its backends serve.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..extras import needed_for
from ..graph.labels import value_of
from .projection import edges_of, to_networkx
from .views import DEFAULT_VIEW, mediators_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..graph.built import Graph

    Network = nx.Graph[str]

__all__ = ["NetworkReport", "analyse"]

SEED = 0
_TALK = frozenset({"talked", "agreed"})
_HOSTILE_WORDS = frozenset({"threatened", "demanded of", "refused", "accused"})


@dataclass(frozen=True)
class Standing:
    """How a node stands in the network.

    Attributes:
        id, label, kind, side: what it is; side is None where none is stated.
        type: its class: Actor, Side, Event, PossibleEvent, Place or Figure.
        degree: the number of nodes it is tied to.
        strength: the weights of its ties, added up.
        betweenness: its share of the shortest paths between others (0 to 1; Freeman 1977).
        pagerank: its PageRank (0 to 1; Brin and Page 1998).
        community: the number of its community, the largest first, from 1.
    """

    id: str
    label: str
    kind: str
    side: str | None
    type: str
    degree: int
    strength: float
    betweenness: float
    pagerank: float
    community: int


@dataclass(frozen=True)
class Broker:
    """One who talks in peace to, or agrees with, members of several sides, and in what events.

    Attributes:
        sides: the labels of those it talks to, by the label of their side.
        events: the labels of the events in which it does, by their ids.
    """

    id: str
    label: str
    sides: dict[str, tuple[str, ...]]
    events: dict[str, str]


@dataclass(frozen=True)
class Mediation:
    """What somebody mediated, and between whom.

    Attributes:
        parties: the labels of the parties, by their ids; empty where nobody says who they were.
        stated: the labels of the events that have those parties, by their ids.
        inferred: whether the parties are not stated of the mediation itself, and are those of the
            agreement that followed on it.
    """

    id: str
    label: str
    parties: dict[str, str]
    stated: dict[str, str]
    inferred: bool


@dataclass(frozen=True)
class Part:
    """A part in an event: in which role, and toward whom (by label) where that is stated."""

    id: str
    label: str
    role: str
    toward: tuple[str, ...]


@dataclass(frozen=True)
class Mediator:
    """One who mediated: what, between whom; and what else it is told to have had a part in."""

    id: str
    label: str
    mediated: tuple[Mediation, ...]
    others: tuple[Part, ...]


@dataclass(frozen=True)
class Pair:
    """Two who both fight and negotiate, and the labels of the events of each, by their ids."""

    first: str
    second: str
    hostile: dict[str, str]
    talks: dict[str, str]


@dataclass(frozen=True)
class NetworkReport:
    """What an analyst asks first of one view.

    Attributes:
        alone: the number of nodes without a tie.
        components: the sizes of the components that have a tie, the largest first.
        relations: the number of edges of each relation.
        standings: the tied nodes, those with the most ties first.
        communities: the labels of each community's members, the largest first.
        brokers: who talks to several sides, as it is stated; the view `actors` alone has them.
        mediators: who mediated, and between whom, stated or inferred; `actors` alone.
        pairs: which pairs both fight and negotiate; the view `actors` alone has them.
    """

    view: str
    summary: str
    nodes: int
    edges: int
    alone: int
    density: float
    components: tuple[int, ...]
    relations: dict[str, int]
    standings: tuple[Standing, ...]
    communities: tuple[tuple[str, ...], ...]
    brokers: tuple[Broker, ...] = ()
    mediators: tuple[Mediator, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the report as lists, dictionaries, texts and numbers, for JSON."""
        return asdict(self)


def simple(network: Network) -> Network:
    """Give the simple undirected network: one edge a pair, weights added up, no loops."""
    plain: Network = nx.Graph()
    plain.add_nodes_from(network.nodes(data=True))
    for (source, target, *_), values in edges_of(network):
        if source != target:
            weight = values.get("weight", 1)
            before = plain.get_edge_data(source, target, {"weight": 0})["weight"]
            plain.add_edge(source, target, weight=before + weight)
    return plain


def analyse(graph: Graph, view: str = DEFAULT_VIEW) -> NetworkReport:
    """Measure one view of a graph.

    Args:
        graph: the graph.
        view: the view; see `projection.to_networkx`.

    Raises:
        UnknownView: there is no such view.
        EmptyNetwork: the graph has nothing that the view shows.
        NotInstalled: numpy and scipy, which PageRank needs, are not installed.
    """
    network = to_networkx(graph, view)
    with needed_for("PageRank"):
        return _measure(graph, network, view)


def _measure(graph: Graph, network: Network, view: str) -> NetworkReport:
    plain = simple(network)
    alone = list(nx.isolates(plain))
    tied = plain.copy()
    tied.remove_nodes_from(alone)
    groups = _communities(tied)
    relations: dict[str, int] = defaultdict(int)
    for _, values in edges_of(network):
        relations[values["relation"]] += 1
    actors = view == DEFAULT_VIEW
    events = _events(graph) if actors else {}
    return NetworkReport(
        view=view,
        summary=network.graph["summary"],
        nodes=network.number_of_nodes(),
        edges=network.number_of_edges(),
        alone=len(alone),
        density=round(nx.density(tied), 4) if tied else 0.0,
        components=tuple(sorted(map(len, nx.connected_components(tied)), reverse=True)),
        relations=dict(sorted(relations.items(), key=lambda item: (-item[1], item[0]))),
        standings=tuple(_standings(network, tied, groups)),
        communities=tuple(tuple(_label(network, node) for node in group) for group in groups),
        brokers=tuple(_brokers(network, events)) if actors else (),
        mediators=tuple(_mediators(graph, events)) if actors else (),
        pairs=tuple(_pairs(network, events)) if actors else (),
    )


def _label(network: Network, node: str) -> str:
    return str(network.nodes[node].get("label", node))


def _communities(tied: Network) -> list[list[str]]:
    """Find communities by the Louvain method, seeded (Blondel et al. 2008)."""
    if not tied:
        return []
    found = nx.community.louvain_communities(tied, weight="weight", seed=SEED)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _standings(network: Network, tied: Network, groups: list[list[str]]) -> Iterator[Standing]:
    between = nx.betweenness_centrality(tied)
    rank = nx.pagerank(_directed(network, tied), weight="weight") if tied else {}
    group_of = {node: number for number, group in enumerate(groups, 1) for node in group}
    strengths = dict(tied.degree(weight="weight"))
    degrees = dict(tied.degree())
    order = sorted(tied.nodes, key=lambda n: (-degrees[n], -strengths[n], -round(between[n], 9), n))
    for node in order:
        values = network.nodes[node]
        yield Standing(
            node,
            _label(network, node),
            str(values.get("kind", "")),
            values.get("side"),
            str(values.get("class", "")),
            degrees[node],
            strengths[node],
            round(between[node], 4),
            round(rank[node], 4),
            group_of[node],
        )


def _directed(network: Network, tied: Network) -> Network:
    """Give the simple directed network, in which mutual edges lead both ways."""
    directed: Network = nx.DiGraph()
    directed.add_nodes_from(tied)
    for (source, target, *_), values in edges_of(network):
        ends = [(source, target)]
        if values.get("mutual") or not network.is_directed():
            ends.append((target, source))
        for start, end in ends:
            if start != end:
                before = directed.get_edge_data(start, end, {"weight": 0})["weight"]
                directed.add_edge(start, end, weight=before + values.get("weight", 1))
    return directed


def _events(graph: Graph) -> dict[str, str]:
    """Give the label of each event by its id, by date; those without one come last."""
    rows = graph.query(
        "SELECT ?event (MIN(?named) AS ?label) (MIN(?day) AS ?first) { ?event a dkg:Event ; "
        "rdfs:label ?named OPTIONAL { ?event dkg:latest ?day } } GROUP BY ?event"
    )
    found = [
        (value_of(row["first"]) if row["first"] else "9999", row["event"], row["label"])
        for row in rows
    ]
    by_date = sorted((day, value_of(event), value_of(label)) for day, event, label in found)
    return {graph.shorten(event): label for _, event, label in by_date}


def _mediators(graph: Graph, events: dict[str, str]) -> Iterator[Mediator]:
    """Find who mediated, in the order of their labels."""
    rows = [
        {name: value_of(term) for name, term in row.items()}
        for row in graph.query(mediators_query())
    ]
    for who in sorted({row["mediator"] for row in rows}, key=lambda iri: (graph.label(iri), iri)):
        own = [row for row in rows if row["mediator"] == who]
        mediated = {graph.shorten(row["event"]) for row in own if not row["role"]}
        yield Mediator(
            graph.shorten(who),
            graph.label(who),
            tuple(_mediation(graph, own, event, events) for event in events if event in mediated),
            tuple(_parts(graph, [row for row in own if row["role"]], events)),
        )


def _mediation(
    graph: Graph, rows: list[dict[str, str]], event: str, events: dict[str, str]
) -> Mediation:
    told = [row for row in rows if row["party"] and graph.shorten(row["event"]) == event]
    parties = {graph.shorten(row["party"]): graph.label(row["party"]) for row in told}
    stated = {graph.shorten(row["stated"]) for row in told}
    return Mediation(
        event,
        events[event],
        dict(sorted(parties.items(), key=lambda item: (item[1], item[0]))),
        {one: label for one, label in events.items() if one in stated},
        inferred=bool(stated - {event}),
    )


def _parts(graph: Graph, rows: list[dict[str, str]], events: dict[str, str]) -> Iterator[Part]:
    toward: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        names = {graph.label(row["toward"])} if row["toward"] else set()
        toward[graph.shorten(row["event"]), graph.label(row["role"])] |= names
    order = {event: place for place, event in enumerate(events)}
    for event, role in sorted(toward, key=lambda one: (order[one[0]], one[1])):
        yield Part(event, events[event], role, tuple(sorted(toward[event, role])))


def _brokers(network: Network, labels: dict[str, str]) -> Iterator[Broker]:
    """Find who talks or agrees with members of more than one side, or with the sides themselves."""
    partners: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    events: dict[str, set[str]] = defaultdict(set)
    for (source, target, *_), values in edges_of(network):
        if values["relation"] in _TALK:
            for one, other in ((source, target), (target, source)):
                if side := _side(network, other):
                    partners[one][side].add(_label(network, other))
                    events[one].update(values["events"])
    for node in sorted(partners, key=lambda n: (-len(partners[n]), n)):
        sides = {side: tuple(sorted(names)) for side, names in sorted(partners[node].items())}
        if len(sides) > 1:
            told = {event: label for event, label in labels.items() if event in events[node]}
            yield Broker(node, _label(network, node), sides, told)


def _side(network: Network, node: str) -> str | None:
    values = network.nodes[node]
    return _label(network, node) if values.get("class") == "Side" else values.get("side")


def _pairs(network: Network, labels: dict[str, str]) -> Iterator[Pair]:
    """Find the pairs, of actors or of their sides, that use violence and also talk or agree."""
    events: dict[tuple[str, str], dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (source, target, *_), values in edges_of(network):
        hostile = values["sign"] < 0 and values["relation"] not in _HOSTILE_WORDS
        if not hostile and values["relation"] not in _TALK:
            continue
        ends = {(_label(network, source), _label(network, target))}
        sides = (_side(network, source), _side(network, target))
        if sides[0] and sides[1] and sides[0] != sides[1]:
            ends.add((sides[0], sides[1]))
        for first, second in {tuple(sorted(pair)) for pair in ends}:
            events[first, second][hostile].update(values["events"])
    for (first, second), found in sorted(events.items()):
        if found[True] and found[False]:
            told = [{e: labels[e] for e in labels if e in found[how]} for how in (True, False)]
            yield Pair(first, second, told[0], told[1])
