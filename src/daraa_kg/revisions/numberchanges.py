"""Say which numbers and dates differ between two wordings, and which are only written otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from ..diagnostics import listing
from ..text.wording import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..text.wording import Number
    from .wordchanges import Comparison

__all__ = ["DateChange", "NumberChange", "date_changes", "dates_in", "number_changes"]

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a list this long reads better as words
)
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_AND = r"\s*(?:[–—−-]|and|or|to|until)\s*"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_DAY_FIRST = re.compile(
    rf"\b(?P<days>\d{{1,2}}(?:{_AND}\d{{1,2}})*)(?:st|nd|rd|th)?\s+{_MONTH}\b{_YEAR}"
)
# After an American date a comma ends it: “On August 27, 6 members” has one day and six members.
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(?P<days>\d{{1,2}}(?!\d)(?:{_AND}\d{{1,2}}\b)*)(?:st|nd|rd|th)?{_YEAR}"
)
_MONTH_ONLY = re.compile(rf"\b{_MONTH}\b(?:\s+(?P<year>(?:19|20)\d\d)\b)?")
_BARE_YEAR = re.compile(r"(?<![\w.,])(?P<year>(?:19|20)\d\d)(?![\w,.]*\d)")


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that is written otherwise, or is another one, or has gone or come.

    `old` and `new` are values, `old_words` and `new_words` how they are written; None where one of
    the wordings has no such number.
    """

    old: int | None
    new: int | None
    old_words: str | None
    new_words: str | None
    how: Literal["rewritten", "changed", "removed", "added"]

    def __str__(self) -> str:
        if self.how == "added":
            return f"“{self.new_words}” is added"
        if self.how == "removed":
            return f"“{self.old_words}” is gone"
        said = f"“{self.old_words}” is now “{self.new_words}”"
        return f"{said}: the same number" if self.how == "rewritten" else said


@dataclass(frozen=True, slots=True)
class DateChange:
    """The dates that only one of two wordings has, as people write them; both empty if the same.

    `rewritten` are the dates that both have, where one writes them differently.
    """

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.removed and self.added:
            return f"{listing(self.removed, 'and')} is now {listing(self.added, 'and')}"
        if self.removed or self.added:
            names = listing(self.removed or self.added, "and")
            return f"{names} is {'gone' if self.removed else 'added'}"
        if not self.rewritten:
            return ""
        return f"the same date{'s' * (len(self.rewritten) > 1)}, written otherwise"


@dataclass(frozen=True, slots=True)
class _Read:
    """A number, the words it is written in, with what qualifies it."""

    number: Number
    words: str

    @property
    def meaning(self) -> tuple[int, str]:
        # “a soldier” and “one soldier” are as many.
        qualifier = "exactly" if self.number.qualifier == "article" else self.number.qualifier
        return self.number.value, qualifier


def number_changes(comparison: Comparison) -> list[NumberChange]:
    """Find the numbers of things that differ between two wordings, in the order of the text.

    Days and years are none (see `date_changes`).
    """
    ours, theirs = _numbers(comparison.old), _numbers(comparison.new)
    partners = dict(_pairs(comparison, ours, theirs))
    changes = [_change(one, partners.get(one)) for one in ours]
    taken = set(partners.values())
    added = [_change(None, two) for two in theirs if two not in taken]
    return [change for change in chain(changes, added) if change is not None]


def _numbers(text: str) -> list[_Read]:
    return [_Read(number, text[number.start : number.end]) for number in numbers_in(text)]


def _pairs(
    comparison: Comparison, ours: list[_Read], theirs: list[_Read]
) -> Iterator[tuple[_Read, _Read]]:
    """Pair numbers: those that stand for one another in place, then equal ones, then the rest."""
    free = list(theirs)
    waiting: list[_Read] = []
    for one in ours:
        there = [two for two in _opposite(comparison, one, theirs) if two in free]
        same = [two for two in there if two.meaning == one.meaning]
        if same:
            free.remove(same[0])
            yield one, same[0]
        else:
            waiting.append(one)
    left: list[_Read] = []
    for one in waiting:
        same = [two for two in free if two.meaning == one.meaning and not _article(two)]
        if same and not _article(one):
            free.remove(same[0])
            yield one, same[0]
        else:
            left.append(one)
    for one in left:
        there = [two for two in _opposite(comparison, one, theirs) if two in free]
        if there:
            free.remove(there[0])
            yield one, there[0]


def _opposite(comparison: Comparison, one: _Read, theirs: list[_Read]) -> list[_Read]:
    """Give the new wording's numbers that stand where an old number stood."""
    tokens = comparison.old_tokens
    touched = [
        index
        for index, token in enumerate(tokens)
        if token.start < one.number.end and token.end > one.number.start
    ]
    if not touched:
        return []
    low, high = comparison.counterpart(touched[0], touched[-1] + 1)
    if low >= high:
        return []
    start, end = comparison.new_tokens[low].start, comparison.new_tokens[high - 1].end
    return [two for two in theirs if two.number.start < end and two.number.end > start]


def _article(read: _Read) -> bool:
    return read.number.qualifier == "article"


def _change(one: _Read | None, two: _Read | None) -> NumberChange | None:
    """Say how two numbers differ; None if they do not, or if it is an article that came or went."""
    if one is None or two is None:
        read = one or two
        if read is None or _article(read):
            return None
        if one is None:
            return NumberChange(None, read.number.value, None, read.words, "added")
        return NumberChange(read.number.value, None, read.words, None, "removed")
    if one.meaning == two.meaning:
        if one.words.casefold() == two.words.casefold() or _article(one) or _article(two):
            return None
        return NumberChange(one.number.value, two.number.value, one.words, two.words, "rewritten")
    return NumberChange(one.number.value, two.number.value, _said(one), _said(two), "changed")


def _said(read: _Read) -> str:
    """Give a number's words, with the qualifier that stands before them."""
    qualified = read.number.qualifier not in ("exactly", "article", "vague")
    return f"{read.number.qualifier} {read.words}" if qualified else read.words


# --- dates ---------------------------------------------------------------------------------------


def dates_in(text: str) -> set[str]:
    """Find the days, months and years that a text names, however it writes them.

    >>> sorted(dates_in("Between August 29 and August 30")) == sorted(dates_in("29 and 30 August"))
    True
    >>> sorted(dates_in("by March 2011, in 2018"))
    ['2018', 'March 2011']
    """
    found: set[str] = set()
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _MONTH_ONLY, _BARE_YEAR):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            rest = [part for part in (parts.get("month"), parts.get("year")) if part]
            days = re.findall(r"\d+", parts.get("days") or "")
            found.update(" ".join([str(int(day)), *rest]) for day in days)
            if not days:
                found.add(" ".join(rest))
        text = pattern.sub(lambda match: "·" * len(match[0]), text)
    return found


def date_changes(comparison: Comparison) -> DateChange:
    """Give the dates that only one of two wordings names."""
    ours, theirs = dates_in(comparison.old), dates_in(comparison.new)
    changed = [
        token.key
        for tag, a, b, _, _ in comparison.opcodes
        if tag != "equal"
        for token in comparison.old_tokens[a:b]
    ]
    rewritten = ours == theirs and any(month.casefold() in changed for month in _MONTHS)
    return DateChange(
        tuple(sorted(ours - theirs)),
        tuple(sorted(theirs - ours)),
        tuple(sorted(ours)) if rewritten else (),
    )
