from __future__ import annotations

import pyoxigraph as ox
import pytest

from daraa_kg.namespaces import EDTF, XSD
from daraa_kg.statements.literals import canonical, literal_problem

GOOD = {
    "integer": ["0", "26", "-3", "11000"],
    "nonNegativeInteger": ["0", "26"],
    "decimal": ["32.61889", "-5", "1000", "0.5"],
    "boolean": ["true", "false"],
    "date": ["2021-08-19", "2020-02-29"],
    "duration": ["P1D", "P21D", "PT6H", "P1Y2M3DT4H5M6.7S"],
    "anyURI": ["https://example.org/a_(b)#:~:text=x"],
}

BAD = [
    ("integer", "11,000", "“11,000” is not a whole number", "write 11000"),
    ("integer", "11 000", "“11 000” is not a whole number", "write 11000"),
    (
        "integer",
        "six",
        "“six” is not a whole number",
        "write digits only, and the text's own words in “wording”",
    ),
    (
        "integer",
        "1e3",
        "“1e3” is not a whole number",
        "write digits only, and the text's own words in “wording”",
    ),
    (
        "integer",
        "٣",
        "“٣” is not a whole number",
        "write digits only, and the text's own words in “wording”",
    ),
    (
        "nonNegativeInteger",
        "-1",
        "“-1” is not a whole number",
        "write digits only, and the text's own words in “wording”",
    ),
    ("decimal", "32,6", "“32,6” is not a decimal number", "write digits with a point: 32.61889"),
    ("boolean", "no", "“no” is neither true nor false", "write false"),
    ("boolean", "Yes", "“Yes” is neither true nor false", "write true"),
    ("boolean", "maybe", "“maybe” is neither true nor false", "write true or false"),
    ("date", "19 August", "“19 August” is not a date", "write year, month and day: 2021-08-19"),
    ("date", "2021-02-29", "“2021-02-29” is not a day of the calendar", None),
    (
        "duration",
        "P",
        "“P” is not a duration",
        "write P1D for a day, P2W as P14D, PT6H for six hours",
    ),
    (
        "duration",
        "P1DT",
        "“P1DT” is not a duration",
        "write P1D for a day, P2W as P14D, PT6H for six hours",
    ),
    ("anyURI", "example.org", "“example.org” is not a web address", "write it in full: https://…"),
]


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in GOOD.items() for t in texts])
def test_good(name: str, text: str) -> None:
    assert literal_problem(text, XSD + name) is None


@pytest.mark.parametrize(("name", "text", "message", "hint"), BAD)
def test_bad(name: str, text: str, message: str, hint: str | None) -> None:
    assert literal_problem(text, XSD + name) == (message, hint)


def test_dates_of_edtf_are_read() -> None:
    assert literal_problem("2021-08-29/2021-08-30", EDTF) is None
    problem = literal_problem("2021-08-30/2021-08-29", EDTF)
    assert problem is not None
    assert problem[1] == "write 2021-08-29/2021-08-30"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("32.6640", "decimal", "32.664"),
        ("1000.00", "decimal", "1000"),
        ("100", "integer", "100"),
        ("-0.50", "decimal", "-0.5"),
        ("-0", "integer", "0"),
        ("000", "integer", "0"),
        ("007", "string", "007"),
    ],
)
def test_numbers_are_written_as_the_store_writes_them(text: str, name: str, expected: str) -> None:
    assert canonical(text, XSD + name) == expected
    store, node = ox.Store(), ox.NamedNode("urn:x:y")
    store.add(ox.Quad(node, node, ox.Literal(text, datatype=ox.NamedNode(XSD + name))))
    (quad,) = store
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == expected


def test_other_datatypes_take_any_text() -> None:
    assert literal_problem("POINT(1 2)", "http://www.opengis.net/ont/geosparql#wktLiteral") is None
