"""What an analyst asks of a network first: size, centralities, communities, go-betweens, weeks.

Every measure is NetworkX's own, taken on the simple undirected network in which two actors are tied
by the number of events that tie them (PageRank on the directed one, in which what is mutual leads
both ways), so that its backends serve.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import networkx as nx

from .extras import needed_for
from .labels import value_of
from .network import edges_of, to_networkx
from .networkviews import DEFAULT_VIEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .graph import Graph

    Network = nx.Graph[str]

__all__ = ["PERIODS", "NetworkReport", "NoDates", "UnknownPeriod", "analyse", "slices"]

SEED = 0
PERIODS = ("day", "week", "month")
_HOSTILE, _TALK = frozenset({"fought", "attacked"}), frozenset({"talked", "agreed"})


class UnknownPeriod(ValueError):
    """A period that slices are not made by; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        from .vocabulary import nearest

        self.name = name
        close = nearest(name, PERIODS)
        hint = f"did you mean {close}?" if close else f"write one of {', '.join(PERIODS)}"
        super().__init__(f"“{name}” is no period; {hint}")


class NoDates(LookupError):
    """A network of which no edge has a date, so that it has no slices over time."""

    def __init__(self, view: str) -> None:
        super().__init__(f"no edge of the view {view} has a date, so there is nothing to slice")


@dataclass(frozen=True)
class Standing:
    """How a node stands in the network.

    Attributes:
        id, label, kind, side: what it is; side is None where none is stated.
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
    degree: int
    strength: float
    betweenness: float
    pagerank: float
    community: int


@dataclass(frozen=True)
class Broker:
    """One who talks to, or agrees with, members of several sides, and who they are."""

    id: str
    label: str
    sides: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Mediator:
    """One who mediated, and the labels of what, by their ids; between whom need not be said."""

    id: str
    label: str
    events: dict[str, str]


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
        brokers: who talks to several sides; the view `actors` alone has them.
        mediators: who mediated, whether or not the text says between whom; `actors` alone.
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


@dataclass(frozen=True)
class Slice:
    """The part of a network whose edges were at work in one stretch of time."""

    first: str
    last: str
    nodes: int
    edges: int
    relations: dict[str, int]
    foremost: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Give the slice as lists, dictionaries, texts and numbers, for JSON."""
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
        view: the view; see `network.to_networkx`.

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
        brokers=tuple(_brokers(network)) if actors else (),
        mediators=tuple(_mediators(graph)) if actors else (),
        pairs=tuple(_pairs(network, _events(graph))) if actors else (),
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


def _mediators(graph: Graph) -> Iterator[Mediator]:
    """Find who mediated, in the order of their labels."""
    rows = graph.query("SELECT DISTINCT ?who ?event { ?event a dkg:Event ; dkg:mediator ?who }")
    events, mediated = _events(graph), defaultdict(set)
    for row in rows:
        mediated[value_of(row["who"])].add(graph.shorten(value_of(row["event"])))
    for who in sorted(mediated, key=lambda iri: (graph.label(iri), iri)):
        told = {event: label for event, label in events.items() if event in mediated[who]}
        yield Mediator(graph.shorten(who), graph.label(who), told)


def _brokers(network: Network) -> Iterator[Broker]:
    """Find who talks or agrees with members of more than one side, or with the sides themselves."""
    partners: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (source, target, *_), values in edges_of(network):
        if values["relation"] in _TALK:
            for one, other in ((source, target), (target, source)):
                if side := _side(network, other):
                    partners[one][side].add(_label(network, other))
    for node in sorted(partners, key=lambda n: (-len(partners[n]), n)):
        sides = {side: tuple(sorted(names)) for side, names in sorted(partners[node].items())}
        if len(sides) > 1:
            yield Broker(node, _label(network, node), sides)


def _side(network: Network, node: str) -> str | None:
    values = network.nodes[node]
    return _label(network, node) if values.get("class") == "Side" else values.get("side")


def _pairs(network: Network, labels: dict[str, str]) -> Iterator[Pair]:
    """Find the pairs, of actors or of their sides, that both fight or attack and talk or agree."""
    events: dict[tuple[str, str], dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (source, target, *_), values in edges_of(network):
        hostile = values["relation"] in _HOSTILE
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


# --- over time -----------------------------------------------------------------------------------


def slices(graph: Graph, view: str = DEFAULT_VIEW, by: str = "week") -> tuple[Slice, ...]:
    """Cut a network into stretches of time: the edges whose events touch each, and their nodes.

    Weeks begin on Monday (ISO 8601). Stretches in which nothing happened are there, with zeros;
    a campaign that lasts through a stretch counts in it.

    Args:
        graph: the graph.
        view: the view; see `network.to_networkx`.
        by: ``day``, ``week`` or ``month``.

    Raises:
        UnknownView: there is no such view.
        UnknownPeriod: there is no such period.
        EmptyNetwork: the graph has nothing that the view shows.
        NoDates: no edge has a date.
    """
    if by not in PERIODS:
        raise UnknownPeriod(by)
    network = to_networkx(graph, view)
    bounds = within(graph)
    dated = [
        (edge, values, spans)
        for edge, values in edges_of(network)
        if (spans := [s for s in _spans(values) if s[0] <= bounds[1] and s[1] >= bounds[0]])
    ]
    if not dated:
        raise NoDates(view)
    first = max(bounds[0], min(s[0] for *_, spans in dated for s in spans))
    last = min(bounds[1], max(s[1] for *_, spans in dated for s in spans))
    return tuple(_slice(network, dated, *period) for period in _periods(first, last, by))


def within(graph: Graph) -> tuple[date, date]:
    """Give the bounds of the article's main event; all time when it has none."""
    rows = graph.query(
        "SELECT ?first ?last { GRAPH ?about { ?text dkg:mainEvent ?event } "
        "?event dkg:earliest ?first ; dkg:latest ?last }"
    )
    for row in rows:
        first, last = (str(getattr(row[name], "value", "")) for name in ("first", "last"))
        return date.fromisoformat(first), date.fromisoformat(last)
    return date.min, date.max


def _spans(values: dict[str, Any]) -> Iterator[tuple[date, date]]:
    for first, last in values.get("spells") or ():
        if first and last:
            yield date.fromisoformat(first), date.fromisoformat(last)


def _periods(first: date, last: date, by: str) -> Iterator[tuple[date, date]]:
    start = {
        "day": first,
        "week": first - timedelta(days=first.weekday()),
        "month": first.replace(day=1),
    }[by]
    while start <= last:
        if by == "month":
            following = (start + timedelta(days=32)).replace(day=1)
        else:
            following = start + timedelta(days=7 if by == "week" else 1)
        yield start, following - timedelta(days=1)
        start = following


def _slice(
    network: Network,
    dated: Iterable[tuple[tuple[str, ...], dict[str, Any], list[tuple[date, date]]]],
    first: date,
    last: date,
) -> Slice:
    relations: dict[str, int] = defaultdict(int)
    ties: dict[str, set[str]] = defaultdict(set)
    for (source, target, *_), values, spans in dated:
        if any(begin <= last and end >= first for begin, end in spans):
            relations[values["relation"]] += 1
            ties[source].add(target)
            ties[target].add(source)
    order = sorted(ties, key=lambda node: (-len(ties[node]), _label(network, node)))
    return Slice(
        first.isoformat(),
        last.isoformat(),
        len(ties),
        sum(relations.values()),
        dict(sorted(relations.items())),
        tuple(_label(network, node) for node in order[:3]),
    )
