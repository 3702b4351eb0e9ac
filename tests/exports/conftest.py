"""What the tests of exports share: graphs made of a few triples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.graph.built import Graph
from daraa_kg.namespaces import BASE, article_base, ontology_graph, prefixes

if TYPE_CHECKING:
    import daraa_kg as dk

SLUG = "made"
Make = Callable[[str], Graph]


@pytest.fixture(scope="session")
def make(graph: dk.Graph) -> Make:
    """Give a function that makes a graph of Turtle; the article's own ids are relative IRIs."""
    terms = ox.NamedNode(ontology_graph(BASE))
    vocabulary = list(graph.store.quads_for_pattern(None, None, None, terms))
    head = "".join(f"@prefix {prefix}: <{start}> .\n" for prefix, start in prefixes().items())

    def graph_of(turtle: str) -> Graph:
        store = ox.Store()
        store.extend(vocabulary)
        store.load(
            (head + turtle).encode(),
            format=ox.RdfFormat.TURTLE,
            base_iri=article_base(BASE, SLUG),
        )
        return Graph(store, slug=SLUG)

    return graph_of
