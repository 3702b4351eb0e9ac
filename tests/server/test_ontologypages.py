from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from daraa_kg.assets import asset
from daraa_kg.namespaces import DKG

from .conftest import Tree, parsed

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    import daraa_kg as dk

HOME = "https://w3id.org/daraa-kg/"


@pytest.fixture(scope="module")
def page(pages: TestClient) -> Tree:
    return parsed(pages.get("/ontology", headers={"Accept": "text/html"}).content)


def entry(page: Tree, anchor: str) -> str:
    (found,) = page.xpath("//*[@id=$anchor]", anchor=anchor)
    return re.sub(r" (?=[,.;])", "", " ".join(" ".join(found.itertext()).split()))


def test_every_term_has_a_place_with_its_definition_and_example(page: Tree) -> None:
    graph = rdflib.Graph().parse(asset("ontology", "daraa-kg.ttl"))
    terms = {str(subject) for subject in graph.subjects() if str(subject).startswith(DKG)}
    assert len(terms) > 180
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    for iri in terms:
        text = entry(page, iri.removeprefix(DKG)).replace("`", "")
        for predicate in (skos.definition, skos.example):
            for words in graph.objects(rdflib.URIRef(iri), predicate):
                assert " ".join(str(words).replace("`", "").split()) in text, iri


def test_an_entry_says_what_goes_with_the_term(page: Tree) -> None:
    ambush = entry(page, "Ambush")
    assert "is a Attack" in ambush
    assert "part of the wider acled:armed-clash, evaluation:attack" in ambush
    when = entry(page, "when")
    assert "used on Happening" in when
    assert "leads to edtf:EDTF" in when
    # A class expression counts as its members, and a class tells what is below it.
    assert "one of Event, PossibleEvent" in entry(page, "Happening")
    assert "narrower terms Ambush, Bombing, Shelling, Airstrike" in entry(page, "Attack")
    assert "when" in entry(page, "Happening").partition("properties")[2]
    assert "in OutcomeScheme" in entry(page, "killed")
    assert "Armed clash" in entry(page, "codes/acled/armed-clash")


def test_links_of_the_page_lead_to_places_on_it(page: Tree, pages: TestClient) -> None:
    ids = set(page.xpath("//@id"))
    for link in page.xpath("//main//a/@href"):
        path, _, fragment = link.partition("#")
        if path in ("", "/ontology"):
            assert fragment in ids, link
        elif path.startswith("/codes/"):
            place = pages.get(path, headers={"Accept": "text/html"}).headers["location"]
            assert place.removeprefix("/ontology#") in ids, link
        elif path.startswith("/"):
            assert pages.get(path).status_code == 200, link


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("text/html", ".html"),
        ("*/*", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml", ".rdf"),
    ],
)
def test_the_ontology_is_answered_as_asked(pages: TestClient, accept: str, extension: str) -> None:
    answer = pages.get("/ontology", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-location"] == f"/ontology{extension}"
    assert "Accept" in answer.headers["vary"]
    assert answer.content == pages.get(f"/ontology{extension}").content
    assert f'</ontology{extension}>; rel="alternate"' in answer.headers["link"]


def test_the_ontology_is_not_written_as_a_picture(pages: TestClient) -> None:
    answer = pages.get("/ontology", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "- Turtle: /ontology.ttl\n" in answer.text


@pytest.mark.parametrize(
    ("extension", "parser"),
    [(".ttl", "turtle"), (".jsonld", "json-ld"), (".nt", "nt"), (".rdf", "xml")],
)
def test_all_formats_of_the_ontology_hold_the_same(
    pages: TestClient, extension: str, parser: str
) -> None:
    ours = rdflib.Graph().parse(asset("ontology", "daraa-kg.ttl"))
    data = pages.get(f"/ontology{extension}").content
    assert isomorphic(rdflib.Graph().parse(data=data, format=parser), ours)


def test_two_servers_write_the_ontology_alike(mini_graph: dk.Graph, serve: object) -> None:
    assert callable(serve)
    first, second = (serve(mini_graph).get("/ontology.nt") for _ in range(2))
    assert first.headers["etag"] == second.headers["etag"]


def test_the_files_beside_it_are_served_as_they_are(pages: TestClient) -> None:
    folder = asset("ontology")
    for name, media_type in (
        ("shapes.ttl", "text/turtle"),
        ("alignments.ttl", "text/turtle"),
        ("context.jsonld", "application/ld+json"),
        ("rules/transitive.rq", "application/sparql-query"),
        ("ledger.schema.json", "application/schema+json"),
    ):
        answer = pages.get(f"/ontology/{name}")
        assert answer.content == (folder / name).read_bytes()
        assert answer.headers["content-type"].partition(";")[0] == media_type


@pytest.mark.parametrize("path", ["/ontology/../pyproject.toml", "/ontology/rules", "/ontology/x"])
def test_no_other_file_is_served(pages: TestClient, path: str) -> None:
    assert pages.get(path).status_code == 404


def test_every_w3id_name_of_the_ontology_s_files_is_answered(pages: TestClient) -> None:
    texts = [path.read_text(encoding="utf-8") for path in asset("ontology").glob("*.*")]
    names = {
        name
        for text in texts
        for name in re.findall(rf"{HOME}([^\s>\"'#,`)]+)", text)
        if not name.startswith("id/") and not name.endswith("/")
    }
    assert {"ontology", "shapes", "alignments", "alignments/0.1.0"} <= names
    for name in names:
        answer = pages.get(f"/{name}", headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert answer.status_code == 200, name


def test_a_code_of_others_leads_to_the_alignments(pages: TestClient) -> None:
    for accept, place in (
        ("text/html", "/ontology#codes/acled/armed-clash"),
        ("text/turtle", "/ontology/alignments.ttl"),
    ):
        answer = pages.get("/codes/acled/armed-clash", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_the_graph_s_vocabulary_is_the_ontology(pages: TestClient) -> None:
    answer = pages.get("/id/graph/ontology")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ontology")
    served = list(ox.parse(pages.get("/ontology.ttl").content, format=ox.RdfFormat.TURTLE))
    assert len(served) > 1500
