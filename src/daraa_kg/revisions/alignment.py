"""Align two revisions of an article: which sentence became which, and where a stretch stands now.

difflib over whole sentences anchors what is the same; what lies between is paired by the words that
the sentences share. Word by word it would take seconds for a long article, and pair “the” with any
other “the”.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from ..text.article import Span
from .wordchanges import Comparison, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..text.article import Article

__all__ = ["Alignment", "Group", "Projection", "longest_rise"]

_COMMON = 40  # units; a word of more of them tells none apart
_TRIED = 4  # candidates for a sentence that are compared word by word
_NEAR = 0.4  # likeness that is enough for a sentence between the same neighbours
_FAR = 0.6  # likeness that is needed elsewhere
_TAKEN_IN = 0.6  # share of a sentence's words by which it belongs to its neighbour's pair


@dataclass(frozen=True)
class Group:
    """Neighbouring sentences of the one revision and those of the other that stand for them.

    `old` and `new` are stretches of the two texts; `same` tells that they read alike but for white
    space.
    """

    old: Span
    new: Span
    same: bool


@dataclass(frozen=True)
class Projection:
    """Where a stretch of the old text stands in the new one; `whole` when none of it is missing."""

    start: int
    end: int
    whole: bool


@dataclass(frozen=True)
class _Unit(Span):
    block: int
    words: str


class Alignment:
    """Two revisions of an article side by side; infobox fields are left out, they have their keys.

    Args:
        old: the text that statements were made from.
        new: another revision of it.
    """

    def __init__(self, old: Article, new: Article) -> None:
        self.old = old
        self.new = new
        self._ours = _units(old)
        self._theirs = _units(new)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What stands for what, in the order of the old text."""
        pairs = self._same()
        pairs |= _Pairing(self._ours, self._theirs, pairs).find()
        spans = _Growth(self._ours, self._theirs, pairs).spans()
        return tuple(
            Group(
                _span(self._ours, first, last),
                _span(self._theirs, low, high),
                _words(self._ours[first:last]) == _words(self._theirs[low:high]),
            )
            for (first, last), (low, high) in spans
        )

    def _same(self) -> dict[int, int]:
        """Pair the units that read alike: in order, and then those that were moved."""
        ours = [unit.words for unit in self._ours]
        theirs = [unit.words for unit in self._theirs]
        matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
        pairs = {
            run.a + step: run.b + step
            for run in matcher.get_matching_blocks()
            for step in range(run.size)
        }
        taken = set(pairs.values())
        free: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(theirs):
            if index not in taken:
                free[words].append(index)
        for index, words in enumerate(ours):
            if index not in pairs and free.get(words):
                pairs[index] = free[words].pop(0)
        return pairs

    @cached_property
    def _starts(self) -> list[int]:
        return [group.old.start for group in self.groups]

    def project(self, start: int, end: int) -> Projection | None:
        """Find what stands for a stretch of the old text, by the sentences that it is in.

        Args:
            start: offset of its first code point.
            end: offset past its last one.

        Returns:
            The stretch of the new text, or None if nothing stands for it.
        """
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        found: list[tuple[int, int]] = []
        covered = 0
        for group in self.groups[first:last]:
            low, high = max(start, group.old.start), min(end, group.old.end)
            if low < high and (span := self._within(group, low, high)):
                found.append(span)
                covered += high - low
        if not found:
            return None
        block = self.new.block_at(found[0][0])
        in_order = all(one[1] <= two[0] for one, two in pairwise(found))
        if not in_order or block is None or found[-1][1] > block.end:
            found = [max(found, key=lambda span: span[1] - span[0])]  # torn apart: the larger part
            covered = 0
        units = [u for u in self._ours if u.start < end and u.end > start]
        wanted = sum(min(end, u.end) - max(start, u.start) for u in units)
        return Projection(found[0][0], found[-1][1], covered >= wanted)

    def _within(self, group: Group, start: int, end: int) -> tuple[int, int] | None:
        """Find the part of a group's new text that stands for a part of its old text."""
        if start <= group.old.start and end >= group.old.end:
            return group.new.start, group.new.end
        comparison = self.compare(group)
        touched = [
            index
            for index, token in enumerate(comparison.old_tokens)
            if token.end + group.old.start > start and token.start + group.old.start < end
        ]
        if not touched:
            return None
        low, high = comparison.counterpart(touched[0], touched[-1] + 1)
        if low >= high:
            return None
        tokens = comparison.new_tokens
        return group.new.start + tokens[low].start, group.new.start + tokens[high - 1].end

    def compare(self, group: Group) -> Comparison:
        """Compare the two texts of a group word by word."""
        found = self._comparisons.get(group)
        if found is None:
            found = self._comparisons[group] = Comparison(
                self.old.text[group.old.start : group.old.end],
                self.new.text[group.new.start : group.new.end],
            )
        return found

    @cached_property
    def _comparisons(self) -> dict[Group, Comparison]:
        return {}


def _units(article: Article) -> list[_Unit]:
    """Give the sentences, headings and rows of an article, in order."""
    parts: list[tuple[int, int, int]] = [(s.start, s.end, s.block) for s in article.sentences]
    parts += [
        (block.start, block.end, number)
        for number, block in enumerate(article.blocks)
        if block.kind == "heading"
    ]
    return [
        _Unit(start, end, block, " ".join(article.text[start:end].split()))
        for start, end, block in sorted(parts)
    ]


def _span(units: Sequence[_Unit], first: int, last: int) -> Span:
    return Span(units[first].start, units[last - 1].end)


def _words(units: Iterable[_Unit]) -> str:
    return " ".join(unit.words for unit in units)


class _Pairing:
    """Pairs the sentences that do not read alike, by the words that they share.

    Args:
        ours: the old units.
        theirs: the new ones.
        same: the pairs that are known already.
    """

    def __init__(self, ours: list[_Unit], theirs: list[_Unit], same: dict[int, int]) -> None:
        taken = set(same.values())
        self.same = same
        self.back = {new: old for old, new in same.items()}
        self.old = {i: _keys(unit.words) for i, unit in enumerate(ours) if i not in same}
        self.new = {i: _keys(unit.words) for i, unit in enumerate(theirs) if i not in taken}

    def find(self) -> dict[int, int]:
        """Give the pairs, the likeliest first, each unit in one at most."""
        scored = [
            (score, old, new)
            for old in self.old
            for new in self._candidates(old)
            if (score := self._likeness(old, new)) is not None
        ]
        pairs: dict[int, int] = {}
        taken: set[int] = set()
        for _, old, new in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
            if old not in pairs and new not in taken:
                pairs[old] = new
                taken.add(new)
        return pairs

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for index, keys in self.new.items():
            for key in set(keys):
                holders[key].append(index)
        return holders

    def _candidates(self, old: int) -> list[int]:
        """Give the new units that share most of a unit's telling words, and those in its place."""
        votes: Counter[int] = Counter()
        for key in set(self.old[old]):
            holders = self._holders.get(key, [])
            if len(holders) <= _COMMON:
                for index in holders:
                    votes[index] += int(1000 / (1 + log(len(holders))))
        ranked = sorted(votes, key=lambda index: (-votes[index], index))[:_TRIED]
        return list(dict.fromkeys([*ranked, *self._places(old)]))

    def _places(self, old: int) -> list[int]:
        """Give the new units that follow what the unit follows, or precede what it precedes."""
        after, before = old - 1, old + 1
        while after in self.old:
            after -= 1
        while before in self.old:
            before += 1
        found = []
        if after in self.same or after < 0:
            found.append((self.same[after] if after >= 0 else -1) + old - after)
        if before in self.same:
            found.append(self.same[before] - (before - old))
        return [index for index in found if index in self.new]

    def _likeness(self, old: int, new: int) -> float | None:
        """Say how alike two units are, 0 to 1, better in place; None if they are not."""
        in_place = new in self._places(old)
        least = _NEAR if in_place else _FAR
        matcher = difflib.SequenceMatcher(None, self.old[old], self.new[new], autojunk=False)
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            return None
        ratio = matcher.ratio()
        return None if ratio < least else ratio + (0.2 if in_place else 0.0)


class _Growth:
    """Lets pairs take in neighbours without a partner: a sentence that was split, or two joined."""

    def __init__(self, ours: list[_Unit], theirs: list[_Unit], pairs: dict[int, int]) -> None:
        self.ours, self.theirs = ours, theirs
        self.pairs = pairs
        self.free_old = set(range(len(ours))) - pairs.keys()
        self.free_new = set(range(len(theirs))) - set(pairs.values())

    def spans(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Give the ranges of units that stand for one another, in the order of the old text."""
        found = []
        for old, new in sorted(self.pairs.items()):
            ours, theirs = (old, old + 1), (new, new + 1)
            if self.ours[old].words != self.theirs[new].words:
                theirs = self._grown(theirs, self.theirs, self.free_new, ours, new_side=True)
                ours = self._grown(ours, self.ours, self.free_old, theirs, new_side=False)
            found.append((ours, theirs))
        return found

    def _grown(
        self,
        range_: tuple[int, int],
        units: list[_Unit],
        free: set[int],
        other: tuple[int, int],
        *,
        new_side: bool,
    ) -> tuple[int, int]:
        """Take in neighbours as long as most of their words are in the other side, and free."""
        opposite = self.ours if new_side else self.theirs
        there = _keys(_words(opposite[slice(*other)]))
        block = units[range_[0]].block
        growing = True
        while growing:
            growing = False
            first, last = range_
            for index, wider in ((last, (first, last + 1)), (first - 1, (first - 1, last))):
                if index not in free or units[index].block != block:
                    continue
                least = _TAKEN_IN * len(_keys(units[index].words))
                before = _common(_keys(_words(units[slice(*range_)])), there)
                if _common(_keys(_words(units[slice(*wider)])), there) - before >= max(1, least):
                    free.discard(index)
                    range_, growing = wider, True
                    break
        return range_


def _common(ours: list[str], theirs: list[str]) -> int:
    """Count the words that two lists have in the same order."""
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    return sum(run.size for run in matcher.get_matching_blocks())


def _keys(words: str) -> list[str]:
    return [token.key for token in tokens_of(words) if token.is_word]


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """Give the places of a longest subsequence that rises (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        before.append(tails[place - 1] if place else None)
        tails[place:] = [index] if place == len(tails) else [index, *tails[place + 1 :]]
        ends[place:] = [number] if place == len(ends) else [number, *ends[place + 1 :]]
    found: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
