"""What the readings of a graph share: their queries, and names, sentences and days for the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from .assets import asset
from .catalogue import run
from .datewords import date_in_words
from .evidence import Archive, Decision, Quote
from .labels import Labels, Name
from .namespaces import DKG
from .queryparts import compose
from .questions import parse_query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .graph import Graph

__all__ = ["Bound", "Reader", "Span", "days_between", "span_in_words"]

_FOLDER = ("queries", "readings")
_LAST = (2, 0, 0, "")  # what no passage states comes after what one does


@dataclass(frozen=True)
class Bound:
    """A day before or after which something was, and where that is known from.

    Attributes:
        day: the day.
        written: the date that it is taken from, in EDTF.
        by: the event whose date that is; None when it is the thing's own.
    """

    day: date
    written: str
    by: Name | None = None

    @property
    def rough(self) -> bool:
        """Whether that date is marked as uncertain or approximate."""
        return any(mark in self.written for mark in "~?%")

    @property
    def words(self) -> str:
        """The day in words, no more exact than the date that it is taken from."""
        return date_in_words(self.day.isoformat() if "/" in self.written else self.written)


@dataclass(frozen=True)
class Span:
    """When something was, as far as the graph can tell.

    Attributes:
        when: its own date in EDTF; None when it has none.
        first: the first day on which it can have begun.
        last: the last day on which it can have begun, or of its own date the day it ends on.
    """

    when: str | None = None
    first: Bound | None = None
    last: Bound | None = None

    @property
    def words(self) -> str:
        """The span in words; empty when nothing is known."""
        if self.when is not None:
            return date_in_words(self.when)
        if self.first and self.last:
            if self.first.day == self.last.day:
                return date_in_words(self.first.day.isoformat())
            return f"between {span_in_words(self.first.day, self.last.day)}"
        if self.first:
            return f"{self.first.words} or later"
        return f"{self.last.words} or earlier" if self.last else ""


def span_in_words(first: date, last: date) -> str:
    """Say two days as a sentence does after “between”.

    >>> span_in_words(date(2021, 7, 29), date(2021, 9, 5))
    '29 July and 5 September 2021'
    """
    start, end = date_in_words(first.isoformat()), date_in_words(last.isoformat())
    kept = 1 if first.year != last.year else 2 if first.month != last.month else 3
    words = start.split()
    return f"{' '.join(words[: len(words) - kept + 1])} and {end}"


def days_between(first: date, last: date) -> Iterable[date]:
    """Give each day from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


Fact = tuple[str, str, str | None]  # a thing, the local name of a property, and its value if known


class Reader:
    """Puts the queries of the readings to a graph, and says what things and sentences are.

    Args:
        graph: the graph that is read.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.labels = Labels(graph.store, graph.base, graph.slug)
        self.archive = Archive(graph.store, self.labels, graph.article)

    # --- queries ---------------------------------------------------------------------------------

    def rows(self, name: str) -> list[dict[str, str]]:
        """Give the rows of a query of the readings; a row has no column that is empty in it."""
        path = asset(*_FOLDER, f"{name}.rq")
        result = run(self.graph, parse_query(compose(path), name, path, strict=True))
        return [
            {
                column: term.value
                for column, term in row.items()
                if isinstance(term, NamedNode | Literal)
            }
            for row in result
        ]

    def gap_queries(self) -> list[str]:
        """Give the names of the queries for gaps, each of which finds one sort of them."""
        return sorted(path.stem for path in asset(*_FOLDER).glob("gaps-*.rq"))

    # --- names -----------------------------------------------------------------------------------

    def name(self, iri: str) -> Name:
        """Give the name of a thing."""
        return self.labels.name(iri)

    def names(self, iris: Iterable[str]) -> tuple[Name, ...]:
        """Give the names of things, each once, in the order of their labels."""
        return tuple(sorted(map(self.name, set(iris)), key=lambda name: (name.label, name.iri)))

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words that are written small somewhere: no names."""
        labels = [self.labels.label(iri) for iri in self.labels.things]
        text = self.graph.article.text if self.graph.article else ""
        later = " ".join(label.partition(" ")[2] for label in labels)
        states = "unnamed unidentified unstated unknown"  # the words for who is left open
        return frozenset(re.findall(r"\b[a-z]+\b", f"{text} {later} {states}"))

    def in_sentence(self, label: str) -> str:
        """Write a label as it stands inside a sentence: small, if it does not begin with a name."""
        first = re.match(r"\w+", label)
        if first and first[0].lower() in self._common and not first[0].isupper():
            return label[:1].lower() + label[1:]
        return label

    # --- sentences -------------------------------------------------------------------------------

    def evidence(self, *facts: Fact) -> tuple[Quote | Decision, ...]:
        """Give the passages that state facts, in the order of the text; else who decided them.

        Args:
            facts: each a thing, a property's local name (empty for any) and a value, or None.
        """
        graphs: dict[str, str] = {}
        for subject, local, value in facts:
            for graph in self._graphs(subject, local, value):
                graphs.setdefault(graph, subject)
        ordered = sorted(graphs, key=self.archive.order)
        passages = [graph for graph in ordered if self.archive.order(graph)[0] == 0]
        found = [self.archive.evidence(graph, graphs[graph]) for graph in passages or ordered]
        return tuple(one for one in found if isinstance(one, Quote | Decision))

    def _graphs(self, subject: str, local: str, value: str | None) -> set[str]:
        predicate = NamedNode(DKG + local) if local else None
        found: set[str] = set()
        for quad in self.graph.store.quads_for_pattern(NamedNode(subject), predicate, None, None):
            if value is None or getattr(quad.object, "value", None) == value:
                triple = Triple(quad.subject, quad.predicate, quad.object)
                if isinstance(quad.graph_name, NamedNode):
                    found.update(self.archive.graphs(triple))
        return {graph for graph in found if not self.archive.is_rule(graph)}

    def words(self, thing: str, evidence: tuple[Quote | Decision, ...]) -> str | None:
        """Give the wording of a thing in the first of some passages that has one; else any."""
        found = self.labels.values(thing, "wording")
        for one in evidence:
            if isinstance(one, Quote):
                here = [text for text in found if text in one.exact]
                if here:
                    return here[0]
        return found[0] if found else None

    def place(self, thing: str) -> tuple[tuple[int, int, int, str], int, str]:
        """Sort by where in the text the words for a thing stand, in passages and within one."""
        evidence = self.evidence((thing, "", None))
        text = evidence[0].exact if evidence and isinstance(evidence[0], Quote) else ""
        words = self.words(thing, evidence)
        return self.position(evidence), text.find(words or ""), thing

    def position(self, evidence: tuple[Quote | Decision, ...]) -> tuple[int, int, int, str]:
        """Sort by where the text tells a thing first: the body, the infobox, then the editors."""
        orders = [
            (1 if isinstance(one, Quote) and one.field else order[0] * 2, *order[1:])
            for one in evidence
            for order in [self.archive.order(one.iri)]
        ]
        return min(orders, default=_LAST)

    # --- days ------------------------------------------------------------------------------------

    @cached_property
    def _order(self) -> dict[str, Span]:
        """The bounds that the order of events sets on when each began."""
        bounds: dict[str, dict[str, list[Bound]]] = {}
        for row in (*self.rows("bounds-from-order"), *self.rows("begun-by-order")):
            written = row.get("written", row["day"])
            bound = Bound(date.fromisoformat(row["day"]), written, self.name(row["by"]))
            end = "first" if row["end"] == "first" else "last"
            bounds.setdefault(row["event"], {}).setdefault(end, []).append(bound)
        return {event: _tightest(found) for event, found in bounds.items()}

    def order_span(self, event: str) -> Span:
        """Bound when an event began by its order among others, whatever its own date."""
        return self._order.get(event, Span())

    def span(self, event: str) -> Span:
        """Say when an event was: by its own date, or else by its order among others."""
        when = self.labels.value(event, "when")
        if when is None:
            return self.order_span(event)
        first, last = (self.labels.value(event, name) for name in ("earliest", "latest"))
        return Span(
            when,
            Bound(date.fromisoformat(first), when) if first else None,
            Bound(date.fromisoformat(last), when) if last else None,
        )


def _tightest(bounds: dict[str, list[Bound]]) -> Span:
    def key(bound: Bound) -> tuple[date, str]:
        return bound.day, bound.by.iri if bound.by else ""

    first = max(bounds.get("first", ()), key=lambda b: (b.day, *_reversed(key(b)[1])), default=None)
    last = min(bounds.get("last", ()), key=key, default=None)
    if first and last and first.day > last.day:
        return Span()  # the order contradicts the dates; nothing can be said
    return Span(None, first, last)


def _reversed(text: str) -> tuple[int, ...]:
    """Sort texts backwards, so that of equals the first in the alphabet is the greatest."""
    return tuple(-ord(character) for character in text)
