"""The cases of the W3C's SPARQL 1.1 Protocol tests for queries, on graphs of the article.

Source: the names of the tests at https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest

from .conftest import JSON, Server

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = "https://w3id.org/daraa-kg/id/"
IED = f"{BASE}2021-daraa-offensive/event/al-shabrouq-ied"
# Two rule graphs, and a type that stands in the one and not in the other.
KIND, TRANSITIVE = f"{BASE}rule/kind", f"{BASE}rule/transitive"
DKG = "https://w3id.org/daraa-kg/ontology#"
IS_KIND = f"<{IED}> <{DKG}kind> ?kind"
INSIDE = f"<{BASE}place/al-kaziyah> <{DKG}inside> ?whole"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def truth(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == JSON
    answer = json.loads(response.content)["boolean"]
    assert isinstance(answer, bool)
    return answer


def post(server: Server, body: str | bytes, media_type: str | None, **url: str) -> httpx.Response:
    headers = {"Accept": JSON} | ({"Content-Type": media_type} if media_type else {})
    content = body.encode() if isinstance(body, str) else body
    return httpx.post(
        server.endpoint, params=url or None, content=content, headers=headers, timeout=60
    )


# --- what is answered ----------------------------------------------------------------------------


def test_query_get(server: Server) -> None:
    assert truth(server.ask("ASK {}"))
    assert not truth(server.ask("ASK { FILTER(false) }"))


def test_query_post_form(server: Server) -> None:
    assert truth(post(server, urlencode({"query": f"ASK {{ {INSIDE} }}"}), FORM))


def test_query_post_direct(server: Server) -> None:
    assert truth(post(server, f"ASK {{ {INSIDE} }}", DIRECT))
    assert truth(post(server, f"ASK {{ {INSIDE} }}", f"{DIRECT}; charset=UTF-8"))


def test_the_letters_of_other_scripts_arrive(server: Server) -> None:
    query = 'SELECT ("درعا" AS ?name) {}'
    for response in (
        server.ask(query),
        post(server, query, DIRECT),
        post(server, urlencode({"query": query}), FORM),
    ):
        assert response.json()["results"]["bindings"][0]["name"]["value"] == "درعا"


def test_who_has_the_result_already_gets_304(server: Server) -> None:
    fields = {"query": f"ASK {{ {INSIDE} }}"}
    first = httpx.get(server.endpoint, params=fields, headers={"Accept": JSON})
    tag = first.headers["etag"]
    for method in ("GET", "HEAD"):
        headers = {"Accept": JSON, "If-None-Match": f'"other", {tag}'}
        again = httpx.request(method, server.endpoint, params=fields, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["vary"] == first.headers["vary"]
        headers["Accept"] = "text/csv"  # other bytes, and so another tag
        assert httpx.request(method, server.endpoint, params=fields, headers=headers).is_success
    posted = httpx.post(server.endpoint, data=fields, headers={"If-None-Match": tag})
    assert posted.status_code == 200
    assert "etag" not in posted.headers


@pytest.mark.parametrize("form", [False, True], ids=["get", "post"])
def test_query_dataset_default_graphs(server: Server, form: bool) -> None:
    def ask(pattern: str, *graphs: str) -> bool:
        fields = {"query": f"ASK {{ {pattern} }}", "default-graph-uri": list(graphs)}
        if form:
            return truth(post(server, urlencode(fields, doseq=True), FORM))
        return truth(httpx.get(server.endpoint, params=fields, headers={"Accept": JSON}))

    assert ask(INSIDE, TRANSITIVE)
    assert not ask(IS_KIND, TRANSITIVE)
    assert ask(f"{INSIDE} . {IS_KIND}", TRANSITIVE, KIND)


@pytest.mark.parametrize("form", [False, True], ids=["get", "post"])
def test_query_dataset_named_graphs(server: Server, form: bool) -> None:
    def ask(pattern: str, *graphs: str) -> bool:
        fields = {"query": f"ASK {{ {pattern} }}", "named-graph-uri": list(graphs)}
        if form:
            return truth(post(server, urlencode(fields, doseq=True), FORM))
        return truth(httpx.get(server.endpoint, params=fields, headers={"Accept": JSON}))

    assert ask(f"GRAPH ?g {{ {INSIDE} }}", TRANSITIVE)
    assert not ask(INSIDE, TRANSITIVE)  # it is not in the default graph, which is empty
    assert not ask(f"GRAPH ?g {{ {IS_KIND} }}", TRANSITIVE)
    assert ask(f"GRAPH ?g {{ {INSIDE} }} GRAPH ?h {{ {IS_KIND} }}", TRANSITIVE, KIND)


def test_query_dataset_full(server: Server) -> None:
    fields = {"default-graph-uri": KIND, "named-graph-uri": TRANSITIVE}
    assert truth(server.ask(f"ASK {{ {IS_KIND} GRAPH ?g {{ {INSIDE} }} }}", **fields))
    assert not truth(server.ask(f"ASK {{ {INSIDE} GRAPH ?g {{ {IS_KIND} }} }}", **fields))


def test_query_multiple_dataset(server: Server) -> None:
    """The dataset of the request counts, not that of the query (section 2.1.4)."""
    query = f"ASK FROM <{KIND}> {{ {INSIDE} }}"
    assert not truth(server.ask(query))
    assert truth(server.ask(query, **{"default-graph-uri": TRANSITIVE}))


def test_without_a_dataset_every_fact_has_its_why(server: Server) -> None:
    """A default-graph-uri would empty GRAPH ?why; nothing adds one."""
    assert truth(server.ask(f"ASK {{ {INSIDE} GRAPH ?why {{ {INSIDE} }} }}"))


# --- in which format -----------------------------------------------------------------------------

ROWS = "SELECT ?kind { " + IS_KIND + " }"
BOMBING = f"{DKG}Bombing"


def read_json(body: bytes) -> str:
    return str(json.loads(body)["results"]["bindings"][0]["kind"]["value"])


def read_xml(body: bytes) -> str:
    found = ElementTree.fromstring(body).find(".//{*}binding[@name='kind']/{*}uri")  # noqa: S314 - ours
    assert found is not None
    return str(found.text)


READERS: dict[str, Callable[[bytes], str]] = {
    JSON: read_json,
    "application/sparql-results+xml": read_xml,
    "text/csv; charset=utf-8": lambda body: body.decode().split("\r\n")[1],
    "text/tab-separated-values; charset=utf-8": lambda body: body.decode().split("\n")[1][1:-1],
}


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("", JSON),
        ("*/*", JSON),
        (JSON, JSON),
        ("application/json", JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        ("image/png, text/*;q=0.1", "text/csv; charset=utf-8"),
    ],
)
def test_query_content_type_select(server: Server, accept: str, sent: str) -> None:
    response = server.ask(ROWS, accept)
    assert response.headers["content-type"] == sent
    assert READERS[sent](response.content) == BOMBING
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        (JSON, b'"boolean":true'),
        ("application/sparql-results+xml", b"<boolean>true</boolean>"),
        ("text/csv", b"true"),
        ("text/tab-separated-values", b"true"),
    ],
)
def test_query_content_type_ask(server: Server, accept: str, words: bytes) -> None:
    response = server.ask("ASK {}", accept)
    assert response.headers["content-type"].startswith(accept)
    assert words in response.content


GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}


@pytest.mark.parametrize("media_type", GRAPHS)
@pytest.mark.parametrize(
    "query", [f"CONSTRUCT {{ {IS_KIND} }} WHERE {{ {IS_KIND} }}", f"DESCRIBE <{IED}>"]
)
def test_query_content_type_construct_and_describe(
    server: Server, query: str, media_type: str
) -> None:
    response = server.ask(query, media_type)
    assert response.headers["content-type"].startswith(media_type)
    quads = list(ox.parse(response.content, GRAPHS[media_type], base_iri="http://example.org/"))
    predicate, value = ox.NamedNode(f"{DKG}kind"), ox.NamedNode(BOMBING)
    assert ox.Quad(ox.NamedNode(IED), predicate, value) in quads


def test_a_graph_is_turtle_unless_something_else_is_asked_for(server: Server) -> None:
    response = server.ask(f"DESCRIBE <{IED}>", "*/*")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "@prefix dkg:" in response.text


def test_an_empty_graph_is_a_result(server: Server) -> None:
    for media_type, format_ in GRAPHS.items():
        response = server.ask("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(false) }", media_type)
        assert response.status_code == 200
        assert not list(ox.parse(response.content, format_))


@pytest.mark.parametrize(
    ("query", "accept"),
    [("SELECT * {}", "image/png"), ("SELECT * {}", "text/turtle"), ("DESCRIBE <x:y>", JSON)],
)
def test_what_cannot_be_sent_is_not_acceptable(server: Server, query: str, accept: str) -> None:
    response = server.ask(query, accept)
    assert response.status_code == 406
    assert "accept one of" in response.text


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_browsers_get_a_table_with_links(server: Server) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    query = f"SELECT ?e ?eLabel {{ VALUES ?e {{ <{IED}> }} ?e {label} ?eLabel }}"
    response = server.ask(query, BROWSER)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    link = '<a href="/id/2021-daraa-offensive/event/al-shabrouq-ied">'
    assert f"{link}<bdi>IED attack on a convoy of the 112th Brigade</bdi></a>" in response.text
    assert "1 row;" in response.text
    assert "&lt;http://www.w3.org/2000/01/rdf-schema#label&gt;" in response.text  # in the form


def test_what_a_browser_shows_is_escaped(server: Server) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?x) (<javascript:alert(1)> AS ?y) {}"
    text = server.ask(query, BROWSER).text
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert 'href="javascript:' not in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ASK {}", "<bdi>true</bdi>"),
        (f"DESCRIBE <{IED}>", '<th scope="col">subject</th>'),
        ("SELECT * { ?s ?p ?o } LIMIT 1234", "1234 rows"),
        ("SELECT * { ?s ?p ?o } LIMIT 1234", "234 more rows are in the data."),
        ("SELECT * { ?s ?p ?o FILTER(false) }", "no rows"),
    ],
)
def test_browsers_see_every_kind_of_result(server: Server, query: str, words: str) -> None:
    assert words in server.ask(query, BROWSER).text


# --- what is not answered ------------------------------------------------------------------------


def test_bad_query_method(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "FOO"):
        response = httpx.request(method, server.endpoint, params={"query": "ASK {}"})
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_bad_multiple_queries(server: Server) -> None:
    response = httpx.get(server.endpoint, params={"query": ["ASK {}", "SELECT * {}"]})
    assert response.status_code == 400
    assert "there are 2 queries in the request; send one" in response.text
    assert post(server, "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM).status_code == 400
    assert post(server, "ASK {}", DIRECT, query="ASK {}").status_code == 400


def test_bad_query_wrong_media_type(server: Server) -> None:
    response = post(server, "ASK {}", "text/plain")
    assert response.status_code == 415
    assert "“text/plain” is not known here; send the query as" in response.text


def test_bad_query_missing_form_type(server: Server) -> None:
    response = post(server, "query=ASK%20%7B%7D", None)
    assert response.status_code == 415
    assert "the Content-Type is missing" in response.text


def test_bad_query_missing_direct_type(server: Server) -> None:
    assert post(server, "ASK {}", None).status_code == 415


def test_bad_query_non_utf8(server: Server) -> None:
    for charset in ("UTF-16", "latin-1"):
        response = post(server, "ASK {}".encode(charset), f"{DIRECT}; charset={charset}")
        assert response.status_code == 415
    assert post(server, 'ASK { ?s ?p "\xe9" }'.encode("latin-1"), DIRECT).status_code == 400
    assert post(server, b"query=ASK%20%7B%20?s%20?p%20%22%E9%22%7D", FORM).status_code == 400
    assert httpx.get(f"{server.endpoint}?query=%E9").status_code == 400


def test_bad_query_syntax(server: Server) -> None:
    for accept in ("*/*", "text/plain", JSON):
        response = server.ask("ASK {", accept)
        assert response.status_code == 400
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.text == "Malformed query: line 1, column 6: the query ends too early\n"
    assert "<h1>Malformed query</h1>" in server.ask("ASK {", BROWSER).text


def test_a_function_that_is_not_there_is_the_query_s_fault(server: Server) -> None:
    response = server.ask("SELECT (<http://example.org/f>(1) AS ?x) {}")
    assert response.status_code == 400
    assert "The custom function <http://example.org/f> is not supported" in response.text


def test_the_functions_that_it_describes_are_there(server: Server) -> None:
    here = '"POINT(36.1 32.6)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    described = httpx.get(server.endpoint, headers={"Accept": "application/n-triples"}).text
    functions = [line.split()[2] for line in described.splitlines() if "extensionFunction" in line]
    assert functions
    for function in functions:
        assert server.ask(f"SELECT ({function}({here}, {here}) AS ?x) {{}}").status_code == 200


def test_a_request_without_a_query_is_told_so(server: Server) -> None:
    for response in (
        httpx.get(server.endpoint, params={"quary": "ASK {}"}),
        post(server, "", FORM),
    ):
        assert response.status_code == 400
        assert "there is no query in the request; send one, in the field “query”" in response.text
    assert post(server, "", DIRECT).status_code == 400  # an empty query is none


@pytest.mark.parametrize("text", ["INSERT DATA { <x:s> <x:p> <x:o> }", "CLEAR ALL", "LOAD <x:y>"])
def test_no_update_is_taken(server: Server, text: str) -> None:
    before = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content
    tries = [
        post(server, text, "application/sparql-update"),
        post(server, urlencode({"update": text}), FORM),
        httpx.get(server.endpoint, params={"update": text}),
        httpx.get(server.endpoint, params={"query": text}),
        post(server, text, DIRECT),
    ]
    assert [response.status_code for response in tries] == [415, 400, 400, 400, 400]
    for response in tries:  # what is to be corrected is not the visitor's
        assert response.text.startswith("No updates: ")
        assert "this server only answers questions" in response.text
        assert "statements" not in response.text
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content == before


@pytest.mark.parametrize("iri", ["file:///etc/passwd", "FILE:/etc/passwd", "relative", "a b:c"])
def test_no_file_and_no_relative_graph_is_taken(server: Server, iri: str) -> None:
    for field in ("default-graph-uri", "named-graph-uri"):
        assert server.ask("ASK {}", **{field: iri}).status_code == 400
    if iri.lower().startswith("file:"):
        for clause in (f"FROM <{iri}>", f"FROM NAMED <{iri}>", f"from\nnamed <{iri}>"):
            response = server.ask(f"SELECT * {clause} {{ ?s ?p ?o }}")
            assert response.status_code == 400
            assert "no file of this machine is read" in response.text


# --- around it -----------------------------------------------------------------------------------


def test_head_has_the_headers_alone(server: Server) -> None:
    whole = server.ask("ASK {}")
    head = httpx.head(server.endpoint, params={"query": "ASK {}"}, headers={"Accept": JSON})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == whole.headers[name]


def test_without_a_query_it_describes_itself(server: Server) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    response = httpx.get(server.endpoint, headers={"Accept": "text/turtle"})
    quads = list(ox.parse(response.content, ox.RdfFormat.TURTLE))
    endpoints = {q.object for q in quads if q.predicate == ox.NamedNode(f"{sd}endpoint")}
    assert endpoints == {ox.NamedNode(server.endpoint)}
    features = {q.object for q in quads if q.predicate == ox.NamedNode(f"{sd}feature")}
    assert ox.NamedNode(f"{sd}BasicFederatedQuery") not in features
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode)]
    for media_type in ("application/ld+json", "application/rdf+xml", "application/n-triples"):
        same = httpx.get(server.endpoint, headers={"Accept": media_type})
        assert set(ox.parse(same.content, GRAPHS[media_type])) == set(quads)
    assert httpx.get(server.endpoint, headers={"Accept": "image/png"}).status_code == 406


def test_browsers_get_a_form(server: Server) -> None:
    response = httpx.get(server.endpoint, headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<textarea id="query" name="query"' in response.text


def test_pages_of_other_sites_may_read(server: Server) -> None:
    origin = {"Origin": "https://other.example"}
    for query, status in (("ASK {}", 200), ("ASK {", 400)):
        response = httpx.get(server.endpoint, params={"query": query}, headers=origin)
        assert response.status_code == status
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "accept"}
    allowed = httpx.options(server.endpoint, headers={**origin, **asked})
    assert allowed.status_code == 200
    assert "POST" in allowed.headers["access-control-allow-methods"]
    refused = httpx.options(
        server.endpoint, headers={**origin, "Access-Control-Request-Method": "PUT"}
    )
    assert refused.status_code == 400


def test_options_say_what_is_allowed(server: Server) -> None:
    response = httpx.options(server.endpoint)
    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
