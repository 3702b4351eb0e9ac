"""Questions to Virtuoso 7.2: the answers are those of home; docs/stores.md has the differences."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.assets import asset
from daraa_kg.cli import main
from daraa_kg.namespaces import BASE
from daraa_kg.queries.catalogue import run
from daraa_kg.queries.parts import compose
from daraa_kg.queries.sparql import QueryFailed
from daraa_kg.stores.refusals import EndpointError
from daraa_kg.stores.remote import RemoteGraph

from ..conftest import FACTS, QUESTIONS, Server, texts

if TYPE_CHECKING:
    import daraa_kg as dk
    from daraa_kg.queries.results import Term
    from daraa_kg.stores.endpoint import Endpoint

PINNED = Path(__file__).parent.parent.parent / "queries"


@pytest.fixture(scope="module")
def remote(loaded: Server, endpoint: Endpoint) -> RemoteGraph:
    assert loaded.process.poll() is None
    return RemoteGraph(endpoint, FACTS)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_shipped_question_has_the_same_answer(
    name: str, remote: RemoteGraph, graph: dk.Graph
) -> None:
    ours, theirs = run(graph, QUESTIONS[name]), remote.query(QUESTIONS[name])
    assert theirs.variables == ours.variables
    assert values(theirs.rows) == values(ours.rows)
    if ours.rows:
        assert theirs.to_text() == ours.to_text()


def values(rows: tuple[tuple[object, ...], ...]) -> list[tuple[str, ...]]:
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in rows]


def written(graph: dk.Graph, term: Term | None) -> str:
    if isinstance(term, ox.NamedNode):
        return graph.shorten(term.value)
    return str(getattr(term, "value", ""))


@pytest.mark.parametrize("name", [p.stem for p in sorted(PINNED.glob("*.csv"))])
def test_the_answers_are_those_that_were_checked_by_hand(
    name: str, remote: RemoteGraph, graph: dk.Graph
) -> None:
    theirs = remote.query(name)
    rows = [[written(graph, term) for term in row] for row in theirs.rows]
    with (PINNED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert [list(theirs.variables), *rows] == list(csv.reader(file))


@pytest.mark.parametrize(
    ("name", "values_"),
    [
        ("events-inside", {"place": "Tafas"}),
        ("events-by-actor", {"actor": "Russia"}),
        ("events-between", {"first": "2021-08-01", "last": "2021-08-20"}),
    ],
)
def test_a_parameter_is_given_as_at_home(
    name: str, values_: dict[str, str], remote: RemoteGraph, graph: dk.Graph
) -> None:
    ours = graph.query(name, **values_)
    assert ours.rows
    assert values(remote.query(name, **values_).rows) == values(ours.rows)


# --- the differences of docs/stores.md, each seen ------------------------------------------------


def first(remote: RemoteGraph, query: str) -> object:
    return remote.query(query).rows[0][0]


def test_a_computed_yes_or_no_is_a_number_unless_it_is_cast(remote: RemoteGraph) -> None:
    assert first(remote, "SELECT ?x { BIND(1 = 1 AS ?x) }") == ox.Literal(1)
    assert first(remote, "SELECT ?x { BIND(xsd:boolean(1 = 1) AS ?x) }") == ox.Literal(True)
    assert bool(remote.query("ASK { ?x a dkg:Siege }"))
    assert not remote.query("ASK { ?x a dkg:Nothing }")


def test_whether_a_thing_is_in_a_list_is_its_place_there(remote: RemoteGraph) -> None:
    query = (
        "SELECT ?x {{ VALUES ?kind {{ dkg:Siege }} BIND(IF(isIRI(?kind), ?kind, ?none) AS ?y)"
        " BIND({} AS ?x) }}"
    )
    there = "?y IN (dkg:Event, dkg:Bombing, dkg:Siege)"
    assert first(remote, query.format(there)) == ox.Literal(3)
    assert first(remote, query.format(f"IF({there}, 1, 0)")) == ox.Literal(1)


def test_what_is_compared_with_nothing_is_no_error(remote: RemoteGraph) -> None:
    query = "SELECT ?x {{ ?e a dkg:Siege OPTIONAL {{ ?e dkg:weapon ?y }} BIND({} AS ?x) }}"
    compared = 'COALESCE(IF(?y = "gun", "that", "another"), "nothing")'
    assert first(remote, query.format(compared)) == ox.Literal("another")


def test_a_text_made_of_nothing_is_no_error(remote: RemoteGraph) -> None:
    query = 'SELECT (COALESCE(CONCAT("x", ?none), "y") AS ?z) { OPTIONAL { ?none a dkg:Nothing } }'
    assert first(remote, query) == ox.Literal("x")


def test_replace_does_nothing_where_a_pattern_may_end_in_nothing(remote: RemoteGraph) -> None:
    assert first(remote, 'SELECT (REPLACE("a,b", ",", ", ") AS ?y) {}') == ox.Literal("a, b")
    assert first(remote, 'SELECT (REPLACE("a,b", ", *", ", ") AS ?y) {}') == ox.Literal("a,b")


def test_a_computed_text_loses_its_letters_in_a_group(remote: RemoteGraph) -> None:
    query = (
        'SELECT (MIN(?t) AS ?x) { ?e a dkg:Siege ; dkg:wording ?l BIND(CONCAT(STR(?l), "“") AS ?t) }'
        " GROUP BY ?e"
    )
    assert str(getattr(first(remote, query), "value", "")).endswith("?")


def test_a_number_divided_by_nothing_ends_the_query(remote: RemoteGraph) -> None:
    with pytest.raises(QueryFailed, match="Division by 0"):
        remote.query("SELECT (COALESCE(1/0, 2) AS ?x) {}")


def test_two_exists_that_are_computed_do_not_compile_unless_they_are_cast(
    remote: RemoteGraph,
) -> None:
    either = "{0}EXISTS {{ ?e dkg:place ?p }}{1} || {0}EXISTS {{ ?e dkg:when ?q }}{1}"
    query = "SELECT ?x {{ ?e a dkg:Siege BIND({} AS ?x) }}"
    with pytest.raises(QueryFailed, match="SQ074"):
        remote.query(query.format(either.format("", "")))
    assert len(remote.query(query.format(either.format("xsd:boolean(", ")")))) == 1


def test_minus_takes_away_too_much_where_it_has_alternatives(
    remote: RemoteGraph, graph: dk.Graph
) -> None:
    minus = """SELECT DISTINCT ?e ?p {
      { SELECT ?e ?p {
        { ?e a dkg:Event ; dkg:agent ?p } UNION { ?e a dkg:Event ; dkg:target ?p } } }
      MINUS { { SELECT ?p { { ?s dkg:sideMember ?p } UNION { ?s a dkg:Side BIND(?s AS ?p) } } } }
    }"""
    assert graph.query(minus).rows
    assert not remote.query(minus).rows


def test_an_optional_part_of_what_is_not_there_does_not_compile(remote: RemoteGraph) -> None:
    query = """SELECT ?e ?f {{ ?e a dkg:Event ; dkg:casualties ?f FILTER NOT EXISTS {{
      ?f dkg:claimedBy ?who . ?e dkg:casualties ?rival . FILTER(?rival != ?f) {} }} }}"""
    with pytest.raises(QueryFailed, match="SP031"):
        remote.query(query.format("OPTIONAL { ?rival dkg:claimedBy ?c } FILTER(!BOUND(?c))"))
    remote.query(query.format("FILTER NOT EXISTS { ?rival dkg:claimedBy ?c }"))


def test_a_filter_on_a_formula_that_is_long_does_not_compile_unless_it_is_grouped(
    remote: RemoteGraph,
) -> None:
    coding = compose(asset("ontology", "crosswalk", "coding.rq"))
    start = coding.index("\nSELECT")
    head, body = coding[:start], coding[start:]
    with pytest.raises(QueryFailed, match="SQ156"):
        remote.query(f"{head} SELECT ?event {{ {{ {body} }} FILTER(BOUND(?difference)) }}")
    grouped = f"SELECT ?event (MAX(?difference) AS ?d) {{ {{ {body} }} }} GROUP BY ?event"
    found = remote.query(f"{head} SELECT ?event {{ {{ {grouped} }} FILTER(BOUND(?d)) }}")
    # Of 22; by what ran before it Virtuoso plans this one so that a row is lost. The shipped question
    # is compared with ours row by row, above.
    assert len(found) in (21, 22)


def test_a_path_with_an_optional_step_in_a_repeated_choice_does_not_compile(
    remote: RemoteGraph, graph: dk.Graph
) -> None:
    query = "SELECT DISTINCT ?e ?x {{ ?e a dkg:Siege ; {}* ?x . ?x a dkg:Event }} ORDER BY STR(?x)"
    optional = query.format("(dkg:partOf?/dkg:before|^dkg:causedBy|^dkg:partOf)")
    with pytest.raises(QueryFailed, match=r"Weird '\|' ppath"):
        remote.query(optional)
    spelt = query.format("(dkg:before|(dkg:partOf/dkg:before)|^dkg:causedBy|^dkg:partOf)")
    assert texts(remote.query(spelt)) == texts(graph.query(optional))


def test_order_by_takes_no_aggregate(remote: RemoteGraph) -> None:
    with pytest.raises(QueryFailed, match="syntax error at 'MIN'"):
        remote.query("SELECT ?s { ?s dkg:count ?n } GROUP BY ?s ORDER BY MIN(?n)")


def test_a_duration_is_kept_as_seconds_and_shown_as_ours(
    remote: RemoteGraph, graph: dk.Graph
) -> None:
    query = "SELECT ?d { ?x dkg:duration ?d }"
    assert texts(remote.query(query)) == texts(graph.query(query))
    assert (
        getattr(first(remote, "SELECT (STR(?d) AS ?x) { ?e dkg:duration ?d }"), "value", "")
        == "86400"
    )


def test_a_point_is_kept_in_single_precision_beside_its_exact_numbers(
    remote: RemoteGraph, graph: dk.Graph
) -> None:
    query = (
        f"SELECT ?lat ?long ?wkt {{ <{BASE}place/tafas> wgs84:lat ?lat ; wgs84:long ?long ;"
        " geo:hasGeometry/geo:asWKT ?wkt }"
    )
    (ours,), (theirs,) = graph.query(query).rows, remote.query(query).rows
    assert theirs[:2] == ours[:2]
    assert isinstance(theirs[2], ox.Literal)
    assert theirs[2].datatype.value.endswith("wktLiteral")


def test_an_answer_that_is_cut_is_an_error(remote: RemoteGraph) -> None:
    with pytest.raises(EndpointError, match="the store cut its answer at its limit of rows"):
        remote.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")


def test_the_facts_are_not_counted_once_for_each_graph(loaded: Server, endpoint: Endpoint) -> None:
    assert loaded.process.poll() is None
    with pytest.raises(EndpointError, match="a fact would count as often as it has passages"):
        RemoteGraph(endpoint).query("timeline")


def test_the_command_prints_the_same_as_at_home(
    loaded: Server, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name in ("infobox-totals", "event-card", "every-fact-has-evidence"):
        assert main(["query", name]) == 0
        ours = capfdbinary.readouterr()
        assert main(["query", name, "--endpoint", loaded.url, "--graph", FACTS]) == 0
        assert capfdbinary.readouterr() == ours
        assert ours.out
