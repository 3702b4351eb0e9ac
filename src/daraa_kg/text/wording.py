"""Numbers of things in English words and digits: what “six soldiers” or “at least 20” say.

Own code rather than text2num or word2number: both rewrite a text and give no offsets, know neither
“at least”, “several” and “dozens” nor “a soldier”, and take days, years and ordinals for counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Qualifier = Literal[
    "exactly", "article", "about", "at least", "more than", "at most", "less than", "vague"
]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a text gives for some things.

    Attributes:
        value: the number; for a vague word the least that it can mean.
        start: offset of its words in code points.
        end: where they end, exclusive; words such as “at least” stand before the start.
        qualifier: how the value is meant; ``article`` is the one thing of “a soldier”.
    """

    value: int
    start: int
    end: int
    qualifier: Qualifier = "exactly"


# --- the words -----------------------------------------------------------------------------------

_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905 - a list this long reads better as words
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_DECADES = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: value for value, word in enumerate([*_UNITS, *_TEENS])}
_TENS = {word: value * 10 for value, word in enumerate(_DECADES, 2)}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_GROUPS = {"dozen": 12, "score": 20}
_AFTER_A = frozenset({"hundred", "thousand", "million", "dozen"})
_LARGEST = 10**12  # no scale of ours is as large

# Phrases are tried before their words.
_IDIOMS = {"no one": 0, "half a dozen": 6, "a couple": 2, "a pair": 2}
_IDIOMS |= {"both": 2, "none": 0, "nobody": 0}
_VAGUE = {
    "hundreds of thousands": 200_000,
    "tens of thousands": 20_000,
    "a large number of": 2,
    "a number of": 2,
    "a handful of": 2,
    "a group of": 2,
    "quite a few": 3,
    "a few": 2,
    "thousands": 2_000,
    "hundreds": 200,
    "scores": 40,
    "dozens": 24,
    "tens": 20,
    "several": 3,
    "multiple": 2,
    "numerous": 3,
    "various": 2,
    "many": 3,
    "some": 2,
    "few": 2,
}
_NO_ARTICLE_BEFORE = frozenset({"half", "estimated", "minimum", "maximum", "total"})
_NONE_BEFORE = frozenset({"", "longer", "more", "less", "fewer"})


def _one_of(phrases: Iterable[str]) -> re.Pattern[str]:
    words = "|".join(r"\s+".join(phrase.split()) for phrase in phrases)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_IDIOM_PHRASE = _one_of(_IDIOMS)
_VAGUE_PHRASE = _one_of(_VAGUE)
_SCALED = re.compile(r"\s+(hundred|thousand|million|dozen)s?\b", re.IGNORECASE)

_BEFORE: dict[Qualifier, str] = {
    "at least": r"at\s+least|(?:no|not)\s+(?:fewer|less)\s+than|a\s+minimum\s+of",
    "at most": r"up\s+to|at\s+most|(?:no|not)\s+more\s+than|a\s+maximum\s+of|as\s+many\s+as",
    "more than": r"over|more\s+than|above|exceeding|upwards?\s+of|in\s+excess\s+of",
    "less than": r"fewer\s+than|less\s+than|under|below",
    "about": r"about|around|approximately|roughly|circa|c\.|ca\.|some|nearly|almost|close\s+to"
    r"|(?:an\s+)?estimated",
}
_BEFORE_PATTERNS = {
    name: re.compile(rf"(?:^|(?<=\W))(?:{words})\s+$", re.IGNORECASE)
    for name, words in _BEFORE.items()
}
_OR_MORE = re.compile(r"\+|\s+or\s+more\b", re.IGNORECASE)

# --- what is written like a number and counts nothing ---------------------------------------------

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s*(?:[–—−,-]|and|to|or|until|through)\s*(?:the\s+)?{_DAY})*"
# After a month a comma begins another day only where no thing follows that could be counted: “on
# August 5, 14 and 16” has three days, “on August 27, 6 members” one day and six members.
_DAYS_AFTER = (
    rf"{_DAY}(?:\s*(?:[–—−-]|(?:,\s*)?and|to|or|until|through)\s*(?:the\s+)?{_DAY}"
    rf"|\s*,\s*{_DAY}(?=\s*(?:,|[.;:)](?!\d)|$|(?:and|or)\s+(?:the\s+)?\d)))*"
)
_YEAR = r"\d{4}(?:\s*[–—/-]\s*(?:\d{4}|\d{2}))?"
_PEOPLE = (
    "people|persons|civilians|soldiers|fighters|troops|militants|rebels|insurgents|families|men"
    "|women|children|members|others|residents|were|was|killed|dead|wounded|injured|captured|arrested"
)
_NAMED_BY_NUMBER = (
    "Brigade|Division|Corps|Regiment|Battalion|Unit|Resolution|Article|Highway|Route|Hill"
    r"|Checkpoint|Phase|Zone|Sector|Type|Nos?\.|No"
)
_NO_COUNT = re.compile(
    rf"""
      \b{_DAYS}\s+(?:of\s+)?{_MONTH}\b (?:,?\s+{_YEAR}\b(?!,\d))?
    | \b{_MONTH}\s+{_DAYS_AFTER}\b (?!,\d{{3}}) (?:,?\s+{_YEAR}\b)?
    | \b{_MONTH}\s+{_YEAR}\b
    | \b(?:19|20)\d\d\s*[–—/-]\s*(?:(?:19|20)\d\d|\d\d)\b               # a span of years
    | (?<![\d.,])(?:19|20)\d\d(?![\d,.]*\d)(?!\s+(?:more\s+)?(?:{_PEOPLE})\b)    # a year
    | \b(?:{_NAMED_BY_NUMBER})\s+\d+\b                                  # Brigade 112
    | (?:\b[^\W\d_]+[-‑]?|[$€£#№]\s?)\d[\w.,-]*                        # T-55, $100
    | \b\d+[^\W\d_]+                                                    # 4th, 105mm, 1980s
    | \b\d{{1,2}}[:.]\d\d(?=\s*(?:a\.?m|p\.?m|h|local)\b) | \b\d+:\d+\b # times of day
    | \b\d+,(?:\d{{1,2}}|\d{{4,}})\b                                    # no thousands: 20,00
    | \b\d{{1,4}}[/.]\d{{1,2}}[/.]\d{{1,4}}\b                           # 5/8/2021
    """,
    re.VERBOSE,
)
_MEASURE = re.compile(
    r"""[\s‑-]*(?:%|°|(?:percent|per\s+cent|[kcm]?m|kg|km²|kilomet(?:er|re)s?|met(?:er|re)s?|miles?
    |tons?|tonnes?|hectares?|lit(?:er|re)s?|calib(?:er|re)|seconds?|minutes?|hours?|days?|nights?
    |weeks?|months?|years?|decades?|o'clock|times|thirds?|quarters?|fifths?|halves|dollars?|euros?
    |pounds?)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:first|second|third|fourth|\w+(?:fth|xth|nth|ieth)|eighth|hundredth|thousandth)s?",
    re.IGNORECASE,
)

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?![\d,])"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)"
    r"|(?<!\d)\d{1,15}(?!\d)(?:\.\d{1,15})?)"
    r"|(?P<word>[^\W\d_]+)"
)
_DASH = re.compile(r"\s*[–—−-]\s*")
_RANGE = re.compile(r"\s*(?:[–—−-]|to|or)\s*")
_JOINT = re.compile(r"\s+|[-‑]")


def numbers_in(text: str) -> list[Number]:
    """Find the numbers of things in a text, in order; days, years, ordinals and measures are none.

    A range gives two numbers, the first ``at least`` and the last ``at most``.

    >>> [(n.value, n.qualifier) for n in numbers_in("six of the 5th Corps, at least 20 others")]
    [(6, 'exactly'), (20, 'at least')]
    >>> [(n.value, n.qualifier) for n in numbers_in("On 26 August several of 11,000 families")]
    [(3, 'vague'), (11000, 'exactly')]
    """
    return list(_as_ranges(text, list(_Reader(text).read())))


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str  # lower-case, or "" for digits
    value: float = 0


class _Reader:
    """One pass over a text whose days, years and names with numbers are blanked out."""

    def __init__(self, text: str) -> None:
        self.text = _NO_COUNT.sub(lambda found: "\x00" * len(found[0]), text)
        self.tokens = [
            _Token(m.start(), m.end(), (m["word"] or "").lower(), _digits(m["digits"]))
            for m in _TOKEN.finditer(self.text)
        ]

    def read(self) -> Iterator[Number]:
        past = 0
        for position, token in enumerate(self.tokens):
            if token.start < past:
                continue
            if idiom := _IDIOM_PHRASE.match(self.text, token.start):
                past = idiom.end()
                yield from self._number(_IDIOMS[_plain(idiom[0])], token.start, past)
            elif vague := self._vague(position):
                past = vague.end
                if not _MEASURE.match(self.text, past):
                    yield vague
            elif used := (numeral := self._numeral(position))[1]:
                past = self.tokens[position + used - 1].end
                if numeral[0].is_integer() and not self._goes_on_as_ordinal(position + used):
                    yield from self._number(int(numeral[0]), token.start, past)
            else:
                yield from self._article(position)

    def _numeral(self, position: int) -> tuple[float, int]:
        """Give the value of the longest numeral that begins here, and how many tokens it takes."""
        first = self.tokens[position].word
        if first in ("a", "an") and self._next_word(position) in _AFTER_A:
            value, used = self._grow(position + 1, 1)
            return value, used + 1
        if not first or first in _SMALL or first in _TENS:
            return self._grow(position, 0)
        return 0.0, 0

    def _grow(self, position: int, start: float) -> tuple[float, int]:
        """Read number words (or digits and a scale) while they make one numeral."""
        total, current, scale = 0.0, float(start), float(_LARGEST)
        index = position
        while index < len(self.tokens) and (index == position or self._joined(index)):
            token = self.tokens[index]
            if token.word == "and" and self._bridges(index, position):
                index += 1
                continue
            if token.word in _SCALES and current > 0 and _SCALES[token.word] < scale:
                scale = _SCALES[token.word]
                total, current = total + round(current * scale, 6), 0.0
            else:
                begun = bool(start) or index > position
                grown = _with_word(token, current, begun=begun, whole=not total)
                if grown is None:
                    break
                current = grown
            index += 1
        return total + current, index - position

    def _bridges(self, index: int, first: int) -> bool:
        """Tell whether the “and” at `index` stands inside a numeral: “two hundred and six”."""
        if index == first or self.tokens[index - 1].word not in ("hundred", *_SCALES):
            return False
        following = self._next_word(index)
        return following in _SMALL or following in _TENS

    def _joined(self, index: int) -> bool:
        between = self.text[self.tokens[index - 1].end : self.tokens[index].start]
        return _JOINT.fullmatch(between) is not None

    def _next_word(self, index: int) -> str:
        """Give the next token's word; nothing for digits, or when more than a space parts them."""
        if index + 1 < len(self.tokens) and self._joined(index + 1):
            return self.tokens[index + 1].word
        return ""

    def _goes_on_as_ordinal(self, index: int) -> bool:
        """Tell whether an ordinal continues the numeral: “twenty-first”, “two thirds”."""
        return (
            index < len(self.tokens)
            and self._joined(index)
            and _ORDINAL.fullmatch(self.tokens[index].word) is not None
        )

    def _number(self, value: int, start: int, end: int) -> Iterator[Number]:
        measured = end
        if dash := _DASH.match(self.text, end):  # “two–three days”: the measure comes last
            last = _TOKEN.match(self.text, dash.end())
            measured = last.end() if last else end
        reciprocal = self.text[start:end].lower() == "one" and self.text[end:].startswith(
            " another"
        )
        if not (
            reciprocal or _MEASURE.match(self.text, end) or _MEASURE.match(self.text, measured)
        ):
            yield Number(value, start, end, self._qualifier(start, end))

    def _qualifier(self, start: int, end: int) -> Qualifier:
        before = self.text[max(0, start - 40) : start]
        for name, pattern in _BEFORE_PATTERNS.items():
            if pattern.search(before):
                return name
        return "at least" if _OR_MORE.match(self.text, end) else "exactly"

    def _vague(self, position: int) -> Number | None:
        """Read “several”, “dozens”, “several hundred”; not the “some” of “some 20”."""
        start = self.tokens[position].start
        found = _VAGUE_PHRASE.match(self.text, start)
        if found is None or self.text[:start].lower().endswith("as "):
            return None
        phrase = _plain(found[0])
        if scaled := _SCALED.match(self.text, found.end()):
            unit = {"hundred": 100, **_SCALES, **_GROUPS}[scaled[1].lower()]
            return Number(2 * unit, start, scaled.end(), "vague")
        if phrase == "some" and position + 1 < len(self.tokens) and self._numeral(position + 1)[1]:
            return None
        return Number(_VAGUE[phrase], start, found.end(), "vague")

    def _article(self, position: int) -> Iterator[Number]:
        token, following = self.tokens[position], self._next_word(position)
        if token.word == "no" and following not in _NONE_BEFORE:
            yield Number(0, token.start, token.end)
        elif (
            token.word in ("a", "an", "another")
            and following
            and following not in _NO_ARTICLE_BEFORE
            and not self._numeral(position + 1)[1]
            and not _MEASURE.match(self.text, token.end)
        ):
            yield Number(1, token.start, token.end, "article")


def _with_word(token: _Token, current: float, *, begun: bool, whole: bool) -> float | None:
    """Add a word (or, first of all, digits) to the part of a numeral below the next scale.

    Args:
        token: the word.
        current: the part so far.
        begun: whether a word of the numeral was read before.
        whole: whether the part is all of the numeral, with nothing in thousands before it.
    """
    word, rest = token.word, current % 100
    grown: float | None = None
    if not word:
        grown = None if begun else token.value
    elif word in _SMALL:
        unit = _SMALL[word]
        if not begun or (rest == 0 and unit) or (rest in _TENS.values() and 1 <= unit <= 9):
            grown = current + unit
    elif word in _TENS and rest == 0:
        grown = current + _TENS[word]
    elif word == "hundred" and 1 <= current <= 99:
        grown = current * 100
    elif word in _GROUPS and whole and 0 < current < 100:
        grown = current * _GROUPS[word]
    return grown


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().split())


def _digits(written: str | None) -> float:
    return float(re.sub(r"[^\d.]", "", written)) if written else 0.0


def _as_ranges(text: str, numbers: list[Number]) -> Iterator[Number]:
    """Mark the two ends of each range: “30–31”, “between ten and twelve”, “five to six”."""
    ends: dict[int, Qualifier] = {}
    for first, last in pairwise(numbers):
        if {"vague", "article"} & {first.qualifier, last.qualifier} or first.value >= last.value:
            continue
        between = text[first.end : last.start]
        opened = re.search(r"\bbetween\s+$", text[: first.start], re.IGNORECASE)
        if _RANGE.fullmatch(between) or (opened and between.strip().lower() == "and"):
            ends[first.start], ends[last.start] = "at least", "at most"
    for number in numbers:
        qualifier = ends.get(number.start, number.qualifier)
        yield Number(number.value, number.start, number.end, qualifier)
