"""Five views of one graph: what is chosen in one shows in the others, down to its sentence."""

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
LABEL = "IED attack on a convoy of the 112th Brigade"
SENTENCE = "On 19 August, an IED targeted a Syrian army convoy of the 112th Brigade"
STARTS = re.compile(f"^{SENTENCE}")


def mark(page: Page, view: str, thing: str) -> Locator:
    kind = ".timeline-event" if view == "timeline" else ""
    return page.locator(f'#view-{view} {kind}[data-thing="{thing}"]')


def test_a_mark_of_the_timeline_opens_its_card_its_sentence_its_place_and_its_ties(
    page: Page,
) -> None:
    mark(page, "timeline", IED).click()
    expect(page.locator(".card h3")).to_have_text(LABEL)
    expect(page.locator("#view-article .evidence.chosen").first).to_have_text(STARTS)
    expect(page.locator(f'#view-map .map-event[data-thing="{IED}"]')).to_have_count(1)
    expect(mark(page, "network", "kg:actor/112th-brigade")).to_have_class(re.compile(r"\blit\b"))
    expect(mark(page, "network", "kg:actor/russia")).to_have_class(re.compile(r"\bfaded\b"))


def test_a_sentence_says_what_it_states(page: Page) -> None:
    page.locator("#view-article .evidence", has_text=SENTENCE).click()
    card = page.locator(".card")
    expect(card.get_by_role("heading", name="What this sentence states", level=4)).to_be_visible()
    expect(card.locator("dd", has_text="“IED”").first).to_be_visible()
    expect(mark(page, "timeline", IED)).to_have_class(re.compile(r"\blit\b"))


def test_hovering_an_event_marks_its_sentences_and_the_other_way_round(page: Page) -> None:
    mark(page, "timeline", IED).hover()
    expect(page.locator("#view-article .evidence.hover").first).to_have_text(STARTS)
    page.locator("#view-article .evidence", has_text="Protests were held in support").hover()
    hovered = page.locator("#view-timeline .timeline-event.hover")
    expect(hovered).to_have_count(1)
    expect(hovered).to_have_attribute("data-thing", "event/protests-in-idlib-and-al-bab")


def test_a_number_of_a_card_opens_its_sentence(page: Page) -> None:
    mark(page, "timeline", IED).click()
    weapon = page.locator(".card dt", has_text="weapon")
    weapon.locator("xpath=following-sibling::dd[1]").locator(".footnote").click()
    expect(page.locator(".card .quote").first).to_have_text(STARTS)
    # And back to the card of the event.
    page.locator(".card-bar .button", has_text="IED attack").click()
    expect(page.locator(".card h3")).to_have_text(LABEL)


def test_what_is_inferred_says_by_which_rule(page: Page) -> None:
    mark(page, "timeline", IED).click()
    page.locator(".card-inferred summary").click()
    for rule in ("class-hierarchy", "edtf"):
        source = page.locator(".card-inferred .card-source", has_text=f"by the rule {rule}")
        expect(source.first).to_be_visible()


def test_what_the_editors_decided_says_why(open_page: OpenPage) -> None:
    page = open_page(hash=f"selected={IED}")
    reason = "Told in the section Clashes of the article"
    expect(page.locator(".card-source", has_text=reason)).to_have_count(1)


def test_the_ledger_opens_the_sentence_of_a_number(open_page: OpenPage) -> None:
    page = open_page(hash="focus=analysis")
    balance = page.locator(".balance", has_text="Government side, killed")
    # By hand: 1 on 5 August, 1 on the 16th, 6 on the 19th, 1 on the 26th, 7 on the 29th to 30th.
    expect(balance).to_contain_text("26 in all")
    expect(balance).to_contain_text("16 explained, 10 not explained")
    row = balance.locator("tr", has_text="six Syrian soldiers and militiamen")
    row.locator(".footnote").click()
    expect(page.locator(".card .quote").first).to_have_text(STARTS)


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
    expect(page.locator(".analysis-sheet")).to_contain_text(words)
    expect(page.locator(".analysis-sheet .footnote").nth(3)).to_be_attached()
