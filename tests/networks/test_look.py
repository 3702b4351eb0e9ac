from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from daraa_kg.networks.look import colors, positions, sizes
from daraa_kg.networks.views import VIEWS

if TYPE_CHECKING:
    import daraa_kg as dk


@pytest.mark.parametrize("view", VIEWS)
def test_every_node_has_a_place_of_its_own(graph: dk.Graph, view: str) -> None:
    network = graph.to_networkx(view)
    places = positions(network)
    assert set(places) == set(network)
    assert len(set(places.values())) == len(places)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    assert positions(graph.to_networkx(view)) == places


def test_groups_stand_apart_and_nodes_without_an_edge_below() -> None:
    network = nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("d", "e")])
    network.add_nodes_from(["lone", "lonely"])
    places = positions(network)
    first, second = [places[n] for n in "abc"], [places[n] for n in "de"]
    apart = max(x for x, _ in first) < min(x for x, _ in second)
    below = min(y for _, y in first) > max(y for _, y in second)
    assert apart or below
    assert max(places["lone"][1], places["lonely"][1]) < min(y for _, y in first + second)
    lengths = [math.dist(places[a], places[b]) for a, b in itertools.combinations("abc", 2)]
    assert sum(lengths) / 3 == pytest.approx(1, abs=0.01)


def test_a_network_without_edges_is_a_grid() -> None:
    network: nx.Graph[str] = nx.empty_graph(0)
    network.add_nodes_from("abcd")
    places = positions(network)
    assert len({x for x, _ in places.values()}) == len({y for _, y in places.values()}) == 2


def test_a_loop_does_no_harm() -> None:
    assert set(positions(nx.MultiDiGraph([("a", "a"), ("a", "b"), ("b", "a")]))) == {"a", "b"}


def test_the_order_of_battle_stands_in_layers(graph: dk.Graph) -> None:
    places = positions(graph.to_networkx("units"))
    forces, army, *divisions = (
        places[f"kg:actor/{name}"][1]
        for name in ("syrian-armed-forces", "syrian-army", "4th-division", "9th-division")
    )
    assert forces > army > divisions[0]
    assert divisions[0] == divisions[1]


def test_colours_are_those_of_sides_and_classes() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_node("a", side="North")
    network.add_node("b", side="South")
    network.add_node("c", side="North; South")
    network.add_node("d", **{"class": "Actor"})
    network.add_node("e", **{"class": "Event"})
    network.add_node("f", side="North", **{"class": "Figure"})
    found = colors(network)
    assert found["a"] == "#0072b2"
    assert found["b"] == "#d55e00"
    assert len(set(found.values())) == 6


def test_the_size_of_a_node_grows_with_its_edges() -> None:
    network = nx.Graph([("a", "b"), ("a", "c"), ("a", "d")])
    assert sizes(network) == {"a": 20.0, "b": 14.14, "c": 14.14, "d": 14.14}
