"""The events of a page: when, where, on which sides and with what toll, as marks are drawn."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..exports.eventtables import records
from ..namespaces import DKG
from ..queries.catalogue import load_catalogue
from ..queries.results import SEPARATOR
from .families import family_of

if TYPE_CHECKING:
    from ..graph.built import Graph
    from ..graph.labels import Labels
    from ..readings.reader import Reader, Span
    from .passages import Passages

    Record = dict[str, Any]

_LAST = "9999"  # sorts what has no day after what has one
_SOMEBODY = "somebody (not said who)"  # "reported by those who reported" tells nothing


def incidents(graph: Graph, reader: Reader, passages: Passages) -> list[Record]:
    """Give a record for each event, in the order of time, then of the text."""
    makers = _Makers(graph, reader, passages)
    found = [makers.incident(row) for row in records(graph, "events")]
    return sorted(found, key=lambda one: (one["first"] or one["last"] or _LAST, *_told(one)))


def _told(incident: Record) -> tuple[int, str]:
    return min(incident["passages"], default=1 << 30), incident["id"]


class _Makers:
    """Makes the records of events, and what they share."""

    def __init__(self, graph: Graph, reader: Reader, passages: Passages) -> None:
        self.graph = graph
        self.labels: Labels = reader.labels
        self.reader = reader
        self.passages = passages
        self.roles: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in reader.rows("doers"):
            self.roles[row["event"]].append(row)
        self.tolls: dict[str, list[Record]] = defaultdict(list)
        main = period(graph, reader)
        self.start: str | None = main["from"] if main else None
        for figure in records(graph, "figures"):
            self.tolls[figure["event"]].append(self._toll(figure))
        # In the order in which the question `events` lists them: the killed first.
        rank = load_catalogue()["events"].rank
        for tolls in self.tolls.values():
            tolls.sort(key=lambda toll: rank(toll["outcome"])[0])

    def incident(self, row: Record) -> Record:
        """Make the record of a row of the table of events."""
        iri = self.graph.iri(row["event"])
        span = self.reader.span(iri)
        kind = self.reader.archive.local_kind(iri)
        return {
            "id": row["event"],
            "family": family_of(self.labels, iri),
            "kind": kind,
            "kindLabel": row["kind"],
            "label": row["event_label"] or row["event"],
            **when_record(span),
            "places": _listed(row["place_ids"]),
            "placesText": [self.labels.label(self.graph.iri(p)) for p in _listed(row["place_ids"])],
            "sides": self._sides(iri),
            "actors": self._actors(iri),
            "tolls": self.tolls.get(row["event"], []),
            "passages": self.passages.stating(iri),
            "reportedBy": self._reporters(iri),
            "partOf": next(iter(_listed(row["part_of"])), None),
            "background": self._before(row, span),
        }

    def _reporters(self, event: str) -> list[str]:
        """Name those by whose report alone an event is known."""
        return sorted(
            _SOMEBODY
            if DKG + "unstated" in self.labels.values(who, "identity")
            else self.labels.label(who)
            for who in self.labels.values(event, "reportedBy")
        )

    def _before(self, row: Record, span: Span) -> bool:
        """Say whether an event outside the main one began before it."""
        if row["main"] or row["during_main"] or self.start is None:
            return False
        if span.first:
            return span.first.day.isoformat() < self.start
        return span.last is not None and span.last.day.isoformat() <= self.start

    def _actors(self, event: str) -> list[Record]:
        return [
            {
                "id": self.labels.id(row["actor"]),
                "role": self.labels.term(row["role"]),
                "side": self.labels.id(row["side"]) if "side" in row else None,
            }
            for row in self.roles.get(event, ())
        ]

    def _sides(self, event: str) -> list[str]:
        """Give the sides that act in an event or are party to it; not those that only suffer."""
        rows = self.roles.get(event, ())
        acting = {row["side"] for row in rows if row["acts"] == "true" and "side" in row}
        return sorted(map(self.labels.id, acting))

    def _toll(self, figure: Record) -> Record:
        iri = self.graph.iri(figure["figure"])
        exact = figure["count"]
        return {
            "figure": figure["figure"],
            "outcome": figure["outcome"],
            "atLeast": figure["at_least"] if exact is None else exact,
            "atMost": figure["at_most"] if exact is None else exact,
            "unit": None if figure["unit"] == "persons" else figure["unit"],
            "wording": figure["wording"] or "",
            "sides": list(map(self.labels.id, self.labels.values(iri, "side"))),
            "sufferer": figure["suffered_by"],
            "civilian": bool(figure["civilian"]),
            "claimedBy": figure["claimed_by"],
            "passages": self.passages.stating(iri),
        }


def when_record(span: Span) -> Record:
    """Say when something was: as stated, its bounds, how exact they are, and in words."""
    bounded = span.first or span.last
    return {
        "when": span.when,
        "first": span.first.day.isoformat() if span.first else None,
        "last": span.last.day.isoformat() if span.last else None,
        "bounds": "stated" if span.when else "inferred" if bounded else None,
        "precision": _precision(span),
        "dateText": span.words or "no date given",
    }


def _precision(span: Span) -> str:
    """Say how exact a date is: EDTF's forms, or what bounds by order or parts there are."""
    when = span.when
    if when is None:
        if span.first and span.last:
            return "interval"
        return "open" if span.first or span.last else "none"
    if any(mark in when for mark in "~?%"):
        return "around"
    if "/" in when:
        return "interval" if span.first and span.last else "open"
    return {4: "year", 7: "month", 10: "day"}.get(len(when), "interval")


def _listed(text: str | None) -> list[str]:
    return text.split(SEPARATOR) if text else []


def period(graph: Graph, reader: Reader) -> Record | None:
    """Give the days that the article's main event lasted; None where they are not both known."""
    for row in records(graph, "events"):
        span = reader.span(graph.iri(row["event"])) if row["main"] else None
        if span and span.first and span.last:
            return {"from": span.first.day.isoformat(), "to": span.last.day.isoformat()}
    return None
