"""How much each figure of casualties adds to a sum in which nobody is counted twice.

What a figure covers, and which figures restate each other, is asked of the graph. The sum itself
is a recursion over what is covered, max(number, sum of what it covers), and SPARQL 1.1 has neither
recursion over aggregates nor a maximum of a number and a sum below it; so it is done here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

__all__ = ["Sums", "add_up"]

Pair = tuple[str, str]


@dataclass(frozen=True)
class Sums:
    """What figures add to a sum, and which of them are one.

    Attributes:
        adds: for each figure, how many people it stands for beyond those whom the figures below it
            stand for; a restated figure adds nothing. Over a figure and all below it, these add up
            to the greater of its number and the sum of what it covers.
        stands_for: for each figure, the one that is counted for it and for what restates it.
        below: for each figure that is counted, all that it covers, directly or not.
    """

    adds: Mapping[str, int]
    stands_for: Mapping[str, str]
    below: Mapping[str, frozenset[str]]


def add_up(
    numbers: Mapping[str, int],
    covers: Iterable[Pair] = (),
    same: Iterable[Pair] = (),
    contradicts: Iterable[Pair] = (),
    groups: Mapping[str, Hashable] | None = None,
) -> Sums:
    """Work out what each figure adds, so that those whom several figures count are counted once.

    Two figures share people only as far as a third is covered by both, and figures of one group
    (of one event, side and outcome) share none. Of figures that restate each other the greatest
    number holds, of figures that contradict each other the smallest.

    Args:
        numbers: the least number of people that each figure stands for, 0 if it has no number.
        covers: pairs of a figure and one that it counts among its own.
        same: pairs of figures that restate each other.
        contradicts: pairs of figures that tell of the same people and differ.
        groups: the group of a figure; one that has none is alone.
    """
    classes = _Classes(numbers)
    for one, other in same:
        classes.join(one, other)
    values = {head: max(numbers[m] for m in ms) for head, ms in classes.members().items()}
    for one, other in contradicts:
        classes.join(one, other)
    links = list(covers)
    below = _below(classes, links)
    for one, other in [(a, b) for a in below for b in below[a] if a in below.get(b, ())]:
        classes.join(one, other)  # each covers the other: they are one
    below = _below(classes, links)
    least: dict[str, int] = {}
    for head, value in values.items():
        now = classes.find(head)
        least[now] = min(value, least.get(now, value))
    heads = {
        head: min(members, key=lambda m: (abs(numbers[m] - least[head]), m))
        for head, members in classes.members().items()
    }
    known = groups or {}
    work = _Work(below, least, {head: known[name] for head, name in heads.items() if name in known})
    for head in sorted(heads, key=lambda h: (len(below[h]), heads[h])):
        work.settle(head)
    adds = dict.fromkeys(numbers, 0)
    adds.update({heads[head]: number for head, number in work.adds.items()})
    return Sums(
        adds,
        {name: heads[classes.find(name)] for name in numbers},
        {heads[head]: frozenset(heads[b] for b in found) for head, found in below.items()},
    )


@dataclass
class _Work:
    """The sum in the making: what is below is settled before what is above."""

    below: Mapping[str, frozenset[str]]
    least: Mapping[str, int]
    groups: Mapping[str, Hashable]
    adds: dict[str, int] = field(default_factory=dict)
    # How many of the people of a figure below the members of a group have taken for their own.
    taken: dict[str, dict[str, int]] = field(default_factory=dict)

    def settle(self, figure: str) -> None:
        """Find what a figure adds to what it covers."""
        beside = self._beside(figure)
        shared = {b: sum(b in self.below[other] for other in beside) for b in self.below[figure]}
        left, mine = self.least[figure], {}
        # What no other member of the group covers is taken first: nobody else can take it.
        for part in sorted(shared, key=lambda p: (shared[p], p)):
            gone = sum(self.taken.get(other, {}).get(part, 0) for other in beside)
            mine[part] = min(left, self.adds[part] - gone)
            left -= mine[part]
        self.taken[figure] = mine
        self.adds[figure] = left

    def _beside(self, figure: str) -> list[str]:
        """Give the other figures of the group, those aside that cover it or that it covers."""
        group = self.groups.get(figure)
        return [
            other
            for other, its in self.groups.items()
            if group is not None
            and its == group
            and other != figure
            and other not in self.below[figure]
            and figure not in self.below[other]
        ]


class _Classes:
    """Figures that are counted as one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._up = {name: name for name in names}

    def find(self, name: str) -> str:
        """Give the figure that heads the class of another."""
        while self._up[name] != name:
            name = self._up[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Make two classes one; what is not among the figures is passed over."""
        if one in self._up and other in self._up:
            first, second = sorted((self.find(one), self.find(other)))
            self._up[second] = first

    def members(self) -> dict[str, list[str]]:
        """Give the figures of each class by its head."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._up:
            found[self.find(name)].append(name)
        return found

    def __contains__(self, name: str) -> bool:
        return name in self._up


def _below(classes: _Classes, covers: Iterable[Pair]) -> dict[str, frozenset[str]]:
    """Give for each class all classes that it covers, directly or not, itself left out."""
    direct: dict[str, set[str]] = {head: set() for head in classes.members()}
    for whole, part in covers:
        if whole in classes and part in classes:
            direct[classes.find(whole)].add(classes.find(part))
    found = {}
    for head, parts in direct.items():
        seen: set[str] = set()
        ahead = list(parts)
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                ahead.extend(direct[name])
        found[head] = frozenset(seen - {head})
    return found
