"""Asking: by name, by file, in SPARQL; with parameters, and with mistakes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.diagnostics import CheckFailed
from daraa_kg.graph.builder import build
from daraa_kg.graph.labels import NoSuchThing
from daraa_kg.namespaces import BASE, DKG
from daraa_kg.queries.catalogue import (
    Catalogue,
    QueryFileError,
    QueryNotFound,
    get,
    load_catalogue,
    run,
)
from daraa_kg.queries.parameters import ParameterError
from daraa_kg.queries.sparql import QueryFailed, QueryRefused, QuerySyntaxError

if TYPE_CHECKING:
    from daraa_kg.graph.built import Graph
    from daraa_kg.queries.results import Term

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "queries")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build(validate=False)


def shown(graph: Graph, term: Term | None) -> str:
    return (
        graph.shorten(term.value)
        if isinstance(term, ox.NamedNode)
        else str(getattr(term, "value", ""))
    )


def test_a_question_is_found_by_name() -> None:
    assert get("timeline") == CATALOGUE["timeline"]
    assert isinstance(CATALOGUE, Catalogue)
    assert list(CATALOGUE) == sorted(CATALOGUE)
    assert sum(map(len, CATALOGUE.by_tag().values())) == len(CATALOGUE)


@pytest.mark.parametrize("name", ["timline", "Timeline", "time line"])
def test_a_name_that_nobody_has_gets_a_suggestion(name: str, graph: Graph) -> None:
    message = f"there is no question named “{name}”; did you mean timeline?"
    for ask in (get, lambda name: run(graph, name)):
        with pytest.raises(QueryNotFound) as caught:
            ask(name)
        assert str(caught.value) == message
        assert caught.value.name == name
    with pytest.raises(QueryNotFound, match="daraa-kg queries lists them all"):
        get("zzzzzz")


def test_a_missing_name_in_the_catalogue_is_no_key_error_in_quotes() -> None:
    with pytest.raises(QueryNotFound) as caught:
        _ = CATALOGUE["time-line"]
    assert str(caught.value) == "there is no question named “time-line”; did you mean timeline?"
    assert "time-line" not in CATALOGUE


def test_parameters_narrow_the_answer(graph: Graph) -> None:
    day = run(graph, "events-between", first=date(2021, 8, 19), last="2021-08-19")
    assert "event/al-shabrouq-ied" in [shown(graph, row["event"]) for row in day]
    assert all(shown(graph, row["earliest"]) <= "2021-08-19" for row in day)
    threats = run(graph, "speech-acts", act="dkg:Threat")
    assert [shown(graph, row["event"]) for row in threats] == ["event/russian-threat"]
    for written in ("kg:place/tafas", "place/tafas", BASE + "place/tafas", "Tafas"):
        inside = run(graph, "events-inside", place=written)
        assert [shown(graph, row["event"]) for row in inside] == ["event/bombardment-of-tafas"]


def test_what_is_wrong_with_a_parameter_is_said(graph: Graph) -> None:
    with pytest.raises(ParameterError) as wrong:
        run(graph, "events-between", first="yesterday")
    assert str(wrong.value) == "first cannot be “yesterday”; it is a day, such as 2021-08-19"
    with pytest.raises(ParameterError) as unknown:
        run(graph, "events-between", begin="2021-08-19")
    assert str(unknown.value) == (
        "the question “events-between” has no parameter “begin”; it has first and last"
    )
    with pytest.raises(NoSuchThing, match=r"did you mean kg:place/tafas"):
        run(graph, "events-inside", place="kg:place/tafass")


def test_no_rows_for_a_parameter_are_explained(graph: Graph) -> None:
    result = run(graph, "events-inside", place="kg:place/madira")
    assert result.why_empty() == (
        "no rows: nothing in the graph answers “events-inside” with place Madira"
    )


def test_sparql_that_is_typed_knows_the_prefixes_and_the_article(graph: Graph) -> None:
    result = run(graph, "SELECT ?when { <event/al-shabrouq-ied> dkg:when ?when }")
    assert [shown(graph, row["when"]) for row in result] == ["2021-08-19"]
    assert run(graph, "ASK { kg:place/daraa a dkg:City }".replace("/daraa", "\\/daraa"))
    assert run(graph.store, "ASK { <event/offensive> a dkg:Offensive }")


def test_rows_without_order_are_sorted(graph: Graph) -> None:
    found = [str(row["e"]) for row in run(graph, "SELECT ?e { ?e dkg:kind dkg:Clash }")]
    assert found == sorted(found)
    assert len(found) > 1


def test_a_file_can_be_asked(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("ASK { ?e a dkg:Siege }", encoding="utf-8")
    assert run(graph, path)
    assert run(graph, str(path))
    with pytest.raises(FileNotFoundError):
        run(graph, str(tmp_path / "nothing.rq"))


def test_sparql_that_is_wrong_is_said_with_its_place(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(QuerySyntaxError) as typed:
        run(graph, "SELECT * {\n ?s ?p }")
    assert str(typed.value) == "the query:2:8: error: “}” does not fit here"
    path = tmp_path / "mine.rq"
    path.write_text("SELECT * { ?s ?p }", encoding="utf-8")
    with pytest.raises(QuerySyntaxError) as filed:
        run(graph, path)
    assert str(filed.value) == f"{path}:1:18: error: “}}” does not fit here"
    with pytest.raises(QuerySyntaxError, match="the query is empty"):
        run(graph, "  ")


@pytest.mark.parametrize(
    "text",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP ALL",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERV\\u0049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_nothing_is_changed_and_nobody_is_called(graph: Graph, text: str) -> None:
    before = len(graph.store)
    with pytest.raises(QueryRefused):
        run(graph, text)
    assert len(graph.store) == before


def test_a_folder_with_faults_says_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text("ASK {}", encoding="utf-8")
    (tmp_path / "two.rq").write_text("#+ sumary: What?\nASK {}", encoding="utf-8")
    with pytest.raises(QueryFileError) as caught:
        load_catalogue(tmp_path)
    assert isinstance(caught.value, CheckFailed)
    assert [Path(fault.location.file).name for fault in caught.value.faults] == [
        "one.rq",
        "two.rq",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "DESCRIBE <event/siege-of-daraa>",
        "describe kg:place/daraa".replace("/daraa", "\\/daraa"),
        f"PREFIX x: <{BASE}place/> DESCRIBE x:daraa",
        f"BASE <{BASE}> DESCRIBE <place/daraa>",
        "DESCRIBE ?e { ?e a dkg:Siege }",
        "SELECT ?e { ?e a dkg:Siege }",
        "CONSTRUCT { ?e a dkg:Siege } WHERE { ?e a dkg:Siege }",
        "ASK { <event/offensive> a dkg:Offensive }",
    ],
)
def test_sparql_is_told_from_a_name_and_a_file(graph: Graph, text: str) -> None:
    assert run(graph, text).form in ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")


@pytest.mark.parametrize("text", ["SELECT ?a", "CONSTRUCT ?a", "ASK ?a", f"PREFIX x: <{BASE}>"])
def test_sparql_without_braces_is_no_name(graph: Graph, text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"^the query:1:"):
        run(graph, text)


def test_an_update_without_braces_is_no_file(graph: Graph) -> None:
    with pytest.raises(QueryRefused, match="LOAD would change the graph"):
        run(graph, "LOAD <http://127.0.0.1:9/>")


@pytest.mark.parametrize("text", ["ask/mine.rq", "select-mine.rq", "describe.rq"])
def test_a_file_may_begin_like_sparql(graph: Graph, text: str) -> None:
    with pytest.raises(FileNotFoundError):
        run(graph, text)


@pytest.mark.parametrize("where", ["{}", "{ ?s ?p ?o }"])
def test_a_function_that_nobody_has_is_said_in_a_sentence(graph: Graph, where: str) -> None:
    with pytest.raises(QueryFailed) as caught:
        run(graph, f"SELECT (dkg:foo(1) AS ?y) {where}")
    assert str(caught.value) == (
        f"the query: no function is called <{DKG}foo>; "
        "SPARQL 1.1 lists those that there are in its section 17"
    )


def test_what_fails_row_by_row_is_said_in_a_sentence() -> None:
    failed = QueryFailed("mine.rq", "out of memory")
    assert str(failed) == "mine.rq: this cannot be answered: out of memory"
    assert failed.reason == "out of memory"


def test_a_mistake_behind_an_unknown_function_is_still_found(graph: Graph) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run(graph, "SELECT (dkg:foo(1) AS ?y) {} garbage")
    assert str(caught.value) == "the query:1:30: error: “garbage” does not fit here"
