"""Agreements and truces: between whom, on what terms, how long each held, and how it ended."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .reader import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..graph.built import Graph
    from ..graph.labels import Name
    from ..why.evidence import Decision, Quote
    from .reader import Bound, Reader

__all__ = ["AllegedBreach", "Ending", "Held", "Term", "Truce", "read_truces"]

_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}")  # days that it is in force on


@dataclass(frozen=True)
class Term:
    """What an agreement provides for, and what the article tells of that.

    `fate` is ``came to pass``, ``did not come to pass`` or None, when that is not told; `by` is the
    event by which it came to pass.
    """

    thing: Name
    words: str | None
    fate: str | None = None
    by: Name | None = None


@dataclass(frozen=True)
class Ending:
    """What broke or replaced an agreement, and when."""

    event: Name
    span: Span
    evidence: tuple[Quote | Decision, ...]


@dataclass(frozen=True)
class AllegedBreach:
    """A breach that somebody alleges and the article does not tell as a fact."""

    breach: Name
    by: tuple[Name, ...]
    evidence: tuple[Quote | Decision, ...]


@dataclass(frozen=True)
class Held:
    """How long an agreement held, in days from when it was in force to when it ended.

    Attributes:
        least, most: bounds; equal when the number is known, None where nothing bounds it.
        ended: whether the article tells that it ended at all.
        meant: for how many days it was to hold, where the article gives these days.
        rough: whether a date that counts is marked as uncertain or approximate.
    """

    least: int | None = None
    most: int | None = None
    ended: bool = False
    meant: int | None = None
    rough: bool = False

    @property
    def words(self) -> str:
        """The time in words."""
        if not self.ended:
            return f"not said; meant for {_days(self.meant)}" if self.meant else "not said"
        if not self.least and self.most is None:
            return "ended, when is not said"
        about = "about " if self.rough else ""
        if self.most is None:
            return f"at least {about}{_days(self.least or 0)}"
        if self.most == 0:
            return f"{about}less than a day"
        if self.least == self.most:
            return f"{about}{_days(self.most)}"
        if not self.least:
            return f"at most {about}{_days(self.most)}"
        return f"{about}{self.least} to {_days(self.most)}"


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


@dataclass(frozen=True)
class Truce:
    """An agreement of any kind.

    Attributes:
        agreement: its name; its kind is that of the name.
        made: when it was made: its own date, or the bounds that the order of events sets. Days
            that it was to hold on bound it from above only.
        in_force: the days that it was to hold on, where the article gives them.
        parties, mediators, reporters: who agreed, who brokered it (or the talks before it), and by
            whose report alone it is known.
        course: how it went, in the words of the text.
        parts: events that were part of it, such as weapons handed over.
        broken_by, replaced_by: what ended it, as the article tells.
        alleged: breaches that somebody alleges.
        evidence: the sentences that tell of it.
    """

    agreement: Name
    made: Span
    in_force: Span | None
    parties: tuple[Name, ...]
    mediators: tuple[Name, ...]
    reporters: tuple[Name, ...]
    terms: tuple[Term, ...]
    course: tuple[str, ...]
    parts: tuple[Name, ...]
    broken_by: tuple[Ending, ...]
    alleged: tuple[AllegedBreach, ...]
    replaced_by: tuple[Ending, ...]
    held: Held
    evidence: tuple[Quote | Decision, ...]

    @property
    def end_evidence(self) -> tuple[Quote | Decision, ...]:
        """The sentences on what broke it, as told or alleged, and on what replaced it."""
        found = [one for ending in self.broken_by for one in ending.evidence]
        found += [one for alleged in self.alleged for one in alleged.evidence]
        found += [one for ending in self.replaced_by for one in ending.evidence]
        return tuple({one.iri: one for one in found}.values())


_Row = dict[str, str]


def read_truces(graph: Graph) -> tuple[Truce, ...]:
    """Read the agreements of a graph, in the order in which they were made; empty without any."""
    reader = graph.reader
    roles: dict[str, dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for row in reader.rows("truces"):
        roles[row["agreement"]][row.get("role", "")].append(row)
    truces = [_truce(reader, iri, found) for iri, found in roles.items()]
    return tuple(sorted(truces, key=lambda truce: (_day(truce), _place(reader, truce))))


def _day(truce: Truce) -> str:
    bound = truce.made.first or truce.made.last
    return bound.day.isoformat() if bound else "9999"


def _place(reader: Reader, truce: Truce) -> tuple[tuple[int, int, int, str], str]:
    return reader.position(truce.evidence), truce.agreement.iri


def _truce(reader: Reader, iri: str, roles: dict[str, list[_Row]]) -> Truce:
    def names(role: str) -> tuple[Name, ...]:
        return reader.names(row["thing"] for row in roles[role])

    own = reader.span(iri)
    in_force = own if own.when and _DAYS.fullmatch(own.when) else None
    made = _made(reader, iri, own) if in_force else own
    broken = tuple(_ending(reader, row["thing"], iri) for row in roles["brokenBy"])
    replaced = tuple(_ending(reader, row["thing"], iri) for row in roles["replacedBy"])
    return Truce(
        agreement=reader.name(iri),
        made=made,
        in_force=in_force,
        parties=names("party"),
        mediators=names("mediator"),
        reporters=names("reporter"),
        terms=_terms(reader, roles["term"]),
        course=tuple(row["words"] for row in roles["course"]),
        parts=names("part"),
        broken_by=broken,
        alleged=_alleged(reader, roles["allegedBreach"]),
        replaced_by=replaced,
        held=_held(in_force or made, broken, replaced, meant=in_force),
        evidence=reader.evidence(
            *((iri, local, None) for local in ("when", "party", "place", "term", "outcomeText")),
            *((iri, local, None) for local in ("mediator", "reportedBy", "wording")),
        ),
    )


def _made(reader: Reader, iri: str, own: Span) -> Span:
    """Bound when an agreement was made that has the days it was to hold on: by its first day."""
    order = reader.order_span(iri)
    last = min(filter(None, (own.first, order.last)), key=lambda bound: bound.day, default=None)
    return Span(None, order.first, last)


def _ending(reader: Reader, event: str, agreement: str) -> Ending:
    facts = ((event, "violates", agreement), (event, "replaces", agreement))
    evidence = reader.evidence(*facts)
    return Ending(reader.name(event), reader.span(event), evidence)


def _terms(reader: Reader, rows: list[_Row]) -> tuple[Term, ...]:
    return tuple(
        Term(
            reader.name(row["thing"]),
            reader.words(row["thing"], reader.evidence((row["thing"], "", None))),
            row.get("fate"),
            reader.name(row["by"]) if "by" in row else None,
        )
        for row in sorted(rows, key=lambda row: (reader.place(row["thing"]), row.get("by", "")))
    )


def _alleged(reader: Reader, rows: list[_Row]) -> tuple[AllegedBreach, ...]:
    speakers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        speakers[row["thing"]].update(filter(None, [row.get("by")]))
    return tuple(
        AllegedBreach(
            reader.name(thing), reader.names(by), reader.evidence((thing, "violates", None))
        )
        for thing, by in sorted(speakers.items())
    )


def _held(
    start: Span, broken: tuple[Ending, ...], replaced: tuple[Ending, ...], meant: Span | None
) -> Held:
    """Bound how long an agreement held, by when it began and what ended it first.

    What breaks an agreement comes after it began, and before what replaced it.
    """
    planned = _distance(meant.first, meant.last) if meant else None
    whole = planned + 1 if planned is not None else None
    if not broken and not replaced:
        return Held(meant=whole)
    began_by = start.first if meant else start.last
    ends = [ending.span for ending in broken or replaced]
    first = _earliest(span.first for span in ends) if all(span.first for span in ends) else None
    last = _earliest(_begins_by(ending.span) for ending in (*broken, *replaced))
    least, most = _distance(began_by, first), _distance(start.first, last)
    if most is not None and (most < 0 or (least or 0) > most):
        return Held(ended=True, meant=whole)  # the dates contradict each other
    used = (began_by if least else None, first if least else None, start.first, last)
    rough = most is not None and any(bound and bound.rough for bound in used)
    return Held(max(0, least or 0), most, ended=True, meant=whole, rough=rough)


def _earliest(bounds: Iterable[Bound | None]) -> Bound | None:
    """Give the bound of the earliest day, an exact one before a rough one."""
    found = [bound for bound in bounds if bound is not None]
    return min(found, key=lambda bound: (bound.day, bound.rough), default=None)


def _begins_by(span: Span) -> Bound | None:
    """Give the last day on which something can have begun."""
    return span.first if span.when and _DAYS.fullmatch(span.when) else span.last


def _distance(first: Bound | None, last: Bound | None) -> int | None:
    return (last.day - first.day).days if first and last else None
