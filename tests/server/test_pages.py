from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

import daraa_kg as dk
from daraa_kg.namespaces import (
    DCAT,
    DCT,
    DKG,
    OA,
    RDF,
    RDFS,
    SKOS,
    VOID,
    about_graph,
)
from daraa_kg.queries.catalogue import load_catalogue
from daraa_kg.server.explorerpage import policy_of
from daraa_kg.server.pages import POLICY, error_page, template_file
from daraa_kg.why.cards import Fact, Text
from daraa_kg.why.evidence import Decision, Quote

from .conftest import Tree, parsed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

ARTICLE = "/id/2021-daraa-offensive"
PAGES = [
    "/",
    "/search",
    "/search?q=tafas",
    "/search?q=no+such+words",
    "/questions",
    "/questions/infobox-totals",
    "/questions/agreements",
    "/download/",
    "/ontology",
    "/doc/2021-daraa-offensive/event/offensive.html",
    "/doc/2021-daraa-offensive/event/agreement-to-end-the-siege.html",
    "/doc/place/daraa-governorate.html",
    "/doc/2021-daraa-offensive/text/b051e082.html",
    "/doc/source/editors.html",
    "/doc/rule/transitive.html",
    "/doc/2021-daraa-offensive/dataset.html",
    "/id/nothing",
]


def tree_of(client: TestClient, path: str) -> Tree:
    answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return parsed(answer.content)


def words(text: str) -> str:
    return " ".join(text.split())


# --- what holds for every page -------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_and_asks_nobody(pages: TestClient, path: str) -> None:
    answer = pages.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    tree = parsed(answer.content)
    assert not tree.xpath("//script | //style | //@style | //iframe | //object | //embed | //img")
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    for address in tree.xpath("//head/link[@rel='stylesheet' or @rel='icon']/@href"):
        assert address.startswith("/static/")
        assert pages.get(address).status_code == 200
    assert {form.get("action") for form in tree.xpath("//form")} == {"/search"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_found_through_without_seeing_it(pages: TestClient, path: str) -> None:
    tree = tree_of(pages, path)
    assert tree.get("lang") == "en"
    assert tree.xpath("//head/meta[@name='viewport']/@content") == [
        "width=device-width, initial-scale=1"
    ]
    assert len(tree.xpath("//title")[0].text_content()) > 3
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in tree.xpath("//input"):
        assert tree.xpath("//label[@for=$id]", id=field.get("id"))
    for link in tree.xpath("//a"):
        assert words(link.text_content())
    levels = [int(node.tag[1]) for node in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(
        after <= before + 1 or (before, after) == (1, 3) for before, after in pairwise(levels)
    )
    for reference in tree.xpath("//@aria-labelledby"):
        assert reference in ids
    assert not tree.xpath("//dl/*[not(self::div)] | //ul/*[not(self::li)] | //ol/*[not(self::li)]")


@pytest.mark.parametrize("path", PAGES)
def test_links_of_a_page_lead_somewhere(pages: TestClient, path: str) -> None:
    tree = tree_of(pages, path)
    ours = {link for link in tree.xpath("//a/@href") if not link.startswith("http")}
    assert len(ours) >= 8
    for link in sorted(ours):
        parts = urlsplit(link)
        if parts.path == "/sparql":  # the endpoint's own tests ask that
            continue
        if not parts.path:
            assert tree.xpath("//*[@id=$id]", id=parts.fragment), link
        else:
            assert pages.get(link).status_code in (200, 303), link


def luminance(colour: str) -> float:
    """Give the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_that_readers_need(theme: int) -> None:
    style = template_file("style.css").decode()
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[theme]))
    for ground in ("ground", "raised"):
        for text in ("ink", "muted", "link"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert contrast(colours["bar"], colours[ground]) >= 3  # what shows where the focus is
        assert contrast(colours["muted"], colours[ground]) >= 3  # the edge of a field
    assert contrast(colours["on-warn"], colours["warn"]) >= 4.5
    assert contrast(colours["ink"], colours["mark"]) >= 4.5


# --- cards ---------------------------------------------------------------------------------------


def said(fact: Fact) -> list[str]:
    """Give all that a fact says."""
    value = fact.value.text if isinstance(fact.value, Text) else fact.value.label
    below = [text for inner in fact.inside for text in said(inner)]
    return [fact.label, value, *([fact.standing] if fact.standing else []), *below]


def test_every_card_says_what_show_says(graph: dk.Graph, pages: TestClient) -> None:
    things = [iri for iri in graph.labels.things if "#" not in iri]
    assert len(things) > 150
    for iri in things:
        card = graph.card(iri)
        path = f"/doc/{iri.removeprefix(graph.base)}.html"
        tree = parsed(pages.get(path).content)
        text = words(tree.text_content())
        expected = [card.subject.label, card.subject.id, card.kind or "", card.standing or ""]
        for block in card.blocks:
            expected += [part for fact in block.facts for part in said(fact)]
            expected += [fact.about.label for fact in block.facts if fact.about]
            for evidence in block.evidence:
                if isinstance(evidence, Quote):
                    expected += [evidence.sentence, evidence.where, evidence.voice]
                    assert evidence.link in tree.xpath("//figcaption/a/@href")
                elif isinstance(evidence, Decision):
                    expected += [evidence.head, *evidence.because]
        for fact in card.inferred:
            expected += [*said(fact), *(rule.name for rule in fact.rules)]
        for mention in card.mentions:
            expected += [mention.heading, mention.thing.label, mention.when or ""]
            expected += [mention.figure or "", mention.standing or ""]
        for part in expected:
            assert words(part) in text, (path, part)


def test_a_card_sets_the_stretch_that_counts_apart(pages: TestClient) -> None:
    tree = tree_of(pages, f"{ARTICLE}/event/firing-at-residential-areas")
    (mark,) = tree.xpath("//blockquote//mark")
    assert words(mark.text_content()) == (
        "There were sporadic instances of government forces firing at residential areas in "
        "Daraa al-Balad, Jasim, Muzayrib, and near Tafas,"
    )
    (sentence,) = mark.xpath("ancestor::blockquote")
    assert words(sentence.text_content()).startswith(words(mark.text_content()) + " ")


def test_a_card_links_to_its_things_its_terms_its_rules_and_its_sentences(
    pages: TestClient,
) -> None:
    tree = tree_of(pages, f"{ARTICLE}/event/al-shabrouq-ied")
    links = tree.xpath("//main//a/@href")
    for link in (
        "/id/actor/112th-brigade",
        "/id/place/al-shabrouq-road",
        f"{ARTICLE}/person/unnamed-brigadier",
        "/ontology#Bombing",
        "/id/rule/class-hierarchy",
        f"{ARTICLE}/text/b051e082#char=5831,6067",
        "/doc/2021-daraa-offensive/event/al-shabrouq-ied.ttl",
    ):
        assert link in links
    assert any(link.startswith("https://en.wikipedia.org/wiki/2021_Dar") for link in links)


def test_a_possible_event_says_so(pages: TestClient) -> None:
    tree = tree_of(pages, f"{ARTICLE}/event/agreement-to-end-the-siege")
    standings = [node.text_content() for node in tree.xpath("//*[@class='standing']")]
    assert standings[:3] == ["agreed", "agreed", "agreed"]


# --- the text, and other records -----------------------------------------------------------------


def test_the_text_is_shown_passage_by_passage(graph: dk.Graph, pages: TestClient) -> None:
    tree = tree_of(pages, f"{ARTICLE}/text/b051e082")
    parts = tree.xpath("//*[starts-with(@id, 'char=')]")
    spans = [part.get("id") for part in parts]
    assert spans == [passage.partition("#")[2] for passage in graph.passages]
    (part,) = tree.xpath("//*[@id='char=5831,6067']")
    text = words(part.text_content())
    assert "On 19 August, an IED targeted a Syrian army convoy" in text
    assert "IED attack on a convoy of the 112th Brigade kind bombing" in text
    assert "count 6" in text
    headings = [node.text_content() for node in tree.xpath("//h2")]
    assert headings == ["Infobox", "lead", "Background", "Clashes", "Reactions", "See also"]


def test_a_source_is_shown_with_its_reasons(pages: TestClient) -> None:
    tree = tree_of(pages, "/id/source/editors")
    (part,) = tree.xpath("//*[@id='actor-syrian-army']")
    assert "are one: the article knows no other army." in words(part.text_content())


def test_a_rule_is_shown_with_what_it_added(pages: TestClient) -> None:
    tree = tree_of(pages, "/id/rule/transitive")
    text = words(tree.xpath("//main")[0].text_content())
    assert "What is inside something that is inside a third thing is inside the third." in text
    assert "al-Kaziyah inside Daraa" in text
    assert "/ontology/rules/transitive.rq" in tree.xpath("//main//a/@href")


def test_a_long_record_says_how_much_more_there_is(graph: dk.Graph, pages: TestClient) -> None:
    rule = ox.NamedNode(graph.base + "rule/class-hierarchy")
    size = sum(1 for _ in graph.store.quads_for_pattern(None, None, None, rule))
    text = words(tree_of(pages, "/id/rule/class-hierarchy").text_content())
    assert f"{size - 200} more statements are in the data of this page." in text


# --- front page, search, questions ---------------------------------------------------------------


def test_the_front_page_leads_to_every_event_actor_and_place(
    graph: dk.Graph, pages: TestClient
) -> None:
    tree = tree_of(pages, "/")
    links = tree.xpath("//main//a/@href")
    for kind in ("Event", "Actor", "Place", "Side"):
        quads = graph.store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + kind), ox.DefaultGraph()
        )
        things = {getattr(quad.subject, "value", "") for quad in quads}
        assert things
        for iri in things:
            if "#" not in iri:
                assert links.count("/id/" + iri.removeprefix(graph.base)) == 1, iri
    numbers = words(tree.xpath("//*[@class='numbers']")[0].text_content())
    for name, number in graph.summary().items():
        assert f"{number:,} {name}" in numbers


def test_the_front_page_tells_what_happened_in_order(pages: TestClient) -> None:
    tree = tree_of(pages, "/")
    days = [words(node.text_content()) for node in tree.xpath("//*[@class='day']/h3")]
    assert days[0] == "29 July 2021"
    assert (
        days.index("19 August 2021") < days.index("20 August 2021") < days.index("26 August 2021")
    )
    (day,) = tree.xpath("//*[@class='day'][h3='19 August 2021']")
    assert "IED attack on a convoy of the 112th Brigade · al-Shabrouq road · 6 killed" in words(
        day.text_content()
    )


def test_who_asks_the_front_page_for_data_is_led_to_the_description(pages: TestClient) -> None:
    answer = pages.get("/", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/.well-known/void"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("tafas", "/id/place/tafas"),
        ("Maskin", "/id/place/sheikh-maskeen"),  # another name of the place
        ("AL-RUBA'I", "/id/place/al-rubai-checkpoint"),  # with a plain apostrophe
        ("including a brigadier", f"{ARTICLE}/text/b051e082#char=5831,6067"),
        ("sohrr", "/id/actor/sohr"),  # nothing has that in it: the nearest id
    ],
)
def test_search_finds_names_and_words(pages: TestClient, asked: str, found: str) -> None:
    answer = pages.get("/search", params={"q": asked})
    assert found in parsed(answer.content).xpath("//main//a/@href")


def test_search_without_a_hit_says_so(pages: TestClient) -> None:
    text = words(tree_of(pages, "/search?q=xyzzyxyzzy").xpath("//main")[0].text_content())
    assert text.startswith("Search: xyzzyxyzzy No name and no passage has that in it.")


def test_every_question_of_the_catalogue_is_answered(graph: dk.Graph, pages: TestClient) -> None:
    listing = tree_of(pages, "/questions")
    catalogue = load_catalogue()
    assert len(catalogue) > 60
    for name, query in catalogue.items():
        (entry,) = listing.xpath("//*[@id=$name]", name=name)
        assert query.summary in words(entry.text_content())
        page = tree_of(pages, entry.xpath(".//h3/a/@href")[0])
        result = graph.query(name)
        assert len(page.xpath("//tbody/tr")) == min(len(result), 1000), name
        text = words(page.xpath("//main")[0].text_content())
        if not result.rows:
            assert words(result.why_empty()) in text
        # The SPARQL is there whole, and runs as it stands.
        (shown,) = page.xpath("//pre")
        graph.store.query(shown.text_content())
        for address in page.xpath("//a[text()='as data']/@href"):
            (asked,) = parse_qs(urlsplit(address).query)["query"]
            graph.store.query(asked)


def test_an_answer_is_a_table_with_links(pages: TestClient) -> None:
    page = tree_of(pages, "/questions/infobox-totals")
    assert [words(cell.text_content()) for cell in page.xpath("//th")] == [
        "whose",
        "outcome",
        "total",
        "explained",
        "unexplained",
    ]
    rows = [[words(cell.text_content()) for cell in row] for row in page.xpath("//tbody/tr")]
    # The article's own totals; see the ledger's tests for what explains them.
    assert rows[0] == ["Civilians", "killed", "22", "4", "18"]
    assert ["Government side", "killed", "26", "16", "10"] in rows
    timeline = tree_of(pages, "/questions/timeline")
    assert f"{ARTICLE}/event/al-shabrouq-ied" in timeline.xpath("//tbody//a/@href")


def test_a_question_that_is_not_there_is_told_the_nearest(pages: TestClient) -> None:
    answer = pages.get("/questions/timelin", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["suggestions"][0]["href"] == "/questions/timeline"


# --- escaping ------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'&amp;&lt;",
    "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "long" * 75,
    "{{ 7 * 7 }} {% raw %}",
    "</title></style></textarea><!--",
]


@pytest.fixture(scope="module")
def hostile(serve: Callable[..., TestClient]) -> TestClient:
    """Give a client of a graph that somebody made to break out of the page."""
    base = "https://kg.example.org/id/"
    store = ox.Store()
    why = ox.NamedNode(base + "mini/text/00000000#char=0,10")
    account = ox.NamedNode(about_graph(base))

    def state(
        subject: str, predicate: str, value: ox.NamedNode | ox.Literal, graph: ox.NamedNode
    ) -> None:
        quad = ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, graph)
        store.add(quad)
        if graph == why:
            store.add(ox.Quad(*quad.triple))

    for number, text in enumerate(HOSTILE):
        thing = f"{base}mini/event/e{number}"
        state(thing, RDFS + "label", ox.Literal(text), why)
        state(thing, RDF + "type", ox.NamedNode(DKG + "Event"), why)
        state(thing, DKG + "kind", ox.NamedNode(f"{DKG}{'%22onclick=' * number}x"), why)
        state(thing, DKG + "wording", ox.Literal(text), why)
        state(thing, DKG + "partOf", ox.NamedNode(f"{base}mini/event/e0"), why)
        for scheme in ("javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "vbscript:x"):
            state(thing, RDFS + "seeAlso", ox.NamedNode(scheme), why)
            state(thing, SKOS + "note", ox.Literal(scheme), why)
    state(why.value, RDF + "type", ox.NamedNode(DKG + "Passage"), account)
    state(why.value, DKG + "section", ox.Literal(HOSTILE[0]), account)
    state(why.value, DKG + "repair", ox.Literal(HOSTILE[1]), account)
    state(why.value, DKG + "textFragment", ox.Literal("javascript:alert(2)"), account)
    state(why.value, OA + "hasSelector", ox.NamedNode(why.value + "q"), account)
    state(why.value + "q", OA + "exact", ox.Literal(HOSTILE[0]), account)
    dataset = base + "mini/dataset"
    state(dataset, RDF + "type", ox.NamedNode(DCAT + "Dataset"), account)
    state(dataset, DCT + "title", ox.Literal(HOSTILE[1]), account)
    state(dataset, DKG + "attribution", ox.Literal(HOSTILE[0]), account)
    state(dataset, DCT + "license", ox.NamedNode("javascript:alert(3)"), account)
    return serve(dk.Graph(store, base=base, slug="mini"))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        *(f"/doc/mini/event/e{number}.html" for number in range(len(HOSTILE))),
        "/doc/mini/text/00000000.html",
        "/doc/mini/dataset.html",
        "/search?q=%3Cscript%3E",
        "/search?q=%22%3E%3Cimg%20src%3Dx%20onerror%3D1%3E",
        "/id/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/download/%3Cscript%3E",
    ],
)
def test_nothing_from_a_graph_or_an_address_becomes_markup(hostile: TestClient, path: str) -> None:
    answer = hostile.get(path, headers={"Accept": "text/html"})
    assert answer.status_code in (200, 404)
    tree = parsed(answer.content)
    assert not tree.xpath("//script | //img | //style | //textarea | //comment()")
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    links = [*tree.xpath("//@href"), *tree.xpath("//@src"), *tree.xpath("//@cite")]
    assert links
    assert all(link.startswith(("/", "#", "https://", "http://")) for link in links)
    assert "49" not in tree.xpath("//h1")[0].text_content()
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_are_shown_as_they_are(hostile: TestClient, number: int) -> None:
    tree = tree_of(hostile, f"/id/mini/event/e{number}")
    heading = tree.xpath("//h1/bdi")[0]  # isolated: its direction ends with it
    assert heading.text_content() == HOSTILE[number]
    assert "javascript:alert(1)" in tree.xpath("//main")[0].text_content()


@pytest.mark.parametrize("extension", [".ttl", ".jsonld", ".nt", ".rdf", ".trig", ".nq"])
def test_hostile_words_survive_in_data(hostile: TestClient, extension: str) -> None:
    answer = hostile.get(f"/doc/mini/event/e1{extension}")
    if extension == ".jsonld" and answer.status_code == 406:
        pytest.fail(answer.text)
    formats = {
        ".ttl": ox.RdfFormat.TURTLE,
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".nt": ox.RdfFormat.N_TRIPLES,
        ".rdf": ox.RdfFormat.RDF_XML,
        ".trig": ox.RdfFormat.TRIG,
        ".nq": ox.RdfFormat.N_QUADS,
    }
    quads = list(ox.parse(answer.content, format=formats[extension]))
    assert ox.Literal(HOSTILE[1]) in {quad.object for quad in quads}
    assert ox.NamedNode("javascript:alert(1)") in {quad.object for quad in quads}


# --- what is said when something is wrong --------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("application/json", "application/problem+json"),
        ("application/problem+json", "application/problem+json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/turtle", "text/plain; charset=utf-8"),
        ("application/sparql-results+xml", "text/plain; charset=utf-8"),
    ],
)
def test_errors_come_in_the_format_asked_for(accept: str, media_type: str) -> None:
    def endpoint(request: Request) -> Response:
        return error_page(request, 503, "Busy", "Too many ask <b>at once</b>.", [("home", "/")])

    client = TestClient(Starlette(routes=[Route("/", endpoint)]))
    answer = client.get("/", headers={"Accept": accept})
    assert answer.status_code == 503
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "no-store"
    if media_type.startswith("text/html"):
        assert "Too many ask &lt;b&gt;at once&lt;/b&gt;." in answer.text
    elif media_type.startswith("text/plain"):
        assert answer.text == "Busy: Too many ask <b>at once</b>.\n- home: /\n"
    else:
        assert answer.json() == {
            "title": "Busy",
            "status": 503,
            "detail": "Too many ask <b>at once</b>.",
            "suggestions": [{"name": "home", "href": "/"}],
        }


# --- the explorer --------------------------------------------------------------------------------

_META = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:"
_EXPLORER = f"""<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="{_META};">
<title>Explorer</title></head><body><script>document.title = "on"</script></body></html>"""


def test_the_explorer_is_served_under_its_own_policy_and_linked(
    mini_graph: dk.Graph, serve: Callable[..., TestClient], tmp_path: Path
) -> None:
    path = tmp_path / "explorer.html"
    path.write_text(_EXPLORER, encoding="utf-8")
    client = serve(mini_graph, explorer=path)
    answer = client.get("/explorer/")
    assert answer.text == _EXPLORER
    assert answer.headers["content-security-policy"] == f"{_META}; frame-ancestors 'none'"
    assert answer.headers["etag"]
    for page in ("/", "/doc/mini/event/siege.html", "/id/nothing", "/ontology"):
        links = tree_of(client, page).xpath("//nav//a[text()='Explorer']/@href")
        assert links == ["/explorer"], page


def test_without_an_explorer_nothing_leads_to_it(pages: TestClient) -> None:
    assert pages.get("/explorer").status_code == 404
    for page in ("/", "/id/nothing"):
        assert "Explorer" not in tree_of(pages, page).text_content()


def test_an_explorer_without_a_policy_gets_one_that_asks_nobody(
    mini_graph: dk.Graph, serve: Callable[..., TestClient], tmp_path: Path
) -> None:
    path = tmp_path / "explorer.html"
    path.write_text("<!doctype html><title>x</title>", encoding="utf-8")
    policy = serve(mini_graph, explorer=path).get("/explorer/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy


def test_a_policy_is_read_from_the_page() -> None:
    assert policy_of("<html><head><title>x</title>") is None
    assert policy_of("<meta http-equiv='content-security-policy' content='a  b;'>") == "a b"


# --- the dataset's description --------------------------------------------------------------------


def test_the_description_says_where_everything_is(graph: dk.Graph, pages: TestClient) -> None:
    answer = pages.get("/.well-known/void", headers={"Accept": "*/*"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    triples = {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    dataset = ox.NamedNode(graph.base + "2021-daraa-offensive/dataset")

    def values(predicate: str) -> list[str]:
        return sorted(
            getattr(t.object, "value", "")
            for t in triples
            if t.subject == dataset and t.predicate.value == predicate
        )

    assert values(VOID + "sparqlEndpoint") == ["https://kg.example.org/sparql"]
    assert values(VOID + "uriSpace") == ["https://w3id.org/daraa-kg/id/"]
    assert values(VOID + "triples") == [str(len(graph))]
    assert values(VOID + "exampleResource") == [
        "https://w3id.org/daraa-kg/id/2021-daraa-offensive/event/offensive"
    ]
    subjects = {quad.subject for quad in graph.facts()}
    assert values(VOID + "distinctSubjects") == [str(len(subjects))]
    assert values(VOID + "properties") == [str(len({quad.predicate for quad in graph.facts()}))]
    assert values(DCT + "license") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert len(values(VOID + "dataDump")) == 6
    files = values(DCAT + "distribution")
    assert set(values(VOID + "dataDump")) < set(files)
    for file in files:
        assert file.startswith("https://kg.example.org/download/")


def test_the_description_comes_in_every_format(pages: TestClient) -> None:
    found = set()
    for media_type, rdf_format in (
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ):
        answer = pages.get("/.well-known/void", headers={"Accept": media_type})
        assert answer.headers["content-type"].startswith(media_type)
        assert "Accept" in answer.headers["vary"]
        found.add(frozenset(ox.parse(answer.content, format=rdf_format)))
    assert len(found) == 1
    page = pages.get("/.well-known/void", headers={"Accept": "text/html"})
    assert page.headers["location"] == f"{ARTICLE}/dataset"
    assert pages.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


def test_what_browsers_and_crawlers_ask_for_unasked(pages: TestClient) -> None:
    icon = pages.get("/favicon.ico")
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")
    assert icon.content == pages.get("/static/icon.svg").content
    robots = pages.get("/robots.txt")
    assert robots.headers["content-type"] == "text/plain; charset=utf-8"
    assert robots.text == "User-agent: *\nDisallow: /sparql\n"
