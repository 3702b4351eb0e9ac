"""CSV whose texts stay texts; `exports/test_spreadsheet.py` reads such files back."""

from __future__ import annotations

import pytest

from daraa_kg.exports.guardedcsv import to_csv, unguarded


def test_rows_stand_under_their_columns_in_their_order() -> None:
    rows: list[dict[str, object]] = [{"b": 2, "a": "one, two"}, {"a": None, "b": -3}]
    assert to_csv(rows, ("a", "b")) == b'a,b\r\n"one, two",2\r\n,-3\r\n'


def test_without_rows_the_heading_stays() -> None:
    assert to_csv([], ("a", "b")) == b"a,b\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "＝1", "'=1", "''-1"])
def test_what_begins_as_a_formula_is_guarded_and_comes_back(text: str) -> None:
    assert to_csv([{"a": text}], ("a",)) == f"a\r\n'{text}\r\n".encode()
    assert unguarded(f"'{text}") == text


@pytest.mark.parametrize("text", ["'quoted'", "a=1", "", " =1"])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert to_csv([{"a": text, "b": 1}], ("a", "b")) == f"a,b\r\n{text},1\r\n".encode()
    assert unguarded(text) == text
