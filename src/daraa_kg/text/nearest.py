"""What was meant: the name most like a word, and the stretch of a text most like a quote."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ..diagnostics import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .article import Span

__all__ = ["difference", "fold", "nearest", "nearest_stretch", "same_signs", "suggestion"]

_TELLING = 4  # letters that a word must have to be looked for inside of names
_TOKEN = re.compile(r"\S+")
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_TRIED = 8  # places
_SLACK = 4  # words that the text may have more than the quote, at either end of the window
_ALIKE = 0.5  # share of the quote's letters that must come back in the same order
_FOLD = str.maketrans("‘’‚ʼ′“”„″«»‐‑–—−", '\'\'\'\'\'""""""-----')

_Token = tuple[int, int, str]


def nearest(word: str, names: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Give the name that looks most like a word or has it in it, case aside, or None."""
    by_lower: dict[str, str] = {}
    for name in names:
        by_lower.setdefault(name.lower(), name)
    sought = word.lower()
    found = difflib.get_close_matches(sought, list(by_lower), n=1, cutoff=cutoff)
    if not found and len(sought) >= _TELLING:
        found = sorted((name for name in by_lower if sought in name), key=len)
    return by_lower[found[0]] if found else None


def suggestion(word: object, names: Iterable[str]) -> str:
    """Say which of the names a word was meant to be; if none is like it, say all of them.

    In a notebook it may be no text at all, such as None, which is like none of them.

    >>> suggestion("mapp", ("timeline", "casualties", "map"))
    'did you mean map?'
    >>> suggestion("x", ("timeline", "casualties", "map"))
    'write timeline, casualties or map'
    """
    known = list(names)
    close = nearest(word, known) if isinstance(word, str) else None
    return f"did you mean {close}?" if close else f"write {listing(known)}"


def nearest_stretch(text: str, blocks: Iterable[Span], quote: str) -> tuple[int, int] | None:
    """Find the whole words inside one block that are most like a quote; None if nothing is.

    Rare words that the quote and the text share vote for where the quote would begin; only the best
    places are compared letter by letter, so a long article costs little.

    Args:
        text: the article's text.
        blocks: the stretches of it to look in, in code points.
        quote: words that are not in the text.
    """
    goal = [key for _, _, key in _tokens(quote, 0, len(quote))]
    matcher = difflib.SequenceMatcher(None, "", fold(quote), autojunk=False)
    best, found = _ALIKE, None
    for begin, end in _stretches([_tokens(text, b.start, b.end) for b in blocks], goal):
        start, stop = _without_edges(text, begin, end, quote.strip())
        matcher.set_seq1(fold(text[start:stop]))
        if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, (start, stop)
    return found


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    return [(m.start(), m.end(), _key(m[0])) for m in _TOKEN.finditer(text, start, end)]


def _key(word: str) -> str:
    return _EDGES.sub("", fold(word)) or word


def fold(text: str) -> str:
    """Set aside what a reader hardly sees: case, the form of quotes and dashes, composition."""
    return same_signs(unicodedata.normalize("NFC", text)).casefold()


def same_signs(text: str) -> str:
    """Write quotes and dashes of every form as the typewriter's, one sign for one."""
    return text.translate(_FOLD)


def _stretches(blocks: list[list[_Token]], goal: list[str]) -> Iterator[tuple[int, int]]:
    """The stretches that could be meant by the words `goal`, the likelier places first."""
    for number, first in _places(blocks, goal):
        low = max(0, first - _SLACK)
        window = blocks[number][low : first + len(goal) + _SLACK]
        for begin, end in _extents([key for _, _, key in window], goal, first - low):
            yield window[begin][0], window[end - 1][1]


def _places(blocks: list[list[_Token]], goal: list[str]) -> list[tuple[int, int]]:
    """The likely places (block, token) for `goal` to begin: shared words vote, rare ones more."""
    frequency = Counter(key for block in blocks for _, _, key in block)
    offsets: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(goal):
        offsets[key].append(index)
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for number, block in enumerate(blocks):
        for index, (_, _, key) in enumerate(block):
            for offset in offsets.get(key, ()):
                # Neighbours share their votes, for a word too many shifts the rest by one.
                for shift, weight in ((-1, 0.5), (0, 1.0), (1, 0.5)):
                    place = (number, max(0, index - offset + shift))
                    scores[place] += weight / frequency[key]
    return sorted(scores, key=lambda place: (-scores[place], place))[:_TRIED]


def _extents(keys: list[str], goal: list[str], first: int) -> list[tuple[int, int]]:
    """Where `goal` could begin and end among `keys`: at `first`, or as the shared words say."""
    matcher = difflib.SequenceMatcher(None, keys, goal, autojunk=False)
    same = [block for block in matcher.get_matching_blocks() if block.size]
    # Each shared run says where the quote would begin and end if it were as long in the text.
    begins = {first, *(max(0, run.a - run.b) for run in same)}
    ends = {min(len(keys), start + len(goal)) for start in (first, *(r.a - r.b for r in same))}
    return sorted(
        (begin, end)
        for begin in begins
        for end in ends
        if begin < min(end, len(keys)) and abs(end - begin - len(goal)) <= _SLACK
    )


def _without_edges(text: str, start: int, stop: int, quote: str) -> tuple[int, int]:
    """Leave out signs before the first and after the last word where the quote has none."""
    if quote[0].isalnum():
        while stop - start > 1 and not text[start].isalnum():
            start += 1
    if quote[-1].isalnum():
        while stop - start > 1 and not text[stop - 1].isalnum():
            stop -= 1
    return start, stop


def difference(quote: str, exact: str, name: str = "the quote") -> str:
    """Say in words where `quote`, called `name`, first differs from `exact`, the article's words.

    >>> difference("al-Ruba'i checkpoint", "al-Ruba’i checkpoint")
    "in “al-Ruba’i” the quote has ' (APOSTROPHE) for ’ (RIGHT SINGLE QUOTATION MARK)"
    """
    ours, theirs = quote.split(), exact.split()
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if tag == "delete":
            return f"{name} has “{_few(ours[a:b])}”, which the article has not"
        if tag == "insert":
            return f"the article has “{_few(theirs[c:d])}”, which {name} leaves out"
        return _replaced(ours[a:b], theirs[c:d], name)
    return "they differ in white space only"


def _replaced(ours: list[str], theirs: list[str], name: str) -> str:
    mine, other = ours[0], theirs[0]
    if mine != other and len(mine) == len(other) and fold(mine) == fold(other):
        for one, two in zip(mine, other, strict=True):
            if one != two and not one.isalnum():
                return f"in “{other}” {name} has {_name(one)} for {_name(two)}"
    return f"{name} has “{_few(ours)}” where the article has “{_few(theirs)}”"


def _name(character: str) -> str:
    return f"{character} ({unicodedata.name(character, f'U+{ord(character):04X}')})"


def _few(words: list[str]) -> str:
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
