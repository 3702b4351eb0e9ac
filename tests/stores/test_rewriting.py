"""Rewriting for stores that keep the facts in a named graph: the same answers, seen in such one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.namespaces import BASE, DKG
from daraa_kg.queries.catalogue import Bare, prepare, run
from daraa_kg.queries.results import Result
from daraa_kg.queries.sparql import QueryRefused, is_ordered
from daraa_kg.stores.rewriting import with_facts_in

from .conftest import FACTS, QUESTIONS, in_graph, texts

if TYPE_CHECKING:
    import daraa_kg as dk

OTHERS = ox.NamedNode("http://example.org/somebody-else")


@pytest.fixture(scope="module")
def crowded(graph: dk.Graph) -> ox.Store:
    """Give a store with the facts in a named graph, and with somebody else's copy of them."""
    store = ox.Store()
    for quad in graph.quads():
        if isinstance(quad.graph_name, ox.DefaultGraph):
            store.add(in_graph(quad, ox.NamedNode(FACTS)))
            store.add(in_graph(quad, OTHERS))
        else:
            store.add(quad)
            store.add(in_graph(quad, OTHERS))
    return store


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_rewritten_question_has_the_same_answer(
    name: str, graph: dk.Graph, crowded: ox.Store
) -> None:
    ours = run(graph, QUESTIONS[name])
    ready = prepare(graph, QUESTIONS[name], {})
    text = with_facts_in(ready.text, FACTS, BASE, name)
    assert text.count("\n") == ready.text.count("\n")
    answer = crowded.query(text, base_iri=ready.own, prefixes=ready.prefixes)
    theirs = Result.of(answer, ready.query, graph, ready.terms, ordered=is_ordered(text))
    assert texts(theirs) == texts(ours)


def test_without_rewriting_the_answers_are_others(crowded: ox.Store, graph: dk.Graph) -> None:
    """The store above is one that the rewriting is needed for: there are no facts by default."""
    assert not run(Bare(crowded), "timeline")
    crowd = run(Bare(crowded), "evidence")
    assert len(crowd) > len(run(graph, "evidence"))


@pytest.mark.parametrize(
    ("query", "rewritten"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { GRAPH <f> { ?s ?p ?o } }"),
        ("ASK WHERE {}", "ASK WHERE { GRAPH <f> {} }"),
        (
            "SELECT * { GRAPH ?g { ?s ?p ?o } }",
            'SELECT * { GRAPH <f> { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "b") && ?g != <f>) } }',
        ),
        (
            "SELECT * { GRAPH <urn:g> { ?s ?p ?o } }",
            "SELECT * { GRAPH <f> { GRAPH <urn:g> { ?s ?p ?o } } }",
        ),
        (
            "SELECT (EXISTS { ?s ?p 1 } AS ?x) { } VALUES ?y { 1 }",
            "SELECT (EXISTS { GRAPH <f> { ?s ?p 1 } } AS ?x) { GRAPH <f> { } } VALUES ?y { 1 }",
        ),
        (
            "SELECT * { VALUES (?a ?b) { (1 2) } # {\n ?s ?p '}' }",
            "SELECT * { GRAPH <f> { VALUES (?a ?b) { (1 2) } # {\n ?s ?p '}' } }",
        ),
        (
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <f> { ?s ?p ?o } }",
        ),
        (
            "CONSTRUCT WHERE { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <f> { ?s ?p ?o } }",
        ),
        ("DESCRIBE <urn:x>", "DESCRIBE <urn:x>"),
    ],
)
def test_what_is_written(query: str, rewritten: str) -> None:
    assert with_facts_in(query, "f", "b", "x") == rewritten


@pytest.mark.parametrize("clause", ["FROM <urn:g>", "FROM NAMED <urn:g>", "from <urn:g>"])
def test_a_dataset_clause_is_refused(clause: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        with_facts_in(f"SELECT *\n{clause} {{ ?s ?p ?o }}", FACTS, BASE, "mine.rq")
    assert str(caught.value) == (
        f"mine.rq:2:1: error: {clause[:4].upper()} chooses graphs, and --graph does already;"
        " leave out the one or the other"
    )


def test_a_variable_called_from_is_no_dataset_clause() -> None:
    text = with_facts_in("SELECT ?from { ?from a dkg:Event }", FACTS, BASE, "x")
    assert text == f"SELECT ?from {{ GRAPH <{FACTS}> {{ ?from a dkg:Event }} }}"


def test_the_facts_are_not_their_own_evidence(crowded: ox.Store) -> None:
    query = f"SELECT DISTINCT ?why {{ GRAPH ?why {{ ?s a <{DKG}Siege> }} }}"
    text = with_facts_in(query, FACTS, BASE, "x")
    found = {row["why"].value for row in crowded.query(text)}  # type: ignore[union-attr]
    assert found
    assert FACTS not in found
    assert OTHERS.value not in found
