"""The nearest stretch, and the words that say how a quote differs from it."""

from __future__ import annotations

import doctest

import pytest

import daraa_kg.text.nearest
from daraa_kg.text.article import Span
from daraa_kg.text.nearest import difference, nearest, nearest_stretch, suggestion

TEXT = "The rebels left the town. The army took the town at night.\nThe army left."
BLOCKS = [Span(0, 58), Span(59, 73)]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("army tok the town", "army took the town"),
        ("THE ARMY TOOK", "The army took"),
        ("the army toook the town by night.", "The army took the town at night."),
        ("army went.", "army left."),
        ("took the village at night", "took the town at night"),
        ("rebel left the towns", "rebels left the town"),
    ],
)
def test_the_nearest_stretch(quote: str, found: str) -> None:
    span = nearest_stretch(TEXT, BLOCKS, quote)
    assert span is not None
    assert TEXT[slice(*span)] == found


@pytest.mark.parametrize("quote", ["", " ", "zebra crossing", "qqq the qqqqqq qqqqqqqqqq"])
def test_nothing_is_near(quote: str) -> None:
    assert nearest_stretch(TEXT, BLOCKS, quote) is None
    assert nearest_stretch("", [], quote) is None


@pytest.mark.parametrize(
    ("quote", "exact", "sentence"),
    [
        ("a b", "a  b", "they differ in white space only"),
        ("a x c", "a b c", "the quote has “x” where the article has “b”"),
        ("a b x c", "a b c", "the quote has “x”, which the article has not"),
        ("a c", "a b c", "the article has “b”, which the quote leaves out"),
        ("Army", "army", "the quote has “Army” where the article has “army”"),
        ("5-6 July", "5–6 July", "in “5–6” the quote has - (HYPHEN-MINUS) for – (EN DASH)"),
        ("a", "1 2 3 4 5 6 7", "the quote has “a” where the article has “1 2 3 4 5 6 …”"),
        ("cafe\u0301", "caf\u00e9", "the quote has “cafe\u0301” where the article has “caf\u00e9”"),
    ],
)
def test_the_first_difference(quote: str, exact: str, sentence: str) -> None:
    assert difference(quote, exact) == sentence


def test_examples_of_the_docstrings_run() -> None:
    results = doctest.testmod(daraa_kg.text.nearest)
    assert (results.failed, results.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("word", "found"),
    [("Ceasefyre", "Ceasefire"), ("ceasefire", "Ceasefire"), ("Bombin", "Bombing"), ("qqq", None)],
)
def test_nearest(word: str, found: str | None) -> None:
    assert nearest(word, ["Bombing", "Ceasefire", "Clash"]) == found


def test_a_suggestion_is_a_name_or_all_of_them() -> None:
    names = ("csv", "parquet", "xlsx")
    assert suggestion("parkuet", names) == "did you mean parquet?"
    assert suggestion("q", names) == "write csv, parquet or xlsx"
