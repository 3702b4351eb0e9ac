"""Gather all that a graph says of one thing, fact by fact with its evidence, as plain data."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ..graph.labels import Labels, Name, value_of
from ..namespaces import DKG, EDTF, GEO, RDF, RDFS, WGS84, XSD, ontology_graph
from ..text.datewords import date_in_words, duration_in_words
from .evidence import Archive, Evidence, Inference
from .mentions import Mention, find_mentions
from .standings import truth_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from ..graph.built import Graph

__all__ = ["Block", "Card", "CardMaker", "Fact", "Mention", "Text", "literal_in_words", "make_card"]

_TYPE = RDF + "type"
_KIND = DKG + "kind"
_OF_KIND = DKG + "ofKind"
_CLASSES = frozenset({_TYPE, _KIND, _OF_KIND})
_WKT = NamedNode(GEO + "asWKT")
_METRES = frozenset({DKG + "accuracy", GEO + "hasMetricSpatialAccuracy"})
_LABELS = frozenset({RDFS + "label"})
# In a figure's heading already: 6 killed.
_AMOUNT = frozenset(DKG + name for name in ("count", "atLeast", "atMost", "unit", "outcome"))
# The order in which a reader asks; what is not here comes after, by its label.
_ORDER = """
    when earliest latest duration before after partOf duringWhole causedBy inResponseTo about
    sideIn place origin destination involvesPlace perpetrator agent speaker party leadUnit
    commander mediator target recipient addressee accused inSupportOf belligerent sideUnit
    sideMember participant rank commands memberOf formerMemberOf unitOf underUnit fate identity
    within inside near between accuracy west south east north targetText weapon purpose wording
    outcomeText qualifier reportedBy claimedBy content term violates replaces realizedBy
    notRealized negated figure strength casualties sufferedBy side civilian includes
    includesPerson sameFigure contradicts
""".split()  # noqa: SIM905 - a list this long reads better as words
_POSITION = {DKG + name: place for place, name in enumerate(_ORDER)}
_POSITION |= {WGS84 + "lat": -3, WGS84 + "long": -2}


@dataclass(frozen=True)
class Text:
    """A value that is not a thing.

    Attributes:
        text: as a reader reads it: ``19 August 2021``.
        written: as it stands in the graph: ``2021-08-19``.
        verbatim: whether these are words of the article.
    """

    text: str
    written: str
    verbatim: bool = False


@dataclass(frozen=True)
class Fact:
    """One fact: a property and its value; a figure, a term or a content brings its own facts along.

    Attributes:
        property: the property's IRI.
        label: what the property is called.
        value: the thing or the text.
        about: the nested thing whose fact this is, when it stands apart from it; else None.
        inside: the facts of a nested thing that come from the same passages.
        standing: of a possible event: ``planned``, ``alleged``.
        rules: of an inferred fact, the rules that made it.
    """

    property: str
    label: str
    value: Name | Text
    about: Name | None = None
    inside: tuple[Fact, ...] = ()
    standing: str | None = None
    rules: tuple[Inference, ...] = ()


@dataclass(frozen=True)
class Block:
    """Facts that the same passages or sources state, and those passages or sources."""

    facts: tuple[Fact, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Card:
    """All that is known of one thing.

    Attributes:
        subject: the thing.
        kind: what it is, in the words of the vocabulary.
        standing: of a possible event, that it is only ``planned``, ``promised``, ``alleged``.
        voice: in whose voice it is told.
        blocks: what is stated, in the order of the article, then of the sources.
        inferred: what rules added.
        mentions: where it has a part, in the order of time.
    """

    subject: Name
    kind: str | None
    standing: str | None
    voice: str
    blocks: tuple[Block, ...] = ()
    inferred: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = ()


def make_card(graph: Graph, thing: str) -> Card:
    """Gather what a graph says of a thing.

    Args:
        graph: the graph.
        thing: its id, the end of its id, its label, or its IRI.

    Raises:
        NoSuchThing: nothing in the graph is called that.
    """
    return CardMaker(graph).card(thing)


@dataclass
class _Draft:
    """A fact before it is known with which others it shares its evidence."""

    subject: str
    quad: Quad
    graphs: tuple[str, ...]
    nested: list[_Draft] = field(default_factory=list)


class CardMaker:
    """Makes cards of one graph: what is looked up for one is kept for the next."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.store = graph.store
        self.labels = Labels(graph.store, graph.base, graph.slug)
        self.archive = Archive(graph.store, self.labels, graph.article)

    @cached_property
    def _nesting(self) -> frozenset[str]:
        """The properties under which things are nested that belong to no one else."""
        return self._annotated("nodeKey")

    @cached_property
    def _verbatim(self) -> frozenset[str]:
        """The properties whose values are the article's own words."""
        return self._annotated("verbatim")

    def _annotated(self, annotation: str) -> frozenset[str]:
        quads = self.store.quads_for_pattern(
            None, NamedNode(DKG + annotation), None, NamedNode(ontology_graph(self.graph.base))
        )
        return frozenset(value_of(quad.subject) for quad in quads)

    def card(self, thing: str) -> Card:
        """Make the card of a thing; raises `NoSuchThing` as `make_card` does."""
        iri = self.labels.find(thing)
        drafts = self._drafts(iri, frozenset())
        stated = [d for d in drafts if not self.archive.is_rule(d.graphs[0])]
        return Card(
            self.labels.name(iri),
            self.labels.kind(iri),
            self.archive.standing(iri),
            self.archive.voice(iri),
            blocks=tuple(self._blocks(iri, stated)),
            inferred=tuple(self._inferred(iri, drafts)),
            mentions=find_mentions(self.archive, iri),
        )

    # --- facts -----------------------------------------------------------------------------------

    def _drafts(self, iri: str, seen: frozenset[str]) -> list[_Draft]:
        """Gather a thing's facts, and below them those of the things nested in it."""
        found = []
        for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
            draft = _Draft(iri, quad, self.archive.graphs(quad.triple))
            if not draft.graphs:
                continue
            below = value_of(quad.object) if isinstance(quad.object, NamedNode) else ""
            if quad.predicate.value in self._nesting and below not in seen | {iri}:
                draft.nested = self._drafts(below, seen | {iri})
            found.append(draft)
        return sorted(found, key=self._by_property)

    def _by_property(self, draft: _Draft) -> tuple[int, str, str, str]:
        predicate = draft.quad.predicate.value
        position = -9 if predicate in _CLASSES else _POSITION.get(predicate, len(_POSITION))
        value = self._value(draft.quad)
        said = value.text if isinstance(value, Text) else value.label
        return position, self.labels.term(predicate), said, str(draft.quad.object)

    def _blocks(self, iri: str, drafts: list[_Draft]) -> Iterable[Block]:
        groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for draft in drafts:
            self._place(draft, iri, groups)
        stated = {key: facts for key, facts in groups.items() if facts}
        for graphs in sorted(stated, key=lambda key: [self.archive.order(graph) for graph in key]):
            facts = stated[graphs]
            about = facts[0].about.iri if facts[0].about else iri
            yield Block(tuple(facts), tuple(self.archive.evidence(g, about) for g in graphs))

    def _place(self, draft: _Draft, top: str, groups: dict[tuple[str, ...], list[Fact]]) -> None:
        """Put a fact where its evidence is, and the facts of what it leads to where theirs is."""
        graphs = tuple(g for g in draft.graphs if not self.archive.is_rule(g))
        inside: list[Fact] = []
        fact_group = groups[graphs]
        position = len(fact_group)
        for below in draft.nested:
            if self.archive.is_rule(below.graphs[0]):
                continue
            if below.graphs == draft.graphs:
                inside += self._inside(below, top, groups)
            else:
                self._place(below, top, groups)
        fact = self._fact(
            draft, about=draft.subject if draft.subject != top else None, inside=inside
        )
        if fact is not None:
            fact_group.insert(position, fact)

    def _inside(
        self, draft: _Draft, top: str, groups: dict[tuple[str, ...], list[Fact]]
    ) -> list[Fact]:
        """Make the facts of a nested thing that share the evidence of what leads to it."""
        inside: list[Fact] = []
        for below in draft.nested:
            if self.archive.is_rule(below.graphs[0]):
                continue
            if below.graphs == draft.graphs:
                inside += self._inside(below, top, groups)
            else:
                self._place(below, top, groups)
        fact = self._fact(draft, about=None, inside=inside, nested=True)
        return [fact] if fact is not None else []

    def _fact(
        self, draft: _Draft, *, about: str | None, inside: Iterable[Fact], nested: bool = False
    ) -> Fact | None:
        predicate = draft.quad.predicate.value
        if (nested or about) and predicate in {_TYPE, _KIND} | _AMOUNT:
            return None
        if predicate in _LABELS and not nested:
            return None  # the heading has it
        label, value = self._told(draft)
        if isinstance(value, Name) and predicate not in self._nesting:
            value = self._placed(value)
        standing = self.archive.standing(value.iri) if isinstance(value, Name) else None
        return Fact(
            predicate,
            label,
            value,
            about=self.labels.name(about) if about else None,
            inside=tuple(inside),
            standing=standing,
        )

    def _told(self, draft: _Draft) -> tuple[str, Name | Text]:
        """Give what a fact's property is called and its value; yes and no in words of their own."""
        predicate, written = draft.quad.predicate.value, value_of(draft.quad.object)
        words = truth_in_words(self.labels, draft.subject, predicate, written)
        if words is None:
            return self._term(predicate), self._value(draft.quad)
        return words[0], Text(words[1], written)

    def _value(self, quad: Quad) -> Name | Text:
        term = quad.object
        if isinstance(term, NamedNode):
            return self._thing(term.value)
        if not isinstance(term, Literal):
            return Text(str(term), str(term))
        predicate = quad.predicate.value
        said = f"{term.value} m" if predicate in _METRES else literal_in_words(term)
        return Text(said, term.value, verbatim=predicate in self._verbatim)

    def _thing(self, iri: str) -> Name | Text:
        if iri.startswith(DKG):
            return Text(self.labels.term(iri), self.labels.id(iri))
        if not iri.startswith(self.graph.base):
            return Text(iri, iri)
        shapes = self.store.quads_for_pattern(NamedNode(iri), _WKT, None, DefaultGraph())
        for quad in shapes:
            return Text(value_of(quad.object), self.labels.id(iri))
        return self.labels.name(iri)

    def _term(self, predicate: str) -> str:
        """Give what a property is called on a card."""
        if predicate in _CLASSES:
            return "would be" if predicate == _OF_KIND else "kind"
        return self.labels.term(predicate)

    def _placed(self, name: Name) -> Name:
        """Say with a figure that belongs to another thing what it belongs to."""
        holder = self.archive.holder(name.iri)
        if holder == name.iri:
            return name
        return replace(name, label=f"{name.label}, {self.labels.label(holder)}")

    # --- what rules added ------------------------------------------------------------------------

    def _inferred(self, iri: str, drafts: list[_Draft]) -> Iterable[Fact]:
        for draft in drafts:
            predicate = draft.quad.predicate.value
            if not self.archive.is_rule(draft.graphs[0]) or predicate == _KIND:
                continue
            rules = tuple(
                evidence
                for evidence in (self.archive.evidence(g, iri) for g in draft.graphs)
                if isinstance(evidence, Inference)
            )
            label = "also" if predicate == _TYPE else self._term(predicate)
            yield Fact(predicate, label, self._value(draft.quad), rules=rules)


def literal_in_words(term: Literal) -> str:
    """Say a literal as a reader reads it: dates and durations in words, truth as yes or no."""
    datatype = term.datatype.value
    if datatype in (EDTF, XSD + "date"):
        return date_in_words(term.value)
    if datatype == XSD + "duration":
        return duration_in_words(term.value)
    if datatype == XSD + "boolean":
        return "yes" if term.value in ("true", "1") else "no"
    return term.value
