from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from daraa_kg.graph.convert import ConversionError, move_editorial, to_quads
from daraa_kg.namespaces import BASE, DKG, RDF, RDFS
from daraa_kg.ontology.vocabulary import load_context

LOCAL = BASE + "a/"
GRAPH = LOCAL + "text/0#char=0,5"
X = LOCAL + "event/x"
CONTEXT = load_context()


def _convert(
    node: dict[str, Any], expected: set[tuple[str, str, str]], base: str = BASE
) -> set[ox.Quad]:
    return to_quads(
        [{"id": GRAPH, "states": [node]}],
        CONTEXT,
        base=base,
        local=LOCAL,
        expected={GRAPH: expected},
    )


def test_statements_become_quads_of_their_graph() -> None:
    node = {
        "id": X,
        "type": ["Clash"],
        "count": ["6"],
        "outcome": ["killed"],
        "place": ["kg:place/p"],
    }
    expected = {
        (X, RDF + "type", DKG + "Clash"),
        (X, DKG + "count", "6"),
        (X, DKG + "outcome", DKG + "killed"),
        (X, DKG + "place", BASE + "place/p"),
    }
    quads = _convert(node, expected)
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(GRAPH)}
    assert len(quads) == 4


def test_another_base_takes_the_place_of_ours() -> None:
    node = {"id": X, "place": ["kg:place/p"]}
    (quad,) = _convert(
        node, {(X, DKG + "place", "https://x.example/place/p")}, "https://x.example/"
    )
    assert quad.object == ox.NamedNode("https://x.example/place/p")


@pytest.mark.parametrize(
    ("node", "written"),
    [
        (
            {"id": X, "plaec": "kg:place/p"},
            (X, DKG + "place", BASE + "place/p"),
        ),  # dropped by JSON-LD
        ({"id": X, "type": "Clsh"}, (X, RDF + "type", DKG + "Clash")),  # made a relative IRI
        (
            {"id": X, "place": "kg:place/a b"},
            (X, DKG + "place", BASE + "place/a b"),
        ),  # dropped by the parser
    ],
)
def test_what_json_ld_loses_is_an_error_of_ours(
    node: dict[str, Any], written: tuple[str, str, str]
) -> None:
    with pytest.raises(
        ConversionError, match=f"^the conversion of <{GRAPH}> lost 1 and gained . triples"
    ) as caught:
        _convert(node, {written})
    assert caught.value.lost == {written}
    assert "this is a fault of daraa-kg" in str(caught.value)


def _quad(subject: str, predicate: str, value: str, graph: str) -> ox.Quad:
    return ox.Quad(
        ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value), ox.NamedNode(graph)
    )


def test_labels_move_from_passages_and_stay_in_sources() -> None:
    label = RDFS + "label"
    passage, source = _quad(X, label, X, GRAPH), _quad(X, label, X, BASE + "source/geonames")
    other = _quad(X, DKG + "place", X, GRAPH)
    assert move_editorial([passage, source, other], frozenset({label}), BASE) == {
        _quad(X, label, X, BASE + "source/editors"),
        source,
        other,
    }
