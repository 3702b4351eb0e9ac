"""What the views draw: tolls, places, names of the land, ties with their roles; and the cards of things."""

from __future__ import annotations

import math
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


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_tolls_do_not_lie_on_one_another(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(width=size[0], height=size[1], hash="focus=timeline")
    found = boxes(page.locator(".timeline-toll"))
    assert len(found) > 9
    assert overlapping(found) == 0


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


# Where a route runs, a point each two pixels, in pixels of the window.
ROUTES = """() => [...document.querySelectorAll(".map-route")].flatMap(path => {
  const length = path.getTotalLength(), to = path.getScreenCTM(), found = [];
  for (let at = 0; at <= length; at += 2) {
    const point = path.getPointAtLength(at).matrixTransform(to);
    found.push([point.x, point.y]);
  }
  return found;
})"""


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_no_name_of_the_map_lies_on_a_line_or_a_mark(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page(width=size[0], height=size[1], hash="focus=map")
    labels = boxes(page.locator(".map-labels text"))
    dots = [
        {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}
        for dot in page.locator(".map-dot").all()
        if (box := dot.bounding_box())
    ]
    assert [one for one in labels for dot in dots if overlapping([one, dot])] == []
    routes = page.evaluate(ROUTES)
    assert len(routes) > 30
    assert [
        (one, x, y)
        for one in labels
        for x, y in routes
        if 0 < x - one["x"] < one["width"] and 0 < y - one["y"] < one["height"]
    ] == []


def test_a_route_counts_its_events_and_places_without_events_are_named(
    open_page: OpenPage,
) -> None:
    page = open_page(hash="focus=map")
    # The attacks of 5, 19 and 26 August were on roads.
    for road in ("road-nahtah-basr-al-harir", "al-shabrouq-road", "road-nawa-sheikh-maskeen"):
        mark = page.locator(f'.map-place[data-thing="kg:place/{road}"]')
        expect(mark.locator(".map-count")).to_have_text("1")
        middle, line = (
            one.bounding_box()
            for one in (mark.locator(".map-dot"), page.locator(f'[data-line="kg:place/{road}"]'))
        )
        assert middle is not None
        assert line is not None
        mark_x, mark_y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
        assert mark_x == pytest.approx(line["x"] + line["width"] / 2, abs=2)
        assert mark_y == pytest.approx(line["y"] + line["height"] / 2, abs=2)
    named = set(page.locator(".map-labels text:visible").all_text_contents())
    assert named >= {"al-Msifrah", "al-Jizah", "Nafaa", "Ain Zakr", "Basr al-Harir"}


def test_the_map_counts_what_it_cannot_show(page: Page) -> None:
    summary = page.locator("#view-map .map-elsewhere summary")
    number = int(summary.inner_text().split()[0])
    summary.click()
    expect(page.locator("#view-map .map-list li")).to_have_count(number)
    siege = page.locator("#view-map .map-list").get_by_text("Siege of Daraa al-Balad")
    expect(siege).to_have_count(0)


def test_the_map_has_a_route_as_a_line_and_a_vicinity_as_an_area(page: Page) -> None:
    route = page.locator('#view-map [data-line="kg:place/al-shabrouq-road"]')
    assert (route.get_attribute("d") or "").count("L") == 1
    assert page.locator("#view-map .map-vicinity, #view-map .map-accuracy").count() > 5


# --- network -------------------------------------------------------------------------------------


def test_the_network_can_be_turned_to_actors_and_to_the_order_of_battle(page: Page) -> None:
    network = page.locator("#view-network")
    network.get_by_role("button", name="Order of battle").click()
    expect(network.locator('[data-thing="kg:actor/8th-brigade"]')).to_have_count(1)
    expect(network.locator(f'[data-thing="{IED}"]')).to_have_count(0)
    network.get_by_role("button", name="Actors").click()
    expect(network.locator(".network-edge.hostile")).to_have_count(1)


def test_ties_have_roles(open_page: OpenPage) -> None:
    page = open_page(hash=f"focus=network&selected={IED}")
    for role in ("target", "place", "casualties", "part of"):
        expect(page.locator(".network-role", has_text=role)).not_to_have_count(0)
    expect(page.locator(".network-own[data-edge$='112th Brigade']")).to_have_count(1)


def test_pointing_at_a_thing_shows_its_ties(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network")
    page.locator('.network-node[data-thing="kg:actor/russia"]').hover()
    ties = page.locator(".network-pointed [data-edge]")
    expect(ties.nth(2)).to_be_attached()
    page.mouse.move(2, 2)
    expect(ties).to_have_count(0)


def test_names_of_the_network_leave_each_other_room(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network")
    labels = boxes(page.locator(".network-labels text"))
    assert len(labels) > 20
    assert overlapping(labels) == 0


# --- cards ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ("kg:actor/112th-brigade", "IED attack on a convoy of the 112th Brigade"),
        ("kg:place/daraa-al-balad", "Bombardment of Daraa al-Balad"),
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
    expect(card.locator("h3")).not_to_be_empty()
    expect(card).to_contain_text(words)
    expect(card.locator("code")).to_have_text(thing)
