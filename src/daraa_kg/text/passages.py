"""Grounded stretches of an article, and the error when there is none or several."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .article import LEAD, Article, SectionPath, Span, section_name

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "GroundingError",
    "Passage",
    "Reason",
    "Request",
    "choose",
    "listed",
    "passage_at",
    "place",
    "shorten",
    "suggest",
    "times",
    "under",
]

Reason = Literal[
    "ambiguous-gap",
    "bad-gap",
    "bad-nth",
    "empty",
    "in-infobox",
    "inside-word",
    "no-infobox",
    "not-found",
    "repeated",
    "several-blocks",
    "unknown-field",
    "unknown-section",
]

_SHOWN = 3  # candidates; more would bury the advice
_NAMED = 20  # names
_CONTEXT = 28  # code points on either side of a candidate
_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}


@dataclass(frozen=True)
class Passage(Span):
    """A grounded stretch: its offsets, its exact words, and the section or field they are in."""

    exact: str
    section: SectionPath
    field: str | None = None


class GroundingError(ValueError):
    """A quote that does not stand for exactly one stretch of the article.

    `message` says what is wrong and `hint` what to write; `reason` is a stable code, `quote` what
    was looked for, `candidates` the stretches it could mean, in the order of the text, and
    `nearest` the most similar stretch when there is none.
    """

    def __init__(
        self,
        message: str,
        hint: str,
        *,
        reason: Reason,
        quote: str,
        candidates: Sequence[Passage] = (),
        nearest: Passage | None = None,
    ) -> None:
        self.reason = reason
        self.message = message
        self.hint = hint
        self.quote = quote
        self.candidates = tuple(candidates)
        self.nearest = nearest
        super().__init__(f"{message}; {hint}")


def passage_at(article: Article, start: int, end: int) -> Passage:
    """Make the passage of a stretch of the body, in code points."""
    block = article.block_at(start)
    section = block.section if block is not None else LEAD
    return Passage(start, end, article.text[start:end], section)


@dataclass(frozen=True)
class Request:
    """What is looked for: the quote or key, its name in messages, and how to choose of several."""

    quote: str
    subject: str
    nth: int | None = None
    section: str | None = None


def choose(article: Article, found: Sequence[Passage], wanted: Request) -> Passage:
    """Take the only stretch of `found`, or the one that `wanted.nth` counts from 1.

    Raises:
        GroundingError: if there are several and no `nth`, or `nth` is out of range.
    """
    nth, count = wanted.nth, times(len(found))
    if wanted.section is not None:
        count += f" in the section “{wanted.section}”"
    if nth is None:
        if len(found) == 1:
            return found[0]
        message = f"{wanted.subject} is there {count}: {listed(article, found, context=True)}"
        hint = _how_to_choose(found, wanted.section)
        raise GroundingError(message, hint, reason="repeated", quote=wanted.quote, candidates=found)
    if 1 <= nth <= len(found):
        return found[nth - 1]
    message = f"nth is {nth}, but {wanted.subject} is there {count}"
    hint = "leave nth out" if len(found) == 1 else f"write a number from 1 to {len(found)}"
    raise GroundingError(message, hint, reason="bad-nth", quote=wanted.quote, candidates=found)


def _how_to_choose(found: Sequence[Passage], section: str | None) -> str:
    numbers = "nth: 1 or nth: 2" if len(found) == 2 else f"nth: 1 up to nth: {len(found)}"
    if section is None:
        names = dict.fromkeys(section_name(passage.section) for passage in found)
        for name in names:
            if sum(under(p.section, name) and p.field is None for p in found) == 1:
                return f"add {numbers}, or section: {name}"
    return f"add {numbers}"


def under(path: SectionPath, wanted: str) -> bool:
    """Tell whether a section is or lies in the one written `Name`, `Outer > Inner` or `lead`."""
    name = " ".join(wanted.split())
    if name in path or (name == "lead" and path == LEAD):
        return True
    parts = tuple(name.split(" > "))
    return any(path[i : i + len(parts)] == parts for i in range(len(path)))


def suggest(wanted: str, names: Sequence[str], longer: Sequence[str] = ()) -> str:
    """Say which of `names`, or of their `longer` forms, was meant, or which names there are."""
    names = list(dict.fromkeys(names))
    folded = {name.casefold(): name for name in reversed([*names, *longer])}
    close = difflib.get_close_matches(wanted.casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{folded[close[0]]}”?"
    more = len(names) - _NAMED
    return f"it has {', '.join(names[:_NAMED])}" + (f" and {more} more" if more > 0 else "")


def times(count: int) -> str:
    """Write how often: `once`, `twice`, `11 times`."""
    return _TIMES.get(count, f"{count} times")


def place(article: Article, passage: Passage) -> str:
    """Say where a passage is: line, offsets, section."""
    where = f"“{section_name(passage.section)}”" if passage.section else "the lead"
    line = article.line_of(passage.start)
    return f"line {line}, characters {passage.start}–{passage.end}, {where}"


def listed(article: Article, passages: Sequence[Passage], *, context: bool = False) -> str:
    """Say where each of several passages is, with the words around them if `context`."""
    shown = []
    for passage in passages[:_SHOWN]:
        words = f": “{_around(article, passage)}”" if context else ""
        shown.append(f"({place(article, passage)}{words})")
    more = len(passages) - _SHOWN
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _around(article: Article, passage: Passage) -> str:
    """The passage's neighbourhood inside its block, cut at spaces, for telling repeats apart."""
    block = article.block_at(passage.start)
    if block is None or passage.field is not None:
        return shorten(passage.exact)
    left = article.text[max(block.start, passage.start - _CONTEXT) : passage.start]
    right = article.text[passage.end : min(block.end, passage.end + _CONTEXT)]
    if passage.start - _CONTEXT > block.start:
        left = "… " + left.partition(" ")[2]
    if passage.end + _CONTEXT < block.end:
        right = right.rpartition(" ")[0] + " …"
    return " ".join((left + shorten(passage.exact) + right).split())


def shorten(text: str, limit: int = 80) -> str:
    """Cut the middle out of a long text, at spaces: it is still a quote that can be looked up."""
    if len(text) <= limit:
        return text
    head, tail = text[: limit * 2 // 3], text[-(limit // 3) :]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"
