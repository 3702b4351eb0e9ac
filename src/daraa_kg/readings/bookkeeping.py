"""Keep the casualty ledger of a graph: ask it for its figures, and put each where it belongs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..graph.labels import Labels, Name, value_of
from ..namespaces import DKG
from ..queries.catalogue import run
from ..why.evidence import Archive, Quote
from .ledger import CIVILIANS, NO_SIDE, SIDE, Amount, Balance, Doubt, Entry, Ledger, NoCasualties
from .ledgersums import Sums, add_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..graph.built import Graph
    from ..queries.results import Row

__all__ = ["keep_ledger"]

_STANDINGS = (SIDE, CIVILIANS, NO_SIDE)
_OUTCOMES = ("killed", "wounded", "killedOrWounded", "captured", "missing", "besieged")
_KILLED, _PERSONS = DKG + "killed", DKG + "persons"

Key = tuple[str, tuple[str, ...], str, str]  # standing, whose, outcome, unit


@dataclass
class _Figure:
    """A figure, or a dead person, as the graph gives it."""

    iri: str
    event: str | None
    amount: Amount
    wording: str | None
    standing: str
    outcome: str
    unit: str
    person: bool = False
    wholes: set[str | None] = field(default_factory=set)
    whose: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """The account to which it belongs."""
        return self.standing, tuple(sorted(self.whose)), self.outcome, self.unit


def keep_ledger(graph: Graph) -> Ledger:
    """Make the casualty ledger of a graph.

    Raises:
        NoCasualties: the graph tells of none.
    """
    ledger = _Books(graph).ledger()
    if ledger.balances:
        return ledger
    if not len(graph):
        message = "the graph holds no facts, and so no casualties to add up"
        raise NoCasualties(message)
    message = (
        "the graph tells of no casualties; figures of people who were killed, wounded, captured, "
        "missing or besieged are written as casualties of an event"
    )
    raise NoCasualties(message)


class _Books:
    """The figures of a graph, and what they add up to."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.labels = Labels(graph.store, graph.base, graph.slug)
        self.archive = Archive(graph.store, self.labels, graph.article)
        self.figures = self._read_figures()
        self.figures.update(self._read_persons())
        self.links: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in run(graph, "ledger-links"):
            relation = value_of(row["relation"]).removeprefix(DKG)
            self.links[relation].append((value_of(row["figure"]), value_of(row["other"])))
        # The dead whom a figure includes: they are counted with it, once.
        self.included = {
            other for _, other in self.links["covers"] if other not in self.figures
        } - set(self.figures)

    def ledger(self) -> Ledger:
        """Make the balances, in the order in which a reader asks."""
        rows: dict[tuple[str | None, Key], list[_Figure]] = defaultdict(list)
        for figure in self.figures.values():
            for whole in figure.wholes:
                rows[whole, figure.key].append(figure)
        ordered = sorted(rows, key=lambda row: self._order(*row))
        return Ledger(tuple(self._balance(whole, key, rows[whole, key]) for whole, key in ordered))

    def _order(self, whole: str | None, key: Key) -> tuple[object, ...]:
        standing, whose, outcome, unit = key
        local = outcome.removeprefix(DKG)
        rank = _OUTCOMES.index(local) if local in _OUTCOMES else len(_OUTCOMES)
        who = " ".join(whose)
        # A side has one list of outcomes; people of no side are too many for that.
        by = (who, rank) if standing == SIDE else (rank, who)
        plain = "" if unit == _PERSONS else unit
        return whole is None, whole or "", _STANDINGS.index(standing), *by, outcome, plain

    # --- reading ---------------------------------------------------------------------------------

    def _read_figures(self) -> dict[str, _Figure]:
        found: dict[str, _Figure] = {}
        for row in run(self.graph, "ledger-figures"):
            iri = value_of(row["figure"])
            figure = found.get(iri)
            if figure is None:
                figure = found[iri] = _Figure(
                    iri,
                    value_of(row["event"]),
                    _amount(row),
                    _text(row, "wording"),
                    value_of(row["standing"]),
                    value_of(row["outcome"]),
                    value_of(row["unit"]),
                )
            figure.wholes.add(_text(row, "whole"))
            figure.whose.update(filter(None, [_text(row, "whose")]))
        return found

    def _read_persons(self) -> dict[str, _Figure]:
        found: dict[str, _Figure] = {}
        for row in run(self.graph, "ledger-persons"):
            iri, side = value_of(row["person"]), _text(row, "side")
            person = _Figure(
                iri,
                _text(row, "event"),
                Amount(1, 1),
                None,
                SIDE if side else NO_SIDE,
                _KILLED,
                _PERSONS,
                person=True,
            )
            person.wholes.add(_text(row, "whole"))
            person.whose.update([side] if side else [])
            found.setdefault(iri, person).wholes.update(person.wholes)
        return found

    @cached_property
    def sums(self) -> Sums:
        """What each figure, and each dead person, adds."""
        numbers = {iri: figure.amount.least or 0 for iri, figure in self.figures.items()}
        numbers.update(dict.fromkeys(self.included, 1))
        return add_up(
            numbers,
            self.links["covers"],
            self.links["sameFigure"],
            self.links["contradicts"],
            {
                iri: (figure.event, figure.key)
                for iri, figure in self.figures.items()
                if not figure.person
            },
        )

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """The figures that are counted as one, by the one that is counted."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, counted in self.sums.stands_for.items():
            found[counted].append(iri)
        return found

    # --- a balance -------------------------------------------------------------------------------

    def _balance(self, whole: str | None, key: Key, figures: list[_Figure]) -> Balance:
        standing, whose, outcome, unit = key
        totals = [f.iri for f in figures if whole is not None and f.event == whole]
        counted = self._counted(whole, figures)
        adds = self._with_their_dead(counted)
        entries = [e for head in counted for e in self._entries(head, whole, counted, adds)]
        return Balance(
            self.labels.name(whole) if whole else None,
            standing,
            tuple(map(self.labels.name, whose)),
            self.labels.name(outcome),
            self.labels.name(unit),
            tuple(self._totals(totals)),
            tuple(self._in_order(entries)),
        )

    def _counted(self, whole: str | None, figures: Iterable[_Figure]) -> set[str]:
        """Give what accounts for a total: all figures of the account, and all that they cover.

        A figure of the whole itself accounts for nothing, unless one of a part restates it.
        """
        heads = {self.sums.stands_for[figure.iri] for figure in figures}
        reached = heads.union(*(self.sums.below[head] for head in heads))
        return {head for head in reached if self._parts(head, whole)}

    def _parts(self, head: str, whole: str | None) -> list[str]:
        """Give those of the figures that are counted as one which are not of the whole itself."""
        return sorted(
            iri
            for iri in self.members[head]
            if whole is None or iri in self.included or self.figures[iri].event != whole
        )

    def _with_their_dead(self, counted: Iterable[str]) -> dict[str, int]:
        """Count each dead person with the narrowest figure that includes them."""
        heads = set(counted)
        adds = {head: self.sums.adds[head] for head in heads}
        for person in sorted(heads & self.included):
            above = [h for h in heads - self.included if person in self.sums.below[h]]
            if above:
                adds[self._narrowest(above)] += adds.pop(person)
        return adds

    def _narrowest(self, heads: Iterable[str]) -> str:
        return min(heads, key=lambda head: (len(self.sums.below[head]), head))

    def _entries(
        self, head: str, whole: str | None, counted: set[str], adds: dict[str, int]
    ) -> Iterator[Entry]:
        """Give the entry of a figure that is counted, and those of what only restates it."""
        if head not in adds or head in self.included:
            return
        parts = self._parts(head, whole)
        first = self._first(head, parts)
        above = [h for h in counted - self.included if head in self.sums.below[h]]
        within = self._shown(self._narrowest(above), whole) if above else None
        yield replace(self._entry(first, adds[head]), within=within)
        for iri in parts:
            if iri != first:
                restated = self._entry(iri, 0)
                yield replace(restated, within=within, restates=self.labels.name(first))

    def _first(self, head: str, parts: list[str]) -> str:
        """Choose the figure that is shown for those that are counted as one."""
        return head if head in parts else parts[0]

    def _shown(self, head: str, whole: str | None) -> Name:
        return self.labels.name(self._first(head, self._parts(head, whole)))

    def _totals(self, totals: list[str]) -> Iterator[Entry]:
        for iri in sorted(totals, key=lambda t: (self.sums.stands_for[t] != t, t)):
            same = [t for t in totals if self.sums.stands_for[t] == self.sums.stands_for[iri]]
            first = min(same, key=lambda t: (self.sums.stands_for[t] != t, t))
            above = [
                t
                for t in totals
                if self.sums.stands_for[iri] in self.sums.below[self.sums.stands_for[t]]
            ]
            yield replace(
                self._entry(iri, 0),
                restates=None if first == iri else self.labels.name(first),
                within=self.labels.name(min(above)) if above else None,
            )

    # --- an entry --------------------------------------------------------------------------------

    def _entry(self, iri: str, adds: int) -> Entry:
        figure = self.figures[iri]
        return Entry(
            self.labels.name(iri),
            figure.amount,
            adds,
            person=figure.person,
            event=self.labels.name(figure.event) if figure.event else None,
            span=self.graph.reader.span(figure.event) if figure.event else None,
            wording=figure.wording,
            quotes=self._quotes(iri, "fate" if figure.person else "wording"),
            doubts=tuple(self._doubts.get(iri, ())),
        )

    @cached_property
    def _times(self) -> dict[str, int]:
        """Where each event stands in the timeline."""
        rows = enumerate(run(self.graph, "timeline"))
        return {value_of(row["event"]): place for place, row in rows}

    @cached_property
    def _doubts(self) -> dict[str, list[Doubt]]:
        found: dict[str, list[Doubt]] = defaultdict(list)
        for row in run(self.graph, "ledger-allegiance"):
            doubt = Doubt(value_of(row["doubt"]), _text(row, "note"))
            found[value_of(row["figure"])].append(doubt)
        return found

    def _quotes(self, iri: str, local: str) -> tuple[Quote, ...]:
        node, predicate = ox.NamedNode(iri), ox.NamedNode(DKG + local)
        graphs = {
            graph
            for quad in self.graph.store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())
            for graph in self.archive.graphs(quad.triple)
        }
        told = (self.archive.evidence(g, iri) for g in sorted(graphs, key=self.archive.order))
        return tuple(quote for quote in told if isinstance(quote, Quote))

    def _in_order(self, entries: list[Entry], within: Name | None = None) -> Iterator[Entry]:
        """Put entries in the order of events, what is within another one after that."""
        for entry in sorted((e for e in entries if e.within == within), key=self._place):
            yield entry
            if entry.restates is None:
                yield from self._in_order(entries, entry.thing)

    def _place(self, entry: Entry) -> tuple[int, date, bool, str]:
        place = self._times.get(entry.event.iri if entry.event else "", len(self._times))
        bound = entry.span and (entry.span.first or entry.span.last)
        day = bound.day if bound else date.max
        return place, day, entry.restates is not None, entry.thing.iri


def _text(row: Row, name: str) -> str | None:
    return None if row[name] is None else value_of(row[name])


def _amount(row: Row) -> Amount:
    count, least, most = (_text(row, name) for name in ("count", "atLeast", "atMost"))
    if count is not None:
        return Amount(int(count), int(count))
    return Amount(int(least) if least else None, int(most) if most else None)
