"""The ledger of the reference graph, worked out by hand with the article open.

The infobox gives four totals:

    Casualties1  26 killed, 40 captured      the government's side
    Casualties2  17 killed                   the rebels' side
    Casualties3  22 civilians killed

The body of the article, sentence by sentence:

     5 August      "leaving a soldier dead and six others wounded"     government   1 killed  6 wounded
    14 August      "killing one civilian"                              civilians    1 killed
    16 August      "a member of the Syrian Army's 4th Division"        government   1 killed
    16 August?     "A civilian was also killed"                        civilians    1 killed
    19 August      "six Syrian soldiers and militiamen, including a    government   6 killed
                   brigadier" (the infobox's Unnamed BrigadierKIA is
                   one of the six and is not counted again)
    20 August      "killed Mohamed Hilal Zatima" (the infobox has him  rebels       1 killed
                   among the commanders of the rebels)
    26 August      "one Syrian soldier was killed and four others      government   1 killed  4 wounded
                   were wounded"
    before that    "the death of two civilians and the injury of       civilians    2 killed
                   several others" (whose others is not said)          nobody's               several
    27 August      "six members of the reconciled 5th Corps" (for      nobody's     6 killed
                   which side they are to be counted is not said;
                   their commander is one of the six)
    29–30 August   "seven Syrian soldiers were killed … along with     government   7 killed 12 wounded
                   12 others wounded"
    then           "left civilian casualties"                          civilians    killed or wounded
    undated        "captured many surprised Syrian Army soldiers and   government   captured: many
                   Military Intelligence Directorate agents"

    government killed    1 + 1 + 6 + 1 + 7 = 16 of 26, rest 10
    government wounded   6 + 4 + 12 = 22, no total
    government captured  0 of 40, rest 40, two figures without a number
    rebels killed        1 of 17, rest 16
    civilians killed     1 + 1 + 2 = 4 of 22, rest 18
    civilians harmed     one figure without a number
    5th Corps killed     6, on no side
    others in Tafas      wounded, one figure without a number, on no side

The 11,000 families besieged before the offensive are no part of it; they are families, not persons.
"""

from __future__ import annotations

import pytest

import daraa_kg as dk
from daraa_kg.readings.ledger import Amount, Balance, Ledger


@pytest.fixture(scope="module")
def ledger(graph: dk.Graph) -> Ledger:
    return graph.ledger()


def told(balance: Balance) -> list[tuple[str, str | None, int]]:
    return [(e.date, e.wording, e.adds) for e in balance.entries]


def test_a_date_is_the_same_wherever_it_is_told(graph: dk.Graph, ledger: Ledger) -> None:
    entries = [entry for balance in ledger.balances for entry in balance.entries if entry.event]
    assert len(entries) == 18
    for entry in entries:
        assert entry.event is not None
        assert entry.date == (graph.reader.span(entry.event.iri).words or "without a date")
    captured = ledger.balance("Government side", "captured").entries
    assert {entry.date for entry in captured} == {"between 29 July and 5 September 2021"}


def test_every_account(ledger: Ledger) -> None:
    rows = [
        (
            b.who,
            b.standing,
            b.what,
            str(b.total) if b.total else None,
            b.explained,
            b.unexplained,
            len(b.unnumbered),
        )
        for b in ledger.balances
    ]
    assert rows == [
        ("Government side", "side", "killed", "26", 16, 10, 0),
        ("Government side", "side", "wounded", None, 22, None, 0),
        ("Government side", "side", "captured", "40", 0, 40, 2),
        ("Rebel side", "side", "killed", "17", 1, 16, 0),
        ("Civilians", "civilians", "killed", "22", 4, 18, 0),
        ("Civilians", "civilians", "killed or wounded", None, 0, None, 1),
        ("5th Corps", "no side", "killed", None, 6, None, 0),
        ("Others injured in the bombardments of Tafas", "no side", "wounded", None, 0, None, 1),
        (
            "Besieged families in Daraa al-Balad",
            "no side",
            "besieged (families)",
            None,
            11000,
            None,
            0,
        ),
    ]
    assert [b.excess for b in ledger.balances] == [0] * 9
    assert [b.who for b in ledger.outside] == ["Besieged families in Daraa al-Balad"]


def test_the_killed_of_the_government_are_explained_by_five_events(ledger: Ledger) -> None:
    balance = ledger.balance("side/government", "killed")
    assert told(balance) == [
        ("5 August 2021", "a soldier dead", 1),
        ("16 August 2021", "a member of the Syrian Army's 4th Division", 1),
        ("19 August 2021", "six Syrian soldiers and militiamen", 6),
        ("26 August 2021", "one Syrian soldier was killed", 1),
        ("29–30 August 2021", "seven Syrian soldiers were killed", 7),
    ]
    (total,) = balance.totals
    assert (total.wording, total.quotes[0].where) == ("26 killed", "Infobox, Casualties1")
    last = balance.entries[-1]
    assert last.event is not None
    assert last.event.label == "Clashes throughout Daraa province"
    assert [q.sentence for q in last.quotes] == [
        "Between 29 and 30 August seven Syrian soldiers were killed in clashes with insurgents "
        "along with 12 others wounded throughout Daraa province."
    ]


def test_what_is_undated_has_the_bounds_that_its_card_has(ledger: Ledger) -> None:
    """Tafas: "This follows Syrian army bombardments", and all of the offensive is since 29 July."""
    assert told(ledger.balance("civilians", "killed")) == [
        ("14 August 2021", "one civilian", 1),
        ("perhaps 16 August 2021", "A civilian", 1),
        ("between 29 July and 26 August 2021", "the death of two civilians", 2),
    ]


def test_figures_without_a_number_are_kept_apart(ledger: Ledger) -> None:
    captured = ledger.balance("Government side", "captured")
    assert [(str(e.amount), e.wording) for e in captured.unnumbered] == [
        ("no number", "Military Intelligence Directorate agents"),
        ("no number", "many surprised Syrian Army soldiers"),
    ]
    (several,) = ledger.balance("group/injured-in-tafas", "wounded").unnumbered
    assert several.wording == "the injury of several others"


def test_uncertain_allegiance_is_shown_with_its_reason(ledger: Ledger) -> None:
    doubts = {
        entry.thing.id.partition("#")[0]: [(d.what, d.note) for d in entry.doubts]
        for balance in ledger.balances
        for entry in balance.entries
        if entry.doubts
    }
    assert {event: [what for what, _ in found] for event, found in doubts.items()} == {
        "event/al-shabrouq-ied": ["not named on that side"],
        "event/shelling-of-20-august": ["side given by the editors"],
        "event/ambush-at-al-rubai": ["no side"],
        "event/bombardment-of-tafas": ["no side"],
        "event/siege-of-daraa-al-balad": ["no side"],
    }
    ((_, note),) = doubts["event/ambush-at-al-rubai"]
    assert note is not None
    assert note.startswith("For which side the dead are to be counted the article does not say")
    ((_, note),) = doubts["event/shelling-of-20-august"]
    assert note == (
        "The infobox lists Mohamed Hilal Zatima among the commanders of the rebels' side; the "
        "sentence on his death names no side."
    )


def test_every_figure_of_casualties_stands_in_one_account(graph: dk.Graph, ledger: Ledger) -> None:
    told = [e.thing.iri for b in ledger.balances for e in (*b.totals, *b.entries)]
    found = graph.query("SELECT ?f { ?e a dkg:Event ; dkg:casualties ?f }")
    assert sorted(told) == sorted(str(getattr(row["f"], "value", "")) for row in found)
    assert len(told) == 22


def test_the_ledger_agrees_with_the_question_on_totals(graph: dk.Graph, ledger: Ledger) -> None:
    asked = {
        tuple(int(getattr(row[c], "value", "")) for c in ("total", "explained", "unexplained"))
        for row in graph.query("infobox-totals")
    }
    kept = {
        (b.total.least, b.explained, b.unexplained) for b in ledger.balances if b.total is not None
    }
    assert kept == asked == {(26, 16, 10), (40, 0, 40), (17, 1, 16), (22, 4, 18)}


def test_a_captain_of_the_infobox_is_counted_once(hillford_ledger: Ledger) -> None:
    """9 killed in all; 4 by the mine, the captain among them, who is a commander in the infobox."""
    balance = hillford_ledger.balance("side/army", "killed")
    assert (balance.total, balance.explained, balance.unexplained) == (Amount(9, 9), 4, 5)
    wounded = hillford_ledger.balance("group/soldiers", "wounded")
    assert [t.wording for t in wounded.totals] == ["several soldiers wounded"]
    assert (str(wounded.total), wounded.explained, wounded.unexplained) == ("no number", 0, None)


def test_people_of_no_side_are_explained_too(mini_graph: dk.Graph) -> None:
    """2 rebels killed in the siege, on no side; 2 rebels in the attack that is part of it."""
    (balance,) = mini_graph.ledger().balances
    assert (balance.who, str(balance.total), balance.explained) == ("rebels", "2", 2)


@pytest.fixture(scope="module")
def hillford_ledger() -> Ledger:
    from pathlib import Path

    folder = Path(__file__).parents[2] / "fixtures" / "hillford"
    return dk.build(folder, validate=False).ledger()
