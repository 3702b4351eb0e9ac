"""Numbers and dates in two wordings: the same, written otherwise, changed, gone or come."""

from __future__ import annotations

import pytest

from daraa_kg.revisions.numberchanges import date_changes, dates_in, number_changes
from daraa_kg.revisions.wordchanges import Comparison


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("six others wounded", "6 others wounded", ["“six” is now “6”: the same number"]),
        ("five soldiers", "6 soldiers", ["“five” is now “6”"]),
        ("killing six men", "killing men", ["“six” is gone"]),
        ("killed two men", "killed two men and three women", ["“three” is added"]),
        ("six soldiers", "at least six soldiers", ["“six” is now “at least six”"]),
        ("several civilians", "five civilians", ["“several” is now “five”"]),
        ("a soldier", "two soldiers", ["“a” is now “two”"]),
        ("a soldier", "one soldier", []),
        ("a soldier", "the soldier", []),
        ("11,000 families", "11,000 Syrian families", []),
        ("On 5 August two died", "On 6 August two died", []),
        ("two men and six women", "6 women and 2 men",
         ["“two” is now “2”: the same number", "“six” is now “6”: the same number"]),
        # After an American date the comma hides the number from a reader of lists of days.
        ("On 27 August six members of it", "On August 27, 6 members of it",
         ["“six” is now “6”: the same number"]),
        ("Between 29 and 30 August seven men", "Between August 29 and August 30, 7 men",
         ["“seven” is now “7”: the same number"]),
        ("On 27 August six members of it", "On August 27, 5 members of it", ["“six” is now “5”"]),
    ],
)  # fmt: skip
def test_numbers_are_compared_by_what_they_mean(old: str, new: str, said: list[str]) -> None:
    assert [str(change) for change in number_changes(Comparison(old, new))] == said


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On 19 August", {"19 August"}),
        ("On August 19, an IED", {"19 August"}),
        ("29 July – 5 September 2021", {"29 July", "5 September 2021"}),
        ("for 30–31 July", {"30 July", "31 July"}),
        ("Between 29 and 30 August seven", {"29 August", "30 August"}),
        ("On August 27, 6 members", {"27 August"}),
        ("in March 2011, and in 2018", {"March 2011", "2018"}),
        ("11,000 families and 2018 men, the 5th Corps", {"2018"}),
        ("by the end of June", {"June"}),
    ],
)
def test_dates_are_read_in_both_orders(text: str, dates: set[str]) -> None:
    assert dates_in(text) == dates


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("On 19 August, they", "On August 19, they", "the same date, written otherwise"),
        ("On 29 and 30 August", "On August 29 and August 30", "the same dates, written otherwise"),
        ("On 5 August they", "On 6 August they", "5 August is now 6 August"),
        ("On 5 August they", "Then they", "5 August is gone"),
        ("They left in June", "They left in June 2021", "June is now June 2021"),
        ("On 5 August one", "On 5 August two", ""),
    ],
)
def test_dates_are_compared_by_what_they_mean(old: str, new: str, said: str) -> None:
    assert str(date_changes(Comparison(old, new))) == said
