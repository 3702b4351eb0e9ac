from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.statements.naming import id_problem, nested_name, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("killed", "killed"),
        ("WeaponsHandover", "weapons-handover"),
        ("kg:actor/112th-brigade", "112th-brigade"),
        ("side/government", "government"),
        ("event/x#term-withdrawal", "term-withdrawal"),
        ("IEDAttack", "ied-attack"),
        ("", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=40))
def test_a_slug_is_fit_for_an_id(text: str) -> None:
    made = slug(text)
    assert made == "" or id_problem(f"event/{made}") is None or made.strip(".") == ""


def test_nested_names_never_depend_on_position() -> None:
    assert (
        nested_name("event/x", "casualties", ["killed", "kg:actor/a"])
        == "event/x#casualties-killed-a"
    )
    assert nested_name("event/x#term-withdrawal", "strength", ["vehicles"]) == (
        "event/x#term-withdrawal/strength-vehicles"
    )
    assert nested_name("event/x", "figure", []) == "event/x#figure"


@pytest.mark.parametrize(
    "good",
    ["event/x", "kg:place/al-jizah", "https://example.org/a?b=c#d", "person/é", "event/x#term-a/b"],
)
def test_good_ids(good: str) -> None:
    assert id_problem(good) is None


@pytest.mark.parametrize(
    ("bad", "message", "hint"),
    [
        ("event/the siege", "the id “event/the siege” has a space in it", "write event/the-siege"),
        (
            "place:daraa",
            "“place:” is no prefix of ours, so “place:daraa” names nothing",
            "write place/daraa",
        ),
        (
            "event/<x>",
            "the id “event/<x>” has the character '<' in it, which no IRI may have",
            "use letters, digits, “-”, “_”, “.” and “~” only",
        ),
        (
            "/event/x",
            "the id “/event/x” is not made of names with “/” between them",
            "use letters, digits, “-”, “_”, “.” and “~” only",
        ),
        (
            "event/../x",
            "the id “event/../x” is not made of names with “/” between them",
            "use letters, digits, “-”, “_”, “.” and “~” only",
        ),
        (
            "event/x?y",
            "the id “event/x?y” is not made of names with “/” between them",
            "use letters, digits, “-”, “_”, “.” and “~” only",
        ),
    ],
)
def test_bad_ids(bad: str, message: str, hint: str | None) -> None:
    assert id_problem(bad) == (message, hint)
