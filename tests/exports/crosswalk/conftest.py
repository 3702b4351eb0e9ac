"""Small graphs for the crosswalk, written as Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.assets import asset
from daraa_kg.exports.crosswalk import Value, crosswalk
from daraa_kg.namespaces import BASE, DKG, RDF, about_graph, article_base, ontology_graph
from daraa_kg.ontology.rules import infer, load_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from daraa_kg.ontology.vocabulary import Vocabulary

HEAD = f"""
@prefix : <{article_base(BASE, "made")}> .
@prefix dkg: <{DKG}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# A war with three sides, one of them a government's, and a town.
STAGE = """
:land a dkg:Country ; rdfs:label "Land" .
:north a dkg:Governorate ; rdfs:label "North" ; dkg:within :land .
:town a dkg:Town ; rdfs:label "Town" ; dkg:within :north ; wgs84:lat 40.0 ; wgs84:long 10.0 .
:war a dkg:Conflict ; rdfs:label "War" .
:crown a dkg:Side ; rdfs:label "Crown side" ; dkg:sideIn :war ; dkg:belligerent :king ; dkg:sideUnit :army .
:king a dkg:Government ; rdfs:label "King" .
:army a dkg:Army ; rdfs:label "Army" .
:reds a dkg:Side ; rdfs:label "Red side" ; dkg:sideIn :war ; dkg:belligerent :red .
:red a dkg:ArmedGroup ; rdfs:label "Red Band" .
:blues a dkg:Side ; rdfs:label "Blue side" ; dkg:sideIn :war ; dkg:belligerent :blue .
:blue a dkg:ArmedGroup ; rdfs:label "Blue Band" .
:people a dkg:Group ; rdfs:label "People" .
:passer a dkg:Person ; rdfs:label "Passer-by" .
"""


def _graph(turtle: str, vocabulary: Vocabulary) -> dk.Graph:
    """Give the graph of some facts, with what the rules make of them."""
    store = ox.Store()
    passage = ox.NamedNode(article_base(BASE, "made") + "text/00000000#char=0,1")
    about, ontology = ox.NamedNode(about_graph(BASE)), ox.NamedNode(ontology_graph(BASE))
    facts = list(ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE))
    for quad in facts:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, passage))
    kind = ox.NamedNode(RDF + "type")
    store.add(ox.Quad(passage, kind, ox.NamedNode(DKG + "Passage"), about))
    store.extend(ox.Quad(t.subject, t.predicate, t.object, ontology) for t in vocabulary.triples)
    infer(store, load_rules(asset("ontology", "rules")), BASE)
    return dk.Graph(store, slug="made")


@pytest.fixture
def made(vocabulary: Vocabulary) -> Callable[[str], dk.Graph]:
    """Give a function that makes a graph of some Turtle, on the stage of the war."""
    return lambda turtle: _graph(STAGE + turtle, vocabulary)


@pytest.fixture
def coded(made: Callable[[str], dk.Graph]) -> Callable[[str], dict[str, dict[str, Value]]]:
    """Give a function that codes the events of some Turtle: the rows by the events' ids."""
    return lambda turtle: {str(row["event"]): row for row in crosswalk(made(turtle))}
