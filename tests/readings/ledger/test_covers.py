"""The rules behind the ledger: which figure covers which, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daraa_kg.graph.labels import Labels
from daraa_kg.ontology.proof import leaves
from daraa_kg.why.evidence import Archive, Quote

from .figures import Facts, dead

if TYPE_CHECKING:
    import daraa_kg as dk


def covers(graph: dk.Graph) -> set[tuple[str, str]]:
    rows = graph.query("SELECT ?a ?b { ?a dkg:covers ?b }")
    return {
        (
            graph.shorten(str(getattr(row["a"], "value", ""))),
            graph.shorten(str(getattr(row["b"], "value", ""))),
        )
        for row in rows
    }


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            dead("war", "a", "9") + dead("battle", "b", "5") + dead("day1", "c", "2"),
            {("war#a", "battle#b"), ("war#a", "day1#c"), ("battle#b", "day1#c")},
        ),
        (dead("war", "a", "9") + dead("raid", "b", "5", side="red"), set()),
        (dead("war", "a", "9") + dead("war", "b", "5"), set()),
        (dead("battle", "a", "9") + dead("raid", "b", "5"), set()),
        (
            dead("war", "a", "9", more="dkg:includes <war#b>") + dead("war", "b", "5"),
            {("war#a", "war#b")},
        ),
        (
            dead("war", "a", "9", side="", more="dkg:civilian true")
            + dead("raid", "b", "5", side="", more="dkg:civilian true"),
            {("war#a", "raid#b")},
        ),
        (
            dead("war", "a", "9", side="", more="dkg:civilian false")
            + dead("raid", "b", "5", side="", more="dkg:civilian false"),
            set(),
        ),
        (
            dead("war", "a", "9", side="", more="dkg:sufferedBy <rebels>")
            + dead("raid", "b", "5", side="", more="dkg:sufferedBy <rebels>"),
            {("war#a", "raid#b")},
        ),
        (
            dead("war", "a", "9", side="", more="dkg:sufferedBy <rebels>")
            + dead("raid", "b", "5", side="", more="dkg:sufferedBy <army>"),
            set(),
        ),
    ],
)
def test_a_toll_covers_those_of_its_parts(
    facts: Facts, told: str, expected: set[tuple[str, str]]
) -> None:
    assert covers(facts(told)) == expected


def test_a_toll_of_the_killed_does_not_cover_the_wounded(facts: Facts) -> None:
    hurt = (
        "<raid> dkg:casualties <raid#hurt> . <raid#hurt> dkg:outcome dkg:wounded ; dkg:count 2 ; "
        'dkg:wording "two" ; dkg:side <blue> .'
    )
    assert covers(facts(dead("war", "a", "9") + hurt)) == set()


def test_a_toll_covers_the_dead_of_its_side(facts: Facts) -> None:
    people = (
        '<x> a dkg:Person ; rdfs:label "X"@en ; dkg:fate dkg:killed . <blue> dkg:commander <x> .\n'
        '<y> a dkg:Person ; rdfs:label "Y"@en ; dkg:fate dkg:wounded . <blue> dkg:commander <y> .\n'
    )
    told = people + dead("war", "a", "9") + dead("war", "red", "9", side="red")
    assert covers(facts(told)) == {("war#a", "x")}
    named = dead("raid", "b", "2", more="dkg:includesPerson <x>, <y>")
    assert covers(facts(told + named)) == {("war#a", "x"), ("war#a", "raid#b"), ("raid#b", "x")}


def test_why_a_total_covers_a_toll(graph: dk.Graph) -> None:
    """It ends in the infobox, in the sentence, and in the editors' `partOf`."""
    total = "event/offensive#casualties-killed-government"
    ied = "event/ied-of-26-august#casualties-killed-government-syrian-army"
    (found,) = graph.proofs(total, "covers", graph.iri(ied)).values()
    archive = Archive(graph.store, Labels(graph.store, graph.base, graph.slug), graph.article)
    ends = set()
    for leaf in leaves(found[0]):
        evidence = archive.evidence(leaf.graph.value)
        said = evidence.exact if isinstance(evidence, Quote) else "the editors"
        ends.add((graph.shorten(leaf.triple.predicate.value), said.split(",")[0][:20]))
    assert ends == {
        ("dkg:casualties", "26 killed"),
        ("dkg:outcome", "26 killed"),
        ("dkg:side", "26 killed"),
        ("dkg:casualties", "On 26 August"),
        ("dkg:outcome", "On 26 August"),
        ("dkg:side", "On 26 August"),
        ("rdf:type", "On 26 August"),
        ("rdf:type", "The 2021 Daraa offen"),
        ("dkg:partOf", "the editors"),
    }
