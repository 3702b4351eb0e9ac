"""The coding of the reference article, against rows worked out by hand from its sentences.

How: for each event its sentence was read; the type was looked up in the ACLED codebook's sections,
the precision codes in the two codebooks' lists, and the dead counted in the sentence. Distances were
measured on a map: Nahtah–Basr al-Harir 6 km, Nafaa–Ain Zakr 6 km, Nawa–Sheikh Maskeen 13 km,
al-Msifrah–al-Jizah 7 km, so each of these places is within 25 km of a known point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daraa_kg.exports.crosswalk import crosswalk

if TYPE_CHECKING:
    import daraa_kg as dk

STATE, REBELS = "Syrian Government", "Rebels in Daraa"
BATTLE = ("Battles", "Armed clash")
SHELLING = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
IED = ("Explosions/Remote violence", "Remote explosive/landmine/IED")
ATTACK = ("Violence against civilians", "Attack")

ACLED = ("included", "rule", "event_type", "sub_event_type", "time", "geo", "dead", "civilians")
UCDP = ("included", "rule", "violence", "side_a", "side_b", "dead", "from", "to", "prec", "clarity")

# event: what ACLED would have (ACLED), what UCDP GED would have (UCDP).
# dead: a, b, civilians, unknown; prec: date_prec, where_prec.
EXPECTED: dict[str, tuple[tuple[object, ...], tuple[object, ...]]] = {
    # "On 5 August … rebels targeted a Syrian army vehicle on the road between Nahtah and Basr
    # al-Harir …, leaving a soldier dead and six others wounded."
    "attack-on-a-vehicle-on-the-nahtah-road": (
        (True, "political-violence", *BATTLE, 1, 2, 1, False),
        (True, "state-based", 1, STATE, REBELS, (1, 0, 0, 0), "08-05", "08-05", (1, 2), 1),
    ),
    # "On 14 August … the Syrian Army bombarded Daraa al-Balad, killing one civilian."
    "bombardment-of-14-august": (
        (True, "political-violence", *SHELLING, 1, 1, 1, True),
        (True, "state-based", 1, STATE, "Rebel side", (0, 0, 1, 0), "08-14", "08-14", (1, 1), 1),
    ),
    # "On 16 August, a member of the Syrian Army's 4th Division was shot dead by unknown gunmen in
    # Maskin city": nobody knows who, so there is no party.
    "shooting-in-sheikh-maskeen": (
        (True, "political-violence", *BATTLE, 1, 1, 1, False),
        (
            *(False, "party-unknown", None, STATE, "Unknown gunmen in Maskin", (1, 0, 0, 0)),
            *("08-16", "08-16", (1, 1), 1),
        ),
    ),
    # "A civilian was also killed by gunmen in al-Sanamayn city": the day is only joined by "also".
    "killing-in-al-sanamayn": (
        (True, "political-violence", *ATTACK, 2, 1, 1, True),
        (
            *(False, "party-unknown", None, "Gunmen in al-Sanamayn", "Civilians", (0, 0, 1, 0)),
            *("08-16", "08-16", (2, 1), 1),
        ),
    ),
    # "On 19 August, an IED targeted a Syrian army convoy … on the al-Shabrouq road between the two
    # towns of Nafaa and Ain Zakr …, killing six": the passive names nobody.
    "al-shabrouq-ied": (
        (True, "political-violence", *IED, 1, 2, 6, False),
        (False, "party-unknown", None, STATE, None, (6, 0, 0, 0), "08-19", "08-19", (1, 2), 1),
    ),
    # "On 20 August, Syrian artillery shelling in Daraa al-Balad killed Mohamed Hilal Zatima": a
    # commander of the rebels' side in the infobox.
    "shelling-of-20-august": (
        (True, "political-violence", *SHELLING, 1, 1, 1, False),
        (True, "state-based", 1, STATE, "Rebel side", (0, 1, 0, 0), "08-20", "08-20", (1, 1), 1),
    ),
    # "On 26 August, one Syrian soldier was killed … after an IED exploded … on the road between
    # Nawa and Sheikh Maskeen."
    "ied-of-26-august": (
        (True, "political-violence", *IED, 1, 2, 1, False),
        (False, "party-unknown", None, STATE, None, (1, 0, 0, 0), "08-26", "08-26", (1, 2), 1),
    ),
    # "This follows Syrian army bombardments on Tafas city, resulting in the death of two civilians":
    # between the first day of the offensive and 26 August, 29 days.
    "bombardment-of-tafas": (
        (True, "political-violence", *SHELLING, 3, 1, 2, True),
        (True, "state-based", 1, STATE, "Rebel side", (0, 0, 2, 0), "07-29", "08-26", (4, 1), 2),
    ),
    # "On 27 August six members of the reconciled 5th Corps … were killed in a Syrian army ambush at
    # al-Ruba’i checkpoint between al-Msifrah and al-Jizah": the corps is on no side of the infobox.
    "ambush-at-al-rubai": (
        (True, "political-violence", *BATTLE, 1, 2, 6, False),
        (
            *(False, "no-incompatibility", None, STATE, "5th Corps", (0, 6, 0, 0)),
            *("08-27", "08-27", (1, 2), 1),
        ),
    ),
    # "Between 29 and 30 August seven Syrian soldiers were killed in clashes with insurgents …
    # throughout Daraa province": two days, the whole governorate.
    "clashes-of-29-30-august": (
        (True, "political-violence", *BATTLE, 2, 3, 7, False),
        (True, "state-based", 1, STATE, REBELS, (7, 0, 0, 0), "08-29", "08-30", (2, 4), 2),
    ),
    # "These events come prior to Syrian army shelling on the besieged Daraa al-Balad, that left
    # civilian casualties": after the clashes, so from their last day, 30 August, to the truce of
    # 1 September; whether anybody died is not said.
    "shelling-before-the-truce": (
        (True, "political-violence", *SHELLING, 2, 1, 0, True),
        (False, "deaths-unclear", None, STATE, "Rebel side", None, "08-30", "09-01", (2, 1), 2),
    ),
    # The infobox's 26, 17 and 22 killed stand with the offensive as a whole.
    "offensive": (
        (False, "aggregate", None, None, None, 3, None, None),
        (False, "aggregate", None, None, None, None, "07-29", "09-05", (5, 4), None),
    ),
    # "the Syrian Army started to fire artillery shells towards insurgent cells in Daraa city on
    # 29 July 2021": nobody is said to have died.
    "shelling-of-29-july": (
        (True, "political-violence", *SHELLING, 1, 1, 0, False),
        (False, "no-death", None, STATE, REBELS, None, "07-29", "07-29", (1, 1), 1),
    ),
    # "sporadic instances of government forces firing at residential areas in Daraa al-Balad, Jasim,
    # Muzayrib, and near Tafas": four places; 31 July is the sentence before's.
    "firing-at-residential-areas": (
        (True, "political-violence", *ATTACK, 2, 2, 0, True),
        (False, "no-death", None, STATE, None, None, "07-31", "07-31", (2, 2), 2),
    ),
    # "Anti-government fighters seized several checkpoints": after the shelling of 29 July, before
    # the talks that led to the ceasefire of 30–31 July, and so before it was in force.
    "seizure-of-checkpoints": (
        (
            *(True, "political-violence", "Battles", "Non-state actor overtakes territory"),
            *(2, 3, 0, False),
        ),
        (False, "no-death", None, STATE, REBELS, None, "07-29", "07-30", (2, 4), 2),
    ),
    # "Overall, 18 positions … were captured": the sum of the seizures before it.
    "seizure-of-18-positions": (
        (
            *(False, "aggregate", "Battles", "Non-state actor overtakes territory"),
            *(2, 3, None, False),
        ),
        (False, "aggregate", None, None, None, None, "07-29", "07-30", (2, 4), None),
    ),
    # "captured many surprised Syrian Army soldiers": ACLED's types are of civilians abducted, and
    # of arrests; only the offensive's 39 days date it.
    "capture-of-soldiers-and-agents": (
        (False, "no-type", None, None, None, 3, 0, None),
        (False, "no-death", None, STATE, REBELS, None, "07-29", "09-05", (5, 4), 2),
    ),
    # "an armed group consisting of ex-insurgents organized a curfew in al-Shajara": a security
    # measure of an armed actor.
    "curfew-in-al-shajara": (
        (
            *(True, "strategic-development", "Strategic developments", "Change to group/activity"),
            *(2, 1, 0, False),
        ),
        (False, "no-armed-force", None, None, None, None, "07-31", "07-31", (2, 1), None),
    ),
    # "the insurgents agreed to a truce on 1 September": no place but the offensive's.
    "truce-of-1-september": (
        (
            *(True, "strategic-development", "Strategic developments", "Agreement"),
            *(1, 3, 0, False),
        ),
        (False, "no-armed-force", None, None, None, None, "09-01", "09-01", (1, 4), None),
    ),
    # "On 3 August, the main road connecting Arbin, Mesraba and Madira, in the Ghouta region … was
    # cut by rebel supporters": only one of the three places has a point.
    "road-block-in-ghouta": (
        (True, "demonstration", "Riots", "Violent demonstration", 1, 3, 0, False),
        (False, "no-armed-force", None, None, None, None, "08-03", "08-03", (1, 4), None),
    ),
    # "Protests were held in support of the rebels …": no day; an answer to the offensive, so not
    # before it.
    "protests-in-idlib-and-al-bab": (
        (False, "no-date", "Protests", "Peaceful protest", None, 1, 0, False),
        (False, "no-armed-force", None, None, None, None, "07-29", None, (None, 1), None),
    ),
    # "Rebels storm 18 checkpoints" (infobox): whether soldiers or others held them is not said.
    "storming-of-checkpoints": (
        (False, "type-undecided", None, None, None, 3, 0, None),
        (False, "no-death", None, REBELS, None, None, "07-29", "09-05", (5, 4), 2),
    ),
    # "actions of retaliation by rebels across the province": against whom is not said.
    "retaliation": (
        (False, "type-undecided", None, None, None, 3, 0, None),
        (
            *(False, "no-death", None),
            "Former rebel fighters that surrendered to the government in 2018; Former rebels who "
            f"defected to the government; {REBELS}",
            *(None, None, "07-29", "09-05", (5, 4), 2),
        ),
    ),
    # "rising insurgency attacks and assassinations among government forces", before the offensive:
    # the forces are the government's there too. No day bounds them.
    "insurgency-attacks": (
        (False, "no-date", *BATTLE, None, None, 0, False),
        (False, "no-death", None, STATE, None, None, None, None, (None, None), 2),
    ),
    # "Despite recapturing all lost territories, the Syrian Army …": an army of the government, also
    # outside the offensive; before it, when is not said.
    "recapture-of-lost-territories": (
        (False, "no-date", "Battles", "Government regains territory", None, None, 0, False),
        (False, "no-death", None, STATE, None, None, None, "07-29", (None, None), 2),
    ),
    # "the Russians threatened the insurgents": words.
    "russian-threat": (
        (False, "no-type", None, None, 1, 3, 0, None),
        (False, "no-armed-force", None, None, None, None, "09-05", "09-05", (1, 4), None),
    ),
}


@pytest.fixture(scope="module")
def rows(graph: dk.Graph) -> dict[str, dict[str, object]]:
    return {str(row["event"]): dict(row) for row in crosswalk(graph)}


@pytest.mark.parametrize("name", EXPECTED)
def test_acled(name: str, rows: dict[str, dict[str, object]]) -> None:
    row = rows[f"event/{name}"]
    found = (
        row["acled_included"],
        str(row["acled_rule"]).removeprefix("acled-"),
        row["acled_event_type"],
        row["acled_sub_event_type"],
        row["acled_time_precision"],
        row["acled_geo_precision"],
        row["acled_fatalities"],
        row["acled_civilian_targeting"],
    )
    assert dict(zip(ACLED, found, strict=True)) == dict(zip(ACLED, EXPECTED[name][0], strict=True))


@pytest.mark.parametrize("name", EXPECTED)
def test_ucdp(name: str, rows: dict[str, dict[str, object]]) -> None:
    row = rows[f"event/{name}"]
    dead = tuple(row[f"ucdp_deaths_{whose}"] for whose in ("a", "b", "civilians", "unknown"))
    found = (
        row["ucdp_included"],
        str(row["ucdp_rule"]).removeprefix("ucdp-"),
        row["ucdp_type_of_violence"],
        row["ucdp_side_a"],
        row["ucdp_side_b"],
        None if dead == (None,) * 4 else dead,
        _day(row["ucdp_date_start"]),
        _day(row["ucdp_date_end"]),
        (row["ucdp_date_prec"], row["ucdp_where_prec"]),
        row["ucdp_event_clarity"],
    )
    expected = EXPECTED[name][1]
    assert dict(zip(UCDP, found, strict=True)) == dict(zip(UCDP, expected, strict=True))
    total = sum(expected[5]) if isinstance(expected[5], tuple) else None
    assert [row[f"ucdp_{name}"] for name in ("low", "best", "high")] == [total] * 3


def _day(value: object) -> str | None:
    return None if value is None else str(value).removeprefix("2021-")


def test_every_deadly_event_was_worked_out(rows: dict[str, dict[str, object]]) -> None:
    deadly = {event for event, row in rows.items() if row["ucdp_best"]}
    assert deadly <= {f"event/{name}" for name in EXPECTED}
    assert len(deadly) == 10


def test_the_dead_add_up(rows: dict[str, dict[str, object]]) -> None:
    """By hand: soldiers 1 + 1 + 6 + 1 + 7, civilians 1 + 1 + 2, Zatima, six of the 5th Corps."""
    total = {
        whose: sum(int(str(row[f"ucdp_deaths_{whose}"] or 0)) for row in rows.values())
        for whose in ("a", "b", "civilians", "unknown")
    }
    assert total == {"a": 16, "b": 1 + 6, "civilians": 4, "unknown": 0}
    included = [row for row in rows.values() if row["ucdp_included"]]
    assert sum(int(str(row["ucdp_best"])) for row in included) == 1 + 1 + 1 + 2 + 7


def test_an_event_beyond_every_side_has_no_place(rows: dict[str, dict[str, object]]) -> None:
    """A heading, "March 2020 Daraa clashes": a month, and no more."""
    row = rows["event/march-2020-daraa-clashes"]
    assert (row["acled_rule"], row["acled_time_precision"]) == ("acled-no-place", 3)
    assert (row["ucdp_rule"], row["ucdp_date_prec"]) == ("ucdp-no-death", 4)


def test_a_flag_is_nothing_to_either(rows: dict[str, dict[str, object]]) -> None:
    row = rows["event/raising-of-the-syrian-flag"]
    assert (row["acled_rule"], row["ucdp_rule"]) == ("acled-no-type", "ucdp-no-armed-force")
