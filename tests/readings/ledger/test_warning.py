"""Parts that come to more than their whole: a warning, in the words of the shape."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.graph.validation import find_violations

from .figures import Facts, dead

MINI = Path(__file__).parents[2] / "fixtures" / "mini"


def warned(graph: dk.Graph) -> list[tuple[str, str]]:
    return [
        (graph.shorten(v.focus), v.message.partition(", more")[0].rpartition(" ")[2])
        for v in find_violations(graph)
        if v.shape.endswith("#parts-within-total")
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (dead("war", "all", "3") + dead("raid", "three", "3"), []),
        (dead("war", "all", "2") + dead("raid", "three", "3"), [("war#all", "3")]),
        # An interval's own toll stands for its days …
        (
            dead("war", "all", "7")
            + dead("battle", "seven", "7")
            + dead("day1", "three", "3")
            + dead("day2", "two", "2"),
            [],
        ),
        # … unless these come to more: then it is the interval that is wrong.
        (
            dead("war", "all", "7")
            + dead("battle", "four", "4")
            + dead("day1", "three", "3")
            + dead("day2", "two", "2"),
            [("battle#four", "5")],
        ),
        # What has no number does not hide what is below it.
        (
            dead("war", "all", "4")
            + dead("battle", "several", "")
            + dead("day1", "three", "3")
            + dead("day2", "two", "2"),
            [("war#all", "5")],
        ),
        # A figure that is told again, or contradicted, is no second one.
        (
            dead("war", "all", "3")
            + dead("raid", "three", "3", more="dkg:sameFigure <day1#again>")
            + dead("day1", "again", "3"),
            [],
        ),
        (
            dead("war", "all", "3")
            + dead("raid", "three", "3", more="dkg:contradicts <raid#two>")
            + dead("raid", "two", "2"),
            [],
        ),
        # Another side, another outcome, another unit are other people.
        (
            dead("war", "all", "3")
            + dead("raid", "red", "9", side="red")
            + dead("day1", "families", "9", more="dkg:unit dkg:families"),
            [],
        ),
        # A bound: at least 3 may be more, at most 3 may not.
        (dead("war", "all", "dkg:atLeast 3") + dead("raid", "four", "4"), []),
        (dead("war", "all", "dkg:atMost 3") + dead("raid", "four", "4"), [("war#all", "4")]),
        (
            dead("war", "all", "3") + dead("raid", "four", "dkg:atLeast 4"),
            [("war#all", "4")],
        ),
        # A person whom no figure includes is one more.
        (
            '<x> a dkg:Person ; rdfs:label "X"@en ; dkg:fate dkg:killed . <blue> dkg:commander <x> .'
            + dead("war", "all", "3")
            + dead("raid", "three", "3"),
            [("war#all", "4")],
        ),
        (
            '<x> a dkg:Person ; rdfs:label "X"@en ; dkg:fate dkg:killed . <blue> dkg:commander <x> .'
            + dead("war", "all", "3")
            + dead("raid", "three", "3", more="dkg:includesPerson <x>"),
            [],
        ),
        # 5 and 4 that share 3 are 6, and one of the two is left out of the warning's sum.
        (
            dead("war", "all", "6")
            + dead("battle", "five", "5", more="dkg:includes <day2#three>")
            + dead("raid", "four", "4", more="dkg:includes <day2#three>")
            + dead("day2", "three", "3"),
            [],
        ),
    ],
)
def test_where_the_parts_exceed_the_whole(
    facts: Facts, told: str, expected: list[tuple[str, str]]
) -> None:
    graph = facts(told)
    assert warned(graph) == [(f"{name}", number) for name, number in expected]
    excess = [b.excess for b in graph.ledger().balances if b.excess]
    assert bool(excess) == any(name.startswith("war#") for name, _ in expected)


def test_check_warns_and_does_not_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(MINI, tmp_path / "mini"))
    for name, old, new in (
        ("article.txt", "2 killed", "1 killed"),
        ("statements.yaml", "count: 2, wording: 2 killed", "count: 1, wording: 1 killed"),
    ):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.chdir(folder)
    graph = dk.build(folder)
    assert [str(fault) for fault in graph.faults] == [
        "statements.yaml:20:13: warning: “event/siege#casualties-killed-rebels”: the figures of its "
        "parts come to 2, more than its own 1 (see also line 24, line 33, line 36 and 2 more); "
        "correct a number, or write “includes” or “sameFigure” where two of them count the same "
        "people"
    ]
    (balance,) = graph.ledger().balances
    assert (balance.explained, balance.unexplained, balance.excess) == (2, 0, 1)


def test_the_reference_graph_has_nothing_to_warn_of() -> None:
    assert warned(dk.build(validate=False)) == []
