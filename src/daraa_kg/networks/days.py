"""The days of all events at once: by their own dates, or else by their order.

It gives what `queries/readings/bounds.rq` gives, and that query says why. An engine looks every
step of the query's paths up in its store, which took two fifths of the time that a network took;
here each step is a look into a dictionary. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..namespaces import DKG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Days = dict[str, str]
Steps = dict[str, set[str]]

FACTS = ox.DefaultGraph()
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[?~%]?"
_FROM_DAY, _TO_DAY = re.compile(rf"\A{_DAY}/"), re.compile(rf"/{_DAY}\Z")
_NEVER = "9999"  # after every day, as texts are compared


def event_days(store: ox.Store, events: Collection[str]) -> dict[str, Days]:
    """Give the ``start`` and the ``end`` of happenings, and their ``bounds``: stated or inferred.

    What has a date, be it an event or only possible, has its days from there; an event without a
    date from its order among others.

    Args:
        store: the graph.
        events: the IRIs of its events.

    Returns:
        For each of the three, what it is of those that have it, days in ISO 8601.
    """
    starts, ends = dict(pairs(store, DKG + "earliest")), dict(pairs(store, DKG + "latest"))
    bounds = dict.fromkeys([*starts, *ends], "stated")
    order = _Order(store, *({e: days[e] for e in events if e in days} for days in (starts, ends)))
    for event in events:
        if event not in bounds:
            lower, upper = order.days(event)
            if lower:
                starts[event], bounds[event] = lower, "inferred"
            if upper:
                ends[event], bounds[event] = upper, "inferred"
    return {"start": starts, "end": ends, "bounds": bounds}


class _Order:
    """What comes before and after what, and the days that it leaves.

    Args:
        store: the graph.
        earliest: the first day of each event whose date has one.
        latest: the last day of each event whose date has one.
    """

    def __init__(self, store: ox.Store, earliest: Days, latest: Days) -> None:
        self._earliest, self._latest = earliest, latest
        self._after, self._before = _steps(store, "after"), _steps(store, "before")
        self._wholes = _steps(store, "duringWhole")
        self._earlier = _steps(store, "after", "causedBy", "inResponseTo", "duringWhole")
        self._later = _steps(store, "before")
        for name in ("causedBy", "inResponseTo", "partOf"):
            for thing, other in pairs(store, DKG + name):
                self._later[other].add(thing)
        for part, wholes in self._wholes.items():
            self._later[part].update(*(self._before.get(whole, ()) for whole in wholes))
        # What comes after an interval of days comes after the last of them, and what comes before
        # it was over by the first.
        both = earliest.keys() & latest.keys()
        dates = [(event, date) for event, date in pairs(store, DKG + "when") if event in both]
        self._closed = {e: latest[e] for e, date in dates if _TO_DAY.search(date)}
        self._opened = {e: earliest[e] for e, date in dates if _FROM_DAY.search(date)}

    def days(self, event: str) -> tuple[str | None, str | None]:
        """Give the days between which an event was that has no date; none if they contradict."""
        lower = max(self._firsts(event), default="")
        upper = min(self._lasts(event), default=_NEVER)
        if lower > upper:
            return None, None
        return lower or None, upper if upper != _NEVER else None

    def _firsts(self, event: str) -> Iterator[str]:
        """Give the days before which it did not begin."""
        for thing in _reached(self._earlier, (event,)):
            if thing in self._earliest:
                yield self._earliest[thing]
            for other in self._after.get(thing, ()):
                if other in self._closed:
                    yield self._closed[other]

    def _lasts(self, event: str) -> Iterator[str]:
        """Give the days by which it was over."""
        wholes = self._wholes.get(event, ())
        yield from self._ends(wholes)
        following = [self._before.get(thing, ()) for thing in (event, *wholes)]
        for thing in _reached(self._later, set().union(*following)):
            yield from self._ends((thing, *self._wholes.get(thing, ())))
            if thing in self._opened:
                yield self._opened[thing]

    def _ends(self, things: Iterable[str]) -> Iterator[str]:
        return (self._latest[thing] for thing in things if thing in self._latest)


def pairs(
    store: ox.Store, predicate: str, graph: ox.NamedNode | ox.DefaultGraph = FACTS
) -> Iterator[tuple[str, str]]:
    """Give the facts of a property: the IRI of each thing, and the IRI or the text of its value."""
    quads: Any = store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph)
    return ((quad.subject.value, quad.object.value) for quad in quads)


def _steps(store: ox.Store, *names: str) -> Steps:
    steps: Steps = defaultdict(set)
    for name in names:
        for thing, other in pairs(store, DKG + name):
            steps[thing].add(other)
    return steps


def _reached(steps: Steps, starts: Iterable[str]) -> set[str]:
    """Give what any number of steps lead to, the starts among it."""
    reached = set(starts)
    new = reached
    while new:
        new = set().union(*(steps[thing] for thing in new if thing in steps)) - reached
        reached |= new
    return reached
