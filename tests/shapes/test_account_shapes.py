"""The account of the reference graph has the shapes that an account must have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, about_graph

if TYPE_CHECKING:
    import daraa_kg as dk

HERE = Path(__file__).parent / "account"
SHAPE = "https://w3id.org/daraa-kg/account-shapes#"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(asset("ontology", "account-shapes.ttl"))


def findings(data: Graph, shapes: Graph) -> set[tuple[str, ...]]:
    _, report, _ = validate(data, shacl_graph=shapes, inplace=True, inference="none")
    assert isinstance(report, Graph)
    return {
        (
            str(report.value(result, SH.sourceShape)).removeprefix(SHAPE),
            str(report.value(result, SH.focusNode)).removeprefix(f"{BASE}fixture/"),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_the_account_of_the_reference_graph_conforms(graph: dk.Graph, shapes: Graph) -> None:
    name = ox.NamedNode(about_graph(BASE))
    triples = (q.triple for q in graph.store.quads_for_pattern(None, None, None, name))
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    account = Graph().parse(data=text, format="nt")
    assert len(account) > 100
    assert findings(account, shapes) == set()


def test_conforming(shapes: Graph) -> None:
    assert findings(Graph().parse(HERE / "conforming.ttl"), shapes) == set()


def test_violating(shapes: Graph) -> None:
    path = HERE / "violating.ttl"
    lines = re.findall(r"^# raises: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    expected = {tuple(line.split(" | ")) for line in lines}
    found = findings(Graph().parse(path), shapes)
    assert found - expected == set(), "the fixture does not announce these"
    assert expected - found == set(), "these were not found"
    every = {str(s).removeprefix(SHAPE) for s in shapes.subjects(RDF.type, SH.PropertyShape)}
    assert {row[0] for row in expected} == every


def test_shapes_are_shapes(shapes: Graph) -> None:
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_every_term_of_the_account_has_a_shape(shapes: Graph) -> None:
    """These are the terms of ours that the shapes of the facts do not see."""
    ontology = Graph().parse(asset("ontology", "daraa-kg.ttl"))
    classes = set(ontology.transitive_subjects(RDFS.subClassOf, URIRef(DKG + "Account")))
    properties = {
        term
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(RDF.type, kind)
        if ontology.value(term, RDFS.domain) in classes
    }
    named = set(shapes.all_nodes())
    assert properties
    assert properties - named == set()
    assert classes - {URIRef(DKG + "Account")} - named == set()
