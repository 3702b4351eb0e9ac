"""The state is in the address: a link reproduces the view, and the browser's way back works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]


def test_a_link_reproduces_the_view(open_page: OpenPage) -> None:
    first = open_page()
    first.get_by_role("button", name="By side").click()
    first.locator(".chips > .chip", has_text="Fighting").click()
    first.locator('#view-network [data-thing="kg:actor/russia"]').dispatch_event("click")
    first.get_by_role("button", name="Map", exact=True).click()
    link = first.url.split("#")[1]
    second = open_page(hash=link)
    assert second.locator("#view-map").is_visible()
    assert not second.locator("#view-timeline").is_visible()
    assert second.locator(".card h3").inner_text() == "Russia"
    assert (
        second.locator(".chips > .chip", has_text="Fighting").get_attribute("aria-pressed")
        == "true"
    )
    assert (
        second.locator(".filter-status").inner_text()
        == first.locator(".filter-status").inner_text()
    )


def test_the_way_back_goes_from_card_to_card(open_page: OpenPage) -> None:
    page = open_page()
    page.locator('#view-timeline .timeline-event[data-thing="event/al-shabrouq-ied"]').click()
    page.locator(".card .thing", has_text="112th Brigade").first.click()
    assert page.locator(".card h3").inner_text() == "112th Brigade"
    page.go_back()
    assert page.locator(".card h3").inner_text() == "IED attack on a convoy of the 112th Brigade"
    page.go_back()
    assert page.locator(".card-pane").is_hidden()


def test_a_link_to_what_is_not_there_says_so_and_shows_the_rest(open_page: OpenPage) -> None:
    page = open_page(hash="selected=event/none&families=talk&days=soon..later")
    assert "event/none" in page.locator(".notice").inner_text()
    assert page.locator(".chips > .chip", has_text="Talks").get_attribute("aria-pressed") == "true"


def test_a_query_travels_in_the_link(open_page: OpenPage) -> None:
    page = open_page(hash="focus=sparql&question=infobox-totals")
    page.wait_for_selector(".sparql-table")
    assert page.locator(".sparql-table tbody tr").count() == 4
