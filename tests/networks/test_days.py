"""The days of all events at once are those that the reading of bounds gives for each."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daraa_kg.assets import asset
from daraa_kg.graph.built import Graph
from daraa_kg.namespaces import BASE, DKG, RDF
from daraa_kg.networks.days import event_days
from daraa_kg.queries.parts import compose

if TYPE_CHECKING:
    import daraa_kg as dk

Facts = Callable[[str], Graph]
Date = tuple[str, str | None, str | None]
Days = dict[str, tuple[str | None, str | None, str]]

BOUNDS = compose(asset("queries", "readings", "bounds.rq"))
RELATIONS = ["before", "after", "causedBy", "inResponseTo", "partOf", "duringWhole"]
# A date as it is written, its first and its last day.
DATES: list[Date] = [
    ("2030-05-03", "2030-05-03", "2030-05-03"),
    ("2030-05-02/2030-05-06", "2030-05-02", "2030-05-06"),
    ("2030-05", "2030-05-01", "2030-05-31"),
    ("2030-05-04~/2030-05-05?", "2030-05-04", "2030-05-05"),
    ("2030-05/2030-05-08", "2030-05-01", "2030-05-08"),
    ("2030-05-03/..", "2030-05-03", None),
    ("../2030-05-07", None, "2030-05-07"),
]


def asked(store: ox.Store) -> Days:
    """Give the days of events as the reading gives them."""
    answer = store.query(BOUNDS)
    assert isinstance(answer, ox.QuerySolutions)
    rows = [[getattr(term, "value", None) for term in row] for row in answer]
    return {str(event): (first, last, how) for event, first, last, how in rows if how}


def found(store: ox.Store) -> Days:
    """Give the days of events as networks have them."""
    kind, event = ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + "Event")
    quads = store.quads_for_pattern(None, kind, event, ox.DefaultGraph())
    events = {str(getattr(quad.subject, "value", "")) for quad in quads}
    days = event_days(store, events)
    return {
        event: (days["start"].get(event), days["end"].get(event), how)
        for event, how in days["bounds"].items()
        if event in events
    }


def test_the_article_s_events_have_the_days_of_the_reading(graph: dk.Graph) -> None:
    days = found(graph.store)
    assert days == asked(graph.store)
    assert {how for *_, how in days.values()} == {"stated", "inferred"}
    checkpoints = graph.iri("event/seizure-of-checkpoints")
    assert days[checkpoints] == ("2021-07-29", "2021-07-30", "inferred")


def test_every_chain_of_three_relations_gives_the_days_of_the_reading() -> None:
    steps = [(name, turned) for name in RELATIONS for turned in (False, True)]
    store = ox.Store()
    for number, chain in enumerate(itertools.product(steps, repeat=3)):
        things = [_event(f"{number}-{place}") for place in range(4)]
        for thing in things:
            _state(store, thing, RDF + "type", ox.NamedNode(DKG + "Event"))
        for (name, turned), one, other in zip(chain, things, things[1:], strict=False):
            subject, value = (other, one) if turned else (one, other)
            _state(store, subject, DKG + name, value)
        _date(store, things[-1], DATES[number % 3])
    days = found(store)
    assert days == asked(store)
    assert sum(how == "inferred" for *_, how in days.values()) > len(steps) ** 2


NUMBERS = st.integers(0, 6)


@settings(max_examples=60, deadline=None)
@given(
    relations=st.lists(st.tuples(NUMBERS, st.sampled_from(RELATIONS), NUMBERS), max_size=12),
    dates=st.dictionaries(NUMBERS, st.sampled_from(DATES), max_size=4),
    possible=st.sets(NUMBERS, max_size=1),
)
def test_any_order_of_events_gives_the_days_of_the_reading(
    relations: list[tuple[int, str, int]], dates: dict[int, Date], possible: set[int]
) -> None:
    store = ox.Store()
    for number in range(7):
        kind = "PossibleEvent" if number in possible else "Event"
        _state(store, _event(number), RDF + "type", ox.NamedNode(DKG + kind))
    for thing, name, other in relations:
        _state(store, _event(thing), DKG + name, _event(other))
    for number, date in dates.items():
        _date(store, _event(number), date)
    assert found(store) == asked(store)


def _event(name: object) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}made/{name}")


def _state(
    store: ox.Store, thing: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal
) -> None:
    store.add(ox.Quad(thing, ox.NamedNode(predicate), value))


def _date(store: ox.Store, thing: ox.NamedNode, date: Date) -> None:
    for name, text in zip(("when", "earliest", "latest"), date, strict=True):
        if text is not None:
            _state(store, thing, DKG + name, ox.Literal(text))


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        (":x dkg:after :day .", "2030-05-03", None),
        (":x dkg:before :day .", None, "2030-05-03"),
        (":x dkg:duringWhole :days .", "2030-05-02", "2030-05-06"),
        # After all of an interval, and before any of it.
        (":x dkg:after :days .", "2030-05-06", None),
        (":x dkg:before :days .", None, "2030-05-02"),
        # What contradicts itself says nothing.
        (":x dkg:after :days ; dkg:before :day .", None, None),
    ],
)
def test_an_event_without_a_date(
    order: str, first: str | None, last: str | None, facts: Facts
) -> None:
    graph = facts(
        f"""
        :x a dkg:Clash . {order}
        :day a dkg:Clash ; dkg:when "2030-05-03" ;
          dkg:earliest "2030-05-03" ; dkg:latest "2030-05-03" .
        :days a dkg:Clash ; dkg:when "2030-05-02/2030-05-06" ;
          dkg:earliest "2030-05-02" ; dkg:latest "2030-05-06" .
        """
    )
    values = graph.to_networkx("everything").nodes[graph.shorten(BASE + "mini/x")]
    assert (values.get("start"), values.get("end")) == (first, last)
    assert values.get("bounds") == ("inferred" if first or last else None)


def test_a_possible_event_has_no_days_but_those_of_its_date(facts: Facts) -> None:
    graph = facts(
        """
        :day a dkg:Clash ; dkg:when "2030-05-03" ;
          dkg:earliest "2030-05-03" ; dkg:latest "2030-05-03" .
        :planned a dkg:Prospect ; dkg:after :day ; dkg:when "../2030-05-07" ;
          dkg:latest "2030-05-07" .
        :hoped a dkg:Prospect ; dkg:after :day .
        """
    )
    nodes = graph.to_networkx("everything").nodes
    planned, hoped = nodes["planned"], nodes["hoped"]
    assert (planned["end"], planned["bounds"]) == ("2030-05-07", "stated")
    assert planned["possible"] is True
    assert "start" not in planned
    assert hoped["possible"] is True
    assert not hoped.keys() & {"start", "end", "bounds"}
