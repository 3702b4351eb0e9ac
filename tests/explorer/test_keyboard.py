"""The page without a mouse: search, views, marks, cards and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
FOCUS = "document.activeElement.closest('section, aside, .top, .filters, .skip')?.id || document.activeElement.closest('section, aside, .top, .filters, .skip')?.className"


def test_a_walk_by_tab_comes_to_every_part_and_never_stays(page: Page) -> None:
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUS))
    parts = list(dict.fromkeys(filter(None, seen)))
    for part in ("top", "filters", "view-timeline", "view-map", "view-network", "view-article"):
        assert any(part in found for found in parts), (part, parts)
    # Seventy events are one stop of the tab key.
    assert page.locator('#view-timeline .timeline-marks [tabindex="0"]').count() == 1


def test_slash_searches_arrows_choose_enter_opens_escape_closes(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("112th")
    page.keyboard.press("ArrowDown")
    # An event or two and the brigade itself have the word in their names.
    chosen = page.locator('[role="option"][aria-selected="true"] span').first.inner_text()
    page.keyboard.press("Enter")
    assert page.locator(".card h3").inner_text() == chosen
    page.locator("#search").blur()
    page.keyboard.press("Escape")
    assert page.locator(".card-pane").is_hidden()


def test_arrows_go_from_mark_to_mark_and_enter_opens_a_card(page: Page) -> None:
    marks = page.locator('#view-timeline .timeline-marks [tabindex="0"]')
    marks.focus()
    first = page.evaluate("document.activeElement.dataset.thing")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.thing")
    assert first != second
    page.keyboard.press("Enter")
    assert page.url.endswith(f"selected={second}")
    assert page.evaluate("document.activeElement.dataset.thing") == second


def test_the_sentences_are_read_by_arrow(page: Page) -> None:
    page.locator('#view-article .evidence[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    stated = page.locator(".card").get_by_role("heading", name="What this sentence states", level=4)
    assert stated.is_visible()
    assert "passage=" in page.url


def test_figures_turn_the_views_and_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("4")
    assert page.locator("#view-network").is_visible()
    assert not page.locator("#view-map").is_visible()
    page.keyboard.press("?")
    page.get_by_label("Single keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    assert page.locator("#view-network").is_visible()


def test_tab_leaves_the_editor(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.wait_for_selector(".sparql-table")
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('cm-content')")


def test_marks_have_names_for_screen_readers(page: Page) -> None:
    mark = page.locator('#view-timeline .timeline-event[data-thing="event/al-shabrouq-ied"]')
    assert mark.get_attribute("aria-label") == (
        "bombing: IED attack on a convoy of the 112th Brigade, 19 August 2021, al-Shabrouq road, 6 killed"
    )
