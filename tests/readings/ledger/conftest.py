"""What the tests of the ledger share: graphs that are written as a few facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, RDF, about_graph, article_base, ontology_graph
from daraa_kg.ontology.rules import infer, load_rules
from daraa_kg.ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from .figures import Facts, Keep

LOCAL = article_base(BASE, "fixture")
# A war with two sides, a battle in it that lasted two days, and each of these days.
PRELUDE = f"""
@prefix dkg: <{DKG}> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <{LOCAL}> .
<war> a dkg:Conflict ; rdfs:label "War"@en ; dkg:when "2030"^^edtf:EDTF .
<battle> a dkg:Clash ; rdfs:label "Battle"@en ; dkg:when "2030-03-01/2030-03-02"^^edtf:EDTF ; dkg:partOf <war> .
<day1> a dkg:Clash ; rdfs:label "First day"@en ; dkg:when "2030-03-01"^^edtf:EDTF ; dkg:partOf <battle> .
<day2> a dkg:Clash ; rdfs:label "Second day"@en ; dkg:when "2030-03-02"^^edtf:EDTF ; dkg:partOf <battle> .
<raid> a dkg:Attack ; rdfs:label "Raid"@en ; dkg:when "2030-05-05"^^edtf:EDTF ; dkg:partOf <war> .
<army> a dkg:Army ; rdfs:label "Army"@en .
<militia> a dkg:ArmedGroup ; rdfs:label "Militia"@en .
<rebels> a dkg:ArmedGroup ; rdfs:label "Rebels"@en .
<blue> a dkg:Side ; rdfs:label "Blue"@en ; dkg:sideIn <war> ; dkg:belligerent <army>, <militia> .
<red> a dkg:Side ; rdfs:label "Red"@en ; dkg:sideIn <war> ; dkg:belligerent <rebels> .
"""


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Give a function that makes a graph of facts in Turtle, added to the prelude."""
    rules = load_rules(asset("ontology", "rules"))
    terms = load_vocabulary().triples
    passage, about = ox.NamedNode(LOCAL + "text/0#char=0,1"), ox.NamedNode(about_graph(BASE))
    ontology = ox.NamedNode(ontology_graph(BASE))

    def make(turtle: str) -> dk.Graph:
        store = ox.Store()
        for quad in ox.parse(PRELUDE + turtle, format=ox.RdfFormat.TURTLE):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, passage))
        main = ox.NamedNode(LOCAL + "war")
        text = ox.NamedNode(LOCAL + "text/0")
        store.add(ox.Quad(text, ox.NamedNode(DKG + "mainEvent"), main, about))
        store.add(
            ox.Quad(passage, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + "Passage"), about)
        )
        store.extend(ox.Quad(t.subject, t.predicate, t.object, ontology) for t in terms)
        infer(store, rules, BASE)
        return dk.Graph(store, base=BASE, slug="fixture")

    return make


@pytest.fixture(scope="session")
def keep(facts: Facts) -> Keep:
    """Give a function that keeps the ledger of such a graph."""
    return lambda turtle: facts(turtle).ledger()
