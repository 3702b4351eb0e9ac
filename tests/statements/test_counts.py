"""Whether a number agrees with the words that it is said to rest on."""

from __future__ import annotations

import pytest

from daraa_kg.statements.checks import disagreement

NUMBERS = [
    ("count", "2", "Ahmad and Omar", 2, None),
    (
        "count",
        "3",
        "Ahmad and Omar",
        2,
        "“count” is 3, and its words “Ahmad and Omar” have no number",
    ),
    ("count", "200", "about 200 men", 0, None),
    (
        "count",
        "200",
        "over 200 men",
        0,
        "“count” is 200, and its words “over 200 men” say more than 200",
    ),
    ("atLeast", "201", "over 200 men", 0, None),
    ("atLeast", "200", "over 200 men", 0, None),
    ("atLeast", "30", "30–31 men", 0, None),
    ("atMost", "31", "30–31 men", 0, None),
    (
        "atMost",
        "30",
        "30–31 men",
        0,
        "“atMost” is 30, and its words “30–31 men” say at least 30 and at most 31",
    ),
    ("atMost", "9", "fewer than 10 men", 0, None),
    ("atLeast", "24", "dozens of men", 0, None),
    (
        "atLeast",
        "25",
        "dozens of men",
        0,
        "“atLeast” is 25, and its words “dozens of men” say only “dozens”",
    ),
    ("count", "0", "no civilians", 0, None),
    ("count", "29", "29 July", 0, "“count” is 29, and its words “29 July” have no number"),
]


@pytest.mark.parametrize(("key", "value", "words", "people", "message"), NUMBERS)
def test_a_number_agrees_with_its_words_or_not(
    key: str, value: str, words: str, people: int, message: str | None
) -> None:
    problem = disagreement(key, value, [words], people)
    assert (problem and problem[0]) == message
