"""NetworkX's backends compute on our networks as they are, and find what NetworkX itself finds.

NetworkX hands a call over to a backend that is installed, by its entry point `networkx.backends`
(NetworkX's documentation, "Backends"). One made of igraph is written here, since igraph is there for
the tests anyhow. Two that are on PyPI were tried by hand: nx-parallel 0.3, its last release, does not
load with NetworkX 3.6 (with 3.4 its betweenness is equal), and graphblas-algorithms, which brings
80 MB and wants `suitesparse-graphblas<10`, gives the same PageRank.
"""

from __future__ import annotations

import json
import subprocess
import sys
from os import environ, pathsep
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import daraa_kg as dk

if TYPE_CHECKING:
    from collections.abc import Callable

BACKEND = '''
import igraph


class Converted:
    """The simple network, its weights added up, and the degrees of the one it was made from."""

    __networkx_backend__ = "igraph"

    def __init__(self, network):
        self.names = list(network)
        self.degrees = dict(network.degree())
        number = {name: place for place, name in enumerate(self.names)}
        weights = {}
        for a, b, weight in network.edges(data="weight", default=1):
            weights[number[a], number[b]] = weights.get((number[a], number[b]), 0) + weight
        self.graph = igraph.Graph(len(self.names), list(weights), directed=network.is_directed())
        self.graph.es["weight"] = list(weights.values())

    def is_directed(self):
        return self.graph.is_directed()

    def is_multigraph(self):
        return False

    def named(self, values):
        return dict(zip(self.names, values, strict=True))


def convert_from_nx(network, **options):
    return Converted(network)


def convert_to_nx(result, **options):
    return result


def betweenness_centrality(G, k=None, normalized=True, weight=None, endpoints=False, seed=None):
    count = len(G.names)
    pairs = (count - 1) * (count - 2) / (1 if G.is_directed() else 2)
    return G.named(value / pairs for value in G.graph.betweenness())


def pagerank(G, alpha=0.85, personalization=None, max_iter=100, tol=1e-6, nstart=None,
             weight="weight", dangling=None):
    return G.named(G.graph.pagerank(damping=alpha, weights=weight))


def degree_centrality(G):
    return {name: degree / (len(G.names) - 1) for name, degree in G.degrees.items()}
'''
ASK = """
import json
import networkx as nx
import daraa_kg as dk
network = dk.build(validate=False).to_networkx("actors")
names = ("betweenness_centrality", "pagerank", "degree_centrality")
print(json.dumps({name: getattr(nx, name)(network, backend="igraph") for name in names}))
"""


@pytest.fixture(scope="module")
def by_igraph(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """Ask in a Python of its own, which finds the backend as it finds any that is installed."""
    folder = tmp_path_factory.mktemp("backend")
    (folder / "igraph_backend.py").write_text(BACKEND, encoding="utf-8")
    about = folder / "igraph_backend-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: igraph-backend\nVersion: 0\n")
    (about / "entry_points.txt").write_text("[networkx.backends]\nigraph = igraph_backend\n")
    package = str(Path(dk.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        check=True,
        capture_output=True,
        env={**environ, "PYTHONPATH": pathsep.join([str(folder), package])},
    )
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", ["betweenness_centrality", "pagerank", "degree_centrality"])
def test_a_backend_finds_what_networkx_finds(
    graph: dk.Graph, by_igraph: dict[str, dict[str, float]], name: str
) -> None:
    algorithm: Callable[[nx.Graph[str]], dict[str, float]] = getattr(nx, name)
    own = algorithm(graph.to_networkx("actors"))
    assert len(own) == 63
    assert len(set(own.values())) > 5
    # PageRank is found step by step; NetworkX stops at 1e-6 for each node.
    assert by_igraph[name] == pytest.approx(own, abs=1e-5)
