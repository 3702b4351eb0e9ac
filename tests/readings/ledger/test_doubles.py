"""Nobody is counted twice: each way of telling of the same people more than once."""

from __future__ import annotations

import pytest

from daraa_kg.readings.ledger import Balance, Ledger, NoCasualties

from .figures import Keep, dead


def sums(balance: Balance) -> tuple[str | None, int, int | None, int]:
    total = str(balance.total) if balance.total else None
    return total, balance.explained, balance.unexplained, balance.excess


def adds(balance: Balance) -> dict[str, int]:
    return {entry.thing.id: entry.adds for entry in balance.entries}


def blue(ledger: Ledger) -> Balance:
    return ledger.balance("Blue", "killed")


GENERAL = '<general> a dkg:Person ; rdfs:label "General"@en ; dkg:fate dkg:killed .\n'
COMMANDS = "<blue> dkg:commander <general> .\n"


def told(*rows: str) -> str:
    """Write figures of the killed: event, name, number, and what else is said of each.

    ``raid@red`` is a figure of another side, ``raid@`` of none; ``-`` is no number.
    """
    facts = []
    for row in rows:
        event, name, number, *more = row.split(maxsplit=3)
        event, sign, side = event.partition("@")
        count = "" if number == "-" else number
        facts.append(dead(event, name, count, side if sign else "blue", "".join(more)))
    return "".join(facts)


Sums = tuple[str | None, int, int | None, int]
# What is told; the sums of every balance (total, explained, rest, excess); and of Blue's killed,
# what each entry adds.
CASES: dict[str, tuple[str, dict[str, Sums], dict[str, int] | None]] = {
    "days that come to more than their interval: max(4, 3 + 2)": (
        told("war all 10", "battle four 4", "day1 three 3", "day2 two 2"),
        {"Blue killed": ("10", 5, 5, 0)},
        {"battle#four": 0, "day1#three": 3, "day2#two": 2},
    ),
    "an interval without a number is the sum of its days": (
        told("war all 10", "battle several -", "day1 three 3", "day2 two 2"),
        {"Blue killed": ("10", 5, 5, 0)},
        {"battle#several": 0, "day1#three": 3, "day2#two": 2},
    ),
    "an event that restates the total explains it": (
        told("war all 10", "battle ten 10 dkg:sameFigure <war#all>", "day1 four 4"),
        {"Blue killed": ("10", 10, 0, 0)},
        {"battle#ten": 6, "day1#four": 4},
    ),
    "figures that contradict each other count once, and the smaller": (
        told("war all 30", "raid twenty 20 dkg:contradicts <raid#five>", "raid five 5"),
        {"Blue killed": ("30", 5, 25, 0)},
        {"raid#twenty": 0, "raid#five": 5},
    ),
    "two totals of one side add up; the 4 of the raid are in either, and counted once": (
        told(
            "war army 10 dkg:sufferedBy <army>",
            "war militia 5 dkg:sufferedBy <militia>",
            "raid four 4",
        ),
        {"Blue killed": ("15", 4, 11, 0)},
        {"raid#four": 4},
    ),
    "3 of the army and 4 of the militia in the battle; 2 of these 7 on the first day": (
        told(
            "war all 10",
            "battle army 3 dkg:sufferedBy <army>",
            "battle militia 4 dkg:sufferedBy <militia>",
            "day1 two 2",
        ),
        {"Blue killed": ("10", 7, 3, 0)},
        None,
    ),
    "26 killed, of whom 10 officers, who are no second total and explain nothing": (
        told("war all 26 dkg:includes <war#officers>", "war officers 10", "raid three 3"),
        {"Blue killed": ("26", 3, 23, 0)},
        {"raid#three": 3},
    ),
    "5 and 4 that both include the same 3: 5 + 4 - 3": (
        told(
            "war all 10",
            "battle five 5 dkg:includes <day2#three>",
            "raid four 4 dkg:includes <day2#three>",
            "day2 three 3",
        ),
        {"Blue killed": ("10", 6, 4, 0)},
        None,
    ),
    "a total that includes people of no side, who keep an account of their own": (
        told(
            "war all 10 dkg:includes <raid#guests>",
            "raid@ guests 2 dkg:sufferedBy <rebels>",
            "day1 one 1",
        ),
        {"Blue killed": ("10", 3, 7, 0), "Rebels killed": (None, 2, None, 0)},
        {"raid#guests": 2, "day1#one": 1},
    ),
    "a figure that only another one includes": (
        told("war all 10", "raid three 3 dkg:includes <officers>")
        + '<officers> a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:wording "an officer" ; '
        "dkg:count 1 ; dkg:side <blue> .",
        {"Blue killed": ("10", 3, 7, 0)},
        {"raid#three": 2, "officers": 1},
    ),
    "two sides in one event": (
        told("war blue 10", "war@red red 20", "raid three 3", "raid@red five 5"),
        {"Blue killed": ("10", 3, 7, 0), "Red killed": ("20", 5, 15, 0)},
        {"raid#three": 3},
    ),
    "civilians of a side are that side's": (
        told(
            "war@ civilians 9 dkg:civilian true",
            "raid@ two 2 dkg:civilian true",
            "day1 clerk 1 dkg:civilian true",
        ),
        {"Blue killed": (None, 1, None, 0), "Civilians killed": ("9", 2, 7, 0)},
        {"day1#clerk": 1},
    ),
    "families are not added to persons": (
        told("war all 10", "raid families 3 dkg:unit dkg:families"),
        {"Blue killed": ("10", 0, 10, 0), "Blue killed (families)": (None, 3, None, 0)},
        None,
    ),
    "figures that cover each other come to an end": (
        told(
            "war all 10",
            "raid one 3 dkg:includes <day1#other>",
            "day1 other 3 dkg:includes <raid#one>",
        ),
        {"Blue killed": ("10", 3, 7, 0)},
        None,
    ),
    "a person in a count": (
        GENERAL + COMMANDS + told("war all 10", "raid three 3 dkg:includesPerson <general>"),
        {"Blue killed": ("10", 3, 7, 0)},
        {"raid#three": 3},
    ),
    "3 and 2 that both count the general: 3 + 2 - 1": (
        GENERAL
        + told(
            "war all 10",
            "raid three 3 dkg:includesPerson <general>",
            "day1 two 2 dkg:includesPerson <general>",
        ),
        {"Blue killed": ("10", 4, 6, 0)},
        None,
    ),
    "several with a named one are at least that one": (
        GENERAL + told("war all 10", "raid several - dkg:includesPerson <general>"),
        {"Blue killed": ("10", 1, 9, 0)},
        None,
    ),
    "a general among the wounded who died: no figure of the killed has him": (
        GENERAL
        + COMMANDS
        + told("war all 10")
        + "<raid> dkg:casualties <raid#hurt> .\n"
        + '<raid#hurt> dkg:outcome dkg:wounded ; dkg:wording "hurt" ; dkg:count 2 ; '
        + "dkg:side <blue> ; dkg:includesPerson <general> .\n",
        {"Blue killed": ("10", 1, 9, 0), "Blue wounded": (None, 2, None, 0)},
        None,
    ),
    "a killing that is no part of the war: the side he was on does not make it one": (
        GENERAL
        + '<old> a dkg:Killing ; rdfs:label "Old"@en ; dkg:target <general> .\n'
        + told("war all 10"),
        {"Blue killed": ("10", 0, 10, 0)},
        {},
    ),
    "what was only threatened is not counted": (
        '<threat> a dkg:Prospect ; rdfs:label "Threat"@en ; dkg:partOf <war> .\n'
        + told("war all 10", "threat fifty 50"),
        {"Blue killed": ("10", 0, 10, 0)},
        {},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_nobody_is_counted_twice(keep: Keep, case: str) -> None:
    facts, expected, added = CASES[case]
    ledger = keep(facts)
    assert {f"{b.who} {b.what}": sums(b) for b in ledger.balances} == expected
    if added is not None:
        assert adds(blue(ledger)) == added
    without = [name for name in ("battle#several", "raid#several") if name in facts]
    assert [e.thing.id for b in ledger.balances for e in b.unnumbered] == without


def test_an_interval_and_its_days(keep: Keep) -> None:
    """10 in all; 7 in the battle, of whom 3 on the first day and 2 on the second; 1 in a raid."""
    ledger = keep(
        dead("war", "all", "10")
        + dead("battle", "seven", "7")
        + dead("day1", "three", "3")
        + dead("day2", "two", "2")
        + dead("raid", "one", "1")
    )
    assert sums(blue(ledger)) == ("10", 8, 2, 0)
    assert adds(blue(ledger)) == {
        "battle#seven": 2,
        "day1#three": 3,
        "day2#two": 2,
        "raid#one": 1,
    }
    within = {e.thing.id: e.within.id if e.within else None for e in blue(ledger).entries}
    assert within == {
        "battle#seven": None,
        "day1#three": "battle#seven",
        "day2#two": "battle#seven",
        "raid#one": None,
    }


def test_parts_three_deep(keep: Keep) -> None:
    """The hour is part of the first day, which is part of the battle: max(7, max(3, 4) + 2) = 7."""
    hour = '<hour> a dkg:Clash ; rdfs:label "Hour"@en ; dkg:partOf <day1> .\n'
    told = dead("war", "all", "10") + dead("day1", "three", "3") + dead("day2", "two", "2")
    ledger = keep(hour + told + dead("battle", "seven", "7") + dead("hour", "four", "4"))
    assert sums(blue(ledger)) == ("10", 7, 3, 0)
    assert adds(blue(ledger)) == {
        "battle#seven": 1,
        "day1#three": 0,
        "hour#four": 4,
        "day2#two": 2,
    }
    # Without the battle's own figure the day is worth the 4 of its hour: 4 + 2.
    assert sums(blue(keep(hour + told + dead("hour", "four", "4")))) == ("10", 6, 4, 0)


def test_a_restated_figure(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "10")
        + dead("raid", "three", "3")
        + dead("battle", "again", "3", more="dkg:sameFigure <raid#three>")
    )
    assert sums(blue(ledger)) == ("10", 3, 7, 0)
    again = {e.thing.id: e.restates.id if e.restates else None for e in blue(ledger).entries}
    assert again == {"battle#again": None, "raid#three": "battle#again"}


def test_a_total_that_the_text_gives_twice(keep: Keep) -> None:
    ledger = keep(
        dead("war", "box", "10")
        + dead("war", "lead", "dkg:atLeast 9", more="dkg:sameFigure <war#box>")
        + dead("raid", "three", "3")
    )
    assert sums(blue(ledger)) == ("10", 3, 7, 0)
    assert [(t.wording, t.restates is None) for t in blue(ledger).totals] == [
        ("box", True),
        ("lead", False),
    ]


# --- numbers that are bounds ----------------------------------------------------------------------


def test_bounds(keep: Keep) -> None:
    """At least 3, and 2 to 4, add their least number: 5. At most 6 adds nothing, and is listed."""
    ledger = keep(
        dead("war", "all", "20")
        + dead("day1", "least", "dkg:atLeast 3")
        + dead("day2", "between", "dkg:atLeast 2 ; dkg:atMost 4")
        + dead("raid", "most", "dkg:atMost 6")
    )
    assert sums(blue(ledger)) == ("20", 5, 15, 0)
    assert [str(e.amount) for e in blue(ledger).entries] == ["at least 3", "2 to 4", "at most 6"]
    assert [e.thing.id for e in blue(ledger).unnumbered] == ["raid#most"]


@pytest.mark.parametrize(
    ("total", "raid", "expected"),
    [
        ("10", "12", ("10", 12, 0, 2)),
        ("dkg:atLeast 10", "12", ("at least 10", 12, 0, 0)),
        ("dkg:atLeast 10 ; dkg:atMost 15", "12", ("10 to 15", 12, 0, 0)),
        ("dkg:atLeast 10 ; dkg:atMost 15", "17", ("10 to 15", 17, 0, 2)),
        ("dkg:atMost 15", "17", ("at most 15", 17, None, 2)),
        ("", "17", ("no number", 17, None, 0)),
    ],
)
def test_totals_that_are_bounds(
    keep: Keep, total: str, raid: str, expected: tuple[str, int, int | None, int]
) -> None:
    assert sums(blue(keep(dead("war", "all", total) + dead("raid", "some", raid)))) == expected


# --- people ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role",
    [
        "<blue> dkg:commander <general> .",
        "<blue> dkg:belligerent <general> .",
        "<general> dkg:memberOf <army> .",
        "<general> dkg:memberOf <guard> . <guard> a dkg:Brigade ; dkg:unitOf <army> .",
    ],
)
def test_a_person_without_a_figure_is_a_figure_of_one(keep: Keep, role: str) -> None:
    ledger = keep(GENERAL + role + dead("war", "all", "10") + dead("raid", "three", "3"))
    assert sums(blue(ledger)) == ("10", 4, 6, 0)
    person = next(e for e in blue(ledger).entries if e.person)
    told = (person.thing.label, person.adds, person.event, person.date)
    assert told == ("General", 1, None, "without a date")


def test_a_person_killed_in_an_event_is_in_the_toll_of_its_whole(keep: Keep) -> None:
    """The shot fell on the first day: its toll of 3 has the general in it, by the rule."""
    shot = (
        '<shot> a dkg:Killing ; rdfs:label "Shot"@en ; dkg:target <general> ; dkg:partOf <day1> .'
        "<blue> dkg:commander <general> .\n"
    )
    ledger = keep(GENERAL + shot + dead("war", "all", "10") + dead("day1", "three", "3"))
    assert sums(blue(ledger)) == ("10", 3, 7, 0)
    ledger = keep(GENERAL + shot + dead("war", "all", "10"))
    (person,) = blue(ledger).entries
    assert person.event is not None
    assert (person.event.label, person.adds) == ("Shot", 1)


def test_a_person_of_both_sides_or_of_none_has_an_account_apart(keep: Keep) -> None:
    both = "<blue> dkg:commander <general> . <red> dkg:commander <general> .\n"
    for role in (both, ""):
        ledger = keep(
            GENERAL + role + dead("war", "all", "10") + dead("war", "red", "20", side="red")
        )
        assert sums(blue(ledger)) == ("10", 0, 10, 0)
        assert sums(ledger.balance("Side not stated", "killed")) == (None, 1, None, 0)


# --- what is not counted --------------------------------------------------------------------------


def test_what_happened_outside_is_kept_apart(keep: Keep) -> None:
    old = '<old> a dkg:Clash ; rdfs:label "Old clash"@en ; dkg:before <war> .\n'
    ledger = keep(dead("war", "all", "10") + old + dead("old", "fifty", "50"))
    inside, outside = ledger.balances
    assert sums(inside) == ("10", 0, 10, 0)
    assert (outside.whole, outside.explained, ledger.outside) == (None, 50, (outside,))


def test_a_graph_without_casualties(keep: Keep) -> None:
    with pytest.raises(NoCasualties) as caught:
        keep("")
    assert str(caught.value) == (
        "the graph tells of no casualties; figures of people who were killed, wounded, captured, "
        "missing or besieged are written as casualties of an event"
    )


def test_an_empty_graph() -> None:
    import pyoxigraph as ox

    import daraa_kg as dk

    with pytest.raises(NoCasualties) as caught:
        dk.Graph(ox.Store()).ledger()
    assert str(caught.value) == "the graph holds no facts, and so no casualties to add up"


def test_an_account_that_the_ledger_does_not_have(keep: Keep) -> None:
    ledger = keep(dead("war", "all", "10"))
    with pytest.raises(LookupError, match="no balance for “Green” and “killed”"):
        ledger.balance("Green", "killed")
