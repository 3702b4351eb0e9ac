"""Compare two wordings word by word: what was removed, what was added, and where words went."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..text.nearest import fold, same_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["SIGNS", "Comparison", "Piece", "Token", "marked", "same_typography", "tokens_of"]

Mark = Literal["kept", "removed", "added"]

# A number with its thousands, a word with its apostrophes and hyphens, or a sign alone, such as
# the dash of “3-5”.
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+|[^\W_]+(?:(?:['’ʼ]|(?<!\d)[‑-]|[‑-](?!\d))[^\W_]+)*|[^\w\s]|_"
)
SIGNS: dict[Mark, tuple[str, str]] = {
    "kept": ("", ""),
    "removed": ("[-", "-]"),
    "added": ("{+", "+}"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a text, in code points, and the form it is compared in."""

    start: int
    end: int
    key: str

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a figure."""
        return any(map(str.isalnum, self.key))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one of the two wordings, and whether the other has it too."""

    text: str
    mark: Mark = "kept"


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Take a text apart into words and signs; case and the form of quotes do not tell apart."""
    stop = len(text) if end is None else end
    return [Token(m.start(), m.end(), fold(m[0])) for m in _TOKEN.finditer(text, start, stop)]


def same_typography(old: str, new: str) -> bool:
    """Tell whether two wordings differ in white space and the form of quotes and dashes alone.

    The form of a sign is no matter of a word's; a comma more, a capital or a figure is.

    >>> same_typography("al-Ruba’i  checkpoint", "al-Ruba'i checkpoint")
    True
    >>> same_typography("Therefore, it", "Therefore it")
    False
    """
    return _signs(old) == _signs(new)


def _signs(text: str) -> list[str]:
    plain = same_signs(unicodedata.normalize("NFC", text))
    return [match[0] for match in _TOKEN.finditer(plain)]


def marked(pieces: Sequence[Piece]) -> str:
    """Write pieces as plain text: ``killing [-six-] soldiers``, ``killing {+6+} soldiers``."""
    return "".join(f"{SIGNS[p.mark][0]}{p.text}{SIGNS[p.mark][1]}" for p in pieces)


class Comparison:
    """Two wordings side by side.

    Args:
        old: a wording.
        new: what became of it.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self.old_tokens = tokens_of(old)
        self.new_tokens = tokens_of(new)

    @cached_property
    def opcodes(self) -> Sequence[tuple[str, int, int, int, int]]:
        """The steps from the one to the other, as difflib gives them, in tokens."""
        ours = [token.key for token in self.old_tokens]
        theirs = [token.key for token in self.new_tokens]
        return difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()

    @cached_property
    def kept(self) -> float:
        """The share of the old words, 0 to 1, that the new wording has in the same order."""
        words = sum(token.is_word for token in self.old_tokens)
        same = sum(
            token.is_word
            for tag, a, b, _, _ in self.opcodes
            if tag == "equal"
            for token in self.old_tokens[a:b]
        )
        return same / words if words else 1.0

    @property
    def same_words(self) -> bool:
        """Whether signs and capitals alone differ."""
        ours = [token.key for token in self.old_tokens if token.is_word]
        return ours == [token.key for token in self.new_tokens if token.is_word]

    def sides(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Give the old wording with what was removed, and the new one with what was added."""
        old_marks: list[Mark] = ["removed"] * len(self.old_tokens)
        new_marks: list[Mark] = ["added"] * len(self.new_tokens)
        for tag, a, b, c, d in self.opcodes:
            if tag != "equal":
                continue
            for one, two in zip(range(a, b), range(c, d), strict=True):
                ours, theirs = self.old_tokens[one], self.new_tokens[two]
                # What compares equal may still be written otherwise: “Brigadier”, “brigadier”.
                if self.old[ours.start : ours.end] == self.new[theirs.start : theirs.end]:
                    old_marks[one] = new_marks[two] = "kept"
        return (
            tuple(_pieces(self.old, self.old_tokens, old_marks)),
            tuple(_pieces(self.new, self.new_tokens, new_marks)),
        )

    def counterpart(self, start: int, end: int) -> tuple[int, int]:
        """Give the tokens of the new wording, as a range, that stand for tokens of the old one.

        Args:
            start: first token.
            end: one past the last.

        What was inserted before the first token counts only where the wording itself begins, what
        was inserted after the last one always: it goes to one stretch, not to two.
        """
        first, last = None, 0
        for tag, a, b, c, d in self.opcodes:
            if tag == "insert":
                inside = start < a <= end or (a == 0 and start == 0)
                low, high = c, d
            elif tag == "equal":
                inside = a < end and b > start
                low, high = c + max(0, start - a), d - max(0, b - end)
            else:
                inside = a < end and b > start
                low, high = c, d
            if inside and low < high:
                first = low if first is None else first
                last = max(last, high)
        return (last, last) if first is None else (first, last)


def _pieces(text: str, tokens: Sequence[Token], marks: Sequence[Mark]) -> Iterator[Piece]:
    """Join neighbours of one mark; the space between two runs stays outside both."""
    runs: list[tuple[int, int, Mark]] = []
    for token, mark in zip(tokens, marks, strict=True):
        if runs and runs[-1][2] == mark:
            runs[-1] = (runs[-1][0], token.end, mark)
        else:
            runs.append((token.start, token.end, mark))
    position = 0
    plain = ""
    for start, end, mark in runs:
        plain += text[position:start]
        position = end
        if mark == "kept":
            plain += text[start:end]
            continue
        if plain:
            yield Piece(plain)
        plain = ""
        yield Piece(text[start:end], mark)
    plain += text[position:]
    if plain:
        yield Piece(plain)
