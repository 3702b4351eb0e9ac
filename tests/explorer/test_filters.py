"""Filters: each leaves the same events in all views, counts what it would leave, and can be taken back."""

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
# Events, places with an event, and beginnings of sentences: what is left in each view.
ON_THE_ROAD = (
    {IED},
    {"kg:place/al-shabrouq-road"},
    ("On 19 August, an IED targeted a Syrian army convoy",),
)
IN_TAFAS = (
    {"event/bombardment-of-tafas"},
    {"kg:place/tafas"},
    ("This follows Syrian army bombardments on Tafas city",),
)
# "There was also reported rocket fire", "it was reported by the Syrian Observatory …", "with intense
# clashes reported on 5 September"; the second has its terms in a sentence of its own.
AS_REPORTED = (
    {"event/rocket-fire-on-nahtah", "event/truce-of-25-august", "event/clashes-of-5-september"},
    {"kg:place/nahtah"},
    (
        "There was also reported rocket fire",
        "On 25 August, it was reported by the Syrian Observatory",
        "Rebels forces will be allowed to leave",
        "The truce was soon broken, with intense clashes reported",
    ),
)


def things(marks: Locator) -> set[str]:
    return set(marks.evaluate_all("marks => marks.map(mark => mark.dataset.thing)"))


def assert_left(page: Page, events: set[str], places: set[str], sentences: tuple[str, ...]) -> None:
    """Look at what timeline, network, map and article show."""
    expect(page.locator("#view-timeline .timeline-event.mark-on")).to_have_count(len(events))
    assert things(page.locator("#view-timeline .timeline-event.mark-on")) == events
    # Actors and figures have their marks in the network too; here it is about the timeline's.
    told = things(page.locator("#view-timeline .timeline-event"))
    assert things(page.locator("#view-network .network-node.mark-on")) & told == events
    quiet = things(page.locator("#view-map .map-quiet"))  # named by the article, without an event
    assert things(page.locator("#view-map [data-thing].mark-on")) - quiet == places
    article = page.locator("#view-article .evidence:not(.out)")
    expect(article).to_have_text([re.compile(f"^{re.escape(words)}") for words in sentences])


def panel(page: Page) -> Locator:
    page.locator(".more > summary").click()
    return page.locator(".more-body")


def test_the_facet_actor(page: Page) -> None:
    panel(page).get_by_label("Actor").select_option("kg:actor/112th-brigade")
    assert_left(page, *ON_THE_ROAD)
    expect(page.locator(".filter-status")).to_have_text("1 of 70 events")


def test_the_facet_place(page: Page) -> None:
    panel(page).get_by_label("Place").select_option("kg:place/tafas")
    assert_left(page, *IN_TAFAS)


def test_the_facet_voice(page: Page) -> None:
    voice = panel(page).get_by_role("group", name="Voice")
    voice.get_by_label("as others report").check()
    assert_left(page, *AS_REPORTED)
    voice.get_by_label("the article’s own").check()
    expect(page.locator(".filter-status")).to_have_text("67 of 70 events")
    # What only others report is not in the article's own voice.
    marks = page.locator("#view-timeline .timeline-event.mark-on")
    assert not things(marks) & AS_REPORTED[0]


def test_the_facet_side(page: Page) -> None:
    body = panel(page)
    body.get_by_role("group", name="Side").get_by_label("Rebel side").check()
    body.get_by_role("group", name="Kind").get_by_label("attack", exact=False).check()
    # "Rebels storm 18 checkpoints", "actions of retaliation by rebels across the province", "rebels
    # targeted a Syrian army vehicle on the road between Nahtah and Basr al-Harir".
    assert_left(
        page,
        {
            "event/storming-of-checkpoints",
            "event/retaliation",
            "event/attack-on-a-vehicle-on-the-nahtah-road",
        },
        {"kg:place/daraa-governorate", "kg:place/road-nahtah-basr-al-harir"},
        (
            "Rebels storm 18 checkpoints",
            "The government's operation led to actions of retaliation by rebels",
            "The fighters involved in the attack are former rebel fighters",
            "On 5 August, after several days of tense calm, rebels targeted a Syrian army vehicle",
        ),
    )
    # Other attacks are told, with another side or none.
    body.get_by_role("group", name="Side").get_by_label("Rebel side").uncheck()
    expect(page.locator(".filter-status")).to_have_text("5 of 70 events")


def test_facets_count_what_they_would_leave(page: Page) -> None:
    bombing = panel(page).locator(".check", has_text="bombing")
    # Two bombings are told: on the al-Shabrouq road and between Nawa and Sheikh Maskeen.
    expect(bombing).to_have_text("bombing2")
    bombing.locator("input").check()
    expect(page.locator(".filter-status")).to_have_text("2 of 70 events")
    page.get_by_role("button", name="Remove the filter bombing").click()
    expect(page.locator(".filter-status")).to_have_text("70 events")


@pytest.mark.parametrize(
    ("facet", "left"),
    [
        # "The truce was soon broken": the one breach that the article tells as a fact.
        ("families=violation", {"event/breach-of-the-truce-of-1-september"}),
        ("place=kg:place/al-shabrouq-road", {IED}),
        # Two bombings are told: this one, and that of 26 August.
        ("days=2021-08-18..2021-08-19&kinds=Bombing", {IED}),
    ],
)
def test_a_link_with_a_filter_leaves_the_same_events_in_all_views(
    open_page: OpenPage, facet: str, left: set[str]
) -> None:
    page = open_page(hash=facet)
    assert things(page.locator("#view-timeline .timeline-event.mark-on")) == left
    told = things(page.locator("#view-timeline .timeline-event"))
    assert things(page.locator("#view-network .network-node.mark-on")) & told == left


@pytest.mark.parametrize(
    "nothing",
    [
        # The 112th Brigade was on the al-Shabrouq road, and nobody has to report that for the article.
        "actor=kg:actor/112th-brigade&place=kg:place/tafas",
        "place=kg:place/tafas&voice=reported",
        "sides=side/rebels&families=civil",
        "search=zeppelin",
    ],
)
def test_no_event_left_says_so_and_offers_the_way_back(open_page: OpenPage, nothing: str) -> None:
    page = open_page(hash=nothing)
    expect(page.locator(".filter-status")).to_have_text("No event fits all of these:")
    assert_left(page, set(), set(), ())
    # One filter less, or all of them.
    expect(page.locator(".chip-active")).to_have_count(nothing.count("="))
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".filter-status")).to_have_text("70 events")
    expect(page.locator("#view-timeline .timeline-event.mark-on")).to_have_count(70)
    expect(page.locator("#search")).to_have_value("")


def test_one_filter_of_two_can_be_taken_back(open_page: OpenPage) -> None:
    page = open_page(hash="actor=kg:actor/112th-brigade&place=kg:place/tafas")
    page.get_by_role("button", name="Remove the filter 112th Brigade").click()
    assert_left(page, *IN_TAFAS)


def test_search_finds_a_thing_by_another_name_and_opens_it(page: Page) -> None:
    # "Darás" is how the article spells Daraa once.
    page.locator("#search").fill("darás")
    page.locator("#search-0").click()
    expect(page.locator(".card h3")).to_have_text("Daraa")
    expect(page.locator(".filter-status")).to_have_text("70 events")
