"""Literals that a store has written otherwise, as the dataset writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.namespaces import GEO, XSD
from daraa_kg.stores.normalform import normal

if TYPE_CHECKING:
    from daraa_kg.queries.results import Term


def literal(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(datatype))


GEOMETRY = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
WKT = GEO + "wktLiteral"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (literal("1", XSD + "boolean"), literal("true", XSD + "boolean")),
        (literal("0", XSD + "boolean"), literal("false", XSD + "boolean")),
        (literal("POINT(36.1 32.6)", GEOMETRY), literal("POINT(36.1 32.6)", WKT)),
        (literal("LINESTRING(1 2,3 4)", GEOMETRY), literal("LINESTRING(1 2, 3 4)", WKT)),
        (literal("86400.0", XSD + "duration"), literal("P1D", XSD + "duration")),
        (literal("93784", XSD + "duration"), literal("P1DT2H3M4S", XSD + "duration")),
        (literal("10800", XSD + "duration"), literal("PT3H", XSD + "duration")),
        (literal("0", XSD + "duration"), literal("PT0S", XSD + "duration")),
    ],
)
def test_a_spelling_that_a_store_has_changed_is_ours_again(
    theirs: ox.Literal, ours: ox.Literal
) -> None:
    assert normal(theirs) == ours


@pytest.mark.parametrize(
    "term",
    [
        None,
        ox.NamedNode("urn:x"),
        ox.Literal("1"),
        ox.Literal("1", language="en"),
        literal("1", XSD + "integer"),
        literal("true", XSD + "boolean"),
        literal("P1D", XSD + "duration"),
        literal("P1M", XSD + "duration"),
        literal("LINESTRING(1 2, 3 4)", WKT),
    ],
)
def test_other_terms_stay(term: Term | None) -> None:
    assert normal(term) == term
