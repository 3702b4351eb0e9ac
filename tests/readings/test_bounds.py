"""The days that an event's order allows, against small cases worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, RDF, about_graph, article_base, ontology_graph
from daraa_kg.ontology.rules import infer, load_rules
from daraa_kg.ontology.vocabulary import load_vocabulary
from daraa_kg.queries.parts import compose
from daraa_kg.readings.reader import Reader
from daraa_kg.text.dates import bounds as days_of

Span = tuple[str | None, str | None, str | None]
Made = Callable[[str], dk.Graph]

HEAD = f"@prefix : <{article_base(BASE, 'made')}> . @prefix dkg: <{DKG}> .\n"
X = f"{article_base(BASE, 'made')}x"


@pytest.fixture(scope="module")
def made() -> Made:
    """Give a function that makes a graph of lines such as ``:a before :b`` and ``:b = 2030-05-03``."""
    rules, terms = load_rules(asset("ontology", "rules")), load_vocabulary().triples

    def make(lines: str) -> dk.Graph:
        store = ox.Store()
        passage = ox.NamedNode(article_base(BASE, "made") + "text/00000000#char=0,1")
        facts = list(ox.parse(HEAD + _turtle(lines), format=ox.RdfFormat.TURTLE))
        store.extend(ox.Quad(q.subject, q.predicate, q.object, passage) for q in facts)
        kind = ox.NamedNode(RDF + "type")
        about = ox.NamedNode(about_graph(BASE))
        store.add(ox.Quad(passage, kind, ox.NamedNode(DKG + "Passage"), about))
        ontology = ox.NamedNode(ontology_graph(BASE))
        store.extend(ox.Quad(t.subject, t.predicate, t.object, ontology) for t in terms)
        infer(store, rules, BASE)
        return dk.Graph(store, slug="made")

    return make


def _turtle(lines: str) -> str:
    found = []
    for line in lines.split(";"):
        subject, relation, value = line.split()
        found.append(f"{subject} a dkg:Clash .")
        if relation == "=":
            found.append(f'{subject} dkg:when "{value}"^^<http://id.loc.gov/datatypes/edtf/EDTF> .')
        elif relation == "a":
            found.append(f"{subject} a dkg:{value} .")
        else:
            found.append(f"{subject} dkg:{relation} {value} . {value} a dkg:Clash .")
    return "\n".join(found)


def bounds_of(graph: dk.Graph, event: str = X) -> Span:
    """Give the first and the last day of an event, and where they are from."""
    query = compose(asset("queries", "readings", "bounds.rq"))
    for row in graph.query(query):
        if getattr(row["event"], "value", "") == event:
            first, last, how = (row[name] for name in ("earliest", "latest", "bounds"))
            return tuple(getattr(term, "value", None) for term in (first, last, how))  # type: ignore[return-value]
    raise LookupError(event)


@pytest.mark.parametrize(
    ("lines", "first", "last"),
    [
        # A day on either side.
        (":x after :a; :a = 2030-05-03", "2030-05-03", None),
        (":x before :b; :b = 2030-05-03", None, "2030-05-03"),
        (":b after :x; :b = 2030-05-03", None, "2030-05-03"),  # the same, said from its other end
        # An interval of days is over at its end, and what comes before it was over by its start.
        (":x after :a; :a = 2030-05-03/2030-05-06", "2030-05-06", None),
        (":x before :b; :b = 2030-05-03/2030-05-06", None, "2030-05-03"),
        (":x before :b; :b = 2030-05-03~/2030-05-06", None, "2030-05-03"),
        # A date that is only vague bounds by its farther end.
        (":x after :a; :a = 2030-05", "2030-05-01", None),
        (":x before :b; :b = 2030-05", None, "2030-05-31"),
        (":x before :b; :b = 2030/2031", None, "2031-12-31"),
        (":x after :a; :a = 2030/2031", "2030-01-01", None),
        # An open end bounds nothing.
        (":x after :a; :a = /2030-05-03", None, None),
        (":x before :b; :b = 2030-05-03/", None, None),
        (":x after :a; :a = 2030-05-03/", "2030-05-03", None),
        # By way of others without a date; the tightest of several.
        (
            ":x after :a; :a after :b; :b = 2030-05-03; :x after :c; :c = 2030-05-01",
            "2030-05-03",
            None,
        ),
        (
            ":x before :a; :a before :b; :b = 2030-05-03; :x before :c; :c = 2030-06",
            None,
            "2030-05-03",
        ),
        # A whole bounds its parts on both sides.
        (":x partOf :w; :w = 2030-05-03/2030-05-06", "2030-05-03", "2030-05-06"),
        (":x partOf :w; :w before :b; :b = 2030-05-06", None, "2030-05-06"),
        (":x partOf :w; :w after :a; :a = 2030-05-03", "2030-05-03", None),
        # What it was before lies within something.
        (":x before :b; :b partOf :w; :w = 2030-05-03/2030-05-06", None, "2030-05-06"),
        # What it was before had begun when its effect, its answer or its part began.
        (":x before :b; :e causedBy :b; :e = 2030-05-06", None, "2030-05-06"),
        (":x before :b; :p partOf :b; :p = 2030-05-06/2030-05-09", None, "2030-05-06"),
        # A cause, and what is answered, may go on: they bound the beginning alone.
        (":x causedBy :a; :a = 2030-05-03/2030-05-06", "2030-05-03", None),
        (":x inResponseTo :a; :a = 2030-05-03/2030-05-06", "2030-05-03", None),
        (":e causedBy :x; :e = 2030-05-06", None, None),
        (":p partOf :x; :p = 2030-05-06", None, None),
        # A sibling is no bound.
        (":x partOf :w; :p partOf :w; :p = 2030-05-06", None, None),
        # Bounds that contradict each other say nothing.
        (":x after :a; :a = 2030-05-06; :x before :b; :b = 2030-05-03", None, None),
        # Round in a circle.
        (":x before :a; :a before :x; :a = 2030-05-03", "2030-05-03", "2030-05-03"),
    ],
)
def test_bounds_from_order(lines: str, first: str | None, last: str | None, made: Made) -> None:
    how = "inferred" if first or last else None
    assert bounds_of(made(lines)) == (first, last, how)


@pytest.mark.parametrize("when", ["2030-05-03", "2030", "2030-05-03/", "/2030-05-03"])
def test_a_date_of_its_own_goes_before_its_order(when: str, made: Made) -> None:
    graph = made(f":x = {when}; :x after :a; :a = 2030-05-02; :x before :b; :b = 2030-05-04")
    own = tuple(day and day.isoformat() for day in days_of(when))
    assert bounds_of(graph) == (*own, "stated")


def test_the_readings_bound_when_it_had_begun_too(made: Made) -> None:
    """A cause had begun by the day of its effect, and its beginning is what a reader asks for."""
    graph = made(":e causedBy :x; :e = 2030-05-06; :x after :a; :a = 2030-05-03")
    span = Reader(graph).span(X)
    assert span.first is not None
    assert span.last is not None
    assert [span.first.day.isoformat(), span.last.day.isoformat()] == ["2030-05-03", "2030-05-06"]
    assert bounds_of(graph) == ("2030-05-03", None, "inferred")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        # What is only before or after something was over, or not begun.
        (":x after :a; :a = 2030-05-03", "3 May 2030 or later"),
        (":x before :b; :b = 2030-05-03", "3 May 2030 or earlier"),
        (":x partOf :w; :w = 2030-05-03/2030-05-06", "between 3 and 6 May 2030"),
        # A cause had begun by its effect; nothing says that it was over, or that it lasted.
        (":e causedBy :x; :e = 2030-05-06", "begun by 6 May 2030"),
        (":e causedBy :x; :e = 2030-05", "begun by the end of May 2030"),
        (
            ":e inResponseTo :x; :e = 2030-05-06; :x after :a; :a = 2030-05-06",
            "begun on 6 May 2030",
        ),
        # A whole had begun by its parts, and was not over before them.
        (":p partOf :x; :p = 2030-05-06", "begun by 6 May 2030, not over before then"),
        (":p partOf :x; :p = 2030-05-06~", "begun by about 6 May 2030, not over before then"),
        (
            ":p partOf :x; :p = 2030-05-03/2030-05-06",
            "begun by 3 May 2030, not over before 6 May 2030",
        ),
        (
            ":p partOf :y; :y partOf :x; :p = 2030-04-03/2030-05-06; :q partOf :x; :q = 2030-05-02",
            "begun by 3 April 2030, not over before 6 May 2030",
        ),
        # An exact day goes before an equal one that is rough.
        (
            ":p partOf :x; :p = 2030-05-03/2030-05-06; :a partOf :x; :a = 2030-05-06~",
            "begun by 3 May 2030, not over before 6 May 2030",
        ),
        # On which day of May the part was is not known: the whole may have been over on the 1st.
        (
            ":p partOf :x; :p = 2030-05",
            "begun by the end of May 2030, not over before May 2030",
        ),
        (":p partOf :x; :p = 2030-05-03/..", "not over before 3 May 2030"),
        # Its own order bounds it as well.
        (
            ":p partOf :x; :p = 2030-05-03/2030-05-06; :x partOf :w; :w = 2030-05-01/2030-05-31",
            "begun between 1 and 3 May 2030, over between 6 and 31 May 2030",
        ),
        (
            ":p partOf :x; :p = 2030-05-03/2030-05-06; :x before :b; :b = 2030-05-06",
            "begun by 3 May 2030, over on 6 May 2030",
        ),
        (
            ":e causedBy :x; :e = 2030-05-06; :x before :b; :b = 2030-06",
            "begun by 6 May 2030, over by the end of June 2030",
        ),
        # Over by the day by which it had begun: the one says the other.
        (":e causedBy :x; :x before :e; :e = 2030-05-06", "6 May 2030 or earlier"),
        # A whole that was over before its part was contradicts itself.
        (":p partOf :x; :p = 2030-05-03/2030-05-09; :x before :b; :b = 2030-05-06", ""),
        (":p partOf :x; :p = 2030-05-06/2030-05-09; :x before :b; :b = 2030-05-06", ""),
        # What is made by being said is over when it has begun, and may hold on.
        (":e causedBy :x; :e = 2030-05-06; :x a Ceasefire", "6 May 2030 or earlier"),
        (":e inResponseTo :x; :e = 2030-05-06; :x a Threat", "6 May 2030 or earlier"),
        # The days of an agreement may be those for which it was to hold: it may have broken sooner.
        (
            ":p partOf :x; :p a Ceasefire; :p = 2030-05-03/2030-05-06",
            "begun by 3 May 2030, not over before then",
        ),
    ],
)
def test_a_beginning_is_not_told_as_an_end(lines: str, words: str, made: Made) -> None:
    assert Reader(made(lines)).span(X).words == words


def test_days_by_which_something_was_over(made: Made) -> None:
    reader = Reader(made(":p partOf :x; :p = 2030-05-03; :x before :b; :b = 2030-05-06"))
    over = reader.span(X).over_by
    assert over is not None
    assert over.day.isoformat() == "2030-05-06"
    assert reader.span(X).beginning.words == "3 May 2030 or earlier"


def test_every_event_of_the_article_has_its_days_once() -> None:
    graph = dk.build(validate=False)
    rows = list(graph.query(compose(asset("queries", "readings", "bounds.rq"))))
    assert len(rows) == len({getattr(row["event"], "value", None) for row in rows}) == 70
