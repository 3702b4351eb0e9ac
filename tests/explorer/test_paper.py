"""The page on paper: the views as they stand, in light colours, whole, and nothing that can only be pressed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .conftest import SETTLED

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]

IED = "event/al-shabrouq-ied"
PRESSED = "button.tab, .search, .top-tools, .panel-tools, .map-controls, .timeline-more, .card-bar"
# Pixels of A4's width at 96 to the inch, without margins of 10 mm.
A4 = 718


def print_page(page: Page) -> None:
    """Do what a browser does before it prints, as wide as paper is."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.set_viewport_size({"width": A4, "height": 1000})
    page.evaluate(SETTLED)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_the_views_and_no_buttons(open_page: OpenPage, scheme: str) -> None:
    page = open_page(hash=f"selected={IED}", scheme=scheme)
    print_page(page)
    for view in ("timeline", "map", "network", "article"):
        expect(page.locator(f"#view-{view}")).to_be_visible()
    expect(page.locator(".card h3")).to_be_visible()
    expect(page.locator(PRESSED).locator("visible=true")).to_have_count(0)
    # Dark pages are printed in light colours.
    expect(page.locator(".panel").first).to_have_css("background-color", "rgb(255, 255, 255)")
    ink = page.locator(".article-text p").first.evaluate("one => getComputedStyle(one).color")
    assert sum(int(part) for part in ink.strip("rgb()").split(",")) < 150


@pytest.mark.parametrize("height", [900, 600])
def test_nothing_is_cut_off_on_paper(open_page: OpenPage, height: int) -> None:
    page = open_page(hash=f"selected={IED}", width=1024, height=height)
    print_page(page)
    for part in page.locator(".panel:visible .panel-body, .timeline-scroll, .card-scroll").all():
        expect(part).to_have_css("overflow-y", "visible")
    # What does not fit on a sheet goes on the next: the views stand below one another.
    tops = page.locator(".panel:visible").evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom])"
    )
    assert all(above[1] <= below[0] for above, below in itertools.pairwise(tops))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The timeline has all its rows, and is as wide as the paper.
    marks = page.locator(".timeline-marks").bounding_box()
    panel = page.locator("#view-timeline").bounding_box()
    assert marks is not None
    assert panel is not None
    assert marks["x"] + marks["width"] <= panel["x"] + panel["width"] + 1
    last = page.locator(".timeline-label", has_text="Civil life").bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= panel["y"] + panel["height"]


def test_what_is_folded_is_printed_and_folded_again(open_page: OpenPage) -> None:
    page = open_page(hash="focus=article")
    field = page.locator(".evidence", has_text="26 killed, 40 captured")
    expect(field).to_be_hidden()
    print_page(page)
    expect(field).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(field).to_be_hidden()


@pytest.mark.parametrize("view", ["timeline", "map", "network", "sparql", "analysis"])
def test_a_view_that_fills_the_page_is_printed_alone(open_page: OpenPage, view: str) -> None:
    page = open_page(hash=f"focus={view}")
    if view == "sparql":
        expect(page.locator(".sparql-table")).to_be_visible()
    print_page(page)
    expect(page.locator(".panel:visible")).to_have_count(1)
    expect(page.locator(f"#view-{view}")).to_be_visible()


def test_an_answer_is_printed_whole(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql&question=events")
    rows = page.locator(".sparql-table tbody tr")
    expect(rows.nth(69)).to_be_attached()
    print_page(page)
    panel, last = page.locator("#view-sparql").bounding_box(), rows.last.bounding_box()
    assert panel is not None
    assert last is not None
    assert last["y"] + last["height"] <= panel["y"] + panel["height"] + 1
    expect(page.locator(".sparql-list, .sparql-bar").locator("visible=true")).to_have_count(0)


def test_the_page_becomes_a_document(open_page: OpenPage) -> None:
    """The browser's own printer makes some sheets of it, not one, and not a hundred."""
    page = open_page(hash=f"selected={IED}")
    made = page.pdf(format="A4")
    assert made.startswith(b"%PDF")
    assert 3 <= made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") <= 20
