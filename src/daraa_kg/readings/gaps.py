"""What an article leaves open: who, when, where, how many; each as a question."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..namespaces import DKG
from ..text.datewords import date_in_words, span_in_words
from .reader import Reader, days_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..graph.built import Graph
    from ..graph.labels import Name
    from ..why.evidence import Decision, Quote
    from .reader import Span

__all__ = ["KINDS", "Gap", "read_gaps"]

# Each kind of gap and what it means, in the order in which they are listed.
KINDS = {
    "unidentified": "of whom the article says that nobody knows who",
    "unnamed": "somebody in particular, without a name",
    "unknown": "“Unknown” in the place of a name",
    "unstated": "left unsaid: who, with whom, on which side, whether it came to pass",
    "undated": "events without a date",
    "unplaced": "events without a place, speech acts and conflicts left out",
    "vague": "dates, places and figures that are not exact",
    "silent": "stretches of days of the main event on which the article dates no event",
}
_TIMES = ("days", "start")  # slots: when it was, and when it began
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Gap:
    """Something that the article leaves open.

    Attributes:
        kind: one of `KINDS`.
        question: the question whose answer would fill it.
        thing: what is not known enough of.
        event: what it has its part in, where that is another.
        first, last: the days between which it must have been, where that is bounded.
        evidence: the sentences that leave it open.
    """

    kind: str
    question: str
    thing: Name
    event: Name | None = None
    first: date | None = None
    last: date | None = None
    evidence: tuple[Quote | Decision, ...] = ()


def read_gaps(graph: Graph) -> tuple[Gap, ...]:
    """Read what a graph leaves open, by kind and in the order of the text."""
    reader = graph.reader
    rows: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for query in reader.gap_queries():
        for row in reader.rows(query):
            rows[query, row["kind"], row["thing"]].append(row)
    gaps = [_gap(reader, found) for found in rows.values()]
    gaps.sort(key=lambda gap: (_order(gap), reader.position(gap.evidence), gap.question))
    return (*gaps, *_silent_days(reader))


def _order(gap: Gap) -> int:
    return list(KINDS).index(gap.kind)


def _gap(reader: Reader, rows: list[dict[str, str]]) -> Gap:
    """Make one gap of all that is found of a thing: the first row asks, all give sentences."""
    row = min(
        rows, key=lambda row: (int(row.get("rank", 0)), row["question"], row.get("event", ""))
    )
    facts = [_fact(row) for row in rows]
    evidence = reader.evidence(*facts) or reader.evidence((row["thing"], "", None))
    times = [slot for slot in _SLOT.findall(row["question"]) if slot in _TIMES]
    span = _span(reader, times[0], row["thing"]) if times else None
    return Gap(
        row["kind"],
        _question(reader, row),
        reader.name(row["thing"]),
        reader.name(row["event"]) if "event" in row else None,
        span.first.day if span and span.first else None,
        span.over_by.day if span and span.over_by else None,
        evidence,
    )


def _fact(row: dict[str, str]) -> tuple[str, str, str | None]:
    if "property" not in row or "subject" not in row:
        return row["thing"], "", None
    local = row["property"].removeprefix(DKG)
    return row["subject"], local, row["thing"] if row["subject"] != row["thing"] else None


# --- questions ------------------------------------------------------------------------------------


def _question(reader: Reader, row: dict[str, str]) -> str:
    # One pass over the pattern: what a label has in braces is no slot.
    asked = _SLOT.sub(lambda slot: _fill(reader, slot[1], row), row["question"])
    return asked[:1].upper() + asked[1:]


def _fill(reader: Reader, slot: str, row: dict[str, str]) -> str:
    if slot in ("thing", "event", "near"):
        return _called(reader, row[slot])
    if slot in _TIMES:
        return _days(_span(reader, slot, row["thing"]))
    if slot == "wording":
        words = reader.labels.value(row["thing"], "wording")
        return f" (“{words}”)" if words else ""
    return _counted(reader, row["thing"], with_number=slot == "amount")


def _called(reader: Reader, iri: str) -> str:
    """Call a thing as a sentence does: an event by its label in quotes, others by their label."""
    label = reader.labels.label(iri)
    if reader.labels.is_a(iri, DKG + "Happening"):
        return f"“{label}”"
    small = reader.in_sentence(label)
    if reader.labels.is_a(iri, DKG + "Place"):
        return small
    if reader.labels.is_a(iri, DKG + "Person") and not reader.labels.value(iri, "identity"):
        return label
    return small if small.startswith("the ") else f"the {small}"


def _span(reader: Reader, slot: str, iri: str) -> Span:
    span = reader.span(iri)
    return span.beginning if slot == "start" else span


def _days(span: Span) -> str:
    if span.when is not None:
        return f"on which day ({span.words})"
    if span.begun:
        return f"on which days ({span.words})"
    if span.first and span.last:
        if span.first.day == span.last.day:
            return f"at what time on {span.words}"
        return f"on which day {span.words}"
    return f"on which day ({span.words})" if span.words else "when"


def _counted(reader: Reader, figure: str, *, with_number: bool) -> str:
    """Say what is counted, and how many where that is asked for: ``wounded``, ``6 killed``."""
    labels = reader.labels
    if with_number and (labels.value(figure, "count") or labels.value(figure, "atLeast")):
        return labels.amount(figure)
    unit, outcome = labels.value(figure, "unit"), labels.value(figure, "outcome")
    words = [labels.term(unit)] if unit and unit != DKG + "persons" else []
    words += [labels.term(outcome)] if outcome else []
    return " ".join(words) or "persons"


# --- days without an event ------------------------------------------------------------------------


def _silent_days(reader: Reader) -> Iterator[Gap]:
    told: dict[str, set[date]] = defaultdict(set)
    spans: dict[str, tuple[date, date]] = {}
    for row in reader.rows("silent-days"):
        whole = row["thing"]
        spans[whole] = (date.fromisoformat(row["spanFrom"]), date.fromisoformat(row["spanTo"]))
        if "from" in row and "to" in row:
            days = map(date.fromisoformat, (row["from"], row["to"]))
            told[whole].update(days_between(*days))
    for whole, span in sorted(spans.items()):
        evidence = reader.evidence((whole, "when", None))
        name = reader.name(whole)
        for first, last in _runs([day for day in days_between(*span) if day not in told[whole]]):
            yield Gap("silent", _asked(first, last), name, None, first, last, evidence)


def _runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """Give the first and the last day of each run of days that follow each other."""
    start = 0
    for index, day in enumerate(days):
        if index + 1 == len(days) or (days[index + 1] - day).days > 1:
            yield days[start], day
            start = index + 1


def _asked(first: date, last: date) -> str:
    if first == last:
        return f"What happened on {date_in_words(first.isoformat())}?"
    words = span_in_words(first.isoformat(), last.isoformat())
    if (last - first).days == 1:
        return f"What happened on {words}?"
    return f"What happened from {words.replace(' and ', ' to ')} ({(last - first).days + 1} days)?"
