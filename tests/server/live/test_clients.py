"""Programs that others wrote ask the server, and get what the graph itself answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

if TYPE_CHECKING:
    import daraa_kg as dk

    from .conftest import Server

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
DKG = "https://w3id.org/daraa-kg/ontology#"
QUERY = f"""
PREFIX dkg: <{DKG}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label (MAX(?n) AS ?killed) {{
  ?e a dkg:Event ; rdfs:label ?label ; dkg:casualties [ dkg:outcome dkg:killed ; dkg:count ?n ]
}} GROUP BY ?label ORDER BY ?label"""
# Of the events: the article tells of six soldiers killed at al-Shabrouq.
IED = ("IED attack on a convoy of the 112th Brigade", "6")


@pytest.fixture(scope="module")
def expected(graph: dk.Graph) -> list[tuple[str, str]]:
    """Give the rows as the graph itself has them."""
    found = [(row["label"].value, row["killed"].value) for row in graph.query(QUERY)]  # type: ignore[union-attr]
    assert IED in found
    return found


def read(client: SPARQLWrapper) -> Any:  # noqa: ANN401 - its type hangs on the format
    return client.queryAndConvert()


@pytest.mark.parametrize(
    ("method", "how"),
    [(GET, None), (POST, None), (POST, POSTDIRECTLY)],
    ids=["get", "form", "direct"],
)
def test_sparqlwrapper_reads_rows(
    server: Server, expected: list[tuple[str, str]], method: str, how: str | None
) -> None:
    client = SPARQLWrapper(server.endpoint)
    client.setMethod(method)
    if how:
        client.setRequestMethod(how)
    client.setQuery(QUERY)
    client.setReturnFormat(JSON)
    rows = read(client)["results"]["bindings"]
    assert [(row["label"]["value"], row["killed"]["value"]) for row in rows] == expected
    client.setReturnFormat(XML)
    document = read(client)
    assert len(document.getElementsByTagName("result")) == len(expected)
    client.setReturnFormat(CSV)
    assert read(client).decode().count("\r\n") == len(expected) + 1


@pytest.mark.parametrize("format_", [TURTLE, RDFXML])
def test_sparqlwrapper_reads_graphs(server: Server, format_: str) -> None:
    client = SPARQLWrapper(server.endpoint)
    client.setQuery(
        f"CONSTRUCT {{ ?e a <{DKG}Siege> }} WHERE {{ ?e a <{DKG}Event>, <{DKG}Siege> }}"
    )
    client.setReturnFormat(format_)
    found = read(client)
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="turtle")
    assert {str(o) for o in found.objects()} == {f"{DKG}Siege"}


def test_sparqlwrapper_reads_what_the_parser_says(server: Server) -> None:
    client = SPARQLWrapper(server.endpoint)
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed, match="Malformed query: line 1, column 11: the query ends"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_through_its_store(
    server: Server, expected: list[tuple[str, str]], method: str
) -> None:
    store = SPARQLStore(server.endpoint, method=method)
    remote = rdflib.Graph(store)
    rows = [(str(label), str(killed)) for label, killed in remote.query(QUERY)]  # type: ignore[misc]
    assert rows == expected
    event = next(remote.subjects(rdflib.RDFS.label, rdflib.Literal(IED[0], lang="en")))
    assert (event, rdflib.RDF.type, rdflib.URIRef(f"{DKG}Bombing")) in remote


Curl = Callable[..., str]


@pytest.fixture(scope="module")
def curl() -> Curl:
    """Give a function that runs curl; without it the test is skipped, but not in CI."""
    found = shutil.which("curl")
    if found is None and not IN_CI:
        pytest.skip("needs curl on PATH (apt-get install curl)")
    assert found is not None, "CI has to have curl"

    def run(*words: str) -> str:
        done = subprocess.run(
            [found, "--silent", "--show-error", *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    return run


def test_curl_asks_in_each_way(server: Server, curl: Curl, expected: list[tuple[str, str]]) -> None:
    csv = ("--header", "Accept: text/csv")
    direct = ("--header", "Content-Type: application/sparql-query", "--data-binary", QUERY)
    form = ("--data-urlencode", f"query={QUERY}")
    for words in (("--get", *form), form, direct):
        said = curl(*csv, *words, server.endpoint)
        assert said.splitlines() == ["label,killed", *(",".join(row) for row in expected)]


def test_curl_sees_the_status_and_the_sentence(server: Server, curl: Curl) -> None:
    problem = ("--header", "Accept: application/json", "--write-out", " %{http_code}")
    said = curl(*problem, "--get", "--data-urlencode", "query=nonsense", server.endpoint)
    body, _, status = said.rpartition(" ")
    assert status == "400"
    assert json.loads(body)["title"] == "Malformed query"
