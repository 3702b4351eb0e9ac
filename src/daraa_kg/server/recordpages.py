"""The page of a text, a source, a rule or the dataset: what it is, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..graph.labels import value_of
from ..namespaces import DCT, DKG, OA, PROV, RDF, RDFS, VOID
from ..ontology.vocabulary import verbatim_names
from ..why.cards import Text, literal_in_words
from ..why.evidence import Archive, Quote
from .cardpages import Anchors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..graph.labels import Name
    from ..why.evidence import Evidence
    from .documents import Documents

__all__ = ["Records"]

_TYPE = RDF + "type"
_SHOWN = 200  # statements on a page; all of them are in its data
_PARTS = frozenset(DKG + name for name in ("Passage", "Source", "Rule"))
_GENERAL = frozenset({PROV + "Entity", VOID + "Dataset"})
# Said by the heading, by the parts, or (the graphs of a dataset) by its number alone.
_UNSAID = frozenset({_TYPE, RDFS + "label", DCT + "title", VOID + "subset"})

Pair = tuple[str, list["Name | Text"]]  # a property's name, and its values


@dataclass(frozen=True)
class Part:
    """A passage, a decision of a source, a source or a rule, with what it states.

    Attributes:
        iri: what it is called.
        evidence: its words, reason or summary.
        heading: the section, where it begins one.
        aliases: IRIs that name a stretch of it: the selectors of a passage.
        statements: by thing, what is stated of it.
        more: how many statements are not shown.
    """

    iri: str
    evidence: Evidence
    heading: str | None
    aliases: tuple[str, ...]
    statements: tuple[tuple[Name, list[Pair]], ...]
    more: int


class Records:
    """Makes the pages of the account of a graph.

    Args:
        documents: the documents of the graph.
    """

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.graph = documents.graph
        self.labels = documents.graph.labels
        self.store = documents.graph.store

    @cached_property
    def _archive(self) -> Archive:
        return Archive(self.store, self.labels, self.graph.article)

    def values(self, document: str) -> dict[str, Any]:
        """Give what the template of a record needs.

        Args:
            document: the record's IRI.
        """
        nodes = [node.value for node in self.documents.nodes(document)]
        quads = list(self._account(document))
        return {
            "name": self.documents.name(document),
            "id": self.labels.id(document),
            "kind": self._kind(quads),
            "rows": self._pairs(q for q in quads if q.predicate.value not in _UNSAID),
            "subsets": sum(q.predicate.value == VOID + "subset" for q in quads),
            "parts": list(self._parts(document)),
            "anchors": Anchors(document, nodes),
        }

    def _account(self, subject: str) -> Iterable[ox.Quad]:
        return self.store.quads_for_pattern(
            ox.NamedNode(subject), None, None, self.documents.account
        )

    def _kind(self, quads: Iterable[ox.Quad]) -> str | None:
        types = {value_of(q.object) for q in quads if q.predicate.value == _TYPE} - _GENERAL
        return ", ".join(sorted(self.labels.term(iri) for iri in types)) or None

    # --- parts -----------------------------------------------------------------------------------

    def _parts(self, document: str) -> Iterator[Part]:
        names = {graph.value for graph in self.documents.graphs(document)}
        names |= {node.value for node in self.documents.nodes(document) if self._is_part(node)}
        shown = 0
        section = None
        for name in sorted(names, key=self._archive.order):
            evidence = self._archive.evidence(name)
            here = evidence.section if isinstance(evidence, Quote) else None
            quads = self._stated(name)
            room = max(_SHOWN - shown, 0) if not isinstance(evidence, Quote) else len(quads)
            shown += len(quads[:room])
            yield Part(
                name,
                evidence,
                heading=here if here != section else None,
                aliases=tuple(self._selectors(name)),
                statements=tuple(self._statements(quads[:room])),
                more=len(quads[room:]),
            )
            section = here

    def _is_part(self, node: ox.NamedNode) -> bool:
        return any(
            q.predicate.value == _TYPE and value_of(q.object) in _PARTS
            for q in self._account(node.value)
        )

    def _selectors(self, passage: str) -> list[str]:
        quads = self._account(passage)
        return sorted(value_of(q.object) for q in quads if q.predicate.value == OA + "hasSelector")

    def _stated(self, name: str) -> list[ox.Quad]:
        quads = self.store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        return sorted(quads, key=lambda q: (value_of(q.subject), q.predicate.value, str(q.object)))

    def _statements(self, quads: list[ox.Quad]) -> Iterator[tuple[Name, list[Pair]]]:
        for subject, about in groupby(quads, key=lambda quad: value_of(quad.subject)):
            yield self.labels.name(subject), self._pairs(about)

    def _pairs(self, quads: Iterable[ox.Quad]) -> list[Pair]:
        found: dict[str, list[Name | Text]] = {}
        for quad in sorted(quads, key=lambda q: (q.predicate.value != _TYPE, str(q.triple))):
            label = "kind" if quad.predicate.value == _TYPE else self._term(quad.predicate.value)
            found.setdefault(label, []).append(self._value(quad))
        return list(found.items())

    def _term(self, iri: str) -> str:
        return self.labels.term(iri)

    def _value(self, quad: ox.Quad) -> Name | Text:
        term = quad.object
        if isinstance(term, ox.NamedNode):
            if term.value.startswith(self.graph.base):
                return replace(self.labels.name(term.value), label=self.documents.name(term.value))
            label = self.labels.term(term.value) if term.value.startswith(DKG) else term.value
            return Text(label, term.value)
        if isinstance(term, ox.Literal):
            copied = quad.predicate.value.removeprefix(DKG) in verbatim_names()
            return Text(literal_in_words(term), term.value, verbatim=copied)
        return Text(str(term), str(term))
