"""The page's own SPARQL: the same rows as the command line, faults at their line, a stop that stops."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from daraa_kg.queries.catalogue import load_catalogue

from .conftest import PATIENCE

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    import daraa_kg as dk

OpenPage = Callable[..., "Page"]


# The files that the page makes, kept before the browser has to save them: of ten downloads within a second
# Chromium drops the eleventh without a word, and a quick machine asks quicker than that.
KEPT = """(() => {
  globalThis.kept = [];
  const make = URL.createObjectURL;
  URL.createObjectURL = file => { globalThis.kept.push(file); return make.call(URL, file); };
})()"""


@pytest.fixture(scope="module")
def names() -> list[str]:
    found = list(load_catalogue())
    assert len(found) > 60
    return found


@pytest.fixture
def asking(open_page: OpenPage) -> Page:
    """Give the page with its first question answered."""
    return answered(open_page(hash="focus=sparql"))


def answered(page: Page) -> Page:
    """Wait until the page has answered; a fault is no answer."""
    expect(page.locator(".sparql-answer")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".sparql-status")).not_to_have_class(re.compile("sparql-fault"))
    return page


def ask(page: Page, query: str) -> Locator:
    """Ask a question of one's own; give the line that says what came of it."""
    page.locator(".cm-content").fill(query)
    page.get_by_role("button", name="▶ Run").click()
    expect(page.locator(".sparql-answer")).to_have_attribute("aria-busy", "false")
    return page.locator(".sparql-status")


def saved(page: Page, kind: str) -> str:
    """Give the text of the file that the page makes when its button is pressed; needs `KEPT`."""
    before = page.evaluate("kept.length")
    # Without the mouse: what is pressed is the answer's own button, wherever the table moves it.
    page.get_by_role("button", name=f"Save as {kind}").dispatch_event("click")
    made = page.evaluate(
        "async from => Promise.all(kept.slice(from).map(file => file.text()))", before
    )
    assert len(made) == 1
    return str(made[0])


def rows(text: str | bytes) -> list[str]:
    """Give the rows of SPARQL results in JSON, each as one text, in order."""
    table = json.loads(text)
    return [
        json.dumps({name: row[name]["value"] for name in sorted(row)}, ensure_ascii=False)
        for row in table["results"]["bindings"]
    ]


def test_every_shipped_question_has_the_rows_of_the_command_line(
    open_page: OpenPage, graph: dk.Graph, names: list[str]
) -> None:
    page = answered(open_page(hash="focus=sparql", before=KEPT, accept_downloads=False))
    wrong = []
    for name in names:
        question = page.locator(f'[data-question="{name}"]')
        question.dispatch_event("click")
        expect(question).to_have_attribute("aria-current", "true")
        answered(page)
        answer = graph.query(name)
        if answer.form == "SELECT":
            same = Counter(rows(saved(page, "JSON"))) == Counter(rows(answer.serialize("json")))
        elif answer.form == "ASK":
            same = page.locator(".sparql-boolean").inner_text() == ("Yes" if answer else "No")
        else:
            made = Graph().parse(data=page.locator(".sparql-graph").inner_text(), format="turtle")
            same = isomorphic(made, Graph().parse(data=answer.serialize("ttl"), format="turtle"))
        if not same:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
def test_an_answer_is_saved_as_the_command_line_writes_it(
    open_page: OpenPage, graph: dk.Graph, kind: str
) -> None:
    # A question with lists, whose values have no order of their own.
    page = answered(open_page(hash="focus=sparql&question=agreements"))
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name=f"Save as {kind}").click()
    assert waiting.value.suggested_filename == f"agreements.{kind.lower()}"
    here = waiting.value.path().read_text(encoding="utf-8")
    there = graph.query("agreements").serialize(kind.lower()).decode()
    split = str.splitlines if kind == "CSV" else rows
    assert len(split(here)) > 6
    assert sorted(split(here)) == sorted(split(there))


def test_a_parameter_changes_the_rows(open_page: OpenPage, graph: dk.Graph) -> None:
    page = answered(open_page(hash="focus=sparql&question=events-between"))
    status = page.locator(".sparql-status")
    few, all_ = (
        len(graph.query("events-between", **given)) for given in ({"last": "2021-08-03"}, {})
    )
    assert few != all_
    expect(status).to_have_text(re.compile(f"^{all_} rows"))
    page.get_by_label("the last day").fill("2021-08-03")
    page.get_by_label("the last day").press("Enter")
    expect(status).to_have_text(re.compile(f"^{few} rows"))


def test_a_fault_is_shown_at_its_line(asking: Page) -> None:
    status = ask(asking, "SELECT * {\n  ?event dkg:kind ?kind\n  ?event rdfs:label ?label\n}")
    expect(status).to_have_text(re.compile(r"^Line 3, column \d+: expected"))
    marked = asking.locator(".cm-line").nth(2).locator(".cm-lintRange-error, .cm-lintPoint-error")
    expect(marked).not_to_have_count(0)


def test_stop_stops_and_the_next_question_is_answered(asking: Page) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    asking.locator(".cm-content").fill(endless)
    asking.get_by_role("button", name="▶ Run").click()
    asking.get_by_role("button", name="■ Stop").click()
    expect(asking.locator(".sparql-status")).to_have_text("Stopped.")
    ask(asking, "ASK { <event/al-shabrouq-ied> a dkg:Bombing }")
    expect(asking.locator(".sparql-boolean")).to_have_text("Yes")


def test_an_empty_result_says_so(asking: Page) -> None:
    status = ask(asking, "SELECT ?x { ?x a <http://example.org/none> }")
    expect(status).to_have_text(re.compile("^No row: nothing in the graph"))


def test_evidence_stands_in_named_graphs(asking: Page) -> None:
    ask(asking, "SELECT ?why { GRAPH ?why { <event/al-shabrouq-ied> dkg:weapon ?weapon } }")
    asking.locator(".sparql-table .footnote").click()
    expect(asking.locator(".card .quote").first).to_have_text(re.compile("^On 19 August, an IED"))


def test_a_graph_is_given_as_turtle(asking: Page) -> None:
    ask(asking, "CONSTRUCT { ?s a dkg:Bombing } WHERE { ?s a dkg:Bombing }")
    expect(asking.locator(".sparql-graph")).to_have_text(re.compile("Bombing.*Bombing", re.DOTALL))


def test_a_table_with_numbers_is_drawn(open_page: OpenPage, graph: dk.Graph) -> None:
    page = answered(open_page(hash="focus=sparql&question=events-by-kind"))
    page.get_by_role("button", name="Chart").click()
    expect(page.locator(".chart rect").nth(len(graph.query("events-by-kind")) - 1)).to_be_visible()


def test_without_webassembly_only_this_view_is_missing(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql", before="delete globalThis.WebAssembly")
    expect(page.locator(".sparql-fault")).to_contain_text("no WebAssembly")
    page.get_by_role("button", name="Timeline", exact=True).click()
    expect(page.locator("#view-timeline .timeline-event.mark-on")).to_have_count(70)


def test_a_sum_that_the_engine_misreads_is_told(asking: Page) -> None:
    ask(asking, "SELECT (10 - 3 + 2 AS ?sum) {}")
    expect(asking.locator(".sparql-warning")).to_be_visible()
    ask(asking, "SELECT ((10 - 3) + 2 AS ?sum) {}")
    expect(asking.locator(".sparql-warning")).to_be_hidden()
    expect(asking.locator(".sparql-table td")).to_have_text("9")
