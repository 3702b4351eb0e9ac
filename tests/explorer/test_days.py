"""Days: drawn as exact as they are told, brushed, typed and played, on the timeline and in the article."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .conftest import SETTLED

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OpenPage = Callable[..., "Page"]

IED = "event/al-shabrouq-ied"
SENTENCE = "On 19 August, an IED targeted a Syrian army convoy of the 112th Brigade"


def event(page: Page, name: str) -> Locator:
    return page.locator(f'#view-timeline .timeline-event[data-thing="{name}"]')


def sentence(page: Page, words: str) -> Locator:
    return page.locator("#view-article .evidence", has_text=words).first


# --- drawn ----------------------------------------------------------------------------------------


def test_dates_are_drawn_as_exact_as_they_are(page: Page) -> None:
    def span(name: str) -> Locator:
        return event(page, name).locator(".timeline-span").first

    # "On 25 August, it was reported …": the day of the report, so about that day.
    expect(span("event/truce-of-25-august")).to_have_class(re.compile("around$"))
    # "Between 29 and 30 August seven Syrian soldiers were killed": an interval.
    expect(span("event/clashes-of-29-30-august")).to_have_class(re.compile("interval$"))
    # A day is a mark alone.
    expect(event(page, IED)).to_have_count(1)
    expect(event(page, IED).locator(".timeline-span")).to_have_count(0)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_an_agreement_lasts_until_it_was_broken(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(width=size[0], height=size[1], hash="focus=timeline")
    # "… agreed to a truce on 1 September … The truce was soon broken, with intense clashes reported on
    # 5 September": broken on one of these days. The axis has the 39 days from 29 July to 5 September.
    broken = event(page, "event/truce-of-1-september")
    axis = page.locator(".timeline-axis .overlay").bounding_box()
    cross = broken.locator(".timeline-broken").bounding_box()
    assert axis is not None
    assert cross is not None
    day = axis["width"] / 39
    assert cross["x"] + cross["width"] / 2 == pytest.approx(axis["x"] + 38.5 * day, abs=1.5)
    unsure = broken.locator(".timeline-span.agreed")
    expect(unsure).to_have_count(1)
    expect(unsure).to_have_class(re.compile("unsure$"))
    left = page.locator(".timeline-marks").bounding_box()
    assert left is not None
    ends = [left["x"] + float(unsure.get_attribute(end) or 0) for end in ("x1", "x2")]
    assert ends == pytest.approx([axis["x"] + at * day for at in (34.5, 38.5)], abs=1.5)
    said = r"broken by Breach of the truce of 1 September \(between 1 and 5 September 2021\)"
    expect(broken).to_have_attribute("aria-label", re.compile(said))
    # "Both sides agreed to a ceasefire for 30–31 July": no breach is told.
    kept = event(page, "event/ceasefire-of-30-july")
    expect(kept.locator(".timeline-broken")).to_have_count(0)
    # Of the truce of 5 September no end is told.
    last = event(page, "event/truce-of-5-september")
    expect(last.locator(".timeline-span.endless")).to_have_count(1)
    expect(last.locator(".timeline-broken")).to_have_count(0)
    expect(last).to_have_attribute("aria-label", re.compile("its end is not told$"))


def test_the_signs_are_told_and_closed_by_escape(page: Page) -> None:
    page.locator("#view-timeline summary", has_text="Signs").click()
    signs = page.locator(".timeline-signs")
    expect(signs.get_by_text("an agreement whose end is not told")).to_be_visible()
    page.keyboard.press("Escape")
    expect(signs).to_be_hidden()


# --- brushed and typed ----------------------------------------------------------------------------


def brush(page: Page, start: float, end: float) -> None:
    """Draw over the axis, from one share of its length to another."""
    axis = page.locator(".timeline-axis .overlay").bounding_box()
    assert axis is not None
    y = axis["y"] + 10
    page.mouse.move(axis["x"] + axis["width"] * start, y)
    page.mouse.down()
    page.mouse.move(axis["x"] + axis["width"] * end, y, steps=4)
    page.mouse.up()


def test_brushing_the_axis_filters_timeline_and_article(page: Page) -> None:
    # The axis has the 39 days from 29 July to 5 September: these are the 19th to the 22nd of them.
    brush(page, 18.2 / 39, 21.8 / 39)
    expect(page).to_have_url(re.compile(r"days=2021-08-16\.\.2021-08-19"))
    on, off = re.compile(r"\bmark-on\b"), re.compile(r"\boff\b")
    # "On 16 August, a member of the 4th Division was shot", "On 19 August, an IED …".
    for name in ("event/shooting-in-sheikh-maskeen", IED):
        expect(event(page, name)).to_have_class(on)
    # "On 5 August …", "On 14 August …", "On 20 August …": a day before it, and a day after it.
    for name in (
        "event/attack-on-a-vehicle-on-the-nahtah-road",
        "event/bombardment-of-14-august",
        "event/shelling-of-20-august",
    ):
        expect(event(page, name)).to_have_class(off)
    out = re.compile(r"\bout\b")
    expect(sentence(page, SENTENCE)).not_to_have_class(out)
    expect(sentence(page, "On 16 August, a member of")).not_to_have_class(out)
    for words in ("On 14 August, hours before talks", "On 20 August, Syrian artillery shelling"):
        expect(sentence(page, words)).to_have_class(out)
    expect(page.locator(".filter-status")).to_have_text(re.compile(r"^\d+ of 70 events$"))
    # The days are to be read beside it, and drawn on the axis.
    expect(page.get_by_label("From day")).to_have_value("16 Aug")
    expect(page.get_by_label("To day")).to_have_value("19 Aug")
    expect(page.locator(".timeline-brush .selection")).to_be_visible()


def test_a_brush_is_taken_back_by_a_click_beside_it(page: Page) -> None:
    brush(page, 18.2 / 39, 21.8 / 39)
    expect(page).to_have_url(re.compile("days="))
    expect(page.locator(".filter-status")).to_have_text(re.compile(r"^\d+ of 70 events$"))
    page.evaluate(SETTLED)  # the axis is drawn anew
    axis = page.locator(".timeline-axis .overlay").bounding_box()
    assert axis is not None
    page.mouse.click(axis["x"] + axis["width"] * 0.9, axis["y"] + 10)
    expect(page).not_to_have_url(re.compile("days="))
    expect(page.locator(".filter-status")).to_have_text("70 events")
    expect(page.locator("#view-article .evidence.out")).to_have_count(0)


def test_days_can_be_typed(page: Page) -> None:
    first, last = page.get_by_label("From day"), page.get_by_label("To day")
    expect(first).to_have_attribute("placeholder", "29 Jul")
    first.fill("16 Aug")
    first.press("Enter")
    last.fill("2021-08-20")
    last.press("Enter")
    expect(page).to_have_url(re.compile(r"days=2021-08-16\.\.2021-08-20"))
    expect(last).to_have_value("20 Aug")
    first.fill("the day before")
    first.press("Enter")
    expect(first).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile(r"days=2021-08-16\.\.2021-08-20"))


# --- played ---------------------------------------------------------------------------------------


def test_playing_goes_from_day_to_day_until_it_is_paused(page: Page) -> None:
    page.get_by_role("button", name="Play the days one by one").click()
    for day in ("2021-07-29", "2021-07-30", "2021-07-31"):
        expect(page).to_have_url(re.compile(f"day={day}"))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play the days one by one")).to_be_visible()
    # Paused, it is a day like any other: the label and the slider say the same.
    slider = page.get_by_role("slider", name="Day")
    expect(page.locator(".timeline-now")).to_have_text(slider.get_attribute("aria-valuetext") or "")


def test_a_day_of_the_slider_is_shown_on_timeline_and_in_article(page: Page) -> None:
    page.get_by_role("button", name="Play the days one by one").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider", name="Day").fill("21")  # 29 July and 21 days: 19 August
    expect(page.locator(".timeline-now")).to_have_text("19 August 2021")
    expect(page.locator(".timeline-playhead")).to_have_class(re.compile(r"\bon\b"))
    now, off = re.compile(r"\bnow\b"), re.compile(r"\boff\b")
    expect(event(page, IED)).to_have_class(now)
    # The 16th is over, and still to be seen; the 20th has not come.
    before = event(page, "event/shooting-in-sheikh-maskeen")
    expect(before).not_to_have_class(now)
    expect(before).not_to_have_class(off)
    expect(event(page, "event/shelling-of-20-august")).to_have_class(off)
    chosen = page.locator("#view-article .evidence.chosen")
    expect(chosen.filter(has_text=SENTENCE)).not_to_have_count(0)
    expect(sentence(page, SENTENCE)).to_be_in_viewport()
    expect(sentence(page, "On 20 August, Syrian artillery")).to_have_class(re.compile(r"\bout\b"))
    # The playhead stands at the mark of the day.
    head, mark = (
        one.bounding_box()
        for one in (
            page.locator(".timeline-playhead"),
            event(page, IED).locator(".timeline-symbol"),
        )
    )
    assert head is not None
    assert mark is not None
    assert abs(head["x"] + head["width"] / 2 - (mark["x"] + mark["width"] / 2)) < 4


def test_all_days_ends_the_play(open_page: OpenPage) -> None:
    page = open_page(hash="day=2021-08-19")
    expect(event(page, IED)).to_have_class(re.compile(r"\bnow\b"))
    page.get_by_role("button", name="All days").click()
    expect(page.locator("#view-timeline .now")).to_have_count(0)
    expect(page.locator("#view-timeline .timeline-event.mark-on")).to_have_count(70)
    expect(
        page.locator("#view-article .evidence.out, #view-article .evidence.chosen")
    ).to_have_count(0)
    expect(page.get_by_role("slider", name="Day")).to_be_hidden()
