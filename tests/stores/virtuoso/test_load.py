"""Loading into Virtuoso 7.2: who may, what is then there, and what it would lose without a word."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox
import pytest

from daraa_kg.cli import main
from daraa_kg.cli.endpoint import PASSWORD
from daraa_kg.namespaces import BASE
from daraa_kg.stores.loading import CannotReplace, Loader, NotAllThere
from daraa_kg.stores.plan import plan_graph
from daraa_kg.stores.refusals import EndpointError

from ..conftest import FACTS, Connect, Server
from .conftest import count

if TYPE_CHECKING:
    import daraa_kg as dk
    from daraa_kg.stores.endpoint import Endpoint


def test_each_graph_has_as_many_triples_as_were_sent(
    loaded: Server, endpoint: Endpoint, graph: dk.Graph
) -> None:
    root = loaded.url.removesuffix("/sparql")
    assert endpoint.update == f"{root}/sparql-auth"
    assert endpoint.graphs == f"{root}/sparql-graph-crud-auth"
    expected = Counter(
        quad.graph_name.value for quad in graph.quads() if isinstance(quad.graph_name, ox.NamedNode)
    )
    assert count(loaded, f"GRAPH <{FACTS}> {{ ?s ?p ?o }}") == len(graph)
    for name, number in expected.items():
        assert count(loaded, f"GRAPH <{name}> {{ ?s ?p ?o }}") == number
    ours = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}"))'
    assert count(loaded, ours) == len(graph.store) + 1  # the mark that names the facts' graph


def test_a_second_load_leaves_as_much(
    loaded: Server, graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(loaded, "GRAPH ?g { ?s ?p ?o }")
    monkeypatch.setenv(PASSWORD, "dba")
    words = ["load", "--endpoint", loaded.url, "--user", "dba", "--graph", FACTS]
    assert main(words) == 0
    assert count(loaded, "GRAPH ?g { ?s ?p ?o }") == before
    assert count(loaded, f"GRAPH <{FACTS}> {{ ?s ?p ?o }}") == len(graph)


def test_a_load_with_another_graph_moves_the_facts(
    loaded: Server, endpoint: Endpoint, graph: dk.Graph
) -> None:
    before = count(loaded, "GRAPH ?g { ?s ?p ?o }")
    for facts, former in (("urn:elsewhere", FACTS), (FACTS, "urn:elsewhere")):
        loader = Loader(plan_graph(graph), endpoint, facts)
        replaced = loader.prepare()
        assert replaced.facts == len(graph)
        loader.load(replaced)
        assert count(loaded, f"GRAPH <{former}> {{ ?s ?p ?o }}") == 0
        assert count(loaded, f"GRAPH <{facts}> {{ ?s ?p ?o }}") == len(graph)
        assert count(loaded, "GRAPH ?g { ?s ?p ?o }") == before


def test_a_load_without_a_graph_for_the_facts_says_what_to_give(
    loaded: Server, graph: dk.Graph, endpoint: Endpoint
) -> None:
    with pytest.raises(CannotReplace, match=f"give the facts a graph with --graph {FACTS}"):
        Loader(plan_graph(graph), endpoint).prepare()
    assert count(loaded, f"GRAPH <{FACTS}> {{ ?s ?p ?o }}") == len(graph)


def test_who_does_not_log_in_is_told_so(
    virtuoso: Server, connect: Connect, graph: dk.Graph
) -> None:
    with pytest.raises(EndpointError, match="say so with --user NAME"):
        Loader(plan_graph(graph), connect(virtuoso.url), FACTS).prepare()


def test_a_wrong_password_is_told_so_and_shown_nowhere(
    virtuoso: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSWORD, "kept-to-ourselves")
    words = ["load", "--endpoint", virtuoso.url, "--user", "dba", "--graph", FACTS]
    assert main(words) == 2
    said = capsys.readouterr()
    assert "does not accept this user and password (401); correct --user or the" in said.err
    assert main([*words, "--debug"]) == 2
    said = capsys.readouterr()
    assert "kept-to-ourselves" not in said.err + said.out


def test_a_body_of_unknown_length_is_taken_and_lost(virtuoso: Server) -> None:
    """Why everything that is sent has a length, and why all is counted afterwards."""
    url = virtuoso.url.removesuffix("/sparql") + "/sparql-graph-crud-auth"
    answer = httpx.put(
        url,
        params={"graph": "urn:lost"},
        content=iter([b"<urn:a> <urn:b> <urn:c> ."]),
        headers={"Content-Type": "text/turtle"},
        auth=httpx.DigestAuth("dba", "dba"),
    )
    assert answer.status_code == 201
    assert count(virtuoso, "GRAPH <urn:lost> { ?s ?p ?o }") == 0


def test_what_virtuoso_cannot_take_by_update_is_an_error(
    virtuoso: Server, connect: Connect, graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes no xsd:duration in INSERT DATA; the graph store protocol is the way in."""
    endpoint = connect(virtuoso.url, "dba", "dba")
    monkeypatch.setattr(type(endpoint), "find_graphs", lambda *_: None)
    loader = Loader(plan_graph(graph), endpoint, FACTS)
    with pytest.raises(EndpointError, match="xsd:duration can not be created"):
        loader.load(loader.prepare())
    monkeypatch.undo()
    again = Loader(plan_graph(graph), endpoint, FACTS)
    found = again.prepare()
    assert found.resumed
    assert again.load(found).facts == len(graph)


def test_what_is_lost_on_the_way_is_noticed(
    virtuoso: Server, connect: Connect, graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = connect(virtuoso.url, "dba", "dba")
    add = type(endpoint).add
    lost = f"{BASE}rule/transitive"

    def lossy(self: Endpoint, name: str | None, triples: object) -> None:
        add(self, name, [] if name == lost else triples)  # type: ignore[arg-type]

    monkeypatch.setattr(type(endpoint), "add", lossy)
    loader = Loader(plan_graph(graph), endpoint, FACTS)
    with pytest.raises(NotAllThere, match=f"the store holds 0 triples of {lost} where "):
        loader.load(loader.prepare())
    monkeypatch.undo()
    again = Loader(plan_graph(graph), endpoint, FACTS)
    assert again.load(again.prepare()).facts == len(graph)
