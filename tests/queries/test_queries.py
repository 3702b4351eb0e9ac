"""The shipped questions: their files, their answers on the reference graph, and asking in general.

How the pinned rows were checked: each file of tests/queries/ was gone through row by row with the
article open (data/articles/2021-daraa-offensive/article.txt). For each row, the sentence or infobox
field was found that says so, and each sentence was gone through once more for rows that should be
there and were not. Sums were added up by hand from the sentences: killed on the government's side
1 (5 August) + 1 (16 August) + 6 (19 August) + 1 (26 August) + 7 (29–30 August) = 16 of 26; wounded
6 + 4 + 12 = 22; civilians killed 1 (14 August) + 1 (16 August) + 2 (Tafas) = 4 of 22; rebels 1
(Zatima) of 17; the six of the 5th Corps stand for themselves. Containment, coordinates and
identifiers were compared with data/places.yaml and data/actors.yaml. In the pinned files things have
their short ids. Counts of facts, rules and passages are pinned as well, and besides
counted here once more without SPARQL; the passages of each section were counted in statements.yaml.
The answers in COPIED have no file, for they are nothing but sentences of the data, every one of
them: a second copy would be corrected together with the first and could not be wrong. They are
compared with the YAML files and the facts.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.graph.builder import build
from daraa_kg.namespaces import BASE, DKG
from daraa_kg.queries.catalogue import catalogue_page, load_catalogue, run
from daraa_kg.queries.sparql import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from daraa_kg.graph.built import Graph
    from daraa_kg.queries.results import Result, Term

ROOT = Path(__file__).parents[2]
PINNED = Path(__file__).parent
CATALOGUE = load_catalogue(ROOT / "queries")
COPIED = {"editors-decisions", "notes"}
FACTS = ox.DefaultGraph()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build(validate=False)


def shown(graph: Graph, term: Term | None) -> str:
    if term is None:
        return ""
    return (
        graph.shorten(term.value)
        if isinstance(term, ox.NamedNode)
        else str(getattr(term, "value", term))
    )


def rows(graph: Graph, result: Result) -> list[list[str]]:
    return [list(result.variables), *([shown(graph, t) for t in row] for row in result.rows)]


# --- the files -----------------------------------------------------------------------------------


def test_there_are_questions_on_everything_a_reader_could_answer() -> None:
    assert len(CATALOGUE) >= 36
    assert {"timeline", "who-fought-whom", "infobox-totals", "disagreements"} <= set(CATALOGUE)
    assert {query.form for query in CATALOGUE.values()} == {"SELECT", "CONSTRUCT", "ASK"}


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_question_is_asked_in_words(name: str) -> None:
    query = CATALOGUE[name]
    assert query.summary.endswith("?")
    assert query.summary[0].isupper()
    assert len(query.summary) <= 100
    assert query.description
    assert query.tags
    assert (query.name, query.path) == (name, ROOT / "queries" / f"{name}.rq")
    assert max(map(len, query.text.splitlines())) <= 110


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_answer_has_one_order(name: str) -> None:
    words = [token.text.upper() for token in tokens(CATALOGUE[name].text)]
    assert ("ORDER" in words) == (CATALOGUE[name].form == "SELECT")


@pytest.mark.parametrize("name", CATALOGUE)
def test_questions_are_plain_sparql_for_any_base(name: str) -> None:
    text = CATALOGUE[name].text
    of_parameters = sum(parameter.type == "iri" for parameter in CATALOGUE[name].parameters)
    assert text.count(BASE) == sum(
        parameter.default_iri(slug="2021-daraa-offensive").startswith(BASE)
        for parameter in CATALOGUE[name].parameters
        if parameter.type == "iri"
    ), "ids stand in parameters alone"
    assert of_parameters >= text.count(BASE)
    assert not re.search(r"\bFROM\b|\bBASE\b", re.sub(r"#.*", "", text))
    assert not re.search(r"SUM\(\?", text) or name == "deadliest-days" or "COALESCE" in text


@pytest.mark.parametrize("name", CATALOGUE)
def test_events_are_asked_of_events_only(name: str, graph: Graph) -> None:
    result = run(graph, name)
    possible = {
        quad.subject
        for quad in graph.store.quads_for_pattern(
            None,
            ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            ox.NamedNode(DKG + "PossibleEvent"),
            FACTS,
        )
    }
    assert possible
    columns = [
        i for i, n in enumerate(result.variables) if n in ("event", "agreement", "realizedBy")
    ]
    assert not {row[i] for row in result.rows for i in columns} & possible


def test_the_page_is_made_from_the_files() -> None:
    page = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")
    assert page == catalogue_page(CATALOGUE), (
        'make it again: python -c "from daraa_kg.queries.catalogue import write_page; write_page()"'
    )
    assert all(f"### [{name}]({name}.rq)" in page for name in CATALOGUE)


# --- the answers ---------------------------------------------------------------------------------


def test_every_answer_is_pinned() -> None:
    assert {path.stem for path in PINNED.glob("*.csv")} == set(CATALOGUE) - COPIED


@pytest.mark.parametrize("name", sorted(set(CATALOGUE) - COPIED))
def test_the_answer_on_the_reference_graph(name: str, graph: Graph, tmp_path: Path) -> None:
    found = io.StringIO()
    csv.writer(found, lineterminator="\n").writerows(rows(graph, run(graph, name)))
    (tmp_path / f"{name}.csv").write_text(found.getvalue(), encoding="utf-8")
    pinned = (PINNED / f"{name}.csv").read_text(encoding="utf-8")
    assert found.getvalue().splitlines() == pinned.splitlines(), (
        f"check each row of {tmp_path / name}.csv against the article before you pin it"
    )


def test_the_timeline_has_every_event_of_the_offensive_once(graph: Graph) -> None:
    whole = ox.NamedNode(graph.iri("event/offensive"))
    during = ox.NamedNode(DKG + "duringWhole")
    parts = {q.subject for q in graph.store.quads_for_pattern(None, during, whole, FACTS)}
    told = [row["event"] for row in run(graph, "timeline")]
    assert len(told) == len(set(told))
    assert set(told) == parts


def graphs(graph: Graph, account: str) -> dict[str, set[str]]:
    """Give the facts of each passage, source or rule, read without SPARQL."""
    about = ox.NamedNode(graph.iri("kg:graph/about"))
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    found = {}
    for quad in graph.store.quads_for_pattern(None, kind, ox.NamedNode(DKG + account), about):
        assert isinstance(quad.subject, ox.NamedNode)
        triples = graph.store.quads_for_pattern(None, None, None, quad.subject)
        found[quad.subject.value] = {str(q.triple) for q in triples}
    return found


def about(graph: Graph, subject: str, predicate: str) -> list[str]:
    pattern = (
        ox.NamedNode(subject),
        ox.NamedNode(predicate),
        None,
        ox.NamedNode(graph.iri("kg:graph/about")),
    )
    return sorted(
        str(getattr(q.object, "value", "")) for q in graph.store.quads_for_pattern(*pattern)
    )


DCT = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"


def test_rules_and_what_they_added(graph: Graph) -> None:
    facts = graphs(graph, "Rule")
    found = {row["rule"].value: int(row["facts"].value) for row in run(graph, "rules")}  # type: ignore[union-attr]
    assert found == {rule: len(triples) for rule, triples in facts.items()}
    assert f"{BASE}rule/edtf" in found


def test_stated_and_inferred_facts(graph: Graph) -> None:
    found = [[shown(graph, term) for term in row] for row in run(graph, "stated-and-inferred").rows]
    expected = []
    for account in ("Passage", "Rule", "Source"):
        facts = [triples for triples in graphs(graph, account).values() if triples]
        distinct, total = set().union(*facts), sum(map(len, facts))
        expected.append([f"dkg:{account}", str(len(facts)), str(len(distinct)), str(total)])
    assert found == expected


def test_sources_and_their_licences(graph: Graph) -> None:
    stated: dict[str, set[str]] = defaultdict(set)
    for account in ("Passage", "Source"):
        for iri, triples in graphs(graph, account).items():
            owner = (
                about(graph, iri, DCT + "isPartOf") or about(graph, iri, OA + "hasSource") or [iri]
            )
            stated[owner[0]] |= triples
    answer = run(graph, "sources")
    found = {row["source"].value: int(row["facts"].value) for row in answer}  # type: ignore[union-attr]
    assert found == {iri: len(triples) for iri, triples in stated.items()}
    licences = {shown(graph, row["source"]): shown(graph, row["licence"]) for row in answer}
    assert licences["text/b051e082"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert licences["kg:source/geonames"] == "https://creativecommons.org/licenses/by/4.0/"


def test_coverage_of_the_sections(graph: Graph) -> None:
    sections: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for iri, triples in graphs(graph, "Passage").items():
        start, end = map(int, iri.partition("#char=")[2].split(","))
        numbers = (1, end - start, len(triples), int(not triples))
        (section,) = about(graph, iri, DKG + "section")
        sections[section] = [a + b for a, b in zip(sections[section], numbers, strict=True)]
    found = {
        shown(graph, row[0]): [int(shown(graph, term)) for term in row[1:]]
        for row in run(graph, "coverage").rows
    }
    assert found == sections
    assert list(found) == ["Infobox", "lead", "Background", "Clashes", "Reactions", "See also"]


@pytest.mark.parametrize(
    ("section", "number"), [("Infobox", 14), ("Reactions", 2), ("See also", 1)]
)
def test_passages_of_a_section(graph: Graph, section: str, number: int) -> None:
    article = graph.article
    assert article is not None
    facts = graphs(graph, "Passage")
    answer = run(graph, "passages-of-section", section=section)
    assert len(answer) == number
    for row in answer.records(labels=False):
        start, end = map(int, row["passage"].partition("#char=")[2].split(","))
        assert (row["start"], row["text"]) == (start, article.text[start:end])
        assert row["facts"] == len(facts[row["passage"]])
    assert [row["start"] for row in answer.records()] == sorted(
        row["start"] for row in answer.records()
    )


def test_notes_are_those_of_the_data(graph: Graph) -> None:
    predicate = ox.NamedNode("http://www.w3.org/2004/02/skos/core#note")
    expected = {
        (shown(graph, q.subject), shown(graph, q.object))
        for q in graph.store.quads_for_pattern(None, predicate, None, FACTS)
    }
    found = [(shown(graph, row["thing"]), shown(graph, row["note"])) for row in run(graph, "notes")]
    assert len(found) == len(expected)
    assert set(found) == expected
    assert found == sorted(found, key=lambda pair: (graph.iri(pair[0]), pair[1]))


def test_editors_decisions_are_those_of_the_data(graph: Graph) -> None:
    import yaml

    because = set()
    for file in ("places.yaml", "actors.yaml", "articles/2021-daraa-offensive/actors.yaml"):
        data = yaml.safe_load((ROOT / "data" / file).read_text(encoding="utf-8"))
        because |= {e["because"] for e in data["entries"] if e["source"] == "kg:source/editors"}
    found = [shown(graph, row["because"]) for row in run(graph, "editors-decisions")]
    assert len(found) == len(set(found)) == len(because)
    assert set(found) == because


# --- another engine ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dataset(graph: Graph) -> rdflib.Dataset:
    return graph.rdflib


@pytest.fixture
def deeper() -> Iterator[None]:
    """Let rdflib's parser recurse deeper than Python's 1,000 frames.

    Once matplotlib has been imported, each step of the parser takes more of them, and
    `coding-disagreements` needs 992 of its own.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(3 * before)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize("name", CATALOGUE)
@pytest.mark.usefixtures("deeper")
def test_rdflib_answers_the_same(name: str, graph: Graph, dataset: rdflib.Dataset) -> None:
    query, ours = CATALOGUE[name], run(graph, name)
    theirs = dataset.query(query.text)
    if query.form == "ASK":
        assert theirs.askAnswer is bool(ours)
        return
    listed = [i for i, variable in enumerate(ours.variables) if variable in query.lists]
    found = []
    for row in theirs:
        assert isinstance(row, tuple)
        texts = ["" if term is None else str(term) for term in row]  # type: ignore[redundant-expr]
        for i in listed:
            texts[i] = "; ".join(sorted(texts[i].split("; "), key=query.rank))
        found.append(texts)
    expected = [
        ["" if t is None else str(getattr(t, "value", t)) for t in row] for row in ours.rows
    ]
    if query.form == "CONSTRUCT":
        assert sorted(found) == sorted(expected)
    else:
        assert found == expected


def test_the_answers_do_not_depend_on_the_order_of_loading(graph: Graph) -> None:
    other = ox.Store()
    other.extend(reversed(graph.quads()))
    for name in CATALOGUE:
        assert rows(graph, run(other, name)) == rows(graph, run(graph, name)), name


def test_another_base_gives_the_same_answers(graph: Graph) -> None:
    base = "https://example.org/kg/"
    other = build(base=base, validate=False)
    for name in CATALOGUE:
        theirs = [
            [text.replace(base, BASE) for text in row] for row in rows(other, run(other, name))
        ]
        assert theirs == rows(graph, run(graph, name)), name
