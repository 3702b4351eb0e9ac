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

from daraa_kg.catalogue import load_catalogue

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    import daraa_kg as dk


OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="module")
def names() -> list[str]:
    found = list(load_catalogue())
    assert len(found) > 60
    return found


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
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    wrong = []
    for name in names:
        page.locator(f'[data-question="{name}"]').click()
        page.wait_for_selector(f'[data-question="{name}"][aria-current="true"]')
        expect(page.locator(".sparql-answer")).to_have_attribute("aria-busy", "false")
        answer = graph.query(name)
        if answer.form == "SELECT":
            with page.expect_download() as waiting:
                page.get_by_role("button", name="Save as JSON").click()
            here = rows(waiting.value.path().read_text(encoding="utf-8"))
            same = Counter(here) == Counter(rows(answer.serialize("json")))
        elif answer.form == "ASK":
            same = page.locator(".sparql-boolean").inner_text() == ("Yes" if answer else "No")
        else:
            made = Graph().parse(data=page.locator(".sparql-graph").inner_text(), format="turtle")
            same = isomorphic(made, Graph().parse(data=answer.serialize("ttl"), format="turtle"))
        if not same:
            wrong.append(name)
    assert wrong == []


def test_a_parameter_changes_the_rows(open_page: OpenPage, graph: dk.Graph) -> None:
    page = open_page(hash="focus=sparql&question=events-between")
    page.wait_for_selector(".sparql-table")
    before = page.locator(".sparql-status").inner_text()
    page.get_by_label("the last day").fill("2021-08-03")
    page.get_by_label("the last day").press("Enter")
    there = graph.query("events-between", last="2021-08-03")
    expect(page.locator(".sparql-status")).to_have_text(re.compile(f"^{len(there)} rows"))
    assert not before.startswith(f"{len(there)} row")


def write(page: Page, query: str) -> None:
    page.locator(".cm-content").fill(query)
    page.locator(".button-main").click()
    expect(page.locator(".sparql-answer")).to_have_attribute("aria-busy", "false")


def test_a_fault_is_shown_at_its_line(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    write(page, "SELECT * {\n  ?event dkg:kind ?kind\n  ?event rdfs:label ?label\n}")
    assert re.match(r"Line 3, column \d+: expected", page.locator(".sparql-status").inner_text())
    assert (
        page.locator(".cm-line").nth(2).locator(".cm-lintRange-error, .cm-lintPoint-error").count()
    )


def test_stop_stops_and_the_next_question_is_answered(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    page.locator(".cm-content").fill(endless)
    page.locator(".button-main").click()
    page.get_by_role("button", name="■ Stop").click()
    assert page.locator(".sparql-status").inner_text() == "Stopped."
    write(page, "ASK { <event/al-shabrouq-ied> a dkg:Bombing }")
    assert page.locator(".sparql-boolean").inner_text() == "Yes"


def test_an_empty_result_says_so(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    write(page, "SELECT ?x { ?x a <http://example.org/none> }")
    assert page.locator(".sparql-status").inner_text().startswith("No row: nothing in the graph")


def test_evidence_stands_in_named_graphs(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    write(page, "SELECT ?why { GRAPH ?why { <event/al-shabrouq-ied> dkg:weapon ?weapon } }")
    page.locator(".sparql-table .footnote").click()
    assert page.locator(".card .quote").first.inner_text().startswith("On 19 August, an IED")


def test_a_graph_is_given_as_turtle(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    write(page, "CONSTRUCT { ?s a dkg:Bombing } WHERE { ?s a dkg:Bombing }")
    assert page.locator(".sparql-graph").inner_text().count("Bombing") >= 2


def test_a_table_with_numbers_is_drawn_and_saved(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql&question=events-by-kind")
    page.wait_for_selector(".sparql-table")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as CSV").click()
    assert waiting.value.suggested_filename == "events-by-kind.csv"
    lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("kind,")
    page.get_by_role("button", name="Chart").click()
    assert page.locator(".chart rect").count() >= len(lines) - 1


def test_without_webassembly_only_this_view_is_missing(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql", before="delete globalThis.WebAssembly")
    page.wait_for_selector(".sparql-fault")
    assert "no WebAssembly" in page.locator(".sparql-status").inner_text()
    page.get_by_role("button", name="Timeline", exact=True).click()
    assert page.locator("#view-timeline .timeline-event.mark-on").count() == 70


def test_a_sum_that_the_engine_misreads_is_told(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    write(page, "SELECT (10 - 3 + 2 AS ?sum) {}")
    assert page.locator(".sparql-warning").is_visible()
    write(page, "SELECT ((10 - 3) + 2 AS ?sum) {}")
    assert page.locator(".sparql-warning").is_hidden()
    assert page.locator(".sparql-table td").inner_text() == "9"


def test_the_saved_csv_is_that_of_the_command_line(open_page: OpenPage, graph: dk.Graph) -> None:
    # A question with lists, whose values have no order of their own.
    page = open_page(hash="focus=sparql&question=agreements")
    page.wait_for_selector(".sparql-table")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as CSV").click()
    here = waiting.value.path().read_text(encoding="utf-8").splitlines()
    there = graph.query("agreements").serialize("csv").decode().splitlines()
    assert len(here) > 7
    assert sorted(here) == sorted(there)
