"""The page without a mouse: search, views, marks, cards and back; what a screen reader is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OpenPage = Callable[..., "Page"]

IED = "event/al-shabrouq-ied"
PART = """() => {
  const part = document.activeElement.closest("section, aside, .top, .filters, .skip");
  return part && (part.id || part.className);
}"""


def mark(page: Page, thing: str) -> Locator:
    return page.locator(f'#view-timeline .timeline-event[data-thing="{thing}"]')


def test_a_walk_by_tab_comes_to_every_part_and_never_stays(page: Page) -> None:
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(PART))
    parts = list(dict.fromkeys(filter(None, seen)))
    for part in ("top", "filters", "view-timeline", "view-map", "view-network", "view-article"):
        assert any(part in found for found in parts), (part, parts)
    # Seventy events are one stop of the tab key.
    expect(page.locator('#view-timeline .timeline-marks [tabindex="0"]')).to_have_count(1)


def test_slash_searches_arrows_choose_enter_opens_escape_closes(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("112th")
    page.keyboard.press("ArrowDown")
    # An event or two and the brigade itself have the word in their names.
    chosen = page.locator('[role="option"][aria-selected="true"] span').first
    expect(chosen).to_contain_text("112th")
    name = chosen.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".card h3")).to_have_text(name)
    expect(page.locator("#card-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".card-pane")).to_be_hidden()
    expect(page.locator("#search")).to_be_focused()
    # The same where a card was open already, and when the same is chosen again.
    for _ in range(2):
        page.keyboard.type("112th")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#card-title")).to_be_focused()
        page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_focused()


def test_arrows_go_from_mark_to_mark_and_enter_opens_a_card(page: Page) -> None:
    page.locator('#view-timeline .timeline-marks [tabindex="0"]').focus()
    first = page.evaluate("document.activeElement.dataset.thing")
    page.keyboard.press("ArrowRight")
    expect(mark(page, first)).not_to_be_focused()
    second = page.evaluate("document.activeElement.dataset.thing")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"selected={re.escape(second)}$"))
    expect(mark(page, second)).to_be_focused()


def test_the_sentences_are_read_by_arrow(page: Page) -> None:
    page.locator('#view-article .evidence[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    stated = page.locator(".card").get_by_role("heading", name="What this sentence states", level=4)
    expect(stated).to_be_visible()
    expect(page).to_have_url(re.compile("passage="))


def test_figures_turn_the_views_and_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("4")
    expect(page.locator("#view-network")).to_be_visible()
    expect(page.locator("#view-map")).to_be_hidden()
    page.keyboard.press("?")
    page.get_by_label("Single keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    expect(page.locator("#view-network")).to_be_visible()
    expect(page.locator("#view-map")).to_be_hidden()


def test_tab_leaves_the_editor(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql")
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()


def test_who_asks_by_key_stays_at_the_button(open_page: OpenPage) -> None:
    """While it asks, Stop stands in its place, and has the focus."""
    page = open_page(hash="focus=sparql")
    run, answer = page.get_by_role("button", name="▶ Run"), page.locator(".sparql-answer")
    expect(answer).to_have_attribute("aria-busy", "false")
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    page.locator(".cm-content").fill(endless)
    run.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="■ Stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(run).to_be_focused()
    expect(page.locator(".sparql-status")).to_have_text("Stopped.")


def test_the_focus_goes_back_to_the_mark_when_the_card_closes(page: Page) -> None:
    mark(page, IED).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close the card").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card-pane")).to_be_hidden()
    expect(mark(page, IED)).to_be_focused()


def test_the_focus_goes_from_card_to_card(page: Page) -> None:
    mark(page, IED).click()
    page.locator(".card .thing", has_text="112th Brigade").first.click()
    expect(page.locator("#card-title")).to_be_focused()
    expect(page.locator('[role="status"]', has_text="Card: 112th Brigade")).to_have_count(1)


def test_marks_have_names_for_screen_readers(page: Page) -> None:
    expect(mark(page, IED)).to_have_attribute(
        "aria-label",
        "bombing: IED attack on a convoy of the 112th Brigade, 19 August 2021, al-Shabrouq road, 6 killed",
    )
