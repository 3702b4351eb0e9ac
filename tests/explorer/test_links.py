"""The state is in the address: a link reproduces the view, and the browser's way back works."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .conftest import SETTLED

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]


def test_a_link_reproduces_the_view(open_page: OpenPage) -> None:
    first = open_page()
    first.get_by_role("button", name="By acting side").click()
    first.locator('#view-network [data-thing="kg:actor/russia"]').dispatch_event("click")
    first.locator(".chips > .chip", has_text="Fighting").click()
    first.get_by_role("button", name="Map", exact=True).click()
    expect(first).to_have_url(re.compile("focus=map"))
    second = open_page(hash=first.url.split("#")[1])
    expect(second.locator("#view-map")).to_be_visible()
    expect(second.locator("#view-timeline")).to_be_hidden()
    expect(second.locator(".card h3")).to_have_text("Russia")
    fighting = second.locator(".chips > .chip", has_text="Fighting")
    expect(fighting).to_have_attribute("aria-pressed", "true")
    left = first.locator(".filter-status").inner_text()
    assert left.endswith(" of 70 events")
    expect(second.locator(".filter-status")).to_have_text(left)
    second.get_by_role("button", name="Timeline", exact=True).click()
    by_side = second.get_by_role("button", name="By acting side")
    expect(by_side).to_have_attribute("aria-pressed", "true")


def test_the_way_back_goes_from_card_to_card(page: Page) -> None:
    title = page.locator(".card h3")
    page.locator('#view-timeline .timeline-event[data-thing="event/al-shabrouq-ied"]').click()
    page.locator(".card .thing", has_text="112th Brigade").first.click()
    expect(title).to_have_text("112th Brigade")
    page.go_back()
    expect(title).to_have_text("IED attack on a convoy of the 112th Brigade")
    page.go_back()
    expect(page.locator(".card-pane")).to_be_hidden()


def test_a_link_to_what_is_not_there_says_so_and_shows_the_rest(open_page: OpenPage) -> None:
    page = open_page(hash="selected=event/none&families=talk&days=soon..later")
    expect(page.locator(".notice")).to_contain_text("event/none")
    talks = page.locator(".chips > .chip", has_text="Talks")
    expect(talks).to_have_attribute("aria-pressed", "true")


AMBUSH = "event/ambush-at-al-rubai"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_a_link_shows_the_rows_of_its_selection(
    open_page: OpenPage, width: int, height: int
) -> None:
    page = open_page(
        hash=f"focus=analysis&analysis=ledger&selected={AMBUSH}", width=width, height=height
    )
    assert_row_in_sight(page)


def test_a_change_of_sheet_shows_the_rows_of_the_selection(open_page: OpenPage) -> None:
    page = open_page(hash=f"focus=analysis&analysis=gaps&selected={AMBUSH}", width=1024, height=768)
    page.get_by_role("button", name="Ledger").click()
    assert_row_in_sight(page)
    # The sheet is drawn already, and another is chosen while it cannot be seen.
    page.get_by_role("button", name="Timeline", exact=True).click()
    other = '#view-timeline .timeline-event[data-thing="event/al-shabrouq-ied"]'
    page.locator(other).dispatch_event("click")
    page.get_by_role("button", name="Analysis", exact=True).click()
    assert_row_in_sight(page)


def assert_row_in_sight(page: Page) -> None:
    page.evaluate(SETTLED)
    row = page.locator(".analysis-chosen").first.bounding_box()
    sheet = page.locator("#view-analysis .panel-body").bounding_box()
    card = page.locator(".card-pane").bounding_box()
    assert row is not None
    assert sheet is not None
    assert card is not None
    # On a phone the card covers what is below it.
    beside = card["x"] >= sheet["x"] + sheet["width"]
    bottom = sheet["y"] + sheet["height"] if beside else card["y"]
    assert sheet["y"] - 1 <= row["y"]
    assert row["y"] + min(row["height"], 40) <= bottom + 1


def test_a_query_travels_in_the_link(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql&question=infobox-totals")
    # "26 killed, 40 captured", "17 killed", "22 civilians killed".
    expect(page.locator(".sparql-table tbody tr")).to_have_count(4)
