"""What the tests of networks share: graphs made of a few facts, and programs that are not ours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from daraa_kg.assets import asset
from daraa_kg.graph.built import Graph
from daraa_kg.namespaces import BASE, DKG, RDF, RDFS, ontology_graph, prefixes

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

Facts = Callable[[str], Graph]
Need = Callable[[str, str], str]


@pytest.fixture(scope="session")
def need() -> Need:
    """Give a function that finds a program; a test that lacks it is skipped, but not in CI."""

    def find(program: str, package: str) -> str:
        found = shutil.which(program)
        if found is None and not IN_CI:
            pytest.skip(f"needs {program} on PATH ({package})")
        assert found is not None, f"CI has to have {program}"
        return found

    return find


def superclasses(store: ox.Store) -> dict[str, str]:
    pattern = (None, ox.NamedNode(RDFS + "subClassOf"), None, ox.NamedNode(ontology_graph(BASE)))
    return {
        q.subject.value: q.object.value
        for q in store.quads_for_pattern(*pattern)
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
    }


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Give a function that makes a graph of facts in Turtle; the editors state them all.

    Classes up the tree are added, as the rules would; ids start with ``:``.
    """

    def make(turtle: str) -> Graph:
        store = ox.Store()
        vocabulary = asset("ontology", "daraa-kg.ttl").read_bytes()
        store.load(
            vocabulary, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ontology_graph(BASE))
        )
        above = superclasses(store)
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes(BASE).items())
        source = ox.NamedNode(BASE + "source/editors")
        text = f"{head}@prefix : <{BASE}mini/> .\n{turtle}"
        for quad in list(ox.parse(text, format=ox.RdfFormat.TURTLE)):
            triple = (quad.subject, quad.predicate, quad.object)
            store.add(ox.Quad(*triple))
            store.add(ox.Quad(*triple, source))
            kind = quad.object
            if quad.predicate.value != RDF + "type" or not isinstance(kind, ox.NamedNode):
                continue
            store.add(ox.Quad(quad.subject, ox.NamedNode(DKG + "kind"), kind))
            name: str | None = kind.value
            while name := above.get(name or ""):
                store.add(ox.Quad(quad.subject, quad.predicate, ox.NamedNode(name)))
        return Graph(store, slug="mini")

    return make
