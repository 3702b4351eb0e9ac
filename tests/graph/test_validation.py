"""Shapes over the facts: what is found, what follows from it, and the place that is named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.diagnostics import Location
from daraa_kg.graph.validation import find_violations, unused_shapes, validate
from daraa_kg.graph.violations import SHACL, Places, Violation, without_consequences
from daraa_kg.namespaces import BASE, DKG

CHECK = Path(__file__).parents[1] / "check"
OWN = BASE + "siege-of-qasr/"
SPARQL = SHACL + "SPARQLConstraintComponent"
CLASS = SHACL + "ClassConstraintComponent"
MIN_COUNT = SHACL + "MinCountConstraintComponent"

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dkg: <https://w3id.org/daraa-kg/ontology#> .
@prefix : <https://example.org/shapes#> .
"""


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> dk.Graph:
    folder = tmp_path_factory.mktemp("here") / "siege-of-qasr"
    folder.mkdir()
    for name in ("article.txt", "statements.yaml", "places.yaml"):
        shutil.copy(CHECK / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return dk.build(folder, validate=False)


def shapes(folder: Path, text: str) -> Path:
    path = folder / "shapes.ttl"
    path.write_text(SHAPES + text, encoding="utf-8")
    return path


def found(graph: dk.Graph, folder: Path, text: str) -> list[str]:
    return [str(fault) for fault in validate(graph, shapes(folder, text))]


def test_the_reference_graph_holds(graph: dk.Graph) -> None:
    assert [str(fault) for fault in validate(graph)] == []


def test_the_small_graphs_hold(siege: dk.Graph, mini_graph: dk.Graph) -> None:
    assert validate(siege) == []
    assert validate(mini_graph) == []


def test_the_engine_is_loaded_only_when_it_is_asked() -> None:
    code = "import sys, daraa_kg.graph.builder, daraa_kg.graph.validation; print('pyshacl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# --- places ------------------------------------------------------------------------------------------


def test_a_value_is_where_it_is_written(siege: dk.Graph, tmp_path: Path) -> None:
    text = """:s a sh:PropertyShape ; sh:targetClass dkg:Ceasefire ; sh:path dkg:party ;
        sh:class dkg:Person ; sh:message "`party` takes a person; write one" ."""
    assert found(siege, tmp_path, text) == [
        "statements.yaml:114:17: error: “Truce in Qasr”: “party” takes a person, "
        "and “Army” is an Army; write one",
        "statements.yaml:114:32: error: “Truce in Qasr”: “party” takes a person, "
        "and “Gunmen” is a Group; write one",
    ]


def test_what_a_rule_made_is_where_its_premises_are(siege: dk.Graph, tmp_path: Path) -> None:
    text = """:s a sh:PropertyShape ; sh:targetClass dkg:Ceasefire ; sh:path dkg:earliest ;
        sh:maxCount 0 ; sh:message "no dates; none" ."""
    assert found(siege, tmp_path, text) == [
        "statements.yaml:112:15: error: “Truce in Qasr”: no dates; none"
    ]


def test_a_super_property_is_where_the_direct_one_is(siege: dk.Graph, tmp_path: Path) -> None:
    text = """:s a sh:PropertyShape ; sh:targetClass dkg:Demand ; sh:path dkg:participant ;
        sh:maxCount 0 ; sh:message "nobody here" ."""
    assert found(siege, tmp_path, text) == [
        "statements.yaml:85:18: error: “Demand for a handover of weapons”: nobody here "
        "(see also line 86)"
    ]


def test_a_node_that_a_rule_made_is_where_its_premises_are(siege: dk.Graph, tmp_path: Path) -> None:
    text = """@prefix geo: <http://www.opengis.net/ont/geosparql#> .
        :s a sh:PropertyShape ; sh:targetObjectsOf geo:hasGeometry ; sh:path dkg:note ;
        sh:minCount 1 ; sh:message "a geometry needs a note" ."""
    assert found(siege, tmp_path, text) == [
        "places.yaml:18:39: error: “kg:place/qasr#geometry”: a geometry needs a note"
    ]


def test_a_node_in_many_places_names_the_first_and_some_more(
    graph: dk.Graph, tmp_path: Path
) -> None:
    text = """:s a sh:PropertyShape ; sh:targetClass dkg:Offensive ; sh:path dkg:rank ;
        sh:minCount 1 ; sh:message "an offensive needs a rank" ."""
    lines = [line for line in found(graph, tmp_path, text) if "2021 Daraa offensive" in line]
    (line,) = lines
    places = graph.source_map.locations(graph.base + graph.slug + "/event/offensive")
    assert line.startswith(f"{places[0]}: error: “2021 Daraa offensive”: an offensive needs a rank")
    assert f"(see also {places[1]}, {places[2]}, {places[3]} and {len(places) - 4} more)" in line


def test_a_fault_without_any_place_is_the_files(siege: dk.Graph) -> None:
    lost = Violation(OWN + "event/lost", "this is lost; find it", "s", MIN_COUNT)
    (fault,) = Places(siege).faults([lost])
    assert str(fault) == "statements.yaml: error: “event/lost”: this is lost; find it"


# --- one mistake, one fault --------------------------------------------------------------------------


def violation(focus: str, component: str = MIN_COUNT, value: str | None = None) -> Violation:
    return Violation(OWN + focus, "m", "shape", component, None, value and OWN + value)


def test_what_stands_in_the_wrong_place_is_not_looked_at_further() -> None:
    wrong = violation("event/a", CLASS, "event/b")
    assert without_consequences([wrong, violation("event/b")]) == [wrong]


def test_a_comparison_with_what_is_wrong_is_left_out() -> None:
    wrong = violation("place/b")
    assert without_consequences([violation("place/a", SPARQL, "place/b"), wrong]) == [wrong]


def test_what_is_said_from_both_sides_is_said_once() -> None:
    one, other = (violation("a", SPARQL, "b"), violation("b", SPARQL, "a"))
    assert without_consequences([one, other]) == [one]


def test_different_mistakes_of_one_node_are_all_said(siege: dk.Graph) -> None:
    ceasefire = OWN + "event/truce"
    two = [Violation(ceasefire, f"this has no {what}", what, MIN_COUNT) for what in "ab"]
    assert [str(fault) for fault in Places(siege).faults(two)] == [
        "statements.yaml:109:9: error: “Truce in Qasr”: this has no a",
        "statements.yaml:109:9: error: “Truce in Qasr”: this has no b",
    ]


def test_two_shapes_at_one_value_are_one_mistake(siege: dk.Graph) -> None:
    two = [
        Violation(OWN + "event/truce", "m", shape, CLASS, DKG + "when", "2015-05-09", targets)
        for shape, targets in (("wide", ("a", "b")), ("narrow", ("a",)))
    ]
    found = Places(siege).faults(two)
    assert [fault.location for fault in found] == [Location("statements.yaml", 112, 15)]


# --- shapes themselves -------------------------------------------------------------------------------


def test_shapes_that_look_at_nothing_are_named(siege: dk.Graph, tmp_path: Path) -> None:
    text = """:used sh:targetClass dkg:Ceasefire . :unused sh:targetClass dkg:Airstrike .
        :misspelt sh:targetSubjectsOf dkg:partyy . :subjects sh:targetSubjectsOf dkg:party .
        :objects sh:targetObjectsOf dkg:party . :no-objects sh:targetObjectsOf dkg:commands .
        :helper a sh:NodeShape ."""
    assert unused_shapes(siege, shapes(tmp_path, text)) == ["misspelt", "no-objects", "unused"]


def test_the_shapes_that_look_at_nothing_are_for_what_the_article_does_not_tell(
    graph: dk.Graph,
) -> None:
    # What this article does not have: figures between bounds or "at least", figures that somebody
    # claims or that include another, plans that came to pass, a withdrawal, destruction, and who
    # commands which unit. Fixtures in tests/shapes hold each of these shapes to a node.
    assert unused_shapes(graph) == [
        "atLeast",
        "atMost",
        "bounds-in-order",
        "claimedBy",
        "commands",
        "destruction",
        "includes",
        "not-within-itself",
        "realized-or-not",
        "realizedBy",
        "withdrawal",
    ]


def test_results_come_in_one_order(siege: dk.Graph, tmp_path: Path) -> None:
    path = shapes(
        tmp_path,
        """:s sh:targetClass dkg:Happening ; a sh:PropertyShape ; sh:path dkg:rank ;
        sh:minCount 1 ; sh:message "m" .""",
    )
    first = find_violations(siege, path)
    assert len(first) > 5
    assert first == find_violations(siege, path) == sorted(first, key=lambda v: v.focus)
