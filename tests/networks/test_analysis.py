"""What is measured of a network, against small graphs worked out by hand, and the article's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from daraa_kg.networks.analysis import analyse, simple
from daraa_kg.networks.projection import EmptyNetwork
from daraa_kg.networks.slices import NoDates, UnknownPeriod, slices
from daraa_kg.networks.views import VIEWS, UnknownView

if TYPE_CHECKING:
    import daraa_kg as dk

Facts = Callable[[str], "dk.Graph"]

ACTORS = """
:north a dkg:Side ; rdfs:label "North" ; dkg:sideMember :a, :b .
:south a dkg:Side ; rdfs:label "South" ; dkg:sideMember :c .
:a a dkg:Group ; rdfs:label "A" ; dkg:side :north .
:b a dkg:Group ; rdfs:label "B" ; dkg:side :north .
:c a dkg:Group ; rdfs:label "C" ; dkg:side :south .
:m a dkg:Group ; rdfs:label "M" .
:x a dkg:Group ; rdfs:label "X" .
:y a dkg:Group ; rdfs:label "Y" .
:z a dkg:Group ; rdfs:label "Z" .
"""
# A star: A, B and C are each tied to M alone; X and Y to each other; Z to nobody.
STAR = (
    ACTORS
    + """
:talk-a a dkg:Negotiation ; rdfs:label "Talk with A" ; dkg:mediator :m ; dkg:party :a .
:talk-b a dkg:Negotiation ; rdfs:label "Talk with B" ; dkg:mediator :m ; dkg:party :b .
:talk-c a dkg:Negotiation ; rdfs:label "Talk with C" ; dkg:mediator :m ; dkg:party :c .
:again-c a dkg:Negotiation ; rdfs:label "Once more with C" ; dkg:mediator :m ; dkg:party :c .
:clash a dkg:Clash ; rdfs:label "Clash" ; dkg:party :x, :y .
"""
)
PAIR = (
    ACTORS
    + """
:clash a dkg:Clash ; rdfs:label "Clash" ; dkg:party :a, :c ;
  dkg:earliest "2030-01-30"^^xsd:date ; dkg:latest "2030-01-30"^^xsd:date ;
  dkg:when "2030-01-30"^^edtf:EDTF .
:truce a dkg:Ceasefire ; rdfs:label "Truce" ; dkg:party :b, :c ;
  dkg:earliest "2030-02-12"^^xsd:date ; dkg:latest "2030-02-12"^^xsd:date ;
  dkg:when "2030-02-12"^^edtf:EDTF .
"""
)


def test_a_star_has_the_measures_that_one_works_out_by_hand(facts: Facts) -> None:
    report = analyse(facts(STAR), "actors")
    assert (report.nodes, report.alone) == (7, 1)
    assert report.components == (4, 2)
    assert report.relations == {"talked": 3, "fought": 1}
    assert report.edges == 4
    # Six nodes have a tie; 4 of the 15 pairs are tied.
    assert report.density == pytest.approx(4 / 15, abs=1e-4)
    by_label = {one.label: one for one in report.standings}
    assert next(iter(by_label)) == "M"
    assert {name: one.degree for name, one in by_label.items()} == {
        "M": 3, "A": 1, "B": 1, "C": 1, "X": 1, "Y": 1,
    }  # fmt: skip
    assert {name: one.strength for name, one in by_label.items()} == {
        "M": 4, "A": 1, "B": 1, "C": 2, "X": 1, "Y": 1,
    }  # fmt: skip
    # M lies between 3 of the 10 pairs of the 5 others.
    assert by_label["M"].betweenness == pytest.approx(0.3)
    assert {by_label[name].betweenness for name in "ABCXY"} == {0}
    assert sum(one.pagerank for one in report.standings) == pytest.approx(1, abs=1e-3)
    # All is mutual: X and Y have what two of six have, whatever the order of their names.
    assert by_label["X"].pagerank == by_label["Y"].pagerank == pytest.approx(1 / 6, abs=1e-3)
    assert by_label["X"].community == by_label["Y"].community != by_label["M"].community
    assert [len(group) for group in report.communities] == [4, 2]


def test_who_talks_to_several_sides(facts: Facts) -> None:
    report = analyse(facts(STAR))
    assert [(b.label, b.sides) for b in report.brokers] == [
        ("M", {"North": ("A", "B"), "South": ("C",)})
    ]
    talks = ["Once more with C", "Talk with A", "Talk with B", "Talk with C"]
    assert sorted(report.brokers[0].events.values()) == talks
    (mediator,) = report.mediators
    assert mediator.label == "M"
    assert [one.label for one in mediator.mediated] == talks
    assert [list(one.parties.values()) for one in mediator.mediated] == [["C"], ["A"], ["B"], ["C"]]
    assert not any(one.inferred for one in mediator.mediated)
    assert mediator.mediated[1].stated == {"talk-a": "Talk with A"}
    assert mediator.others == ()
    assert report.pairs == ()


MEDIATED = (
    ACTORS
    + """
:talks a dkg:Negotiation ; rdfs:label "Talks" ; dkg:mediator :m ; dkg:before :truce .
:truce a dkg:Ceasefire ; rdfs:label "Truce" ; dkg:party :a, :c ; dkg:before :later .
:later a dkg:Ceasefire ; rdfs:label "Later" ; dkg:party :x, :y .
:fruitless a dkg:Negotiation ; rdfs:label "Fruitless" ; dkg:mediator :m ; dkg:before :clash .
:clash a dkg:Clash ; rdfs:label "Clash" ; dkg:party :a, :c .
:half a dkg:Negotiation ; rdfs:label "Half" ; dkg:mediator :m ; dkg:party :b ; dkg:before :truce .
:threat a dkg:Threat ; rdfs:label "Threat" ; dkg:speaker :m ; dkg:addressee :c, :a .
:demand a dkg:Demand ; rdfs:label "Demand" ; dkg:speaker :m .
"""
)


def test_between_whom_somebody_mediated_is_stated_or_follows_from_the_agreement(
    facts: Facts,
) -> None:
    report = analyse(facts(MEDIATED))
    (mediator,) = report.mediators
    told = {
        one.label: (list(one.parties.values()), list(one.stated), one.inferred)
        for one in mediator.mediated
    }
    assert told == {
        "Talks": (["A", "C"], ["truce"], True),
        "Fruitless": ([], [], False),  # a clash is no agreement
        "Half": (["B"], ["half"], False),  # who is stated is not guessed anew
    }
    assert [(one.id, one.role, one.toward) for one in mediator.others] == [
        ("demand", "speaker", ()),
        ("threat", "speaker", ("A", "C")),
    ]


def test_a_threat_is_no_talk_with_both_sides_and_no_negotiation(facts: Facts) -> None:
    report = analyse(
        facts(
            ACTORS
            + """
        :threat a dkg:Threat ; rdfs:label "Threat" ; dkg:speaker :m ; dkg:addressee :c, :a .
        :demand a dkg:Demand ; rdfs:label "Demand" ; dkg:speaker :a ; dkg:addressee :c .
        :clash a dkg:Clash ; rdfs:label "Clash" ; dkg:party :a, :c .
        """
        )
    )
    assert report.relations == {"threatened": 2, "demanded of": 1, "fought": 1}
    assert (report.brokers, report.pairs) == ((), ())


def test_sides_whose_members_fight_and_negotiate_are_a_pair(facts: Facts) -> None:
    report = analyse(facts(PAIR))
    assert report.brokers == ()
    assert [(p.first, p.second) for p in report.pairs] == [("North", "South")]
    assert list(report.pairs[0].hostile.values()) == ["Clash"]
    assert list(report.pairs[0].talks.values()) == ["Truce"]


def test_weeks_begin_on_monday_and_empty_ones_are_there(facts: Facts) -> None:
    cut = slices(facts(PAIR), "actors", "week")
    # 30 January 2030 is a Wednesday; 12 February a Tuesday.
    assert [(s.first, s.last, s.relations) for s in cut] == [
        ("2030-01-28", "2030-02-03", {"fought": 1}),
        ("2030-02-04", "2030-02-10", {}),
        ("2030-02-11", "2030-02-17", {"agreed": 1}),
    ]
    assert [(s.nodes, s.edges) for s in cut] == [(2, 1), (0, 0), (2, 1)]
    assert cut[0].foremost == ("A", "C")


def test_months_and_days(facts: Facts) -> None:
    months = slices(facts(PAIR), "actors", "month")
    assert [(s.first, s.last, s.edges) for s in months] == [
        ("2030-01-01", "2030-01-31", 1),
        ("2030-02-01", "2030-02-28", 1),
    ]
    days = slices(facts(PAIR), "actors", "day")
    assert len(days) == 14
    assert days[0].to_dict() == {
        "first": "2030-01-30", "last": "2030-01-30", "nodes": 2, "edges": 1,
        "relations": {"fought": 1}, "foremost": ("A", "C"),
    }  # fmt: skip


def test_what_cannot_be_measured(facts: Facts) -> None:
    with pytest.raises(NoDates, match="no edge of the view actors has a date"):
        slices(facts(STAR))
    with pytest.raises(UnknownPeriod, match=r"“weak” is no period; did you mean week\?"):
        slices(facts(PAIR), "actors", "weak")
    with pytest.raises(UnknownView):
        analyse(facts(PAIR), "people")
    with pytest.raises(EmptyNetwork):
        analyse(facts(""))


def test_a_view_without_any_tie_is_measured_too(facts: Facts) -> None:
    report = analyse(facts(ACTORS))
    assert (report.nodes, report.alone, report.edges) == (7, 7, 0)
    assert (report.components, report.standings, report.communities) == ((), (), ())
    assert report.density == 0


# --- the article ----------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_adds_up(graph: dk.Graph, view: str) -> None:
    network = graph.to_networkx(view)
    report = analyse(graph, view)
    assert sum(report.components) + report.alone == report.nodes == len(network)
    assert sum(report.relations.values()) == report.edges == network.number_of_edges()
    assert sum(map(len, report.communities)) == len(report.standings)
    assert report.nodes - report.alone == len(report.standings)
    degrees = dict(simple(network).degree())
    assert {one.id: one.degree for one in report.standings} == {
        n: d for n, d in degrees.items() if d
    }
    assert report == analyse(graph, view)


def test_the_article_s_sides_fight_and_negotiate_through_mediators(graph: dk.Graph) -> None:
    report = analyse(graph)
    assert report.brokers == ()
    # "Both sides agreed to a ceasefire for 30–31 July after negotiations organized by the Russians
    # and military officer Ahmad al-Awda."
    assert [m.label for m in report.mediators] == ["Ahmad al-Awda", "Russia"]
    for mediator in report.mediators:
        (one,) = mediator.mediated
        assert one.id == "event/negotiations-before-the-ceasefire"
        assert list(one.parties) == ["side/government", "side/rebels"]
        assert list(one.stated) == ["event/ceasefire-of-30-july"]
        assert one.inferred
    # "Russia urged new reconciliation deals"; "the Russians threatened the insurgents". That Russian
    # military police entered Daraa al-Balad is told of them, not of Russia.
    awda, russia = report.mediators
    assert awda.others == ()
    assert [(part.id, part.role, part.toward) for part in russia.others] == [
        ("event/russian-demand", "speaker", ()),
        ("event/russian-threat", "speaker", ("Rebels in Daraa",)),
    ]
    (pair,) = report.pairs
    assert (pair.first, pair.second) == ("Government side", "Rebel side")
    # "Both sides agreed to a ceasefire for 30–31 July"; the truce reported on 25 August
    assert list(pair.talks) == ["event/ceasefire-of-30-july", "event/truce-of-25-august"]
    assert "event/clashes-of-29-30-august" in pair.hostile


def test_the_article_s_order_of_battle(graph: dk.Graph) -> None:
    # The army is a unit of the armed forces and has a brigade and three divisions; the corps has
    # its 8th Brigade: six bodies hang together, and two.
    report = analyse(graph, "units")
    assert report.components == (6, 2)
    first = report.standings[0]
    assert (first.label, first.degree) == ("Syrian Army", 5)
    # Of the 21 pairs of the other seven, the army lies between the 10 of its own five.
    assert first.betweenness == pytest.approx(10 / 21, abs=1e-4)


def test_the_article_s_weeks(graph: dk.Graph) -> None:
    cut = slices(graph)
    assert [s.first for s in cut] == [
        "2021-07-26", "2021-08-02", "2021-08-09", "2021-08-16", "2021-08-23", "2021-08-30",
    ]  # fmt: skip
    # The ceasefire for 30–31 July, the army's artillery fire of 29 July, and the offensive itself;
    # between that fire and the ceasefire, the checkpoints of three bodies were seized, and Russia
    # and Ahmad al-Awda organized negotiations.
    assert cut[0].relations == {
        "agreed": 1,
        "attacked": 1,
        "fought": 1,
        "seized from": 3,
        "talked": 1,
    }


def test_networkx_s_own_algorithms_take_it_as_it_is(graph: dk.Graph) -> None:
    network = graph.to_networkx("actors")
    assert max(nx.degree_centrality(network), key=nx.degree_centrality(network).__getitem__) == (
        "kg:actor/syrian-army"
    )
