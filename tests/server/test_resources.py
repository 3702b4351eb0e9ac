from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from pyld import jsonld

import daraa_kg as dk
from daraa_kg.namespaces import DKG, OA, RDFS, about_graph, ontology_graph
from daraa_kg.server.documents import RDF_TYPES, Documents, document_of

from .conftest import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.testclient import TestClient

    from daraa_kg.graph.formats import Format

MINI = Path(__file__).parents[1] / "fixtures" / "mini"
ARTICLE = "/id/2021-daraa-offensive"
IED = f"{ARTICLE}/event/al-shabrouq-ied"
TEXT = f"{ARTICLE}/text/b051e082"
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}
# An event with figures, a place with a geometry, the text, a source with decisions, a rule, the
# dataset, and a person of whom little is said.
DOCUMENTS = [
    "2021-daraa-offensive/event/al-shabrouq-ied",
    "place/daraa",
    "2021-daraa-offensive/text/b051e082",
    "source/editors",
    "rule/transitive",
    "2021-daraa-offensive/dataset",
    "actor/ahmad-al-awda",
]


def described(pages: TestClient, document: str, extension: str) -> set[ox.Quad]:
    answer = pages.get(f"/doc/{document}{extension}")
    assert answer.status_code == 200
    return set(ox.parse(answer.content, format=FORMATS[extension]))


def facts(quads: set[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)}


# --- things and their documents ------------------------------------------------------------------


def iris(graph: dk.Graph) -> Iterator[str]:
    """Give every IRI of ours that something is said of, or that is the name of a graph."""
    for quad in graph.store:
        if quad.graph_name == ox.NamedNode(ontology_graph(graph.base)):
            continue
        for term in (quad.subject, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(graph.base):
                yield term.value


def test_every_iri_of_the_graph_leads_to_a_page_that_has_a_place_for_it(
    graph: dk.Graph, pages: TestClient
) -> None:
    fragments: dict[str, set[str]] = {}
    for iri in iris(graph):
        document, _, fragment = iri.partition("#")
        fragments.setdefault(document, set()).update({fragment} - {""})
    assert len(fragments) > 200
    for document, wanted in fragments.items():
        path = "/id/" + document.removeprefix(graph.base)
        answer = pages.get(path)
        assert answer.status_code == 303, path
        if document == ontology_graph(graph.base):
            assert answer.headers["location"] == "/ontology"
            continue
        assert answer.headers["location"] == f"/doc/{path.removeprefix('/id/')}.html"
        page = pages.get(answer.headers["location"])
        assert page.status_code == 200, path
        ids = parsed(page.content).xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert wanted <= set(ids), path


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        (None, ".html"),
        ("*/*", ".html"),
        ("text/html", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml", ".rdf"),
        ("application/trig", ".trig"),
        ("application/n-quads", ".nq"),
        ("application/rdf+xml;q=0.4, text/turtle;q=0.6, text/html;q=0.1", ".ttl"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
    ],
)
def test_a_thing_leads_to_its_document_in_the_format_asked_for(
    pages: TestClient, accept: str | None, extension: str
) -> None:
    headers = {"Accept": accept} if accept is not None else {}
    answer = pages.get(IED, headers=headers)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/doc/{IED.removeprefix('/id/')}{extension}"
    assert "Accept" in answer.headers["vary"]
    assert f'<{answer.headers["location"]}>; rel="describedby"' in answer.headers["link"]
    document = pages.get(answer.headers["location"])
    assert document.status_code == 200
    # Without an extension, the document is the same, and says which it is.
    direct = pages.get(f"/doc/{IED.removeprefix('/id/')}", headers=headers)
    assert direct.content == document.content
    assert direct.headers["content-location"] == answer.headers["location"]
    assert "Accept" in direct.headers["vary"]


def test_a_document_names_its_other_formats_its_thing_and_its_licence(pages: TestClient) -> None:
    answer = pages.get("/doc/place/daraa.ttl")
    link = answer.headers["link"]
    for extension, media_type in ((".html", "text/html"), (".jsonld", "application/ld+json")):
        assert f'</doc/place/daraa{extension}>; rel="alternate"; type="{media_type}"' in link
    assert '<https://w3id.org/daraa-kg/id/place/daraa>; rel="describes"' in link
    assert '<https://creativecommons.org/licenses/by-sa/4.0/>; rel="license"' in link


@pytest.mark.parametrize("entry", RDF_TYPES, ids=lambda entry: entry.name)
def test_a_document_has_the_media_type_of_its_format(pages: TestClient, entry: Format) -> None:
    answer = pages.get(f"/doc/place/daraa{entry.extension}")
    assert answer.headers["content-type"].partition(";")[0] == entry.media_type


def test_what_is_not_written_here_is_not_acceptable_and_the_formats_are_listed(
    pages: TestClient,
) -> None:
    for path in ("/id/place/daraa", "/doc/place/daraa"):
        answer = pages.get(path, headers={"Accept": "image/png"})
        assert answer.status_code == 406
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        for extension in (".html", ".ttl", ".jsonld", ".nt", ".rdf", ".trig", ".nq"):
            assert f"/doc/place/daraa{extension}\n" in answer.text


def test_a_hash_that_was_escaped_leads_to_the_place_in_the_document(pages: TestClient) -> None:
    answer = pages.get(f"{TEXT}%23char=5831,6067")
    assert answer.status_code == 303
    assert (
        answer.headers["location"] == "/doc/2021-daraa-offensive/text/b051e082.html#char=5831,6067"
    )


# --- what a document holds -----------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_all_formats_hold_the_same(pages: TestClient, document: str) -> None:
    whole = described(pages, document, ".trig")
    assert len(facts(whole)) > 10
    assert {quad for quad in whole if quad.triple not in facts(whole)} == set()
    for extension in (".nq", ".jsonld"):
        assert described(pages, document, extension) == whole, extension
    for extension in (".ttl", ".nt", ".rdf"):
        quads = described(pages, document, extension)
        assert facts(quads) == facts(whole), extension
        assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}
    # No term of the comparison is a blank node, so equal sets are isomorphic graphs.
    terms = {term for quad in whole for term in (quad.subject, quad.object, quad.graph_name)}
    assert not any(isinstance(term, ox.BlankNode) for term in terms)


@pytest.mark.parametrize("document", DOCUMENTS[:2])
def test_another_reader_of_json_ld_agrees(pages: TestClient, document: str) -> None:
    written = json.loads(pages.get(f"/doc/{document}.jsonld").content)
    nquads = jsonld.to_rdf(written, {"format": "application/n-quads"})
    theirs = set(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    assert theirs == described(pages, document, ".nq")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_triple_of_a_document_stands_without_a_why(
    graph: dk.Graph, pages: TestClient, document: str
) -> None:
    quads = described(pages, document, ".nq")
    named = {quad for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    assert {quad.triple for quad in named} == facts(quads)
    assert named <= set(graph.store)


def test_an_event_s_document_describes_its_figures_and_quotes_its_sentence(
    pages: TestClient,
) -> None:
    quads = described(pages, "2021-daraa-offensive/event/al-shabrouq-ied", ".trig")
    event = "https://w3id.org/daraa-kg/id/2021-daraa-offensive/event/al-shabrouq-ied"
    figures = [quad.object for quad in quads if quad.predicate.value == DKG + "casualties"]
    assert len(set(figures)) == 1
    count = ox.NamedNode(DKG + "count")
    (figure,) = set(figures)
    assert str(figure).startswith(f"<{event}#casualties-killed-")
    found = [quad for quad in quads if quad.subject == figure and quad.predicate == count]
    assert {getattr(quad.object, "value", "") for quad in found} == {"6"}
    why = {quad.graph_name.value for quad in found if isinstance(quad.graph_name, ox.NamedNode)}
    (passage,) = why
    assert passage.endswith("/text/b051e082#char=5831,6067")
    # The passage is described, down to its words; and things that are named have their labels.
    exact = {
        getattr(quad.object, "value", "")
        for quad in quads
        if quad.predicate.value == OA + "exact"
        and quad.subject == ox.NamedNode(passage.replace("#char=", "#quote="))
    }
    assert exact == {
        "On 19 August, an IED targeted a Syrian army convoy of the 112th Brigade on the "
        "al-Shabrouq road between the two towns of Nafaa and Ain Zakr in west of Daraa "
        "countryside, killing six Syrian soldiers and militiamen, including a brigadier."
    }
    labels = {getattr(q.object, "value", "") for q in quads if q.predicate.value == RDFS + "label"}
    assert {"112th Brigade", "al-Shabrouq road", "Unnamed brigadier"} <= labels


def test_a_place_s_document_names_what_happened_there(pages: TestClient) -> None:
    quads = described(pages, "place/tafas", ".nt")
    place = ox.NamedNode("https://w3id.org/daraa-kg/id/place/tafas")
    bombardment = "https://w3id.org/daraa-kg/id/2021-daraa-offensive/event/bombardment-of-tafas"
    stated = ox.Quad(ox.NamedNode(bombardment), ox.NamedNode(DKG + "place"), place)
    assert stated in quads


def test_the_text_s_document_describes_all_its_passages_and_what_each_states(
    graph: dk.Graph, pages: TestClient
) -> None:
    quads = described(pages, "2021-daraa-offensive/text/b051e082", ".nq")
    exact = ox.NamedNode(OA + "exact")
    account = ox.NamedNode(about_graph(graph.base))
    assert len({q.object for q in quads if q.predicate == exact}) == len(
        {q.object for q in graph.store.quads_for_pattern(None, exact, None, account)}
    )
    for passage in graph.passages:
        stated = set(graph.store.quads_for_pattern(None, None, None, ox.NamedNode(passage)))
        assert stated <= quads


def test_documents_are_those_of_the_graph(graph: dk.Graph) -> None:
    documents = Documents(graph)
    assert set(documents) == {document_of(iri) for iri in iris(graph)}
    assert graph.base + "place/daraa" in documents
    assert graph.base + "place/daraa#geometry" not in documents
    assert graph.base + "place/nowhere" not in documents


# --- nothing there -------------------------------------------------------------------------------


def test_a_wrong_id_is_told_the_nearest_ones_as_a_page(pages: TestClient) -> None:
    answer = pages.get(f"{ARTICLE}/event/truce-of-26-august", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    tree = parsed(answer.content)
    assert tree.xpath("//h1")[0].text_content() == "Not found"
    assert f"{ARTICLE}/event/truce-of-25-august" in tree.xpath("//main//a/@href")


def test_a_wrong_id_is_told_the_nearest_ones_as_problem_details(pages: TestClient) -> None:
    answer = pages.get("/id/place/dara", headers={"Accept": "application/ld+json"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 404
    assert problem["detail"] == "Nothing here is called “place/dara”. Did you mean one of these?"
    found = {"name": "Daraa (kg:place/daraa)", "href": "/id/place/daraa"}
    assert found in problem["suggestions"]


def test_a_wrong_id_is_told_the_nearest_ones_as_text(pages: TestClient) -> None:
    answer = pages.get("/doc/actor/shor.ttl", headers={"Accept": "text/turtle"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("Not found: Nothing here is called “actor/shor.ttl”.")
    answer = pages.get("/id/sohr", headers={"Accept": "text/plain"})
    line = "- Syrian Observatory for Human Rights (kg:actor/sohr): /id/actor/sohr\n"
    assert line in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/",
        "/doc/",
        "/doc/.ttl",
        "/id/" + "a" * 5000,
        "/id/%00",
        "/id/%ff%fe",
        "/id/..%2f..%2fetc/passwd",
        "/id/%3Cscript%3E",
        "/doc/place/daraa.exe",
        "/doc/place/daraa.ttl.ttl",
        "/id/place/daraa/",
    ],
)
def test_what_is_nothing_is_not_found(pages: TestClient, path: str) -> None:
    answer = pages.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert not parsed(answer.content).xpath("//script")
    assert len(answer.content) < 5000


# --- HTTP ----------------------------------------------------------------------------------------

PATHS = [
    "/",
    "/doc/place/daraa.html",
    "/doc/place/daraa.ttl",
    "/ontology",
    "/ontology/shapes.ttl",
    "/static/style.css",
    "/questions",
    "/download/2021-daraa-offensive.ttl",
    "/.well-known/void",
]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_already_gets_304(pages: TestClient, path: str) -> None:
    first = pages.get(path)
    tag = first.headers["etag"]
    for sent in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = pages.get(path, headers={"If-None-Match": sent})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
        assert again.headers["vary"] == first.headers["vary"]
    assert pages.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/id/place/daraa", "/id/nothing"])
def test_head_is_get_without_its_body(pages: TestClient, path: str) -> None:
    whole, head = pages.get(path), pages.head(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize("path", PATHS)
def test_a_compressed_answer_is_the_same_with_a_tag_of_its_own(
    pages: TestClient, path: str
) -> None:
    answers = {
        coding: pages.get(path, headers={"Accept-Encoding": coding})
        for coding in ("identity", "gzip", "br")
    }
    assert len({answer.content for answer in answers.values()}) == 1  # httpx has unpacked them
    assert len({answer.headers["etag"] for answer in answers.values()}) == 3
    for coding in ("gzip", "br"):
        assert answers[coding].headers["content-encoding"] == coding
        lengths = [int(answers[one].headers["content-length"]) for one in (coding, "identity")]
        assert lengths[0] < lengths[1]
    assert "content-encoding" not in answers["identity"].headers
    assert all("Accept-Encoding" in answer.headers["vary"] for answer in answers.values())


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(pages: TestClient, method: str) -> None:
    answer = getattr(pages, method)("/id/place/daraa")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


# --- other bases ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("https://data.example.org/wars/", "/wars/"),
        ("http://127.0.0.1:8000/", "/"),
        ("https://w3id.org/daraa-kg/id/", "/id/"),
    ],
)
def test_things_stand_where_the_base_says(
    serve: Callable[..., TestClient], base: str, path: str
) -> None:
    graph = dk.build(MINI, base=base, validate=False)
    client = serve(graph)
    answer = client.get(f"{path}mini/event/siege", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    document = client.get(answer.headers["location"])
    subjects = {quad.subject for quad in ox.parse(document.content, format=ox.RdfFormat.TURTLE)}
    assert ox.NamedNode(f"{base}mini/event/siege") in subjects
    page = parsed(client.get("/doc/mini/event/siege.html").content)
    assert f"{path}mini/group/army" in page.xpath("//main//a/@href")
    for own in ("/", "/ontology", "/questions", "/download/", "/search"):
        assert client.get(own).status_code == 200


def test_names_with_signs_and_letters_of_all_kinds_are_found(
    serve: Callable[..., TestClient],
) -> None:
    base = "https://kg.example.org/id/"
    store = ox.Store()
    label = ox.NamedNode(RDFS + "label")
    names = ["place/درعا", "place/a%20b", "place/x.ttl", "place/q(1)'!", "place/100%25"]
    for name in names:
        node = ox.NamedNode(base + name)
        for graph_name in (ox.DefaultGraph(), ox.NamedNode(base + "source/editors")):
            store.add(ox.Quad(node, label, ox.Literal(f"label of {name}"), graph_name))
    client = serve(dk.Graph(store, base=base, slug="mini"))
    for name in names:
        path = "/id/" + quote(name, safe="/%()'!")
        answer = client.get(path, headers={"Accept": "text/turtle"})
        assert answer.status_code == 303, name
        data = client.get(answer.headers["location"])
        subjects = {quad.subject for quad in ox.parse(data.content, format=ox.RdfFormat.TURTLE)}
        assert ox.NamedNode(base + name) in subjects
        page = client.get(path, follow_redirects=True)
        assert parsed(page.content).xpath("//h1")[0].text_content() == f"label of {name}"
