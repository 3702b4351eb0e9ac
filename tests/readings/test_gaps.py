"""What the article leaves open. The lists were worked out by hand: who is called "unknown", "a
member of", "gunmen", "sources" and so on; the events in whose sentences no day stands, with the
bounds that the sentences around them set; the words "several", "many", "others", "casualties"
without a number. Days: 29 July to 5 September 2021 are 39; the article dates events on 29, 30 and
31 July, 3 (the road in Ghouta), 5, 14, 16, 19, 20, 25, 26, 27, 29 and 30 August, 1 and 5 September:
16 days, which leaves 23 in nine runs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import daraa_kg as dk
from daraa_kg.readings.gaps import KINDS, Gap
from daraa_kg.why.evidence import Quote

if TYPE_CHECKING:
    from datetime import date

PINNED = Path(__file__).parent.parent / "queries"
OFFENSIVE = ("2021-07-29", "2021-09-05")
BETWEEN = ("2018-01-01", "2021-07-29")  # after the defeat of 2018, before the offensive
EARLY = ("2021-07-29", "2021-07-30")  # after the shelling, before the ceasefire for 30–31 July
SEPTEMBER = ("2021-09-01", "2021-09-05")  # after the truce, within the offensive

UNDATED = {
    "clashes-throughout-the-governorate": OFFENSIVE,
    "siege-of-daraa-al-balad": (None, None),
    "reconciliation-in-daraa": BETWEEN,
    "reconciliation-in-nawa": BETWEEN,
    "refusal-of-the-reconciliation-deals": (None, "2021-07-29"),
    "transfer-to-idlib": (None, "2021-07-29"),
    "recapture-of-lost-territories": (None, "2021-07-29"),
    "inability-to-deploy-across-the-province": (None, None),
    "insurgency-attacks": (None, None),
    "assassinations": (None, None),
    "rejection-of-the-russian-demand": (None, "2021-07-29"),
    "refusal-to-hand-over-weapons": (None, "2021-07-29"),
    "extortionate-prices": (None, None),
    "lack-of-drinking-water": (None, None),
    "agreement-to-end-the-siege": (None, "2021-07-29"),
    "claim-of-syrian-army-sources": ("2021-07-29", None),
    "account-of-a-pro-government-officer": (None, None),
    "disputes-devolve-into-fighting": OFFENSIVE,
    "accusation-by-pro-opposition-figures": (None, None),
    "government-operation": OFFENSIVE,
    "retaliation": OFFENSIVE,
    "defection-to-the-government": (None, "2021-09-05"),
    "capture-of-soldiers-and-agents": OFFENSIVE,
    "seizure-of-checkpoints": EARLY,
    "seizure-of-18-positions": EARLY,
    "offer-of-new-negotiations": EARLY,
    "demand-of-the-government": EARLY,
    "negotiations-before-the-ceasefire": EARLY,
    "accusation-against-a-civilian": (None, "2021-08-16"),
    "bombardment-of-tafas": ("2021-07-29", "2021-08-26"),
    "shelling-before-the-truce": ("2021-08-30", "2021-09-01"),
    "entry-into-daraa-al-balad": SEPTEMBER,
    "raising-of-the-syrian-flag": SEPTEMBER,
    "breach-of-the-truce-of-1-september": SEPTEMBER,
    "protests-in-idlib-and-al-bab": ("2021-07-29", None),
    "deployment-to-ghouta": ("2021-08-03", None),
    "daraa-insurgency": (None, "2021-07-29"),
    "syrian-civil-war": (None, "2021-07-29"),  # the insurgency is part of it
    "raising-of-the-russian-flag": OFFENSIVE,
    "storming-of-checkpoints": OFFENSIVE,
    "occasional-clashes-with-the-8th-brigade": OFFENSIVE,
}
NOT_NAMED = {
    "unidentified": ["group/unknown-gunmen-in-maskin"],
    "unnamed": [
        "group/syrian-army-sources",
        "person/pro-government-officer",
        "group/notables-of-al-balad",
        "group/pro-opposition-figures",
        "group/rebels-holding-idlib-governorate",
        "group/armed-group-of-ex-insurgents",
        "group/russian-delegations",
        "person/unnamed-member-of-the-4th-division",
        "person/unnamed-civilian-of-al-sanamayn",
        "group/gunmen-in-al-sanamayn",
        "person/unnamed-brigadier",
        "kg:actor/pro-government-media",
        "person/unnamed-commander-of-the-5th-corps",
        "group/gunmen-at-al-kaziyah",
        "group/opposition-in-the-north",
        "group/rebel-supporters",
    ],
    "unknown": ["person/unknown-commander"],
}
UNSTATED = [
    "Who was behind “Civil uprising against the Syrian Government”?",
    "Who was behind “Defeat of the rebels in the province”?",
    "Who was behind “Transfer of militants to Idlib Governorate”?",
    "Who was behind “Rising insurgency attacks”?",
    "Who was behind “Rising assassinations among government forces”?",
    "Who was behind “IED attack on a convoy of the 112th Brigade”?",
    "Who was behind “IED attack on an army vehicle between Nawa and Sheikh Maskeen”?",
    "Who was behind “Breach of the truce of 1 September”?",
    "Who was behind “Protests in Idlib and al-Bab in support of the rebels in Daraa”?",
    "Who was behind “Raising of the Russian flag in Daraa al-Balad”?",
    "Who fought in “Heavy clashes throughout Daraa Governorate”?",
    "Who fought in “Disputes devolve into fighting”?",
    "Who fought in “Intense clashes reported on 5 September”?",
    "Who fought in “March 2020 Daraa clashes”?",
    "Whom did the 8th Brigade fight in “Occasional clashes involving the 8th Brigade”?",
    "Between whom were “Negotiations organized by the Russians and Ahmad al-Awda”?",
    "With whom did the rebels in Daraa agree in “Reconciliation deal in Daraa”?",
    "With whom did the rebels in Daraa agree in “Reconciliation deal in Nawa”?",
    "With whom did the rebels in Daraa agree in “Truce of 1 September”?",
    "With whom did the rebels in Daraa agree in “Truce of 5 September”?",
    "Whose was “Rejection of the Russian demand”?",
    "Whose was “Accusation against a civilian in al-Sanamayn”?",
    "Who reported “Rocket fire on Nahtah”?",
    "Who reported “Intense clashes reported on 5 September”?",
    "On which side were the 6 killed in “Ambush at al-Ruba’i checkpoint” (“six members of the reconciled 5th Corps”)?",
    "On which side were the wounded in “Bombardments of Tafas” (“the injury of several others”)?",
    *(
        f"Did “{plan}” come to pass?"
        for plan in (
            "Return of the rebels' heavy weapons in Daraa",
            "Surrender of the rebels' military hardware in Nawa",
            "New reconciliation deals",
            "Reopening of all roads",
            "Handover of the rebels' light weapons",
            "Three checkpoints of the government in the city",
            "New negotiations",
            "Handover of weaponry",
            "Transfer of all non-reconciled insurgents to Idlib Governorate",
            "Talks set to take place between the Central Committee and Russian delegations",
            "Departure of rebel forces toward the north of Syria",
            "Entry of the Syrian Armed Forces into Daraa al-Balad",
            "Settlement of the rebels' status with the government",
            "Government offensive with Russian participation",
            "Several pro-government checkpoints in Daraa al-Balad",
        )
    ),
]
VAGUE = [
    "On which day (2018) did “Syrian Army offensive of 2018” begin?",
    "On which day (from March 2011, end unknown) did “Civil uprising against the Syrian Government” begin?",
    "On which day (2018) did “Defeat of the rebels in the province” take place?",
    "On which day (by 30 June 2021) was “Russian demand for new reconciliation deals” made?",
    "On which day (2018) did “Surrender of rebel fighters to the government” take place?",
    "How many checkpoints were there in “Seizure of several checkpoints” (“several checkpoints”)?",
    "How many were captured in “Capture of Syrian Army soldiers and intelligence agents” (“Military Intelligence Directorate agents”)?",
    "How many were captured in “Capture of Syrian Army soldiers and intelligence agents” (“many surprised Syrian Army soldiers”)?",
    "At which place near Tafas did “Fire on residential areas by government forces” take place?",
    "On which day (perhaps 31 July 2021) did “Fire on residential areas by government forces” take place?",
    "On which day (perhaps 31 July 2021) did “Curfew in al-Shajara” take place?",
    "On which day (perhaps 5 August 2021) did “Rocket fire on Nahtah” take place?",
    "On which day (about 14 August 2021) was “Talks set to take place between the Central Committee and Russian delegations” to take place?",
    "On which day (perhaps 16 August 2021) did “Killing of a civilian in al-Sanamayn” take place?",
    "On which day (about 25 August 2021) was “Truce and evacuation reported on 25 August” made?",
    "How many were wounded in “Bombardments of Tafas” (“the injury of several others”)?",
    "On which day (about 27 August 2021) did “Fighting on the frontline of al-Kaziyah” take place?",
    "How many were killed or wounded in “Shelling of Daraa al-Balad before the truce of 1 September” (“civilian casualties”)?",
    "On which day (about 5 September 2021) did “Intense clashes reported on 5 September” take place?",
    "On which day (perhaps 5 September 2021) did “Handover of weapons by 60 militants” take place?",
    "How many checkpoints were there in “Several pro-government checkpoints in Daraa al-Balad” (“several pro-government checkpoints”)?",
    "On which day (March 2020) did “March 2020 Daraa clashes” take place?",
]
SILENT = [
    "What happened on 1 and 2 August 2021?",
    "What happened on 4 August 2021?",
    "What happened from 6 to 13 August 2021 (8 days)?",
    "What happened on 15 August 2021?",
    "What happened on 17 and 18 August 2021?",
    "What happened from 21 to 24 August 2021 (4 days)?",
    "What happened on 28 August 2021?",
    "What happened on 31 August 2021?",
    "What happened from 2 to 4 September 2021 (3 days)?",
]


@pytest.fixture(scope="module")
def gaps(graph: dk.Graph) -> tuple[Gap, ...]:
    return graph.gaps()


def of_kind(gaps: tuple[Gap, ...], kind: str) -> list[Gap]:
    return [gap for gap in gaps if gap.kind == kind]


def test_kinds_come_in_their_order_and_are_told_what_they_mean(gaps: tuple[Gap, ...]) -> None:
    assert list(dict.fromkeys(gap.kind for gap in gaps)) == list(KINDS)


@pytest.mark.parametrize("kind", NOT_NAMED)
def test_whom_the_article_does_not_name_each_once(gaps: tuple[Gap, ...], kind: str) -> None:
    assert [gap.thing.id for gap in of_kind(gaps, kind)] == NOT_NAMED[kind]


def test_each_is_asked_after_by_what_they_did_or_what_befell_them(gaps: tuple[Gap, ...]) -> None:
    asked = {gap.thing.id: gap.question for gap in gaps if gap.kind in NOT_NAMED}
    assert asked["group/unknown-gunmen-in-maskin"] == (
        "Who were the unknown gunmen in Maskin behind “Shooting of a member of the 4th Division in Maskin”?"
    )
    assert asked["group/syrian-army-sources"] == (
        "Who were the Syrian Army sources behind “Description of the attack by Syrian Army sources”?"
    )
    assert asked["person/unnamed-brigadier"] == (
        "Who was the unnamed brigadier in “IED attack on a convoy of the 112th Brigade”?"
    )
    assert asked["person/unnamed-civilian-of-al-sanamayn"] == (
        "Who was the unnamed civilian killed in al-Sanamayn in “Killing of a civilian in al-Sanamayn”?"
    )
    assert asked["person/unknown-commander"] == "Who commanded the rebel side?"


def test_what_is_left_unsaid(gaps: tuple[Gap, ...]) -> None:
    assert sorted(gap.question for gap in of_kind(gaps, "unstated")) == sorted(UNSTATED)


def test_events_without_a_date_and_the_days_between_which_they_must_have_been(
    gaps: tuple[Gap, ...],
) -> None:
    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    found = {
        gap.thing.id.removeprefix("event/"): (day(gap.first), day(gap.last))
        for gap in of_kind(gaps, "undated")
    }
    assert found == UNDATED


def test_how_an_undated_event_is_asked_after(gaps: tuple[Gap, ...]) -> None:
    asked = {gap.thing.id: gap.question for gap in of_kind(gaps, "undated")}
    assert asked["event/bombardment-of-tafas"] == (
        "On which day between 29 July and 26 August 2021 did “Bombardments of Tafas” take place?"
    )
    assert asked["event/agreement-to-end-the-siege"] == (
        "On which day (29 July 2021 or earlier) was “Agreement to end the siege” made?"
    )
    assert asked["event/siege-of-daraa-al-balad"] == "When did “Siege of Daraa al-Balad” begin?"


def test_events_without_a_place_are_those_of_the_question_on_them(gaps: tuple[Gap, ...]) -> None:
    with (PINNED / "unplaced-events.csv").open(encoding="utf-8", newline="") as file:
        pinned = {row["event"] for row in csv.DictReader(file)}
    assert {gap.thing.id for gap in of_kind(gaps, "unplaced")} == pinned


def test_what_is_vague(gaps: tuple[Gap, ...]) -> None:
    assert sorted(gap.question for gap in of_kind(gaps, "vague")) == sorted(VAGUE)


def test_days_of_the_offensive_on_which_nothing_is_dated(gaps: tuple[Gap, ...]) -> None:
    silent = of_kind(gaps, "silent")
    assert [gap.question for gap in silent] == SILENT
    days = sum((gap.last - gap.first).days + 1 for gap in silent if gap.first and gap.last)
    assert days == 39 - 16


def test_each_gap_has_its_sentence_and_is_a_question(gaps: tuple[Gap, ...]) -> None:
    for gap in gaps:
        assert gap.question.endswith("?")
        assert any(isinstance(one, Quote) and one.sentence for one in gap.evidence), gap.question
    assert len({(gap.kind, gap.question) for gap in gaps}) == len(gaps)


def test_the_order_does_not_change(graph: dk.Graph, gaps: tuple[Gap, ...]) -> None:
    again = dk.Graph(graph.store, base=graph.base, slug=graph.slug, article=graph.article)
    assert again.gaps() == gaps
    assert again.accounts() == graph.accounts()
    assert again.truces() == graph.truces()


# --- other graphs ---------------------------------------------------------------------------------


def test_braces_in_a_label_are_no_slot(mini: Path) -> None:
    statements = mini / "statements.yaml"
    text = statements.read_text(encoding="utf-8")
    statements.write_text(text.replace("label: Truce of 5 May", "label: 'Truce {event} {days}'"))
    asked = [gap.question for gap in dk.build(mini).gaps()]
    assert "Where was “Truce {event} {days}” made?" in asked


def test_a_file_that_was_built_gives_the_same_questions(graph: dk.Graph, tmp_path: Path) -> None:
    """Such a file has no text of the article: labels may be written big, the rest is the same."""
    from daraa_kg.graph.builtfile import read_built

    graph.save(tmp_path / "built.nq")
    built = read_built(tmp_path / "built.nq")
    assert [(gap.kind, gap.thing.id, gap.first, gap.last) for gap in built.gaps()] == [
        (gap.kind, gap.thing.id, gap.first, gap.last) for gap in graph.gaps()
    ]


def test_a_main_event_without_days_of_its_own_has_no_silent_days(mini: Path) -> None:
    statements = mini / "statements.yaml"
    text = statements.read_text(encoding="utf-8")
    statements.write_text(text.replace("2030-05-03/2030-05-05", "2030-05"))
    assert of_kind(dk.build(mini).gaps(), "silent") == []


def test_an_empty_graph_leaves_nothing_open(empty: dk.Graph) -> None:
    assert empty.gaps() == ()
