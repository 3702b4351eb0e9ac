"""A day that is played, or days that are brushed: map and network show those, and count what they cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]

IED = "event/al-shabrouq-ied"  # 19 August
SHELLING = "event/shelling-of-20-august"
KILLING = "event/killing-in-al-sanamayn"  # about 16 August
GUNMEN = "group/gunmen-in-al-sanamayn"  # told of in the killing alone
TOWN = "kg:place/al-sanamayn"  # as this place is


def looks(page: Page, view: str, thing: str) -> set[str]:
    """Give the classes of a thing's mark; what is filtered away is `off`, what is not meant `faded`."""
    found = page.locator(f'#view-{view} [data-thing="{thing}"][role]').first
    return set((found.get_attribute("class") or "").split())


def play(page: Page, day: int) -> None:
    """Play, and go to a day: so many after 29 July."""
    page.get_by_role("button", name="Play the days one by one").click()
    page.get_by_role("slider", name="Day").fill(str(day))


def brush_around_19_august(page: Page) -> None:
    """Drag along the axis, from the 18th to the 20th."""
    axis = page.locator("#view-timeline .timeline-axis")
    ticks = [
        axis.locator("text", has_text=day).first.bounding_box() for day in ("19 Aug", "26 Aug")
    ]
    frame = axis.locator(".overlay").bounding_box()
    assert ticks[0]
    assert ticks[1]
    assert frame
    day = (ticks[1]["x"] - ticks[0]["x"]) / 7
    line = ticks[0]["x"]  # where the day begins
    page.mouse.move(line - 0.7 * day, frame["y"] + 10)
    page.mouse.down()
    page.mouse.move(line + 1.7 * day, frame["y"] + 10, steps=4)
    page.mouse.up()


def number_at(page: Page, place: str) -> str:
    found = page.locator(f'#view-map .map-place[data-thing="{place}"] .map-count').text_content()
    return found or ""


def test_a_brush_takes_what_is_outside_of_it_from_map_and_network(page: Page) -> None:
    for view, things in {"network": (IED, KILLING, GUNMEN), "map": (TOWN,)}.items():
        for thing in things:
            assert "mark-on" in looks(page, view, thing), thing
    brush_around_19_august(page)
    expect(page).to_have_url(re.compile(r"days=2021-08-1[78]\.\.2021-08-2[01]"))
    for thing in (IED, SHELLING, "kg:actor/112th-brigade", "kg:place/al-shabrouq-road"):
        assert "mark-on" in looks(page, "network", thing), thing
    for thing in (KILLING, GUNMEN, TOWN):
        assert "off" in looks(page, "network", thing), thing
    assert "off" in looks(page, "map", TOWN)
    assert "mark-on" in looks(page, "map", "kg:place/daraa-al-balad")
    # Who has no part in any event of these days has no name in the network either.
    names = page.locator(".network-labels text").all_text_contents()
    assert "Gunmen in al-Sanamayn" not in names
    page.get_by_role("button", name="Clear all").click()
    assert "mark-on" in looks(page, "network", GUNMEN)
    assert "mark-on" in looks(page, "map", TOWN)


def test_a_brush_leaves_only_the_ties_of_its_events(open_page: OpenPage) -> None:
    hostile = "#view-network .network-edges .network-head.hostile"

    def heads(page: Page) -> int:
        return (page.locator(hostile).get_attribute("d") or "").count("Z")

    whole = heads(open_page(hash="focus=network&network=actors"))
    page = open_page(hash="focus=network&network=actors&days=2021-08-16..2021-08-16&kinds=Killing")
    # A member of the 4th Division was shot, and a civilian killed; who they belong to is no killing.
    assert heads(page) == 4 < whole
    expect(page.locator('.network-node[data-thing="group/rebels"]')).to_have_class(
        "network-node off"
    )


def test_a_played_day_dims_what_is_not_of_it(page: Page) -> None:
    play(page, 21)  # 29 July and 21 days: 19 August
    assert page.locator(".timeline-now").inner_text() == "19 August 2021"
    assert "lit" in looks(page, "network", IED)
    assert "lit" in looks(page, "network", "kg:actor/112th-brigade")
    for thing in (KILLING, GUNMEN, "kg:actor/russia"):
        assert "faded" in looks(page, "network", thing), thing
    # What comes later is not there yet.
    assert "off" in looks(page, "network", SHELLING)
    assert page.locator(f'#view-map .map-event[data-thing="{IED}"]').count() == 1
    assert page.locator("#view-map .map-event").count() == 1
    assert "faded" in looks(page, "map", TOWN)
    assert number_at(page, TOWN) == ""

    page.get_by_role("slider", name="Day").fill("22")
    assert page.locator(f'#view-map .map-event[data-thing="{SHELLING}"]').count() == 1
    assert page.locator(f'#view-map .map-event[data-thing="{IED}"]').count() == 0
    assert number_at(page, "kg:place/daraa-al-balad") == "1"
    assert "lit" in looks(page, "network", SHELLING)
    assert "faded" in looks(page, "network", IED)


def test_a_day_of_which_nothing_is_told_has_nothing_bright(page: Page) -> None:
    play(page, 23)  # 21 August
    assert page.locator(".network-node.lit, .map-place.lit, .map-event").count() == 0
    bright = page.locator(".network-node.mark-on:not(.faded), .map-place.mark-on:not(.faded)")
    assert bright.count() == 0
    page.get_by_role("button", name="All days").click()
    assert bright.count() > 50


def test_what_is_not_on_the_map_is_counted_for_the_day_that_is_played(page: Page) -> None:
    summary = page.locator("#view-map .map-elsewhere summary")
    all_days = summary.inner_text()
    play(page, 29)  # 27 August
    # "killed in a Syrian army ambush at al-Ruba'i checkpoint", "on the frontline of al-Kaziyah":
    # where these lie is not known.
    assert summary.inner_text() == "2 not on the map"
    summary.click()
    listed = page.locator("#view-map .map-list li").all_inner_texts()
    assert len(listed) == 2
    assert any("al-Kaziyah" in text for text in listed)
    assert any("al-Ruba" in text for text in listed)
    page.get_by_role("slider", name="Day").fill("27")  # 25 August: a truce, of no place
    assert summary.inner_text() == "1 not on the map"
    page.get_by_role("slider", name="Day").fill("21")  # 19 August: on its road
    expect(summary).to_be_hidden()
    page.get_by_role("button", name="All days").click()
    assert summary.inner_text() == all_days
    assert int(all_days.split()[0]) > 2
