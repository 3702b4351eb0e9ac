from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
import pytest

from daraa_kg.queries import sparql
from daraa_kg.server.engine import Answered
from daraa_kg.server.limits import Limits
from daraa_kg.server.protocol import Refusal
from daraa_kg.server.sparqlresults import choose_type, convert, judge

JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"
HEAD = b'{"head":{"vars":["x"]},"results":{"bindings":['
ROW = b'{"x":{"type":"literal","value":"a"}}'
TRIPLE = b'<http://example.org/s> <http://example.org/p> "a" .\n'
LIMITS = Limits(max_rows=3)


def refused(
    body: bytes, media_type: str = JSON, status: int = 200, query: str = "SELECT * {}"
) -> Refusal:
    with pytest.raises(Refusal) as caught:
        judge(Answered(status, media_type, body), LIMITS, query)
    return caught.value


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (JSON, HEAD + b"]}}"),
        (JSON, HEAD + b",".join([ROW] * 3) + b"]}}"),
        (JSON, b'{"head":{},"boolean":true}'),
        (JSON, b'{"head":{},"boolean":false}'),
        (TRIPLES, b""),
        (TRIPLES, TRIPLE * 3),
    ],
)
def test_a_whole_result_passes(media_type: str, body: bytes) -> None:
    judge(Answered(200, media_type, body), LIMITS, "SELECT * {}")


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (JSON, b""),
        (JSON, HEAD + ROW + b"]}"),
        (JSON, HEAD + ROW),
        (JSON, HEAD + ROW + b"The SPARQL operation has been cancelled"),
        (TRIPLES, TRIPLE[:-1]),
        (TRIPLES, TRIPLE + b"The SPARQL operation has been cancelled"),
    ],
)
def test_a_result_that_breaks_off_is_incomplete(media_type: str, body: bytes) -> None:
    refusal = refused(body, media_type)
    assert (refusal.status, refusal.title, refusal.retry_after) == (503, "Result incomplete", 5)


@pytest.mark.parametrize(
    ("media_type", "body", "unit"),
    [(JSON, HEAD + b",".join([ROW] * 4) + b"]}}", "rows"), (TRIPLES, TRIPLE * 4, "triples")],
)
def test_too_many_rows_are_an_error(media_type: str, body: bytes, unit: str) -> None:
    refusal = refused(body, media_type)
    assert refusal.status == 422
    assert refusal.sentence.startswith(f"the result has more than 3 {unit}")


def test_a_text_with_the_border_of_rows_in_it_is_one_row() -> None:
    row = b'{"x":{"type":"literal","value":"},{},{},{},{"}}'
    judge(Answered(200, JSON, HEAD + row + b"]}}"), LIMITS, "SELECT * {}")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "line 1, column 1: the query is empty"),
        ("ASK {", "line 1, column 6: the query ends too early"),
        ("SELECT ?x\n{ ?x ex:p 1 }", "line 2, column 6: the prefix “ex:” is not declared"),
        ("ASK { } x", "line 1, column 9: “x” does not fit here"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_in_words(query: str, sentence: str) -> None:
    with pytest.raises(SyntaxError) as said:
        ox.Store().query(query)
    refusal = refused(str(said.value).encode(), "text/plain", 400, query)
    assert refusal.status == 400
    assert refusal.sentence.startswith(sentence)
    assert len(refusal.sentence) < 100


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o . }" + " . " * 200, "#" * 4001])
def test_a_long_query_has_the_place_that_the_parser_gives(query: str) -> None:
    refusal = refused(b"error at 1:6: expected " + b"x" * 9000, "text/plain", 400, query)
    assert refusal.sentence == "error at 1:6"


def test_no_part_of_a_malformed_query_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The part before the fault is a question of its own, which could ask for any work."""
    answered: list[str] = []

    class Store:
        def query(self, text: str, **options: Any) -> object:  # noqa: ANN401 - passed on
            found = ox.Store().query(text, **options)
            answered.append(text)
            return found

    monkeypatch.setattr(sparql, "ox", SimpleNamespace(Store=Store))
    refusal = refused(b"error at 1:9: expected x", "text/plain", 400, "ASK { } nonsense")
    assert refusal.sentence == "line 1, column 9: “nonsense” does not fit here"
    assert answered == []


def test_another_error_of_the_store_is_the_query_s() -> None:
    refusal = refused(b"The custom function <x:f> is not supported", "text/plain", 500)
    assert refusal.status == 400
    assert "The custom function <x:f> is not supported" in refusal.sentence


@pytest.mark.parametrize(
    ("accept", "family", "chosen"),
    [
        (None, JSON, JSON),
        (None, TRIPLES, "text/turtle"),
        ("application/json", TRIPLES, "application/ld+json"),
        ("text/plain", TRIPLES, TRIPLES),
        ("text/xml", JSON, "application/sparql-results+xml"),
        ("application/xml", TRIPLES, "application/rdf+xml"),
        ("text/turtle, application/n-triples", TRIPLES, "text/turtle"),
        ("application/n-triples, text/turtle;q=0.9", TRIPLES, TRIPLES),
    ],
)
def test_the_type_that_is_liked_best_is_chosen(
    accept: str | None, family: str, chosen: str
) -> None:
    assert choose_type(accept, family) == chosen


def test_a_result_keeps_its_values_in_every_format() -> None:
    body = (
        HEAD
        + b'{"x":'
        + rb'{"type":"literal","value":"a \"b\" <&> \n c","xml:lang":"en"}'
        + b"}]}}"
    )
    answered = Answered(200, JSON, body)
    judge(answered, LIMITS, "SELECT * {}")
    assert convert(answered, JSON, {}) is body
    xml = convert(answered, "application/sparql-results+xml", {})
    assert b'<literal xml:lang="en">a &quot;b&quot; &lt;&amp;&gt; \n c</literal>' in xml
    assert convert(answered, "text/csv", {}) == b'x\r\n"a ""b"" <&> \n c"\r\n'
    assert convert(answered, "text/tab-separated-values", {}) == b'?x\n"a \\"b\\" <&> \\n c"@en\n'


def test_a_graph_is_written_with_prefixes() -> None:
    answered = Answered(200, TRIPLES, TRIPLE)
    turtle = convert(answered, "text/turtle", {"ex": "http://example.org/"})
    assert b'ex:s ex:p "a" .' in turtle
