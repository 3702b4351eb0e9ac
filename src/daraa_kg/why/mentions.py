"""Find what names a thing: events it takes part in, places in it, figures that count it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from ..graph.labels import Name, value_of
from ..namespaces import DKG, RDFS, ontology_graph
from ..text.datewords import date_in_words

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from .evidence import Archive

__all__ = ["Mention", "find_mentions"]

_PREPOSITIONS = frozenset(
    {"about", "after", "before", "between", "by", "in", "near", "of", "to", "within"}
)
_VERBS = frozenset(
    DKG + name for name in ("commands", "includes", "includesPerson", "replaces", "violates")
)
_LAST = "9999"  # sorts what has no date after what has one


@dataclass(frozen=True)
class Mention:
    """Another thing that names this one.

    Attributes:
        heading: as what it names it: ``perpetrator in``, ``place of``, ``part of this``.
        thing: the other thing; for a figure, what the figure belongs to.
        when: when that was.
        figure: the figure that names this thing: ``6 killed``.
        standing: of a possible event: ``planned``, ``alleged``.
    """

    heading: str
    thing: Name
    when: str | None = None
    figure: str | None = None
    standing: str | None = None


def find_mentions(archive: Archive, thing: str) -> tuple[Mention, ...]:
    """Find what names a thing, in the order of time; what only rules say is left out.

    Args:
        archive: the graph's account of where its facts come from.
        thing: the thing's IRI.
    """
    return _Finder(archive).find(thing)


class _Finder:
    """Finds mentions in one graph."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.labels = archive.labels
        self.store = archive.store

    def find(self, iri: str) -> tuple[Mention, ...]:
        found = set()
        for quad in self.store.quads_for_pattern(None, None, NamedNode(iri), DefaultGraph()):
            holder = self.archive.holder(value_of(quad.subject))
            if holder != iri and not self._skipped(quad.triple):
                found.add(self._mention(quad.triple, holder))
        return tuple(sorted(found, key=self._in_time))

    def _mention(self, triple: Triple, holder: str) -> Mention:
        thing = value_of(triple.subject)
        when = self.labels.value(holder, "when")
        return Mention(
            self._heading(triple.predicate.value),
            self.labels.name(holder),
            when=date_in_words(when) if when else None,
            figure=self.labels.label(thing) if holder != thing else None,
            standing=self.archive.standing(holder),
        )

    def _skipped(self, triple: Triple) -> bool:
        ours = triple.predicate.value.startswith(DKG)
        return not ours or self.archive.is_rule(self.archive.graphs(triple)[0])

    def _in_time(self, mention: Mention) -> tuple[str, str, str, str]:
        earliest = self.labels.value(mention.thing.iri, "earliest")
        return earliest or _LAST, mention.thing.label, mention.heading, mention.figure or ""

    # --- as what ---------------------------------------------------------------------------------

    def _heading(self, predicate: str) -> str:
        """Say as what a property's subject names its object: ``target in``, ``part of this``."""
        label = self.labels.term(predicate)
        if predicate in self._roles_of_actors:
            return f"{label} in"
        if predicate in self._roles_of_places:
            return f"{label} of"
        if predicate in _VERBS or label.rpartition(" ")[2] in _PREPOSITIONS:
            return f"{label.removesuffix(' person')} this"
        return f"{label} of"

    @cached_property
    def _roles_of_actors(self) -> frozenset[str]:
        return self._below("participant") | self._below("sideMember") | {DKG + "commander"}

    @cached_property
    def _roles_of_places(self) -> frozenset[str]:
        return self._below("involvesPlace")

    def _below(self, local: str) -> frozenset[str]:
        """Give a property and all properties below it."""
        found = {DKG + local}
        waiting = [DKG + local]
        predicate = NamedNode(RDFS + "subPropertyOf")
        graph = NamedNode(ontology_graph(self.labels.base))
        while waiting:
            above = NamedNode(waiting.pop())
            for quad in self.store.quads_for_pattern(None, predicate, above, graph):
                below = value_of(quad.subject)
                if below not in found:
                    found.add(below)
                    waiting.append(below)
        return frozenset(found)
