"""Networks have the days that the order of events allows, and say that these are no dates."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from daraa_kg.graph.built import Graph
from daraa_kg.graph.formats import serialize
from daraa_kg.networks.slices import slices
from daraa_kg.networks.views import VIEWS

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
    edge = network[REBELS][DIVISION]["seized from"]
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


WHOLE = """
    :war a dkg:Conflict ; rdfs:label "War" ; dkg:when "2030-06-01/2030-06-30"^^edtf:EDTF ;
      dkg:earliest "2030-06-01"^^xsd:date ; dkg:latest "2030-06-30"^^xsd:date .
    :first a dkg:Clash ; rdfs:label "First" ; dkg:partOf :war ; dkg:when "2030-06-04"^^edtf:EDTF ;
      dkg:earliest "2030-06-04"^^xsd:date ; dkg:latest "2030-06-04"^^xsd:date .
    :second a dkg:Clash ; rdfs:label "Second" ; dkg:partOf :war ; dkg:after :first ;
      dkg:when "2030-06-20"^^edtf:EDTF ;
      dkg:earliest "2030-06-20"^^xsd:date ; dkg:latest "2030-06-20"^^xsd:date .
    :third a dkg:Clash ; rdfs:label "Third" ; dkg:inResponseTo :second ;
      dkg:when "2030-06-21"^^edtf:EDTF ;
      dkg:earliest "2030-06-21"^^xsd:date ; dkg:latest "2030-06-21"^^xsd:date .
    :late a dkg:Clash ; rdfs:label "Late" ; dkg:partOf :war ;
      dkg:when "2030-06-29/2030-07-02"^^edtf:EDTF ;
      dkg:earliest "2030-06-29"^^xsd:date ; dkg:latest "2030-07-02"^^xsd:date .
"""


def test_a_part_stands_in_a_week_by_its_own_days(facts: Facts) -> None:
    # 4 June 2030 is a Tuesday, 20 June a Thursday, 21 June a Friday, 29 June a Saturday. The
    # first was before the second, but not in the same week; the third answers in the same one.
    weeks = slices(facts(WHOLE), "events", "week")
    assert [(w.first, w.nodes, w.relations) for w in weeks] == [
        ("2030-06-03", 2, {"part of": 1}),
        ("2030-06-10", 0, {}),
        ("2030-06-17", 3, {"in response to": 1, "part of": 1}),
        ("2030-06-24", 2, {"part of": 1}),
    ]
    months = slices(facts(WHOLE), "events", "month")
    assert [m.relations for m in months] == [{"before": 1, "in response to": 1, "part of": 3}]


def test_an_edge_of_events_has_the_days_of_the_part_alone(facts: Facts) -> None:
    network: Any = facts(WHOLE).to_networkx("events")
    assert network["first"]["war"]["part of"]["spells"] == [("2030-06-04", "2030-06-04")]
    # What a part has beyond its whole is cut off.
    assert network["late"]["war"]["part of"]["spells"] == [("2030-06-29", "2030-06-30")]
    for values in (
        network["first"]["second"]["before"],
        network["third"]["second"]["in response to"],
    ):
        assert not {"spells", "start", "end"} & values.keys()


def test_the_article_s_weeks_hold_what_happened_in_them(graph: dk.Graph) -> None:
    weeks = {week.first: week for week in slices(graph, "events", "week")}
    # 2 to 8 August: on the 5th the attack on the Nahtah road and the rocket fire on Nahtah; the
    # offensive itself, a part of the insurgency; and on the 3rd the road block in Ghouta.
    assert weeks["2021-08-02"].relations == {"in response to": 1, "part of": 3}
    assert weeks["2021-08-02"].nodes == 5
    # 9 to 15 August: the bombardment of the 14th.
    assert weeks["2021-08-09"].relations == {"part of": 2}
    # 16 to 22 August: two killings on the 16th, the IED of the 19th and the shelling of the 20th.
    assert weeks["2021-08-16"].relations == {"part of": 5}


@pytest.mark.parametrize("view", VIEWS)
def test_an_edge_of_gexf_is_there_only_while_its_nodes_are(graph: dk.Graph, view: str) -> None:
    space = "{http://www.gexf.net/1.2draft}"
    root = ET.fromstring(serialize(graph, "gexf", view=view))  # noqa: S314 - our own
    days = {node.get("id"): _spells(node) for node in root.iter(space + "node")}
    found = 0
    for edge in root.iter(space + "edge"):
        # That one event was before another has no days: it is there when both are.
        for start, end in filter(_ALWAYS.__ne__, _spells(edge)):
            for node in (edge.get("source"), edge.get("target")):
                if days[node] != [_ALWAYS]:
                    found += 1
                    assert any(a <= start and end <= b for a, b in days[node]), edge.get("id")
    assert found or view in ("actors", "units", "places")


_ALWAYS = ("", "9999")


def _spells(element: ET.Element) -> list[tuple[str, str]]:
    spells = [e for e in element.iter() if e.tag.endswith("}spell")] or [element]
    return [(e.get("start") or "", e.get("end") or "9999") for e in spells]
