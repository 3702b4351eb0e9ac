"""What the views draw: agreements, vicinities, names of the land, roles; and the page on paper and phones."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OpenPage = Callable[..., "Page"]
IED = "event/al-shabrouq-ied"


# Pixels of a text's box that are no letters: a halo on all sides, and the line above and below.
HALO, LEADING = 2, 7


def boxes(texts: Locator) -> list[dict[str, float]]:
    """Give where the letters of some texts that are seen stand, in pixels of the window."""
    found = [text.bounding_box() for text in texts.all() if text.is_visible()]
    return [
        {
            "x": box["x"] + HALO,
            "y": box["y"] + LEADING,
            "width": box["width"] - 2 * HALO,
            "height": box["height"] - 2 * LEADING,
        }
        for box in found
        if box is not None
    ]


def overlapping(found: list[dict[str, float]]) -> int:
    """Count pairs that lie on one another by more than a pixel both ways."""

    def shared(a: dict[str, float], b: dict[str, float], start: str, size: str) -> float:
        return min(a[start] + a[size], b[start] + b[size]) - max(a[start], b[start])

    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :]]
    return sum(shared(a, b, "x", "width") > 1 and shared(a, b, "y", "height") > 1 for a, b in pairs)


# --- timeline ------------------------------------------------------------------------------------


def test_an_agreement_lasts_until_it_was_broken(page: Page) -> None:
    # "… agreed to a truce on 1 September … The truce was soon broken".
    broken = page.locator('.timeline-event[data-thing="event/truce-of-1-september"]')
    assert broken.locator(".timeline-span.agreed").count() == 1
    assert broken.locator(".timeline-broken").count() == 1
    assert "broken by Breach of the truce" in (broken.get_attribute("aria-label") or "")
    # Of the truce of 5 September no end is told.
    last = page.locator('.timeline-event[data-thing="event/truce-of-5-september"]')
    assert last.locator(".timeline-span.endless").count() == 1
    assert last.locator(".timeline-broken").count() == 0
    assert (last.get_attribute("aria-label") or "").endswith("its end is not told")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_tolls_do_not_lie_on_one_another(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(width=size[0], height=size[1], hash="focus=timeline")
    found = boxes(page.locator(".timeline-toll"))
    assert len(found) > 9
    assert overlapping(found) == 0


def test_days_can_be_typed(page: Page) -> None:
    first, last = page.get_by_label("From day"), page.get_by_label("To day")
    assert first.get_attribute("placeholder") == "29 Jul"
    first.fill("16 Aug")
    first.press("Enter")
    last.fill("2021-08-20")
    last.press("Enter")
    expect(page).to_have_url(re.compile(r"days=2021-08-16\.\.2021-08-20"))
    assert page.get_by_label("To day").input_value() == "20 Aug"
    first.fill("the day before")
    first.press("Enter")
    assert first.get_attribute("aria-invalid") == "true"
    assert "days=2021-08-16..2021-08-20" in page.url


def test_the_signs_are_told_and_closed_by_escape(page: Page) -> None:
    page.locator("summary", has_text="Signs").click()
    signs = page.locator(".timeline-signs")
    assert signs.get_by_text("an agreement whose end is not told").is_visible()
    page.keyboard.press("Escape")
    assert signs.is_hidden()


# --- map -----------------------------------------------------------------------------------------


def test_a_vicinity_is_an_area_around_the_place_it_is_near(open_page: OpenPage) -> None:
    page = open_page(hash="focus=map")
    area = page.locator('.map-vicinity[data-thing="kg:place/near-tafas"]').bounding_box()
    town = page.locator('.map-place[data-thing="kg:place/tafas"] .map-dot').bounding_box()
    assert area is not None
    assert town is not None
    assert abs(area["x"] + area["width"] / 2 - (town["x"] + town["width"] / 2)) < 3
    assert area["width"] > 3 * town["width"]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_names_and_marks_of_the_map_leave_each_other_room(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page(width=size[0], height=size[1], hash="focus=map")
    names = page.locator(".map-names text")
    written = set(names.all_inner_texts()) | set(names.all_text_contents())
    assert "Syria" in written
    # What is a neighbour's land is none of this article's business.
    assert not {"Israel", "Jordan", "Lebanon"} & written
    labels = boxes(page.locator(".map-labels text")) + boxes(names)
    assert len(labels) > 8
    assert overlapping(labels) == 0
    # Daraa and its quarter Daraa al-Balad are a kilometre apart: both numbers are to be read.
    dots = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"] / 2)
        for dot in page.locator(".map-place:not(.map-quiet) .map-dot").all()
        if (box := dot.bounding_box())
    ]
    pairs = [(a, b) for i, a in enumerate(dots) for b in dots[i + 1 :]]
    assert [
        pair for pair in pairs if math.dist(pair[0][:2], pair[1][:2]) < pair[0][2] + pair[1][2] - 2
    ] == []


# --- network -------------------------------------------------------------------------------------


def test_ties_have_roles(open_page: OpenPage) -> None:
    page = open_page(hash=f"focus=network&selected={IED}")
    roles = page.locator(".network-role").all_text_contents()
    assert {"target", "place", "casualties", "part of"} <= set(roles)
    assert page.locator(".network-own[data-edge$='112th Brigade']").count() == 1


def test_pointing_at_a_thing_shows_its_ties(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network")
    page.locator('.network-node[data-thing="kg:actor/russia"]').hover()
    ties = page.locator(".network-pointed [data-edge]")
    assert ties.count() >= 3
    page.mouse.move(2, 2)
    assert ties.count() == 0


def test_names_of_the_network_leave_each_other_room(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network")
    labels = boxes(page.locator(".network-labels text"))
    assert len(labels) > 20
    assert overlapping(labels) == 0


# --- cards, focus --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ("kg:actor/112th-brigade", "Spoken of in"),
        ("kg:place/daraa-al-balad", "Spoken of in"),
        ("side/government", "belligerent"),
        (
            "event/al-shabrouq-ied#casualties-killed-government-syrian-soldiers-and-militiamen",
            "“six",
        ),
    ],
)
def test_each_thing_has_a_card(open_page: OpenPage, thing: str, words: str) -> None:
    page = open_page(hash=f"selected={thing.replace('#', '%23')}")
    card = page.locator(".card")
    assert card.locator("h3").inner_text()
    assert words in card.inner_text()
    assert card.locator("code").inner_text() == thing


def test_the_focus_goes_back_to_the_mark_when_the_card_closes(page: Page) -> None:
    mark = page.locator(f'.timeline-event[data-thing="{IED}"]')
    mark.focus()
    page.keyboard.press("Enter")
    close = page.get_by_role("button", name="Close the card")
    close.focus()
    page.keyboard.press("Enter")
    assert page.locator(".card-pane").is_hidden()
    assert page.evaluate("document.activeElement.dataset.thing") == IED


def test_the_focus_goes_from_card_to_card(page: Page) -> None:
    page.locator(f'.timeline-event[data-thing="{IED}"]').click()
    page.locator(".card .thing", has_text="112th Brigade").first.click()
    assert page.evaluate("document.activeElement.id") == "card-title"
    status = page.locator('[role="status"]', has_text="Card: 112th Brigade")
    assert status.count() == 1


# --- paper, phones, motion -----------------------------------------------------------------------


def test_paper_has_the_views_and_no_buttons(open_page: OpenPage) -> None:
    page = open_page(hash=f"selected={IED}", scheme="dark")
    page.emulate_media(media="print")
    for view in ("timeline", "map", "network", "article"):
        assert page.locator(f"#view-{view}").is_visible()
    assert page.locator(".card h3").is_visible()
    assert page.locator("button.tab:visible, .search:visible, .map-controls:visible").count() == 0
    # Dark pages are printed in light colours, and nothing is cut off by a scroll bar.
    colour = page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor")
    assert colour == "rgb(255, 255, 255)"
    for body in page.locator(".panel:visible .panel-body, .card-scroll").all():
        assert body.evaluate("body => getComputedStyle(body).overflowY") == "visible"


def test_a_sheet_is_printed_alone(open_page: OpenPage) -> None:
    page = open_page(hash="focus=analysis")
    page.emulate_media(media="print")
    assert page.locator("#view-analysis").is_visible()
    assert page.locator("#view-article").is_hidden()


@pytest.mark.parametrize("view", ["timeline", "map", "network", "article", "sparql", "analysis"])
def test_a_phone_shows_one_view_no_wider_than_itself(open_page: OpenPage, view: str) -> None:
    page = open_page(hash=f"focus={view}", width=390, height=844)
    assert page.locator(".panel:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab = page.locator(".tab[aria-current='true']")
    box = tab.bounding_box()
    assert box is not None
    assert box["y"] > 780  # at the thumb


def test_nothing_moves_for_who_wants_no_motion(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(one => {
          const style = getComputedStyle(one);
          return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
        }).length"""
    )
    assert moving == 0


def test_facets_count_what_they_would_leave(page: Page) -> None:
    page.locator(".more > summary").click()
    bombing = page.locator(".check", has_text="bombing")
    # Two bombings are told: on the al-Shabrouq road and between Nawa and Sheikh Maskeen.
    assert bombing.inner_text().split() == ["bombing", "2"]
    bombing.locator("input").check()
    assert page.locator(".filter-status").inner_text() == "2 of 70 events"
    page.get_by_role("button", name="Remove the filter bombing").click()
    assert page.locator(".filter-status").inner_text() == "70 events"
