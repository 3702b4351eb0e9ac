"""The names of what a store far away speaks of, fetched so that answers can be read."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..namespaces import DKG, GEO, OWL, RDF, RDFS, SKOS, ontology_graph
from ..queries.catalogue import Prepared
from ..queries.question import parse_query
from ..queries.sparql import QueryFailed
from .endpoint import batches
from .refusals import TooMuch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..queries.results import Term
    from .remote import RemoteGraph

__all__ = ["Names"]

_AT_ONCE = 200  # things that one query names
_PAGES = (200, 20)  # solutions that one query gives, if a store does not give all at once
# What a label is made of, see `daraa_kg.graph.labels`.
_FACTS = (
    f"{RDF}type {RDFS}label {SKOS}altLabel {DKG}kind {DKG}ofKind {DKG}unit {DKG}outcome "
    f"{DKG}count {DKG}atLeast {DKG}atMost {GEO}hasGeometry"
).split()
_TERMS = f"{RDF}type {RDFS}label {SKOS}definition".split()


class Names:
    """What things and terms are called in a store far away.

    Attributes:
        store: the names that were fetched: those of things as facts, those of terms in the graph of
            the vocabulary.
    """

    def __init__(self, graph: RemoteGraph) -> None:
        self.graph = graph
        self.store = ox.Store()
        self._known: set[str] = set()
        self._has_terms = False

    def of(self, iris: Iterable[str]) -> ox.Store:
        """Fetch the names of some things, and those of the vocabulary's terms."""
        if not self.graph.datasets:
            return self.store
        self._fetch_terms()
        wanted = sorted(set(iris) - self._known)
        self._known.update(wanted)
        for batch in batches(wanted, _AT_ONCE):
            things = " ".join(f"<{iri}>" for iri in batch)
            self._fetch(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {things} }} "
                f"VALUES ?p {{ {_listed(_FACTS)} }} ?s ?p ?o }}"
            )
            self._fetch(
                f"CONSTRUCT {{ ?s <{GEO}hasGeometry> ?o . ?s <{RDFS}label> ?l }} "
                f"WHERE {{ VALUES ?o {{ {things} }} "
                f"?s <{GEO}hasGeometry> ?o . ?s <{RDFS}label> ?l }}"
            )
        return self.store

    def all(self) -> ox.Store:
        """Fetch the names of all things, in which ids and labels can be looked up."""
        if self.graph.datasets:
            self._fetch_terms()
            self._fetch(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {_listed(_FACTS)} }} ?s ?p ?o }}"
            )
        return self.store

    def _fetch_terms(self) -> None:
        if self._has_terms:
            return
        self._has_terms = True
        graph = ontology_graph(self.graph.base)
        self._fetch(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {_listed(_TERMS)} }} "
            f"GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(?p != <{RDF}type> || ?o = <{OWL}Class>) }}",
            ox.NamedNode(graph),
        )

    def _fetch(self, text: str, graph: ox.NamedNode | None = None) -> None:
        """Fetch triples: all at once or, from a store that gives fewer at a time, in pages."""
        name = graph or ox.DefaultGraph()
        for page in (None, *_PAGES):
            try:
                for subject, predicate, value in self._triples(text, page):
                    quad = ox.Quad(subject, predicate, value, name)  # type: ignore[arg-type]
                    self.store.add(quad)
            except QueryFailed as error:
                if not isinstance(error.__cause__, TooMuch) or page == _PAGES[-1]:
                    raise
            else:
                return

    def _triples(self, text: str, page: int | None) -> Iterator[tuple[Term | None, ...]]:
        """Give the triples of a CONSTRUCT, page by page if it is said how long these are."""
        for start in itertools.count(0, page or 1):
            part = f"ORDER BY ?s ?p ?o ?l LIMIT {page} OFFSET {start}" if page else ""
            asked = f"{text} {part}"
            ready = Prepared(parse_query(asked), asked, {}, self.graph.base, {})
            rows = self.graph.answer(ready).rows
            yield from rows
            if not page or not rows:
                return


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
