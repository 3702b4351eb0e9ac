"""Results on a small store, so that each value is known from the text of the store."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rich.console import Console

from daraa_kg.queries.catalogue import Bare, run
from daraa_kg.queries.results import Result, UnknownResultFormat, formats_for

PROLOGUE = """
PREFIX kg: <https://w3id.org/daraa-kg/id/>
PREFIX own: <https://w3id.org/daraa-kg/id/a/event/>
PREFIX dkg: <https://w3id.org/daraa-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
STORE = f"""
{PROLOGUE.replace("PREFIX", "@prefix").replace(">", "> .")}
own:x rdfs:label "Attack, “x” | *one*"@en ; dkg:kind dkg:Bombing ; dkg:count 6 ;
  dkg:earliest "2021-08-19"^^xsd:date ; dkg:accuracy 1.5 ; dkg:civilian true ;
  dkg:wording "six <b>soldiers</b>\\nand more" .
own:y rdfs:label "Clash"@en ; dkg:kind dkg:Clash ; dkg:earliest "2021-08-27"^^xsd:date .
<https://w3id.org/daraa-kg/id/place/z> dkg:kind dkg:Town .
<https://w3id.org/daraa-kg/id/graph/ontology> {{
  dkg:Bombing rdfs:label "bombing"@en . dkg:Clash rdfs:label "clash"@en .
}}
"""
ROWS = """
SELECT ?event ?eventLabel ?kind ?count ?earliest ?accuracy ?civilian ?wording {
  ?event dkg:earliest ?earliest ; rdfs:label ?eventLabel ; dkg:kind ?kind .
  OPTIONAL { ?event dkg:count ?count }
  OPTIONAL { ?event dkg:accuracy ?accuracy }
  OPTIONAL { ?event dkg:civilian ?civilian }
  OPTIONAL { ?event dkg:wording ?wording }
} ORDER BY ?event
"""
X = "https://w3id.org/daraa-kg/id/a/event/x"
Y = "https://w3id.org/daraa-kg/id/a/event/y"


@pytest.fixture(scope="module")
def graph() -> Bare:
    store = ox.Store()
    store.load(STORE, format=ox.RdfFormat.TRIG)
    return Bare(store, slug="a")


@pytest.fixture
def result(graph: Bare) -> Result:
    return run(graph, ROWS)


def drawn(result: Result, width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width).print(result)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_rows_are_mappings_in_order(result: Result) -> None:
    assert result.variables[:3] == ("event", "eventLabel", "kind")
    assert len(result) == 2
    assert bool(result)
    assert [row["event"] for row in result] == [ox.NamedNode(X), ox.NamedNode(Y)]
    assert result[1]["count"] is None
    assert dict(result[0])["count"] == ox.Literal(6)
    assert [row["event"] for row in result[1:]] == [ox.NamedNode(Y)]
    with pytest.raises(KeyError, match="nothing"):
        _ = result[0]["nothing"]
    assert repr(result).startswith("<Result SELECT: 2 rows, event, eventLabel, kind")


def test_records_are_python_values(result: Result) -> None:
    first, second = result.records()
    assert first == {
        "event": "event/x",
        "eventLabel": "Attack, “x” | *one*",
        "kind": "bombing",
        "count": 6,
        "earliest": date(2021, 8, 19),
        "accuracy": 1.5,
        "civilian": True,
        "wording": "six <b>soldiers</b>\nand more",
    }
    assert second["count"] is None
    assert result.records(labels=False)[0]["kind"] == "https://w3id.org/daraa-kg/ontology#Bombing"


def test_pandas_columns_are_typed(result: Result) -> None:
    frame = result.to_pandas()
    assert list(frame.columns) == list(result.variables)
    assert {
        name: str(frame[name].dtype) for name in ("count", "earliest", "accuracy", "civilian")
    } == {
        "count": "Int64",
        "earliest": "datetime64[s]",
        "accuracy": "float64",
        "civilian": "boolean",
    }
    assert frame["count"].sum() == 6
    assert frame["earliest"].dt.day.tolist() == [19, 27]
    assert frame["kind"].tolist() == ["bombing", "clash"]
    assert frame["count"].isna().tolist() == [False, True]


def test_pandas_with_no_rows_keeps_the_columns(graph: Bare) -> None:
    frame = run(graph, "SELECT ?a ?b { ?a dkg:nothing ?b }").to_pandas()
    assert list(frame.columns) == ["a", "b"]
    assert len(frame) == 0


def test_without_pandas_a_sentence_says_how_to_get_it(
    result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError) as caught:
        result.to_pandas()
    assert str(caught.value) == "pandas is not installed; python -m pip install 'daraa-kg[pandas]'"


# --- the formats of SPARQL 1.1 -------------------------------------------------------------------


def test_csv_is_as_the_recommendation_gives_it(result: Result) -> None:
    data = result.serialize("csv")
    assert data.count(b"\r\n") == 3
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert rows[0] == list(result.variables)
    assert rows[1] == [
        X,
        "Attack, “x” | *one*",
        "https://w3id.org/daraa-kg/ontology#Bombing",
        "6",
        "2021-08-19",
        "1.5",
        "true",
        "six <b>soldiers</b>\nand more",
    ]
    assert rows[2][3] == ""


def test_tsv_writes_terms_as_turtle_does(result: Result) -> None:
    head, first, _ = result.serialize("tsv").decode().rstrip("\n").split("\n")
    assert head.split("\t")[:2] == ["?event", "?eventLabel"]
    assert first.split("\t")[:4] == [
        f"<{X}>",
        '"Attack, “x” | *one*"@en',
        "<https://w3id.org/daraa-kg/ontology#Bombing>",
        "6",
    ]


def test_json_is_as_the_recommendation_gives_it(result: Result) -> None:
    document = json.loads(result.serialize("json"))
    assert document["head"]["vars"] == list(result.variables)
    first, second = document["results"]["bindings"]
    assert first["event"] == {"type": "uri", "value": X}
    assert first["eventLabel"] == {
        "type": "literal",
        "value": "Attack, “x” | *one*",
        "xml:lang": "en",
    }
    assert first["count"] == {
        "type": "literal",
        "value": "6",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert "datatype" not in first["wording"]
    assert "count" not in second


def test_xml_is_as_the_recommendation_gives_it(result: Result) -> None:
    root = ElementTree.fromstring(result.serialize("xml"))  # noqa: S314 - our own output
    names = {"s": "http://www.w3.org/2005/sparql-results#"}
    assert [v.get("name") for v in root.findall("s:head/s:variable", names)] == list(
        result.variables
    )
    assert len(root.findall("s:results/s:result", names)) == 2
    assert [u.text for u in root.findall("s:results/s:result/s:binding/s:uri", names)][:1] == [X]


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml", "markdown"])
def test_text_formats_end_with_a_line_break_and_can_be_repeated(result: Result, name: str) -> None:
    assert result.serialize(name).endswith(b"\n")
    assert result.serialize(name) == result.serialize(f".{name.upper()}")


def test_an_unknown_format_is_named_with_those_there_are(result: Result, graph: Bare) -> None:
    with pytest.raises(UnknownResultFormat) as caught:
        result.serialize("ttl")
    assert str(caught.value) == (
        "rows cannot be written as “ttl”; choose one of csv, tsv, json, xml, markdown"
    )
    with pytest.raises(UnknownResultFormat, match=r"^a yes or no cannot be written as “xls”"):
        run(graph, "ASK {}").serialize("xls")
    with pytest.raises(UnknownResultFormat, match=r"^a graph cannot be written as “xls”"):
        run(graph, "CONSTRUCT WHERE { ?s ?p ?o }").serialize("xls")


# --- for people ----------------------------------------------------------------------------------


def test_markdown_escapes_what_markdown_would_read(result: Result) -> None:
    lines = result.to_markdown().splitlines()
    assert lines[0] == "| event | kind | count | earliest | accuracy | civilian | wording |"
    assert lines[1] == "| --- | --- | ---: | --- | ---: | --- | --- |"
    assert lines[2] == (
        r"| Attack, “x” \| \*one\* | bombing | 6 | 2021-08-19 | 1.5 | true "
        r"| six \<b\>soldiers\</b\> and more |"
    )
    assert len(lines) == 4


def test_html_escapes_what_html_would_read(result: Result) -> None:
    page = result._repr_html_()
    assert '<td title="event/x">Attack, “x” | *one*</td>' in page
    assert "six &lt;b&gt;soldiers&lt;/b&gt;" in page
    assert '<td style="text-align: right">6</td>' in page
    ElementTree.fromstring(page)  # noqa: S314 - well-formed


def test_a_table_shows_labels_and_sets_numbers_to_the_right(graph: Bare) -> None:
    lines = drawn(
        run(
            graph,
            "SELECT ?event ?eventLabel ?count { ?event dkg:count ?count ; rdfs:label ?eventLabel }",
        ),
        80,
    )
    assert lines == [
        "event                count",
        "──────────────────────────",
        "Attack, “x” | *one*      6",
    ]


def test_a_table_shows_ids_when_asked(result: Result) -> None:
    assert "event/x" in result.to_text(120, ids=True)
    assert "event/x" not in "\n".join(drawn(result, 120))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_table_never_runs_over_the_edge(result: Result, width: int) -> None:
    assert max(map(len, drawn(result, width))) <= width


def test_where_a_table_has_no_room_each_row_is_a_block(result: Result) -> None:
    lines = drawn(result, 60)
    assert lines[:4] == [
        "event     Attack, “x” | *one*",
        "          event/x",
        "kind      bombing",
        "count     6",
    ]
    assert "" in lines  # between the blocks
    assert sum(line.startswith("count") for line in lines) == 1  # an empty cell is left out


def test_nothing_steers_the_terminal(graph: Bare) -> None:
    lines = drawn(run(graph, 'SELECT ("[red]\\u001b[31m x" AS ?a) {}'), 80)
    assert lines[-1] == "[red]\N{REPLACEMENT CHARACTER}[31m x"


def test_an_interval_is_broken_between_its_days(graph: Bare) -> None:
    words = " ".join(["abcdefghijk"] * 9)
    query = f'SELECT ("2021-07-30/2021-07-31" AS ?when) ("{words}" AS ?b) ("{words}" AS ?c) {{}}'
    lines = drawn(run(graph, query), 40)
    assert any(line.startswith("2021-07-30/ ") for line in lines)
    assert any(line.startswith("2021-07-31 ") for line in lines)


# --- other forms ---------------------------------------------------------------------------------


def test_ask_gives_yes_or_no(graph: Bare) -> None:
    yes = run(graph, "ASK { ?s dkg:count 6 }")
    no = run(graph, "ASK { ?s dkg:count 7 }")
    assert (bool(yes), bool(no)) == (True, False)
    assert (repr(yes), repr(no)) == ("<Result ASK: yes>", "<Result ASK: no>")
    assert (drawn(yes, 80), drawn(no, 80)) == (["yes"], ["no"])
    assert (yes.to_markdown(), no._repr_html_()) == ("yes\n", "<p>no</p>")
    assert json.loads(no.serialize("json")) == {"head": {}, "boolean": False}
    assert yes.records() == [{"answer": True}]


def test_construct_gives_a_graph(graph: Bare) -> None:
    result = run(graph, "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l }")
    assert result.variables == ("subject", "predicate", "object")
    assert [t.subject for t in result.triples] == [ox.NamedNode(X), ox.NamedNode(Y)]
    turtle = result.serialize("ttl")
    assert set(ox.parse(turtle, format=ox.RdfFormat.TURTLE)) == {
        ox.Quad(t.subject, t.predicate, t.object) for t in result.triples
    }
    assert "ttl" in formats_for("CONSTRUCT")
    assert len(csv_rows(result)) == 3


def csv_rows(result: Result) -> list[list[str]]:
    return list(csv.reader(io.StringIO(result.serialize("csv").decode(), newline="")))


@pytest.mark.parametrize("name", ["trig", "nq", "ttl", "jsonld", "rdf", "nt"])
def test_a_graph_is_written_in_every_format_of_graphs(graph: Bare, name: str) -> None:
    result = run(graph, "CONSTRUCT { ?s dkg:kind ?k } WHERE { ?s dkg:kind ?k }")
    assert result.serialize(name)
    if name != "jsonld":
        read = ox.parse(result.serialize(name), format=ox.RdfFormat.from_extension(name))
        assert {quad.triple for quad in read} == set(result.triples)


def test_rows_are_no_graph(result: Result) -> None:
    with pytest.raises(TypeError, match="SELECT gives no graph; only CONSTRUCT and DESCRIBE do"):
        _ = result.triples


# --- no rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "SELECT ?s { ?s a dkg:Bombin }",
            "no rows: nothing in the graph is called dkg:Bombin; did you mean dkg:Bombing?",
        ),
        (
            "SELECT ?s { ?s dkg:count 6 ; dkg:nothingLikeIt ?o }",
            "no rows: nothing in the graph is called dkg:nothingLikeIt",
        ),
        (
            "SELECT ?s { <event/xx> dkg:count ?s }",
            "no rows: nothing in the graph is called <event/xx>; did you mean event/x?",
        ),
        (
            "SELECT ?s { ?s dkg:count 7 }",
            "no rows: nothing in the graph answers the query",
        ),
    ],
)
def test_why_there_are_no_rows(graph: Bare, query: str, sentence: str) -> None:
    result = run(graph, query)
    assert not result
    assert result.why_empty() == sentence
    assert drawn(result, 100) == [sentence]
    assert len(csv_rows(result)) == 1


def test_an_empty_store_is_said_to_be_empty() -> None:
    result = run(Bare(ox.Store()), "SELECT * { ?s ?p ?o }")
    assert result.why_empty() == "no rows: the graph holds no facts"
    assert result._repr_html_() == "<p>no rows: the graph holds no facts</p>"
