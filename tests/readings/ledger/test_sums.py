"""The sum itself, on any tree and any tangle of figures, against its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.readings.ledgersums import add_up

if TYPE_CHECKING:
    from random import Random

Tree = list[tuple[int, int | None]]  # the number of each figure, and which one it lies within


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    numbers = draw(st.lists(st.integers(0, 20), min_size=1, max_size=12))
    return [
        (number, draw(st.one_of(st.none(), st.integers(0, at - 1))) if at else None)
        for at, number in enumerate(numbers)
    ]


@st.composite
def tangles(draw: st.DrawFn) -> tuple[dict[str, int], list[tuple[str, str]], list[tuple[str, str]]]:
    numbers = {str(i): n for i, n in enumerate(draw(st.lists(st.integers(0, 9), max_size=8)))}
    names = sorted(numbers)
    if not names:
        return {}, [], []
    pairs = st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=12)
    return numbers, draw(pairs), draw(pairs)


def by_definition(tree: Tree, figure: int | None = None) -> int:
    """Section 7 of the design: the sum, over the topmost, of max(number, sum of what it covers)."""
    return sum(
        max(number, by_definition(tree, at))
        for at, (number, within) in enumerate(tree)
        if within == figure
    )


@given(trees())
def test_a_tree_comes_to_what_the_definition_says(tree: Tree) -> None:
    numbers = {str(at): number for at, (number, _) in enumerate(tree)}
    covers = [(str(within), str(at)) for at, (_, within) in enumerate(tree) if within is not None]
    assert sum(add_up(numbers, covers).adds.values()) == by_definition(tree)
    # What is covered twice over, through another figure and directly, makes no difference.
    above = {part: whole for whole, part in covers}
    closed = [(top, str(at)) for at in range(len(tree)) for top in chain(above, str(at))]
    assert add_up(numbers, closed).adds == add_up(numbers, covers).adds


def chain(above: dict[str, str], name: str) -> list[str]:
    return [above[name], *chain(above, above[name])] if name in above else []


@given(trees(), st.randoms())
def test_the_order_of_what_is_told_makes_no_difference(tree: Tree, random: Random) -> None:
    numbers = {str(at): number for at, (number, _) in enumerate(tree)}
    covers = [(str(within), str(at)) for at, (_, within) in enumerate(tree) if within is not None]
    shuffled = list(numbers.items())
    random.shuffle(shuffled)
    assert add_up(dict(shuffled), covers[::-1]) == add_up(numbers, covers)


@given(tangles())
def test_a_tangle_stays_between_its_bounds(
    tangle: tuple[dict[str, int], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    numbers, covers, same = tangle
    sums = add_up(numbers, covers, same)
    total = sum(sums.adds.values())
    assert set(sums.adds) == set(numbers) == set(sums.stands_for)
    assert all(number >= 0 for number in sums.adds.values())
    assert total <= sum(numbers.values())
    for name, counted in sums.stands_for.items():
        assert sums.adds[name] == 0 or counted == name
    for head, below in sums.below.items():
        assert head not in below
        assert sums.adds[head] + sum(sums.adds[b] for b in below) >= numbers[head]
        assert all(sums.below[b] < below for b in below)


def test_two_of_one_group_share_nobody() -> None:
    """m has 2 and n has 2; m covers d and e, n covers d; 2 of d and 2 of e: no more than 4."""
    numbers = {"m": 2, "n": 2, "d": 2, "e": 2}
    covers = [("m", "d"), ("m", "e"), ("n", "d")]
    apart = add_up(numbers, covers)
    assert sum(apart.adds.values()) == 4
    together = add_up(numbers, covers, groups={"m": 1, "n": 1})
    assert sum(together.adds.values()) == 4
    # 3 and 4 of one event, and 2 of either: 7, where unrelated figures would come to 5.
    numbers = {"m": 3, "n": 4, "d": 2}
    covers = [("m", "d"), ("n", "d")]
    assert sum(add_up(numbers, covers).adds.values()) == 5
    assert sum(add_up(numbers, covers, groups={"m": 1, "n": 1}).adds.values()) == 7


def test_what_is_not_among_the_figures_is_passed_over() -> None:
    assert add_up({"a": 3}, [("a", "b"), ("c", "a")], [("a", "z")]).adds == {"a": 3}
    assert add_up({}).adds == {}
