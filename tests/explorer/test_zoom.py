"""Map and network: zoomed and moved by wheel, buttons and keys; a link shows the same; tiles on demand."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import asinh, floor, hypot, pi, radians, tan
from typing import TYPE_CHECKING

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Request, Route

OpenPage = Callable[..., "Page"]

# What the hash calls where each is looked at, and two marks that are well in sight.
VIEWS = {
    "map": ("map", "kg:place/nawa", "kg:place/daraa"),
    "network": ("networkAt", "kg:actor/syrian-army", "group/rebels"),
}
IED = "event/al-shabrouq-ied"
TILES = "https://tile.openstreetmap.org"
# One transparent pixel.
EMPTY_TILE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364600000000600023081d02f0000000049454e44ae426082"
)


def look(page: Page, view: str) -> list[float] | None:
    """Give the three numbers by which the address says where a view is looked at."""
    found = re.search(rf"[#&]{VIEWS[view][0]}=([^&]*)", page.url)
    return [float(number) for number in found[1].split(",")] if found else None


def mark(page: Page, view: str, thing: str) -> Locator:
    return page.locator(
        f'#view-{view} .{view}-{ {"map": "place", "network": "node"}[view] }[data-thing="{thing}"]'
    )


def middle(page: Page, view: str, thing: str) -> tuple[float, float]:
    box = mark(page, view, thing).locator("circle").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def between(page: Page, view: str) -> float:
    """Give the distance of the two marks, in pixels."""
    (x1, y1), (x2, y2) = (middle(page, view, thing) for thing in VIEWS[view][1:])
    return hypot(x1 - x2, y1 - y2)


def until(page: Page, view: str, seen: bool) -> None:
    """Wait until the address says where a view is looked at, or no more."""
    name = VIEWS[view][0]
    expect(page).to_have_url(re.compile(rf"[#&]{name}=" if seen else rf"^(?!.*[#&]{name}=)"))


def frame(page: Page, view: str) -> tuple[float, float, float, float]:
    box = page.locator(f"#view-{view} .panel-body").bounding_box()
    assert box
    return box["x"], box["y"], box["width"], box["height"]


# --- zooming and moving ---------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_the_wheel_zooms_and_dragging_moves(open_page: OpenPage, view: str) -> None:
    page = open_page(hash=f"focus={view}")
    steps = page.evaluate("() => history.length")
    before = between(page, view)
    x, y, width, height = frame(page, view)
    page.mouse.move(x + width / 2, y + height / 2)
    page.mouse.wheel(0, -300)
    until(page, view, seen=True)
    assert between(page, view) > 1.3 * before
    near = look(page, view)
    place = middle(page, view, VIEWS[view][1])
    # On the ground, where no mark takes the press.
    page.mouse.move(x + 12, y + height / 2)
    page.mouse.down()
    page.mouse.move(x + 52, y + height / 2 + 30, steps=4)
    page.mouse.up()
    moved = middle(page, view, VIEWS[view][1])
    if view == "network":  # marks of the map give way to each other, those of the network do not
        assert moved[0] - place[0] == pytest.approx(40, abs=2)
        assert moved[1] - place[1] == pytest.approx(30, abs=2)
    after = look(page, view)
    assert near
    assert after
    assert near[:2] != after[:2]
    assert near[2] == after[2]
    # The address is written over: the way back leads to what was chosen, not through each turn.
    assert page.evaluate("() => history.length") == steps


@pytest.mark.parametrize("view", VIEWS)
def test_buttons_zoom_and_lead_back_to_the_whole(open_page: OpenPage, view: str) -> None:
    page = open_page(hash=f"focus={view}")
    section = page.locator(f"#view-{view}")
    whole = between(page, view)
    section.get_by_role("button", name="Zoom in").click()
    until(page, view, seen=True)
    near = between(page, view)
    assert near > 1.3 * whole
    section.get_by_role("button", name="Zoom out").click()
    until(page, view, seen=False)
    section.get_by_role("button", name="Zoom in").click()
    section.get_by_role("button", name="Zoom in").click()
    assert between(page, view) > near
    section.get_by_role("button", name="Back to the").click()
    until(page, view, seen=False)
    assert between(page, view) == pytest.approx(whole, abs=1)


@pytest.mark.parametrize("view", VIEWS)
def test_keys_zoom_and_move_wherever_the_focus_is_in_the_view(
    open_page: OpenPage, view: str
) -> None:
    page = open_page(hash=f"focus={view}")
    whole = between(page, view)
    stop = page.locator(f'#view-{view} .panel-body [data-thing][tabindex="0"]')
    stop.focus()
    focused = stop.get_attribute("data-thing")
    page.keyboard.press("+")
    until(page, view, seen=True)
    assert between(page, view) > 1.3 * whole
    near = look(page, view)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    after = look(page, view)
    assert near
    assert after
    # East and south on the map, where degrees count northwards; right and down in the network.
    right, down = (1, 0) if view == "map" else (0, 1)
    assert after[right] > near[right]
    assert (after[down] < near[down]) == (view == "map")
    assert after[2] == near[2]
    # The focus stayed on its mark: an arrow alone goes to the next one.
    assert page.evaluate("() => document.activeElement.dataset.thing") == focused
    page.keyboard.press("-")
    smaller = look(page, view)
    assert smaller
    assert smaller[2] < near[2]
    page.keyboard.press("0")
    until(page, view, seen=False)
    # In a field they are letters.
    page.locator("#search").fill("+")
    page.locator("#search").press("+")
    assert look(page, view) is None


# --- in a link ------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_a_link_shows_the_same_stretch_in_another_page(open_page: OpenPage, view: str) -> None:
    first = open_page(hash=f"focus={view}")
    x, y, width, height = frame(first, view)
    first.mouse.move(x + 0.4 * width, y + 0.6 * height)
    first.mouse.wheel(0, -500)
    until(first, view, seen=True)
    link = first.url.split("#")[1]
    second = open_page(hash=link)
    for thing in VIEWS[view][1:]:
        here, there = middle(first, view, thing), middle(second, view, thing)
        assert here == pytest.approx(there, abs=1.5)
    # It stands in the address as before: reading it does not change it.
    assert second.url.split("#")[1] == link
    # In a smaller window the same point is in the middle, as near.
    small = open_page(hash=link, width=1024, height=768)
    assert small.url.split("#")[1] == link
    if view == "map":
        assert between(small, view) == pytest.approx(between(first, view), abs=12)


@pytest.mark.parametrize("view", VIEWS)
def test_the_view_follows_when_the_address_changes(open_page: OpenPage, view: str) -> None:
    page = open_page(hash=f"focus={view}")
    whole = between(page, view)
    where = {"map": "map=32.7,36.1,11.5", "network": "networkAt=0.5,0.5,3"}[view]
    page.evaluate("hash => { location.hash = hash; }", f"focus={view}&{where}")
    until(page, view, seen=True)
    expect(page.locator(f"#view-{view}")).to_be_visible()
    assert between(page, view) > 1.3 * whole
    page.go_back()
    until(page, view, seen=False)
    assert between(page, view) == pytest.approx(whole, abs=1)


def test_the_map_of_a_link_has_its_place_in_the_middle(open_page: OpenPage) -> None:
    # Nawa lies at 32°53′ N 36°02′ E; marks may stand a little beside their places.
    page = open_page(hash="focus=map&map=32.8886,36.0411,12")
    x, y, width, height = frame(page, "map")
    nawa = middle(page, "map", "kg:place/nawa")
    assert nawa == pytest.approx((x + width / 2, y + height / 2), abs=60)


@pytest.mark.parametrize(
    "wrong", ["map=here", "map=99,36,10", "map=32,36", "networkAt=1,2,x", "networkAt=0.5,0.5,-1"]
)
def test_a_malformed_look_is_said_and_ignored(open_page: OpenPage, wrong: str) -> None:
    page = open_page(hash=f"rows=sides&{wrong}")
    assert wrong in page.locator(".notice").inner_text()
    whole = open_page()
    for view in VIEWS:
        assert between(page, view) == pytest.approx(between(whole, view), rel=0.1)


def test_another_network_is_looked_at_as_a_whole(open_page: OpenPage) -> None:
    page = open_page(hash="focus=network&networkAt=0.5,0.5,3")
    page.locator("#view-network").get_by_role("button", name="Actors").click()
    until(page, "network", seen=False)
    assert "network=actors" in page.url


# --- the phone ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "network", "thing"),
    [
        ("network", "everything", IED),
        ("network", "actors", "kg:actor/syrian-government"),
        ("network", "units", "kg:actor/russian-military-police"),
        ("network", "units", "kg:actor/syrian-state-security"),
        ("map", "everything", "event/shelling-of-20-august"),
    ],
)
def test_on_a_phone_the_card_does_not_cover_what_is_selected(
    open_page: OpenPage, view: str, network: str, thing: str
) -> None:
    size = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
    linked = open_page(hash=f"focus={view}&network={network}&selected={thing}", **size)
    chosen = open_page(hash=f"focus={view}&network={network}", **size)
    chosen.locator(
        f'#view-{view} [data-thing="{thing}"], .map-place[data-thing="kg:place/daraa-al-balad"]'
    ).first.dispatch_event("click")
    for page in (linked, chosen):
        page.locator(".card h3").wait_for()
        card = page.locator(".card-pane").bounding_box()
        _, top, _, _ = frame(page, view)
        selected = page.locator(
            f"#view-{view} .network-node.selected, #view-{view} .map-event"
        ).or_(page.locator(f"#view-{view} .map-place.selected"))
        # It is brought there in the next frame.
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"
        )
        box = selected.first.bounding_box()
        assert card
        assert box
        assert top <= box["y"] + box["height"] / 2 <= card["y"] - 8


def test_on_a_phone_the_ties_of_a_selected_event_are_in_sight(open_page: OpenPage) -> None:
    # An event is no node among actors: who besieged whom is.
    page = open_page(
        hash="focus=network&network=actors&selected=event/siege-of-daraa-al-balad",
        width=390,
        height=844,
    )
    page.locator(".card h3").wait_for()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    card = page.locator(".card-pane").bounding_box()
    families = page.locator('.network-node[data-thing="group/besieged-families"]').bounding_box()
    assert card
    assert families
    assert families["y"] + families["height"] <= card["y"]
    ties = page.locator(".network-own.hostile")
    assert sorted(tie.get_attribute("data-edge") or "" for tie in ties.all()) == [
        "Syrian Army security forces – besieged → Besieged families in Daraa al-Balad",
        "Syrian government forces – besieged → Besieged families in Daraa al-Balad",
    ]


# --- tiles ----------------------------------------------------------------------------------------


def tile_of(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """Give the tile of a point (OpenStreetMap wiki, "Slippy map tilenames")."""
    side = 2**zoom
    return (
        floor((longitude + 180) / 360 * side),
        floor((1 - asinh(tan(radians(latitude))) / pi) / 2 * side),
    )


def test_the_online_background_asks_only_when_the_reader_switches_it_on(
    open_page: OpenPage,
) -> None:
    page = open_page(hash="focus=map&map=32.62,36.1,11", watched=False)
    asked: list[str] = []
    wrong: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            asked.append(request.url)

    def answer(route: Route) -> None:
        route.fulfill(body=EMPTY_TILE, content_type="image/png")

    page.on("request", note)
    page.on(
        "console",
        lambda message: (
            wrong.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.context.route("**/*.png", answer)
    section = page.locator("#view-map")
    credit = section.locator(".map-credit")
    section.get_by_role("button", name="Zoom in").click()
    section.get_by_role("button", name="Zoom out").click()
    assert asked == []
    assert "OpenStreetMap" not in credit.inner_text()

    switch = section.get_by_role("checkbox", name="Online background")
    assert not switch.is_checked()
    switch.check()
    assert "© OpenStreetMap contributors" in credit.inner_text()
    page.wait_for_load_state("networkidle")
    assert asked
    tiles = [re.fullmatch(rf"{TILES}/(\d+)/(\d+)/(\d+)\.png", url) for url in asked]
    assert all(tiles)
    found = {tuple(int(number) for number in tile.groups()) for tile in tiles if tile}
    (zoom,) = {tile[0] for tile in found}
    # A tile a few hundred pixels wide; the one with the middle of the map is among them.
    assert abs(zoom - 11) <= 1
    assert (zoom, *tile_of(32.62, 36.1, zoom)) in found
    _, _, width, height = frame(page, "map")
    across = 256 * 2 ** (11 - zoom)
    assert len(found) <= (width / across + 2) * (height / across + 2)
    assert section.locator("image").count() == len(found)

    before = len(asked)
    section.get_by_role("button", name="Zoom in").click()
    section.get_by_role("button", name="Zoom in").click()
    page.wait_for_load_state("networkidle")
    assert len(asked) > before

    switch.uncheck()
    before = len(asked)
    assert section.locator("image").count() == 0
    assert "OpenStreetMap" not in credit.inner_text()
    section.get_by_role("button", name="Zoom in").click()
    page.wait_for_load_state("networkidle")
    assert len(asked) == before
    assert wrong == []
