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
    assert things(page.locator("#view-map [data-thing].mark-on")) == places
    article = page.locator("#view-article .evidence:not(.out)")
    expect(article).to_have_text([re.compile(f"^{re.escape(words)}") for words in sentences])


NETWORK_ON = "#view-network .network-node.mark-on"


def names(page: Page) -> list[str]:
    return page.locator("#view-network .network-labels text").all_text_contents()


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


@pytest.mark.parametrize("network", ["everything", "actors", "units"])
@pytest.mark.parametrize(
    "nothing",
    [
        "search=zzzz",
        "families=violation&sides=side/government",
        "actor=kg:actor/112th-brigade&place=kg:place/tafas",
    ],
)
def test_where_no_event_is_left_nothing_else_is_bright(
    open_page: OpenPage, nothing: str, network: str
) -> None:
    page = open_page(hash=f"{nothing}&network={network}")
    assert things(page.locator(NETWORK_ON)) == set()
    assert things(page.locator("#view-map [data-thing].mark-on")) == set()
    # The order of battle keeps its names to be read, but pale.
    bright = page.locator("#view-network .network-labels text:not(.faded, .network-caption)")
    expect(bright).to_have_count(0)
    page.get_by_role("button", name="Clear all").click()
    assert things(page.locator("#view-network .network-node.off")) == set()
    assert things(page.locator("#view-map .off")) == set()


def test_a_search_leaves_who_is_in_its_events(open_page: OpenPage) -> None:
    # "an IED targeted a Syrian army convoy of the 112th Brigade on the al-Shabrouq road, killing six".
    page = open_page(hash="search=112th")
    left = things(page.locator(NETWORK_ON))
    toll = {one for one in left if one.startswith(f"{IED}#")}
    assert left - toll == {IED, "kg:actor/112th-brigade", "kg:place/al-shabrouq-road"}
    assert len(toll) == 1
    assert {"112th Brigade", "al-Shabrouq road"} <= set(names(page))
    assert len(names(page)) == len(left)


def test_what_is_searched_by_its_own_name_stays(open_page: OpenPage) -> None:
    # The infobox names him among the commanders; no event is told of him.
    page = open_page(hash="search=firas+issa")
    expect(page.locator(".filter-status")).to_have_text("No event fits all of these:")
    assert things(page.locator(NETWORK_ON)) == {"kg:actor/firas-issa"}
    assert names(page) == ["Firas Issa"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        # One IED of 19 August, the other of 26 August.
        ("day=2021-08-20&kinds=Bombing", "1 of 70 events by 20 Aug"),
        ("day=2021-08-18&kinds=Bombing", "No event fits all of these:"),
        # Tafas was bombarded at some time before 26 August.
        ("day=2021-08-20&place=kg:place/tafas", "0 of 70 events by 20 Aug, 1 without a day"),
    ],
)
def test_what_has_no_day_is_counted_apart_from_what_was_by_a_day(
    open_page: OpenPage, day: str, words: str
) -> None:
    expect(open_page(hash=day).locator(".filter-status")).to_have_text(words)


def test_without_a_day_is_what_stands_beside_the_days(open_page: OpenPage) -> None:
    page = open_page(hash="day=2021-08-14")
    words = page.locator(".filter-status").inner_text()
    told = re.fullmatch(r"(\d+) of 70 events by 14 Aug, (\d+) without a day", words)
    assert told, words
    edge = page.locator(".timeline-edge").last.bounding_box()
    assert edge is not None
    marks = page.locator("#view-timeline .timeline-event.mark-on")
    lefts = marks.locator(".timeline-symbol").evaluate_all(
        "marks => marks.map(mark => mark.getBoundingClientRect().left)"
    )
    beside = [left for left in lefts if left > edge["x"]]
    assert len(beside) == int(told[2]) > 0
    assert len(lefts) == int(told[1]) + int(told[2])


def test_the_days_are_written_as_in_their_fields(open_page: OpenPage) -> None:
    page = open_page(hash="days=2021-08-14..2021-08-20")
    chip = page.get_by_role("button", name="Remove the filter 14 Aug to 20 Aug")
    expect(chip).to_be_visible()
    expect(page.get_by_label("From day")).to_have_value("14 Aug")
    expect(page.get_by_label("To day")).to_have_value("20 Aug")


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
