"""What cards and sheets say, beside what the command line says of the same graph."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Locator, Page

    import daraa_kg as dk

    from .conftest import OpenPage

CAPTURE = "event/capture-of-soldiers-and-agents"
TAFAS = "event/bombardment-of-tafas"
INFERRED = " (from the order of events, or from what is part of what)"

# The stretch before each first footnote, and whether the two stand on one line.
APART = """root => [...root.querySelectorAll(".footnotes")].flatMap(notes => {
  const walker = document.createTreeWalker(notes.closest("dd, li, h3, p, td") ?? root, NodeFilter.SHOW_TEXT);
  let before = null;
  for (let node = walker.nextNode(); node && !notes.contains(node); node = walker.nextNode())
    if (node.data.trim()) before = node;
  if (!before) return [];
  const range = document.createRange();
  range.setStart(before, before.data.trimEnd().length - 1);
  range.setEnd(before, before.data.trimEnd().length);
  const word = range.getBoundingClientRect();
  const note = notes.querySelector(".footnote").getBoundingClientRect();
  return note.top < word.bottom && note.bottom > word.top && note.left >= word.right - 1
    ? [] : [before.data.slice(-30)];
})"""


def plain(words: str) -> str:
    """Give words without line breaks, word joiners and quotation marks."""
    return " ".join(re.sub("[\u2060“”]", "", words).split())


def told(place: Locator) -> str:
    return plain(place.inner_text())


def missing(said: str, wanted: Iterable[str]) -> list[str]:
    return [words for words in wanted if plain(words) not in said]


# --- the sheets say what the command line says -----------------------------------------------------


def test_truces_say_what_the_command_line_says(open_page: OpenPage, graph: dk.Graph) -> None:
    page = open_page(hash="focus=analysis&analysis=truces")
    truces = graph.truces()
    assert len(truces) == 7
    for truce in truces:
        sheet = page.locator(f'.truce[data-event="{truce.agreement.id}"]')
        endings = (*truce.broken_by, *truce.replaced_by)
        wanted = [
            truce.agreement.label,
            truce.agreement.kind or "",
            truce.made.words,
            truce.held.words,
        ]
        wanted += [truce.in_force.words] if truce.in_force else []
        wanted += [one.label for one in (*truce.parties, *truce.mediators, *truce.reporters)]
        wanted += [term.words or term.thing.label for term in truce.terms]
        wanted += [term.fate or "what came of it is not said" for term in truce.terms]
        wanted += [*truce.course, *(part.label for part in truce.parts)]
        wanted += [text for one in endings for text in (one.event.label, one.span.words)]
        wanted += [one.breach.label for one in truce.alleged]
        wanted += [name.label for one in truce.alleged for name in one.by]
        assert missing(told(sheet), wanted) == [], truce.agreement.id


def test_how_a_truce_went_opens_its_sentence(open_page: OpenPage) -> None:
    page = open_page(hash="focus=analysis&analysis=truces")
    held = page.locator('.truce[data-event="event/ceasefire-of-30-july"]')
    row = held.locator("dd", has_text="most areas adhered to the ceasefire")
    row.locator(".footnote").click()
    card = page.locator(".card")
    assert "On 31 July, the situation remained tense" in told(card.locator(".quote").first)
    last = page.locator('.truce[data-event="event/truce-of-5-september"]')
    last.locator("dd", has_text="Handover of weapons by 60 militants").locator(".footnote").click()
    assert "60 militants handing over their weapons" in told(card.locator(".quote").first)


def test_accounts_say_what_the_command_line_says(open_page: OpenPage, graph: dk.Graph) -> None:
    page = open_page(hash="focus=analysis&analysis=accounts")
    read = graph.accounts()
    assert (len(read.accounts), len(read.contradictions), len(read.reports)) == (16, 4, 3)
    for account in read.accounts:
        row = page.locator(f'.accounts-table tr[data-event="{account.thing.id}"]').first
        names = (*account.speakers, *account.told_by, *account.addressees)
        wanted = [one.label for one in (*names, *account.accused, *account.about)]
        wanted += [account.stance, account.span.words or "no date given"]
        wanted += [one.words or one.thing.label for one in account.says]
        wanted += [account.words or ""]
        assert missing(told(row), wanted) == [], account.thing.id
    sheet = told(page.locator(".analysis-sheet"))
    grounds = {"editors": 2, "figure": 1, "infobox": 1}
    assert Counter(found.ground for found in read.contradictions) == grounds
    assert sheet.count("the editors say so") == 2
    assert sheet.count("one figure, told in two ways") == 1
    assert sheet.count("the infobox alone tells one of them") == 1
    for found in read.contradictions:
        wanted = [found.one.voice, found.other.voice, found.one.words or "", *found.because]
        wanted += [difference.matter for difference in found.differences]
        assert missing(sheet, wanted) == []
    reports = told(page.locator("h3", has_text="Known from reports alone").locator("+ table"))
    for report in read.reports:
        by = [name.label for name in report.reporters]
        assert missing(reports, [report.event.label, report.span.words, *by]) == []


def test_the_ledger_says_what_the_command_line_says(open_page: OpenPage, graph: dk.Graph) -> None:
    page = open_page(hash="focus=analysis&analysis=ledger")
    balances = graph.ledger().balances
    sheets = page.locator(".balance")
    assert sheets.count() == len(balances) == 9
    for sheet, balance in zip(sheets.all(), balances, strict=True):
        wanted = [f"{balance.who}, {balance.outcome.label}"]
        wanted += ["on no side"] if balance.group == "on no side" else []
        wanted += ["not part of 2021 Daraa offensive"] if balance.whole is None else []
        if balance.total:
            wanted += [f"{balance.total} in all", f"{balance.explained:,} explained"]
            wanted += [f"{balance.unexplained:,} not explained"]
        for entry in (*balance.totals, *balance.entries):
            wanted += [entry.wording or "", *(doubt.words for doubt in entry.doubts)]
        for entry in balance.entries:
            wanted += [entry.date, entry.event.label if entry.event else entry.thing.label]
        assert missing(told(sheet), wanted) == [], balance.who


# --- one date, wherever it is told -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "date"),
    [
        (CAPTURE, "between 29 July and 5 September 2021"),
        (TAFAS, "between 29 July and 26 August 2021"),
    ],
)
def test_card_and_ledger_give_one_date(open_page: OpenPage, event: str, date: str) -> None:
    page = open_page(hash=f"focus=analysis&analysis=ledger&selected={event}")
    assert told(page.locator(".card-when")) == date + INFERRED
    rows = page.locator(f'.ledger-table tr[data-event="{event}"]')
    assert {told(row.locator("td").nth(1)) for row in rows.all()} == {date}


# --- a card's words stand by themselves -------------------------------------------------------------


def test_the_side_on_a_card_has_its_role(open_page: OpenPage) -> None:
    # The army ambushed six of the 5th Corps, whose side is not said: "6 killed" stands right below.
    page = open_page(hash="selected=event/ambush-at-al-rubai")
    assert told(page.locator(".card-sides")) == "By: Government side"


def test_a_report_by_somebody_not_said_is_told_once(open_page: OpenPage) -> None:
    # "with intense clashes reported on 5 September"
    page = open_page(hash="selected=event/clashes-of-5-september")
    assert told(page.locator(".card-voice")) == (
        "Reported by somebody (not said who); the article does not say so itself."
    )


def test_the_article_names_its_licence_once(open_page: OpenPage) -> None:
    page = open_page(hash="focus=article")
    assert told(page.locator(".article-credit")).count("CC BY-SA 4.0") == 1
    assert told(page.locator(".article-credit")).endswith("Wikipedia, CC BY-SA 4.0.")


def test_what_had_begun_is_not_told_as_over(open_page: OpenPage) -> None:
    page = open_page(hash="selected=event/syrian-civil-war")
    assert told(page.locator(".card-when")).startswith(
        "begun by 29 July 2021, not over before 5 September 2021"
    )


# --- the words of cards ----------------------------------------------------------------------------


def facts(page: Page) -> list[tuple[str, str]]:
    """Give each property of the card with the words right of it."""
    rows = page.locator(".card .card-facts dt + dd").evaluate_all(
        "all => all.map(dd => [dd.previousElementSibling.textContent, dd.firstElementChild.textContent])"
    )
    return [(label, value) for label, value in rows]


def test_yes_is_told_in_words(open_page: OpenPage) -> None:
    page = open_page(hash=f"selected={TAFAS}")
    assert ("people", "civilians") in facts(page)
    page = open_page(hash="selected=event/alleged-promise-to-stay-out")
    assert ("what is said", "that there will be no deployment") in facts(page)
    page = open_page(hash="selected=event/deployment-across-the-province")
    assert ("what came of it", "did not come to pass") in facts(page)
    assert "yes" not in [value for _, value in facts(page)]


def test_what_the_officer_says_is_told_as_his_word(open_page: OpenPage) -> None:
    page = open_page(hash="selected=event/handover-promised-by-the-notables")
    heading = told(page.locator(".card .card-kind"))
    assert heading == (
        "weapons handover · not an event: promised, as claimed; said not to have come to pass"
    )
    assert ("what came of it", "said not to have come to pass") in facts(page)
    assert "and not done" not in told(page.locator(".card"))


def test_how_many_facts_name_a_thing(open_page: OpenPage) -> None:
    page = open_page(hash="selected=kg:actor/112th-brigade")
    named = page.locator(".card-mentions")
    number = named.locator("dd").count()
    assert number > 0
    said = told(named.locator("summary"))
    assert said == f"Named in {number} other fact{'' if number == 1 else 's'}"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize(
    "address",
    ["selected=event/offensive", f"selected={TAFAS}", "focus=analysis&analysis=truces"],
)
def test_footnotes_stay_with_the_last_word(
    open_page: OpenPage, address: str, width: int, height: int
) -> None:
    page = open_page(hash=address, width=width, height=height)
    for place in page.locator(".card, .analysis-sheet").all():
        assert place.evaluate(APART) == []


def test_a_name_in_a_sentence_is_a_button_for_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(hash=f"selected={TAFAS}")
    for key in ("Enter", " "):
        page.locator(".card .thing", has_text="Syrian Army").first.press(key)
        page.locator("#card-title", has_text="Syrian Army").wait_for()
        page.go_back()
        page.locator("#card-title", has_text="Bombardments of Tafas").wait_for()
    page.locator(".card .footnote").first.press("Enter")
    page.locator("#card-title", has_text="What this sentence states").wait_for(state="attached")


# --- the rest of the page --------------------------------------------------------------------------


def test_the_licence_stands_once(page: Page) -> None:
    page.get_by_role("button", name="About and files").click()
    article = page.locator("dialog[open] h3", has_text="The article").locator("+ p")
    assert told(article).count("CC BY-SA 4.0") == 1
    link = article.get_by_role("link", name="CC BY-SA 4.0")
    assert link.get_attribute("href") == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_dates_break_between_their_parts_alone(open_page: OpenPage) -> None:
    page = open_page(hash="focus=analysis&analysis=ledger", width=761, height=900)
    parts = page.locator(".ledger-table td:nth-child(2) .unbroken")
    assert parts.count() > 15
    lines = parts.evaluate_all("all => all.map(part => part.getClientRects().length)")
    assert set(lines) == {1}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", f"selected={TAFAS}"])
def test_nothing_of_a_bar_shows_between_the_letters_on_it(
    open_page: OpenPage, scheme: str, address: str
) -> None:
    page = open_page(hash=address, scheme=scheme)
    gaps = page.locator(".timeline-gap").evaluate_all(
        """all => all.map(gap => {
          const [hole, words] = [gap, gap.nextElementSibling].map(one => one.getBBox());
          const style = getComputedStyle(gap);
          return [hole.x <= words.x && hole.x + hole.width >= words.x + words.width, style.fillOpacity,
            style.fill === getComputedStyle(document.querySelector("#view-timeline")).backgroundColor];
        })"""
    )
    assert gaps == [[True, "1", True]]
