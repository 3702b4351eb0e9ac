"""A network over time: cut into days, weeks or months by when its edges were at work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..text.nearest import suggestion
from .projection import edges_of, to_networkx
from .views import DEFAULT_VIEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from ..graph.built import Graph

    Network = nx.Graph[str]

__all__ = ["PERIODS", "NoDates", "Slice", "UnknownPeriod", "slices", "within"]

PERIODS = ("day", "week", "month")
_HAPPENINGS = ("Event", "PossibleEvent")


class UnknownPeriod(ValueError):
    """A period that slices are not made by; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"“{name}” is no period; {suggestion(name, PERIODS)}")


class NoDates(LookupError):
    """A network of which no edge has a date, so that it has no slices over time."""

    def __init__(self, view: str) -> None:
        super().__init__(f"no edge of the view {view} has a date, so there is nothing to slice")


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


def slices(graph: Graph, view: str = DEFAULT_VIEW, by: str = "week") -> tuple[Slice, ...]:
    """Cut a network into stretches of time: the edges whose events touch each, and their nodes.

    Weeks begin on Monday (ISO 8601). Stretches in which nothing happened are there, with zeros;
    a campaign that lasts through a stretch counts in it. An event without a date counts in a
    stretch only if its order among others leaves it no other. That one event is a part of another
    counts in the days of the part; that it was before another, answers or breaks it, where both
    were.

    Args:
        graph: the graph.
        view: the view; see `projection.to_networkx`.
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
        (edge, values, found)
        for edge, values in edges_of(network)
        if (found := [o for o in _occasions(network, edge, values) if _touch(o, *bounds)])
    ]
    if not dated:
        raise NoDates(view)
    spans = [span for *_, occasions in dated for occasion in occasions for span in occasion]
    first = max(bounds[0], min(span.first for span in spans))
    last = min(bounds[1], max(span.last for span in spans))
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


@dataclass(frozen=True)
class _Span:
    """The days of an event, or those between which it was when it has no date."""

    first: date
    last: date
    dated: bool

    def touches(self, first: date, last: date) -> bool:
        """Whether the event was, for all that is known, at work in a stretch of time."""
        if self.dated:
            return self.first <= last and self.last >= first
        return first <= self.first and self.last <= last


# What has to touch a stretch all at once for an edge to be at work in it.
_Occasion = tuple[_Span, ...]


def _occasions(
    network: Network, edge: tuple[str, ...], values: dict[str, Any]
) -> Iterator[_Occasion]:
    """Give when an edge was at work: its events, one at a time, or else both its ends at once."""
    if "spells" in values:
        days = zip(values["spells"], values["bounds"], strict=True)
        yield from (
            (span,) for (first, last), bounds in days if (span := _span(first, last, bounds))
        )
        return
    nodes = [network.nodes[end] for end in edge[:2]]
    if all(node.get("class") in _HAPPENINGS for node in nodes):
        both = [_span(node.get("start"), node.get("end"), node.get("bounds")) for node in nodes]
        known = tuple(span for span in both if span)
        if len(known) == len(both):
            yield known


def _span(first: str | None, last: str | None, bounds: str | None) -> _Span | None:
    if not first or not last:
        return None
    return _Span(date.fromisoformat(first), date.fromisoformat(last), bounds == "stated")


def _touch(occasion: _Occasion, first: date, last: date) -> bool:
    return all(span.touches(first, last) for span in occasion)


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
    dated: Iterable[tuple[tuple[str, ...], dict[str, Any], list[_Occasion]]],
    first: date,
    last: date,
) -> Slice:
    relations: dict[str, int] = defaultdict(int)
    ties: dict[str, set[str]] = defaultdict(set)
    for (source, target, *_), values, occasions in dated:
        if any(_touch(occasion, first, last) for occasion in occasions):
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


def _label(network: Network, node: str) -> str:
    return str(network.nodes[node].get("label", node))
