from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.graph.builder import build
from daraa_kg.graph.labels import Labels, NoSuchThing
from daraa_kg.namespaces import BASE, DKG
from daraa_kg.queries.parameters import Parameter, ParameterError
from daraa_kg.queries.question import parse_query

if TYPE_CHECKING:
    from daraa_kg.graph.built import Graph

XSD = "http://www.w3.org/2001/XMLSchema#"
OWN = BASE + "2021-daraa-offensive/"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build(validate=False)


@pytest.fixture(scope="module")
def names(graph: Graph) -> Labels:
    return Labels(graph.store, graph.base, graph.slug)


def parameter(kind: str) -> Parameter:
    return Parameter("it", kind, "", "")


@pytest.mark.parametrize(
    ("kind", "value", "text", "datatype"),
    [
        ("string", "Reactions", "Reactions", "string"),
        ("string", "", "", "string"),
        ("string", 5, "5", "string"),
        ("integer", 18, "18", "integer"),
        ("integer", "-3", "-3", "integer"),
        ("date", "2021-08-19", "2021-08-19", "date"),
        ("date", date(2021, 8, 19), "2021-08-19", "date"),
        ("boolean", True, "true", "boolean"),
        ("boolean", "false", "false", "boolean"),
    ],
)
def test_values_become_literals(kind: str, value: object, text: str, datatype: str) -> None:
    assert parameter(kind).literal(value) == ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("integer", "six", "it cannot be “six”; it is a whole number, such as 18"),
        ("integer", "1.5", "it cannot be “1.5”; it is a whole number, such as 18"),
        ("integer", "١٨", "it cannot be “١٨”; it is a whole number, such as 18"),
        ("integer", True, "it cannot be “true”; it is a whole number, such as 18"),
        ("date", "2021-8-19", "it cannot be “2021-8-19”; it is a day, such as 2021-08-19"),
        ("date", "2021-02-30", "it cannot be “2021-02-30”; it is a day, such as 2021-08-19"),
        ("date", "2021-08", "it cannot be “2021-08”; it is a day, such as 2021-08-19"),
        ("boolean", "yes", "it cannot be “yes”; it is true or false"),
        (
            "string",
            "a\0b",
            "it cannot be “a\0b”; it is a text, without characters that no text has",
        ),
        (
            "integer",
            "9" * 99 + "x",
            f"it cannot be “{'9' * 59}…”; it is a whole number, such as 18",
        ),
    ],
)
def test_values_of_another_type_are_refused(kind: str, value: object, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parameter(kind).literal(value)
    assert str(caught.value) == message
    assert (caught.value.name, caught.value.value) == ("it", value)


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        ("event/al-shabrouq-ied", OWN + "event/al-shabrouq-ied"),
        ("kg:place/daraa", BASE + "place/daraa"),
        ("place/daraa", BASE + "place/daraa"),
        (BASE + "place/daraa", BASE + "place/daraa"),
        (f"<{BASE}place/daraa>", BASE + "place/daraa"),
        ("al-shabrouq-ied", OWN + "event/al-shabrouq-ied"),
        ("Jasim", BASE + "place/jasim"),
        ("dkg:Threat", DKG + "Threat"),
        ("kg:source/geonames", BASE + "source/geonames"),
    ],
)
def test_things_are_found_by_what_people_write(written: str, iri: str, names: Labels) -> None:
    assert parameter("iri").term(written, names) == ox.NamedNode(iri)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("place/darra", "nothing here is called “place/darra”; did you mean kg:place/daraa"),
        ("dkg:Treat", "the vocabulary has no “dkg:Treat”; did you mean dkg:Threat"),
        ("https://example.org/x", "nothing here is called “https://example.org/x”"),
    ],
)
def test_unknown_things_are_suggested(written: str, message: str, names: Labels) -> None:
    with pytest.raises(NoSuchThing) as caught:
        parameter("iri").term(written, names)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "written", ["", "  ", "https://example.org/a b", "https://example.org/> } #"]
)
def test_what_is_no_iri_is_refused(written: str, names: Labels) -> None:
    with pytest.raises(ParameterError, match="it is an id, such as event/offensive, or an IRI"):
        parameter("iri").term(written, names)


# --- injection -----------------------------------------------------------------------------------

QUERY = parse_query(
    "#+ summary: What is the word?\n"
    "#+ params:\n"
    "#+   word: {type: string, default: none, description: the word}\n"
    'SELECT ?word ("after" AS ?after) { VALUES ?word { "none" } }',
    "a-word",
    strict=True,
)
ATTACKS = [
    '" } } #',
    '"} UNION { ?s ?p ?o } VALUES ?x { "',
    "\\",
    '\\" } #',
    "a\nb\r\nc\td",
    "\\u0022 } #",
    "\\\\u0022",
    "\\U00000022 } SERVICE <http://example.org/> {",
    "'''\"\"\"",
    "?word $word <a> {} #+ params:",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{LINE SEPARATOR}",
]


def answer(text: str, names: Labels) -> list[str]:
    bound, terms = QUERY.bind({"word": text}, names)
    assert terms == {"word": ox.Literal(text)}
    assert bound.count("\n") == QUERY.text.count("\n")
    solutions = ox.Store().query(bound)
    assert isinstance(solutions, ox.QuerySolutions)
    return [f"{solution['word'].value}|{solution['after'].value}" for solution in solutions]


@pytest.mark.parametrize("text", ATTACKS)
def test_what_a_user_gives_is_never_read_as_sparql(text: str, names: Labels) -> None:
    assert answer(text, names) == [f"{text}|after"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back_as_it_was_given(text: str) -> None:
    assert answer(text, Labels(ox.Store(), BASE, "x")) == [f"{text}|after"]


# rdflib 7.6 resolves \\u in what is escaped already, and so reads these texts as others.
@pytest.mark.parametrize("text", [text for text in ATTACKS if "\\u" not in text.lower()])
def test_rdflib_reads_the_bound_text_as_one_string_too(text: str, names: Labels) -> None:
    bound, _ = QUERY.bind({"word": text}, names)
    assert [[str(term) for term in row] for row in rdflib.Graph().query(bound)] == [  # type: ignore[union-attr]
        [text, "after"]
    ]


def test_an_unknown_parameter_is_named(names: Labels) -> None:
    with pytest.raises(ParameterError) as caught:
        QUERY.bind({"wort": "x"}, names)
    assert str(caught.value) == "the question “a-word” has no parameter “wort”; it has word"
    with pytest.raises(ParameterError) as caught:
        parse_query("ASK {}").bind({"wort": "x"}, names)
    assert str(caught.value) == "the query has no parameter “wort”; it has none"


def test_a_default_stands_where_nothing_is_given(names: Labels) -> None:
    bound, terms = QUERY.bind({}, names)
    assert terms == {"word": ox.Literal("none")}
    assert 'VALUES ?word { "none" }' in bound


# --- classes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["Threat", "dkg:Threat", DKG + "Threat", f"<{DKG}Threat>", ox.NamedNode(DKG + "Threat")],
)
def test_a_class_goes_by_its_name(written: object, names: Labels) -> None:
    assert parameter("class").term(written, names) == ox.NamedNode(DKG + "Threat")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Thraet", "did you mean Threat?"),
        ("threat", "did you mean Threat?"),
        ("dkg:partOf", "ontology/daraa-kg.ttl lists them"),
        ("event/russian-threat", "ontology/daraa-kg.ttl lists them"),
        ("a b", "ontology/daraa-kg.ttl lists them"),
        ("", "ontology/daraa-kg.ttl lists them"),
    ],
)
def test_only_classes_are_suggested_for_a_class(written: str, hint: str, names: Labels) -> None:
    with pytest.raises(NoSuchThing) as caught:
        parameter("class").term(written, names)
    assert str(caught.value) == f"the vocabulary has no class “{written}”; {hint}"


@pytest.mark.parametrize("written", ["SpeechAct", "dkg:SpeechAct"])
def test_a_class_is_a_default_with_or_without_its_prefix(written: str) -> None:
    assert Parameter("act", "class", written, "").default_iri() == DKG + "SpeechAct"


# --- orders --------------------------------------------------------------------------------------

ORDERED = """#+ summary: What?
#+ params:
#+   first: {{type: {kind}, default: {low}, description: the first}}
#+   last: {{type: {kind}, default: {high}, description: the last}}
#+ orders: [[first, last]]
SELECT * {{ VALUES ?first {{ {low_term} }} VALUES ?last {{ {high_term} }} }}
"""
DAYS = ORDERED.format(
    kind="date",
    low="2021-08-01",
    high="2021-08-31",
    low_term='"2021-08-01"^^xsd:date',
    high_term='"2021-08-31"^^xsd:date',
)
NUMBERS = ORDERED.format(kind="integer", low="2", high="9", low_term="2", high_term="9")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [(DAYS, "2021-08-19", "2021-08-19"), (DAYS, "0001-01-01", "9999-12-31"), (NUMBERS, 9, 10)],
)
def test_a_range_goes_from_the_first_to_the_last(
    text: str, first: object, last: object, names: Labels
) -> None:
    parse_query(text).bind({"first": first, "last": last}, names)


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        (
            DAYS,
            {"last": "2021-01-01"},
            "first (2021-08-01) is after last (2021-01-01); exchange them",
        ),
        (NUMBERS, {"first": 10}, "first (10) is after last (9); exchange them"),
    ],
)
def test_a_reversed_range_is_said(
    text: str, given: dict[str, object], message: str, names: Labels
) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_query(text).bind(given, names)
    assert str(caught.value) == message
    assert caught.value.name == "first"
