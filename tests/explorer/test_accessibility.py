"""axe-core finds nothing in any view, light or dark, at a desk, on a tablet, on a phone, selected or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .conftest import EXPLORER, SETTLED, missing

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]

SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
VIEWS = ("", "timeline", "map", "network", "article", "sparql", "analysis")
SELECTED = "selected=event/al-shabrouq-ied"
# Where a mark stands is what a timeline, a map and a network say: their marks may lie closer than 24
# pixels (WCAG 2.5.8, essential), and each event is also reached by the search and the card's steps.
DRAWN_MARKS = ("timeline-event", "map-place", "network-node")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: tags}).then(({violations}) => violations.map(one =>
  [one.id, one.help, one.nodes.map(node => `${node.html.slice(0, 200)} ${node.failureSummary}`)]))"""


@pytest.fixture(scope="module")
def axe() -> str:
    path: Path = EXPLORER / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        missing("needs axe-core: npm ci in explorer/")
    return path.read_text(encoding="utf-8")


def assert_nothing_found(page: Page, axe: str) -> None:
    page.evaluate(SETTLED)
    page.evaluate(axe)
    found = page.evaluate(RUN, RULES)
    wrong = [
        (rule, words, nodes)
        for rule, words, nodes in found
        if rule != "target-size"
        or any(not any(f'class="{m}' in n for m in DRAWN_MARKS) for n in nodes)
    ]
    assert wrong == []


@pytest.mark.parametrize("selected", [False, True], ids=["no-selection", "selection"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view or "overview")
def test_axe_finds_nothing(
    open_page: OpenPage, axe: str, view: str, scheme: str, size: str, selected: bool
) -> None:
    parts = [f"focus={view}" if view else "", SELECTED if selected else ""]
    width, height = SIZES[size]
    page = open_page(hash="&".join(filter(None, parts)), width=width, height=height, scheme=scheme)
    if view == "sparql":
        expect(page.locator(".sparql-table")).to_be_attached()
    assert_nothing_found(page, axe)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_rows_are_cut_off(
    open_page: OpenPage, axe: str, scheme: str
) -> None:
    page = open_page(width=1024, height=600, scheme=scheme)
    expect(page.locator(".timeline-more")).to_be_visible()
    assert_nothing_found(page, axe)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_day_is_played_and_filters_are_open(
    open_page: OpenPage, axe: str, scheme: str
) -> None:
    page = open_page(hash="day=2021-08-19&kinds=Bombing", width=1024, height=768, scheme=scheme)
    page.locator(".more > summary").click()
    expect(page.locator(".more-body select").first).to_be_visible()
    assert_nothing_found(page, axe)
