"""Networks have the days that the order of events allows, and say that these are no dates."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from daraa_kg.formats import serialize
from daraa_kg.graph import Graph
from daraa_kg.networkslices import slices

if TYPE_CHECKING:
    import daraa_kg as dk

Facts = Callable[[str], Graph]

REBELS, DIVISION = "group/rebels", "kg:actor/5th-division"
ARMY, CIVILIANS = "kg:actor/syrian-army", "group/civilians"

# The first clash is dated; the second is between the first and a truce of the same week, the third
# somewhere in the two weeks up to the last.
WEEKS = """
:a a dkg:ArmedGroup . :b a dkg:ArmedGroup . :c a dkg:ArmedGroup . :d a dkg:ArmedGroup .
:one a dkg:Clash ; dkg:party :a, :b ; dkg:when "2030-06-03"^^edtf:EDTF ;
  dkg:earliest "2030-06-03"^^xsd:date ; dkg:latest "2030-06-03"^^xsd:date .
:two a dkg:Clash ; dkg:party :a, :c ; dkg:after :one ; dkg:before :truce .
:truce a dkg:Ceasefire ; dkg:when "2030-06-05"^^edtf:EDTF ;
  dkg:earliest "2030-06-05"^^xsd:date ; dkg:latest "2030-06-05"^^xsd:date .
:three a dkg:Clash ; dkg:party :a, :d ; dkg:after :one ; dkg:before :last .
:last a dkg:Clash ; dkg:party :b, :c ; dkg:when "2030-06-12"^^edtf:EDTF ;
  dkg:earliest "2030-06-12"^^xsd:date ; dkg:latest "2030-06-12"^^xsd:date .
"""


def test_a_tie_of_an_event_without_a_date_has_its_bounds(graph: dk.Graph) -> None:
    """The checkpoints were seized after the shelling of 29 July, before the ceasefire of the 30th."""
    network: Any = graph.to_networkx("actors")
    edge = network[REBELS][DIVISION]["attacked"]
    assert edge["events"] == ["event/seizure-of-checkpoints"]
    assert edge["dates"] == []
    assert edge["spells"] == [("2021-07-29", "2021-07-30")]
    assert edge["bounds"] == ["inferred"]
    assert (edge["start"], edge["end"]) == ("2021-07-29", "2021-07-30")


def test_a_tie_says_of_each_event_where_its_days_are_from(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("actors")
    edge = network[ARMY][CIVILIANS]["attacked"]
    assert edge["events"] == [
        "event/bombardment-of-tafas",
        "event/bombardment-of-14-august",
        "event/shelling-before-the-truce",
    ]
    assert edge["dates"] == ["2021-08-14"]
    assert edge["bounds"] == ["inferred", "stated", "inferred"]
    assert edge["spells"][2] == ("2021-08-30", "2021-09-01")


@pytest.mark.parametrize(
    ("event", "days", "bounds"),
    [
        ("event/shelling-before-the-truce", ("2021-08-30", "2021-09-01"), "inferred"),
        ("event/deployment-to-ghouta", ("2021-08-03", None), "inferred"),
        ("event/al-shabrouq-ied", ("2021-08-19", "2021-08-19"), "stated"),
        ("event/siege-of-daraa-al-balad", (None, None), None),
    ],
)
def test_gexf_has_the_bounds_of_events(
    event: str, days: tuple[str | None, str | None], bounds: str | None, graph: dk.Graph
) -> None:
    read = nx.read_gexf(io.BytesIO(serialize(graph, "gexf", view="participation")))
    found = read.nodes[event]
    assert (found.get("start"), found.get("end"), found.get("bounds")) == (*days, bounds)


def test_a_plan_has_its_own_date_alone(graph: dk.Graph) -> None:
    """“On 14 August, hours before talks were set to take place”."""
    talks = graph.to_networkx("everything").nodes["event/talks-set-for-14-august"]
    assert (talks["start"], talks["end"], talks["bounds"]) == ("2021-08-14", "2021-08-14", "stated")


def test_a_slice_counts_only_what_was_surely_in_it(facts: Facts) -> None:
    """By the week :two was in the first; :three may have been in either, so it is in none."""
    weeks = slices(facts(WEEKS), "actors", "week")
    assert [(week.first, week.edges) for week in weeks] == [("2030-06-03", 2), ("2030-06-10", 1)]
    months = slices(facts(WEEKS), "actors", "month")
    assert [(month.first, month.edges) for month in months] == [("2030-06-01", 4)]
