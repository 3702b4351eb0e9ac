"""What stands where: nothing is cut off without a sign, at a desk, on a tablet and on a phone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .conftest import SETTLED

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator, Page

OpenPage = Callable[..., "Page"]

IED = "event/al-shabrouq-ied"
PHONE = {"width": 390, "height": 844}


def box(one: Locator) -> FloatRect:
    found = one.bounding_box()
    assert found is not None
    return found


def bottom(one: Locator) -> float:
    found = box(one)
    return found["y"] + found["height"]


# --- the overview ---------------------------------------------------------------------------------


@pytest.mark.parametrize("selected", ["", f"selected={IED}"], ids=["no-selection", "selection"])
@pytest.mark.parametrize("rows", ["kinds", "sides"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)], ids=["desk", "tablet"])
def test_all_rows_of_the_timeline_are_seen_in_the_overview(
    open_page: OpenPage, size: tuple[int, int], rows: str, selected: str
) -> None:
    page = open_page(
        hash="&".join(filter(None, [f"rows={rows}", selected])), width=size[0], height=size[1]
    )
    page.evaluate(SETTLED)
    scroll = page.locator(".timeline-scroll")
    lowest = max(bottom(mark) for mark in page.locator(".timeline-event .timeline-symbol").all())
    assert lowest <= bottom(scroll)
    assert scroll.evaluate("one => one.scrollHeight <= one.clientHeight")
    expect(page.locator(".timeline-more")).to_be_hidden()
    # The rows have not taken it all: map, network and the open card keep their room.
    for view in ("#view-map", "#view-network", *([".card-pane"] if selected else [])):
        assert box(page.locator(view))["height"] > 200
        assert bottom(page.locator(view)) <= size[1]


def hidden_rows(page: Page) -> int:
    """Count the rows whose last mark is below what is seen, by the names of the rows."""
    edge = bottom(page.locator(".timeline-scroll"))
    ends = [bottom(line) for line in page.locator(".timeline-row").all()]
    return sum(end > edge + 8 for end in ends)


def test_rows_that_are_cut_off_are_counted_and_one_press_away(open_page: OpenPage) -> None:
    page = open_page(width=1024, height=600)
    more, scroll = page.locator(".timeline-more"), page.locator(".timeline-scroll")
    expect(more).to_have_text(re.compile(r"^▾ \d+ more rows?$"))
    assert re.findall(r"\d+", more.inner_text()) == [str(hidden_rows(page))]
    civil = page.locator(".timeline-label", has_text="Civil life")
    expect(civil).not_to_be_in_viewport()
    while "more" in more.inner_text():
        more.press("Enter")
        page.evaluate(SETTLED)
    assert hidden_rows(page) == 0
    expect(civil).to_be_in_viewport()
    # Who pressed it by key is still there, and has the way back.
    expect(more).to_be_focused()
    expect(more).to_have_text(re.compile("^▴ "))
    more.press("Enter")
    expect(more).to_have_text(re.compile(r"^▾ \d+ more"))
    assert scroll.evaluate("one => one.scrollTop") == 0


def test_the_sign_hides_no_mark(open_page: OpenPage) -> None:
    page = open_page(width=1024, height=600)
    assert box(page.locator(".timeline-more"))["y"] >= bottom(page.locator(".timeline-scroll"))


def test_a_mark_below_the_edge_comes_into_sight_with_the_focus(open_page: OpenPage) -> None:
    page = open_page(width=1024, height=600)
    last = page.locator('.timeline-event[data-thing="event/protests-in-idlib-and-al-bab"]')
    last.focus()
    page.evaluate(SETTLED)
    assert bottom(last.locator(".timeline-symbol")) <= bottom(page.locator(".timeline-scroll"))


@pytest.mark.parametrize("width", [981, 1024, 1280, 1281, 1440])
def test_the_header_is_one_line_at_a_desk_and_on_a_tablet(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, height=768)
    parts = page.locator(".brand, .search, .tabs, .top-tools").all()
    tops = [box(part)["y"] for part in parts]
    assert max(tops) < min(bottom(part) for part in parts)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Nothing lies on anything else.
    edges = sorted((box(part)["x"], box(part)["x"] + box(part)["width"]) for part in parts)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(edges))


# --- phones ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["timeline", "map", "network", "article", "sparql", "analysis"])
def test_a_phone_shows_one_view_no_wider_than_itself(open_page: OpenPage, view: str) -> None:
    page = open_page(hash=f"focus={view}", **PHONE)
    expect(page.locator(".panel:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert box(page.locator(".tab[aria-current='true']"))["y"] > 780  # at the thumb


def test_a_phone_has_all_rows_of_the_timeline_and_its_controls_in_one_line(
    open_page: OpenPage,
) -> None:
    page = open_page(**PHONE)
    page.evaluate(SETTLED)
    marks = page.locator(".timeline-event .timeline-symbol").all()
    assert max(map(bottom, marks)) <= bottom(page.locator(".timeline-scroll"))
    expect(page.locator(".timeline-more")).to_be_hidden()
    assert box(page.locator("#view-timeline .panel-head"))["height"] < 50
    # Its name is the tab's; who reads by ear, or follows the way to the views, has it still.
    expect(page.get_by_role("heading", name="Timeline")).to_have_count(1)


def answered(page: Page) -> None:
    expect(page.locator(".sparql-answer")).to_have_attribute("aria-busy", "false")


def test_the_questions_are_folded_on_a_phone_only(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql", **PHONE)
    answered(page)
    folder, first = page.locator(".sparql-folder summary"), page.locator(".sparql-question").first
    expect(folder).to_have_text(re.compile(r"^\d+ questions$"))
    expect(first).to_be_hidden()
    # The answer of the first question is seen without scrolling.
    expect(page.locator(".sparql-status")).to_be_in_viewport()
    expect(page.locator(".sparql-table tbody tr").first).to_be_in_viewport()
    folder.press("Enter")
    expect(first).to_be_visible()
    # Turned to a desk's width, the list stands open, and has nothing to fold it.
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(first).to_be_visible()
    expect(folder).to_be_hidden()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_chosen_question_brings_its_answer_into_sight(open_page: OpenPage, motion: str) -> None:
    page = open_page(hash="focus=sparql", reduced_motion=motion, **PHONE)
    answered(page)
    page.locator(".sparql-folder summary").click()
    page.locator('[data-question="agreements"]').click()
    expect(page.locator('[data-question="agreements"]')).to_be_hidden()
    answered(page)
    expect(page.locator(".sparql-status")).to_be_in_viewport()
    expect(page.locator(".sparql-table tbody tr").nth(2)).to_be_in_viewport()
    # The list is folded away: who reads by ear is at the answer, and goes back from there.
    expect(page.locator(".sparql-answer")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Save as JSON")).to_be_focused()


def test_what_a_phone_runs_is_brought_into_sight(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql", reduced_motion="reduce", **PHONE)
    answered(page)
    # A long question, below which an answer would not be seen.
    lines = "\n".join(["SELECT ?kind {", *["# a line more"] * 40, "[] dkg:kind ?kind }"])
    page.locator(".cm-content").fill(lines)
    page.get_by_role("button", name="▶ Run").click()
    answered(page)
    expect(page.locator(".sparql-table tbody tr").nth(2)).to_be_in_viewport()
    # What is wrong is shown as well, with the line that it is about.
    page.locator(".cm-content").fill("SELECT * {\n  ?event dkg:kind\n}")
    page.get_by_role("button", name="▶ Run").click()
    answered(page)
    expect(page.locator(".sparql-fault")).to_be_in_viewport()
    expect(page.locator(".cm-lintRange-error, .cm-lintPoint-error").first).to_be_in_viewport()


def test_the_answer_moves_only_for_who_asked(open_page: OpenPage) -> None:
    """A link opens a question at its words; a change of a parameter leaves the reader in its field."""
    page = open_page(hash="focus=sparql&question=events-between", reduced_motion="reduce", **PHONE)
    answered(page)
    field = page.get_by_label("the last day")
    expect(field).to_be_in_viewport()
    field.fill("2021-08-03")
    field.press("Enter")
    answered(page)
    expect(field).to_be_in_viewport()


def test_nothing_moves_for_who_wants_no_motion(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql", reduced_motion="reduce", **PHONE)
    answered(page)
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(one => {
          const style = getComputedStyle(one);
          return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'
            || style.scrollBehavior === 'smooth';
        }).length"""
    )
    assert moving == 0
