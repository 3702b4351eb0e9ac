"""Why a question has no answer, as far as can be told."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..namespaces import DKG, RDFS, article_base, ontology_graph
from .sparql import names_in

if TYPE_CHECKING:
    from .results import Result

__all__ = ["why_empty"]


def why_empty(result: Result) -> str:
    """Say why there are no rows, as far as can be told; empty when there are rows."""
    if result.rows:
        return ""
    store = result.graph.store
    if not any(store.quads_for_pattern(None, None, None, ox.DefaultGraph())):
        return "no rows: the graph holds no facts"
    for iri, written in names_in(result.query.text, result.prefixes).items():
        if result.query.parameters or _has(store, _absolute(result, iri)):
            continue
        close = _nearest(result, _absolute(result, iri))
        hint = f"; did you mean {close}?" if close else ""
        return f"no rows: nothing in the graph is called {written}{hint}"
    for name, term in result.parameters.items():
        if isinstance(term, ox.NamedNode) and not _has(store, term.value):
            called = result.text(term, labels=False)
            return f"no rows: the graph has no {called}; give another {name}"
    given = ", ".join(f"{name} {result.text(term)}" for name, term in result.parameters.items())
    tail = f" with {given}" if given else ""
    what = f"“{result.query.name}”" if result.query.name else "the query"
    return f"no rows: nothing in the graph answers {what}{tail}"


def _has(store: ox.Store, iri: str) -> bool:
    node = ox.NamedNode(iri)
    patterns = ((node, None, None, None), (None, node, None, None), (None, None, node, None))
    return any(any(store.quads_for_pattern(*pattern)) for pattern in patterns) or any(
        store.quads_for_pattern(None, None, None, node)
    )


def _absolute(result: Result, iri: str) -> str:
    """Resolve a relative IRI as the store did: against the article."""
    graph = result.graph
    return iri if ":" in iri else (article_base(graph.base, graph.slug) + iri)


def _nearest(result: Result, iri: str) -> str:
    """Give the id of the term or thing that an unknown IRI is most like; empty if there is none."""
    known = list(result.names.things)
    if iri.startswith(DKG):
        graph, label = ox.NamedNode(ontology_graph(result.graph.base)), ox.NamedNode(RDFS + "label")
        quads = result.graph.store.quads_for_pattern(None, label, None, graph)
        known = sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)})
    ids = [result.names.id(name) for name in known]
    wanted = result.names.id(iri)
    start = wanted[: wanted.rfind(":") + 1]  # what all have in common is no likeness
    ends = [name.removeprefix(start) for name in ids if name.startswith(start)]
    close = difflib.get_close_matches(wanted.removeprefix(start), ends, n=1, cutoff=0.6)
    return start + close[0] if close else ""
