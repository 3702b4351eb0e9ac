"""Loading into an Oxigraph server: what is then there, what stays, and a load that broke off.

What a server holds is read back whole, by plain HTTP, and compared quad by quad.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.cli import main
from daraa_kg.namespaces import BASE
from daraa_kg.stores.loading import CannotReplace, Loaded, Loader
from daraa_kg.stores.plan import plan_file, plan_graph
from daraa_kg.stores.refusals import EndpointError

from ..conftest import FACTS, Connect, Server, lines, moved
from .conftest import Oxigraph, dump, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from daraa_kg.stores.endpoint import Endpoint

MINI = Path(__file__).parents[2] / "fixtures" / "mini"
FOREIGN = (
    "<urn:theirs> <urn:p> <urn:o> .\n"
    "<urn:theirs> <urn:p> <urn:o> <urn:their-graph> .\n"
    f"<urn:theirs> <urn:p> <urn:o> <{BASE}their/graph> .\n"
)


@pytest.fixture
def server(oxigraph: Oxigraph) -> Server:
    return oxigraph()


def load(endpoint: Endpoint, graph: dk.Graph, facts: str | None = None) -> Loaded:
    loader = Loader(plan_graph(graph), endpoint, facts)
    return loader.load(loader.prepare())


def without(graph: dk.Graph, words: str) -> dk.Graph:
    """Give a graph without the quads whose text has some words."""
    store = ox.Store()
    store.extend(quad for quad in graph.quads() if words not in str(quad))
    assert len(store) < len(graph.store)
    return dk.Graph(store, base=graph.base, slug=graph.slug)


def test_every_quad_is_there_and_counted(server: Server, connect: Connect, graph: dk.Graph) -> None:
    endpoint = connect(server.url)
    loaded = load(endpoint, graph)
    assert (endpoint.query, endpoint.update, endpoint.graphs) == tuple(
        f"{server.url}/{path}" for path in ("query", "update", "store")
    )
    assert lines(dump(server)) == lines(graph.quads())
    named = {quad.graph_name for quad in graph.quads()} - {ox.DefaultGraph()}
    assert loaded == Loaded(len(graph), len(named), len(graph.store) - len(graph), len(graph.store))


def test_a_store_without_the_graph_store_protocol_gets_batches_of_updates(
    server: Server, connect: Connect, graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = connect(f"{server.url}/query")
    monkeypatch.setattr(type(endpoint), "find_graphs", lambda *_: None)
    load(endpoint, graph)
    assert endpoint.graphs is None
    assert lines(dump(server)) == lines(graph.quads())
    load(endpoint, graph, FACTS)


def test_a_second_load_replaces_what_is_ours_and_nothing_else(
    server: Server, connect: Connect, graph: dk.Graph
) -> None:
    put(server, FOREIGN)
    endpoint = connect(server.url)
    load(endpoint, graph)
    assert lines(dump(server)) == lines(graph.quads()) | lines(FOREIGN.encode())
    smaller = without(graph, "al-shabrouq-ied")
    loader = Loader(plan_graph(smaller), endpoint)
    replaced = loader.prepare()
    named = {quad.graph_name for quad in graph.quads()} - {ox.DefaultGraph()}
    assert (replaced.graphs, replaced.facts) == (len(named), len(graph))
    loader.load(replaced)
    assert lines(dump(server)) == lines(smaller.quads()) | lines(FOREIGN.encode())


def test_the_facts_go_to_a_graph_of_their_own(
    server: Server, connect: Connect, graph: dk.Graph
) -> None:
    put(server, FOREIGN)
    endpoint = connect(server.url)
    for _ in range(2):
        load(endpoint, graph, FACTS)
        assert lines(dump(server)) == moved(graph, FACTS) | lines(FOREIGN.encode())


@pytest.mark.parametrize(
    ("first", "then"), [(None, FACTS), (FACTS, None), (FACTS, "urn:f"), (None, None)]
)
def test_the_facts_of_the_last_load_go_wherever_it_put_them(
    first: str | None, then: str | None, server: Server, connect: Connect, graph: dk.Graph
) -> None:
    theirs = FOREIGN + (f"<urn:theirs> <urn:p> <urn:o> <{first}> .\n" if first else "")
    endpoint = connect(server.url)
    load(endpoint, graph, first)
    put(server, theirs)
    loader = Loader(plan_graph(graph), endpoint, then)
    replaced = loader.prepare()
    assert replaced.facts == len(graph)
    loader.load(replaced)
    ours = moved(graph, then) if then else lines(graph.quads())
    assert lines(dump(server)) == ours | lines(theirs.encode())


def test_facts_of_others_in_the_default_graph_stay_when_ours_are_in_another(
    server: Server, connect: Connect, graph: dk.Graph
) -> None:
    """What we did not put there stays, though it says what one of our facts says."""
    fact = next(quad.triple for quad in graph.quads() if quad.graph_name == ox.DefaultGraph())
    endpoint = connect(server.url)
    load(endpoint, graph, FACTS)
    put(server, f"{fact} .\n")
    for facts in (FACTS, "urn:f"):
        load(endpoint, graph, facts)
        assert lines(dump(server)) == moved(graph, facts) | lines(f"{fact} .\n".encode())


@pytest.mark.parametrize(("first", "then"), [(None, FACTS), (FACTS, None)])
@pytest.mark.parametrize("after", [0.0, 0.95])
def test_a_load_to_another_graph_that_broke_off_leaves_no_facts_behind(
    after: float,
    first: str | None,
    then: str | None,
    server: Server,
    connect: Connect,
    graph: dk.Graph,
) -> None:
    endpoint, plan = connect(server.url), plan_graph(graph)
    load(endpoint, graph, first)
    broken = Loader(plan, endpoint, then, breaking(after))
    with pytest.raises(_Broken):
        broken.load(broken.prepare())
    load(endpoint, graph, first)
    assert lines(dump(server)) == (moved(graph, first) if first else lines(graph.quads()))


def test_a_refused_load_leaves_what_the_store_says_of_the_last(
    server: Server, connect: Connect, graph: dk.Graph
) -> None:
    put(server, FOREIGN)
    endpoint = connect(server.url)
    load(endpoint, graph, FACTS)
    with pytest.raises(CannotReplace, match="choose another --graph"):
        load(endpoint, graph, "urn:their-graph")
    assert lines(dump(server)) == moved(graph, FACTS) | lines(FOREIGN.encode())
    load(endpoint, graph)
    assert lines(dump(server)) == lines(graph.quads()) | lines(FOREIGN.encode())


def test_a_graph_with_what_is_not_ours_is_no_graph_for_the_facts(
    server: Server, connect: Connect, graph: dk.Graph
) -> None:
    put(server, FOREIGN)
    with pytest.raises(CannotReplace, match="1 triple of the graph urn:their-graph is not from"):
        load(connect(server.url), graph, "urn:their-graph")
    assert lines(dump(server)) == lines(FOREIGN.encode())


def test_a_graph_of_the_dataset_is_no_graph_for_the_facts(
    server: Server, connect: Connect, graph: dk.Graph
) -> None:
    with pytest.raises(CannotReplace, match="is one of the dataset's own; choose another --graph"):
        load(connect(server.url), graph, f"{BASE}graph/about")
    assert dump(server) == b""


def test_another_article_of_the_same_base_is_left_alone(
    server: Server, connect: Connect, graph: dk.Graph, mini_graph: dk.Graph
) -> None:
    endpoint = connect(server.url)
    load(endpoint, mini_graph)
    with pytest.raises(CannotReplace, match=r"has https://w3id.org/daraa-kg/id/mini/dataset with"):
        load(endpoint, graph)
    assert lines(dump(server)) == lines(mini_graph.quads())


OTHER = "https://example.org/id/"


@pytest.mark.parametrize("facts", [None, "urn:facts"])
def test_facts_of_another_base_are_not_mixed_in(
    facts: str | None, server: Server, connect: Connect, mini_graph: dk.Graph
) -> None:
    endpoint = connect(server.url)
    load(endpoint, mini_graph, facts)
    before = lines(dump(server))
    other = dk.build(MINI, base=OTHER, validate=False)
    with pytest.raises(CannotReplace) as caught:
        load(endpoint, other, facts)
    where = f"graph {facts}" if facts else "default graph of this store"
    either = ", or say --beside, and questions get rows of both" if not facts else ""
    assert str(caught.value) == (
        f"{server.url}/query: the {where} holds mini already (its IRIs start with {BASE}); give "
        f"these facts a graph of their own with --graph {OTHER}graph/facts{either}"
    )
    assert lines(dump(server)) == before
    load(endpoint, mini_graph, facts)  # the same again is no other
    own = f"{OTHER}graph/facts"
    load(endpoint, other, own)
    assert lines(dump(server)) == before | moved(other, own)


def test_facts_of_another_base_are_mixed_in_when_that_is_said(
    server: Server, connect: Connect, mini_graph: dk.Graph
) -> None:
    endpoint = connect(server.url)
    load(endpoint, mini_graph)
    other = dk.build(MINI, base=OTHER, validate=False)
    loader = Loader(plan_graph(other), endpoint, beside=True)
    loaded = loader.load(loader.prepare())
    assert loaded.facts == len(other)
    assert lines(dump(server)) == lines(mini_graph.quads()) | lines(other.quads())
    named = Loader(plan_graph(other), endpoint, None, beside=False)
    with pytest.raises(CannotReplace, match="holds mini already"):
        named.prepare()


def test_a_default_graph_that_is_all_graphs_is_refused(
    oxigraph: Oxigraph, connect: Connect, graph: dk.Graph
) -> None:
    server = oxigraph("--union-default-graph")
    endpoint = connect(server.url)
    with pytest.raises(CannotReplace, match=f"give the facts a graph with --graph {FACTS}"):
        load(endpoint, graph)
    assert dump(server) == b""
    load(endpoint, graph, FACTS)
    assert lines(dump(server)) == moved(graph, FACTS)


def test_a_store_that_only_reads_is_told_apart(
    oxigraph: Oxigraph, connect: Connect, graph: dk.Graph, tmp_path: Path
) -> None:
    location = str(tmp_path / "store")
    oxigraph("--location", location).kill()
    server = oxigraph("--location", location, verb="serve-read-only")
    with pytest.raises(EndpointError) as caught:
        load(connect(server.url), graph)
    assert str(caught.value) == (
        f"{server.url}/update: the store is read-only (403); load into one that was started to be "
        "written to"
    )


# --- a load that breaks off ----------------------------------------------------------------------


class _Broken(Exception):
    pass


def breaking(after: float) -> Callable[[str, float], None]:
    def step(what: str, share: float) -> None:
        if what == "sending" and share >= after:
            raise _Broken

    return step


@pytest.mark.parametrize("after", [0.0, 0.2, 0.6, 0.9])
@pytest.mark.parametrize("facts", [None, FACTS])
def test_a_load_that_broke_off_goes_on(
    after: float, facts: str | None, server: Server, connect: Connect, graph: dk.Graph
) -> None:
    endpoint, plan = connect(server.url), plan_graph(graph)
    first = Loader(plan, endpoint, facts, breaking(after))
    with pytest.raises(_Broken):
        first.load(first.prepare())
    held = list(ox.parse(dump(server), format=ox.RdfFormat.N_QUADS))
    stated = {str(q.triple) for q in held if q.graph_name not in (ox.DefaultGraph(), _node(facts))}
    told = [q for q in held if q.graph_name in (ox.DefaultGraph(), _node(facts))]
    assert {str(quad.triple) for quad in told} <= stated, "no fact is ever without its why"

    again = Loader(plan, endpoint, facts)
    replaced = again.prepare()
    assert replaced.resumed
    loaded = again.load(replaced)
    assert loaded.sent < len(graph.store)
    assert lines(dump(server)) == (moved(graph, facts) if facts else lines(graph.quads()))


def _node(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(name) if name else ox.DefaultGraph()


def test_after_a_load_that_broke_off_another_version_is_loaded_whole(
    server: Server, connect: Connect, graph: dk.Graph
) -> None:
    endpoint = connect(server.url)
    first = Loader(plan_graph(graph), endpoint, step=breaking(0.95))
    with pytest.raises(_Broken):
        first.load(first.prepare())
    smaller = without(graph, "al-shabrouq-ied")
    load(endpoint, smaller)
    assert lines(dump(server)) == lines(smaller.quads())


def test_a_server_that_is_killed_and_comes_back_is_loaded_to_the_end(
    oxigraph: Oxigraph, connect: Connect, graph: dk.Graph, tmp_path: Path
) -> None:
    server = oxigraph("--location", str(tmp_path / "store"))
    endpoint, plan = connect(server.url), plan_graph(graph)
    told: list[str] = []
    endpoint.transport.notice = told.append

    def come_back(_: float) -> None:
        if server.process.poll() is not None:
            server.start()

    def step(what: str, share: float) -> None:
        if what == "sending" and share > 0.3 and not told:
            server.kill()

    endpoint.transport.pause = come_back
    loader = Loader(plan, endpoint, step=step)
    loader.load(loader.prepare())
    assert told
    assert "trying again in 1 s" in told[0]
    assert lines(dump(server)) == lines(graph.quads())


# --- from the command line -----------------------------------------------------------------------


def test_the_command_says_what_it_replaces_and_what_the_store_counts(
    server: Server,
    graph: dk.Graph,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    named = {quad.graph_name for quad in graph.quads()} - {ox.DefaultGraph()}
    assert main(["load", "--endpoint", server.url]) == 0
    out = capsys.readouterr().out
    assert f"2021-daraa-offensive → {server.url}/query\nreplaces nothing\n" in out
    assert f"{len(graph):,}  in the default graph" in out
    assert max(map(len, out.splitlines())) <= 80
    assert main(["load", "--endpoint", server.url]) == 0
    out = capsys.readouterr().out
    assert f"replaces {len(named)} graphs and {len(graph):,} facts of an earlier load" in out


def test_programs_are_told_the_same_as_json(
    server: Server, graph: dk.Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    named = {quad.graph_name for quad in graph.quads()} - {ox.DefaultGraph()}
    inside = len(graph.quads()) - len(graph)
    words = ["load", "--endpoint", server.url, "--format", "json"]
    told = []
    for _ in range(2):
        assert main(words) == 0
        told.append(json.loads(capsys.readouterr().out))
    first, second = told
    assert first == {
        "articles": ["2021-daraa-offensive"],
        "endpoint": f"{server.url}/query",
        "graph": None,
        "replaced": {"graphs": 0, "facts": 0, "resumed": False},
        "facts": len(graph),
        "graphs": len(named),
        "triples": inside,
        "sent": len(graph) + inside,
    }
    assert second["replaced"] == {"graphs": len(named), "facts": len(graph), "resumed": False}


def test_who_looks_on_sees_how_far_it_is(server: Server) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "daraa_kg", "load", "--endpoint", server.url],
        env={**os.environ, "FORCE_COLOR": "1"},  # as in a terminal
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "counting 100%" in done.stderr
    assert "replaces nothing" in done.stdout


@pytest.mark.parametrize("suffix", [".nq", ".trig"])
def test_a_built_file_is_loaded(
    suffix: str, server: Server, graph: dk.Graph, tmp_path: Path
) -> None:
    path = graph.save(tmp_path / f"offensive{suffix}")
    assert main(["load", "--endpoint", server.url, "--article", str(path)]) == 0
    assert lines(dump(server)) == lines(graph.quads())


def test_a_file_is_read_as_it_is_sent(
    server: Server, connect: Connect, graph: dk.Graph, tmp_path: Path
) -> None:
    """Between two requests no more is read from the file than one request carries."""
    plan = plan_file(graph.save(tmp_path / "offensive.nq"))
    read = 0

    def counted() -> Iterator[ox.Quad]:
        nonlocal read
        read = 0
        for quad in plan.quads():
            read += 1
            yield quad

    sizes = sorted((*plan.graphs.values(), plan.facts))
    seen: list[int] = []
    loader = Loader(replace(plan, quads=counted), connect(server.url))
    loader.step = lambda what, _: seen.append(read) if what == "sending" else None
    loader.load(loader.prepare())
    steps = [later - earlier for earlier, later in itertools.pairwise(seen)]
    assert len(seen) == len(plan.graphs) + 1
    assert max(steps) <= sizes[-1] + plan.facts


def test_a_file_with_blank_nodes_is_refused(
    server: Server, graph: dk.Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = graph.save(tmp_path / "offensive.nq")
    with path.open("a") as file:
        file.write("_:b <urn:p> <urn:o> .\n")
    assert main(["load", "--endpoint", server.url, "--article", str(path)]) == 2
    assert "this file has the blank node _:" in capsys.readouterr().err
    assert dump(server) == b""
