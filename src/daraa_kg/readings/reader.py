"""What the readings of a graph share: their queries, and names, sentences and days for the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ..assets import asset
from ..graph.labels import Labels, Name
from ..namespaces import DKG
from ..queries.catalogue import run
from ..queries.parts import compose
from ..queries.question import parse_query
from ..text.datewords import date_in_words, span_in_words
from ..why.evidence import Archive, Decision, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..graph.built import Graph

__all__ = ["Bound", "Reader", "Span", "days_between"]

_FOLDER = ("queries", "readings")
_WHOLE = re.compile(r"\d{4}(-\d{2})?")  # a year or a month
_ORDERS = ("bounds-from-order", "begun-by-order", "lasted-by-order")
# What is done by being said: it is over when it has begun.
_ACTS = ("SpeechAct", "Agreement")
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

    @property
    def end(self) -> str:
        """The same after “by”: ``the end of 2018``, for by 2018 itself could mean before it."""
        whole = _WHOLE.fullmatch(self.written)
        return f"the end of {self.words}" if whole else self.words


@dataclass(frozen=True)
class Span:
    """When something was, as far as the graph can tell.

    Attributes:
        when: its own date in EDTF; None when it has none.
        first: the first day on which it can have begun.
        last: the last day on which it can have begun; if it is not only `begun`, it was over then.
        begun: whether `last` bounds its beginning alone, so that it may have gone on.
        lasted: of what has only `begun`: the day before which it was not over.
        over: of what has only `begun`: the last day on which it can have ended.
    """

    when: str | None = None
    first: Bound | None = None
    last: Bound | None = None
    begun: bool = False
    lasted: Bound | None = None
    over: Bound | None = None

    @property
    def beginning(self) -> Span:
        """When it began, which of what is done by being said is all there is to say."""
        return Span(self.when, self.first, self.last)

    @property
    def over_by(self) -> Bound | None:
        """The last day of it, or a day by which it was over."""
        return self.over if self.begun else self.last

    @property
    def words(self) -> str:
        """The span in words; empty when nothing is known."""
        if self.when is not None:
            return date_in_words(self.when)
        return ", ".join(filter(None, (self._begins(), self._ends())))

    def _begins(self) -> str:
        first, last, begun = self.first, self.last, "begun " if self.begun else ""
        if first and last:
            if first.day == last.day:
                return f"{'begun on ' if begun else ''}{date_in_words(first.day.isoformat())}"
            return f"{begun}between {span_in_words(first.day.isoformat(), last.day.isoformat())}"
        if first:
            return f"{first.words} or later"
        if last:
            return f"begun by {last.end}" if begun else f"{last.words} or earlier"
        return ""

    def _ends(self) -> str:
        since, by = self.lasted, self.over
        if since and by:
            if since.day == by.day:
                return f"over on {date_in_words(since.day.isoformat())}"
            return f"over between {span_in_words(since.day.isoformat(), by.day.isoformat())}"
        if since:
            same = self.last is not None and since.day == self.last.day
            return f"not over before {'then' if same else since.words}"
        return f"over by {by.end}" if by else ""


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
        """The bounds that the order of events sets on when each was."""
        bounds: dict[str, dict[str, list[Bound]]] = {}
        for query in _ORDERS:
            for row in self.rows(query):
                written = row.get("written", row["day"])
                bound = Bound(date.fromisoformat(row["day"]), written, self.name(row["by"]))
                bounds.setdefault(row["event"], {}).setdefault(row["end"], []).append(bound)
        return {event: _tightest(found) for event, found in bounds.items()}

    def order_span(self, event: str) -> Span:
        """Bound when an event was by its order among others, whatever its own date."""
        span = self._order.get(event, Span())
        said = any(self.labels.is_a(event, DKG + act) for act in _ACTS)
        return span.beginning if said else span

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
    """Make a span of the bounds on when an event began and ended, the tightest of each.

    Where it was over by the day by which it had begun, nothing more is to be said of its end.
    """
    first, lasted = (_latest(bounds.get(end, ())) for end in ("first", "lasted"))
    over, begun = (_soonest(bounds.get(end, ())) for end in ("last", "begun"))
    open_end = over is None and lasted is not None
    only = open_end or (begun is not None and (over is None or begun.day < over.day))
    span = Span(None, first, begun, True, lasted, over) if only else Span(None, first, over)
    known = ((first, begun if only else over), (lasted, over))
    if any(one and other and one.day > other.day for one, other in known):
        return Span()  # the order contradicts the dates; nothing can be said
    return span


def _latest(bounds: Sequence[Bound]) -> Bound | None:
    """Give the bound of the latest day; of equals an exact one, then the first in the alphabet."""
    last = max((bound.day for bound in bounds), default=None)
    return _soonest(bound for bound in bounds if bound.day == last)


def _soonest(bounds: Iterable[Bound]) -> Bound | None:
    def key(bound: Bound) -> tuple[date, bool, str]:
        return bound.day, bound.rough, bound.by.iri if bound.by else ""

    return min(bounds, key=key, default=None)
