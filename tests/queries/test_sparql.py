from __future__ import annotations

import pyoxigraph as ox
import pytest

from daraa_kg.queries.sparql import (
    QueryRefused,
    QuerySyntaxError,
    explain,
    find_values,
    form_of,
    is_ordered,
    names_in,
    refuse,
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("select*{?s ?p ?o}", "SELECT"),
        ("PREFIX select: <http://example.org/> ASK { ?s ?p select:x }", "ASK"),
        ("BASE <http://example.org/SELECT>\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "CONSTRUCT"),
        ("# SELECT in a comment\nASK { ?s ?p ?o }", "ASK"),
        ("PREFIX : <http://example.org/>\nprefix a: <x:>\nDESCRIBE :a", "DESCRIBE"),
        ("#+ summary: SELECT\nASK{}", "ASK"),
        ("", None),
        ("select:x", None),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", None),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text: str, form: str | None) -> None:
    assert form_of(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "delete where { ?s ?p ?o }",
        "PREFIX ex: <http://example.org/> CLEAR ALL",
        "# a comment\nDROP GRAPH <a:a>",
        "LOAD <http://example.org/>",
        "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="would change the graph, and a query only reads it"):
        refuse(text, "q.rq")


def test_a_refused_update_is_said_with_its_place() -> None:
    with pytest.raises(QueryRefused) as caught:
        refuse("PREFIX ex: <http://example.org/>\n  clear ALL", "q.rq")
    assert str(caught.value) == (
        "q.rq:2:3: error: CLEAR would change the graph, and a query only reads it; "
        "correct statements.yaml and build again"
    )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "SELECT * { OPTIONAL{SERVICE<http://example.org/>{?s ?p ?o}} }",
        # A keyword spelled with an escape, and one that an escaped line break takes out of a comment.
        "SELECT * { SERV\\u0049CE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { # \\u000A SERVICE <http://example.org/> { ?s ?p ?o }\n }",
        "SELECT * { S\\U00000045RVICE <http://example.org/> { ?s ?p ?o } }",
    ],
)
def test_no_request_leaves_this_machine(text: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE asks another server"):
        refuse(text, "q.rq")


@pytest.mark.parametrize(
    "text",
    [
        "# SERVICE\nSELECT * { ?s ?p ?o }",
        'SELECT * { ?s ?p "SERVICE <http://example.org/> {}" }',
        "SELECT * { ?s ?p '''SERVICE 'quoted' SERVICE''' }",
        "SELECT * { ?service ?p <http://example.org/SERVICE> }",
        "PREFIX service: <http://example.org/> SELECT * { ?s a service:SERVICE }",
        "SELECT * { ?s ?p 'x'@service }",
    ],
)
def test_what_only_looks_like_a_call_is_not_refused(text: str) -> None:
    refuse(text, "q.rq")


def test_values_are_found_where_they_stand() -> None:
    text = (
        'SELECT * { # VALUES ?no { 1 }\n VALUES ?a { <x:a> } VALUES (?b) { (1) } values $c {"}"} }'
    )
    assert [(v.name, v.text) for v in find_values(text)] == [("a", "<x:a>"), ("c", '"}"')]


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", True),
        ("SELECT * { ?s ?p ?o } LIMIT 3", True),
        ('SELECT * { ?order ?p "ORDER BY" } # LIMIT', False),
    ],
)
def test_rows_are_sorted_only_where_the_query_leaves_it_open(text: str, *, ordered: bool) -> None:
    assert is_ordered(text) is ordered


def test_the_names_of_a_query() -> None:
    text = (
        "PREFIX ex: <http://example.org/>\n"
        "SELECT * { ?s a ex:A ; dkg:place <http://example.org/b> . ?x other:y 'ex:no' }"
    )
    assert names_in(text, {"dkg": "d:"}) == {
        "http://example.org/A": "ex:A",
        "d:place": "dkg:place",
        "http://example.org/b": "<http://example.org/b>",
    }


def syntax_error(text: str) -> str:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text)
    error = explain(caught.value, text, "q.rq")
    assert isinstance(error, QuerySyntaxError)
    return str(error)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "q.rq:1:1: error: the query is empty"),
        ("SELECT ?s WHERE {\n ?s ?p ?o", "q.rq:2:10: error: the query ends too early"),
        ("SELECT ?s WHERE { ?s ?p }", "q.rq:1:25: error: “}” does not fit here"),
        ("SELECT ?s\nWHERE { ?s ?p ?o } GROUP ?s", "q.rq:2:26: error: “?s” does not fit here"),
        (
            "SELECT * {\n  ?s foo:bar ?o }",
            "q.rq:2:6: error: the prefix “foo:” is not declared; add PREFIX foo: <…> at the top",
        ),
        (
            "SELECT * { ?s a dkg:Clash }",
            "q.rq:1:17: error: the prefix “dkg:” is not declared; "
            "add PREFIX dkg: <https://w3id.org/daraa-kg/ontology#> at the top",
        ),
        (
            "SELECT * { ?s ?p <event/x> }",
            "q.rq:1:18: error: <event/x> is a relative IRI; write it in full, or declare a BASE",
        ),
        (
            "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }",
            "q.rq:1:40: error: SELECT has a variable that is neither grouped by nor counted; "
            "add it to GROUP BY",
        ),
        ("SELEC ?s { ?s ?p ?o }", "q.rq:1:1: error: “SELEC” does not fit here"),
        (
            "# wrong\nSELECT ?s {\n  ?s ?p ?o .\n  FILTER(nosuch(?o))\n}\nORDER BY ?s",
            "q.rq:4:10: error: “nosuch” does not fit here",
        ),
        (
            "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT many",
            "q.rq:1:42: error: “many” does not fit here",
        ),
        (
            "PREFIX a: <x:> SELECT ?s { ?s a:b ?o ; b:c ?d }",
            "q.rq:1:40: error: the prefix “b:” is not declared; add PREFIX b: <…> at the top",
        ),
        (
            "SELECT (1 AS ?s) { ?s ?p ?o }",
            "q.rq:1:30: error: SELECT names an expression AS a variable that the query has already",
        ),
    ],
)
def test_what_is_wrong_with_a_query_is_a_sentence(text: str, sentence: str) -> None:
    assert syntax_error(text) == sentence
