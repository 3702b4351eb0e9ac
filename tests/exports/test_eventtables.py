"""The tables of events, figures, participations and places.

The expected values were worked out from the article, sentence by sentence, and from the coordinates
of data/places.yaml; nothing here was copied from an output.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from daraa_kg.exports.eventtables import (
    TABLES,
    UnknownTable,
    column_name,
    dtype_of,
    frame,
    records,
    sources,
)
from daraa_kg.extras import NotInstalled

if TYPE_CHECKING:
    from collections.abc import Callable

    from daraa_kg.graph.built import Graph

# What the article says of killed and wounded, event by event, in the order of its sentences.
TOLLS = {
    "event/attack-on-a-vehicle-on-the-nahtah-road": (1, 6),  # “a soldier dead and six others”
    "event/bombardment-of-14-august": (1, None),  # “killing one civilian”
    "event/shooting-in-sheikh-maskeen": (1, None),  # “a member of the … 4th Division”
    "event/killing-in-al-sanamayn": (1, None),  # “A civilian was also killed”
    "event/al-shabrouq-ied": (6, None),  # “six Syrian soldiers and militiamen”
    "event/shelling-of-20-august": (1, None),  # “killed Mohamed Hilal Zatima”
    "event/ied-of-26-august": (1, 4),  # “one … killed and four others were wounded”
    "event/bombardment-of-tafas": (2, None),  # “two civilians and the injury of several others”
    "event/ambush-at-al-rubai": (6, None),  # “six members of the reconciled 5th Corps”
    "event/clashes-of-29-30-august": (7, 12),  # “seven … killed … along with 12 others wounded”
}


def row(table: pd.DataFrame, event: str) -> dict[str, Any]:
    found = table[table.event == event]
    assert len(found) == 1
    return {str(k): None if pd.isna(v) else v for k, v in found.iloc[0].items()}


@pytest.fixture(scope="module")
def events(graph: Graph) -> pd.DataFrame:
    return graph.to_pandas()


@pytest.fixture(scope="module")
def figures(graph: Graph) -> pd.DataFrame:
    return graph.to_pandas("figures")


@pytest.fixture(scope="module")
def participations(graph: Graph) -> pd.DataFrame:
    return graph.to_pandas("participations")


# --- events --------------------------------------------------------------------------------------


def test_every_event_has_one_row(events: pd.DataFrame) -> None:
    assert len(events) == events.event.nunique() == 70
    assert list(events.event[events.main]) == ["event/offensive"]
    assert not events[events.event == "event/offensive"].during_main.item()
    assert not events.kind.isna().any()
    assert not events.quote.isna().any()
    assert events.link.str.startswith(
        "https://en.wikipedia.org/wiki/2021_Daraa_offensive#:~:"
    ).all()


def test_an_event_reads_as_the_article_tells_it(events: pd.DataFrame) -> None:
    bombing = row(events, "event/al-shabrouq-ied")
    quote = bombing.pop("quote")
    assert quote.startswith(
        "On 19 August, an IED targeted a Syrian army convoy of the 112th Brigade"
    )
    assert quote.endswith("killing six Syrian soldiers and militiamen, including a brigadier.")
    link = bombing.pop("link")
    assert link.endswith(
        "On%2019%20August%2C%20an%20IED,and%20militiamen%2C%20including%20a%20brigadier."
    )
    assert bombing == {
        "event": "event/al-shabrouq-ied",
        "event_label": "IED attack on a convoy of the 112th Brigade",
        "kind": "bombing",
        "when": "2021-08-19",
        "earliest": pd.Timestamp(2021, 8, 19),
        "latest": pd.Timestamp(2021, 8, 19),
        "bounds": "stated",
        "duration": None,
        "main": False,
        "during_main": True,
        "part_of": "event/offensive",
        "places": "al-Shabrouq road",
        "place_ids": "kg:place/al-shabrouq-road",
        "origins": None,
        "destinations": None,
        "latitude": None,  # it was on the road, and nobody says where
        "longitude": None,
        "accuracy": None,
        "agents": None,  # the article does not say who laid it
        "targets": "112th Brigade",
        "parties": None,
        "sides": "Government side",
        "killed": 6,
        "wounded": None,
        "captured": None,
        "missing": None,
        "lower_bound": False,
        "casualties": "6 killed",
        "reported_by": None,
        "section": "Clashes",
        "passages": 1,
    }


def test_tolls_are_those_of_the_sentences(events: pd.DataFrame) -> None:
    told = events[events.killed.notna() & events.during_main].set_index("event")
    found = {
        event: (int(toll.killed), None if pd.isna(toll.wounded) else int(toll.wounded))
        for event, toll in told.iterrows()
    }
    assert found == TOLLS
    parts = events[events.during_main]
    assert (parts.killed.sum(), parts.wounded.sum()) == (27, 22)
    whole = row(events, "event/offensive")  # 26 + 17 + 22 killed, 40 captured
    assert (whole["killed"], whole["wounded"], whole["captured"]) == (65, None, 40)


def test_what_has_no_number_is_not_zero(events: pd.DataFrame) -> None:
    tafas = row(events, "event/bombardment-of-tafas")
    assert (tafas["killed"], tafas["wounded"], tafas["lower_bound"]) == (2, None, True)
    assert tafas["casualties"] == "2 civilians killed; wounded: “the injury of several others”"
    capture = row(events, "event/capture-of-soldiers-and-agents")
    assert (capture["captured"], capture["lower_bound"]) == (None, True)
    siege = row(events, "event/siege-of-daraa-al-balad")  # families are not persons
    assert [siege[o] for o in ("killed", "wounded", "captured", "missing")] == [None] * 4
    assert siege["casualties"] == "11000 families besieged"
    assert row(events, "event/curfew-in-al-shajara")["lower_bound"] is None


@pytest.mark.parametrize(
    ("event", "when", "earliest", "latest", "bounds"),
    [
        ("event/offensive", "2021-07-29/2021-09-05", "2021-07-29", "2021-09-05", "stated"),
        ("event/uprising", "2011-03/", "2011-03-01", None, "stated"),
        ("event/russian-demand", "/2021-06-30", None, "2021-06-30", "stated"),
        ("event/2018-offensive", "2018", "2018-01-01", "2018-12-31", "stated"),
        ("event/truce-of-25-august", "2021-08-25~", "2021-08-25", "2021-08-25", "stated"),
        # "This follows Syrian army bombardments on Tafas city", of the IED of 26 August.
        ("event/bombardment-of-tafas", None, "2021-07-29", "2021-08-26", "inferred"),
        # After the clashes "between 29 and 30 August", before the truce "on 1 September".
        ("event/shelling-before-the-truce", None, "2021-08-30", "2021-09-01", "inferred"),
        # "Both sides agreed to a ceasefire for 30–31 July after negotiations": what led to the
        # agreement was over when the first of its two days began, or on that day.
        ("event/negotiations-before-the-ceasefire", None, "2021-07-29", "2021-07-30", "inferred"),
        ("event/demand-of-the-government", None, "2021-07-29", "2021-07-30", "inferred"),
        ("event/offer-of-new-negotiations", None, "2021-07-29", "2021-07-30", "inferred"),
        # "On 3 August, the main road … was cut … before the army was deployed to the region."
        ("event/deployment-to-ghouta", None, "2021-08-03", None, "inferred"),
        # Its parts bound when the insurgency had begun, and not when it was over.
        ("event/daraa-insurgency", None, None, None, None),
        ("event/siege-of-daraa-al-balad", None, None, None, None),
    ],
)
def test_dates(
    events: pd.DataFrame,
    event: str,
    when: str | None,
    earliest: str | None,
    latest: str | None,
    bounds: str | None,
) -> None:
    found = row(events, event)
    days = [found[name] and f"{found[name]:%Y-%m-%d}" for name in ("earliest", "latest")]
    assert [found["when"], *days, found["bounds"]] == [when, earliest, latest, bounds]


@pytest.mark.parametrize("table", ["participations", "figures"])
def test_the_other_tables_have_the_days_of_their_events(graph: Graph, table: str) -> None:
    days = ("when", "earliest", "latest", "bounds")
    by_event = {e["event"]: [e[name] for name in days] for e in records(graph)}
    rows = records(graph, table)
    assert {"stated", "inferred"} <= {row["bounds"] for row in rows}
    for one in rows:
        assert [one[name] for name in days] == by_event[one["event"]]


@pytest.mark.parametrize(
    ("event", "places", "point"),
    [
        ("event/bombardment-of-14-august", "Daraa al-Balad", (32.6092, 36.0982, 1800)),
        ("event/clashes-of-29-30-august", "Daraa Governorate", (32.8565, 36.2244, 61000)),
        ("event/ambush-at-al-rubai", "al-Ruba’i checkpoint", None),
        ("event/ied-of-26-august", "road between Nawa and Sheikh Maskeen", None),
        ("event/protests-in-idlib-and-al-bab", "Idlib; al-Bab", None),
        ("event/truce-of-1-september", None, None),
    ],
)
def test_no_point_is_made_up(
    events: pd.DataFrame, event: str, places: str | None, point: tuple[float, ...] | None
) -> None:
    found = row(events, event)
    assert found["places"] == places
    here = tuple(found[name] for name in ("latitude", "longitude", "accuracy"))
    assert here == (point or (None, None, None))


def test_where_it_began_and_led_to(events: pd.DataFrame, make: Callable[[str], Graph]) -> None:
    transfer, uprising = (row(events, f"event/{e}") for e in ("transfer-to-idlib", "uprising"))
    assert (transfer["origins"], transfer["destinations"]) == (None, "Idlib Governorate")
    assert (uprising["places"], uprising["origins"]) == ("Daraa; Daraa al-Balad", None)
    made = make(
        """
        <event/x> a dkg:Event ; dkg:kind dkg:Evacuation ; dkg:involvesPlace <place/a>, <place/b> ;
          dkg:origin <place/b> ; dkg:destination <place/a> .
        <place/a> rdfs:label "Ashford" . <place/b> rdfs:label "Barton" .
        """
    )
    (event,) = records(made)
    assert [event[name] for name in ("places", "place_ids", "origins", "destinations")] == [
        "Ashford; Barton",
        "place/a; place/b",
        "Barton",
        "Ashford",
    ]


def test_who(events: pd.DataFrame) -> None:
    truce = row(events, "event/truce-of-25-august")
    assert truce["parties"] == "Rebels in Daraa; Syrian Armed Forces"
    assert truce["reported_by"] == "Syrian Observatory for Human Rights; pro-government media"
    assert truce["sides"] == "Government side; Rebel side"
    seizure = row(events, "event/seizure-of-checkpoints")
    assert seizure["agents"] == "Rebels in Daraa"
    assert seizure["targets"] == "5th Division; 9th Division; Air Force Intelligence Directorate"
    assert row(events, "event/reconciliation-in-nawa")["sides"] is None  # sides are of 2021


def test_the_body_is_quoted_before_the_infobox(events: pd.DataFrame) -> None:
    entry = row(events, "event/entry-into-daraa-al-balad")
    assert (entry["section"], entry["passages"]) == ("Clashes", 2)
    assert entry["quote"].startswith("Russian military police and Syrian state forces entered")
    assert row(events, "event/storming-of-checkpoints")["section"] == "Infobox"


# --- figures -------------------------------------------------------------------------------------


def test_every_figure_has_one_row(figures: pd.DataFrame) -> None:
    # 4 in the infobox, the besieged, 2 captures, and those of 5, 14, 16, 16, 19, 20, 26 August, of
    # Tafas, of 27 and 29–30 August, and of the shelling before the truce.
    assert len(figures) == 4 + 1 + 2 + 2 + 1 + 1 + 1 + 1 + 1 + 2 + 2 + 1 + 2 + 1
    assert figures.figure.is_unique
    assert figures["count"].sum() == 26 + 40 + 17 + 22 + 11_000 + 27 + 22
    assert figures[figures["count"].isna()].outcome.tolist() == [
        "captured",
        "captured",
        "wounded",
        "killed or wounded",
    ]


def test_whose_they_are(figures: pd.DataFrame) -> None:
    parts = figures[figures.during_main & (figures.outcome == "killed")]
    by_side = parts.groupby("side", dropna=False)["count"].sum()
    assert by_side["side/government"] == 1 + 1 + 6 + 1 + 7
    assert by_side["side/rebels"] == 1
    assert parts[parts.civilian.fillna(value=False)]["count"].sum() == 1 + 1 + 2
    corps = parts[parts.suffered_by == "5th Corps"].iloc[0]
    assert pd.isna(corps.side)  # the article leaves open for which side they are to be counted
    assert corps.persons == "Unnamed commander of the 5th Corps"
    assert corps.wording == "six members of the reconciled 5th Corps"
    assert set(figures.unit) == {"persons", "families"}


# --- participations ------------------------------------------------------------------------------


def roles(participations: pd.DataFrame, event: str) -> set[tuple[str, ...]]:
    found = participations[participations.event == event]
    columns = found[["role", "participant_label", "sides"]].astype(object)
    return {
        tuple("" if pd.isna(cell) else cell for cell in line)
        for line in columns.itertuples(index=False)
    }


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            "event/government-operation",
            {
                ("agent", "Syrian Government", "Government side"),
                ("lead unit", "4th Division", "Government side"),
                ("target", "Rebels in Daraa", "Rebel side"),
            },
        ),
        (
            "event/ceasefire-of-30-july",
            {
                ("party", "Government side", "Government side"),
                ("party", "Rebel side", "Rebel side"),
            },
        ),
        (
            "event/ambush-at-al-rubai",
            {("perpetrator", "Syrian Army", "Government side"), ("target", "5th Corps", "")},
        ),
        (
            "event/negotiations-before-the-ceasefire",
            {("mediator", "Russia", ""), ("mediator", "Ahmad al-Awda", "")},
        ),
        (
            "event/russian-threat",
            {("speaker", "Russia", ""), ("addressee", "Rebels in Daraa", "Rebel side")},
        ),
        ("event/extortionate-prices", set()),
    ],
)
def test_who_took_part(
    participations: pd.DataFrame, event: str, expected: set[tuple[str, ...]]
) -> None:
    assert roles(participations, event) == expected


def test_a_participation_has_its_most_exact_role_alone(participations: pd.DataFrame) -> None:
    assert not participations.duplicated(["event", "participant", "role"]).any()
    assert "participant" not in set(participations.role)
    pairs = participations.groupby(["event", "participant"]).role
    assert not any({"agent"} < set(found) for _, found in pairs)
    gunmen = participations[participations.participant == "group/unknown-gunmen-in-maskin"]
    assert gunmen.identity.tolist() == ["unidentified"]
    assert gunmen.role.tolist() == ["perpetrator"]


def test_the_tables_join(
    events: pd.DataFrame, figures: pd.DataFrame, participations: pd.DataFrame
) -> None:
    assert set(figures.event) | set(participations.event) <= set(events.event)
    merged = figures.merge(events, on="event", suffixes=("_figure", ""), validate="many_to_one")
    assert (merged.kind == merged.kind_figure).all()


# --- all tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_typed_also_where_they_are_empty(
    graph: Graph, make: Callable[[str], Graph], table: str
) -> None:
    full, empty = frame(graph, table), frame(make(""), table)
    assert len(empty) == 0 < len(full)
    assert list(full.dtypes.items()) == list(empty.dtypes.items())
    assert [str(d) for d in full.dtypes] == [dtype_of(str(c)) for c in full.columns]


@pytest.mark.parametrize("table", TABLES)
def test_records_and_frame_say_the_same(graph: Graph, table: str) -> None:
    data = frame(graph, table)
    for (_, line), record in zip(data.iterrows(), records(graph, table), strict=True):
        for column, value in record.items():
            found = line[column]
            if value is None:
                assert pd.isna(found)
            else:
                assert found == (pd.Timestamp(value) if isinstance(value, date) else value)


def test_places(graph: Graph) -> None:
    found = {place["place"]: place for place in records(graph, "places")}
    road = found["kg:place/al-shabrouq-road"]
    assert road["between"] == "Ain Zakr; Nafaa"
    assert road["lines"] == "LINESTRING(35.906 32.8588, 35.8926 32.809)"
    assert road["latitude"] is None
    checkpoint = found["kg:place/al-rubai-checkpoint"]
    assert [checkpoint[k] for k in ("latitude", "lines", "between")] == [
        None,
        None,
        "al-Jizah; al-Msifrah",
    ]
    daraa = found["kg:place/daraa"]
    assert (daraa["latitude"], daraa["longitude"], daraa["accuracy"]) == (32.61889, 36.10213, 4000)
    assert (daraa["within"], daraa["sources"]) == ("Daraa Governorate", "GeoNames")


def test_a_figure_is_added_once(make: Callable[[str], Graph]) -> None:
    made = make(
        """
        <event/x> a dkg:Event ; dkg:kind dkg:Clash ;
          dkg:casualties <f/all>, <f/some>, <f/again>, <f/claimed>, <f/houses>, <f/either>, <f/hurt> .
        <f/all> a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:count 10 ; dkg:wording "ten" ;
          dkg:includes <f/some> .
        <f/some> a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:count 4 ; dkg:wording "four of them" .
        <f/again> a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:count 10 ; dkg:wording "the ten" ;
          dkg:sameFigure <f/all> .
        <f/all> dkg:sameFigure <f/again> .
        <f/claimed> a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:count 90 ; dkg:wording "ninety" ;
          dkg:claimedBy <group/g> .
        <f/houses> a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:count 2 ; dkg:unit dkg:families ;
          dkg:wording "two families" .
        <f/either> a dkg:Casualties ; dkg:outcome dkg:killedOrWounded ; dkg:count 5 ; dkg:wording "five" .
        <f/hurt> a dkg:Casualties ; dkg:outcome dkg:wounded ; dkg:atLeast 3 ; dkg:wording "three or more" .
        <group/g> rdfs:label "Group" .
        """
    )
    (event,) = records(made, "events")
    # ten, of whom four are not counted again; the ninety are somebody's claim
    assert (event["killed"], event["wounded"], event["lower_bound"]) == (10, 3, True)
    found = {figure["figure"]: figure for figure in records(made, "figures")}
    assert len(found) == 7
    assert found["f/some"]["included_in"] == "f/all"
    assert found["f/all"]["same_as"] == "f/again"
    assert found["f/claimed"]["claimed_by"] == "Group"
    assert found["f/hurt"]["at_least"] == 3


def test_years_that_python_has_no_date_for(make: Callable[[str], Graph]) -> None:
    made = make(
        """
        <event/x> a dkg:Event ; dkg:kind dkg:Clash ; dkg:earliest "-0332-01-01"^^xsd:date .
        """
    )
    assert records(made)[0]["earliest"] == "-0332-01-01"
    assert frame(made).earliest.dt.year.tolist() == [-332]


def test_words() -> None:
    assert column_name("placeIds") == "place_ids"
    assert column_name("event") == "event"


def test_sources_carry_their_licences(graph: Graph) -> None:
    found = {source["label"]: source for source in sources(graph)}
    assert found["2021 Daraa offensive"] == {
        "label": "2021 Daraa offensive",
        "url": "https://en.wikipedia.org/wiki/2021_Daraa_offensive",
        "licence": "https://creativecommons.org/licenses/by-sa/4.0/",
        "attribution": 'Wikipedia contributors, "2021 Daraa offensive", Wikipedia, CC BY-SA 4.0',
    }
    assert found["GeoNames"]["licence"] == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("figurs", "“figurs” is no table; did you mean figures?"),
        ("x", "“x” is no table; write events, figures, participations or places"),
    ],
)
def test_an_unknown_table(graph: Graph, name: str, message: str) -> None:
    with pytest.raises(UnknownTable) as caught:
        graph.to_pandas(name)
    assert (str(caught.value), caught.value.name) == (message, name)


def test_without_pandas(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(NotInstalled) as caught:
        graph.to_pandas()
    assert str(caught.value) == (
        "a table needs pandas, which is not installed; pip install 'daraa-kg[analysis]'"
    )
