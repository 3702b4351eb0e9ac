"""Data and ontology use the same terms: none is missing, none is idle, each has its shape."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, ontology_graph

if TYPE_CHECKING:
    import daraa_kg as dk

SHAPES = Path(__file__).parents[1] / "shapes"
FIXTURES = [*sorted((SHAPES / "conforming").glob("*.ttl")), SHAPES / "prelude.ttl"]
OF_TERMS = {
    "editorial",
    "inferred",
    "nodeKey",
    "scheme",
    "verbatim",
}  # annotations: used in the ontology itself
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(asset("ontology", "daraa-kg.ttl"))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(asset("ontology", "shapes.ttl"))


def ours(ontology: Graph, *kinds: URIRef) -> set[str]:
    return {
        str(term).removeprefix(DKG)
        for kind in kinds
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(DKG)
    }


def in_data(graph: dk.Graph) -> set[str]:
    """Give the IRIs that the graph uses as predicate or object, the vocabulary's own graph aside."""
    found = set()
    for quad in graph.store:
        if quad.graph_name != ox.NamedNode(ontology_graph(BASE)):
            found.add(quad.predicate.value)
            if isinstance(quad.object, ox.NamedNode):
                found.add(quad.object.value)
    return found


def test_the_data_use_no_term_that_is_not_declared(graph: dk.Graph, ontology: Graph) -> None:
    declared = {str(term) for term in ontology.subjects(RDF.type)} | {str(RDF.type)}
    used = set()
    for quad in graph.store:
        if quad.graph_name == ox.NamedNode(ontology_graph(BASE)):
            continue
        used.add(quad.predicate.value)
        if quad.predicate.value == str(RDF.type) and isinstance(quad.object, ox.NamedNode):
            used.add(quad.object.value)
    assert used - declared == set()
    assert {iri for iri in in_data(graph) if iri.startswith(DKG)} - declared == set()


def test_no_term_is_idle(graph: dk.Graph, ontology: Graph) -> None:
    """Each term is used by the reference graph or by a fixture, or holds up one that is."""
    used = {iri for iri in in_data(graph) if iri.startswith(DKG)}
    assert len(FIXTURES) > 1
    for path in FIXTURES:
        fixture = Graph().parse(path)
        used |= {str(n) for n in fixture.all_nodes() | set(fixture.predicates())}
    for term in [URIRef(iri) for iri in used if iri.startswith(DKG)]:
        for above in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme):
            used |= {str(t) for t in ontology.transitive_objects(term, above)}
    terms = ours(ontology, OWL.Class, *PROPERTIES, SKOS.Concept, SKOS.ConceptScheme)
    assert terms
    assert {t for t in terms if DKG + t not in used} - OF_TERMS == set()


def constrained(shapes: Graph) -> set[str]:
    """Give the names of the properties that a shape looks at: its path or its target."""
    found = set(shapes.objects(None, SH.targetSubjectsOf)) | set(shapes.objects(None, SH.path))
    for head in shapes.objects(None, SH.alternativePath):
        found |= set(Collection(shapes, head))
    return {str(term).removeprefix(DKG) for term in found if str(term).startswith(DKG)}


def account_only(ontology: Graph) -> set[str]:
    account = set(ontology.transitive_subjects(RDFS.subClassOf, URIRef(DKG + "Account")))
    return {str(term).removeprefix(DKG) for term in account}


def test_every_property_has_its_own_shape(ontology: Graph, shapes: Graph) -> None:
    """Inferred properties follow from others, and those of the account are not in the facts."""
    inferred = {str(term).removeprefix(DKG) for term in ontology.subjects(URIRef(DKG + "inferred"))}
    statable = ours(ontology, *PROPERTIES) - inferred - OF_TERMS
    assert statable
    assert statable - constrained(shapes) == set()
    with_path = {
        str(path).removeprefix(DKG)
        for shape, path in shapes.subject_objects(SH.path)
        if isinstance(shape, URIRef)
    }
    # These two are agents, and the shape of `agent` names them.
    assert statable - with_path == {"perpetrator", "speaker"} - with_path


def test_every_property_has_a_shape_for_what_it_stands_on(ontology: Graph, shapes: Graph) -> None:
    stands_on = {
        str(term).removeprefix(DKG)
        for shape in shapes.subjects(RDF.type, SH.NodeShape)
        if str(shape).startswith("https://w3id.org/daraa-kg/shapes#on-")
        for term in shapes.objects(shape, SH.targetSubjectsOf)
    }
    inferred = {str(term).removeprefix(DKG) for term in ontology.subjects(URIRef(DKG + "inferred"))}
    below_figure = {"casualties", "strength"}  # their statements give `figure`, which has one
    statable = ours(ontology, *PROPERTIES) - inferred - OF_TERMS
    assert statable - stands_on == below_figure


def test_every_class_is_looked_at(ontology: Graph, shapes: Graph) -> None:
    targets = set(shapes.objects(None, SH.targetClass))
    for name in ours(ontology, OWL.Class) - account_only(ontology) - {"Happening"}:
        above = set(ontology.transitive_objects(URIRef(DKG + name), RDFS.subClassOf))
        assert above & targets, name
    # Every happening is one of the two.
    assert {URIRef(DKG + "Event"), URIRef(DKG + "PossibleEvent")} <= targets


def test_shapes_name_declared_terms_only(ontology: Graph, shapes: Graph) -> None:
    named = {n for n in shapes.all_nodes() if isinstance(n, URIRef) and str(n).startswith(DKG)}
    assert named
    assert {term for term in named if (term, RDF.type, None) not in ontology} == set()
