"""The page opens from a file: quietly, whatever graph it has, and in browsers that lack something."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.namespaces import DKG, RDFS, SKOS

from .conftest import SETTLED

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
Write = Callable[[dk.Graph], Path]

HEADER = """\
article:
  title: Clash at Hillford
  url: https://example.org/wiki/Clash_at_Hillford
  license: https://creativecommons.org/licenses/by-sa/4.0/
  attribution: Nobody, "Clash at Hillford"
  about: event/clash
passages:
"""
ONE_EVENT = """\
  - quote: A clash took place.
    states:
      - {id: event/clash, type: Clash, label: Clash at Hillford}
"""


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], dk.Graph]:
    """Give a function that builds a graph from the passages of a short article."""

    def make(passages: str) -> dk.Graph:
        folder = tmp_path / "clash"
        folder.mkdir()
        text = "= Clash at Hillford =\n\nA clash took place.\n"
        (folder / "article.txt").write_text(text, encoding="utf-8")
        (folder / "statements.yaml").write_text(HEADER + passages, encoding="utf-8")
        return dk.build(folder, validate=False)

    return make


# --- opening --------------------------------------------------------------------------------------


def test_it_opens_without_an_error_or_a_request(page: Page) -> None:
    assert page.title() == "2021 Daraa offensive"
    assert page.locator("h1").first.inner_text() == "2021 Daraa offensive"
    # The watch of `open_page` hears what comes late: until nothing has been asked for a while.
    page.wait_for_load_state("networkidle")


def test_it_is_one_file_below_three_megabytes(site: Path) -> None:
    data = (site / "index.html").read_bytes()
    assert 2_000_000 < len(data) < 3_000_000
    text = data.decode()
    assert not re.findall(r"<(?:script|img|iframe)[^>]*\ssrc=|<link[^>]*\shref=", text)


def test_its_policy_allows_what_is_in_it_and_no_more(page: Page) -> None:
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules  # so that of default-src holds
    assert "unsafe-inline" not in rules["script-src"]
    assert "unsafe-eval" not in rules["script-src"].replace("wasm-unsafe-eval", "")
    hosts = re.findall(r"https?://[^\s;]+", policy)
    assert hosts == ["https://tile.openstreetmap.org"]


def test_a_script_that_gets_into_the_page_does_not_run(open_page: OpenPage) -> None:
    before = "addEventListener('securitypolicyviolation', () => window.stopped = 1)"
    page = open_page(before=before, watched=False)
    done = page.evaluate("""() => new Promise(resolve => {
        const before = window.ran;
        const button = document.createElement('button');
        button.setAttribute('onclick', 'window.ran = 1');
        document.body.append(button);
        button.click();
        setTimeout(() => resolve([before, window.ran, window.stopped]), 50);
    })""")
    assert done == [None, None, 1]


def test_the_downloads_stand_beside_it(page: Page, site: Path) -> None:
    names = sorted(path.name for path in site.iterdir())
    assert {Path(name).suffix for name in names} == {
        *(".html", ".ttl", ".trig", ".jsonld", ".csv", ".geojson", ".graphml", ".gexf")
    }
    links = page.locator("a[href$='.ttl']")
    assert links.count() > 0
    assert links.first.get_attribute("href") == "2021-daraa-offensive.ttl"


# --- graphs that lack something -------------------------------------------------------------------

VIEWS = ("timeline", "map", "network", "article", "sparql", "analysis")
SIZES = ((1440, 900), (390, 844))
# Of several families, with casualties, a claim, an agreement, and one without a day.
EVENTS = (
    "event/offensive",
    "event/al-shabrouq-ied",
    "event/truce-of-1-september",
    "event/ceasefire-of-30-july",
    "event/claim-of-syrian-army-sources",
    "event/rejection-of-the-russian-demand",
    "event/transfer-to-idlib",
    "event/uprising",
    "event/attack-on-a-vehicle-on-the-nahtah-road",
)


def look_around(open_page: OpenPage, folder: Path) -> None:
    """Open every view at desk and phone size; `open_page` hears of errors."""
    for width, height in SIZES:
        page = open_page(folder=folder, width=width, height=height)
        expect(page.locator("h1").first).to_be_visible()
        for view in VIEWS:
            page.evaluate("view => { location.hash = `focus=${view}` }", view)
            expect(page.locator(f"#view-{view}")).to_be_visible()
            if view == "sparql":
                expect(page.locator(".sparql-answer")).to_have_attribute("aria-busy", "false")
            page.evaluate(SETTLED)


def test_a_graph_of_one_event_without_a_day_or_a_place(
    open_page: OpenPage, write: Write, make: Callable[[str], dk.Graph]
) -> None:
    look_around(open_page, write(make(ONE_EVENT)))


def test_a_graph_without_an_event(open_page: OpenPage, write: Write, mini_graph: dk.Graph) -> None:
    """The vocabulary and the account of the text alone: no fact, and so no thing."""
    store = ox.Store()
    store.extend(quad for quad in mini_graph.quads() if "/id/graph/" in str(quad.graph_name))
    empty = dk.Graph(store, slug=mini_graph.slug, article=mini_graph.article)
    assert len(empty) == 0
    look_around(open_page, write(empty))


def test_another_article(open_page: OpenPage, write: Write) -> None:
    """Its places have one point among them, its sides share a label, its dates are of one month."""
    graph = dk.build(Path(__file__).parents[1] / "fixtures" / "hillford", validate=False)
    folder = write(graph)
    look_around(open_page, folder)
    page = open_page(folder=folder)
    assert page.title() == "Clashes at Hillford"


def test_a_graph_without_coordinates(
    open_page: OpenPage, write: Write, mini_graph: dk.Graph
) -> None:
    look_around(open_page, write(mini_graph))


# --- hostile labels -------------------------------------------------------------------------------

HOSTILE = (
    "<script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    "</script><script>window.harmed = 1</script><!-- <script>",
    '"><svg onload=window.harmed=1>',
    "javascript:window.harmed=1",
    "\u202eأحداث درعا\u2028 \u202e \u2067 right to left",
    "x" * 300,
    "'; DROP GRAPH <x>; --",
    "&lt;b&gt; &amp; %3Cscript%3E ${1} {{1}}",
)


REPLACED = frozenset({RDFS + "label", DKG + "wording", SKOS + "altLabel", DKG + "because"})


def hostile(graph: dk.Graph, labels: tuple[str, ...]) -> dk.Graph:
    """Give a graph in which every label and every wording is one of some hostile texts."""
    store = ox.Store()
    texts = itertools.cycle(labels)
    ours: dict[str, str] = {}
    for quad in graph.quads():
        value = quad.object
        if quad.predicate.value in REPLACED and isinstance(value, ox.Literal):
            text = ours.setdefault(f"{quad.subject} {quad.predicate}", "")
            if not text:
                text = ours[f"{quad.subject} {quad.predicate}"] = next(texts)
            value = (
                ox.Literal(text, language=value.language) if value.language else ox.Literal(text)
            )
        store.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    return dk.Graph(store, base=graph.base, slug=graph.slug, article=graph.article)


def test_hostile_labels_are_only_labels(open_page: OpenPage, write: Write, graph: dk.Graph) -> None:
    folder = write(hostile(graph, HOSTILE))
    for width, height in SIZES:
        page = open_page(folder=folder, width=width, height=height)
        for number, view in itertools.product(range(len(HOSTILE)), VIEWS):
            page.evaluate("at => { location.hash = at }", f"selected={EVENTS[number]}&focus={view}")
            expect(page.locator(f"#view-{view}")).to_be_visible()
            page.evaluate(SETTLED)
            assert page.evaluate("window.harmed") is None
            # 300 letters without a space do not push the page wider than its window either.
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
        assert page.locator("#page script, #page img[src='x'], #page svg[onload]").count() == 0
        assert page.locator("#page a[href^='javascript']").count() == 0


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_only_a_title(
    open_page: OpenPage, write: Write, tmp_path: Path, title: str
) -> None:
    title = " ".join(title.split())  # no title of an article has a line in it
    folder = tmp_path / "clash"
    folder.mkdir()
    text = f"= {title} =\n\n== {title} ==\nA clash took place.\n"
    (folder / "article.txt").write_text(text, encoding="utf-8")
    header = HEADER.replace("title: Clash at Hillford", f"title: {json.dumps(title)}")
    (folder / "statements.yaml").write_text(header + ONE_EVENT, encoding="utf-8")
    site = write(dk.build(folder, validate=False))
    page = open_page(folder=site, hash="focus=article")
    assert page.title().split() == title.split()
    assert page.evaluate("window.harmed") is None
    page = open_page(folder=site, java_script_enabled=False, drawn=False)
    assert page.locator("#daraa-kg-plain h1").inner_text().split() == title.split()
    assert page.locator("#daraa-kg-plain :not(h1, h2, h3, p, b, small)").count() == 0


# --- browsers that lack something -----------------------------------------------------------------

SENTENCE = "The clashes were the fiercest Daraa had witnessed since the Syrian Army 2018 offensive."


def test_without_webassembly_all_but_the_questions_work(open_page: OpenPage) -> None:
    page = open_page(before="delete globalThis.WebAssembly", hash="focus=sparql")
    page.get_by_text("This browser has no WebAssembly").first.wait_for()
    page.evaluate("location.hash = 'focus=article'")
    expect(page.get_by_text(SENTENCE).first).to_be_visible()


def test_without_decompression_there_is_a_message_and_the_article(open_page: OpenPage) -> None:
    page = open_page(before="delete globalThis.DecompressionStream", drawn=False)
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "DecompressionStream" in alert.inner_text()
    expect(page.get_by_text(SENTENCE).first).to_be_visible()


def test_without_scripts_there_is_the_article(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False, drawn=False)
    expect(page.get_by_text(SENTENCE).first).to_be_visible()


def test_a_page_that_was_not_filled_says_so(
    open_page: OpenPage, built_page: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(built_page, encoding="utf-8")
    page = open_page(folder=tmp_path, drawn=False)
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "daraa-kg site" in alert.inner_text()


def test_it_opens_from_a_folder_with_a_strange_name(
    open_page: OpenPage, site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a b#c%20d é"
    shutil.copytree(site, folder)
    assert open_page(folder=folder).title() == "2021 Daraa offensive"
