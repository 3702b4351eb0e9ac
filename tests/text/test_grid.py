from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text.grid import cells_of, grid, printable, wrap

WORDS = st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("Daraa", 5), ("درعا", 4), ("e\N{COMBINING ACUTE ACCENT}", 1), ("大馬士革", 8), ("", 0)],
)
def test_columns_are_counted_as_a_terminal_does(text: str, cells: int) -> None:
    assert cells_of(text) == cells


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one\ntwo three", 20, ["one", "two three"]),
        ("2021-07-30/2021-07-31", 21, ["2021-07-30/2021-07-31"]),
        ("2021-07-30/2021-07-31", 20, ["2021-07-30/", "2021-07-31"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a/b/c/d", 4, ["a/b/", "c/d"]),
        ("大馬士革", 5, ["大馬", "士革"]),
    ],
)
def test_lines_are_broken_between_words(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(st.lists(WORDS, max_size=8), st.integers(min_value=2, max_value=40))
def test_no_line_is_too_long_and_nothing_is_lost(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width)
    assert all(cells_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join("".join(words).split())


@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=5),
    st.integers(min_value=20, max_value=120),
)
def test_a_grid_never_runs_over_the_edge(rows: list[list[str]], width: int) -> None:
    drawn = grid(["one", "two", "three"], [False, True, False], rows, width)
    if drawn is not None:
        assert all(cells_of(line) <= width for part in drawn for line in part)


def test_a_long_title_is_broken_too() -> None:
    drawn = grid(["in the offensive", "b"], [True, False], [["6", "x" * 20]], 32)
    assert drawn is not None
    head, body = drawn
    assert head == ["    in the  b", " offensive", "─" * 32]
    assert body == ["         6  " + "x" * 20]


def test_too_narrow_a_terminal_has_no_grid() -> None:
    assert grid(["a", "b"], [False, False], [["x" * 11, "y" * 11]], 23) is None


def test_what_steers_a_terminal_is_replaced() -> None:
    assert (
        printable("a\x1b[31m\nb\x07")
        == "a\N{REPLACEMENT CHARACTER}[31m\nb\N{REPLACEMENT CHARACTER}"
    )
