"""The passages of a graph by number, and what each of them tells of."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..graph.labels import value_of
from ..namespaces import RDF
from ..why.evidence import ARTICLE_VOICE, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..graph.built import Graph
    from ..readings.reader import Reader

    Record = dict[str, Any]

# What a passage is about, the most telling first.
_RANKS = {"Event": 0, "PossibleEvent": 1, "Actor": 2, "Side": 3, "Place": 4, "Figure": 5}
_TYPE = RDF + "type"


class Passages:
    """The passages of a graph; a passage's number is its place in the order of the text.

    Args:
        graph: the graph.
        reader: reads it.
        class_of: what each thing is: Event, PossibleEvent, Actor, Side, Place or Figure.
    """

    def __init__(self, graph: Graph, reader: Reader, class_of: dict[str, str]) -> None:
        self.reader = reader
        self.class_of = class_of
        self.iris = graph.passages
        self.number = {iri: number for number, iri in enumerate(self.iris)}
        self._store = graph.store

    def numbers(self, evidence: Iterable[object]) -> list[int]:
        """Give the numbers of the passages among some evidence, each once."""
        found = {self.number[one.iri] for one in evidence if isinstance(one, Quote)}
        return sorted(found)

    def stating(self, thing: str) -> list[int]:
        """Give the numbers of the passages that state something of a thing."""
        return sorted(self._stating.get(thing, ()))

    def naming(self, thing: str) -> list[int]:
        """Give the numbers of the passages that state something of a thing, or name it."""
        return sorted(self._stating.get(thing, set()) | self._naming.get(thing, set()))

    @cached_property
    def _stating(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for number, quads in enumerate(self._quads):
            for quad in quads:
                thing = value_of(quad.subject)
                found[thing].add(number)
                # What is told of a figure is told of the event that it belongs to.
                found[self.reader.archive.holder(thing)].add(number)
        return found

    @cached_property
    def _naming(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for number, quads in enumerate(self._quads):
            for quad in quads:
                if isinstance(quad.object, ox.NamedNode):
                    found[quad.object.value].add(number)
        return found

    @cached_property
    def _quads(self) -> list[list[ox.Quad]]:
        """The quads of each passage."""
        return [
            list(self._store.quads_for_pattern(None, None, None, ox.NamedNode(iri)))
            for iri in self.iris
        ]

    # --- records ---------------------------------------------------------------------------------

    def records(self) -> list[Record]:
        """Give a record for each passage."""
        return [self._record(iri, self._about(number)) for number, iri in enumerate(self.iris)]

    def words(self, iri: str) -> str:
        """Give the words of a passage."""
        return self._quote(iri).exact

    def _quote(self, iri: str) -> Quote:
        quote = self.reader.archive.evidence(iri)
        assert isinstance(quote, Quote)  # noqa: S101 - the IRI is that of a passage
        return quote

    def _record(self, iri: str, about: list[str]) -> Record:
        quote = self._quote(iri)
        _, start, end, _ = self.reader.archive.order(iri)
        record: Record = {
            "iri": iri,
            "start": start,
            "end": end,
            "section": quote.where,
            "voice": self._voice(iri, about),
            "link": quote.link,
            "about": list(map(self.reader.labels.id, about)),
        }
        note = quote.repair or quote.because
        return {**record, "note": " ".join(note.split())} if note else record

    def _about(self, number: int) -> list[str]:
        """Give the things that a passage states something of, declared ones before others."""
        quads = self._quads[number]
        declared = {value_of(quad.subject) for quad in quads if quad.predicate.value == _TYPE}
        things = {value_of(quad.subject) for quad in quads} & self.class_of.keys()

        def telling(thing: str) -> tuple[int, bool, str]:
            return _RANKS[self.class_of[thing]], thing not in declared, thing

        return sorted(things, key=telling)

    def _voice(self, iri: str, about: list[str]) -> str | None:
        """Say in whose voice a passage speaks: that in which all its events are told.

        Where it tells what came of something that is only claimed, that is said of the whole of it.
        """
        archive = self.reader.archive
        claimed = [thing for thing in about if archive.on_account(thing, iri)]
        if claimed:
            return archive.voice(claimed[0], iri)
        events = [thing for thing in about if self.class_of[thing] == "Event"]
        voices = {archive.voice(event, iri) for event in events}
        only = voices.pop() if len(voices) == 1 else ARTICLE_VOICE
        return None if only == ARTICLE_VOICE else only
