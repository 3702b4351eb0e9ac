"""Word breaks: which cuts go through a word."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text import wordbreaks
from daraa_kg.text.wordbreaks import has_word, is_inside_word, whole_words


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("two words", {1, 2, 5, 6, 7, 8}),
        ("it's", {1, 2, 3}),
        ("’tis’", {2, 3}),
        ("1.5,0", {1, 2, 3, 4}),
        ("a.b", set()),
        ("al-B", {1}),
        ("e\u0301t", {1, 2}),
        ("_x_", set()),
        ("x1", {1}),
    ],
)
def test_cuts_through_words(text: str, cuts: set[int]) -> None:
    assert {i for i in range(-1, len(text) + 2) if is_inside_word(text, i)} == cuts


@given(st.text(st.sampled_from("ab1’'., -é\u0301\n")), st.data())
def test_whole_words_hold_the_stretch_and_cut_none(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = whole_words(text, start, end)
    assert left <= start <= end <= right
    assert not is_inside_word(text, left)
    assert not is_inside_word(text, right)
    assert whole_words(text, left, right) == (left, right)


def test_what_has_a_word() -> None:
    assert [has_word(text) for text in ("", " …", "()", "é", "1")] == [False] * 3 + [True] * 2


def test_examples_of_the_docstrings_run() -> None:
    results = doctest.testmod(wordbreaks)
    assert (results.failed, results.attempted > 0) == (0, True)
