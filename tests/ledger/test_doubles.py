"""Nobody is counted twice: each way of telling of the same people more than once."""

from __future__ import annotations

import pytest

from daraa_kg.ledger import Balance, Ledger, NoCasualties

from .figures import Keep, dead


def sums(balance: Balance) -> tuple[str | None, int, int | None, int]:
    total = str(balance.total) if balance.total else None
    return total, balance.explained, balance.unexplained, balance.excess


def adds(balance: Balance) -> dict[str, int]:
    return {entry.thing.id: entry.adds for entry in balance.entries}


def blue(ledger: Ledger) -> Balance:
    return ledger.balance("Blue", "killed")


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


def test_days_that_come_to_more_than_their_interval(keep: Keep) -> None:
    """max(4, 3 + 2) = 5."""
    ledger = keep(
        dead("war", "all", "10")
        + dead("battle", "four", "4")
        + dead("day1", "three", "3")
        + dead("day2", "two", "2")
    )
    assert sums(blue(ledger)) == ("10", 5, 5, 0)


def test_an_interval_without_a_number_is_the_sum_of_its_days(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "10")
        + dead("battle", "several", "")
        + dead("day1", "three", "3")
        + dead("day2", "two", "2")
    )
    assert sums(blue(ledger)) == ("10", 5, 5, 0)
    assert [e.thing.id for e in blue(ledger).unnumbered] == ["battle#several"]


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


def test_an_event_that_restates_the_total_explains_it(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "10")
        + dead("battle", "ten", "10", more="dkg:sameFigure <war#all>")
        + dead("day1", "four", "4")
    )
    assert sums(blue(ledger)) == ("10", 10, 0, 0)
    assert adds(blue(ledger)) == {"battle#ten": 6, "day1#four": 4}


def test_figures_that_contradict_each_other_count_once_and_the_smaller(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "30")
        + dead("raid", "twenty", "20", more="dkg:contradicts <raid#five>")
        + dead("raid", "five", "5")
    )
    assert sums(blue(ledger)) == ("30", 5, 25, 0)
    assert {e.thing.id: e.adds for e in blue(ledger).entries} == {"raid#twenty": 0, "raid#five": 5}


def test_two_totals_of_one_side_add_up(keep: Keep) -> None:
    """10 of the army and 5 of the militia; the 4 of the raid are in either, and counted once."""
    ledger = keep(
        dead("war", "army", "10", more="dkg:sufferedBy <army>")
        + dead("war", "militia", "5", more="dkg:sufferedBy <militia>")
        + dead("raid", "four", "4")
    )
    assert sums(blue(ledger)) == ("15", 4, 11, 0)


def test_figures_of_one_event_are_of_different_people(keep: Keep) -> None:
    """In the battle 3 of the army and 4 of the militia; 2 of these 7 on the first day."""
    ledger = keep(
        dead("war", "all", "10")
        + dead("battle", "army", "3", more="dkg:sufferedBy <army>")
        + dead("battle", "militia", "4", more="dkg:sufferedBy <militia>")
        + dead("day1", "two", "2")
    )
    assert sums(blue(ledger)) == ("10", 7, 3, 0)


def test_a_total_that_includes_another(keep: Keep) -> None:
    """26 killed, of whom 10 officers: the officers are no second total, and explain nothing."""
    ledger = keep(
        dead("war", "all", "26", more="dkg:includes <war#officers>")
        + dead("war", "officers", "10")
        + dead("raid", "three", "3")
    )
    assert sums(blue(ledger)) == ("26", 3, 23, 0)


def test_overlapping_includes(keep: Keep) -> None:
    """5 and 4 that both include the same 3: 5 + 4 - 3 = 6."""
    ledger = keep(
        dead("war", "all", "10")
        + dead("battle", "five", "5", more="dkg:includes <day2#three>")
        + dead("raid", "four", "4", more="dkg:includes <day2#three>")
        + dead("day2", "three", "3")
    )
    assert sums(blue(ledger)) == ("10", 6, 4, 0)


def test_a_total_that_includes_people_of_no_side(keep: Keep) -> None:
    """They explain the total that includes them, and keep an account of their own."""
    ledger = keep(
        dead("war", "all", "10", more="dkg:includes <raid#guests>")
        + dead("raid", "guests", "2", side="", more="dkg:sufferedBy <rebels>")
        + dead("day1", "one", "1")
    )
    assert sums(blue(ledger)) == ("10", 3, 7, 0)
    assert sums(ledger.balance("Rebels", "killed")) == (None, 2, None, 0)


def test_a_figure_that_only_another_one_includes(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "10")
        + dead("raid", "three", "3", more="dkg:includes <officers>")
        + '<officers> a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:wording "an officer" ; '
        "dkg:count 1 ; dkg:side <blue> ."
    )
    assert sums(blue(ledger)) == ("10", 3, 7, 0)
    assert adds(blue(ledger)) == {"raid#three": 2, "officers": 1}


def test_two_sides_in_one_event(keep: Keep) -> None:
    ledger = keep(
        dead("war", "blue", "10")
        + dead("war", "red", "20", side="red")
        + dead("raid", "three", "3")
        + dead("raid", "five", "5", side="red")
    )
    assert sums(blue(ledger)) == ("10", 3, 7, 0)
    assert sums(ledger.balance("red", "killed")) == ("20", 5, 15, 0)


def test_civilians_of_a_side_are_that_side_s(keep: Keep) -> None:
    ledger = keep(
        dead("war", "civilians", "9", side="", more="dkg:civilian true")
        + dead("raid", "two", "2", side="", more="dkg:civilian true")
        + dead("day1", "clerk", "1", more="dkg:civilian true")
    )
    assert sums(ledger.balance("civilians", "killed")) == ("9", 2, 7, 0)
    assert sums(blue(ledger)) == (None, 1, None, 0)


def test_families_are_not_added_to_persons(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "10") + dead("raid", "families", "3", more="dkg:unit dkg:families")
    )
    assert [(b.what, *sums(b)) for b in ledger.balances] == [
        ("killed", "10", 0, 10, 0),
        ("killed (families)", None, 3, None, 0),
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

GENERAL = '<general> a dkg:Person ; rdfs:label "General"@en ; dkg:fate dkg:killed .\n'


def test_a_person_in_a_count(keep: Keep) -> None:
    ledger = keep(
        GENERAL
        + "<blue> dkg:commander <general> .\n"
        + dead("war", "all", "10")
        + dead("raid", "three", "3", more="dkg:includesPerson <general>")
    )
    assert sums(blue(ledger)) == ("10", 3, 7, 0)
    assert [e.thing.id for e in blue(ledger).entries] == ["raid#three"]


def test_a_person_in_two_counts(keep: Keep) -> None:
    """3 and 2 that both count the general: 3 + 2 - 1 = 4."""
    ledger = keep(
        GENERAL
        + dead("war", "all", "10")
        + dead("raid", "three", "3", more="dkg:includesPerson <general>")
        + dead("day1", "two", "2", more="dkg:includesPerson <general>")
    )
    assert sums(blue(ledger)) == ("10", 4, 6, 0)


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
    assert (person.thing.label, person.adds, person.event, person.date) == ("General", 1, None, "")


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


def test_a_person_killed_elsewhere_is_not_in_the_ledger(keep: Keep) -> None:
    """A killing that is no part of the war: the side he was on does not make it one."""
    elsewhere = '<old> a dkg:Killing ; rdfs:label "Old"@en ; dkg:target <general> .\n'
    ledger = keep(GENERAL + elsewhere + dead("war", "all", "10"))
    assert [sums(b) for b in ledger.balances] == [("10", 0, 10, 0)]


def test_the_wounded_who_died_are_dead_by_themselves(keep: Keep) -> None:
    """The general is among the wounded of the raid and has died: no figure of killed has him."""
    ledger = keep(
        GENERAL
        + "<blue> dkg:commander <general> .\n"
        + dead("war", "all", "10")
        + "<raid> dkg:casualties <raid#hurt> .\n"
        + '<raid#hurt> dkg:outcome dkg:wounded ; dkg:wording "hurt" ; dkg:count 2 ; '
        + "dkg:side <blue> ; dkg:includesPerson <general> .\n"
    )
    assert sums(blue(ledger)) == ("10", 1, 9, 0)
    assert sums(ledger.balance("Blue", "wounded")) == (None, 2, None, 0)


def test_several_with_a_named_one_are_at_least_that_one(keep: Keep) -> None:
    ledger = keep(
        GENERAL
        + dead("war", "all", "10")
        + dead("raid", "several", "", more="dkg:includesPerson <general>")
    )
    assert sums(blue(ledger)) == ("10", 1, 9, 0)
    assert [e.thing.id for e in blue(ledger).unnumbered] == ["raid#several"]


# --- what is not counted --------------------------------------------------------------------------


def test_what_was_only_threatened_is_not_counted(keep: Keep) -> None:
    threat = '<threat> a dkg:Prospect ; rdfs:label "Threat"@en ; dkg:partOf <war> .\n'
    ledger = keep(dead("war", "all", "10") + threat + dead("threat", "fifty", "50"))
    assert [sums(b) for b in ledger.balances] == [("10", 0, 10, 0)]


def test_what_happened_outside_is_kept_apart(keep: Keep) -> None:
    old = '<old> a dkg:Clash ; rdfs:label "Old clash"@en ; dkg:before <war> .\n'
    ledger = keep(dead("war", "all", "10") + old + dead("old", "fifty", "50"))
    inside, outside = ledger.balances
    assert sums(inside) == ("10", 0, 10, 0)
    assert (outside.whole, outside.explained, ledger.outside) == (None, 50, (outside,))


def test_figures_that_cover_each_other_come_to_an_end(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "10")
        + dead("raid", "one", "3", more="dkg:includes <day1#other>")
        + dead("day1", "other", "3", more="dkg:includes <raid#one>")
    )
    assert sums(blue(ledger)) == ("10", 3, 7, 0)


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
