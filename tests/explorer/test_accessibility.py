"""axe-core finds nothing in any view, light or dark, at a desk or on a phone, with a selection or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

from .conftest import EXPLORER, missing

OpenPage = Callable[..., "Page"]

DESK, PHONE = (1440, 900), (390, 844)
VIEWS = ("", "timeline", "map", "network", "article", "sparql", "analysis")
SELECTED = "selected=event/al-shabrouq-ied"
# Where a mark stands is what a timeline, a map and a network say: their marks may lie closer than 24
# pixels (WCAG 2.5.8, essential), and each event is also reached by the search and the card's steps.
DRAWN_MARKS = ("timeline-event", "map-place", "network-node")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    path: Path = EXPLORER / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        missing("needs axe-core: npm ci in explorer/")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("selected", [False, True], ids=["no-selection", "selection"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view or "overview")
def test_axe_finds_nothing(
    open_page: OpenPage, axe: str, view: str, scheme: str, size: tuple[int, int], selected: bool
) -> None:
    parts = [f"focus={view}" if view else "", SELECTED if selected else ""]
    page = open_page(
        hash="&".join(filter(None, parts)), width=size[0], height=size[1], scheme=scheme
    )
    if view == "sparql":
        page.wait_for_selector(".sparql-table")
    page.evaluate(axe)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(r => r.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html.slice(0, 200) + ' ' + n.failureSummary)]))",
        RULES,
    )
    wrong = [
        (rule, words, nodes)
        for rule, words, nodes in found
        if rule != "target-size"
        or any(not any(f'class="{m}' in n for m in DRAWN_MARKS) for n in nodes)
    ]
    assert wrong == []
