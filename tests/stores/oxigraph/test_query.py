"""Questions to an Oxigraph server: each shipped one gets the answer that it gets at home."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daraa_kg.cli import main
from daraa_kg.graph.labels import NoSuchThing
from daraa_kg.namespaces import BASE
from daraa_kg.queries.catalogue import run
from daraa_kg.queries.sparql import QueryFailed, QueryRefused, QuerySyntaxError
from daraa_kg.stores.endpoint import find_endpoint
from daraa_kg.stores.loading import Loader
from daraa_kg.stores.plan import plan_graph
from daraa_kg.stores.refusals import EndpointError
from daraa_kg.stores.remote import NothingThere, RemoteGraph
from daraa_kg.stores.transport import Transport

from ..conftest import FACTS, QUESTIONS, Connect, Server, texts

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

    from .conftest import Oxigraph

Run = Callable[..., tuple[int, str, str]]
WAYS = {"default": None, "graph": FACTS}


@pytest.fixture(scope="module")
def servers(oxigraph: Oxigraph, graph: dk.Graph) -> dict[str, Server]:
    """Give two servers, one with the facts in the default graph and one in a graph of their own."""
    found = {"default": oxigraph(), "graph": oxigraph("--union-default-graph")}
    for way, server in found.items():
        loader = Loader(plan_graph(graph), find_endpoint(Transport(), server.url), WAYS[way])
        loader.load(loader.prepare())
    return found


@pytest.fixture(scope="module")
def remotes(servers: dict[str, Server]) -> dict[str, RemoteGraph]:
    return {
        way: RemoteGraph(find_endpoint(Transport(), server.url), WAYS[way])
        for way, server in servers.items()
    }


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_shipped_question_has_the_same_answer(
    name: str, way: str, remotes: dict[str, RemoteGraph], graph: dk.Graph
) -> None:
    ours, theirs = run(graph, QUESTIONS[name]), remotes[way].query(QUESTIONS[name])
    assert theirs.variables == ours.variables
    assert texts(theirs) == texts(ours)
    if ours.rows:
        assert theirs.to_text() == ours.to_text()
        assert theirs.serialize("csv") == ours.serialize("csv")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("events-inside", {"place": "kg:place/daraa"}),
        ("events-inside", {"place": "Tafas"}),
        ("events-by-actor", {"actor": "Russia"}),
        ("evidence", {"thing": "event/siege-of-daraa-al-balad"}),
        ("events-between", {"first": "2021-08-01", "last": "2021-08-20"}),
    ],
)
def test_a_parameter_is_given_as_at_home(
    name: str,
    values: dict[str, str],
    way: str,
    remotes: dict[str, RemoteGraph],
    graph: dk.Graph,
) -> None:
    ours = graph.query(name, **values)
    assert ours.rows
    assert texts(remotes[way].query(name, **values)) == texts(ours)


def test_an_unknown_id_is_suggested_what_the_store_has(remotes: dict[str, RemoteGraph]) -> None:
    with pytest.raises(NoSuchThing, match="did you mean kg:place/tafas"):
        remotes["default"].query("events-inside", place="kg:place/tafass")


TYPED = "SELECT ?e ?eLabel { ?e a dkg:Siege ; rdfs:label ?eLabel }"


@pytest.mark.parametrize("way", WAYS)
def test_typed_sparql_has_the_prefixes_and_the_articles_own_ids(
    way: str, remotes: dict[str, RemoteGraph], graph: dk.Graph
) -> None:
    for query in (TYPED, "SELECT ?p ?o { <event/offensive> ?p ?o }", "ASK { ?x a dkg:Siege }"):
        ours, theirs = graph.query(query), remotes[way].query(query)
        assert ours.rows
        assert texts(theirs) == texts(ours)
        assert bool(theirs) == bool(ours)


def test_what_is_no_query_is_not_sent(remotes: dict[str, RemoteGraph]) -> None:
    with pytest.raises(QuerySyntaxError, match="“WHER” does not fit here"):
        remotes["default"].query("SELECT ?x WHER { ?x a dkg:Siege }")
    with pytest.raises(QueryRefused, match="SERVICE asks another server"):
        remotes["default"].query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    with pytest.raises(QueryRefused, match="DELETE would change the graph"):
        remotes["default"].query("DELETE WHERE { ?s ?p ?o }")


def test_what_the_store_cannot_answer_is_said_in_its_words(
    remotes: dict[str, RemoteGraph],
) -> None:
    with pytest.raises(QueryFailed, match=r"the query: this cannot be answered: the store .* says"):
        remotes["default"].query("SELECT (<urn:no-function>(1) AS ?x) {}")


def test_nothing_that_is_so_is_an_answer(
    servers: dict[str, Server], run: Run, remotes: dict[str, RemoteGraph]
) -> None:
    """It has the header of its columns, and no error, as at home."""
    nothing = "SELECT ?x { ?x a dkg:Nothing }"
    empty = remotes["default"].query(nothing)
    assert empty.why_empty() == "no rows: nothing in the store answers the query"
    for way, facts in WAYS.items():
        place = ["--endpoint", servers[way].url, *(["--graph", facts] if facts else [])]
        assert run("query", nothing, "--format", "csv", *place) == (0, "x\r\n", "")
        assert run("query", "ASK { ?x a dkg:Nothing }", "--format", "csv", *place)[0] == 1


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize(
    "question", ["infobox-totals", "SELECT ?x { ?x a dkg:Event }", "ASK { ?x a dkg:Event }"]
)
def test_a_store_without_our_graph_answers_nothing(
    form: str, question: str, oxigraph: Oxigraph, servers: dict[str, Server], run: Run
) -> None:
    def said(*words: str) -> tuple[int, str, str]:
        return run("query", question, "--format", form, "--endpoint", *words)

    bare = oxigraph().url
    lacks = f"error: {bare}/query: this store holds no graph of daraa-kg"
    load = "put one there with daraa-kg load, or correct --endpoint"
    assert said(bare) == (1, "", f"{lacks}; {load}\n")
    other = "https://example.org/id/"
    assert said(bare, "--base", other) == (
        1,
        "",
        f"{lacks} whose IRIs start with {other}; {load} or --base\n",
    )
    url = servers["default"].url
    assert said(url, "--graph", "urn:wrong") == (
        1,
        "",
        f"error: {url}/query: the graph urn:wrong holds no facts of daraa-kg; leave out --graph\n",
    )
    url = servers["graph"].url
    assert said(url, "--graph", f"{BASE}graph/about") == (
        1,
        "",
        f"error: {url}/query: the graph {BASE}graph/about holds no facts of daraa-kg; name the "
        f"graph that has them: --graph {FACTS}\n",
    )


def test_the_default_graph_of_a_store_whose_facts_are_elsewhere_is_empty(
    oxigraph: Oxigraph, connect: Connect, graph: dk.Graph
) -> None:
    endpoint = connect(oxigraph().url)
    loader = Loader(plan_graph(graph), endpoint, FACTS)
    loader.load(loader.prepare())
    with pytest.raises(NothingThere) as caught:
        RemoteGraph(endpoint).query("timeline")
    assert str(caught.value) == (
        f"{endpoint.query}: the default graph holds no facts of daraa-kg; name the graph that has "
        f"them: --graph {FACTS}"
    )


def test_a_union_default_graph_is_not_asked(servers: dict[str, Server], connect: Connect) -> None:
    with pytest.raises(EndpointError, match="a fact would count as often as it has passages"):
        RemoteGraph(connect(servers["graph"].url)).query("timeline")


def test_a_load_that_broke_off_is_not_asked(
    oxigraph: Oxigraph, connect: Connect, graph: dk.Graph
) -> None:
    endpoint = connect(oxigraph().url)
    Loader(plan_graph(graph), endpoint).prepare()
    loader = Loader(plan_graph(graph), endpoint)
    found = loader.prepare()
    loader._count = lambda: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        loader.load(found)
    with pytest.raises(EndpointError, match="a load into this store is under way, or broke off"):
        RemoteGraph(endpoint).query("timeline")


# --- from the command line -----------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("format_name", ["table", "csv", "json", "markdown"])
def test_the_command_prints_the_same_as_at_home(
    way: str,
    format_name: str,
    servers: dict[str, Server],
    capfdbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(
        f"PREFIX dkg: <https://w3id.org/daraa-kg/ontology#>\n{TYPED.replace(' ; rdfs:label ?eLabel', '')}"
    )
    place = ["--endpoint", servers[way].url]
    if WAYS[way]:
        place += ["--graph", FACTS]
    for question in ("infobox-totals", str(file), TYPED):
        words = ["query", question, "--format", format_name]
        assert main(words) == 0
        ours = capfdbinary.readouterr()
        assert main([*words, *place]) == 0
        assert capfdbinary.readouterr() == ours
        assert ours.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--graph", "urn:g"],
            "--graph says something of a running store; name it with --endpoint",
        ),
        (["--user", "me"], "--user says something of a running store; name it with --endpoint"),
        (
            ["--endpoint", "http://example.org", "--article", "x"],
            "--article and --endpoint exclude each other: the store has its own articles",
        ),
        (
            ["--endpoint", "http://example.org", "--graph", "facts"],
            "--graph: “facts” is no absolute IRI; write one such as http://example.org/facts",
        ),
    ],
)
def test_options_that_do_not_go_together(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", "timeline", *words]) == 2
    assert capsys.readouterr().err == f"error: {said}\n"
