"""The writers of RDF: TriG, N-Quads, Turtle, JSON-LD, RDF/XML and N-Triples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..namespaces import article_base, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .built import Graph

    Writer = Callable[["Graph", Sequence[ox.Quad] | None], bytes]

_KIND = re.compile("[a-z]+")


def _writer(rdf_format: ox.RdfFormat, *, bound: bool = True) -> Writer:
    """Make the writer of a format that pyoxigraph writes.

    Args:
        rdf_format: the format; one that has no named graphs gets the facts alone.
        bound: whether IRIs are shortened with prefixes.
    """

    def write(graph: Graph, quads: Sequence[ox.Quad] | None = None) -> bytes:
        datasets = rdf_format.supports_datasets
        if quads is None:
            quads = graph.quads() if datasets else graph.facts()
        names = short_names(quads, graph.base, graph.slug) if bound else None
        items: Iterable[ox.Quad] | Iterable[ox.Triple] = quads
        if not datasets:
            items = [quad.triple for quad in quads]
        return _in_order(ox.serialize(items, format=rdf_format, prefixes=names) or b"")

    return write


trig = _writer(ox.RdfFormat.TRIG)
nq = _writer(ox.RdfFormat.N_QUADS, bound=False)
ttl = _writer(ox.RdfFormat.TURTLE)
rdf = _writer(ox.RdfFormat.RDF_XML)
nt = _writer(ox.RdfFormat.N_TRIPLES, bound=False)


def jsonld(graph: Graph, quads: Sequence[ox.Quad] | None = None) -> bytes:
    """Write compacted JSON-LD."""
    from ..ontology.vocabulary import load_context
    from .jsonld import compact, dumps

    quads = graph.quads() if quads is None else quads
    return dumps(compact(quads, load_context(), graph.base, graph.slug))


def _in_order(data: bytes) -> bytes:
    """Sort the prefixes at the head of Turtle, which pyoxigraph writes as they fall."""
    end = 0
    while data.startswith(b"@prefix ", end):
        end = data.index(b"\n", end) + 1
    return b"".join(sorted(data[:end].splitlines(keepends=True))) + data[end:]


def short_names(quads: Iterable[ox.Quad], base: str, slug: str) -> dict[str, str]:
    """Give the prefixes to write quads with: ours, and one for each kind of id, such as `event:`.

    Args:
        quads: what is to be written.
        base: where IRIs start.
        slug: the article, whose own ids get prefixes too where a shared kind has not taken them.
    """
    names = prefixes(base)
    local = article_base(base, slug)
    nodes = {getattr(quad.subject, "value", "") for quad in quads}
    for start in (base, local):
        heads = {iri[len(start) :].partition("/") for iri in nodes if iri.startswith(start)}
        for kind in sorted({head for head, slash, _ in heads if slash}):
            if _KIND.fullmatch(kind) and start + kind + "/" != local:
                names.setdefault(kind, f"{start}{kind}/")
    return names
