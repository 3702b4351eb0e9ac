"""Five views of one graph: what is chosen in one shows in the others, down to its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]

IED = "event/al-shabrouq-ied"
SENTENCE = "On 19 August, an IED targeted a Syrian army convoy of the 112th Brigade"


def chosen_text(page: Page) -> str:
    return " ".join(page.locator("#view-article .evidence.chosen").all_inner_texts())


def test_a_mark_of_the_timeline_opens_its_card_its_sentence_its_place_and_its_ties(
    page: Page,
) -> None:
    page.locator(f'#view-timeline .timeline-event[data-thing="{IED}"]').click()
    assert page.locator(".card h3").inner_text() == "IED attack on a convoy of the 112th Brigade"
    assert chosen_text(page).startswith(SENTENCE)
    assert page.locator(f'#view-map .map-event[data-thing="{IED}"]').count() == 1
    brigade = page.locator('#view-network [data-thing="kg:actor/112th-brigade"]')
    assert "lit" in (brigade.get_attribute("class") or "")
    russia = page.locator('#view-network [data-thing="kg:actor/russia"]')
    assert "faded" in (russia.get_attribute("class") or "")


def test_a_sentence_says_what_it_states(page: Page) -> None:
    page.locator("#view-article .evidence", has_text=SENTENCE).click()
    card = page.locator(".card")
    assert card.get_by_role("heading", name="What this sentence states", level=4).is_visible()
    assert card.locator("dd", has_text="“IED”").first.is_visible()
    timeline = page.locator(f'#view-timeline .timeline-event[data-thing="{IED}"]')
    assert "lit" in (timeline.get_attribute("class") or "")


def test_hovering_an_event_marks_its_sentences_and_the_other_way_round(page: Page) -> None:
    page.locator(f'#view-timeline .timeline-event[data-thing="{IED}"]').hover()
    hovered = page.locator("#view-article .evidence.hover").all_inner_texts()
    assert " ".join(hovered).startswith(SENTENCE)
    page.locator("#view-article .evidence", has_text="Protests were held in support").hover()
    assert page.locator("#view-timeline .timeline-event.hover").count() == 1


def test_a_number_of_a_card_opens_its_sentence(page: Page) -> None:
    page.locator(f'#view-timeline .timeline-event[data-thing="{IED}"]').click()
    page.locator(".card dt", has_text="weapon").locator("xpath=following-sibling::dd[1]").locator(
        ".footnote"
    ).click()
    assert page.locator(".card .quote").first.inner_text().startswith(SENTENCE)
    # And back to the card of the event.
    page.locator(".card-bar .button", has_text="IED attack").click()
    assert page.locator(".card h3").inner_text() == "IED attack on a convoy of the 112th Brigade"


def test_what_is_inferred_says_by_which_rule(page: Page) -> None:
    page.locator(f'#view-timeline .timeline-event[data-thing="{IED}"]').click()
    page.locator(".card-inferred summary").click()
    rules = page.locator(".card-inferred .card-source").all_inner_texts()
    assert "by the rule class-hierarchy" in rules
    assert "by the rule edtf" in rules


def test_what_the_editors_decided_says_why(open_page: OpenPage) -> None:
    page = open_page(hash=f"selected={IED}")
    assert (
        page.locator(".card-source", has_text="Told in the section Clashes of the article").count()
        == 1
    )


@pytest.mark.parametrize(
    ("facet", "left"),
    [
        # "The truce was soon broken": the one breach that the article tells as a fact.
        ("families=violation", ["event/breach-of-the-truce-of-1-september"]),
        ("place=kg:place/al-shabrouq-road", [IED]),
        # Two bombings are told: this one, and that of 26 August.
        ("days=2021-08-18..2021-08-19&kinds=Bombing", [IED]),
    ],
)
def test_a_filter_leaves_the_same_events_in_all_views(
    open_page: OpenPage, facet: str, left: list[str]
) -> None:
    page = open_page(hash=facet)
    for view in ("timeline", "network"):
        marks = page.locator(f'#view-{view} [data-thing^="event/"].mark-on')
        here = marks.evaluate_all(
            """marks => marks.map(mark => mark.dataset.thing)
              .filter(id => document.querySelector(`#view-timeline [data-thing="${CSS.escape(id)}"]`))"""
        )
        assert sorted(set(here)) == left, view


def test_no_event_left_offers_the_way_back(page: Page) -> None:
    page.locator("#search").fill("zeppelin")
    assert page.locator(".filter-status").inner_text() == "No event fits all of these:"
    page.get_by_role("button", name="Clear all").click()
    assert page.locator(".filter-status").inner_text() == "70 events"
    assert page.locator("#search").input_value() == ""


def test_search_finds_a_thing_by_another_name_and_opens_it(page: Page) -> None:
    # "Darás" is how the article spells Daraa once.
    page.locator("#search").fill("darás")
    page.get_by_role("option", name="Daraa city", exact=True).or_(
        page.locator("#search-0")
    ).first.click()
    assert page.locator(".card h3").inner_text() == "Daraa"
    assert page.locator(".filter-status").inner_text() == "70 events"


def test_brushing_the_axis_filters_every_view(page: Page) -> None:
    axis = page.locator(".timeline-axis .overlay").bounding_box()
    assert axis
    y = axis["y"] + 10
    page.mouse.move(axis["x"] + axis["width"] * 0.02, y)
    page.mouse.down()
    page.mouse.move(axis["x"] + axis["width"] * 0.1, y, steps=4)
    page.mouse.up()
    assert "of 70 events" in page.locator(".filter-status").inner_text()
    assert "days=2021-07-29..2021-08-0" in page.url
    off = page.locator(f'#view-network [data-thing="{IED}"]')
    assert "off" in (off.get_attribute("class") or "")


def test_playing_moves_a_day_at_a_time_and_takes_the_views_along(page: Page) -> None:
    page.get_by_role("button", name="Play the days one by one").click()
    page.wait_for_url(re.compile("day=2021-07-31"), timeout=8000)
    page.get_by_role("button", name="Pause").click()
    assert page.locator("#view-timeline .now").count() > 0
    slider = page.get_by_role("slider", name="Day")
    slider.fill("21")  # 29 July and 21 days: 19 August
    assert page.locator(".timeline-now").inner_text() == "19 August 2021"
    assert page.locator(f'#view-map .map-event[data-thing="{IED}"]').count() == 1
    assert SENTENCE in chosen_text(page)
    page.get_by_role("button", name="All days").click()
    assert page.locator("#view-timeline .now").count() == 0


def test_dates_are_drawn_as_exact_as_they_are(page: Page) -> None:
    def spans(event: str) -> str:
        line = page.locator(
            f'#view-timeline .timeline-event[data-thing="{event}"] .timeline-span'
        ).first
        return line.get_attribute("class") or ""

    # "On 25 August, it was reported …": the day of the report, so about that day.
    assert spans("event/truce-of-25-august").endswith("around")
    # "Between 29 and 30 August seven Syrian soldiers were killed": an interval.
    assert spans("event/clashes-of-29-30-august").endswith("interval")
    # A day is a mark alone.
    assert (
        page.locator(f'#view-timeline .timeline-event[data-thing="{IED}"] .timeline-span').count()
        == 0
    )


def test_the_map_counts_what_it_cannot_show(page: Page) -> None:
    words = page.locator("#view-map .map-elsewhere summary").inner_text()
    number = int(words.split()[0])
    page.locator("#view-map .map-elsewhere summary").click()
    expect(page.locator("#view-map .map-list li")).to_have_count(number)
    assert page.locator("#view-map .map-list").get_by_text("Siege of Daraa al-Balad").count() == 0


def test_the_map_has_a_route_as_a_line_and_a_vicinity_as_an_area(page: Page) -> None:
    route = page.locator('#view-map [data-line="kg:place/al-shabrouq-road"]')
    assert (route.get_attribute("d") or "").count("L") == 1
    assert page.locator("#view-map .map-vicinity, #view-map .map-accuracy").count() > 5


def test_the_network_can_be_turned_to_actors_and_to_the_order_of_battle(page: Page) -> None:
    page.locator("#view-network").get_by_role("button", name="Order of battle").click()
    brigade = page.locator('#view-network [data-thing="kg:actor/8th-brigade"]')
    assert brigade.count() == 1
    assert page.locator(f'#view-network [data-thing="{IED}"]').count() == 0
    page.locator("#view-network").get_by_role("button", name="Actors").click()
    assert page.locator("#view-network .network-edge.hostile").count() == 1


def test_the_ledger_opens_the_sentence_of_a_number(open_page: OpenPage) -> None:
    page = open_page(hash="focus=analysis")
    balance = page.locator(".balance", has_text="Government side, killed")
    # By hand: 1 on 5 August, 1 on the 16th, 6 on the 19th, 1 on the 26th, 7 on the 29th to 30th.
    assert "26 in all" in balance.inner_text()
    assert "16 explained, 10 not explained" in balance.inner_text().replace("\n", "")
    balance.locator("tr", has_text="six Syrian soldiers and militiamen").locator(
        ".footnote"
    ).click()
    assert page.locator(".card .quote").first.inner_text().startswith(SENTENCE)


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("accounts", "terrorists who thwarted a reconciliation deal"),
        ("truces", "Ceasefire of 30–31 July"),
        ("gaps", "Who were the unknown gunmen in Maskin"),
    ],
)
def test_each_sheet_of_the_analysis_is_there(open_page: OpenPage, sheet: str, words: str) -> None:
    page = open_page(hash=f"focus=analysis&analysis={sheet}")
    assert words in page.locator(".analysis-sheet").inner_text()
    assert page.locator(".analysis-sheet .footnote").count() > 3
