"""The networks of the page: who did what to whom, and an order of battle in which each has its place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OpenPage = Callable[..., "Page"]

SIZES = [(1440, 900), (1024, 768)]
# The 25 units of the article's order of battle; the page cuts a name where there is no room for it.
WITHOUT_SIDE = {
    "5th Corps",
    "Armed group of ex-insurgents in al-Shajara",
    "Free Syrian Army",
    "Russian military police",
}


def overlapping(one: dict[str, float], other: dict[str, float]) -> bool:
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 1 and down > 1


def boxes(marks: Locator) -> list[Any]:
    found = [mark.bounding_box() for mark in marks.all()]
    assert all(found)
    return found


def letters(texts: Locator) -> list[Any]:
    """Give the boxes of texts without the halo and the room for accents around them."""
    found = boxes(texts)
    for text, box in zip(texts.all(), found, strict=True):
        size = float(text.evaluate("text => parseFloat(getComputedStyle(text).fontSize)"))
        box["y"] += (box["height"] - size) / 2
        box["height"] = size
    return found


def heads(page: Page, kind: str) -> int:
    path = page.locator(f"#view-network .network-edges .network-head.{kind}")
    return (path.get_attribute("d") or "").count("Z")


# --- actors ---------------------------------------------------------------------------------------


def test_arrows_say_who_did_it_to_whom(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network&network=actors&selected=group/besieged-families")
    ties = [tie.get_attribute("data-edge") for tie in page.locator(".network-own").all()]
    # "besieged by government troops"; "Syrian Army security forces imposed a siege".
    assert sorted(filter(None, ties)) == [
        "Syrian Army security forces – besieged → Besieged families in Daraa al-Balad",
        "Syrian government forces – besieged → Besieged families in Daraa al-Balad",
    ]
    own = page.locator(".network-own .network-head")
    assert [(path.get_attribute("d") or "").count("Z") for path in own.all()] == [1, 1]
    words = page.locator("#view-network .network-role").all_text_contents()
    assert set(words) == {"besieged"}


def test_both_ends_have_an_arrow_where_both_did(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network&network=actors&selected=group/rebels")
    army = page.locator(".network-own[data-edge*='Syrian Army']:not([data-edge*='Armed'])")
    told = (army.get_attribute("data-edge") or "").split("; ")
    assert sorted(told) == [
        "Rebels in Daraa – attacked, captured → Syrian Army",
        "Rebels in Daraa – fought – Syrian Army",
        "Syrian Army – attacked → Rebels in Daraa",
    ]
    assert (army.locator(".network-head").get_attribute("d") or "").count("Z") == 2
    # What is mutual alone has none: the truce reported on 25 August.
    truce = page.locator(".network-own[data-edge*='agreed']")
    assert (truce.locator(".network-head").get_attribute("d") or "") == ""


def test_every_directed_tie_of_the_actors_has_its_arrow(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network&network=actors")
    # Rebels and army each did something to the other: two heads on one line. By hand, the pairs of
    # the network: 17 more in which violence was done, and the rebels whom Russia threatened.
    assert heads(page, "hostile") == 20
    assert heads(page, "friendly") == 9  # nine memberships
    page.locator("#view-network").get_by_role("button", name="Everything").click()
    assert heads(page, "neither") == 0


# --- the order of battle --------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("focus", ["focus=network&", ""])
def test_the_order_of_battle_shows_every_unit_by_a_name_that_can_be_read(
    open_page: OpenPage, size: tuple[int, int], focus: str
) -> None:
    page = open_page(hash=f"{focus}network=units", width=size[0], height=size[1])
    view = page.locator("#view-network")
    marks, names = view.locator(".network-node"), view.locator(".network-labels text")
    assert marks.count() == 27  # 25 units and two sides
    expect(view.get_by_text("not tied")).to_be_hidden()
    assert names.count() == 28  # and the caption
    drawn = letters(names)
    body = view.locator(".panel-body").bounding_box()
    legend = view.locator(".network-legend").bounding_box()
    buttons = view.locator(".map-controls").bounding_box()
    assert body
    assert legend
    assert buttons
    for one, other in combinations([*drawn, legend, buttons], 2):
        assert not overlapping(one, other)
    for box in drawn:
        assert body["x"] <= box["x"]
        assert box["x"] + box["width"] <= body["x"] + body["width"]
        assert box["height"] >= 9
    for one, other in combinations(boxes(marks.locator("path")), 2):
        assert not overlapping(one, other)


def test_units_hang_under_what_they_are_part_of_or_beside_their_side(
    open_page: OpenPage,
) -> None:
    page = open_page(hash="focus=network&network=units")
    # Six are units of a body, which the graph draws with an arrow; the others stand on a side.
    assert heads(page, "unit") == 6
    sides = page.locator(".network-edges .network-edge.side")
    assert (sides.get_attribute("d") or "").count("M") == 15
    assert page.locator(".network-edges .network-head.side").get_attribute("d") == ""
    dashes = "edge => getComputedStyle(edge).strokeDasharray"
    assert sides.evaluate(dashes) != "none"
    assert page.locator(".network-edges .network-edge.unit").evaluate(dashes) == "none"
    legend = page.locator(".network-legend").inner_text()
    assert "has this unit" in legend
    assert "on this side, not part of it" in legend
    names = page.locator(".network-labels text")
    lines = dict(zip(names.all_text_contents(), boxes(names), strict=True))
    caption = lines["Side not stated"]
    for name in WITHOUT_SIDE:
        assert lines[name]["y"] > caption["y"]
        assert lines[name]["x"] > caption["x"]
    # It is a unit of a corps of no side, but itself named among the rebels.
    assert "8th Brigade (Rebel side)" in lines
    page.locator('.network-node[data-thing="kg:actor/8th-brigade"]').click()
    own = page.locator(".network-own.unit")
    assert own.get_attribute("data-edge") == "5th Corps – has unit → 8th Brigade"
    # It turns a corner, and is a line all the same: nothing is filled in.
    for line in own.locator(".network-edge, .network-hit").all():
        assert line.evaluate("line => getComputedStyle(line).fill") == "none"


def test_on_a_phone_two_fingers_zoom_and_one_moves(open_page: OpenPage) -> None:
    page = open_page(
        hash="focus=network&network=units", width=390, height=844, has_touch=True, is_mobile=True
    )
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {
                "type": f"touch{kind}",
                "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)],
            },
        )

    def spot(thing: str) -> tuple[float, float]:
        box = page.locator(f'.network-node[data-thing="{thing}"] path').bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    army, division = "kg:actor/syrian-army", "kg:actor/9th-division"
    before = spot(division)[1] - spot(army)[1]
    touch("Start", (180, 400), (220, 400))
    touch("Move", (140, 400), (260, 400))
    touch("Move", (120, 400), (280, 400))
    touch("End")
    page.wait_for_url("**networkAt=*")
    assert spot(division)[1] - spot(army)[1] > 2 * before
    start = spot(army)
    touch("Start", (300, 600))
    touch("Move", (290, 570))
    touch("Move", (280, 550))
    touch("End")
    end = spot(army)
    assert end[0] - start[0] == pytest.approx(-20, abs=3)
    assert end[1] - start[1] == pytest.approx(-50, abs=3)
    assert page.locator(".card h3").count() == 0  # it was no tap on a mark
