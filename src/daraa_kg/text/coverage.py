"""Measure how much of an article its passages account for, and name what has no passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .article import INFOBOX, Article, Field, SectionPath, Sentence, section_name

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Coverage", "SectionCoverage", "measure_coverage"]

_WORD = re.compile(r"\w+(?:['’.,]\w+)*")


@dataclass(frozen=True)
class SectionCoverage:
    """Counts for one section, its subsections apart: words, and units (sentences or fields).

    `words_read` and `units_read` lie in some passage, `words_stated` in one that states something.
    """

    section: SectionPath
    words: int
    words_read: int
    words_stated: int
    units: int
    units_read: int

    @property
    def share(self) -> float:
        """The share of the words, 0 to 1, in passages with statements; 1 if there are no words."""
        return self.words_stated / self.words if self.words else 1.0

    def to_dict(self) -> dict[str, int | float]:
        """Give the counts for JSON; the share, 0 to 1, to four places."""
        return {
            "units": self.units,
            "unitsRead": self.units_read,
            "words": self.words,
            "wordsRead": self.words_read,
            "wordsStated": self.words_stated,
            "share": round(self.share, 4),
        }


@dataclass(frozen=True)
class Coverage:
    """What passages account for; `sentences` and `fields` are those with no passage at all."""

    sections: tuple[SectionCoverage, ...]
    sentences: tuple[Sentence, ...]
    fields: tuple[Field, ...]

    @cached_property
    def total(self) -> SectionCoverage:
        """The counts of all sections together, the infobox among them."""
        rows = self.sections
        return SectionCoverage(
            (),
            sum(row.words for row in rows),
            sum(row.words_read for row in rows),
            sum(row.words_stated for row in rows),
            sum(row.units for row in rows),
            sum(row.units_read for row in rows),
        )

    @property
    def share(self) -> float:
        """The share of the article's words, 0 to 1, that lie in passages with statements."""
        return self.total.share

    @property
    def unread(self) -> tuple[Sentence | Field, ...]:
        """The sentences and fields with no passage at all, in the order of the text."""
        return tuple(sorted((*self.fields, *self.sentences), key=lambda unit: unit.start))

    def to_dict(self, article: Article) -> dict[str, Any]:
        """Give the sections, their sum, and what has no passage, for JSON.

        Args:
            article: the text that was measured.
        """
        return {
            "sections": [
                {"section": section_name(row.section), **row.to_dict()} for row in self.sections
            ],
            "all": self.total.to_dict(),
            "unread": [
                {
                    "line": article.line_of(unit.start),
                    "field": unit.key if isinstance(unit, Field) else None,
                    "text": " ".join(article.text[unit.start : unit.end].split()),
                }
                for unit in self.unread
            ],
        }

    @property
    def complete(self) -> bool:
        """Whether each sentence and each infobox field has a passage."""
        return not self.sentences and not self.fields


def measure_coverage(article: Article, passages: Iterable[tuple[int, int, int]]) -> Coverage:
    """Measure how much of an article its passages account for.

    A sentence or field is read if a passage holds a part of one of its words. Headings and the
    title ask for no passage, nor does a field without words. A word is stated if passages that
    state something hold all of it.

    Args:
        article: the article.
        passages: (start, end, number of statements) of each passage, offsets in code points.
    """
    listed = list(passages)
    read = _Stretches((start, end) for start, end, _ in listed)
    stated = _Stretches((start, end) for start, end, states in listed if states > 0)
    counts: dict[SectionPath, list[int]] = {}
    missing: list[Sentence | Field] = []
    units: list[tuple[SectionPath, Sentence | Field]] = [(INFOBOX, f) for f in article.fields]
    units += [(sentence.section, sentence) for sentence in article.sentences]
    for section, unit in sorted(units, key=lambda pair: pair[1].start):
        words = [m.span() for m in _WORD.finditer(article.text, unit.start, unit.end)]
        in_read = sum(read.hold(*word) for word in words)
        touched = any(read.touch(*word) for word in words) or not words
        in_stated = sum(stated.hold(*word) for word in words)
        row = counts.setdefault(section, [0, 0, 0, 0, 0])
        for index, number in enumerate((len(words), in_read, in_stated, 1, int(touched))):
            row[index] += number
        if not touched:
            missing.append(unit)
    return Coverage(
        tuple(SectionCoverage(section, *row) for section, row in counts.items()),
        tuple(unit for unit in missing if isinstance(unit, Sentence)),
        tuple(unit for unit in missing if isinstance(unit, Field)),
    )


class _Stretches:
    """Stretches of text, merged where they touch or overlap, with quick answers about a word."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(span for span in spans if span[0] < span[1]):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def hold(self, start: int, end: int) -> bool:
        """Whether `start`–`end` lies whole inside one stretch."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and end <= self.ends[index]

    def touch(self, start: int, end: int) -> bool:
        """Whether `start`–`end` shares a code point with a stretch."""
        index = bisect_right(self.ends, start)
        return index < len(self.starts) and self.starts[index] < end
