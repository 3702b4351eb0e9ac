"""What a document says of the things it describes: facts, names, evidence; in every RDF format.

A thing whose IRI has a # is described by the document of what stands before the #. A document
keeps the promise of the whole graph: each triple of its default graph stands in the graph of at
least one passage, source or rule, or of the dataset's account, and the other way round. Formats
without named graphs hold the default graph.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..graph.formats import FORMATS, ordered
from ..graph.labels import value_of
from ..namespaces import DCT, DKG, RDFS, about_graph, ontology_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..graph.built import Graph
    from ..graph.formats import Format

__all__ = ["RDF_TYPES", "Documents", "document_of"]

# The formats of documents, the ones that people ask for first; the rest of the table's follow.
_FIRST = ("ttl", "jsonld", "nt", "rdf")
RDF_TYPES: tuple[Format, ...] = tuple(
    sorted(
        (entry for entry in FORMATS.values() if entry.family == "rdf"),
        key=lambda entry: _FIRST.index(entry.name) if entry.name in _FIRST else len(_FIRST),
    )
)
_LABEL = ox.NamedNode(RDFS + "label")
_TITLE = ox.NamedNode(DCT + "title")


def document_of(iri: str) -> str:
    """Give the document that describes a thing: the IRI up to its #.

    >>> document_of("https://example.org/text/b051e082#char=0,12")
    'https://example.org/text/b051e082'
    """
    return iri.partition("#")[0]


class Documents:
    """The documents of a graph.

    Args:
        graph: the graph.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.store = graph.store
        self.account = ox.NamedNode(about_graph(graph.base))
        self.vocabulary = ox.NamedNode(ontology_graph(graph.base))

    @cached_property
    def _nodes(self) -> dict[str, tuple[ox.NamedNode, ...]]:
        """By document, what it describes."""
        subjects = {q.subject for q in self.store if q.graph_name != self.vocabulary}
        return _by_document(subjects, self.graph.base)

    @cached_property
    def _graphs(self) -> dict[str, tuple[ox.NamedNode, ...]]:
        """By document, the passages, sources and rules whose statements it tells."""
        names = {graph for graph in self.store.named_graphs() if graph != self.vocabulary}
        return _by_document(names, self.graph.base)

    @cached_property
    def facts_of(self) -> frozenset[str]:
        """The documents of things that facts are about: the others are records of the account."""
        quads = self.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return frozenset(value_of(quad.subject) for quad in quads)

    def __contains__(self, document: object) -> bool:
        return document in self._nodes or document in self._graphs

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._nodes, *self._graphs}))

    def graphs(self, document: str) -> tuple[ox.NamedNode, ...]:
        """Give the passages, sources or rules of a document, in the order of their names."""
        return self._graphs.get(document, ())

    def nodes(self, document: str) -> tuple[ox.NamedNode, ...]:
        """Give the things that a document describes."""
        return self._nodes.get(document, ())

    def name(self, iri: str) -> str:
        """Call a text or the dataset by its title, a source or a rule by its label.

        What the account has no name for is called as everywhere else.
        """
        for predicate in (_TITLE, _LABEL):
            quads = self.store.quads_for_pattern(ox.NamedNode(iri), predicate, None, self.account)
            if names := [value_of(quad.object) for quad in quads]:
                return min(names)
        return self.graph.labels.label(iri)

    # --- what it says -----------------------------------------------------------------------------

    def describe(self, document: str) -> list[ox.Quad]:
        """Give the quads of a document, sorted: the facts once, and each again with its why.

        They are the facts about what it describes, the facts that name it, the statements of its
        passages, sources or rules, the labels of all that is named, and the account's description
        of every passage, source and rule that has a part in it.

        Args:
            document: an IRI without #.
        """
        stated = {quad for node in self.nodes(document) for quad in self._about(node)}
        for name in self.graphs(document):
            stated.update(self.store.quads_for_pattern(None, None, None, name))
        stated.update(self._labels(stated))
        for why in {value_of(quad.graph_name) for quad in stated} - {self.account.value}:
            stated.update(self._record(ox.NamedNode(why)))
        facts = (ox.Quad(q.subject, q.predicate, q.object) for q in stated)
        return ordered({*stated, *facts})

    def write(self, document: str, entry: Format) -> bytes:
        """Write a document in a format of RDF.

        Raises:
            ConfusedIRI: JSON-LD cannot write an IRI that it holds.
        """
        quads = self.describe(document)
        if not entry.datasets:
            quads = [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
        return entry.write(self.graph, quads=quads)

    def _about(self, node: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give what is stated of a thing, and the facts that name it, by whom each is stated."""
        yield from self._stated(node, None, None)
        for quad in self._stated(None, None, node):
            if quad.graph_name != self.account:  # which names it among what it accounts for
                yield quad

    def _stated(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        value: ox.NamedNode | None,
    ) -> Iterator[ox.Quad]:
        """Give quads of passages, sources, rules and the account."""
        for quad in self.store.quads_for_pattern(subject, predicate, value, None):
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name != self.vocabulary:
                yield quad

    def _labels(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        terms = {term for quad in quads for term in (quad.subject, quad.object)}
        for term in terms:
            if isinstance(term, ox.NamedNode) and not term.value.startswith(DKG):
                yield from self._stated(term, _LABEL, None)

    def _record(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give what the account says of a passage, source or rule, and of what it is part of."""
        waiting, seen = [name], {name}
        while waiting:
            quads = self.store.quads_for_pattern(waiting.pop(), None, None, self.account)
            for quad in quads:
                yield quad
                value = quad.object
                if isinstance(value, ox.NamedNode) and value not in seen:
                    seen.add(value)
                    waiting.append(value)


def _by_document(names: Iterable[object], base: str) -> dict[str, tuple[ox.NamedNode, ...]]:
    found: dict[str, list[ox.NamedNode]] = defaultdict(list)
    for name in names:
        if isinstance(name, ox.NamedNode) and name.value.startswith(base):
            found[document_of(name.value)].append(name)
    return {key: tuple(sorted(nodes, key=value_of)) for key, nodes in found.items()}
