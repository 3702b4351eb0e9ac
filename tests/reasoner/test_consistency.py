"""Ontology, alignments and facts are consistent in OWL 2 DL, says HermiT.

HermiT stops on datatypes that it does not know. Before it reads anything, `mapped` gives it
xsd:dateTime for xsd:date and xsd:string for the other datatypes outside OWL 2 (EDTF, xsd:duration,
well-known text); that is enough to tell whether kinds, domains and ranges fit together. HermiT
checks no profile: the lint in ontology/lint does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, EDTF, GEO, XSD

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

    import daraa_kg as dk

DATE, DATE_TIME, STRING = (URIRef(XSD + name) for name in ("date", "dateTime", "string"))
OUTSIDE_OWL = {URIRef(EDTF), URIRef(GEO + "wktLiteral"), URIRef(XSD + "duration")}
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


def has_java() -> bool:
    """Tell whether a Java runs here; macOS has a stub that only says that it does not."""
    java = shutil.which("java")
    if java is None:
        return False
    done = subprocess.run([java, "-version"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = [
    pytest.mark.ci,
    pytest.mark.skipif(
        not IN_CI and not has_java(), reason="needs Java (17 or later) on PATH for HermiT"
    ),
]


def mapped_node(node: Node) -> Node:
    if isinstance(node, Literal) and node.datatype == DATE:
        return Literal(f"{node}T00:00:00", datatype=DATE_TIME)
    if isinstance(node, Literal) and node.datatype in OUTSIDE_OWL:
        return Literal(str(node), datatype=STRING)
    if node == DATE:
        return DATE_TIME
    return STRING if node in OUTSIDE_OWL else node


def mapped(graph: Graph) -> Graph:
    """Replace what HermiT stops on; the files need no import, for they are all here."""
    result = Graph()
    for subject, predicate, value in graph:
        if predicate != OWL.imports and subject not in OUTSIDE_OWL:
            result.add((subject, predicate, mapped_node(value)))
    return result


def unsatisfied(graph: Graph, folder: Path) -> list[str] | None:
    """Let HermiT read a graph; give the classes that can have no member, or None if inconsistent."""
    import owlready2

    path = folder / "all.nt"
    mapped(graph).serialize(path, format="nt", encoding="utf-8")
    world: Any = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    return sorted(str(found.iri) for found in world.inconsistent_classes())


@pytest.fixture(scope="module")
def ontology() -> Graph:
    files = ("daraa-kg.ttl", "alignments.ttl")
    result = Graph()
    for file in files:
        result.parse(asset("ontology", file))
    return result


@pytest.fixture(scope="module")
def facts(graph: dk.Graph) -> Graph:
    """Give the reference graph: its facts, and its account of itself."""
    triples = (
        quad.triple
        for name in (ox.DefaultGraph(), ox.NamedNode(BASE + "graph/about"))
        for quad in graph.store.quads_for_pattern(None, None, None, name)
    )
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def statement(*triples: tuple[str, URIRef, URIRef]) -> Graph:
    result = Graph()
    for subject, predicate, value in triples:
        result.add((URIRef(f"{BASE}fixture/{subject}"), predicate, value))
    return result


def term(name: str) -> URIRef:
    return URIRef(DKG + name)


def test_the_ontology_is_consistent_and_every_class_can_have_a_member(
    ontology: Graph, tmp_path: Path
) -> None:
    assert unsatisfied(ontology, tmp_path) == []


def test_the_reference_graph_is_consistent(ontology: Graph, facts: Graph, tmp_path: Path) -> None:
    assert unsatisfied(ontology + facts, tmp_path) == []


@pytest.mark.parametrize(
    "contradiction",
    [
        pytest.param(
            statement(
                ("event/x", RDF.type, term("Clash")), ("event/x", RDF.type, term("Prospect"))
            ),
            id="an event that is also a possible event",
        ),
        pytest.param(
            statement(
                ("event/threat", term("content"), URIRef(f"{BASE}fixture/event/offensive")),
                ("event/offensive", RDF.type, term("Offensive")),
            ),
            id="a plan typed as an event",
        ),
        pytest.param(
            statement(("x", RDF.type, term("Town")), ("x", RDF.type, term("ArmedGroup"))),
            id="a place that is also an actor",
        ),
        pytest.param(
            statement(
                ("event/x", term("place"), URIRef(f"{BASE}fixture/actor/army")),
                ("actor/army", RDF.type, term("Army")),
            ),
            id="an actor where a place belongs",
        ),
        pytest.param(
            statement(
                ("person/x", RDF.type, term("Person")), ("person/x", RDF.type, term("Brigade"))
            ),
            id="a person that is also an organization",
        ),
    ],
)
def test_contradictions_come_out(contradiction: Graph, ontology: Graph, tmp_path: Path) -> None:
    assert unsatisfied(ontology + contradiction, tmp_path) is None


def test_a_contradiction_among_the_facts_comes_out(
    ontology: Graph, facts: Graph, tmp_path: Path
) -> None:
    """The facts are really read: one more type for one real event is one too many."""
    event = min(facts.subjects(RDF.type, term("Ambush")), key=str)
    contradiction = Graph()
    contradiction.add((event, RDF.type, term("PossibleEvent")))
    assert unsatisfied(ontology + facts + contradiction, tmp_path) is None


def test_an_unsatisfiable_class_comes_out(ontology: Graph, tmp_path: Path) -> None:
    empty = Graph()
    for above in ("Event", "PossibleEvent"):
        empty.add((term("Both"), RDFS.subClassOf, term(above)))
    empty.add((term("Both"), RDF.type, OWL.Class))
    found = unsatisfied(ontology + empty, tmp_path)
    assert found is not None
    assert DKG + "Both" in found


def test_the_mapping_leaves_nothing_that_hermit_stops_on(ontology: Graph, facts: Graph) -> None:
    result = mapped(ontology + facts)
    left = {node.datatype for node in result.objects() if isinstance(node, Literal)}
    assert not left & {*OUTSIDE_OWL, DATE}
    assert not {*OUTSIDE_OWL, DATE} & set(result.objects())
