"""Compare two built graphs: the things and facts that only one has, and where evidence differs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..graph.labels import Labels, value_of
from ..namespaces import RDF, about_graph, ontology_graph
from ..why.evidence import Archive, Decision, Quote
from .wordchanges import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from ..graph.built import Graph

__all__ = ["Diff", "EvidenceDiff", "Fact", "Ground", "PropertyDiff", "Thing", "ThingDiff", "diff"]

Key = tuple[str, str, str, str]  # subject, property, value, and the datatype or language of a text


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something that graphs describe: its id as statements write it, its label and kind."""

    id: str
    label: str
    kind: str | None = None
    part_of: str | None = None  # the label of what a figure or term belongs to

    def __str__(self) -> str:
        named = self.id if self.label == self.id else f"“{self.label}”"
        if self.part_of is not None:
            named = f"{named} of “{self.part_of}”"
        named = f"{self.kind} {named}" if self.kind else named
        return named if self.label == self.id else f"{named} ({self.id})"


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A fact in words; `subject` and `property` are ids, the rest is for people."""

    subject: str
    property: str
    label: str
    value: str
    value_id: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """What a fact rests on: the words of a passage and where they stand, or a source's reason."""

    words: str
    where: str
    passage: bool = True

    def __str__(self) -> str:
        words = f"“{self.words}”" if self.passage else self.words
        return f"{words} ({self.where})" if words else self.where


@dataclass(frozen=True, slots=True)
class PropertyDiff:
    """A property of a thing, and the values that only one of the graphs gives it."""

    property: str
    label: str
    removed: tuple[Fact, ...]
    added: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ThingDiff:
    """A thing, and how its facts differ; `how` tells whether one graph does not have it at all."""

    thing: Thing
    how: str  # added, removed, changed
    properties: tuple[PropertyDiff, ...]


@dataclass(frozen=True, slots=True)
class EvidenceDiff:
    """Facts that both graphs state, and the same other grounds that all of them rest on."""

    facts: tuple[tuple[Thing, Fact], ...]
    removed: tuple[Ground, ...]
    added: tuple[Ground, ...]

    @property
    def comparison(self) -> Comparison | None:
        """The two wordings word by word, when one passage took the place of another."""
        if len(self.removed) != 1 or len(self.added) != 1:
            return None
        old, new = self.removed[0], self.added[0]
        return Comparison(old.words, new.words) if old.passage and new.passage else None


@dataclass(frozen=True)
class Diff:
    """What differs between two graphs.

    Attributes:
        things: added, removed and changed things, by id.
        evidence: facts of both that rest on other words or sources, in the order of the first.
        shifted: how many facts rest on the same words at other places of the text.
        inferred: facts that rules added to one of the graphs alone: of the first, of the second.
    """

    things: tuple[ThingDiff, ...]
    evidence: tuple[EvidenceDiff, ...]
    shifted: int
    inferred: tuple[tuple[Fact, ...], tuple[Fact, ...]]

    @property
    def equal(self) -> bool:
        """Whether both state the same and for the same reasons, wherever these stand."""
        return not self.things and not self.evidence and not any(self.inferred)

    def having(self, how: str) -> list[ThingDiff]:
        """Give the things that were ``added``, ``removed`` or ``changed``."""
        return [thing for thing in self.things if thing.how == how]


def diff(old: Graph, new: Graph) -> Diff:
    """Compare two graphs by their facts, then by what these rest on.

    Ids are compared as statements write them, so that two folders, bases or revisions of a text
    can be held side by side. What follows from other facts by a rule is set apart.

    Args:
        old: a graph.
        new: another one.
    """
    ours, theirs = _Side(old), _Side(new)
    removed = ours.stated.keys() - theirs.stated.keys()
    added = theirs.stated.keys() - ours.stated.keys()
    both = ours.stated.keys() & theirs.stated.keys()
    evidence, shifted = _evidence(ours, theirs, both)
    return Diff(
        tuple(_things(ours, theirs, removed, added)),
        evidence,
        shifted,
        (
            tuple(ours.fact(key) for key in sorted(ours.inferred - theirs.inferred - added)),
            tuple(theirs.fact(key) for key in sorted(theirs.inferred - ours.inferred - removed)),
        ),
    )


def _things(ours: _Side, theirs: _Side, removed: Set[Key], added: Set[Key]) -> Iterable[ThingDiff]:
    for subject in sorted({key[0] for key in removed | added}):
        if subject not in ours.subjects:
            how, side = "added", theirs
        else:
            how, side = ("changed" if subject in theirs.subjects else "removed"), ours
        rows: dict[str, tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
        for place, keys, owner in ((0, removed, ours), (1, added, theirs)):
            for key in sorted(key for key in keys if key[0] == subject):
                rows[key[1]][place].append(owner.fact(key))
        ordered = sorted(rows.items(), key=lambda row: (row[0] != "rdf:type", row[0]))
        yield ThingDiff(
            side.thing(subject),
            how,
            tuple(
                PropertyDiff(name, (gone + come)[0].label, tuple(gone), tuple(come))
                for name, (gone, come) in ordered
            ),
        )


def _evidence(ours: _Side, theirs: _Side, both: Set[Key]) -> tuple[tuple[EvidenceDiff, ...], int]:
    """Group the facts of both that rest on other grounds, by these grounds."""
    groups: dict[tuple[tuple[Ground, ...], tuple[Ground, ...]], list[Key]] = defaultdict(list)
    shifted = 0
    for key in sorted(both):
        before, now = ours.grounds(key), theirs.grounds(key)
        if before != now:
            groups[tuple(sorted(before - now)), tuple(sorted(now - before))].append(key)
        elif ours.stated[key] != theirs.stated[key]:
            shifted += 1
    found = [
        EvidenceDiff(
            tuple((theirs.thing(key[0]), theirs.fact(key)) for key in keys), removed, added
        )
        for (removed, added), keys in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: ours.place(one.removed))), shifted


class _Side:
    """One of the graphs, with its facts as texts that can be compared with the other's."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.labels = Labels(graph.store, graph.base, graph.slug)
        self.archive = Archive(graph.store, self.labels)
        self.stated: dict[Key, frozenset[str]] = {}
        self._triples: dict[Key, ox.Triple] = {}
        self._grounds: dict[str, Ground] = {}
        self._read()

    def _read(self) -> None:
        apart = {about_graph(self.graph.base), ontology_graph(self.graph.base)}
        stated: Mapping[Key, set[str]] = defaultdict(set)
        inferred: set[Key] = set()
        for quad in self.graph.store:
            graph = value_of(quad.graph_name)
            if not graph or graph in apart:
                continue
            key = self._key(quad)
            self._triples[key] = quad.triple
            if self.archive.is_rule(graph):
                inferred.add(key)
            else:
                stated[key].add(graph)
        self.stated = {key: frozenset(graphs) for key, graphs in stated.items()}
        self.inferred = inferred - self.stated.keys()

    def _key(self, quad: ox.Quad) -> Key:
        value = quad.object
        if isinstance(value, ox.Literal):
            form = value.language or self.labels.id(value.datatype.value)
            written, kind = value.value, form
        else:
            written, kind = self.labels.id(value_of(value)), ""
        subject = self.labels.id(value_of(quad.subject))
        return subject, self.labels.id(quad.predicate.value), written, kind

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The ids of all that passages and sources describe."""
        return frozenset(key[0] for key in self.stated)

    def thing(self, name: str) -> Thing:
        """Give a thing by its id."""
        iri = self.graph.iri(name)
        holder, nested, _ = name.partition("#")
        part_of = self.labels.label(self.graph.iri(holder)) if nested else None
        return Thing(name, self.labels.label(iri), self._kind(iri), part_of)

    def _kind(self, iri: str) -> str | None:
        kind = self.labels.kind(iri)
        if kind is not None:
            return kind
        pattern = (ox.NamedNode(iri), ox.NamedNode(RDF + "type"), None, ox.DefaultGraph())
        found = sorted(value_of(q.object) for q in self.graph.store.quads_for_pattern(*pattern))
        return self.labels.term(found[0]) if len(found) == 1 else None

    def fact(self, key: Key) -> Fact:
        """Give a fact in words."""
        triple = self._triples[key]
        value = triple.object
        label = self.labels.term(triple.predicate.value)
        if isinstance(value, ox.Literal):
            return Fact(key[0], key[1], label, value.value)
        return Fact(key[0], key[1], label, self.labels.label(value_of(value)), key[2])

    def grounds(self, key: Key) -> frozenset[Ground]:
        """Give what a fact rests on, places in the text left aside."""
        return frozenset(map(self._ground, self.stated[key]))

    def _ground(self, graph: str) -> Ground:
        found = self._grounds.get(graph)
        if found is None:
            evidence = self.archive.evidence(graph)
            if isinstance(evidence, Quote):
                found = Ground(" ".join(evidence.exact.split()), evidence.where)
            else:
                because = evidence.because if isinstance(evidence, Decision) else ()
                name = evidence.label if isinstance(evidence, Decision) else self.labels.id(graph)
                found = Ground(" ".join(" ".join(because).split()), name, passage=False)
            self._grounds[graph] = found
        return found

    def place(self, grounds: Sequence[Ground]) -> tuple[int, str]:
        """Sort grounds as the text has them."""
        if not grounds:
            return len(self.graph.passages), ""
        return self._order.get(grounds[0], len(self.graph.passages)), grounds[0].words

    @cached_property
    def _order(self) -> dict[Ground, int]:
        order: dict[Ground, int] = {}
        for number, passage in enumerate(self.graph.passages):
            order.setdefault(self._ground(passage), number)
        return order
